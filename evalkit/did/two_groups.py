"""Two groups before and after: estimates as sums of weighted means, with each row's influence.

Every estimator here is a sum of Hajek means (a weighted mean divided by its weights) of residuals
of outcome models. The influence of a row is its part in the means, plus its part in the models
times the derivative of the means with respect to their coefficients.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, Literal

import numpy as np

from evalkit.did.least_squares import inverse, logit
from evalkit.did.propensity import tilting
from evalkit.did.undetermined import Among, Undetermined
from evalkit.language.told import told

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Side = Literal["treated", "comparison"]
_AMONG: Mapping[tuple[Side, str], Among] = {
    ("treated", ""): "treated",
    ("treated", "after"): "treated-after",
    ("treated", "before"): "treated-before",
    ("comparison", ""): "comparison",
    ("comparison", "after"): "comparison-after",
    ("comparison", "before"): "comparison-before",
}


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
    name
        ``after`` or ``before``, for messages; nothing in a panel.
    """

    sign: float
    rows: Floats
    name: Literal["", "after", "before"] = ""


@dataclass(frozen=True)
class TwoGroups:
    """The data of a two-by-two comparison: of two periods, or of a cohort in one period.

    Attributes
    ----------
    y : ndarray, shape (rows,)
        Change of the outcome (panel) or outcome (repeated cross-sections).
    treated : ndarray, shape (rows,)
        1 for the treated group.
    X : ndarray, shape (rows, regressors)
        A constant and covariates.
    w : ndarray, shape (rows,)
        Sampling weights, of the order of one.
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
    """An estimate, the influence of each row, and the highest fitted probability of treatment.

    The influence sums to nought, and its sum of squares is the variance. The influence of DRDID's
    ``drdid_rc`` has the terms of the treated's outcome models with the wrong sign; see the README
    of the reference data.
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
        raise Undetermined(told("undetermined.empty"))
    found = float(weights @ value) / total
    return Estimate(found, weights * (value - found) / total)


@dataclass(frozen=True)
class _Model:
    """Coefficients, and the scores of the rows that they rest on; None when these do not count.

    A score times the inverse of the curvature is the share of a row in the coefficients; `used`
    are the rows that have one, by default all.
    """

    coefficients: Floats
    rows: int
    scores: Floats | None = None
    inverse: Floats | None = None
    used: Ints | EllipsisType = ...

    def moves(self, slope: Floats) -> Floats:
        """Influence of rows through this model, given the derivative by its coefficients."""
        found = np.zeros(self.rows)
        if self.scores is not None and self.inverse is not None:
            found[self.used] = self.scores @ (self.inverse @ slope)
        return found


def _outcome(
    data: TwoGroups, weights: Floats, group: Side, part: Part, *, known: bool = False
) -> _Model:
    """Fit the outcome by least squares; `known` leaves its estimation out of the influence."""
    used = np.flatnonzero(weights * part.rows)
    X, y = data.X[used], data.y[used]
    V = X * weights[used, None]
    inverted = inverse(V.T @ X, data.names, _AMONG[group, part.name])
    beta = inverted @ (V.T @ y)
    if known:
        return _Model(beta, len(data.y))
    V *= (y - X @ beta)[:, None]
    return _Model(beta, len(data.y), V, inverted, used)


def _odds(data: TwoGroups) -> tuple[Floats, _Model]:
    """Fit the odds of treatment by maximum likelihood."""
    fitted = logit(data.X, data.treated, data.w, data.names)
    odds = np.exp(data.X @ fitted.coefficients)
    score = (data.w * (data.treated - odds / (1 + odds)))[:, None] * data.X
    return odds, _Model(fitted.coefficients, len(odds), score, fitted.inverse)


def _highest(odds: Floats) -> float:
    most = float(odds.max())
    return most / (1 + most)


def _tilted_odds(data: TwoGroups) -> tuple[Floats, _Model]:
    """Fit odds that balance the covariates; their estimation does not move the estimate."""
    gamma, _ = tilting(data.X, data.treated, data.w, data.names)
    return np.exp(data.X @ gamma), _Model(gamma, len(data.y))


def compare(data: TwoGroups, method: str, *, efficient: bool = True) -> Estimate:
    """Estimate the effect by one of the methods below, by name.

    Raises
    ------
    Undetermined
        A group has no weight, a model is not determined, or the covariates separate the groups.
    """
    if method == "dr":
        return dr(data, efficient=efficient)
    if method == "dr_improved":
        return dr_improved(data, efficient=efficient)
    return {"reg": reg, "ipw": ipw, "ipw_ht": ipw_ht}[method](data)


def reg(data: TwoGroups) -> Estimate:
    """Outcome regression: the treated's change less that predicted from the comparison group."""
    found = []
    for part in data.parts:
        model = _outcome(data, data.others, "comparison", part)
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
    return _sum(found, _highest(odds))


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
        model = _outcome(data, weights, "comparison", part, known=known)
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
    model = _outcome(data, data.own, "treated", part, known=known)
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
    found = Estimate(own.value - others.value, moved, _highest(odds))
    return found.times(part.sign)


def _sum(parts: Sequence[Estimate], highest: float = 0.0) -> Estimate:
    found = Estimate(0.0, np.zeros_like(parts[0].influence), highest)
    for part in parts:
        found = found + part
    return found
