"""One series of values at equally spaced periods, read from a panel or from pandas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.period_name import period_name
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, read_times

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

LEAST = 4
"""Fewer points than this before or after are refused: a line and its noise cannot be told apart."""


@dataclass(frozen=True)
class SingleSeries:
    """Values at equally spaced periods, and the place of the first treated one."""

    values: Floats
    times: Ints
    labels: list[Any]
    start: int
    outcome: str
    units: int


def read_series(series: Panel | pd.Series[Any], start: Any) -> SingleSeries:
    """Read the series and the place of its first treated period.

    Raises
    ------
    PanelError
        There are too few points, gaps in time, missing values, a constant series, a `start` that
        is no period, or a panel that allows a comparison.
    """
    found = _from_panel(series) if isinstance(series, Panel) else _from_series(series, start)
    _refuse(found)
    return found


def _from_panel(panel: Panel) -> SingleSeries:
    if panel.names["unit"] is None:
        raise PanelError("the same units must be seen in every period", hint="give `unit`")
    cohorts = sorted({int(cohort) for cohort in panel.cohorts})
    if cohorts != [NEVER] and NEVER in cohorts:
        raise PanelError(
            "the panel has never-treated units, which allow a better design than one series",
            hint="use `group_time`, `synthetic_did` or `event_study`; or give a pandas Series",
        )
    if len(cohorts) > 1 or cohorts == [NEVER]:
        what, hint = f"there are {len(cohorts)} cohorts", "several cohorts allow `imputation`"
        if cohorts == [NEVER]:
            what = "nobody is treated within the panel"
            hint = "see the cohort column, which holds the first treated period of each unit"
        raise PanelError(f"{what}; an interrupted series has one date of treatment", hint=hint)
    whole = panel.complete()
    weights = whole.unit_weights / whole.unit_weights.sum()
    labels = [panel.clock.label(int(value)) for value in whole.clock.values]
    start = int((whole.clock.values < cohorts[0]).sum())
    outcome, values = str(panel.names["outcome"]), weights @ whole.wide
    return SingleSeries(values, whole.clock.values, labels, start, outcome, whole.n_units)


def _from_series(series: pd.Series[Any], start: Any) -> SingleSeries:
    if not isinstance(series, pd.Series):
        raise PanelError(
            f"a {type(series).__name__} is no series",
            hint="give a Panel, or a pandas Series whose index are the periods",
        )
    if start is None:
        raise PanelError("the first treated period is not given", hint="give `start`")
    values = pd.to_numeric(series, errors="coerce").to_numpy(dtype=np.float64)
    bad = np.flatnonzero(~np.isfinite(values))
    if bad.size:
        raise PanelError(
            f"the series is missing, infinite or text at {period_name(series.index[bad[0]])}",
            hint="fill it: with a point left out the periods are no longer equally far apart",
        )
    index = series.index.to_series().reset_index(drop=True)
    clock, at = read_times(index, _name(series.index.name, "index"))
    if len(clock) < len(values):
        raise PanelError("the series has two values for one period", hint="aggregate them first")
    labels = [clock.label(int(value)) for value in clock.values]
    wanted = labels[0].__class__(start) if isinstance(start, str) else start
    if wanted not in labels:
        raise PanelError(
            f"the start {start} is no period of the series", hint=f"as {period_name(labels[0])}"
        )
    order = np.argsort(at)
    name = _name(series.name, "outcome")
    return SingleSeries(values[order], clock.values, labels, labels.index(wanted), name, 1)


def _name(name: Any, otherwise: str) -> str:
    return otherwise if name is None else str(name)


def _refuse(found: SingleSeries) -> None:
    """Refuse too few points, gaps in time, and a series without variation."""
    before, after = found.start, len(found.values) - found.start
    if min(before, after) < LEAST:
        raise PanelError(
            f"there are {before} points before and {after} after treatment; at least {LEAST} of "
            "each are needed to tell a line from noise",
            hint="add periods or take shorter ones; or find a comparison group and use "
            "`group_time`",
        )
    gaps = np.flatnonzero(np.diff(found.times) != np.diff(found.times)[0])
    if gaps.size:
        raise PanelError(
            f"the periods are not equally far apart: see those after "
            f"{period_name(found.labels[gaps[0]])}",
            hint="fill the gaps, or aggregate to longer periods",
        )
    if np.ptp(found.values) == 0:
        raise PanelError(f"the outcome '{found.outcome}' never varies")
