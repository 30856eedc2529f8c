"""A case as a workbook: sheets with heads, notes, drop-downs and text cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.worksheet.datavalidation import DataValidation

from evalkit.errors import EvalkitError
from evalkit.interchange.column import Column
from evalkit.interchange.page import on_paper, set_heights
from evalkit.interchange.plan import (
    CASE,
    CASE_SHEET,
    GUIDE_SHEET,
    LANGUAGE_SHEET,
    OTHER_SHEET,
    STAGES,
    THEORY,
    WORDS_SHEET,
)  # fmt: skip
from evalkit.interchange.settled import settled
from evalkit.interchange.table import Table, Tables
from evalkit.interchange.tabulate import case_columns, tabulate
from evalkit.interchange.written import read_written

_TEXT = "@"  # the number format that leaves what is typed alone
_LONGEST = 32_767  # signs that a cell can hold
_INLINE = 250  # signs that the words of a drop-down may take together
_SPARE = 500  # empty rows that have drop-downs
_HEAD = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
_HEAD_FILL = PatternFill("solid", start_color="154273")
_NEEDED_FILL = PatternFill("solid", start_color="A90061")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTHS = {"text": 40, "list": 36, "mapping": 36, "observation": 26, "observer": 26}
_GUIDE = (
    ("Vul de bladen in en laad het werkboek terug: evalkit import BESTAND.xlsx --into MAP.",
     "Fill in the sheets and load the workbook back: evalkit import FILE.xlsx --into FOLDER."),
    ("Getallen staan er zoals men ze schrijft: 26,8 mln. euro, ~1.337, 20-50 deelnemers, PM.",
     "Numbers stand as people write them: 26.8 million euros, ~1,337, 20-50 pupils, PM."),
    ("Een lijst heeft één regel per onderdeel (Alt+Enter). Een donkerrode kop is verplicht.",
     "A list has one line for each item (Alt+Enter). A dark red head is required."),
    ("Een blad dat ontbreekt, laat een bestaande casus op dat punt zoals zij is.",
     "A sheet that is missing leaves that part of an existing case as it is."),
    ("Een blad of kolom waarvan de naam met _ begint, wordt niet gelezen.",
     "A sheet or column whose name begins with _ is not read."),
)  # fmt: skip


def to_workbook(name: str | Path) -> bytes:
    """Write a case as an xlsx workbook.

    Parameters
    ----------
    name
        A case folder, or the slug of a shipped case.

    Returns
    -------
    bytes
        The file; the same case gives the same bytes.

    Raises
    ------
    CaseError
        Anything in the case is wrong.

    Examples
    --------
    >>> to_workbook("minimumloon")[:2]
    b'PK'
    """
    written, _ = read_written(name)
    return workbook_of(tabulate(written))


def workbook_of(tables: Tables) -> bytes:
    """Write tables as an xlsx workbook."""
    return _Sheets(tables).bytes()


@dataclass(slots=True)
class _Look:
    """How a column is dressed."""

    name: str
    width: int
    note: str
    needed: bool = False


class _Sheets:
    """Builds the workbook sheet by sheet."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.language = tables.language if tables.language in CASE_SHEET else "nl"
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.words: list[tuple[str, ...]] = []

    def bytes(self) -> bytes:
        self._guide()
        self._case()
        for table in self.tables.tables:
            self._table(table)
        self._pairs(LANGUAGE_SHEET, self.tables.translations, "texts in other languages")
        self._pairs(OTHER_SHEET, self.tables.other, "keys that have no column elsewhere")
        for sheet in self.book.worksheets:
            set_heights(sheet)
        self._word_lists()
        return settled(self.book)

    def _sheet(self, title: str, looks: list[_Look], frozen: int) -> Any:
        sheet = self.book.create_sheet(title)
        for at, look in enumerate(looks, 1):
            cell = sheet.cell(1, at, look.name)
            cell.data_type = "s"
            cell.font, cell.alignment = _HEAD, _WRAPPED
            cell.fill = _NEEDED_FILL if look.needed else _HEAD_FILL
            if look.note:
                cell.comment = Comment(look.note, "evalkit", height=110, width=320)
            dimension = sheet.column_dimensions[get_column_letter(at)]
            dimension.width, dimension.number_format = look.width, _TEXT
        sheet.freeze_panes = sheet.cell(2, frozen + 1)
        on_paper(sheet, frozen)
        return sheet

    def _guide(self) -> None:
        sheet = self.book.create_sheet(GUIDE_SHEET[self.language])
        sheet.column_dimensions["A"].width = 110
        for at, lines in enumerate(_GUIDE, 1):
            self._write(sheet, at, 1, lines[self.language == "en"])

    def _case(self) -> None:
        looks = [_Look("key", 24, "A key of case.yaml."), _Look("value", 80, "What it says."),
                 _Look("about", 60, "What the key is for.")]  # fmt: skip
        sheet = self._sheet(CASE_SHEET[self.language], looks, 1)
        for at, column in enumerate(case_columns(), 2):
            self._write(sheet, at, 1, column.name)
            self._write(sheet, at, 2, self.tables.case.get(column.name, ""))
            self._write(sheet, at, 3, _told(column))
            self._choose(sheet, column, f"B{at}")

    def _table(self, table: Table) -> None:
        plan = table.plan
        looks = [_Look(head, 26, f"{plan.about} {_of_head(head)}", len(plan.homes) == 1)
                 for head in plan.heads]  # fmt: skip
        looks += [
            _Look(one.name, _WIDTHS.get(one.kind, 18), _told(one), one.required)
            for one in table.columns
        ]
        sheet = self._sheet(plan.name(self.language), looks, len(plan.heads))
        for at, row in enumerate(table.rows, 2):
            for column, head in enumerate(row.heads, 1):
                self._write(sheet, at, column, head)
            for column, one in enumerate(table.columns, len(row.heads) + 1):
                self._write(sheet, at, column, row.cells.get(one.name, ""))
        last = len(table.rows) + 1 + _SPARE
        for column, one in enumerate(table.columns, len(plan.heads) + 1):
            letter = get_column_letter(column)
            self._choose(sheet, one, f"{letter}2:{letter}{last}")
        self._heads(sheet, plan.heads, last)
        sheet.auto_filter.ref = sheet.dimensions

    def _heads(self, sheet: Any, heads: tuple[str, ...], last: int) -> None:
        for at, head in enumerate(heads, 1):
            letter = get_column_letter(at)
            if head == "stage":
                self._list(sheet, STAGES, f"{letter}2:{letter}{last}")

    def _pairs(self, titles: dict[str, str], rows: list[tuple[str, str]], about: str) -> None:
        looks = [_Look("key", 60, f"The path of a key: {about}."), _Look("value", 80, "Its text.")]
        sheet = self._sheet(titles[self.language], looks, 1)
        for at, (path, text) in enumerate(rows, 2):
            self._write(sheet, at, 1, path)
            self._write(sheet, at, 2, text)

    def _write(self, sheet: Any, row: int, column: int, text: str) -> None:
        if not text:
            return
        place = f"{sheet.title}!{get_column_letter(column)}{row}"
        if len(text) > _LONGEST:
            what = f"{place}: this text of {len(text)} signs is longer than a cell can hold"
            raise EvalkitError(what, hint=f"shorten it to {_LONGEST}; it begins '{text[:40]}…'")
        try:
            cell = sheet.cell(row, column, text)
        except IllegalCharacterError:
            what = f"{place}: '{text[:40]!r}' holds a sign that a workbook cannot"
            raise EvalkitError(what, hint="take it out of the case") from None
        cell.data_type = "s"  # a text that begins with = is no formula
        cell.number_format, cell.alignment = _TEXT, _WRAPPED

    def _choose(self, sheet: Any, column: Column, cells: str) -> None:
        words = ("true", "false") if column.kind == "flag" else column.choices
        if words and column.kind in ("choice", "flag"):
            self._list(sheet, words, cells)

    def _list(self, sheet: Any, words: tuple[str, ...], cells: str) -> None:
        inline = ",".join(words)
        formula = f'"{inline}"' if len(inline) <= _INLINE else self._word_range(words)
        rule = DataValidation(type="list", formula1=formula, allow_blank=True)
        rule.showErrorMessage = True
        rule.errorTitle, rule.error = "evalkit", f"choose from: {inline}"[:220]
        sheet.add_data_validation(rule)
        rule.add(cells)

    def _word_range(self, words: tuple[str, ...]) -> str:
        if words not in self.words:
            self.words.append(words)
        letter = get_column_letter(self.words.index(words) + 1)
        return f"{WORDS_SHEET[self.language]}!${letter}$1:${letter}${len(words)}"

    def _word_lists(self) -> None:
        if not self.words:
            return
        sheet = self.book.create_sheet(WORDS_SHEET[self.language])
        sheet.sheet_state = "hidden"
        for column, words in enumerate(self.words, 1):
            for row, word in enumerate(words, 1):
                self._write(sheet, row, column, word)


def _told(column: Column) -> str:
    words = f" Choose from: {', '.join(column.choices)}." if column.choices else ""
    return f"{'Required. ' if column.required else ''}{column.help}{words}"


def _of_head(head: str) -> str:
    return f"An instrument, {THEORY} or {CASE}." if head == "of" else f"The {head} of the row."
