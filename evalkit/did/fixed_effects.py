"""Least squares with unit and period effects, from moments or from rows.

The regressors of interest are a function of cohort and period. Coefficients and sandwich of a
balanced panel follow from its moments alone; with weights, gaps or covariates from its units by
periods; and of repeated cross-sections from the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.did import sandwich
from evalkit.did.fit_moments import from_moments
from evalkit.did.fit_rows import from_rows
from evalkit.did.fit_wide import fits_wide, from_wide
from evalkit.did.normal_equations import Bools, Normal, bread
from evalkit.did.sandwich import Errors, Factor
from evalkit.panel import Panel, PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

CANCELLED = 1e-9
"""Share of residual in total variation below which moments lose digits; the rows do not."""


@dataclass(frozen=True)
class Regression:
    """A fitted regression.

    Attributes
    ----------
    coefficients : ndarray, shape (regressors,)
        Of the design first, then of the covariates; NaN where collinear.
    covariance : ndarray, shape (regressors, regressors)
        NaN where collinear, or when the fit is perfect.
    kept : ndarray of bool, shape (regressors,)
        Which regressors are no combination of those before them and the fixed effects.
    factor
        The small-sample factor.
    clusters, rows
        How many there are.
    exact
        Whether the regression fits every row, so that no error can be estimated.
    """

    coefficients: Floats
    covariance: Floats
    kept: Bools
    factor: Factor
    clusters: int
    rows: int
    exact: bool


def regress(
    panel: Panel,
    design: Floats,
    covariates: Sequence[str] = (),
    *,
    errors: Errors = "cluster",
    small_sample: bool = True,
) -> Regression:
    """Regress the outcome on a design, covariates, unit effects and period effects.

    In repeated cross-sections the effects of units are those of cohorts.

    Parameters
    ----------
    panel
        The panel; its weights are analytic weights.
    design
        Shape (cohorts, periods, regressors); cohorts ascending, as in ``panel.moments``.
    covariates
        Names of further regressors, at each row's own period.
    errors
        ``cluster`` (by the panel's cluster), ``hetero`` or ``iid``.
    small_sample
        Whether to apply fixest's small-sample factor.

    Returns
    -------
    Regression

    Raises
    ------
    PanelError
        There is one cluster, the outcome never varies, or a covariate has missing values.
    """
    sandwich.check_kind(errors)
    _, clusters = cluster_codes(panel)
    if errors == "cluster" and clusters < 2:
        raise PanelError(
            "there is one cluster, so no clustered error can be computed",
            hint="cluster by a finer column, or leave `cluster` out to cluster by unit",
        )
    found = None
    if panel.balanced and panel.weights is None and not covariates:
        found = from_moments(panel, design, errors, clusters)
    if found is None or found.residual < CANCELLED * found.total:
        route = from_wide if fits_wide(panel) else from_rows
        found = route(panel, design, covariates, errors)
    return _finish(panel, found, errors, small_sample=small_sample)


def cluster_codes(panel: Panel) -> tuple[Ints | None, int]:
    """Give the cluster of each unit (None: units are the clusters) and the number of clusters."""
    if panel.scanned or panel.clusters is None:
        return None, panel.n_clusters
    return panel.clusters, int(panel.clusters.max()) + 1


def _finish(panel: Panel, found: Normal, errors: Errors, *, small_sample: bool) -> Regression:
    if found.total <= 1e-20 * max(panel.squares, 1e-300):
        raise PanelError(
            f"the outcome '{panel.names['outcome']}' is the same in every row",
            hint="there is nothing to explain; see whether this is the right column",
        )
    parameters = int(found.kept.sum()) + _effects(panel, found, errors)
    factor = sandwich.small_sample(
        errors, found.rows, found.clusters, parameters, apply=small_sample
    )
    between = bread(found.gram[np.ix_(found.kept, found.kept)])
    meat = found.meat
    if errors == "iid":  # the meat of equal variances is their bread
        meat = found.gram[np.ix_(found.kept, found.kept)] * (found.residual / found.rows)
    exact = found.residual <= 1e-20 * found.total
    size = len(found.kept)
    coefficients, covariance = np.full(size, np.nan), np.full((size, size), np.nan)
    coefficients[found.kept] = found.beta
    if not exact:
        inner = sandwich.sandwich(between, meat, factor)
        covariance[np.ix_(found.kept, found.kept)] = inner
    return Regression(
        coefficients, covariance, found.kept, factor, found.clusters, found.rows, exact
    )


def _effects(panel: Panel, found: Normal, errors: Errors) -> int:
    """Count the fixed effects that a small-sample factor counts.

    Unit effects are nested in clusters of units, and then count as one constant.
    """
    nested = errors == "cluster" and panel.names["unit"] is not None
    return (1 if nested else found.groups) + found.periods - 1
