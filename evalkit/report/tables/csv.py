"""Tables from CSV files of the case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from evalkit.language.numbers import Language
from evalkit.model.amount import EMPTY, Amount, language_of_cells, two_ways
from evalkit.model.datatable import DataTable
from evalkit.model.sheet import doubt, looks_numeric
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.given import Given
from evalkit.report.tables.grid import Column, Kind, Row, grid

_UNITS = frozenset({"eenheid", "unit"})
_PLAIN = re.compile(r"\d{4,}")
_YEARS = range(1500, 2201)


def csv_table(given: Given) -> Drawing | None:
    """Compose a table as its file has it, its numbers in the language of the report."""
    if not given.table.rows:
        return None
    _, *rows = given.table.rows
    spoken = spoken_language(rows, given.written)
    faults = [
        doubt(at, column, cell)
        for at, row in enumerate(rows, 1)
        for column, cell in enumerate(row)
        if column and two_ways(cell, spoken, given.written)
    ]
    for fault in faults:
        given.fault(fault)
    return None if faults else table_of(given.table, given.edition)


def table_of(table: DataTable, edition: Edition) -> Drawing:
    """Compose a table; a row with nothing but a label is the head of a group."""
    head, *rows = table.rows
    spoken = spoken_language(rows, edition.case.original or edition.case.language)
    kinds = [_kind(rows, at, spoken, head[at]) for at in range(1, len(head))]
    shown = [cells(rows, at, spoken, edition.lang) for at in range(1, len(head))]
    body = []
    for at, row in enumerate(rows):
        if not any(row[1:]):
            body.append(Row((escape(row[0]),), "group"))
        else:
            cells_ = (escape(row[0]), *(escape(column[at]) for column in shown))
            body.append(Row(cells_, "total" if row[0].lower() in ("totaal", "total") else ""))
    columns = [Column(head[0]), *map(Column, head[1:], kinds)]
    made = grid(columns, body, {"nl": ",", "en": "."}[edition.lang])
    return replace(made, legend=escape(table.unit))


def spoken_language(rows: Sequence[Sequence[str]], default: Language) -> Language:
    """Tell in which language the numbers of a table are written."""
    return language_of_cells((cell for row in rows for cell in row[1:]), default)


def cells(
    rows: Sequence[Sequence[str]], at: int, spoken: Language, lang: Language
) -> tuple[str, ...]:
    """Print a column in the language of the report; what is no number stays as it is.

    Years and other codes are no numbers to be grouped: whole numbers that all look like years stay
    as they are written.
    """
    column = [row[at] for row in rows]
    if looks_numeric(column, spoken) and not _are_years(column):
        return tuple("" if not cell else Amount.parse(cell, spoken).prose(lang) for cell in column)
    return tuple(column)


def _are_years(column: Sequence[str]) -> bool:
    found = [cell for cell in column if cell not in EMPTY]
    return all(_PLAIN.fullmatch(cell) and int(cell) in _YEARS for cell in found)


def _kind(rows: Sequence[Sequence[str]], at: int, spoken: Language, head: str) -> Kind:
    """A column of numbers stands to the right."""
    if looks_numeric([row[at] for row in rows], spoken):
        return "num"
    return "unit" if head.lower() in _UNITS else "text"
