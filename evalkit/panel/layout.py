"""Where the rows of a panel stand: each in a unit and a period, ordered by both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evalkit.panel.clock import Clock, Ints, read_times
from evalkit.panel.columns import coded
from evalkit.panel.dropped import PanelError, some

Codes = np.ndarray[Any, np.dtype[Any]]
Kind = TypeVar("Kind", bound=np.generic)
SPARSE = 4
"""Unit-period cells per row up to which the rows are dealt over the cells instead of sorted."""


@dataclass(frozen=True)
class Layout:
    """Rows by unit and then period.

    Attributes
    ----------
    n_units, n_periods, n_rows
        How many there are.
    order : ndarray of int, or None
        The rows of the table in the panel's order; None when they stand so already.
    cells : ndarray of int, or None
        Unit times the number of periods, plus period, of each ordered row, all counted from 0;
        None when every unit is observed once in every period.
    """

    n_units: int
    n_periods: int
    n_rows: int
    order: Ints | None = None
    cells: Ints | None = None

    @cached_property
    def unit(self) -> Ints:
        """Unit of each row."""
        if self.cells is None:
            return np.repeat(np.arange(self.n_units), self.n_periods)
        return self.cells // self.n_periods

    @cached_property
    def time(self) -> Ints:
        """Period of each row."""
        if self.cells is None:
            return np.tile(np.arange(self.n_periods), self.n_units)
        return self.cells % self.n_periods

    @cached_property
    def first_rows(self) -> Ints:
        """First row of each unit."""
        if self.cells is None:
            return np.arange(0, self.n_rows, self.n_periods)
        changes = np.flatnonzero(self.unit[1:] != self.unit[:-1]) + 1
        return np.concatenate([[0], changes]).astype(np.int64)

    def ordered(self, values: np.ndarray[Any, np.dtype[Kind]]) -> np.ndarray[Any, np.dtype[Kind]]:
        """Put a column of the table in the panel's order."""
        return values if self.order is None else values[self.order]

    def moving(self, values: Codes) -> Ints:
        """Find the ordered rows whose value is not that of their unit's first row."""
        if self.cells is None and not _within(values[1:] != values[:-1], self.n_periods):
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(values != values[self.first_rows][self.unit])

    def places(self, at: Ints) -> Ints:
        """Give the rows of the table that stand at places in the panel's order."""
        return at if self.order is None else self.order[at]


def lay_out(
    units: pd.Series[Any] | None, times: pd.Series[Any], name: str, *, dutch: bool = False
) -> tuple[Clock, Layout]:
    """Find out where each row stands.

    Parameters
    ----------
    units
        Name of each row's unit; None when each row is a unit of its own.
    times
        Period of each row.
    name
        Name of the column of periods.
    dutch
        Whether the day is known to stand before the month in dates such as 03-04-2024.

    Raises
    ------
    PanelError
        The periods cannot be read, or a unit has two rows for a period.
    """
    if units is None:
        clock, time = read_times(times, name, dutch=dutch)
        cells = np.arange(len(times)) * len(clock) + time
        return clock, Layout(len(times), len(clock), len(times), cells=cells)
    raw = units.to_numpy() if units.dtype.kind in "iu" else coded(units, "unit", names=True)[0]
    length = _regular(raw, times)
    if length == 0 and units.dtype.kind in "iu":  # by unit, perhaps, and the units in any order
        raw = pd.factorize(raw)[0]
        length = _regular(raw, times)
    if length:
        clock, _ = read_times(times.iloc[:length], name, dutch=dutch)
        return clock, Layout(len(raw) // length, length, len(raw))
    clock, time = read_times(times, name, dutch=dutch)
    return clock, _dealt(units, raw, time, len(clock))


def _regular(units: Codes, times: pd.Series[Any]) -> int:
    """Count the rows of each unit when all have the same periods in order; 0 when they have not."""
    if times.dtype.kind not in "iuM" or not isinstance(times.dtype, np.dtype):
        return 0
    moves = units[1:] != units[:-1]
    length = int(moves.argmax()) + 1 if moves.any() else len(units)
    when = times.to_numpy()
    if len(units) % length or not (when[1:length] > when[: length - 1]).all():
        return 0
    heads = units[::length]
    if _within(moves, length) or not (heads[1:] > heads[:-1]).all():
        return 0
    return length if np.array_equal(when[length:], when[:-length]) else 0


def _within(moves: Codes, length: int) -> bool:
    """Whether anything moves from row to row other than where a unit of so many rows ends."""
    return int(np.count_nonzero(moves)) != np.count_nonzero(moves[length - 1 :: length])


def _dealt(names: pd.Series[Any], units: Codes, time: Codes, periods: int) -> Layout:
    """Order rows by unit and period."""
    count, rows = int(units.max()) + 1, len(units)
    cells = units.astype(np.int64) * periods + time
    order = None
    if not (cells[1:] > cells[:-1]).all():
        order = _order(cells, count * periods)
        cells = cells[order]
        _refuse_duplicates(names, cells, order)
    if rows == count * periods:
        return Layout(count, periods, rows, order)
    return Layout(count, periods, rows, order, cells)


def _order(cells: Ints, count: int) -> Ints:
    """Sort rows by cell: dealt over the cells, or compared when most cells are empty."""
    if count <= SPARSE * len(cells):
        dealt = np.full(count, -1)
        dealt[cells] = np.arange(len(cells))
        order = dealt[dealt >= 0]
        if len(order) == len(cells):
            return order
    return np.argsort(cells, kind="stable")


def _refuse_duplicates(names: pd.Series[Any], cells: Ints, order: Ints) -> None:
    same = np.flatnonzero(cells[1:] == cells[:-1])
    if same.size:
        first = names.index[order[[same[0], same[0] + 1]]]
        raise PanelError(
            f"{len(same)} unit-period pairs have more than one row, the first in "
            f"{some(sorted(int(row) for row in first))}",
            hint="aggregate them first, or give unit=None for repeated cross-sections",
        )
