"""Group-time effects without covariates, from the moments of a balanced panel alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalkit.did.cells import Cell
from evalkit.did.joint import Joint
from evalkit.panel.moments import Moments

Floats = np.ndarray[Any, np.dtype[np.float64]]


def from_moments(found: Moments, cells: Sequence[Cell], treated: Sequence[int]) -> Joint:
    """Compute all effects and their joint covariance without touching a row.

    Within a cohort h the influence of unit i on effect k is linear in its outcomes,
    m_hk + b_hk'(y_i - mean of h), so its Gram matrix is n_h (m m' + b' C_h b) with C_h the
    covariance of outcomes between periods: the sum over cohorts is the covariance of all effects.

    Parameters
    ----------
    found
        Moments of the periods in use.
    cells
        The comparisons.
    treated
        The cohorts whose shares aggregates need.

    Notes
    -----
    Callaway & Sant'Anna (2021), theorem 2, for unconditional parallel trends.
    """
    place = {g: at for at, g in enumerate(found.cohorts)}
    total, size = float(found.counts.sum()), len(cells)
    own = np.array([place[cell.cohort] for cell in cells], dtype=np.int64)
    compared = _membership(cells, place)
    contrasts = contrast_matrix(cells, found.sums.shape[1])
    changes = found.means @ contrasts
    sizes = found.counts @ compared
    control = (found.sums @ contrasts * compared).sum(axis=0) / sizes
    effects = changes[own, np.arange(size)] - control

    at = [place[g] for g in treated]
    shares = found.counts[at] / total
    covariance = np.zeros((size + len(at), size + len(at)))
    covariance[size:, size:] = (np.diag(shares) - np.outer(shares, shares)) / total
    for h, count in enumerate(found.counts):
        slope = (own == h) / count - compared[h] / sizes
        level = -compared[h] * (changes[h] - control) / sizes
        loads = contrasts * slope
        covariance[:size, :size] += count * (
            np.outer(level, level) + loads.T @ found.covariances[h] @ loads
        )
        if h in at:
            # The influence on all effects sums to nought, so -p_g/n adds nothing.
            covariance[:size, size + at.index(h)] = count * level / total
            covariance[size + at.index(h), :size] = count * level / total
    return Joint(effects, shares, covariance)


def contrast_matrix(cells: Sequence[Cell], periods: int) -> Floats:
    """Give the contrasts of period t against the base period, shape (periods, cells)."""
    found = np.zeros((periods, len(cells)))
    for k, cell in enumerate(cells):
        found[cell.time, k] += 1
        found[cell.base, k] -= 1
    return found


def _membership(cells: Sequence[Cell], place: dict[int, int]) -> Floats:
    """Whether each cohort is compared with in each cell, shape (cohorts, cells)."""
    found = np.zeros((len(place), len(cells)))
    for k, cell in enumerate(cells):
        found[[place[h] for h in cell.controls], k] = 1
    return found
