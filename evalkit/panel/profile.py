"""What is known of units that were read once and are gone: sums of their features by cohort."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from evalkit.panel.moments import Moments

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Profile:
    """Sums over units of products of their features.

    The features of a unit are a one, its weight, its weight in each period in which it is
    observed, and that times its outcome less `near`. An estimate without covariates is a function
    of their sums, and the influence of a unit on it is linear in them, so that their Gram matrix
    gives the covariance of all estimates.

    Attributes
    ----------
    cohorts : tuple of int
        The cohorts, ascending; 0 is never treated.
    near : ndarray, shape (cohorts, periods)
        What was taken off each outcome first, or cancellation eats the digits.
    gram : ndarray, shape (cohorts, features, features)
        Sum over units of the outer product of the features.
    pairs : ndarray, shape (cohorts, periods, periods)
        Number of units that are observed in both of two periods.
    clusters : ndarray, shape (clusters, cohorts, features), or None
        Sum of the features within each cluster.
    """

    cohorts: tuple[int, ...]
    near: Floats
    gram: Floats
    pairs: Floats
    clusters: Floats | None = None

    @property
    def periods(self) -> int:
        """Number of periods."""
        return int(self.near.shape[1])

    @cached_property
    def counts(self) -> Floats:
        """Number of units of each cohort."""
        found: Floats = self.gram[:, 0, 0]
        return found

    @cached_property
    def masses(self) -> Floats:
        """Sum of the units' weights in each cohort."""
        found: Floats = self.gram[:, 0, 1]
        return found

    @cached_property
    def weights(self) -> Floats:
        """Sum of weights, shape (cohorts, periods)."""
        found: Floats = self.gram[:, 0, 2 : 2 + self.periods]
        return found

    @cached_property
    def sums(self) -> Floats:
        """Sum of weight times outcome less `near`, shape (cohorts, periods)."""
        found: Floats = self.gram[:, 0, 2 + self.periods :]
        return found

    @cached_property
    def cluster_units(self) -> Floats:
        """Number of units by cluster and cohort; each unit is a cluster where there are none."""
        return np.zeros((0, len(self.cohorts))) if self.clusters is None else self.clusters[:, :, 0]

    def only(self, kept: Bools) -> Profile:
        """Give the profile without the units of the other cohorts, which stay as empty ones."""
        at = kept.astype(np.float64)
        clusters = None if self.clusters is None else self.clusters * at[:, None]
        gram, pairs = self.gram * at[:, None, None], self.pairs * at[:, None, None]
        return replace(self, gram=gram, pairs=pairs, clusters=clusters)

    def none(self) -> Profile:
        """Give the profile of nobody."""
        return self.only(np.zeros(len(self.cohorts), dtype=np.bool_))

    def select(self, kept: Bools) -> Profile:
        """Give the profile of some cohorts."""
        clusters = self.clusters
        if clusters is not None:
            clusters = clusters[:, kept]
            clusters = clusters[clusters[:, :, 0].sum(axis=1) > 0]
        cohorts = tuple(g for g, keep in zip(self.cohorts, kept, strict=True) if keep)
        return Profile(cohorts, self.near[kept], self.gram[kept], self.pairs[kept], clusters)

    def __add__(self, other: Profile) -> Profile:
        clusters = None
        if self.clusters is not None and other.clusters is not None:
            clusters = self.clusters + other.clusters
        return replace(
            self, gram=self.gram + other.gram, pairs=self.pairs + other.pairs, clusters=clusters
        )

    @cached_property
    def moments(self) -> Moments:
        """Sufficient statistics of units that are observed in every period, without weights."""
        counts, means = self.counts, self.sums / self.counts[:, None]
        level = self.near + means
        centre = float((counts @ level).sum() / (counts.sum() * self.periods))
        outer = counts[:, None, None] * means[:, :, None] * means[:, None, :]
        within = self.gram[:, 2 + self.periods :, 2 + self.periods :] - outer
        off = (self.near - centre) + means  # and not of `level`, in which large levels eat digits
        grams = within + counts[:, None, None] * off[:, :, None] * off[:, None, :]
        return Moments(self.cohorts, counts, counts[:, None] * off, grams, centre, within)
