"""Totals of tables that their rows or columns do not make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.table import Cell, Row, Table
from evalkit.audit.text.telling import number, sum_of, told

_TOTAL = re.compile(r"\W*(?:eind)?(?:totaal|total|grand total|som|sum)\b", re.IGNORECASE)
_PARTIAL = re.compile(
    r"\W*(?:subtotaal|subtotal|w\.v\.|waarvan|of which|gemiddeld|average|mean|mediaan|median|netto|"
    r"saldo|net\b|balance|af\b|minus|less\b)",
    re.IGNORECASE,
)
_ROUNDED = re.compile(
    r"mln|mld|miljoen|miljard|million|billion|duizend|thousand|1[.,]000|%|procent|percent|aandeel|"
    r"share|fte",
    re.IGNORECASE,
)
_RATE = re.compile(r"gemiddeld|average|per \w+|index|ratio|mediaan|median", re.IGNORECASE)
_FAR = Decimal("0.25")
_SMALL = Decimal(200)  # counts below this are seldom rounded


def find(document: Document) -> Iterator[AuditFinding]:
    """Find totals in tables that cannot be so."""
    for table in document.tables:
        ends = [at for at, row in enumerate(table.rows) if _TOTAL.match(row.label)]
        if len(ends) == 1 and ends[0] >= 2:
            yield from _columns(table, table.rows[: ends[0]], table.rows[ends[0]])
        yield from _across(table)


def _columns(table: Table, rows: Sequence[Row], total: Row) -> Iterator[AuditFinding]:
    if any(_PARTIAL.match(row.label) for row in rows):
        return
    for at, cell in enumerate(total.cells):
        name = table.header[at] if at < len(table.header) else ""
        parts = [row.cells[at] for row in rows]
        if _RATE.search(name) or not _summable(cell, parts, sure=table.sure):
            continue
        known = [part for part in parts if part.value is not None]
        if severity := _severity(cell, known, name, sure=table.sure):
            yield _finding("column", severity, total, rows, cell, known, name)


def _across(table: Table) -> Iterator[AuditFinding]:
    """Check the last column where it is called a total."""
    if len(table.header) < 3 or not _TOTAL.match(table.header[-1]):
        return
    if any(_RATE.search(name) or _PARTIAL.match(name) for name in table.header):
        return
    for row in table.rows:
        *parts, cell = row.cells
        if _PARTIAL.match(row.label) or not _summable(cell, parts, sure=table.sure):
            continue
        known = [part for part in parts if part.value is not None]
        name = " ".join(table.header)
        if severity := _severity(cell, known, name, sure=table.sure):
            yield _finding("row", severity, row, [row], cell, known, row.label)


def _summable(total: Cell, parts: Sequence[Cell], *, sure: bool) -> bool:
    """Say whether a total can be the sum of these cells, and is not their average."""
    known = [part.value for part in parts if part.value is not None]
    if total.value is None or len(known) < 2 or any(part.open for part in parts):
        return False
    if any(value < 0 for value in known) or not (sure or len(known) == len(parts)):
        return False
    if any(part.percent != total.percent for part in parts if part.value is not None):
        return False
    near = abs(sum(known) - total.value) <= _FAR * abs(total.value)
    if total.percent:
        return near and abs(total.value - 100) <= 2
    return near or (
        sure and total.value > max(known) and len(known) > 1 and total.value > sum(known) / 2
    )


def _severity(total: Cell, parts: Sequence[Cell], name: str, *, sure: bool) -> str:
    """Weigh the difference against what rounding can do; nothing when there is none."""
    values = [part.value for part in parts if part.value is not None]
    if total.value is None:
        return ""
    apart = abs(sum(values) - total.value)
    cells = [total, *parts]
    decimals = max(cell.decimals for cell in cells)
    exact = not decimals and not _ROUNDED.search(name) and not total.percent
    unit = _grain(values, total.value) if exact else Decimal(10) ** -decimals
    slack = unit * (len(values) + 1) / 2
    if apart == 0:
        return ""
    if apart > slack:
        return "error"
    return "warning" if exact and unit == 1 and total.value < _SMALL and sure else ""


def _grain(values: Sequence[Decimal], total: Decimal) -> Decimal:
    """Give the unit that whole numbers are written in: tens when each of them ends in a nought."""
    unit = Decimal(1)
    while all(value % (unit * 10) == 0 for value in (*values, total)) and unit < total:
        unit *= 10
    return unit


def _finding(
    name: str, severity: str, end: Row, rows: Sequence[Row],
    total: Cell, parts: Sequence[Cell], where: str,
) -> AuditFinding:  # fmt: skip
    values = [part.value for part in parts if part.value is not None]
    first = rows[0]
    places = [(end.line.place, _words(end)), (first.line.place, _words(first))]
    column = where or total.text
    return told(
        "table-total",
        name if where else "unnamed",
        "error" if severity == "error" else "warning",
        places,
        where=column,
        total=number(total.value if total.value is not None else Decimal(0)),
        sum=sum_of(values) if len(values) <= 6 else number(sum(values, Decimal(0))),
        value=number(sum(values, Decimal(0))),
    )


def _words(row: Row) -> str:
    return " | ".join([row.label or "–", *(cell.text or " " for cell in row.cells)])
