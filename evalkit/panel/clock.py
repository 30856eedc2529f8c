"""Periods: integers, years, quarters and dates on one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.codes import distinct
from evalkit.panel.columns import coded, rows_of
from evalkit.panel.dropped import PanelError
from evalkit.panel.written import Written, read_written

Ints = np.ndarray[Any, np.dtype[np.int64]]
NEVER = 0
"""The cohort of units that are never treated, in every output."""
LARGEST = 2**53
"""Whole numbers above this are no longer exact as floats."""


@dataclass(frozen=True, slots=True)
class Clock:
    """The periods of a panel.

    Attributes
    ----------
    values
        The distinct periods as whole numbers, ascending: years as they are, quarters and dates
        counted, so that an event time is a difference.
    labels
        The same as the data write them.
    counted
        Whether `values` count periods instead of being the periods themselves.
    day_first
        Whether the data write dates with the day before the month.
    """

    values: Ints
    labels: tuple[Any, ...]
    counted: bool
    day_first: bool = False

    def __len__(self) -> int:
        return len(self.values)

    def label(self, value: int) -> Any:
        """Give a period as the data write it."""
        if not self.counted:
            return int(value)
        return self.labels[int(np.searchsorted(self.values, value))]


def read_times(times: pd.Series[Any], name: str, *, dutch: bool = False) -> tuple[Clock, Ints]:
    """Read the time column.

    Parameters
    ----------
    times
        The period of each row.
    name
        Name of the column.
    dutch
        Whether the day is known to stand before the month in dates such as 03-04-2024.

    Returns
    -------
    clock
        The periods.
    at
        The period of each row, counted from 0.

    Raises
    ------
    PanelError
        The column holds fractions, or neither numbers, quarters nor dates; or its dates can be
        read two ways.
    """
    if times.dtype.kind == "i" or times.dtype in ("uint8", "uint16", "uint32"):
        return _whole(times.to_numpy(dtype=np.int64), name)
    if times.dtype.kind in "uf" and isinstance(times.dtype, np.dtype):
        values = times.to_numpy(dtype=np.float64)
        odd = np.flatnonzero((values != np.floor(values)) | (np.abs(values) > LARGEST))
        if odd.size:
            raise PanelError(
                f"the time '{name}' is no whole number in {rows_of(times, odd)}",
                hint="use whole numbers, years, quarters ('2024Q1') or dates",
            )
        return _whole(values.astype(np.int64), name)
    codes, found = coded(times, f"time '{name}'")  # each label is read once
    written = read_written(
        pd.Series(found),
        f"time '{name}'",
        lambda bad: rows_of(times, np.flatnonzero(np.isin(codes, bad))),
        dutch=dutch,
    )
    if written.kind == "whole numbers":
        return _whole(written.values.to_numpy()[codes], name)
    return _counted(written, codes)


def _counted(written: Written, codes: Ints) -> tuple[Clock, Ints]:
    """Count periods from 1; quarters that nobody has a row for count too, as years would."""
    places, labels = pd.factorize(written.values, sort=True)
    if isinstance(labels, pd.PeriodIndex):
        ordinals: Ints = np.asarray(labels.asi8, dtype=np.int64)
        values: Ints = ordinals - ordinals[0] + 1
    else:
        values = np.arange(1, len(labels) + 1, dtype=np.int64)
    clock = Clock(values, tuple(labels), counted=True, day_first=written.day_first)
    return clock, np.asarray(places, dtype=np.int64)[codes]


def _whole(values: Ints, name: str) -> tuple[Clock, Ints]:
    found, codes = distinct(values)
    _refuse_run_together(found, name)
    labels = tuple(int(value) for value in found)
    return Clock(found.astype(np.int64), labels, counted=False), codes


def _refuse_run_together(found: Ints, name: str) -> None:
    """Refuse 202401 and 20240131: from December to January they would count many periods."""
    for days in (False, True):
        months, day = np.divmod(found, 100) if days else (found, np.ones_like(found))
        years, month = np.divmod(months, 100)
        dates = (years >= 1900) & (years <= 2100) & (month > 0) & (month < 13)
        if not (dates & (day > 0) & (day < 32)).all() or len(found) < 2:
            continue
        if years[0] != years[-1] or (days and months[0] != months[-1]):
            jump = int(np.diff(found).max())
            shown = f"{years[0]}-{month[0]:02d}" + (f"-{day[0]:02d}" if days else "")
            raise PanelError(
                f"the time '{name}' runs year and month together ({found[0]}), so that from one "
                f"period to the next it would count {jump}",
                hint=f"write {shown}, or number the periods from 1",
            )
