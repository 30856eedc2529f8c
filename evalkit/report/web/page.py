"""The page: a document in one file that asks nothing of the network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from evalkit.language.catalogue import labels
from evalkit.report.document import Chapter, Document
from evalkit.report.edition import Edition
from evalkit.report.finished import colophon_first, finished
from evalkit.report.web.assets import fonts, logo, policy, read, templates, tokens
from evalkit.report.web.fragment import Shared, web_markup
from evalkit.report.web.gates import faults
from evalkit.report.web.notes import Note, Notes
from evalkit.report.web.origins import Origins


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter on the page: its title and text as markup, and its footnotes."""

    chapter: Chapter
    heading: str
    html: str
    notes: tuple[Note, ...]


def web_page(document: Document, edition: Edition) -> tuple[bytes, tuple[str, ...]]:
    """Write a report as one HTML file.

    Parameters
    ----------
    document
        What `evalkit.report.assemble` made.
    edition
        The report that it belongs to.

    Returns
    -------
    data
        The file: fonts, style, script and drawings are in it.
    faults
        What is wrong with it, each in words; empty when all is well.
    """
    whole = finished(document, edition, lambda html: edition.finish(edition.values.signed(html)))
    shared = Shared(
        edition,
        {one.id: one for one in whole.exhibits},
        Notes(edition.lang),
        Origins(edition),
    )
    html = _page(whole, shared)
    return html.encode(), tuple(faults(html, whole))


def _page(document: Document, shared: Shared) -> str:
    style, lang = shared.edition.style, shared.edition.lang
    # In the order of the pages, so that notes have the same numbers there and here.
    ahead = [] if colophon_first(style) else list(_parts(document, shared))
    colophon = Markup(web_markup(document.colophon_html, shared))  # noqa: S704  escaped text
    colophon_notes = shared.notes.taken()
    parts = ahead or list(_parts(document, shared))
    signs = [(Markup(style.paint(sign)), words) for sign, words in document.signs]  # noqa: S704
    script = read(style, "web.js")
    drawn = "".join([*(part.html for part in parts), *(sign for sign, _ in signs)])
    css = "\n".join([
        fonts(style), tokens(style, drawn), read(style, "web.css"), shared.classes.css()
    ])  # fmt: skip
    page = templates(style).get_template("web/web.html.j2")
    html = page.render(
        doc=document,
        cover=Markup(style.paint(document.cover.markup)),  # noqa: S704  drawn by evalkit
        signs=signs,
        logo=logo(style),
        draft=shared.edition.label("report.draft") if shared.edition.draft else "",
        parts=parts,
        colophon=colophon,
        colophon_notes=colophon_notes,
        labels=labels("report", lang),
        words=labels("web", lang),
        css=Markup(css),  # noqa: S704  made by the style alone
        script=Markup(script),  # noqa: S704
        policy=policy(css, script),
    )
    return f"{html}\n"


def _parts(document: Document, shared: Shared) -> Iterator[Part]:
    summary = [] if document.summary is None else [document.summary]
    for chapter in (*summary, *document.chapters):
        heading = web_markup(chapter.heading or escape(chapter.title), shared)
        html = web_markup(chapter.html, shared)
        yield Part(chapter, heading, html, shared.notes.taken())
