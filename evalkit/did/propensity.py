"""Odds of treatment that balance the covariates: inverse probability tilting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from evalkit.did.least_squares import inverse, logit
from evalkit.did.undetermined import Undetermined
from evalkit.language.told import told

Floats = np.ndarray[Any, np.dtype[np.float64]]

SETTLED = 1e-9
"""Step below which Newton's next one would be below rounding: it squares."""


def tilting(
    X: Floats, treated: Floats, weights: Floats, names: tuple[str, ...]
) -> tuple[Floats, Floats]:
    """Fit odds exp(X'g) that give the comparison group the covariate sums of the treated.

    Inverse probability tilting (Graham, Pinto and Egel 2012; Sant'Anna and Zhao 2020, section
    3.1). Steps that would make the fit worse are halved: full ones can run away where the treated
    are few, and then look like a want of overlap.

    Parameters
    ----------
    X
        Rows by regressors, standardised, a constant first.
    treated
        0 or 1, shape (rows,).
    weights
        Sampling weights, shape (rows,).
    names
        Names of the regressors, for messages.

    Returns
    -------
    coefficients : ndarray, shape (regressors,)
    inverse : ndarray, shape (regressors, regressors)
        Inverse of the curvature.

    Raises
    ------
    Undetermined
        The regressors are collinear, or separate the groups.
    """
    start = logit(X, treated, weights, names).coefficients
    target, others = (weights * treated) @ X, weights * (1 - treated)

    def loss(at: Floats) -> float:
        with np.errstate(over="ignore"):  # an infinite loss is halved away
            return float(others @ np.exp(X @ at) - target @ at)

    def slope(at: Floats) -> tuple[Floats, Floats]:
        heavy = others * np.exp(X @ at)
        return target - heavy @ X, (X * heavy[:, None]).T @ X

    return _newton(start, loss, slope, names)


def _newton(
    start: Floats,
    loss: Callable[[Floats], float],
    slope: Callable[[Floats], tuple[Floats, Floats]],
    names: tuple[str, ...],
) -> tuple[Floats, Floats]:
    """Minimise a convex function by Newton's method with halved steps."""
    found, now = start, loss(start)
    for _ in range(100):
        gradient, curvature = slope(found)
        try:
            inverted = inverse(curvature, names, "units")
        except Undetermined:
            break
        step = inverted @ gradient
        if np.abs(step).max() < SETTLED:
            return found + step, inverted
        then = loss(found + step)
        # Close to the minimum the loss is flat to rounding and a full step is right.
        while not then <= now and np.abs(step).max() > 1e-5:
            step = step / 2
            then = loss(found + step)
        found, now = found + step, then
    raise Undetermined(told("undetermined.separate"))
