"""Averages of imputed effects, and the score that each cluster adds to their errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalkit.did.clusters import clusters_of, count_clusters
from evalkit.did.options import whole_number
from evalkit.did.rounding import cancelled
from evalkit.did.untreated_fit import Fit, Grid
from evalkit.panel import Panel, PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]

Score = tuple[Floats, Floats]
"""By line: weights of the outcomes' deviations from the line's mean, and the rest of the sum."""


def known_horizons(grid: Grid, imputable: Bools, asked: int | Sequence[int] | None) -> list[int]:
    """Give the event times to report; those asked for must have effects."""
    if not imputable.any():
        raise PanelError(
            "no treated observation can be imputed: in all their periods everyone is treated",
            hint="add never-treated or later-treated units",
        )
    known = [int(event) for event in np.unique(grid.event[imputable])]
    if asked is None:
        return known
    if np.ndim(asked) == 0:
        last = whole_number("horizons", asked, 0)
        return [event for event in known if event <= last]
    asked = [whole_number("a horizon", one, 0) for one in np.asarray(asked)]
    unknown = [event for event in asked if event not in known]
    if unknown:
        raise PanelError(
            f"the horizons {unknown} have no observation that can be imputed",
            hint=f"the event times are {known}",
        )
    return asked


def average_effect(
    grid: Grid, fit: Fit, mask: Bools, clusters: Ints, *, leave_one_out: bool
) -> tuple[float, Score]:
    """Average the effects of some observations, and give the score of each line."""
    weights = np.where(mask, grid.weight, 0.0)
    weights /= weights.sum()
    residual = fit.residual(grid.y)
    value = float((weights * residual).sum())
    total = weights.sum(axis=1, keepdims=True)
    slope = fit.inverse @ fit.total(weights)
    every = weights - fit.share * total - fit.base * fit.times(slope)
    left = np.where(grid.untreated, residual, 0.0)
    if not grid.collapsed:
        left += _deviations(grid, weights, residual, clusters, leave_one_out=leave_one_out)
    return value, line_score(grid, every, left)


def _deviations(
    grid: Grid, weights: Floats, effects: Floats, clusters: Ints, *, leave_one_out: bool
) -> Floats:
    """Effects less the average of their cohort and period: the paper's auxiliary model.

    The average weighs a cluster's effects by its own sum of weights, equation (8) of the paper:
    sum_c (sum v)(sum v tau) / sum_c (sum v)^2.
    """
    found = np.zeros_like(effects)
    for cohort in np.unique(grid.cohort[weights.any(axis=1)]):
        rows = np.flatnonzero(grid.cohort == cohort)
        names, own = np.unique(clusters[rows], return_inverse=True)
        v = _sum_by(own, len(names), weights[rows])
        v_effect = _sum_by(own, len(names), weights[rows] * effects[rows])
        top, bottom = (v * v_effect).sum(axis=0), (v**2).sum(axis=0)
        if leave_one_out:
            top, bottom = (top - v * v_effect)[own], (bottom - v**2)[own]
            bottom = np.where(bottom > 1e-12 * (v**2)[own], bottom, 0.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            average = top / bottom
        found[rows] = np.where(weights[rows] > 0, effects[rows] - average, 0.0)
    return found


def _sum_by(codes: Ints, count: int, values: Floats) -> Floats:
    """Sum lines by code."""
    if count == len(codes) and bool((codes == np.arange(count)).all()):
        return values
    sums = np.zeros((count, values.shape[1]))
    np.add.at(sums, codes, values)
    return sums


def line_score(grid: Grid, weights: Floats, residual: Floats) -> Score:
    """Give the score of each line: weights times residuals."""
    if not grid.collapsed:
        return np.empty(0), (weights * residual).sum(axis=1)
    each = weights / grid.size[:, None]
    return each, (each * residual).sum(axis=1)


def _by_unit(panel: Panel, grid: Grid, constant: Floats, slopes: Floats) -> Floats:
    """Sum over units what moments give up to rounding only, where residuals are next to nought."""
    found = np.zeros((constant.shape[1],) * 2)
    for at, cohort in enumerate(grid.cohort):
        own = panel.wide[panel.cohorts == cohort]
        sums = constant[at] + (own - own.mean(axis=0)) @ slopes[at]
        found += sums.T @ sums
    return found


def covariance_of(panel: Panel, grid: Grid, scores: list[Score], n_leads: int) -> Floats:
    """Sum the outer products of the clusters' scores; least squares has the factor G/(G-1)."""
    constant = np.column_stack([rest for _, rest in scores])
    n_clusters = count_clusters(panel)
    if n_clusters == 1:
        return np.full((len(scores), len(scores)), np.nan)
    if grid.collapsed:
        covariance = (constant * grid.size[:, None]).T @ constant
        own = panel.moments.covariances * grid.size[:, None, None]
        slopes = np.stack([slope for slope, _ in scores], axis=2)
        covariance += np.einsum("gtk,gts,gsj->kj", slopes, own, slopes, optimize=True)
        if cancelled(np.sqrt(np.maximum(np.diag(covariance), 0.0)), panel.y):
            covariance = _by_unit(panel, grid, constant, slopes)
    else:
        sums = _sum_by(clusters_of(panel), n_clusters, constant)
        covariance = sums.T @ sums
    factor = np.ones(len(scores))
    factor[len(scores) - n_leads :] = np.sqrt(n_clusters / (n_clusters - 1))
    found: Floats = covariance * np.outer(factor, factor)
    return found
