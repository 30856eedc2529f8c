"""Covariance of regression coefficients: clustered, robust or classical, with fixest's factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from evalkit.did.options import check_choice

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Errors = Literal["cluster", "hetero", "iid"]
KINDS = ("cluster", "hetero", "iid")


@dataclass(frozen=True, slots=True)
class Factor:
    """A small-sample factor of a covariance matrix.

    Attributes
    ----------
    value
        What the sandwich is multiplied by; infinite when nothing is left to estimate errors from.
    df
        Degrees of freedom of the t distribution.
    words
        The same for the reader.
    """

    value: float
    df: float
    words: str


def check_kind(errors: str) -> None:
    """Refuse an unknown kind of standard errors.

    Raises
    ------
    EvalkitError
        It is none of ``cluster``, ``hetero`` and ``iid``.
    """
    check_choice("errors", errors, KINDS)


def small_sample(
    errors: Errors, rows: int, clusters: int, parameters: int, *, apply: bool = True
) -> Factor:
    """Find the small-sample factor as fixest has it.

    With n rows, K parameters and G clusters: ``(n-1)/(n-K) x G/(G-1)`` when clustered,
    ``n/(n-K)`` when robust. A classical covariance has no factor of its own: the residual variance
    is divided by n-K.

    Parameters
    ----------
    errors
        Kind of standard errors.
    rows, clusters
        n and G.
    parameters
        K: slopes and those fixed effects that are not nested in the clusters.
    apply
        Whether to apply it; False leaves the bare sandwich, and divides a classical variance by n.

    Returns
    -------
    Factor
        The factor, with G-1 (clustered) or n-K degrees of freedom.
    """
    free = rows - parameters
    df = float(clusters - 1 if errors == "cluster" else free)
    if not apply:
        return Factor(1.0, df, "none")
    if free <= 0:
        return Factor(np.inf, df, f"none possible: {parameters} parameters, {rows} rows")
    counted = f"n = {rows}, K = {parameters}"
    if errors == "iid":
        return Factor(rows / free, df, f"n/(n-K), {counted}, as fixest")
    if errors == "hetero":
        return Factor(rows / free, df, f"n/(n-K), {counted}, as fixest")
    value = (rows - 1) / free * clusters / (clusters - 1)
    words = f"(n-1)/(n-K) x G/(G-1), {counted}, G = {clusters}, as fixest"
    return Factor(value, df, words)


def sums_by(codes: Ints, values: Floats, groups: int) -> Floats:
    """Sum rows within groups.

    Parameters
    ----------
    codes
        Group of each row, from 0.
    values
        Rows by columns.
    groups
        Number of groups.

    Returns
    -------
    ndarray, shape (groups, columns)
    """
    found = np.empty((groups, values.shape[1]))
    for at in range(values.shape[1]):
        found[:, at] = np.bincount(codes, weights=values[:, at], minlength=groups)
    return found


def meat_of(scores: Floats) -> Floats:
    """Sum the outer products of scores, one row a cluster (or a row of data)."""
    found: Floats = scores.T @ scores
    return found


def sandwich(bread: Floats, meat: Floats, factor: Factor) -> Floats:
    """Put meat between bread: B M B times the factor; NaN when the factor is infinite."""
    if not np.isfinite(factor.value):
        return np.full(bread.shape, np.nan)
    found: Floats = bread @ meat @ bread * factor.value
    return (found + found.T) / 2
