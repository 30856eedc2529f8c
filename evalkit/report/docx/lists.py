"""Lists: bullets, numbers, letters, and terms with what they mean."""

from __future__ import annotations

from dataclasses import replace

from evalkit.report.docx.columns import Column, table
from evalkit.report.docx.flow import Flow
from evalkit.report.docx.markup import Node
from evalkit.report.docx.numbering import BULLETS
from evalkit.report.docx.place import Marker, Place
from evalkit.report.docx.xml import make

_DEEPEST = 8
_TERM = 0.25  # of the width


def bullets(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<ul>``; a list of references has no bullets."""
    if "references" in node.classes:
        for item in node.elements:
            flow.block(item, place.styled("Reference"))
        return
    _items(flow, node, place, BULLETS, "ListBullet")


def numbers(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<ol>``, which begins at its own number."""
    start = node.attributes.get("start", "1")
    level = min(place.level, _DEEPEST)
    first = int(start) if start.isdigit() else 1
    number = flow.story.book.numbering.ordered(first, level, place.numbered)
    place = replace(place, numbered=place.numbered + 1)
    _items(flow, node, place, number, "ListNumber")


def _items(flow: Flow, node: Node, place: Place, number: int, style: str) -> None:
    if place.marker is not None and not place.marker.used:
        flow.paragraph([], place)  # the item begins with a list: its own mark goes first
    level = min(place.level, _DEEPEST)
    depth = str(min(level, 2) + 1) if level else ""
    inside = replace(place, level=level + 1, align=None)
    if place.style in ("Normal", *_list_styles()):
        inside = inside.styled(f"{style}{depth}")
    for item in node.children:
        if isinstance(item, Node):
            flow.block(
                item, replace(inside, marker=Marker((number, level), f"ListContinue{depth}"))
            )
        elif item.strip():
            flow.paragraph([item], place)


def _list_styles() -> list[str]:
    return [f"List{kind}{at}" for kind in ("Bullet", "Number") for at in ("", 2, 3)]


def terms(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<dl>`` as two columns: the term, and what it means."""
    widths = (place.width * _TERM, place.width * (1 - _TERM))
    rows = _pairs(node)
    made, grid = table([Column(width) for width in widths], lined=False)
    flow.into.append(made)
    for row in rows:
        cells = []
        for parts, width, style in zip(row, widths, ("RowLabel", "RowText"), strict=True):
            cell = grid.cell(width)
            inner = flow.within(cell)
            for part in parts:
                inner.blocks(part.children, place.cell(width, style))
            grid.close(cell)
            cells.append(cell)
        made.append(make("w:tr", make("w:trPr", make("w:cantSplit")), *cells))
    flow.spacer()


def _pairs(node: Node) -> list[tuple[list[Node], list[Node]]]:
    """Gather the terms with what they mean; a ``<div>`` may hold each pair."""
    parts: list[Node] = []
    for child in node.only("dt", "dd", "div"):
        parts += child.only("dt", "dd") if child.tag == "div" else [child]
    rows: list[tuple[list[Node], list[Node]]] = []
    for part in parts:
        if not rows or (part.tag == "dt" and rows[-1][1]):
            rows.append(([], []))
        rows[-1][part.tag == "dd"].append(part)
    return rows
