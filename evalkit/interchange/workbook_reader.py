"""Reading a workbook: its sheets as tables, and the address of every cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import get_column_letter

from evalkit.errors import EvalkitError
from evalkit.interchange.cell_problem import CellProblem
from evalkit.interchange.column import Column
from evalkit.interchange.gather import Spot
from evalkit.interchange.plan import (
    CASE_SHEET,
    GUIDE_SHEET,
    LANGUAGE_SHEET,
    OTHER_SHEET,
    PLANS,
    WORDS_SHEET,
    Plan,
)  # fmt: skip
from evalkit.interchange.table import Row, Table, Tables
from evalkit.interchange.tabulate import case_columns, columns_for, extra_column
from evalkit.interchange.typed import text_of
from evalkit.interchange.workbook_file import Cached, head_row, opened
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean

_HEAD = Column("", (), "text")
_KEY, _VALUE = "key", "value"


@dataclass(slots=True)
class _Places:
    """Where the rows and columns of a sheet stand."""

    number: int
    title: str
    head: int = 1
    rows: list[int] = field(default_factory=list)
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Book:
    """A workbook that was read.

    Attributes
    ----------
    tables
        What it holds.
    problems
        Cells that could not be read.
    absent
        Sheets that it does not have, by their Dutch name.
    columns
        The columns that each sheet has.
    places
        Where on each sheet its rows and columns stand.
    unread
        Addresses of the cells that could not be read.
    """

    tables: Tables
    problems: list[CellProblem] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)
    columns: dict[str, set[str]] = field(default_factory=dict)
    places: dict[str, _Places] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)

    def address(self, spot: Spot) -> tuple[tuple[int, int, int], str] | None:
        """Give the order and the name of a cell; None when it stands in no sheet that was read."""
        sheet, row, column = spot
        places = self.places.get(sheet)
        if places is None or row >= len(places.rows):
            return None
        at = places.columns.get(column, 1)
        number = places.rows[row]
        return (places.number, number, at), f"{places.title}!{get_column_letter(at)}{number}"

    def report(self, spot: Spot, message: str, hint: str) -> None:
        """Note what is wrong at a cell."""
        found = self.address(spot)
        order, place = found if found is not None else ((0, 0, 0), spot[0])
        self.problems.append(CellProblem(order, place, message, hint))


def read_book(data: bytes, name: str, language: Language | None = None) -> Book:
    """Read an xlsx workbook.

    Parameters
    ----------
    data
        The file.
    name
        What it is called, for messages.
    language
        The language of its numbers; by default what its first sheet says.

    Raises
    ------
    EvalkitError
        It is no xlsx workbook.
    """
    book = opened(data, name)
    sheets = {
        sheet.title.strip().lower(): (at, sheet) for at, sheet in enumerate(book.worksheets, 1)
    }
    cached = Cached(data, book)
    reader = _Reader(sheets, cached, language)
    reader.read()
    if not reader.book.places:
        known = ", ".join(plan.nl for plan in PLANS[:4])
        raise EvalkitError(
            f"{name} has no sheet that evalkit knows, such as {known}",
            hint="`evalkit export CASE --format xlsx` makes one to fill in",
        )
    return reader.book


class _Reader:
    """Reads sheet by sheet."""

    def __init__(
        self, sheets: Mapping[str, tuple[int, Any]], cached: Cached, language: Language | None
    ) -> None:
        self.sheets, self.cached = sheets, cached
        self.language: Language = language if language is not None else self._said()
        self.book = Book(Tables(language=self.language))

    def read(self) -> None:
        known = {"", *(word.lower() for word in (*GUIDE_SHEET.values(), *WORDS_SHEET.values()))}
        known |= self._pair_sheet(CASE_SHEET, "dossier")
        for plan in PLANS:
            known |= {plan.nl, plan.en}
            self._table(plan)
        known |= self._pair_sheet(LANGUAGE_SHEET, "vertalingen")
        known |= self._pair_sheet(OTHER_SHEET, "overig")
        for title, (number, sheet) in self.sheets.items():
            if title not in known and not title.startswith("_"):
                hint = did_you_mean(
                    title, known - {""}, "let its name begin with _, or take it out"
                )
                what = "this sheet is not read"
                self.book.problems.append(CellProblem((number, 0, 0), sheet.title, what, hint))

    def _said(self) -> Language:
        """Read the language of the case before anything else: it decides what a comma means."""
        found = self._sheet(CASE_SHEET.values())
        for row in found[1].iter_rows(values_only=True) if found else ():
            if len(row) > 1 and row[0] == "language" and row[1] == "en":
                return "en"
        return "nl"

    def _sheet(self, titles: Any) -> tuple[int, Any] | None:
        return next((self.sheets[t.lower()] for t in titles if t.lower() in self.sheets), None)

    def _start(self, key: str, titles: Any, heads: tuple[str, ...]) -> tuple[Any, _Places] | None:
        found = self._sheet(titles)
        if found is None:
            self.book.absent.add(key)
            return None
        number, sheet = found
        places = self.book.places[key] = _Places(number, sheet.title, head_row(sheet, heads))
        for at, cell in enumerate(sheet[places.head], 1):
            name = str(cell.value).strip() if cell.value is not None else ""
            if name and name in places.columns:
                what = f"there are two columns '{name}'"
                self._wrong(places, places.head, at, what, "give one another name, or take it out")
            elif name:
                places.columns[name] = at
        return sheet, places

    def _table(self, plan: Plan) -> None:
        started = self._start(plan.nl, (plan.nl, plan.en), plan.heads)
        if started is None:
            return
        sheet, places = started
        columns = self._columns(plan, places)
        self.book.columns[plan.nl] = {column.name for column in columns}
        rows = []
        for number, cells in self._rows(sheet, places):
            places.rows.append(number)
            heads = tuple(self._text(cells, places, number, head, _HEAD) for head in plan.heads)
            found = {
                one.name: text
                for one in columns
                if (text := self._text(cells, places, number, one.name, one))
            }
            rows.append(Row(heads, found))
        self.book.tables.tables.append(Table(plan, columns, tuple(rows)))

    def _columns(self, plan: Plan, places: _Places) -> tuple[Column, ...]:
        fixed = {column.name: column for column in columns_for(plan)}
        more = []
        for head in plan.heads:
            if head not in places.columns:
                what = f"the column '{head}' is missing"
                self._wrong(places, places.head, 1, what, "put it back")
        for name, at in places.columns.items():
            if name in fixed or name in plan.heads or name.startswith("_"):
                continue
            column = extra_column(plan, name)
            if column is None:
                hint = did_you_mean(name, [*plan.heads, *fixed], "let its head begin with _")
                self._wrong(places, places.head, at, f"unknown column '{name}'", hint)
            else:
                more.append(column)
        return (*(one for one in fixed.values() if one.name in places.columns), *more)

    def _pair_sheet(self, titles: dict[str, str], key: str) -> set[str]:
        started = self._start(key, titles.values(), (_KEY, _VALUE))
        known = {title.lower() for title in titles.values()}
        if started is None:
            return known
        sheet, places = started
        for name in (_KEY, _VALUE):
            if name not in places.columns:
                what = f"the column '{name}' is missing"
                self._wrong(places, places.head, 1, what, "put it back")
        if key == "dossier":
            self._case(sheet, places)
        else:
            pairs = [(number, *self._pair(cells, places, number, _HEAD))
                     for number, cells in self._rows(sheet, places)]  # fmt: skip
            places.rows = [number for number, path, _ in pairs if path]
            rows = [(path, text) for _, path, text in pairs if path]
            setattr(self.book.tables, "other" if key == "overig" else "translations", rows)
        return known

    def _case(self, sheet: Any, places: _Places) -> None:
        columns = {column.name: column for column in case_columns()}
        numbers: dict[str, int] = {}
        for number, cells in self._rows(sheet, places):
            name = self._text(cells, places, number, _KEY, _HEAD)
            if name not in columns:
                hint = did_you_mean(name, columns, "take the row out")
                self._wrong(places, number, 1, f"unknown key '{name}'", hint)
                continue
            if name in numbers:
                self._wrong(places, number, 1, f"'{name}' stands here again", "keep one row")
                continue
            numbers[name] = number
            text = self._text(cells, places, number, _VALUE, columns[name])
            if text:
                self.book.tables.case[name] = text
        self.book.columns["dossier"] = set(numbers)
        places.rows = [numbers.get(name, 1) for name in columns]

    def _pair(self, cells: tuple[Any, ...], places: _Places, number: int, column: Column) -> Any:
        return (
            self._text(cells, places, number, _KEY, column),
            self._text(cells, places, number, _VALUE, column),
        )

    def _rows(self, sheet: Any, places: _Places) -> Iterator[tuple[int, tuple[Any, ...]]]:
        first = places.head + 1
        for number, cells in enumerate(sheet.iter_rows(min_row=first), first):
            known = {at - 1 for name, at in places.columns.items() if not name.startswith("_")}
            if any(cell.value not in (None, "") for at, cell in enumerate(cells) if at in known):
                yield number, cells
            self._stray(cells, places, number)

    def _stray(self, cells: tuple[Any, ...], places: _Places, number: int) -> None:
        headed = set(places.columns.values())
        for at, cell in enumerate(cells, 1):
            if at not in headed and cell.value not in (None, ""):
                what = "this cell stands in a column without a head"
                self._wrong(places, number, at, what, "name the column, or empty the cell")

    def _text(
        self, cells: tuple[Any, ...], places: _Places, number: int, name: str, column: Column
    ) -> str:
        at = places.columns.get(name)
        if at is None or at > len(cells):
            return ""
        cell = cells[at - 1]
        try:
            return text_of(self.cached.told(cell), str(cell.number_format), column, self.language)
        except ValueError as error:
            what, _, hint = str(error).partition("; ")
            self._wrong(places, number, at, what, hint)
            self.book.unread.add(f"{places.title}!{cell.coordinate}")
            return ""

    def _wrong(self, places: _Places, row: int, column: int, what: str, hint: str) -> None:
        place = f"{places.title}!{get_column_letter(column)}{row}"
        self.book.problems.append(CellProblem((places.number, row, column), place, what, hint))
