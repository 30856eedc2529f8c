"""The grid of cohorts by periods: what a two-way regression knows of treatment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.panel import Panel
from evalkit.panel.clock import NEVER

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class CohortGrid:
    """The grid of cohorts by periods.

    Attributes
    ----------
    cohorts : ndarray of int, shape (cohorts,)
        Ascending; 0 is never.
    event : ndarray of int, shape (cohorts, periods)
        Period less cohort; has no meaning for the never treated.
    units : ndarray of float, shape (cohorts, periods)
        Number of units observed.
    """

    cohorts: Ints
    event: Ints
    units: Floats

    @property
    def treated(self) -> Bools:
        """Whether units of a cell are treated at some time, and some are observed."""
        ever: Bools = (self.cohorts != NEVER)[:, None] & (self.units > 0)
        return ever


def cohort_grid(panel: Panel) -> CohortGrid:
    """Lay out cohorts by periods."""
    if panel.balanced and panel.weights is None:
        cohorts = np.array(panel.moments.cohorts, dtype=np.int64)
        units = np.repeat(panel.moments.counts[:, None], panel.n_periods, axis=1)
    else:
        cohorts, place = np.unique(panel.cohorts, return_inverse=True)
        cell = place[panel.unit] * panel.n_periods + panel.time
        weight = None if panel.weights is None else (panel.weights > 0).astype(np.float64)
        count = np.bincount(cell, weights=weight, minlength=len(cohorts) * panel.n_periods)
        units = count.reshape(len(cohorts), panel.n_periods).astype(np.float64)
    return CohortGrid(cohorts, panel.clock.values[None, :] - cohorts[:, None], units)
