"""Adding up units as they pass by."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.panel.dropped import PanelError
from evalkit.panel.profile import Profile

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
MOST = 1_000_000_000
"""Bytes that sums by cluster may take."""


def add_by(total: Floats, codes: Ints, rows: Floats) -> None:
    """Add rows to the totals of their codes."""
    for column in range(rows.shape[1]):
        total[:, column] += np.bincount(codes, weights=rows[:, column], minlength=len(total))


class Tally:
    """Features of units by cohort, summed for those observed in every period and for the others.

    Parameters
    ----------
    cohorts
        Values of the cohorts, ascending.
    near : ndarray, shape (cohorts, periods)
        What is taken off each outcome first: about its mean.
    clusters
        Number of clusters; 0 when units are the clusters.
    """

    def __init__(self, cohorts: tuple[int, ...], near: Floats, clusters: int = 0) -> None:
        self.cohorts, self.near, self.periods = cohorts, near, near.shape[1]
        groups, periods = near.shape
        size = 2 + 2 * periods
        if clusters * groups * size * 16 > MOST:
            raise PanelError(
                f"{clusters} clusters in {groups} cohorts are too many to add up in memory",
                hint="cluster by a coarser column, or by the unit (cluster=None)",
            )
        self.low, self.high = np.inf, -np.inf
        self.moving = False
        # The first of two is of units observed in every period.
        self._counts = np.zeros(groups)
        self._sums = np.zeros((groups, periods))
        self._squares = np.zeros((groups, periods, periods))
        self.gram = np.zeros((2, groups, size, size))
        self.pairs = np.zeros((2, groups, periods, periods))
        self.clusters = np.zeros((2, clusters, groups, size)) if clusters else None

    def add(self, at: Ints, y: Floats, w: Floats | None, clusters: Ints | None) -> None:
        """Add units.

        Parameters
        ----------
        at
            Place of each unit's cohort.
        y : ndarray, shape (units, periods)
            Outcome; NaN where it is not observed.
        w : ndarray, shape (units, periods), or None
            Weights.
        clusters
            Code of each unit's cluster.
        """
        gaps = self.extend(y)
        for cohort in range(len(self.cohorts)):
            own = np.flatnonzero(at == cohort)
            if len(own) == 0:
                continue
            values = y.take(own, axis=0)
            values -= self.near[cohort]
            weights = None if w is None else w[own]
            codes = None if clusters is None else clusters[own]
            if not gaps:
                self._whole(cohort, values, weights, codes)
                continue
            lacks = np.isnan(values).any(axis=1)
            for rows, add in ((~lacks, self._whole), (lacks, self._part)):
                add(
                    cohort, values[rows],
                    None if weights is None else weights[rows],
                    None if codes is None else codes[rows],
                )  # fmt: skip

    def extend(self, values: Floats) -> bool:
        """Keep the least and the largest outcome, and say whether some are lacking."""
        low, high = float(values.min()), float(values.max())
        gaps = np.isnan(low)
        if gaps:  # this takes three times as long
            low, high = (
                float(np.fmin.reduce(values, axis=None)),
                float(np.fmax.reduce(values, axis=None)),
            )
        self.low, self.high = min(self.low, low), max(self.high, high)
        return bool(gaps)

    def _whole(self, cohort: int, d: Floats, w: Floats | None, codes: Ints | None) -> None:
        """Add units that are observed in every period."""
        if w is not None or codes is not None:
            self._features(0, cohort, d, w, codes)
            return
        self.add_sums(cohort, len(d), np.ones(len(d)) @ d, d.T @ d)

    def add_sums(self, cohort: int, count: float, sums: Floats, squares: Floats) -> None:
        """Add units without weights that are observed in every period, summed already."""
        self._counts[cohort] += count
        self._sums[cohort] += sums
        self._squares[cohort] += squares

    def _part(self, cohort: int, d: Floats, w: Floats | None, codes: Ints | None) -> None:
        self._features(1, cohort, d, w, codes)

    def _features(
        self, part: int, cohort: int, d: Floats, w: Floats | None, codes: Ints | None
    ) -> None:
        if len(d) == 0:
            return
        seen = np.isfinite(d)
        weights = seen.astype(np.float64) if w is None else np.where(seen, w, 0.0)
        here = np.maximum(seen.sum(axis=1), 1)
        mean = weights.sum(axis=1) / here if w is not None else np.ones(len(d))
        if w is not None and not self.moving:
            self.moving = bool((np.abs(weights - mean[:, None])[seen] > 1e-12 * mean.max()).any())
        parts = [np.ones((len(d), 1)), mean[:, None], weights, np.where(seen, d, 0.0) * weights]
        rows = np.hstack(parts)
        self.gram[part, cohort] += rows.T @ rows
        flags = seen.astype(np.float64)
        self.pairs[part, cohort] += flags.T @ flags
        if self.clusters is not None and codes is not None:
            add_by(self.clusters[part, :, cohort], codes, rows)

    def profiles(self) -> tuple[Profile, Profile]:
        """Give the profile of units observed in every period, and that of the others."""
        gram, pairs = self.gram.copy(), self.pairs.copy()
        gram[0] += self._plain()
        pairs[0] += self._counts[:, None, None]
        found = [
            Profile(
                self.cohorts, self.near, gram[part], pairs[part],
                None if self.clusters is None else self.clusters[part],
            )
            for part in (0, 1)
        ]  # fmt: skip
        return found[0], found[1]

    def _plain(self) -> Floats:
        """Write the sums of units without gaps, weights and clusters as those of features."""
        size, ones = 2 + self.periods, self._counts[:, None, None]
        found = np.zeros((len(self.cohorts), size + self.periods, size + self.periods))
        found[:, :size, :size] = ones
        found[:, :size, size:] = self._sums[:, None, :]
        found[:, size:, :size] = self._sums[:, :, None]
        found[:, size:, size:] = self._squares
        return found
