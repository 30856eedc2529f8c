"""The regression on untreated observations: unit and period effects and covariates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Grid:
    """Lines by periods: a line is a unit, or a whole cohort of a balanced panel.

    `weight` is nought where nothing is observed; `size` is the number of units in a line;
    `event` is the time since treatment, far below nought for those never treated.
    """

    y: Floats
    weight: Floats
    covariates: Floats
    cohort: Ints
    size: Floats
    event: Ints
    collapsed: bool

    @property
    def untreated(self) -> Bools:
        """Observed, and not treated yet or ever."""
        found: Bools = (self.event < 0) & (self.weight > 0)
        return found

    @property
    def treated(self) -> Bools:
        """Observed under treatment."""
        found: Bools = (self.event >= 0) & (self.weight > 0)
        return found


@dataclass(frozen=True)
class Fit:
    """Weighted least squares on untreated observations, the line effects taken out.

    The regressors are period dummies and covariates, each less its mean over the line's untreated
    observations. `base` are the untreated weights, `share` these as shares of the line, `moving`
    the covariates less their line means, `inverse` the pseudo-inverse of the Gram matrix and
    `null` a basis of what it cannot tell; `level` are the lines' untreated means.
    """

    base: Floats
    share: Floats
    moving: Floats
    inverse: Floats
    null: Floats
    level: Floats

    def times(self, coefficients: Floats) -> Floats:
        """Multiply the regressors of every line and period by coefficients."""
        periods = self.share.shape[1]
        beta, delta = coefficients[:periods], coefficients[periods:]
        found: Floats = beta - (self.share @ beta)[:, None] + self.moving @ delta
        return found

    def total(self, weights: Floats) -> Floats:
        """Sum the regressors over lines and periods with these weights."""
        by_period = weights.sum(axis=0) - weights.sum(axis=1) @ self.share
        by_covariate = np.tensordot(weights, self.moving, axes=([0, 1], [0, 1]))
        return np.concatenate([by_period, by_covariate])

    def coefficients(self, y: Floats) -> Floats:
        """Period effects and covariates' coefficients."""
        found: Floats = self.inverse @ self.total(self.base * (y - self.level))
        return found

    def residual(self, y: Floats) -> Floats:
        """Outcomes less what untreated observations predict: effects where there is treatment."""
        found: Floats = y - self.level - self.times(self.coefficients(y))
        return found


def lay_out(panel: Panel, names: list[str], *, collapse: bool) -> Grid:
    """Lay the panel out as lines by periods; by cohort where its moments suffice."""
    simple = panel.balanced and panel.weights is None and panel.clusters is None
    if collapse and simple and not names:
        found = panel.moments
        cohort, size, y = np.array(found.cohorts, dtype=np.int64), found.counts, found.means
        weight: Floats = np.repeat(size[:, None], y.shape[1], axis=1)
        moving = np.empty((*y.shape, 0))
    else:
        collapse = False
        cohort, size = panel.cohorts, np.ones(panel.n_units)
        shape = (panel.n_units, panel.n_periods)
        at = (panel.unit, panel.time)
        y, weight, moving = np.zeros(shape), np.zeros(shape), np.zeros((*shape, len(names)))
        y[at] = panel.y - panel.y.mean()  # a constant is no effect, and would eat digits
        weight[at] = 1.0 if panel.weights is None else panel.weights
        moving[at] = _read(panel, names)
    event = panel.clock.values[None, :] - cohort[:, None]
    event = np.where(cohort[:, None] == NEVER, np.iinfo(np.int64).min, event)
    return Grid(y, weight, moving, cohort, size, event, collapse)


def _read(panel: Panel, names: list[str]) -> Floats:
    values = panel.covariates(names)
    for at, name in enumerate(names):
        missing = int(np.isnan(values[:, at]).sum())
        if missing:
            raise PanelError(
                f"the covariate '{name}' is missing in {missing} rows",
                hint="leave these rows out before making the panel, or fill them",
            )
    return values


def fit_untreated(grid: Grid, names: list[str]) -> Fit:
    """Fit the untreated observations; `names` are those of the covariates.

    Raises
    ------
    PanelError
        A covariate cannot be told from the unit and period effects.
    """
    base = np.where(grid.untreated, grid.weight, 0.0)
    sums = base.sum(axis=1, keepdims=True)
    share = np.divide(base, sums, out=np.zeros_like(base), where=sums > 0)
    moving = grid.covariates - np.einsum("lt,ltk->lk", share, grid.covariates)[:, None, :]
    inverse, null = _invert(_gram(base, share, moving), _scale(base, grid.covariates), names)
    level = (share * grid.y).sum(axis=1, keepdims=True)
    return Fit(base, share, moving, inverse, null, level)


def _gram(base: Floats, share: Floats, moving: Floats) -> Floats:
    """Gram matrix of the regressors; the dummies' part needs no dummies."""
    periods = np.diag(base.sum(axis=0)) - base.T @ share
    across = np.einsum("lt,ltk->tk", base, moving)
    own = np.einsum("ltk,ltj->kj", base[:, :, None] * moving, moving)
    return np.block([[periods, across], [across.T, own]])


def _scale(base: Floats, covariates: Floats) -> Floats:
    """Root sum of squares of each regressor, before the line means are taken out."""
    means = np.einsum("lt,ltk->k", base, covariates) / base.sum()
    squares = np.einsum("lt,ltk->k", base, (covariates - means) ** 2)
    scale = np.sqrt(np.concatenate([base.sum(axis=0), squares]))
    return np.where(scale > 0, scale, 1.0)


def _invert(gram: Floats, scale: Floats, names: list[str]) -> tuple[Floats, Floats]:
    """Invert a Gram matrix as far as that goes, and give a basis of what it cannot tell."""
    roots, vectors = np.linalg.eigh(gram / np.outer(scale, scale))
    known = roots > 1e-11 * max(float(roots.max()), 1.0)
    lengths = np.abs(vectors[len(gram) - len(names) :, ~known]).max(axis=1, initial=0.0)
    bad = [name for name, length in zip(names, lengths, strict=True) if length > 1e-6]
    if bad:
        raise PanelError(
            f"among untreated observations {', '.join(repr(name) for name in bad)} cannot be told "
            "from the unit and period effects" + " and the other regressors" * (len(names) > 1),
            hint="leave it out; what is fixed in time is in the unit effects already",
        )
    good = vectors[:, known] / scale[:, None]
    return (good / roots[known]) @ good.T, vectors[:, ~known] / scale[:, None]


def undetermined(grid: Grid, fit: Fit) -> Bools:
    """Which observations have a prediction that untreated ones do not settle."""
    unknown: Bools = np.repeat(fit.base.sum(axis=1, keepdims=True) == 0, grid.y.shape[1], axis=1)
    for basis in fit.null.T:
        unknown |= np.abs(fit.times(basis)) > 1e-6 * np.abs(basis).max()
    return unknown
