"""Two groups before and after: estimates as sums of weighted means, with each row's influence.

Every estimator here is a sum of Hajek means (a weighted mean divided by its weights) of residuals
of outcome models. The influence of a row is its part in the means, plus its part in the models
times the derivative of the means with respect to their coefficients.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.did.least_squares import Undetermined, inverse
from evalkit.did.propensity import logit, tilting

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class Part:
    """One of the terms that make up a difference-in-differences.

    A panel has a single one, of the change of the outcome; repeated cross-sections have the
    outcome after (sign 1) less the outcome before (sign -1).

    Attributes
    ----------
    sign
        1 or -1.
    rows : ndarray of float, shape (rows,)
        1 for rows that belong to it.
    """

    sign: float
    rows: Floats


@dataclass(frozen=True)
class TwoGroups:
    """The data of a two-by-two comparison.

    Attributes
    ----------
    y : ndarray, shape (rows,)
        Change of the outcome (panel) or outcome (repeated cross-sections).
    treated : ndarray, shape (rows,)
        1 for the treated group.
    X : ndarray, shape (rows, regressors)
        A constant and covariates.
    w : ndarray, shape (rows,)
        Sampling weights with mean one.
    parts
        The terms.
    names
        Names of the regressors.
    """

    y: Floats
    treated: Floats
    X: Floats
    w: Floats
    parts: tuple[Part, ...]
    names: tuple[str, ...]

    @property
    def own(self) -> Floats:
        """Weights of the treated."""
        return self.w * self.treated

    @property
    def others(self) -> Floats:
        """Weights of the comparison group."""
        return self.w * (1 - self.treated)


@dataclass(frozen=True)
class Estimate:
    """An estimate, the influence of each row on it, and the highest odds of treatment of any row.

    The influence sums to nought, and its sum of squares is the variance.
    """

    value: float
    influence: Floats
    highest: float = 0.0

    def __add__(self, other: Estimate) -> Estimate:
        influence = self.influence + other.influence
        return Estimate(self.value + other.value, influence, max(self.highest, other.highest))

    def times(self, factor: float) -> Estimate:
        """Multiply by a number."""
        return Estimate(self.value * factor, self.influence * factor, self.highest)


def mean(value: Floats, weights: Floats) -> Estimate:
    """Give a Hajek mean: the weighted mean over the sum of weights."""
    total = float(weights.sum())
    if not total > 0:
        raise Undetermined("a group has no rows with a positive weight")
    found = float(weights @ value) / total
    return Estimate(found, weights * (value - found) / total)


@dataclass(frozen=True)
class _Model:
    """Coefficients and the share of each row in them, shape (rows, regressors); None: no share."""

    coefficients: Floats
    share: Floats | None

    def moves(self, slope: Floats) -> Floats | float:
        """Influence of rows through this model, given the derivative by its coefficients."""
        return 0.0 if self.share is None else self.share @ slope


def _outcome(data: TwoGroups, weights: Floats, among: str, *, known: bool = False) -> _Model:
    """Fit the outcome by least squares; `known` leaves its estimation out of the influence."""
    V = data.X * weights[:, None]
    inverted = inverse(V.T @ data.X, data.names, among)
    beta = inverted @ (V.T @ data.y)
    share = None if known else (V * (data.y - data.X @ beta)[:, None]) @ inverted
    return _Model(beta, share)


def _odds(data: TwoGroups) -> tuple[Floats, _Model]:
    """Fit the odds of treatment by maximum likelihood."""
    gamma, inverted = logit(data.X, data.treated, data.w, data.names)
    odds = np.exp(data.X @ gamma)
    score = (data.w * (data.treated - odds / (1 + odds)))[:, None] * data.X
    return odds, _Model(gamma, score @ inverted)


def _tilted_odds(data: TwoGroups) -> tuple[Floats, _Model]:
    """Fit odds that balance the covariates; their estimation does not move the estimate."""
    gamma, _ = tilting(data.X, data.treated, data.w, data.names)
    return np.exp(data.X @ gamma), _Model(gamma, None)


def reg(data: TwoGroups) -> Estimate:
    """Outcome regression: the treated's change less that predicted from the comparison group."""
    found = []
    for part in data.parts:
        model = _outcome(data, data.others * part.rows, "comparison units")
        after = mean(data.y, data.own * part.rows)
        trend = mean(data.X @ model.coefficients, data.own)
        centre = data.own @ data.X / data.own.sum()
        moved = after.influence - trend.influence - model.moves(centre)
        found.append(Estimate(after.value - trend.value, moved).times(part.sign))
    return _sum(found)


def ipw(data: TwoGroups) -> Estimate:
    """Inverse probability weights that sum to one (Hajek)."""
    odds, chance = _odds(data)
    return _sum([_weighted(data, part, data.y, odds, chance) for part in data.parts])


def ipw_ht(data: TwoGroups) -> Estimate:
    """Inverse probability weights that are not normalised (Horvitz-Thompson; Abadie 2005)."""
    odds, chance = _odds(data)
    rows, total = len(data.y), float(data.own.sum())
    gap = data.own - data.others * odds
    found = []
    for part in data.parts:
        value = float((gap * part.rows) @ data.y) / total
        slope = -data.X.T @ (data.others * odds * part.rows * data.y) / total
        moved = (gap * part.rows * data.y - data.own * value) / total + chance.moves(slope)
        # The share of the period is estimated too, unless all rows belong.
        share = float((data.w * part.rows).mean())
        if len(data.parts) > 1:
            moved = (moved - value * (data.w * part.rows - share) / (share * rows)) / share
            value /= share
        found.append(Estimate(value, moved).times(part.sign))
    return _sum(found, float(odds.max()))


def dr(data: TwoGroups, *, efficient: bool = True) -> Estimate:
    """Doubly robust: weighted means of what the outcome model leaves.

    In repeated cross-sections the `efficient` one also models the outcome of the treated.
    """
    odds, chance = _odds(data)
    return _doubly_robust(data, odds, chance, data.others, efficient=efficient, known=False)


def dr_improved(data: TwoGroups, *, efficient: bool = True) -> Estimate:
    """Doubly robust, with models fitted such that their estimation does not move the estimate."""
    odds, chance = _tilted_odds(data)
    heavy = data.others * odds
    return _doubly_robust(data, odds, chance, heavy, efficient=efficient, known=True)


def _doubly_robust(
    data: TwoGroups,
    odds: Floats,
    chance: _Model,
    weights: Floats,
    *,
    efficient: bool,
    known: bool,
) -> Estimate:
    found = []
    for part in data.parts:
        model = _outcome(data, weights * part.rows, "comparison units", known=known)
        rest = data.y - data.X @ model.coefficients
        base = _weighted(data, part, rest, odds, chance)
        own, others = data.own * part.rows, data.others * odds * part.rows
        slope = others @ data.X / others.sum() - own @ data.X / own.sum()
        moved = base.influence + part.sign * model.moves(slope)
        found.append(Estimate(base.value, moved, base.highest))
        if efficient and len(data.parts) > 1:
            found.append(_efficiency(data, part, model, known=known))
    return _sum(found)


def _efficiency(data: TwoGroups, part: Part, control: _Model, *, known: bool) -> Estimate:
    """Predicted effects averaged over all treated instead of those of one period."""
    own = data.own * part.rows
    model = _outcome(data, own, "treated units", known=known)
    ahead = data.X @ (model.coefficients - control.coefficients)
    everyone, some = mean(ahead, data.own), mean(ahead, own)
    slope = data.own @ data.X / data.own.sum() - own @ data.X / own.sum()
    moved = everyone.influence - some.influence + model.moves(slope) - control.moves(slope)
    return Estimate(everyone.value - some.value, moved).times(part.sign)


def _weighted(data: TwoGroups, part: Part, value: Floats, odds: Floats, chance: _Model) -> Estimate:
    """Mean among the treated less the mean among the comparison group weighted by odds."""
    own = mean(value, data.own * part.rows)
    others = mean(value, data.others * odds * part.rows)
    # The odds are exp(X gamma), so the derivative of their mean is X' times its influence.
    moved = own.influence - others.influence - chance.moves(data.X.T @ others.influence)
    found = Estimate(own.value - others.value, moved, float(odds.max()))
    return found.times(part.sign)


def _sum(parts: Sequence[Estimate], highest: float = 0.0) -> Estimate:
    found = Estimate(0.0, np.zeros_like(parts[0].influence), highest)
    for part in parts:
        found = found + part
    return found
