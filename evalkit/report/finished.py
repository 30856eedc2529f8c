"""A finished document: every reference and value in its place, for formats other than PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape, unescape

from evalkit.report.document import Chapter, Document, Exhibit, Section
from evalkit.report.edition import Edition
from evalkit.report.trail import with_trail

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

    return replace(
        document,
        colophon_html=whole(document.colophon_html),
        summary=None if document.summary is None else chapter(document.summary),
        chapters=tuple(chapter(one) for one in document.chapters),
        omitted=tuple(map(plain, document.omitted)),
        exhibits=tuple(_exhibit(one, whole) for one in edition.exhibits),
    )


def _exhibit(found: Exhibit, whole: Filler) -> Exhibit:
    return replace(found, caption=whole(found.caption), source=whole(found.source))
