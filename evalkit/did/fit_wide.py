"""A two-way regression from units by periods: weights, gaps and covariates, without long dummies.

Unit effects are taken out of each unit's row. Dummies of cohort and period then meet the data only
in sums over the units of a cohort: T x T matrices, as the moments are, of weights instead of
outcomes. Period effects are solved with them, so that no column of dummies is ever written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg

from evalkit.did import sandwich
from evalkit.did.fit_rows import complete_covariates
from evalkit.did.normal_equations import Bools, Normal, independent, solve
from evalkit.did.sandwich import Errors
from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

FILLED = 0.25
"""Share of unit-period cells that must hold a row; below it the rows themselves are shorter."""


def fits_wide(panel: Panel) -> bool:
    """Whether a panel follows units and is filled enough to lay out as units by periods."""
    cells = panel.n_units * panel.n_periods
    return panel.names["unit"] is not None and panel.n_rows >= FILLED * cells


@dataclass(frozen=True)
class _Wide:
    """Units by periods.

    Attributes
    ----------
    weight
        Nought where nothing is observed.
    share
        The same over its sum per unit.
    y, x
        Outcome and covariates less the unit's mean; nought where nothing is observed.
    scale
        Sum of squares of each covariate about its mean.
    total
        Sum of squares of the outcome about its mean.
    members
        The units of each cohort.
    place
        The cohort of each unit, counted from 0.
    """

    weight: Floats
    share: Floats
    y: Floats
    x: tuple[Floats, ...]
    scale: Floats
    total: float
    members: tuple[Ints, ...]
    place: Ints

    def less_means(self, values: Floats) -> Floats:
        """Take the unit means out, in place."""
        values -= np.einsum("ut,ut->u", self.share, values)[:, None]
        values[self.weight == 0] = 0.0
        return values


def from_wide(panel: Panel, design: Floats, covariates: Sequence[str], errors: Errors) -> Normal:
    """Fit a panel of units, with weights, gaps or covariates.

    Parameters, what is returned and raised are those of
    :func:`evalkit.did.fit_rows.from_rows`, and so is the answer.
    """
    wide = _lay_out(panel, covariates)
    size, extra = design.shape[2], len(wide.x)
    patterns = np.stack([_pattern(wide, units) for units in wide.members])
    own, effects = _products(wide, design, patterns)
    projection = linalg.pinvh(patterns.sum(axis=0)) @ effects
    clean = own - effects.T @ projection
    gram = clean[:-1, :-1]
    kept = independent(gram, np.concatenate([_design_scale(wide, design), wide.scale]))
    beta = solve(gram[np.ix_(kept, kept)], clean[:-1, -1][kept])
    whole = np.zeros(size + extra)
    whole[kept] = beta
    level = projection[:, -1] - projection[:, :-1] @ whole
    rest = wide.y - (design @ whole[:size] + level)[wide.place]
    for coefficient, column in zip(whole[size:], wide.x, strict=True):
        rest -= coefficient * column
    rest = wide.less_means(rest)
    loadings = _loadings(design, projection[:, :-1], kept, extra)
    meat, clusters = _meat(panel, wide, loadings, rest, errors)
    return Normal(
        gram, beta, kept, meat, float(np.einsum("ut,ut,ut->", wide.weight, rest, rest)),
        wide.total, int((wide.weight > 0).sum()), clusters,
        int((wide.weight > 0).any(axis=1).sum()), int((wide.weight > 0).any(axis=0).sum()),
    )  # fmt: skip


def _lay_out(panel: Panel, covariates: Sequence[str]) -> _Wide:
    at = panel.unit * panel.n_periods + panel.time
    shape = panel.n_units, panel.n_periods

    def lay(values: Floats) -> Floats:
        found = np.zeros(shape)
        found.ravel()[at] = values
        return found

    weights = np.ones(panel.n_rows) if panel.weights is None else panel.weights
    weight = lay(weights)
    mass = weight.sum(axis=1, keepdims=True)
    distinct, place = np.unique(panel.cohorts, return_inverse=True)
    members = tuple(np.flatnonzero(place == g) for g in range(len(distinct)))
    extra = complete_covariates(panel, covariates)
    centred = [column - np.average(column, weights=weights) for column in (panel.y, *extra.T)]
    squares = np.array([float((weights * column) @ column) for column in centred])
    share = weight / np.where(mass > 0, mass, 1.0)
    bare = _Wide(weight, share, weight, (), squares[1:], squares[0], members, place)
    y, *x = (bare.less_means(lay(column)) for column in centred)
    return _Wide(weight, share, y, tuple(x), squares[1:], squares[0], members, place)


def _pattern(wide: _Wide, units: Ints) -> Floats:
    """Cross products of the period dummies of some units, unit effects taken out."""
    weight = wide.weight[units]
    found: Floats = np.diag(weight.sum(axis=0)) - weight.T @ wide.share[units]
    return found


def _products(wide: _Wide, design: Floats, patterns: Floats) -> tuple[Floats, Floats]:
    """Cross products of design, covariates and outcome: with each other, and with the periods."""
    values = (*wide.x, wide.y)
    size = design.shape[2]
    own = np.zeros((size + len(values), size + len(values)))
    effects = np.zeros((design.shape[1], size + len(values)))
    for cohort, pattern in zip(design, patterns, strict=True):
        own[:size, :size] += cohort.T @ pattern @ cohort
        effects[:, :size] += pattern @ cohort
    for j, value in enumerate(values, start=size):
        heavy = wide.weight * value
        sums = np.stack([heavy[units].sum(axis=0) for units in wide.members])
        effects[:, j] = sums.sum(axis=0)
        own[:size, j] = own[j, :size] = np.einsum("gt,gtk->k", sums, design)
        for k, other in enumerate(values[: j - size + 1], start=size):
            own[j, k] = own[k, j] = np.einsum("ut,ut->", heavy, other)
    return own, effects


def _design_scale(wide: _Wide, design: Floats) -> Floats:
    mass = np.stack([wide.weight[units].sum(axis=0) for units in wide.members])
    about = design - np.einsum("gt,gtk->k", mass, design) / mass.sum()
    found: Floats = np.einsum("gt,gtk->k", mass, about**2)
    return found


def _loadings(design: Floats, projection: Floats, kept: Bools, extra: int) -> Floats:
    """How a unit's residuals by period, and their products with covariates, make its scores.

    Shape (cohorts, periods + covariates, kept regressors).
    """
    cohorts, periods, size = design.shape
    found = np.zeros((cohorts, periods + extra, size + extra))
    found[:, :periods, :size] = design
    found[:, :periods] -= projection
    found[:, periods:, size:] = np.eye(extra)
    return found[:, :, kept]


def _meat(
    panel: Panel, wide: _Wide, loadings: Floats, rest: Floats, errors: Errors
) -> tuple[Floats, int]:
    heavy = wide.weight * rest
    seen = (wide.weight > 0).any(axis=1)
    codes = np.arange(panel.n_units) if panel.clusters is None else panel.clusters
    clusters = int(seen.sum()) if panel.clusters is None else len(np.unique(codes[seen]))
    if errors == "hetero":
        pieces = zip(wide.members, loadings, strict=True)
        return sum(
            (_by_row(wide, units, load, heavy) for units, load in pieces),
            start=np.zeros((loadings.shape[2],) * 2),
        ), clusters
    parts = [np.einsum("ut,ut->u", heavy, column) for column in wide.x]
    scores = np.column_stack([heavy, *parts]) if parts else heavy
    if panel.clusters is None:
        grams = np.stack([scores[units].T @ scores[units] for units in wide.members])
        return np.einsum("grk,grs,gsl->kl", loadings, grams, loadings, optimize=True), clusters
    count, cohorts = int(codes.max()) + 1, len(wide.members)
    sums = sandwich.sums_by(codes * cohorts + wide.place, scores, count * cohorts)
    by_cluster = np.einsum("cgr,grk->ck", sums.reshape(count, cohorts, -1), loadings, optimize=True)
    return sandwich.meat_of(by_cluster), clusters


def _by_row(wide: _Wide, units: Ints, load: Floats, heavy: Floats) -> Floats:
    """Sum the outer products of the scores of the rows of some units."""
    periods = wide.weight.shape[1]
    square, share = heavy[units] ** 2, wide.share[units]
    cross = square.T @ share
    whole = (share * square.sum(axis=1, keepdims=True)).T @ share
    inner = np.zeros((load.shape[0],) * 2)
    inner[:periods, :periods] = np.diag(square.sum(axis=0)) - cross - cross.T + whole
    for j, column in enumerate(wide.x, start=periods):
        part = square * column[units]
        inner[:periods, j] = part.sum(axis=0) - share.T @ part.sum(axis=1)
        inner[j, :periods] = inner[:periods, j]
        for k, other in enumerate(wide.x[: j - periods + 1], start=periods):
            inner[j, k] = inner[k, j] = np.einsum("ut,ut->", part, other[units])
    found: Floats = load.T @ inner @ load
    return found
