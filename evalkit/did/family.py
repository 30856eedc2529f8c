"""One cohort against its controls: the two models that its cells share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from evalkit.did.least_squares import inverse, logit
from evalkit.did.overlap import refuse_without_overlap
from evalkit.did.undetermined import Undetermined
from evalkit.language.told import told

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass
class Group:
    """Covariates, weights and outcomes of some units.

    Attributes
    ----------
    X : ndarray, shape (units, regressors)
        A constant and covariates.
    w : ndarray, shape (units,), or None
        Sampling weights.
    Y : ndarray, shape (units, periods)
        Outcomes.
    """

    X: Floats
    w: Floats | None
    Y: Floats
    _fitted: tuple[Floats, Floats] | None = None

    @property
    def weighted(self) -> Floats:
        """Covariates times weights."""
        return self.X if self.w is None else self.X * self.w[:, None]

    def regression(self, names: tuple[str, ...]) -> tuple[Floats, Floats]:
        """Regress all outcomes on the covariates: coefficients and inverse Gram matrix.

        Raises
        ------
        Undetermined
            The covariates are collinear.
        """
        if self._fitted is None:
            V = self.weighted
            unscaled = inverse(V.T @ self.X, names, "comparison")
            self._fitted = unscaled @ (V.T @ self.Y), unscaled
        return self._fitted


@dataclass
class Family:
    """Cells that share their cohort, controls and covariates: one logit and one regression.

    With r the change of the outcome less its prediction from X, w the weights and o the odds of
    treatment, an effect is the treated's weighted mean of r less the controls' mean of r weighted
    by w o (Sant'Anna & Zhao 2020, equation 3.1, with Hajek weights). `reg` is without the
    second mean, `ipw` without the prediction.

    Attributes
    ----------
    cohort, controls, period
        Who is compared, and the period of their covariates.
    columns
        Places of the cells among all.
    contrasts : ndarray, shape (periods, own cells)
        Period t less the base period.
    """

    cohort: int
    controls: tuple[int, ...]
    period: int
    columns: list[int]
    contrasts: Floats
    place: slice | list[int] = field(init=False)
    effects: Floats = field(init=False)
    beta: Floats = field(init=False)
    gamma: Floats = field(default_factory=lambda: np.zeros(0))
    #: Influence is w (r - mean) / sum of w, plus terms of the two models that are linear in X:
    treated_mean: Floats = field(init=False)
    treated_sum: float = field(init=False)
    control_mean: Floats = field(init=False)
    control_sum: float = 1.0
    outcome_load: Floats = field(init=False)
    propensity_load: Floats = field(init=False)

    def __post_init__(self) -> None:
        first, last = self.columns[0], self.columns[-1]
        adjoining = last - first + 1 == len(self.columns)
        self.place = slice(first, last + 1) if adjoining else self.columns

    def fit(self, own: Group, others: Group, method: str, names: tuple[str, ...]) -> None:
        """Fit both models and compute the effects.

        Raises
        ------
        Undetermined
            A model is not determined, or there is no overlap.
        """
        V1 = own.weighted
        parts, periods = own.X.shape[1], own.Y.shape[1]
        self.treated_sum = float(V1[:, 0].sum())
        if not self.treated_sum > 0:
            raise Undetermined(told("undetermined.treated"))
        centre = V1.sum(axis=0) / self.treated_sum  # mean of X among the treated
        self.beta, unscaled = np.zeros((parts, periods)), np.zeros((parts, parts))
        if method != "ipw":
            self.beta, unscaled = others.regression(names)
        outcome = V1[:, 0] @ own.Y / self.treated_sum
        self.treated_mean = (outcome - centre @ self.beta) @ self.contrasts
        self.control_mean = np.zeros(len(self.columns))
        self.propensity_load = np.zeros((parts, len(self.columns)))
        matched = np.zeros(parts)
        if method != "reg":
            matched = self._propensity(own, others, names)
        self.outcome_load = unscaled @ (matched - centre)
        self.effects = self.treated_mean - self.control_mean

    def _propensity(self, own: Group, others: Group, names: tuple[str, ...]) -> Floats:
        """Fit the logit and the controls' mean; give the mean of X among reweighted controls."""
        treated = np.concatenate([np.ones(len(own.X)), np.zeros(len(others.X))])
        both = None
        if own.w is not None and others.w is not None:
            both = np.concatenate([own.w, others.w])
        found = logit(np.concatenate([own.X, others.X]), treated, both, names)
        refuse_without_overlap(found.highest)
        self.gamma = found.coefficients
        VX = others.weighted * np.exp(others.X @ self.gamma)[:, None]
        self.control_sum = float(VX[:, 0].sum())
        XX, XY = VX.T @ others.X, VX.T @ others.Y
        residual = (XY - XX @ self.beta) @ self.contrasts  # sum of w o X r
        self.control_mean = residual[0] / self.control_sum
        spread = (residual - np.outer(XX[0], self.control_mean)) / self.control_sum
        self.propensity_load = found.inverse @ spread
        matched: Floats = XX[0] / self.control_sum
        return matched

    def influence(self, cohort: int, residual: Floats, X: Floats, weights: Floats | None) -> Floats:
        """Influence of some units of one cohort on the family's effects, shape (units, cells).

        It is linear in the residuals of all periods, a constant and X, each times a number of
        the unit, so one product with a small matrix gives all cells.

        Parameters
        ----------
        cohort
            The units' cohort.
        residual
            Outcome less its prediction, shape (units, periods).
        X, weights
            Their covariates and sampling weights.
        """
        odds = np.exp(X @ self.gamma) if self.gamma.size else np.zeros(0)
        w = np.ones(len(X)) if weights is None else weights
        if cohort == self.cohort:
            share = level = w / self.treated_sum
            mean, sign = -self.treated_mean, -1.0
            slope = w / (1 + odds) if self.gamma.size else odds
        else:
            level = w * odds / self.control_sum if self.gamma.size else np.zeros(len(X))
            share = w * (X @ self.outcome_load) - level
            mean, sign = self.control_mean, 1.0
            slope = w * odds / (1 + odds) if self.gamma.size else odds
        parts = [residual * share[:, None], level[:, None]]
        loads = [self.contrasts, mean[None, :]]
        if self.gamma.size:
            parts.append(X * slope[:, None])
            loads.append(sign * self.propensity_load)
        return np.asarray(np.hstack(parts) @ np.vstack(loads))
