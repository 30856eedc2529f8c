"""Errors that are nought up to rounding: they say nothing of how sure an estimate is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalkit.language.told import Told, told
from evalkit.panel.warned import warn_user

Floats = np.ndarray[Any, np.dtype[np.float64]]

OF_LEVEL, OF_RANGE = 1e-14, 1e-12
"""Shares of the largest outcome (its own rounding) and of its range (that of sums over it)."""
SUSPECT = 1e-6
"""Share of the range below which an error from moments may be what cancelling left over."""


def rounding(y: Floats) -> float:
    """Give the size up to which a standard error is rounding, in the outcome's unit.

    Examples
    --------
    >>> rounding(np.array([1.0, 3.0]))
    2.03e-12
    """
    high, low = float(y.max()), float(y.min())
    return OF_LEVEL * max(high, -low) + OF_RANGE * (high - low)


def cancelled(errors: Floats, y: Floats) -> bool:
    """Whether errors from moments are so small that the rows have to tell them from rounding."""
    least = SUSPECT * float(y.max() - y.min())
    return bool((errors[np.isfinite(errors)] <= least).any())


def known_errors(
    terms: Sequence[str], covariance: Floats, y: Floats
) -> tuple[Floats, Floats, list[Told]]:
    """Give standard errors and covariance, NaN where there is only rounding; a warning says so.

    Parameters
    ----------
    terms
        Name of each estimate.
    covariance
        Of the estimates, shape (terms, terms).
    y
        The outcome, which sets the scale.

    Returns
    -------
    errors : ndarray, shape (terms,)
    covariance : ndarray, shape (terms, terms)
    notes : list of Told
    """
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    nought = errors <= rounding(y)  # not where an error is missing already
    if not nought.any():
        return errors, covariance, []
    covariance = np.where(nought[:, None] | nought[None, :], np.nan, covariance)
    named = [term for term, one in zip(terms, nought, strict=True) if one]
    note = no_error(named)
    warn_user(note)
    return np.where(nought, np.nan, errors), covariance, [note]


def no_error(terms: Sequence[str]) -> Told:
    """Say why estimates have no error."""
    return told("rounding.no-error", terms=terms)
