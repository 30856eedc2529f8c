"""Effects and cohort shares with their joint covariance: all that an aggregate needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from scipy import sparse

from evalkit.did.sample import Sample

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
CHUNK = 4_096
"""Units whose influence is in memory at a time: a few megabytes, which stay in cache."""


@dataclass(frozen=True)
class Joint:
    """Effects and cohort shares together.

    Attributes
    ----------
    effects : ndarray, shape (cells,)
        Estimates; NaN where there is none.
    shares : ndarray, shape (cohorts,)
        Share of each treated cohort among units.
    covariance : ndarray, shape (cells + cohorts, cells + cohorts)
        Joint covariance, the effects first; nought where an effect is missing.
    draws : ndarray, shape (draws, cells + cohorts), or None
        Simulated deviations from the estimates.
    """

    effects: Floats
    shares: Floats
    covariance: Floats
    draws: Floats | None = None


class Influence(Protocol):
    """How much each unit moves each estimate, so that the sum over units is nought."""

    effects: Floats

    def add(self, cohort: int, units: Ints, out: Floats) -> None:
        """Add the influence of units of one cohort to `out`, shape (units, cells)."""
        ...


def joint(
    influence: Influence, sample: Sample, signs: np.random.Generator | None, draws: int
) -> Joint:
    """Sum up the influence of all units: covariance by cluster and, if asked, bootstrap draws.

    The covariance is the sum over clusters of the outer product of the cluster's summed
    influence, with no small-sample factor. Draws give each cluster a random sign
    (Callaway & Sant'Anna 2021, algorithm 1, with Rademacher signs).

    Parameters
    ----------
    influence
        The estimates and their influence.
    sample
        The units.
    signs
        Source of the bootstrap's signs; None for no draws.
    draws
        How many.
    """
    shares = cohort_shares(sample)
    size = len(influence.effects) + len(shares)
    clusters = sample.panel.clusters
    sums = None if clusters is None else np.zeros((int(clusters.max()) + 1, size))
    covariance = np.zeros((size, size))
    simulated = None if signs is None else np.zeros((draws, size))
    for units, rows in _chunks(influence, sample, shares):
        if sums is not None and clusters is not None:
            sums += _by_cluster(rows, clusters[units], len(sums))
            continue
        covariance += rows.T @ rows
        if signs is not None and simulated is not None:
            simulated += _signs(signs, draws, len(rows)) @ rows
    if sums is not None:
        covariance = sums.T @ sums
        if signs is not None:
            simulated = _signs(signs, draws, len(sums)) @ sums
    return Joint(influence.effects, shares, covariance, simulated)


def cohort_shares(sample: Sample) -> Floats:
    """Weighted share of each treated cohort among units, shape (cohorts,)."""
    weights = sample.share_weights
    return np.array([weights[sample.cohorts == g].sum() for g in sample.treated]) / len(weights)


def _chunks(influence: Influence, sample: Sample, shares: Floats) -> Iterator[tuple[Ints, Floats]]:
    """Give the influence on effects and shares, some units of one cohort at a time."""
    weights = sample.share_weights
    total, cells = len(weights), len(influence.effects)
    for cohort in np.unique(sample.cohorts):
        members = np.flatnonzero(sample.cohorts == cohort)
        for start in range(0, len(members), CHUNK):
            units = members[start : start + CHUNK]
            rows = np.zeros((len(units), cells + len(shares)))
            influence.add(int(cohort), units, rows[:, :cells])
            rows[:, cells:] = -shares / total
            if cohort in sample.treated:
                rows[:, cells + sample.treated.index(int(cohort))] += weights[units] / total
            yield units, rows


def _by_cluster(rows: Floats, clusters: Ints, count: int) -> Floats:
    place = (np.ones(len(rows)), (clusters, np.arange(len(rows))))
    return np.asarray(sparse.csr_matrix(place, shape=(count, len(rows))) @ rows)


def _signs(source: np.random.Generator, draws: int, count: int) -> Floats:
    """Random signs, shape (draws, count)."""
    bits = np.frombuffer(source.bytes(draws * ((count + 7) // 8)), dtype=np.uint8)
    drawn = np.unpackbits(bits.reshape(draws, -1), axis=1, count=count)
    return drawn.astype(np.float64) * 2 - 1
