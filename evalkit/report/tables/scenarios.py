"""Scenarios and countries: what is the same and what differs, dimension by dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from evalkit.model.sheet import CellFault
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given
from evalkit.report.tables.csv import cells, spoken_language, table_of
from evalkit.report.tables.noted import Cells, cells_of

_LESSONS = frozenset({"les", "lessen", "lesson", "lessons"})
_NARROW = 32.0  # millimetres, for the dimensions
_WIDE = 168.0


def scenarios_table(given: Given) -> Drawing | None:
    """Compose dimensions against scenarios; a column called ``eenheid`` holds units."""
    if not given.table.rows:
        return None
    head, *rows = given.table.rows
    faults = [
        CellFault(at, column, f"'{row[0]}' has nothing for '{head[column]}'",
                  "fill it in, or write – where there is nothing")
        for at, row in enumerate(rows, 1)
        if any(row[1:])
        for column in range(1, len(head))
        if not row[column]
    ]  # fmt: skip
    for fault in faults:
        given.fault(fault)
    return None if faults else table_of(given)


def comparison_table(given: Given) -> Drawing | None:
    """Compose dimensions against countries; a row called ``les`` belongs to the one above it."""
    if not given.table.rows:
        return None
    head, *rows = given.table.rows
    if rows[0][0].lower() in _LESSONS:
        what = f"'{rows[0][0]}' belongs to a dimension, and none stands above it"
        given.fault(CellFault(1, 0, what, "put the dimension first"))
        return None
    spoken = spoken_language(rows, given.written)
    shown = [cells(rows, at, spoken, given.lang) for at in range(1, len(head))]
    markup = cells_of(given)
    body, data = [], [tuple(head)]
    for at, row in enumerate(rows):
        found = tuple(column[at] for column in shown)
        data.append((row[0], *found))
        told = [markup.told(at + 1, c, cell) for c, cell in enumerate(found, 1)]
        if row[0].lower() not in _LESSONS:
            lesson = rows[at + 1] if at + 1 < len(rows) else None
            followed = lesson is not None and lesson[0].lower() in _LESSONS
            body.append(_dimension(markup.text(at + 1, 0), told, followed=followed))
        else:
            body.append(_lesson(f"{escape(row[0].capitalize())}{markup.calls(at + 1, 0)}", told))
    return Drawing(_whole(_heads(markup), body), legend=escape(given.table.unit), data=tuple(data))


def perspectives_table(given: Given) -> Drawing | None:
    """Compose goals, perspectives and measures; a cell left empty goes on from above."""
    if not given.table.rows:
        return None
    head, *rows = given.table.rows
    faults = [
        CellFault(1, at, f"the first row has nothing for '{head[at]}'", "fill it in")
        for at in range(len(head))
        if not rows[0][at]
    ]
    for fault in faults:
        given.fault(fault)
    if faults:
        return None
    markup = cells_of(given)
    spans = [_spans(rows, at) for at in range(len(head))]
    body = [
        "".join(
            _spanned(
                markup.text(index + 1, at),
                spans[at][index],
                first=at == 0,
                last=index + spans[at][index] == len(rows),
            )
            for at in range(len(head))
        )
        for index in range(len(rows))
    ]
    full = [tuple(head)]
    for row in rows:
        full.append(tuple(cell or full[-1][at] for at, cell in enumerate(row)))
    made = _whole(_heads(markup), [f"<tr>{row}</tr>" for row in body], first=_WIDE / len(head))
    return replace(Drawing(made, data=tuple(full)), legend=escape(given.table.unit))


def _spans(rows: Sequence[Sequence[str]], at: int) -> list[int]:
    """How many rows each cell takes; nought where the one above goes on.

    A cell ends where one to its left does: a measure is of one goal.
    """
    begins = [index for index, row in enumerate(rows) if any(row[: at + 1])]
    found = [0] * len(rows)
    for begin, end in zip(begins, [*begins[1:], len(rows)], strict=True):
        found[begin] = end - begin
    return found


def _spanned(cell: str, rows: int, *, first: bool, last: bool) -> str:
    if not rows:
        return ""
    span = f' rowspan="{rows}"' if rows > 1 else ""
    if last and rows > 1:  # the rule below a table is that of its last row
        span += ' style="border-bottom: 1.1pt solid var(--petrol-900)"'
    name = "th" if first else "td"
    scope = ' scope="rowgroup"' if first and rows > 1 else ' scope="row"' if first else ""
    return f'<{name}{scope}{span} class="text">{cell}</{name}>'


def _dimension(name: str, found: Sequence[str], *, followed: bool) -> str:
    """A row whose line below is left out when its lesson follows."""
    style = ' style="border-bottom: none"' if followed else ""
    cells_ = "".join(f'<td class="text"{style}>{cell}</td>' for cell in found)
    kept = ' style="break-after: avoid"' if followed else ""
    return f'<tr{kept}><th scope="row"{style}>{name}</th>{cells_}</tr>'


def _lesson(name: str, found: Sequence[str]) -> str:
    cells_ = "".join(f'<td class="text">{cell}</td>' for cell in found)
    return f'<tr><th scope="row"><b>{name}</b></th>{cells_}</tr>'


def _whole(heads: Sequence[str], body: Sequence[str], first: float = _NARROW) -> str:
    return (
        f'<table class="data"><colgroup>{"".join(_widths(len(heads), first))}</colgroup>'
        f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(body)}</tbody></table>"
    )


def _widths(columns: int, first: float) -> Iterator[str]:
    each = (_WIDE - first) / max(1, columns - 1)
    for at in range(columns):
        yield f'<col style="width: {first if at == 0 else each:.2f}mm">'


def _heads(markup: Cells) -> list[str]:
    heads = [markup.text(0, at) for at in range(len(markup.rows[0]))]
    return [f'<th scope="col" class="text">{head}</th>' for head in heads]
