"""Headings: their level, their number and their anchor."""

from __future__ import annotations

import re
from dataclasses import replace

from evalkit.report.docx.flow import Flow
from evalkit.report.docx.formatting import Face, Layout
from evalkit.report.docx.line import plain_text
from evalkit.report.docx.markup import Node, Nodes
from evalkit.report.docx.numbering import NONE
from evalkit.report.docx.place import Place

_TAG = re.compile(r"<[^>]+>")
_LAST = 4  # level of heading that has a style


def heading(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<h1>`` to ``<h6>``; the first two have the number that stands in them."""
    level = min(int(node.tag[1]), _LAST)
    number = next((one for one in node.elements if "secno" in one.classes), None)
    if level > 2:
        flow.paragraph(node.children, place, _layout(level, place))
        return
    title: Nodes = [one for one in node.children if one is not number]
    words = "" if number is None else plain_text(number.children).strip()
    numbered(flow, title, place, level - 1, words, new_page="instrument-name" in node.classes)


def numbered(
    flow: Flow, title: Nodes, place: Place, level: int, number: str, *, new_page: bool = False
) -> None:
    """Write a heading that has a number, counted by Word where it counts as the report does.

    Parameters
    ----------
    flow, place
        Where.
    title
        Without the number.
    level
        Nought for a chapter, one for a section.
    number
        As the report prints it; empty for none.
    new_page
        Whether it begins a page, where its style does not say so.
    """
    layout = _layout(level + 1, place)
    counted = flow.story.book.counted.numbering(number, level, appendix=place.appendix)
    layout = replace(
        layout,
        numbering=(NONE, 0) if counted is None else (counted, level),
        page_break=new_page or None,
    )
    gutter = flow.story.book.look.gutter
    if counted is None and not number:
        layout = replace(layout, left=0.0, hanging=0.0)
    elif not gutter:
        layout = replace(layout, left=14.0, hanging=14.0)
    line = flow.line(place, layout)
    if counted is None and number:
        line.words(f"{number}\t")
    line.nodes(title)
    line.finish()


def _layout(level: int, place: Place) -> Layout:
    if place.appendix and level == 2:
        return Layout("AppendixHeading")
    return Layout(f"Heading{level}")


def stage_head(flow: Flow, node: Node, place: Place) -> None:
    """Write the head of a stage: the number that is drawn in a disc stands before it as text."""
    discs = [one.svg for one in node.walk() if one.tag == "svg"]
    number = "".join(_TAG.sub("", svg) for svg in discs).strip()
    head = next((one for one in node.only("span", "h3") if one.tag == "h3"), None)
    line = flow.line(place, Layout("Heading3"), Face())
    line.words(f"{number}.\N{NO-BREAK SPACE}" if number else "")
    line.nodes(node.children if head is None else head.children)
    line.finish()
