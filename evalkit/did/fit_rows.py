"""A two-way regression from the rows: repeated cross-sections, and panels with few rows a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.did import sandwich
from evalkit.did.absorb import absorb
from evalkit.did.normal_equations import Normal, independent, solve
from evalkit.did.sandwich import Errors
from evalkit.panel import Panel, PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class _Rows:
    """The rows in use, with regressors and outcome before the effects are taken out."""

    columns: Floats
    y: Floats
    weights: Floats | None
    group: Ints
    time: Ints
    cluster: Ints


def from_rows(panel: Panel, design: Floats, covariates: Sequence[str], errors: Errors) -> Normal:
    """Fit any panel.

    Parameters
    ----------
    panel
        The panel; a row of weight nought is no row.
    design
        Shape (cohorts, periods, regressors), cohorts ascending.
    covariates
        Names of further regressors.
    errors
        Whose scores the meat sums: clusters, or rows.

    Raises
    ------
    PanelError
        A covariate has missing values.
    """
    rows = _read(panel, design, covariates)
    scale = _scale(rows.columns, rows.weights)
    total = _sum_of_squares(rows.y, rows.weights)
    clean = absorb(np.column_stack([rows.columns, rows.y]), rows.group, rows.time, rows.weights)
    columns, y = clean[:, :-1], clean[:, -1]
    heavy = columns if rows.weights is None else columns * rows.weights[:, None]
    gram = heavy.T @ columns
    kept = independent(gram, scale)
    beta = solve(gram[np.ix_(kept, kept)], heavy[:, kept].T @ y)
    rest = y - columns[:, kept] @ beta
    scores = heavy[:, kept] * rest[:, None]
    distinct, codes = np.unique(rows.cluster, return_inverse=True)
    if errors == "cluster":
        scores = sandwich.sums_by(codes, scores, len(distinct))
    return Normal(
        gram, beta, kept, sandwich.meat_of(scores), _sum_of_squares(rest, rows.weights), total,
        len(y), len(distinct), len(np.unique(rows.group)), len(np.unique(rows.time)),
    )  # fmt: skip


def _read(panel: Panel, design: Floats, covariates: Sequence[str]) -> _Rows:
    extra = complete_covariates(panel, covariates)
    use = np.arange(panel.n_rows) if panel.weights is None else np.flatnonzero(panel.weights)
    unit, time = panel.unit[use], panel.time[use]
    place = np.searchsorted(np.unique(panel.cohorts), panel.cohorts)[unit]
    weights = None if panel.weights is None else panel.weights[use]
    y = panel.y[use]
    return _Rows(
        columns=np.column_stack([design[place, time], extra[use]]),
        y=y - np.average(y, weights=weights),
        weights=weights,
        group=place if panel.names["unit"] is None else unit,
        time=time,
        cluster=unit if panel.clusters is None else panel.clusters[unit],
    )


def complete_covariates(panel: Panel, covariates: Sequence[str]) -> Floats:
    """Read covariates, shape (rows, covariates).

    Raises
    ------
    PanelError
        One has missing values.
    """
    values = panel.covariates(list(covariates))
    missing = np.isnan(values).sum(axis=0)
    if missing.any():
        at = int(np.argmax(missing > 0))
        raise PanelError(
            f"the covariate '{covariates[at]}' is missing in {int(missing[at])} rows",
            hint="leave these rows out of the table first, or fill them",
        )
    return values


def _scale(columns: Floats, weights: Floats | None) -> Floats:
    centre = np.average(columns, axis=0, weights=weights)
    return np.array(
        [_sum_of_squares(columns[:, j] - centre[j], weights) for j in range(columns.shape[1])]
    )


def _sum_of_squares(values: Floats, weights: Floats | None) -> float:
    return float(values @ values if weights is None else (values * weights) @ values)
