"""A finished document: every reference and value in its place, for formats other than PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape

from evalkit.report.document import Chapter, Document, Exhibit, Section
from evalkit.report.edition import Edition
from evalkit.report.sections.trail import with_trail
from evalkit.report.style.style import Style

Filler = Callable[[str], str]


def finished(document: Document, edition: Edition, fill: Filler | None = None) -> Document:
    """Fill in the references, values and audit trail of a document.

    Parameters
    ----------
    document
        As it was assembled: its texts hold marks for what was not known yet.
    edition
        The report that it belongs to.
    fill
        What fills in markup; by default as the PDF has it. Titles and other plain text are always
        filled in plainly.

    Returns
    -------
    Document
        The same, without marks, and with its figures and tables in `exhibits`.
    """
    markup = edition.finish if fill is None else fill

    def whole(html: str) -> str:
        return markup(with_trail(html, edition))

    def plain(text: str) -> str:
        return unescape(edition.finish(escape(text)))

    def chapter(found: Chapter) -> Chapter:
        sections = tuple(Section(s.id, s.number, plain(s.title)) for s in found.sections)
        return replace(
            found,
            title=plain(found.title),
            html=whole(found.html),
            sections=sections,
            heading=whole(found.heading),
        )

    made = replace(
        document,
        title=plain(document.title),
        subtitle=plain(document.subtitle),
        running_title=plain(document.running_title),
        colophon_html=whole(document.colophon_html),
        summary=None if document.summary is None else chapter(document.summary),
        chapters=tuple(chapter(one) for one in document.chapters),
        omitted=tuple(map(plain, document.omitted)),
        exhibits=tuple(_exhibit(one, whole) for one in edition.exhibits),
    )
    return _in_order(made, edition)


def _in_order(document: Document, edition: Edition) -> Document:
    """Finish the texts together, in the order of the pages."""
    ahead = colophon_first(edition.style)
    given = [] if document.summary is None else [document.summary]
    chapters = [*given, *document.chapters]
    texts = [text for chapter in chapters for text in (chapter.heading, chapter.html)]
    texts.insert(0 if ahead else len(texts), document.colophon_html)
    texts = edition.in_order(texts)
    colophon = texts.pop(0 if ahead else -1)
    made = [
        replace(chapter, heading=heading, html=html)
        for chapter, heading, html in zip(chapters, texts[::2], texts[1::2], strict=True)
    ]
    summary = None if document.summary is None else made.pop(0)
    return replace(document, colophon_html=colophon, summary=summary, chapters=tuple(made))


def colophon_first(style: Style) -> bool:
    """Whether the colophon stands before the chapters in this style, with its notes."""
    parts = style.settings["parts"]
    return "colophon" in parts and parts.index("colophon") < parts.index("chapters")


def _exhibit(found: Exhibit, whole: Filler) -> Exhibit:
    return replace(found, caption=whole(found.caption), source=whole(found.source))
