"""Periods: integers, years, quarters and dates on one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.codes import distinct
from evalkit.panel.columns import rows_of
from evalkit.panel.dropped import PanelError

Ints = np.ndarray[Any, np.dtype[np.int64]]
NEVER = 0
"""The cohort of units that are never treated, in every output."""


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
    """

    values: Ints
    labels: tuple[Any, ...]
    counted: bool

    def __len__(self) -> int:
        return len(self.values)

    def label(self, value: int) -> Any:
        """Give a period as the data write it."""
        if not self.counted:
            return int(value)
        return self.labels[int(np.searchsorted(self.values, value))]


def read_times(times: pd.Series[Any], name: str) -> tuple[Clock, Ints]:
    """Read the time column.

    Returns
    -------
    clock
        The periods.
    at
        The period of each row, counted from 0.

    Raises
    ------
    PanelError
        The column holds fractions, or neither numbers, quarters nor dates.
    """
    if times.dtype.kind in "iu":
        return _whole(times.to_numpy(dtype=np.int64))
    if times.dtype.kind == "f":
        values = times.to_numpy(dtype=np.float64)
        odd = np.flatnonzero(values != np.floor(values))
        if odd.size:
            raise PanelError(
                f"the time '{name}' is no whole number in {rows_of(times, odd)}",
                hint="use whole numbers, years, quarters ('2024Q1') or dates",
            )
        return _whole(values.astype(np.int64))
    codes, found = pd.factorize(times)  # each label is read once
    try:
        ordered = _ordered(pd.Series(found), name)
    except PanelError:
        _ordered(times, name)  # which names the rows
        raise
    places, labels = pd.factorize(ordered, sort=True)
    codes = places[codes]
    return Clock(_count(labels), tuple(labels), counted=True), codes


def _count(labels: Any) -> Ints:
    """Count periods from 1; quarters that nobody has a row for count too, as years would."""
    if isinstance(labels, pd.PeriodIndex):
        ordinals: Ints = np.asarray(labels.asi8, dtype=np.int64)
        counted: Ints = ordinals - ordinals[0] + 1
        return counted
    return np.arange(1, len(labels) + 1, dtype=np.int64)


def _whole(values: Ints) -> tuple[Clock, Ints]:
    found, codes = distinct(values)
    labels = tuple(int(value) for value in found)
    return Clock(found.astype(np.int64), labels, counted=False), codes


def _ordered(times: pd.Series[Any], name: str) -> Any:
    if isinstance(times.dtype, pd.PeriodDtype) or times.dtype.kind == "M":
        return times
    text = times.astype(str)
    quarters = text.str.fullmatch(r"\d{4}-?Q[1-4]")
    if quarters.all():
        return pd.PeriodIndex(text.str.replace("-", ""), freq="Q")
    parsed = pd.to_datetime(text, errors="coerce", format="ISO8601")
    lost = parsed.isna()
    odd = lost & ~quarters  # neither a date nor a quarter; or else quarters among dates
    bad = np.flatnonzero((odd if odd.any() else lost).to_numpy())
    if bad.size:
        raise PanelError(
            f"the time '{name}' is no period ('{text.iloc[bad[0]]}') in {rows_of(times, bad)}",
            hint="use whole numbers, years, quarters ('2024Q1') or dates ('2024-07-01')",
        )
    return parsed


def read_cohorts(cohorts: pd.Series[Any], clock: Clock, name: str) -> Ints:
    """Read the period of first treatment of each row as a value of the clock; 0 is never.

    ``0``, missing and infinite mean never treated, and so does a cohort after the last period.

    Raises
    ------
    PanelError
        A cohort lies between two periods, or is no period at all.
    """
    values = _raw_cohorts(cohorts, clock, name)
    last, first = int(clock.values[-1]), int(clock.values[0])
    values[values > last] = NEVER
    inside = (values != NEVER) & (values >= first)
    unknown = inside & ~np.isin(values, clock.values)
    if unknown.any():
        rows = np.flatnonzero(unknown)
        raise PanelError(
            f"the cohort {clock.label(int(values[rows[0]]))} in column '{name}' lies between two "
            f"periods, in {rows_of(cohorts, rows)}",
            hint="a cohort is the first period in which a unit is treated; use the next period",
        )
    return values


def _raw_cohorts(cohorts: pd.Series[Any], clock: Clock, name: str) -> Ints:
    if not clock.counted:
        _refuse_dates(cohorts, name)
        raw = pd.to_numeric(cohorts, errors="coerce")
        text = np.flatnonzero(raw.isna().to_numpy() & cohorts.notna().to_numpy())
        if text.size:
            raise PanelError(
                f"the cohort column '{name}' holds text ('{cohorts.iloc[text[0]]}') in "
                f"{rows_of(cohorts, text)}",
                hint="give the first treated period; 0 or empty means never treated",
            )
        values = raw.to_numpy(dtype=np.float64, na_value=np.nan)
        values = np.where(np.isfinite(values), values, NEVER)
        odd = np.flatnonzero(values != np.floor(values))
        if odd.size:
            raise PanelError(
                f"the cohort {values[odd[0]]:g} in column '{name}' lies between two periods, in "
                f"{rows_of(cohorts, odd)}",
                hint="a cohort is the first period in which a unit is treated",
            )
        _refuse_nought(values, raw, cohorts, clock, name)
        return values.astype(np.int64)
    return _counted_cohorts(cohorts, clock, name)


def _refuse_dates(cohorts: pd.Series[Any], name: str) -> None:
    """Refuse dates among whole periods: as numbers they would lie after the last one."""
    known = cohorts.dropna()
    first = known.iloc[0] if len(known) else None
    if isinstance(first, datetime | date | np.datetime64 | pd.Period):
        raise PanelError(
            f"the cohort column '{name}' holds dates ({first}), and the time is whole numbers",
            hint="write both alike: years, quarters or dates",
        )


def _refuse_nought(
    values: Any, raw: pd.Series[Any], cohorts: pd.Series[Any], clock: Clock, name: str
) -> None:
    """Refuse a cohort 0 when periods run on both sides of 0: it could mean either.

    As the first period, 0 is no start that an estimate could use, and means never as always.
    """
    if clock.values[0] >= NEVER or clock.values[-1] < NEVER:
        return
    rows = np.flatnonzero((values == NEVER) & raw.notna().to_numpy() & np.isfinite(raw.to_numpy()))
    if rows.size:
        raise PanelError(
            f"the cohort 0 in column '{name}' means never treated, and 0 is a period too, in "
            f"{rows_of(cohorts, rows)}",
            hint="leave the cohort of who is never treated empty, and count periods from 1",
        )


def _counted_cohorts(cohorts: pd.Series[Any], clock: Clock, name: str) -> Ints:
    never = cohorts.isna() | cohorts.astype(str).isin({"0", "0.0", "inf", ""})
    values = np.full(len(cohorts), NEVER, dtype=np.int64)
    treated = cohorts[~never]
    if treated.empty:
        return values
    ordered = pd.Series(_ordered(treated, name))
    labels = pd.Series(list(clock.labels))
    place = np.searchsorted(labels.to_numpy(), ordered.to_numpy(), side="left")
    exact = np.isin(ordered.to_numpy(), labels.to_numpy())
    inside = place < len(labels)
    between = ~exact & inside & (place > 0)
    if between.any():
        rows = np.flatnonzero(~never.to_numpy())[between]
        raise PanelError(
            f"the cohort {treated.iloc[int(np.flatnonzero(between)[0])]} in column '{name}' lies "
            f"between two periods, in {rows_of(cohorts, rows)}",
            hint="a cohort is the first period in which a unit is treated; use the next period",
        )
    # Before the first period counts as the first: such units are always treated.
    found = np.where(inside, clock.values[np.minimum(place, len(labels) - 1)], NEVER)
    values[~never.to_numpy()] = found
    return values
