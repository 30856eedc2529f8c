"""One comparison of two periods from different rows: reg, ipw and the efficient dr."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.did.least_squares import Undetermined, inverse, logit

Floats = np.ndarray[Any, np.dtype[np.float64]]
OVERLAP = 0.999
"""From this fitted probability of treatment on, there is nobody to compare with (as R's did)."""


@dataclass(frozen=True)
class Rows:
    """Rows of one comparison: treated after, treated before, controls after, controls before.

    Attributes
    ----------
    y : ndarray, shape (rows,)
        Outcome.
    X : ndarray, shape (rows, regressors)
        A constant and covariates.
    w : ndarray, shape (rows,)
        Sampling weights.
    counts
        How many rows each of the four groups has, in that order.
    """

    y: Floats
    X: Floats
    w: Floats
    counts: tuple[int, ...]

    def group(self, which: int) -> slice:
        """Give the place of one of the four groups."""
        start = sum(self.counts[:which])
        return slice(start, start + self.counts[which])

    @property
    def treated(self) -> Floats:
        """Whether each row is of the treated."""
        found = np.zeros(len(self.y))
        found[: self.counts[0] + self.counts[1]] = 1
        return found


TREATED_AFTER, TREATED_BEFORE, CONTROL_AFTER, CONTROL_BEFORE = range(4)
_NAMES = ("treated after", "treated before", "controls after", "controls before")


def two_samples(rows: Rows, method: str, names: tuple[str, ...]) -> tuple[float, Floats]:
    """Estimate one effect and the influence of each row on it.

    Parameters
    ----------
    rows
        The four groups.
    method
        ``reg``: outcome models of the controls (Sant'Anna & Zhao 2020, equation 2.2); ``ipw``:
        Hajek weights; ``dr``: the locally efficient estimator of section 2.3, with outcome
        models of all four groups.
    names
        Names of the regressors.

    Returns
    -------
    effect
        The estimate.
    influence : ndarray, shape (rows,)
        Its influence, which sums to nought over the rows.

    Raises
    ------
    Undetermined
        A group is empty, a model is not determined or there is no overlap.

    Notes
    -----
    The influence is the derivative of the estimate, worked out here. DRDID's ``drdid_rc`` adds
    the terms of the treated's outcome models where the derivative subtracts them; see the README
    of the reference data.
    """
    for which, name in enumerate(_NAMES):
        if not rows.w[rows.group(which)].sum() > 0:
            raise Undetermined(f"there are no {name} with a positive weight")
    return {"reg": _reg, "ipw": _ipw, "dr": _dr}[method](rows, names)


def _mean(value: Floats, weights: Floats) -> tuple[float, Floats]:
    """Weighted mean and the influence of each row on it."""
    total = float(weights.sum())
    mean = float(weights @ value) / total
    return mean, weights * (value - mean) / total


def _model(rows: Rows, which: int, names: tuple[str, ...]) -> tuple[Floats, Floats]:
    """Fit the outcome of one group; the prediction's coefficients and each row's share in them."""
    at = rows.group(which)
    X, y, w = rows.X[at], rows.y[at], rows.w[at]
    V = X * w[:, None]
    inverted = inverse(V.T @ X, names, _NAMES[which])
    beta = inverted @ (V.T @ y)
    return beta, (V * (y - X @ beta)[:, None]) @ inverted


def _only(rows: Rows, which: int, weights: Floats) -> Floats:
    """Keep the weights of one group."""
    found = np.zeros(len(rows.y))
    found[rows.group(which)] = weights[rows.group(which)]
    return found


def _centre(rows: Rows, weights: Floats) -> Floats:
    found: Floats = weights @ rows.X / weights.sum()
    return found


def _reg(rows: Rows, names: tuple[str, ...]) -> tuple[float, Floats]:
    after, moved_after = _mean(rows.y, _only(rows, TREATED_AFTER, rows.w))
    before, moved_before = _mean(rows.y, _only(rows, TREATED_BEFORE, rows.w))
    beta1, share1 = _model(rows, CONTROL_AFTER, names)
    beta0, share0 = _model(rows, CONTROL_BEFORE, names)
    own = rows.w * rows.treated
    trend, moved_trend = _mean(rows.X @ (beta1 - beta0), own)
    influence = moved_after - moved_before - moved_trend
    centre = _centre(rows, own)
    influence[rows.group(CONTROL_AFTER)] -= share1 @ centre
    influence[rows.group(CONTROL_BEFORE)] += share0 @ centre
    return after - before - trend, influence


def _reweighted(
    rows: Rows, names: tuple[str, ...], r: Floats
) -> tuple[float, Floats, list[Floats]]:
    """Change of the weighted means of r among treated less controls.

    Returns
    -------
    effect, influence
        The difference, and its influence through the means and the logit.
    weights
        Weights of the four groups.
    """
    fitted = logit(rows.X, rows.treated, rows.w, names)
    if fitted.highest >= OVERLAP:
        raise Undetermined(
            f"a fitted probability of treatment is {fitted.highest:.4f}, so there is no overlap"
        )
    odds = np.exp(rows.X @ fitted.coefficients)
    chance = odds / (1 + odds)
    weights = [
        _only(rows, which, rows.w if which in (TREATED_AFTER, TREATED_BEFORE) else rows.w * odds)
        for which in range(4)
    ]
    means = [_mean(r, one) for one in weights]
    effect = (means[0][0] - means[1][0]) - (means[2][0] - means[3][0])
    # An influence is w (r - mean) / total, and the odds' derivative is the odds times X.
    slope = rows.X.T @ (means[3][1] - means[2][1])
    score = (rows.w * (rows.treated - chance))[:, None] * rows.X
    influence = (means[0][1] - means[1][1]) - (means[2][1] - means[3][1])
    return effect, influence + score @ (fitted.inverse @ slope), weights


def _ipw(rows: Rows, names: tuple[str, ...]) -> tuple[float, Floats]:
    effect, influence, _ = _reweighted(rows, names, rows.y)
    return effect, influence


def _dr(rows: Rows, names: tuple[str, ...]) -> tuple[float, Floats]:
    models = [_model(rows, which, names) for which in range(4)]
    betas = [beta for beta, _ in models]
    control = np.empty(len(rows.y))
    for which, model in enumerate((2, 3, 2, 3)):  # after, before, after, before
        at = rows.group(which)
        control[at] = rows.X[at] @ betas[model]
    effect, influence, weights = _reweighted(rows, names, rows.y - control)
    own = rows.w * rows.treated
    after, before = rows.X @ (betas[0] - betas[2]), rows.X @ (betas[1] - betas[3])
    for value, kept, sign in (
        (after, own, 1),
        (after, weights[0], -1),
        (before, own, -1),
        (before, weights[1], 1),
    ):
        mean, moved = _mean(value, kept)
        effect += sign * mean
        influence = influence + sign * moved
    # Derivatives of the estimate with respect to the four models' coefficients.
    all_treated = _centre(rows, own)
    slopes = (
        all_treated - _centre(rows, weights[0]),
        _centre(rows, weights[1]) - all_treated,
        _centre(rows, weights[2]) - all_treated,
        all_treated - _centre(rows, weights[3]),
    )
    for which, slope in enumerate(slopes):
        influence[rows.group(which)] += models[which][1] @ slope
    return effect, influence
