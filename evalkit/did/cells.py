"""Which comparisons there are: each cohort in each period, its base period and its controls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.panel.clock import NEVER

Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class Cell:
    """One ATT(g,t): cohort g in period t against the base period, beside its controls.

    Attributes
    ----------
    cohort
        The cohort g, a value of the clock.
    time, base
        Period t and base period, as places in the periods in use.
    controls
        The cohorts that are compared with; 0 is never treated.
    """

    cohort: int
    time: int
    base: int
    controls: tuple[int, ...]

    @property
    def earlier(self) -> int:
        """The earlier of the two periods, whose covariates and weights count."""
        return min(self.time, self.base)

    @property
    def is_base(self) -> bool:
        """Whether this is the base period itself, where the effect is nought by construction."""
        return self.time == self.base


def cells(
    periods: Ints,
    treated: Sequence[int],
    cohorts: Sequence[int],
    *,
    control: str,
    anticipation: int,
    base_period: str,
) -> tuple[list[Cell], list[int]]:
    """List the comparisons, by cohort and period.

    Parameters
    ----------
    periods
        The periods in use, ascending.
    treated
        The cohorts whose effects are estimated.
    cohorts
        All cohorts that there are, 0 for never treated.
    control
        ``never`` or ``not_yet``.
    anticipation
        How many periods before treatment units may react.
    base_period
        ``varying``: before treatment each period is compared with the one before it;
        ``universal``: always with the last period before (anticipated) treatment.

    Returns
    -------
    cells
        The comparisons.
    without
        Cohorts that have no base period.
    """
    found: list[Cell] = []
    without: list[int] = []
    for g in treated:
        before = np.flatnonzero(periods + anticipation < g)
        if before.size == 0:
            without.append(g)
            continue
        last = int(before[-1])
        first = 0 if base_period == "universal" else 1
        for t in range(first, len(periods)):
            varies = base_period == "varying" and periods[t] < g
            base = t - 1 if varies else last
            until = int(periods[max(t, base)]) + anticipation
            found.append(Cell(g, t, base, _controls(cohorts, g, until, control)))
    return found, without


def _controls(cohorts: Sequence[int], g: int, until: int, control: str) -> tuple[int, ...]:
    """Name the cohorts that are still untreated, also in anticipation, at `until`."""
    if control == "never":
        return (NEVER,)
    return tuple(h for h in cohorts if h == NEVER or (h > until and h != g))
