"""A table of case.yaml whose cells call footnotes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape

from evalkit.model.cell_notes import bare, calls_in, flaw_of_cell
from evalkit.model.datatable import DataTable
from evalkit.model.sheet import CellFault
from evalkit.report.figures.given import Given


@dataclass(frozen=True, slots=True)
class Noted(Given):
    """The data of one directive, its footnotes apart: what counts or draws a cell sees none.

    Attributes
    ----------
    cell
        Renders a cell with its footnotes.
    labels
        The names of the footnotes that the text around has.
    """

    cell: Callable[[str], str] = escape
    labels: frozenset[str] = frozenset()

    @property
    def table(self) -> DataTable:
        """The table of case.yaml, without footnotes."""
        found = self.edition.case.tables[self.key]
        rows = tuple(tuple(map(bare, row)) for row in found.rows)
        return found.model_copy(update={"rows": rows})

    def flaws(self, *, drawn: bool) -> list[CellFault]:
        """Find the footnotes that would be lost or misread; a drawing prints none of its table."""
        labels = None if drawn else self.labels
        found = []
        for at, row in enumerate(self.edition.case.tables[self.key].rows):
            for column, cell in enumerate(row):
                flaw = flaw_of_cell(cell, labels)
                if flaw is not None:
                    found.append(CellFault(at, column, *flaw))
        return found


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a table as markup; row 0 holds the heads.

    Attributes
    ----------
    rows
        As the file has them.
    write
        Renders a text of the file with its footnotes.
    """

    rows: tuple[tuple[str, ...], ...]
    write: Callable[[str], str]

    def text(self, row: int, column: int) -> str:
        """Give a cell as it was written."""
        return self.write(self.rows[row][column])

    def told(self, row: int, column: int, printed: str) -> str:
        """Give a cell as it is printed in the language of the report, then its footnotes."""
        if printed == bare(self.rows[row][column]):
            return self.text(row, column)
        return f"{escape(printed, quote=False)}{self.calls(row, column)}"

    def calls(self, row: int, column: int) -> str:
        """Give the footnotes of a cell; nothing where the file has no such cell."""
        there = row < len(self.rows) and column < len(self.rows[row])
        return self.write(calls_in(self.rows[row][column])) if there else ""

    def group(self, name: str) -> str:
        """Give the footnotes of the head of a group of rows."""
        found = [at for at, row in enumerate(self.rows) if at and bare(row[0]) == name]
        return next((self.calls(at, 0) for at in found if not any(self.rows[at][1:])), "")


def cells_of(given: Given) -> Cells:
    """Give the cells of the table of a directive as markup."""
    if isinstance(given, Noted) and given.key in given.edition.case.tables:
        return Cells(given.edition.case.tables[given.key].rows, given.cell)
    found = given.edition.case.tables.get(given.key)
    return Cells(() if found is None else found.rows, partial(escape, quote=False))
