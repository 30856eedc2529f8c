"""Sufficient statistics: all that an estimator without covariates needs of a balanced panel."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from evalkit.panel.codes import distinct

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
CHUNK = 8_192
"""Units that are read at a time, so that they stay in cache."""


@dataclass(frozen=True)
class Moments:
    """Per cohort the number of units, the sums of the outcome and its Gram matrix.

    Attributes
    ----------
    cohorts : tuple of int
        The cohorts, ascending; 0 is never treated.
    counts : ndarray, shape (cohorts,)
        Number of units n_g.
    sums : ndarray, shape (cohorts, periods)
        Sum over units of the outcome less `centre`.
    grams : ndarray, shape (cohorts, periods, periods)
        Sum over units of the outer product of the outcome less `centre`.
    centre : float
        A constant that was taken off every outcome first, or cancellation eats the digits.
    within : ndarray, shape (cohorts, periods, periods), or None
        As `grams`, but about the cohort's own means: to full precision also when outcomes differ
        much between periods or cohorts.
    """

    cohorts: tuple[int, ...]
    counts: Floats
    sums: Floats
    grams: Floats
    centre: float
    within: Floats | None = None

    @cached_property
    def means(self) -> Floats:
        """Mean outcome per cohort and period, less `centre`."""
        return self.sums / self.counts[:, None]

    @cached_property
    def covariances(self) -> Floats:
        """Covariance of the outcome between periods within each cohort, divided by n_g."""
        if self.within is not None:
            return self.within / self.counts[:, None, None]
        outer = self.means[:, :, None] * self.means[:, None, :]
        return self.grams / self.counts[:, None, None] - outer

    def until(self, periods: int) -> Moments:
        """Give the moments of the first so many periods."""
        if periods == self.sums.shape[1]:
            return self
        within = None if self.within is None else self.within[:, :periods, :periods]
        sums, grams = self.sums[:, :periods], self.grams[:, :periods, :periods]
        return Moments(self.cohorts, self.counts, sums, grams, self.centre, within)


def moments(wide: Floats, cohorts: Ints) -> Moments:
    """Compute the moments of a balanced panel in one pass over its rows.

    Parameters
    ----------
    wide
        Outcome, units by periods.
    cohorts
        Cohort of each unit.
    """
    found, codes = distinct(cohorts)
    centre = float(wide.mean())
    periods = wide.shape[1]
    counts = np.bincount(codes).astype(np.float64)
    sums = np.empty((len(found), periods))
    within = np.empty((len(found), periods, periods))
    by_cohort = np.split(np.argsort(codes, kind="stable"), np.cumsum(counts[:-1]).astype(np.int64))
    for at, units in enumerate(by_cohort):
        sums[at], within[at] = _of_cohort(wide, units, centre)
    means = sums / counts[:, None]
    grams = within + counts[:, None, None] * means[:, :, None] * means[:, None, :]
    return Moments(tuple(int(g) for g in found), counts, sums, grams, centre, within)


def _of_cohort(wide: Floats, units: Ints, centre: float) -> tuple[Floats, Floats]:
    """Sum the outcome less `centre` of some units, and its Gram matrix about their means."""
    # Near the means but known before them: some units' means. The rest is put right at the end.
    near = wide[units[:CHUNK]].mean(axis=0)
    total = np.zeros(wide.shape[1])
    gram = np.zeros((wide.shape[1], wide.shape[1]))
    for start in range(0, len(units), CHUNK):
        own = wide.take(units[start : start + CHUNK], axis=0)
        own -= near
        total += np.ones(len(own)) @ own
        gram += own.T @ own
    off = total / len(units)
    return total + len(units) * (near - centre), gram - len(units) * np.outer(off, off)
