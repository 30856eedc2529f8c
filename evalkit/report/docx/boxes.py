"""Boxes and strips: blocks that stand in a frame or side by side."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.report.docx.columns import Column, Padding, table
from evalkit.report.docx.flow import Flow
from evalkit.report.docx.formatting import Rule
from evalkit.report.docx.markup import Node
from evalkit.report.docx.place import Place
from evalkit.report.docx.xml import make

_LONG = 5  # blocks: a longer box may go on over the page
_PAD = Padding(4.0, 4.0, 1.5)
_INSET = Padding(3.0, 1.5, 1.5)
_SHARES = (39.0, 31.0, 36.0)  # of a strip: the first fact, those between, the badge


def box(flow: Flow, node: Node, place: Place) -> None:
    """Write a box: a table of one cell, in which lists and notes stand as elsewhere."""
    look = flow.story.book.look
    warns = "reading" in node.classes
    made, cells = table([Column(place.wide)], indent=place.indent, lined=False, padding=_PAD)
    rule = Rule(1.2, look.warning if warns else look.accent)
    cell = cells.cell(place.wide, rules={"top": rule}, shade=look.warm if warns else look.tint)
    flow.into.append(made)
    inside = place.cell(place.wide - _PAD.left - _PAD.right, "BoxText")
    flow.within(cell).blocks(node.children, inside)
    cells.close(cell)
    body = node.find("box-body")
    long = "long" in node.classes or len((body or node).elements) > _LONG
    made.append(make("w:tr", None if long else make("w:trPr", make("w:cantSplit")), cell))
    flow.spacer()


def strip(flow: Flow, node: Node, place: Place) -> None:
    """Write facts side by side on a ground."""
    parts = node.only()
    first, middle, last = _SHARES
    shares = [first, *[middle] * (len(parts) - 2), last] if len(parts) > 2 else [1.0] * len(parts)
    look = flow.story.book.look
    side_by_side(flow, parts, shares, place, Rule(1.4, look.title), look.tint)


def columns(flow: Flow, node: Node, place: Place) -> None:
    """Write parts side by side, as wide as each other."""
    rule = Rule(0.4, flow.story.book.look.line)
    side_by_side(flow, node.only(), [1.0] * len(node.elements), place, rule, None)


def side_by_side(
    flow: Flow,
    parts: Sequence[Node],
    shares: Sequence[float],
    place: Place,
    rule: Rule,
    shade: str | None,
) -> None:
    """Write parts side by side: a table of one row.

    Parameters
    ----------
    flow, place
        Where.
    parts
        What stands in each cell.
    shares
        How wide each is beside the others.
    rule
        The line above them.
    shade
        Their ground, if they have one.
    """
    if not parts:
        return
    padding = _INSET if shade else Padding(0.0, 4.0, 1.0)
    widths = [place.wide * share / sum(shares) for share in shares]
    made, cells = table(
        [Column(width) for width in widths], indent=place.indent, lined=False, padding=padding
    )
    row = make("w:tr", make("w:trPr", make("w:cantSplit")))
    flow.into.append(made)
    for part, width in zip(parts, widths, strict=True):
        cell = cells.cell(width, rules={"top": rule}, shade=shade)
        inside = place.cell(width - padding.left - padding.right, "TableText")
        flow.within(cell).blocks([part], inside)
        cells.close(cell)
        row.append(cell)
    made.append(row)
    flow.spacer()
