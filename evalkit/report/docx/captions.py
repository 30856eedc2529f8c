"""Figures and tables with their caption above and their source below, and the labels of boxes."""

from __future__ import annotations

import re
from dataclasses import replace

from evalkit.report.docx.flow import Flow
from evalkit.report.docx.formatting import Face, Layout
from evalkit.report.docx.line import Line, plain
from evalkit.report.docx.markup import Node
from evalkit.report.docx.place import Place

_LABEL = re.compile(r"(?P<name>[^\W\d]+)\s+(?P<chapter>.*?)(?P<number>\d+)")


def exhibit(flow: Flow, node: Node, place: Place) -> None:
    """Write a figure or table with all that belongs to it, on one page where it fits."""
    caption = next((plain(one.children) for one in node.elements if one.tag == "figcaption"), "")
    parts = [one for one in node.children if isinstance(one, Node) or one.strip()]
    for at, part in enumerate(parts):
        inside = replace(place, keep=at < len(parts) - 1, caption=caption)
        flow.blocks([part], inside)


def drawing(flow: Flow, node: Node, place: Place) -> None:
    """Write what an exhibit shows: pictures, tables, or both."""
    gap = None if place.keep else 12.0
    for part in node.children:
        if isinstance(part, Node) and not part.is_block:
            layout = Layout("Figure", keep_next=place.keep or None, after=gap, left=place.indent)
            flow.paragraph([part], place, layout)
        else:
            flow.blocks([part], place)


def caption(flow: Flow, node: Node, place: Place) -> None:
    """Write a caption, the number of which Word counts."""
    line = flow.line(place, Layout("Caption", left=place.indent))
    for part in node.children:
        if isinstance(part, Node) and "exhibit-label" in part.classes:
            _label(flow, line, plain(part.children), Face(style="CaptionLabel"))
            line.words("\N{EN SPACE}")
            line.spaced = True
        else:
            line.nodes([part])
    line.finish()


def box_label(flow: Flow, node: Node, place: Place) -> None:
    """Write the label of a box, the number of which Word counts."""
    line = flow.line(place, Layout("BoxLabel"))
    _label(flow, line, plain(node.children), Face())
    line.finish()


def _label(flow: Flow, line: Line, words: str, face: Face) -> None:
    """Write ``Figuur 3.1``, its last number a field, when Word counts as the report does."""
    found = _LABEL.fullmatch(words)
    if found is None:
        line.words(words, face)
        return
    series = flow.story.book.series
    expected = series.get(found["name"], 0) + 1
    if str(expected) != found["number"]:
        line.words(words, face)
        return
    series[found["name"]] = expected
    line.words(f"{found['name']}\N{NO-BREAK SPACE}{found['chapter']}", face)
    line.sequence(found["name"], found["number"], face)
