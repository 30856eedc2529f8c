"""Whole numbers as codes: places among the distinct values, without sorting where that can be."""

from __future__ import annotations

from typing import Any

import numpy as np

Ints = np.ndarray[Any, np.dtype[np.int64]]
CLOSE = 10_000
"""In a range below this, or below their number, a table of marks is quicker than sorting."""


def distinct(values: Ints) -> tuple[Ints, np.ndarray[Any, Any]]:
    """Find the distinct values, ascending, and the place of each value among them.

    Examples
    --------
    >>> distinct(np.array([2004, 0, 2007, 0]))
    (array([   0, 2004, 2007]), array([1, 0, 2, 0], dtype=int16))
    """
    low, high = (int(values.min()), int(values.max())) if len(values) else (0, -1)
    if high - low >= max(CLOSE, len(values)):
        found, codes = np.unique(values, return_inverse=True)
        return found, codes
    seen = np.zeros(high - low + 1, dtype=bool)
    seen[values - low] = True
    found = np.flatnonzero(seen) + low
    short = len(found) < 2**15  # short codes sort in linear time
    places = (np.cumsum(seen) - 1).astype(np.int16 if short else np.int64)
    return found, places[values - low]
