"""A two-way regression of a balanced panel from its moments alone.

The regressors are a function of cohort and period. A unit's score is D'(y_i - c), with D the
demeaned design of its cohort and c the part of the outcome that is fitted, so that sums of products
of scores are D'GD less terms in the sums: the rows are not needed again.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.did import sandwich
from evalkit.did.normal_equations import Normal, independent, solve
from evalkit.did.sandwich import Errors
from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]


def from_moments(panel: Panel, design: Floats, errors: Errors, clusters: int) -> Normal:
    """Fit a balanced panel without weights and covariates.

    Parameters
    ----------
    panel
        The panel.
    design
        Shape (cohorts, periods, regressors), cohorts as in ``panel.moments``.
    errors
        Whose scores the meat sums: clusters, or rows.
    clusters
        Number of clusters; units where there are no others.
    """
    found = panel.moments
    share = found.counts / found.counts.sum()
    grand = np.tensordot(share, design, axes=1)
    clean = design - design.mean(axis=1, keepdims=True) - (grand - grand.mean(axis=0))
    gram = np.einsum("g,gtj,gtk->jk", found.counts, clean, clean, optimize=True)
    about = design - grand.mean(axis=0)
    scale = np.einsum("g,gtk,gtk->k", found.counts, about, about)
    kept = independent(gram, scale)
    clean = clean[:, :, kept]
    beta = solve(gram[np.ix_(kept, kept)], np.einsum("gtk,gt->k", clean, found.sums))
    level = found.sums.sum(axis=0) / found.counts.sum()
    fitted = level + clean @ beta
    inner = _inner(found.grams, found.sums, found.counts, fitted)
    squares = _demeaned_diagonal(inner)
    total = float(np.einsum("gtt->", found.grams))
    if errors == "hetero":
        meat = np.einsum("gt,gtj,gtk->jk", squares, clean, clean, optimize=True)
    elif not panel.clustered:
        meat = np.einsum("gtj,gts,gsk->jk", clean, inner, clean, optimize=True)
    else:
        meat = sandwich.meat_of(_cluster_scores(panel, clean, fitted))
    return Normal(
        gram, beta, kept, meat, float(squares.sum()), total,
        panel.n_rows, clusters, panel.n_units, panel.n_periods,
    )  # fmt: skip


def _inner(grams: Floats, sums: Floats, counts: Floats, fitted: Floats) -> Floats:
    """Sum (y_i - c)(y_i - c)' over the units of each cohort."""
    cross = sums[:, :, None] * fitted[:, None, :]
    outer = counts[:, None, None] * fitted[:, :, None] * fitted[:, None, :]
    found: Floats = grams - cross - cross.transpose(0, 2, 1) + outer
    return found


def _demeaned_diagonal(inner: Floats) -> Floats:
    """Sum of squared residuals per cohort and period: the diagonal of QAQ, Q taking out means."""
    rows = inner.mean(axis=2)
    diagonal = np.einsum("gtt->gt", inner)
    found: Floats = diagonal - 2 * rows + rows.mean(axis=1, keepdims=True)
    return np.maximum(found, 0.0)


def _cluster_scores(panel: Panel, clean: Floats, fitted: Floats) -> Floats:
    """Sum scores within clusters above the unit, from sums per cluster, cohort and period."""
    counts, sums = panel.cluster_sums
    rest = sums - counts[:, :, None] * fitted
    found: Floats = np.einsum("cgt,gtk->ck", rest, clean, optimize=True)
    return found
