"""A table of numbers, as far as a sum is concerned."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evalkit.audit.text.line import Line


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: the number in it, with the decimals as written; None where it holds none.

    Attributes
    ----------
    open
        Whether something stands there that is no number: ``PM``, ``n.b.``.
    """

    text: str
    value: Decimal | None = None
    decimals: int = 0
    percent: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its label, its cells and where it stands."""

    label: str
    cells: tuple[Cell, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under each other with equally many numbers.

    Attributes
    ----------
    header
        The names of the columns of numbers, or nothing where they could not be told.
    rows
        The rows in order, a total among them.
    sure
        Whether the marks say where a cell begins, as Markdown does; in plain text and in PDF that
        is read off the spaces.
    """

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    sure: bool
