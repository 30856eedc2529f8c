"""The variance of rows that weigh unequally."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]


def variance(values: Floats, weights: Floats) -> Floats:
    """Give the weighted variance of each column.

    Examples
    --------
    >>> float(variance(np.array([0.0, 3.0]), np.array([2.0, 1.0])))  # that of 0, 0 and 3
    2.0
    """
    mean = np.average(values, axis=0, weights=weights)
    found: Floats = np.average((values - mean) ** 2, axis=0, weights=weights)
    return found
