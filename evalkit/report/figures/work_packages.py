"""A table of steps and work packages as a diagram."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evalkit.model.sheet import CellFault
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given
from evalkit.report.figures.process import MOST_PACKAGES, Step, process_chart

_MARKS = frozenset({"x", "•", "●", "✓", "ja", "yes", "v"})
_NUMBER = re.compile(r"\d+[a-z]?\.?|[a-z]\.?", re.IGNORECASE)
_MOST_STEPS = 24


def process_figure(given: Given) -> Drawing | None:
    """Draw steps in their order: a number, what is done, and a column for each work package."""
    if not given.table.rows:
        return None
    head, *rows = given.table.rows
    faults = [*_faults(head, rows)]
    for fault in faults:
        given.fault(fault)
    if faults:
        return None
    steps = [Step(row[0].rstrip("."), row[1], tuple(map(_cell, row[2:]))) for row in rows]
    names = {"steps": sum(not step.part for step in steps), "packages": len(head) - 2}
    alt = given.label("process.alt" if len(head) > 2 else "process.alt-alone").format(**names)
    told = "; ".join(_told(step, head[2:]) for step in steps)
    alt = f"{alt} {told}."
    mark = given.label("process.mark")
    data = [tuple(head)]
    data += [
        (step.number, step.words, *(mark if cell == "•" else cell for cell in step.cells))
        for step in steps
    ]
    markup = process_chart(steps, head[2:], given.lang, alt=alt)
    if markup is None:
        given.too_tall()
        return None
    return Drawing(markup, alt, data=tuple(data))


def _cell(cell: str) -> str:
    return "•" if cell.lower() in _MARKS else cell


def _told(step: Step, packages: Sequence[str]) -> str:
    used = [name for name, cell in zip(packages, step.cells, strict=True) if cell]
    return f"{step.number} {step.words}" + (f" ({', '.join(used)})" if used else "")


def _faults(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[CellFault]:
    found = []
    if len(head) - 2 > MOST_PACKAGES:
        what = f"{len(head) - 2} work packages do not fit beside each other; {MOST_PACKAGES} do"
        found.append(CellFault(0, MOST_PACKAGES + 2, what, "join some, or print a table"))
    if len(rows) > _MOST_STEPS:
        what = f"{len(rows)} steps do not fit a page; {_MOST_STEPS} do"
        found.append(CellFault(_MOST_STEPS, 0, what, "leave parts of steps out, or print a table"))
    for at, name in enumerate(head[2:], 2):
        if not name:
            found.append(CellFault(0, at, "this work package has no name", "name it"))
    for at, row in enumerate(rows, 1):
        if not _NUMBER.fullmatch(row[0]):
            what = f"'{row[0]}' is not the number of a step"
            found.append(CellFault(at, 0, what, "write 5, or 5a for a part of step 5"))
        elif at == 1 and not row[0].rstrip(".").isdigit():
            what = f"'{row[0]}' is a part of a step, and no step stands before it"
            found.append(CellFault(at, 0, what, "begin with step 1"))
        if not row[1]:
            found.append(CellFault(at, 1, "this step has no words", "say what is done"))
    return found
