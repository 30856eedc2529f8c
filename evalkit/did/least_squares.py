"""Weighted least squares and the logit, with what their estimation adds to an influence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.did.undetermined import Among, Undetermined, collinear, no_weight
from evalkit.language.told import told

Floats = np.ndarray[Any, np.dtype[np.float64]]
CHUNK = 16_384
"""Units that are read at a time, so that they stay in cache."""


def inverse(gram: Floats, names: tuple[str, ...], among: Among) -> Floats:
    """Invert a Gram matrix of regressors.

    Raises
    ------
    Undetermined
        A regressor is a combination of those before it; the message names it.
    """
    dependent = _dependent(gram)
    if dependent is not None:
        if dependent == 0:
            raise no_weight(among)
        raise collinear(names[dependent], among)
    return np.asarray(np.linalg.inv(gram), dtype=np.float64)


def _dependent(gram: Floats) -> int | None:
    """Find the first column whose residual on those before it has no size to speak of."""
    left = gram.copy()
    for at in range(len(gram)):
        pivot = left[at, at]
        if not pivot > 1e-10 * gram[at, at]:
            return at
        left -= np.outer(left[:, at], left[at, :]) / pivot
    return None


@dataclass(frozen=True)
class Logit:
    """A fitted logit.

    Attributes
    ----------
    coefficients : ndarray, shape (regressors,)
        Maximum likelihood estimates.
    inverse : ndarray, shape (regressors, regressors)
        Inverse of the information: a unit's score times it is the unit's influence.
    highest
        The highest fitted probability.
    """

    coefficients: Floats
    inverse: Floats
    highest: float


def logit(X: Floats, treated: Floats, weights: Floats | None, names: tuple[str, ...]) -> Logit:
    """Fit P(treated | X) by Newton's method, to machine precision.

    Parameters
    ----------
    X
        Shape (units, regressors), a constant first.
    treated
        0 or 1, shape (units,).
    weights
        Sampling weights, shape (units,), or None.
    names
        Names of the regressors, for messages.

    Raises
    ------
    Undetermined
        The regressors are collinear, or separate the treated from the others.
    """
    X = np.asfortranarray(X)  # what is done to a regressor then runs along memory
    w = np.ones(len(X)) if weights is None else weights
    share = float(w @ treated) / float(w.sum())
    if not 0 < share < 1:
        raise Undetermined(told("undetermined.one-side"))
    # Collinear covariates would look like no overlap further on.
    inverse((X if weights is None else X * w[:, None]).T @ X, names, "cell")
    found = np.zeros(X.shape[1])
    found[0] = np.log(share / (1 - share))
    if len(X) > 3 * CHUNK:  # begin with the estimate of every sixteenth unit: it saves passes
        few, some, light = (np.asfortranarray(part[::16]) for part in (X, treated, w))
        begun = _climb(few, some, light, found, enough=1e-3)
        found = found if begun is None else begun.coefficients
    fitted = _climb(X, treated, w, found, enough=1e-9)
    if fitted is None:  # full steps run away where the treated are few: take shorter ones
        fitted = _climb_with_care(X, treated, w, np.zeros(X.shape[1]))
    if fitted is None:
        raise Undetermined(told("undetermined.separate"))
    return fitted


def _climb(X: Floats, treated: Floats, w: Floats, start: Floats, *, enough: float) -> Logit | None:
    """Take Newton's steps until one is small; None when they lead nowhere.

    An error squares with each step: after one of 1e-9 what is left is below 1e-16.
    """
    found = start
    for _ in range(30):
        information, score, highest = _slopes(X, treated, w, found)
        if _dependent(information) is not None:
            return None
        inverted = np.asarray(np.linalg.inv(information), dtype=np.float64)
        step = inverted @ score
        found = found + step
        if np.abs(step).max() < enough:
            return Logit(found, inverted, highest)
        if np.abs(found).max() > 1e3:
            return None
    return None


def _climb_with_care(X: Floats, treated: Floats, w: Floats, start: Floats) -> Logit | None:
    """Take Newton's steps, halving one that makes the fit worse; slower, and it does not run away.

    The covariates separate the groups when the coefficients grow without end.
    """
    found, loss = start, _loss(X, treated, w, start)
    for _ in range(100):
        information, score, highest = _slopes(X, treated, w, found)
        if _dependent(information) is not None:
            return None
        inverted = np.asarray(np.linalg.inv(information), dtype=np.float64)
        step = inverted @ score
        if np.abs(step).max() < 1e-9:
            return Logit(found + step, inverted, highest)
        size = 1.0
        while (tried := _loss(X, treated, w, found + size * step)) > loss and size > 1e-6:
            size /= 2
        found, loss = found + size * step, tried
        if np.abs(found).max() > 1e3:
            return None
    return None


def _loss(X: Floats, treated: Floats, w: Floats, at: Floats) -> float:
    index = X @ at
    return float(w @ (np.logaddexp(0.0, index) - treated * index))


def _chance(index: Floats) -> Floats:
    """Turn minus the index of a logit into the probability, in place."""
    with np.errstate(over="ignore"):  # the probability is then nought
        np.exp(index, out=index)
    index += 1
    return np.reciprocal(index, out=index)


def _slopes(X: Floats, treated: Floats, w: Floats, at: Floats) -> tuple[Floats, Floats, float]:
    """Information, score and highest probability, over pieces that stay in cache."""
    information = np.zeros((X.shape[1], X.shape[1]))
    score = np.zeros(X.shape[1])
    highest = 0.0
    for begin in range(0, len(X), CHUNK):
        piece = slice(begin, begin + CHUNK)
        part, weight = X[piece], w[piece]
        fitted = _chance(part @ -at)
        information += (part * (weight * fitted * (1 - fitted))[:, None]).T @ part
        score += (weight * (treated[piece] - fitted)) @ part
        highest = max(highest, float(fitted.max()))
    return information, score, highest
