"""A document as a Word file, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from evalkit.errors import RenderError
from evalkit.report.document import Document
from evalkit.report.docx.blocks import HANDLERS
from evalkit.report.docx.flow import Flow
from evalkit.report.docx.fonts import write_fonts
from evalkit.report.docx.look import Font, look
from evalkit.report.docx.markup import broken, drawings
from evalkit.report.docx.notes import write_notes
from evalkit.report.docx.numbering import Numbering
from evalkit.report.docx.package import archive, describe, empty, write_settings
from evalkit.report.docx.pages import write_header
from evalkit.report.docx.parts import write_parts
from evalkit.report.docx.pictures import Picture, draw
from evalkit.report.docx.story import Book, Story
from evalkit.report.docx.styles import write_styles
from evalkit.report.style.style import Style, load_style

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
_MARKS = ("\ue000", "\ue001", "\ue002", "\ue003", "\ue004")


def write_docx(
    document: Document, target: Path, *, style: Style | None = None, draft: str = ""
) -> None:
    """Write a report as a Word file, for those who edit on.

    Parameters
    ----------
    document
        A finished document: see `evalkit.report.finished.finished`.
    target
        Where to.
    style
        The house style, for paper, fonts and colours; by default that of the shipped reports.
    draft
        What stamps every page of a draft; nothing for a report.

    Raises
    ------
    RenderError
        The file cannot be written, or the document holds what cannot be put in it; nothing was
        written.
    """
    data = docx_bytes(document, load_style("seo") if style is None else style, draft=draft)
    _write(target, data)


def docx_bytes(document: Document, style: Style, *, draft: str = "") -> bytes:
    """Make the Word file of a finished document; the same document gives the same bytes."""
    package: Any = empty()
    main = package.part
    found = look(style)
    lang = LANGUAGES.get(document.lang, document.lang)
    write_styles(main.styles.element, found, lang)
    book = Book(
        found,
        document.labels,
        _drawn(document, style, found.fonts),
        Numbering(main.numbering_part.element, found),
    )
    flow = Flow(Story(book, main), main.element.body, HANDLERS)
    flow.into.remove(flow.into[-1])  # the section of an empty file
    book.header = write_header(main, document.running_title, draft)
    write_parts(flow, document, style)
    _whole(flow)
    write_notes(book, main)
    write_fonts(found, main.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE))
    write_settings(main.settings.element, lang)
    describe(package, document, lang)
    return archive(package)


def _drawn(document: Document, style: Style, fonts: Sequence[Font]) -> dict[str, Picture]:
    """Draw every drawing of a document that is finished."""
    chapters = [one for one in (document.summary, *document.chapters) if one is not None]
    markup = [
        document.cover.markup,
        document.colophon_html,
        *(sign for sign, _ in document.signs),
        *(chapter.html for chapter in chapters),
    ]
    for html in markup:
        if any(mark in html for mark in _MARKS):
            raise broken("the document is not finished: a reference or value is still a mark")
    svgs = [svg for html in markup for svg in drawings(html)]
    painted = {svg: style.paint(svg) for svg in svgs}  # in the colours of the style
    made = draw(painted.values(), fonts)
    return {svg: made[own] for svg, own in painted.items()}


def _whole(flow: Flow) -> None:
    """See that every anchor got its paragraph and every link its anchor."""
    if flow.anchors:
        raise broken(f"nothing stands at the anchor '{flow.anchors[0]}'")
    if dangling := flow.story.book.bookmarks.dangling():
        raise broken(f"a link leads to '{dangling[0]}', which stands nowhere")


def _write(target: Path, data: bytes) -> None:
    """Write beside the place first, and move it there when it is whole."""
    name = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except OSError as error:
        raise RenderError(
            f"{error.filename or target} cannot be written: {error.strerror}",
            hint="choose another place with -o, or free some room",
        ) from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
