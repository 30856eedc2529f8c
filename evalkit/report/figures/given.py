"""What a directive gives a figure or table that is made from data: a table and options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape, unescape

from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.datatable import DataTable
from evalkit.model.record import Loc
from evalkit.model.sheet import CellFault, Sheet, read_sheet
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.text.citations import cited_all


@dataclass(frozen=True, slots=True)
class Given:
    """The data and options of one directive, and a way to say what is wrong with them.

    Attributes
    ----------
    edition
        The report.
    key
        Of the table in case.yaml, or of what in the model the figure is made from.
    options
        What else stands between braces, as plain text.
    file, line
        Where the directive stands.
    """

    edition: Edition
    key: str
    options: dict[str, str]
    file: str
    line: int

    @property
    def lang(self) -> Language:
        """The language of the report."""
        return self.edition.lang

    @property
    def written(self) -> Language:
        """The language that the numbers of the case are written in."""
        return self.edition.case.original or self.edition.case.language

    @property
    def table(self) -> DataTable:
        """The table of case.yaml."""
        return self.edition.case.tables[self.key]

    def label(self, key: str) -> str:
        """Give a word of the catalogue."""
        return self.edition.label(key)

    def option(self, name: str) -> str:
        """Give an option; empty when it was not given."""
        return unescape(self.options.get(name, "")).strip()

    def problem(self, message: str, hint: str = "") -> None:
        """Say what is wrong with the directive."""
        self.edition.problem(self.file, self.line, message, hint)

    def fault(self, found: CellFault) -> None:
        """Say what is wrong with a cell, at its file, line and column."""
        head = self.table.rows[0][found.column]
        named = f" '{head}'" if head else ""
        what = f"column {found.column + 1}{named}: {found.message}"
        line = self.table.line(found.row)
        self.edition.problem(self.table.file, line, what, found.hint)

    def flaw(self, loc: Loc, message: str, hint: str = "") -> None:
        """Say what is wrong in the model; the record does not keep lines, so its path does."""
        path = ".".join(map(str, loc))
        self.problem(f"{path}: {message}", hint)

    def too_tall(self) -> None:
        """Say that what a figure names takes more room than a page has."""
        what = f"the names of '{self.key}' take more room than a page has"
        self.problem(what, "shorten them, take rows out, or print a table")

    def sheet(self, words: Sequence[str] = ()) -> Sheet | None:
        """Read the numbers of the table; None, and every fault said, when it has one."""
        if not self.table.rows:
            return None  # the file was reported as unreadable
        sheet, faults = read_sheet(self.table, self.written, words)
        for found in faults:
            self.fault(found)
        return None if faults else sheet

    def chosen(self, name: str, known: Sequence[str]) -> list[str] | None:
        """Give an option that lists names, each of which must be known; None when one is not."""
        found = [one.strip() for one in self.option(name).split(",") if one.strip()]
        odd = [one for one in found if one not in known]
        for one in odd:
            self.problem(
                f"`{name}` names '{one}', which is not in {self.table.file}",
                did_you_mean(one, known, f"name one of {', '.join(known[:8])}"),
            )
        return None if odd else found

    def source(self) -> str:
        """Give the `Bron:` line of the table."""
        found = cited_all(self.table.source, self.edition.case.sources, self.lang)
        return escape(found)


Maker = Callable[[Given], Drawing | None]
"""Makes a figure or table; None when something was wrong, which has then been said."""


@dataclass(frozen=True, slots=True)
class DataKind:
    """A kind of figure or table that is made from data, and the options that it takes."""

    maker: Maker
    options: tuple[str, ...] = ()


def rows_of(sheet: Sheet, lang: Language) -> tuple[tuple[str, ...], ...]:
    """Give the rows of a sheet as text, for those who cannot see the figure."""
    head = (sheet.corner, *sheet.words, *sheet.columns)
    return (
        head,
        *(
            (row.label, *row.words, *(amount.prose(lang) for amount in row.amounts))
            for row in sheet.rows
        ),
    )
