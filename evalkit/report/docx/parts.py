"""The parts of a report in the order of its house style."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import takewhile

from jinja2 import TemplateError

from evalkit.report.document import Chapter, Document
from evalkit.report.docx.flow import Flow
from evalkit.report.docx.front import colophon, contents, cover
from evalkit.report.docx.headings import numbered
from evalkit.report.docx.markup import Nodes, broken, parse
from evalkit.report.docx.pages import end_section, section
from evalkit.report.docx.place import Place, page
from evalkit.report.style.style import Style

_FRONT = frozenset({"cover", "colophon"})  # without a header when they open the report
Writer = Callable[[Flow, Document, Place], None]


def write_parts(flow: Flow, document: Document, style: Style) -> None:
    """Write every part; those that open the report have pages of their own, without a header.

    Parameters
    ----------
    flow
        The body of the file.
    document
        The report.
    style
        Its house style, which orders the parts.
    """
    parts = list(style.settings["parts"])
    look, writers = flow.story.book.look, _writers(document, style)
    front = list(takewhile(lambda part: part in _FRONT, parts))
    for part in front:
        gutter = part != "cover"
        place = page(look) if gutter else Place(look.measure)
        writers[part](flow, document, place)
        end_section(flow.into, section(look, gutter=gutter))
    for part in parts[len(front) :]:
        writer = writers.get(part) or _templated(part, style)
        writer(flow, document, page(look))
    flow.into.append(section(look, header=flow.story.book.header))


def _writers(document: Document, style: Style) -> dict[str, Writer]:
    """Say how each part of a report is written."""
    appendices = [one for one in document.chapters if one.appendix]
    chapters = [one for one in document.chapters if not one.appendix]
    # A style whose cover has no place for the drawing has none in Word either.
    own = style.find(style.folder / "sections" / "cover.html.j2").read_text(encoding="utf-8")
    pictured = bool(document.cover.markup) and "doc.cover.markup" in own

    def front(flow: Flow, of: Document, place: Place) -> None:
        cover(flow, of, place, pictured=pictured)

    return {
        "cover": front,
        "colophon": colophon,
        "contents": contents,
        "summary": _all([] if document.summary is None else [document.summary]),
        "chapters": _all(chapters),
        "appendices": _all(appendices),
    }


def _all(chapters: Iterable[Chapter]) -> Writer:
    def write(flow: Flow, _: Document, __: Place) -> None:
        for chapter in chapters:
            _chapter(flow, chapter)

    return write


def _chapter(flow: Flow, chapter: Chapter) -> None:
    book = flow.story.book
    book.series.clear()
    place = page(book.look, appendix=chapter.appendix)
    flow.anchors.append(chapter.id)
    title: Nodes = parse(chapter.heading) if chapter.heading else [chapter.title]
    numbered(flow, title, place, 0, chapter.number)
    flow.blocks(parse(chapter.html), place)


def _templated(part: str, style: Style) -> Writer:
    """Write a part that only this house style has, from the markup that its template gives."""

    def write(flow: Flow, document: Document, place: Place) -> None:
        flow.blocks(parse(_markup(part, document, style)), place)

    return write


def _markup(part: str, document: Document, style: Style) -> str:
    try:
        template = style.templates.get_template(f"sections/{part}.html.j2")
        return template.render(doc=document, style=style.settings, labels=document.labels, draft="")
    except TemplateError as error:
        raise broken(f"the part '{part}' of the house style cannot be read: {error}") from None
