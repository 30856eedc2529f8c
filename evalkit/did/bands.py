"""Uniform confidence bands: intervals that hold for all estimates at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

Floats = np.ndarray[Any, np.dtype[np.float64]]


def simulate(covariance: Floats, draws: int, seed: int, df: float | None = None) -> Floats:
    """Draw deviations with a covariance, which may be singular.

    Parameters
    ----------
    covariance
        Shape (terms, terms).
    draws
        How many.
    seed
        Start of the random numbers.
    df
        Degrees of freedom of a multivariate t distribution, whose terms share one scale; None for
        the normal one.

    Returns
    -------
    ndarray
        Shape (draws, terms).
    """
    scale = np.sqrt(np.diag(covariance))
    safe = np.where(scale > 0, scale, 1.0)  # correlations, so that a unit of measurement is moot
    values, vectors = np.linalg.eigh(covariance / np.outer(safe, safe))
    root = vectors * np.sqrt(np.clip(values, 0, None))
    source = np.random.default_rng(seed)
    drawn: Floats = source.standard_normal((draws, len(covariance))) @ root.T * scale
    if df is not None:
        drawn /= np.sqrt(source.chisquare(df, draws) / df)[:, None]
    return drawn


def critical_value(
    draws: Floats, std_error: Floats, alpha: float, df: float | None = None
) -> float:
    """Find how many standard errors a band must reach to hold all estimates.

    The 1 - alpha quantile of the largest absolute deviation in standard errors (Callaway &
    Sant'Anna 2021, algorithm 1); not below the pointwise one. NaN when no error is known.
    """
    known = np.isfinite(std_error) & (std_error > 0)
    if not known.any():
        return float("nan")
    largest = np.abs(draws[:, known] / std_error[known]).max(axis=1)
    law = stats.norm if df is None else stats.t(df)
    return max(float(np.quantile(largest, 1 - alpha)), float(law.ppf(1 - alpha / 2)))


def with_band(table: pd.DataFrame, critical: float, errors: Floats | None = None) -> pd.DataFrame:
    """Add the columns of the uniform band; `errors` are NaN for estimates outside it."""
    reach = critical * (table["std_error"] if errors is None else errors)
    return table.assign(band_low=table["estimate"] - reach, band_high=table["estimate"] + reach)


def spread(draws: Floats) -> Floats:
    """Standard errors from bootstrap draws: the interquartile range over the normal one.

    Few extreme draws do not move it, unlike the standard deviation.
    """
    high, low = np.quantile(draws, [0.75, 0.25], axis=0)
    found: Floats = (high - low) / (stats.norm.ppf(0.75) - stats.norm.ppf(0.25))
    return found
