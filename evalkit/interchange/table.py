"""Tables of a workbook, before they are cells and after."""

from __future__ import annotations

from dataclasses import dataclass, field

from evalkit.interchange.column import Column
from evalkit.interchange.plan import Plan


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    heads
        What it is about.
    cells
        Its other cells that hold something, by the name of their column.
    """

    heads: tuple[str, ...]
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet with its rows.

    Attributes
    ----------
    plan
        What kind of sheet it is.
    columns
        Those behind the heads.
    rows
        From top to bottom.
    """

    plan: Plan
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(slots=True)
class Tables:
    """Everything that a workbook holds.

    Attributes
    ----------
    tables
        Its sheets of records.
    case
        The keys of the case itself, on the first sheet.
    other
        Keys that no sheet has a column for, by path.
    translations
        Texts in other languages, by path.
    language
        The language of the case.
    """

    tables: list[Table] = field(default_factory=list)
    case: dict[str, str] = field(default_factory=dict)
    other: list[tuple[str, str]] = field(default_factory=list)
    translations: list[tuple[str, str]] = field(default_factory=list)
    language: str = "nl"
