"""What one outcome takes of rows that pass by for several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Units = tuple[Ints, Floats, Floats | None, Ints | None]


@dataclass(frozen=True)
class Own:
    """The cohorts and periods in which one outcome is known.

    Attributes
    ----------
    cohorts
        Values of the cohorts, ascending.
    near : ndarray, shape (cohorts, periods)
        About the mean of each cell.
    periods
        Place of each of its periods among those of all outcomes; None where it has all of them.
    groups
        Place among its own cohorts of each cohort of all outcomes; None where these are the same.
    alone
        Whether rows pass by for this outcome only, so that none lacks it.
    """

    cohorts: tuple[int, ...]
    near: Floats
    periods: Ints | None = None
    groups: Ints | None = None
    alone: bool = True

    def units(self, at: Ints, y: Floats, w: Floats | None, clusters: Ints | None) -> Units:
        """Give its own units and periods of units that passed by: those in which it is known."""
        if self.groups is not None:
            at = self.groups[at]
        if self.periods is not None:
            y, w = y[:, self.periods], None if w is None else w[:, self.periods]
        if self.alone or not np.isnan(y.sum()):
            return at, y, w, clusters
        here = np.asarray(np.isfinite(y).any(axis=1), dtype=np.bool_)
        return at[here], y[here], _of(here, w), _of(here, clusters)

    def rows(
        self, at: Ints, time: Ints, y: Floats, w: Floats | None, clusters: Ints | None
    ) -> tuple[Ints, Ints, Floats, Floats | None, Ints | None]:
        """Give its own rows of rows that passed by: those in which it is known."""
        if not self.alone:
            here = ~np.isnan(y)
            at, time, y = at[here], time[here], y[here]
            w, clusters = _of(here, w), _of(here, clusters)
        if self.periods is not None:
            time = np.searchsorted(self.periods, time)
        return at if self.groups is None else self.groups[at], time, y, w, clusters


def _of(here: Bools, values: Any) -> Any:
    """Give some of the values, where there are any at all."""
    return None if values is None else values[here]
