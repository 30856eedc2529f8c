"""The rows of a table as bubbles: the first two numbers are a place, the third a size."""

from __future__ import annotations

from html import escape

from evalkit.model.sheet import CellFault
from evalkit.report.document import Drawing
from evalkit.report.figures.bubbles import (
    MOST,
    Bubble,
    BubbleHeads,
    bubble_chart,
)
from evalkit.report.figures.given import Given, rows_of


def bubbles_figure(given: Given) -> Drawing | None:
    """Draw a bubble for each row; what lacks a number is named below, not drawn."""
    sheet = given.sheet()
    if sheet is None:
        return None
    if len(sheet.columns) != 3:
        what = f"bubbles take three columns of numbers, and there are {len(sheet.columns)}"
        given.fault(CellFault(0, 0, what, "write name; across; upwards; size"))
        return None
    whole = [row for row in sheet.parts if all(amount.known for amount in row.amounts)]
    faults = [
        CellFault(row.at, 3, f"the size of '{row.label}' is below nought", "give the size itself")
        for row in whole
        if (row.amounts[2].value or 0) < 0
    ]
    if not whole:
        faults.append(CellFault(1, 1, "no row has all three numbers", "fill in one at least"))
    if len(whole) > MOST:
        what = f"{len(whole)} bubbles cannot be named in one figure; {MOST} can"
        faults.append(CellFault(0, 0, what, "take the smallest out, or join them"))
    for fault in faults:
        given.fault(fault)
    if faults:
        return None
    bubbles = [Bubble(row.label, *(float(a.value or 0) for a in row.amounts)) for row in whole]
    absent = [row.label for row in sheet.parts if row not in whole]
    heads = BubbleHeads(*sheet.columns[:2])
    names = {"x": heads.x, "y": heads.y, "size": sheet.columns[2], "number": len(bubbles)}
    alt = given.label("bubbles.alt").format(**names)
    markup, numbered = bubble_chart(bubbles, heads, given.lang, alt=alt)
    largest = max(whole, key=lambda row: row.amounts[2].value or 0)
    words = given.label("bubbles.size").format(
        size=sheet.columns[2], name=largest.label, number=largest.amounts[2].prose(given.lang)
    )
    told = [escape(words)]
    told += [f"<b>{at}</b> {escape(name)}" for at, name in enumerate(numbered, 1)]
    if absent:
        words = given.label("bubbles.absent").format(names=", ".join(absent))
        told.append(escape(words))
    return Drawing(markup, alt, " ".join(filter(None, told)), rows_of(sheet, given.lang))
