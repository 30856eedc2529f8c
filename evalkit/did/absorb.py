"""Take unit and period effects out of columns, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import linalg, sparse

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


def absorb(columns: Floats, group: Ints, time: Ints, weights: Floats | None = None) -> Floats:
    """Give the residuals of columns on group and period effects.

    Group means are taken out first; the period effects then solve one small system, of as many
    equations as there are periods, for all columns at once. No iterations: the answer is that of
    least squares with all dummies (Frisch, Waugh and Lovell).

    Parameters
    ----------
    columns
        Rows by columns.
    group, time
        Group and period of each row, from 0.
    weights
        Weight of each row, above nought; None for equal weights.

    Returns
    -------
    ndarray
        Residuals, shaped as the columns.

    Examples
    --------
    >>> import numpy as np
    >>> y = np.array([[1.0], [2.0], [3.0], [7.0]])
    >>> absorb(y, np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])).ravel()
    array([ 0.75, -0.75, -0.75,  0.75])
    """
    groups, periods = int(group.max()) + 1, int(time.max()) + 1
    rows = len(group)
    weight = np.ones(rows) if weights is None else weights
    mass: Floats = np.bincount(group, weights=weight, minlength=groups).astype(np.float64)
    mass[mass == 0] = 1.0  # a group without rows has no mean to take out
    cells = sparse.csr_matrix((weight, (group, time)), shape=(groups, periods))
    by_time = np.bincount(time, weights=weight, minlength=periods)
    shared = (cells.T @ sparse.diags(1 / mass) @ cells).toarray()
    # A constant, and one more for each unconnected part of the panel, cannot be told: pinvh.
    inverse = linalg.pinvh(np.diag(by_time) - shared)
    found = np.empty_like(columns)
    for at in range(columns.shape[1]):
        value: Floats = columns[:, at]
        centred = value - _means(value, group, weight, mass)[group]
        effects = inverse @ np.bincount(time, weights=centred * weight, minlength=periods)
        centred = value - effects[time]
        found[:, at] = centred - _means(centred, group, weight, mass)[group]
    return found


def _means(values: Floats, group: Ints, weight: Floats, mass: Floats) -> Floats:
    means: Floats = np.bincount(group, weights=values * weight, minlength=len(mass)) / mass
    return means
