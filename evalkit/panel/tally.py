"""Adding up units as they pass by."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.panel.dropped import PanelError
from evalkit.panel.profile import Profile

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
FIRST = 8_192
"""Units whose means are taken off all outcomes of their cohort."""
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
    periods
        Number of periods.
    weighted
        Whether units have weights.
    clusters
        Number of clusters; 0 when units are the clusters.
    """

    def __init__(
        self, cohorts: tuple[int, ...], periods: int, *, weighted: bool, clusters: int
    ) -> None:
        self.cohorts, self.periods, self.weighted = cohorts, periods, weighted
        groups, size = len(cohorts), 2 + 2 * periods
        if clusters * groups * size * 16 > MOST:
            raise PanelError(
                f"{clusters} clusters in {groups} cohorts are too many to add up in memory",
                hint="cluster by a coarser column, or by the unit (cluster=None)",
            )
        self.near = np.full((groups, periods), np.nan)
        self.low, self.high = np.inf, -np.inf
        self.moving = False
        # The first of two is of units observed in every period.
        self._counts = np.zeros(groups)
        self._sums = np.zeros((groups, periods))
        self._squares = np.zeros((groups, periods, periods))
        self.gram = np.zeros((2, groups, size, size))
        self.pairs = np.zeros((2, groups, periods, periods))
        self.clusters = np.zeros((2, clusters, groups, size)) if clusters else None

    def extend(self, values: Floats) -> None:
        """Keep the least and the largest outcome."""
        self.low = min(self.low, float(np.fmin.reduce(values, axis=None)))
        self.high = max(self.high, float(np.fmax.reduce(values, axis=None)))

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
        gaps: Bools = np.isnan(y).sum(axis=1) > 0
        self.extend(y)
        for cohort in map(int, np.unique(at)):
            own = np.flatnonzero(at == cohort)
            values = y[own]
            self._approach(cohort, values)
            values -= self.near[cohort]
            lacks = gaps[own]
            weights = None if w is None else w[own]
            codes = None if clusters is None else clusters[own]
            if not lacks.any():
                self._whole(cohort, values, weights, codes)
                continue
            for part, rows in enumerate((~lacks, lacks)):
                chosen = [None if one is None else one[rows] for one in (weights, codes)]
                add = self._whole if part == 0 else self._part
                add(cohort, values[rows], *chosen)

    def _approach(self, cohort: int, values: Floats) -> None:
        """Find values near the means of a cohort, wherever a period is new."""
        new = np.isnan(self.near[cohort])
        if not new.any():
            return
        head = values[:FIRST]
        seen = np.isfinite(head)
        count = seen.sum(axis=0)
        sums = np.where(seen, head, 0.0).sum(axis=0)
        level = float(sums.sum() / max(int(count.sum()), 1))
        means = np.where(count > 0, sums / np.maximum(count, 1), level)
        self.near[cohort] = np.where(new, means, self.near[cohort])

    def _whole(self, cohort: int, d: Floats, w: Floats | None, codes: Ints | None) -> None:
        """Add units that are observed in every period."""
        if w is not None or codes is not None:
            self._features(0, cohort, d, w, codes)
            return
        self._counts[cohort] += len(d)
        self._sums[cohort] += np.ones(len(d)) @ d
        self._squares[cohort] += d.T @ d

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
        near = np.where(np.isnan(self.near), 0.0, self.near)
        gram, pairs = self.gram.copy(), self.pairs.copy()
        gram[0] += self._plain()
        pairs[0] += self._counts[:, None, None]
        found = [
            Profile(
                self.cohorts, near, gram[part], pairs[part],
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
