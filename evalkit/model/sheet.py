"""A sheet: the rows of a CSV table with their numbers read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evalkit.language.numbers import Language
from evalkit.model.amount import EMPTY, Amount, language_of_cells, two_ways
from evalkit.model.datatable import DataTable
from evalkit.model.record import Record

_TOTALS = frozenset({"totaal", "total"})


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong with a cell of a table.

    Attributes
    ----------
    row, column
        Of the cell, both from 0; row 0 is the head.
    message
        What is wrong.
    hint
        What to do about it.
    """

    row: int
    column: int
    message: str
    hint: str = ""


class SheetRow(Record):
    """A row: its label, further words, and its numbers.

    Attributes
    ----------
    at
        Which row of the file, the head being 0.
    label
        The first cell.
    words
        The other cells that hold text.
    amounts
        The cells that hold numbers.
    group
        The group that it stands under.
    total
        Whether it is the row of totals.
    """

    at: int
    label: str
    words: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    group: str = ""
    total: bool = False


class Sheet(Record):
    """A table of labels, words and numbers.

    Attributes
    ----------
    corner
        The head above the labels.
    words
        The heads of the columns of text behind the labels.
    columns
        The heads of the columns of numbers.
    rows
        In the order of the file.
    unit
        What the numbers count.
    places
        Which column of the file each column of numbers is, the labels being 0.
    """

    corner: str
    words: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    unit: str = ""
    places: tuple[int, ...] = ()

    def amounts(self, column: int) -> tuple[Amount, ...]:
        """Give a column of numbers, totals left out."""
        return tuple(row.amounts[column] for row in self.rows if not row.total)

    @property
    def parts(self) -> tuple[SheetRow, ...]:
        """The rows that are no total."""
        return tuple(row for row in self.rows if not row.total)


def read_sheet(
    table: DataTable, lang: Language, words: Sequence[str] = ()
) -> tuple[Sheet, list[CellFault]]:
    """Read the numbers of a table.

    Parameters
    ----------
    table
        Its first row holds the heads, its first column the labels. A row with nothing but a label
        is the head of a group; one that is called ``Totaal`` holds totals.
    lang
        The language that numbers are written in, where the table does not show another.
    words
        Heads of columns that hold text, besides the first.

    Returns
    -------
    sheet
        What could be read.
    faults
        What is wrong, all of it.
    """
    head, *rest = table.rows
    wanted = {word.lower() for word in words}
    text = [at for at in range(1, len(head)) if head[at].lower() in wanted]
    numeric = [at for at in range(1, len(head)) if at not in text]
    spoken = language_of_cells((row[at] for row in rest for at in numeric), lang)
    faults: list[CellFault] = list(_heads(head))
    rows: list[SheetRow] = []
    group = ""
    for at, row in enumerate(rest, 1):
        if not row[0]:
            faults.append(CellFault(at, 0, "this row has no label", "name what it is about"))
        if row[0] and not any(row[1:]):
            group = row[0]
            continue
        amounts = tuple(_amount(row[column], at, column, spoken, faults) for column in numeric)
        faults += [doubt(at, c, row[c]) for c in numeric if two_ways(row[c], spoken, lang)]
        is_total = row[0].lower() in _TOTALS
        found = tuple(row[column] for column in text)
        rows.append(
            SheetRow(at=at, label=row[0], words=found, amounts=amounts,
                     group="" if is_total else group, total=is_total)
        )  # fmt: skip
    if not rows:
        faults.append(CellFault(1, 0, "no row holds a number", "fill in the table"))
    faults.extend(_doubled(rows))
    sheet = Sheet(
        corner=head[0], words=tuple(head[at] for at in text),
        columns=tuple(head[at] for at in numeric), rows=tuple(rows), unit=table.unit,
        places=tuple(numeric),
    )  # fmt: skip
    return sheet, faults


def doubt(row: int, column: int, cell: str) -> CellFault:
    """Say that a number can be read two ways."""
    what = (
        f"'{cell}' can be read two ways: other cells write decimals in the way of another language"
    )
    return CellFault(row, column, what, "write all numbers of the table as the case does")


def _amount(cell: str, row: int, column: int, lang: Language, faults: list[CellFault]) -> Amount:
    try:
        return Amount.parse(cell, lang)
    except ValueError as error:
        what, _, hint = str(error).partition("; ")
        faults.append(CellFault(row, column, what, hint))
        return Amount()


def _heads(head: Sequence[str]) -> Iterator[CellFault]:
    seen: set[str] = set()
    for at, name in enumerate(head):
        if at and not name:
            yield CellFault(0, at, "this column has no head", "name what it holds")
        if name and name in seen:
            yield CellFault(0, at, f"two columns are called '{name}'", "give one another name")
        seen.add(name)


def _doubled(rows: Sequence[SheetRow]) -> Iterator[CellFault]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.group, row.label)
        if row.label and key in seen:
            what = f"'{row.label}' stands in the table already, as row {seen[key] + 1}"
            yield CellFault(row.at, 0, what, "give one another name, or take it out")
        seen.setdefault(key, row.at)


def looks_numeric(cells: Sequence[str], lang: Language) -> bool:
    """Tell whether a column holds numbers and nothing else.

    Examples
    --------
    >>> looks_numeric(["7,4", "–", "PM"], "nl"), looks_numeric(["7,4", "hoog"], "nl")
    (True, False)
    """
    found = [cell for cell in cells if cell not in EMPTY]
    try:
        return bool(found) and all(not Amount.parse(cell, lang).empty for cell in found)
    except ValueError:
        return False
