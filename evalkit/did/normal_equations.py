"""Normal equations: what least squares needs, whether it comes from moments or from rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

COLLINEAR = 1e-9
"""Share of a regressor's variance that must be its own, as fixest has it."""


@dataclass(frozen=True)
class Normal:
    """The sums behind a regression.

    Attributes
    ----------
    gram : ndarray, shape (regressors, regressors)
        Cross products of the regressors, fixed effects taken out.
    beta : ndarray, shape (kept regressors,)
        Coefficients.
    kept : ndarray of bool, shape (regressors,)
        Which regressors are no combination of those before them and the fixed effects.
    meat : ndarray, shape (kept regressors, kept regressors)
        Sum of the outer products of scores; of no use for classical errors.
    residual, total
        Sum of squared residuals, and of squares of the outcome about its mean.
    rows, clusters, groups, periods
        How many there are; groups are units, or cohorts in repeated cross-sections.
    """

    gram: Floats
    beta: Floats
    kept: Bools
    meat: Floats
    residual: float
    total: float
    rows: int
    clusters: int
    groups: int
    periods: int


def independent(gram: Floats, scale: Floats) -> Bools:
    """Find the regressors that are no combination of those before them.

    Parameters
    ----------
    gram
        Cross products of the regressors, fixed effects taken out.
    scale
        Sum of squares of each regressor about its mean before that; its own part is compared
        with this.
    """
    kept = np.zeros(len(gram), dtype=bool)
    lower = np.zeros_like(gram)
    for j in range(len(gram)):
        at = np.flatnonzero(kept)
        row = linalg.solve_triangular(lower[np.ix_(at, at)], gram[at, j], lower=True)
        own = gram[j, j] - row @ row
        if own > COLLINEAR * scale[j] and scale[j] > 0:
            lower[j, at], lower[j, j] = row, np.sqrt(own)
            kept[j] = True
    return kept


def solve(gram: Floats, right: Floats) -> Floats:
    """Solve normal equations, each regressor scaled to length one first."""
    length = np.sqrt(np.diag(gram))
    scaled = linalg.solve(gram / np.outer(length, length), right / length, assume_a="pos")
    found: Floats = scaled / length
    return found


def bread(gram: Floats) -> Floats:
    """Invert a Gram matrix, each regressor scaled to length one first."""
    length = np.sqrt(np.diag(gram))
    found: Floats = linalg.inv(gram / np.outer(length, length)) / np.outer(length, length)
    return found
