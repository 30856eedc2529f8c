"""Tables from CSV files of the case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from evalkit.language.numbers import Language
from evalkit.model.amount import EMPTY, Amount, language_of_cells, two_ways
from evalkit.model.sheet import doubt, looks_numeric
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given
from evalkit.report.tables.grid import Column, Kind, Row, grid
from evalkit.report.tables.noted import cells_of

_TOTALS = frozenset({"totaal", "total"})
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
    return None if faults else table_of(given)


def table_of(given: Given) -> Drawing:
    """Compose a table; a row with nothing but a label is the head of a group."""
    head, *rows = given.table.rows
    markup = cells_of(given)
    spoken = spoken_language(rows, given.written)
    kinds: list[Kind] = ["text", *(_kind(rows, c, spoken, head[c]) for c in range(1, len(head)))]
    columns = [
        Column(name, kind, notes=markup.calls(0, at))
        for at, (name, kind) in enumerate(zip(head, kinds, strict=True))
    ]
    shown = [cells(rows, at, spoken, given.lang) for at in range(1, len(head))]
    body = []
    for at, row in enumerate(rows):
        label = markup.text(at + 1, 0)
        if not any(row[1:]):
            body.append(Row((label,), "group"))
            continue
        told = (markup.told(at + 1, c, column[at]) for c, column in enumerate(shown, 1))
        body.append(Row((label, *told), "total" if row[0].lower() in _TOTALS else ""))
    made = grid(columns, body, {"nl": ",", "en": "."}[given.lang], whole=True)
    return replace(made, legend=escape(given.table.unit))


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
