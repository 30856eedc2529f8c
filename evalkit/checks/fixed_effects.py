"""A regression with unit and period effects, as sums per cluster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.linalg import qr

from evalkit.checks.footing import weighing
from evalkit.language.told import told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, Ints

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Design:
    """What a cluster bootstrap needs of a regression of y on x, its nuisances taken out.

    Unit effects are nested in clusters, so taking them out leaves a cluster's rows its own; the
    other nuisances are an orthonormal basis Q. The residual maker M = I - QQ' gives the score
    x_g'(M u 1_h)_g of cluster g from the residuals u of cluster h alone as
    1{g = h} x_h'u_h - (x_g'Q_g)(Q_h'u_h).

    Attributes
    ----------
    estimate, std_error
        The coefficient and its cluster-robust error with small-sample factors.
    raw_error
        The error without these factors.
    clusters, treated_clusters
        How many clusters there are, and how many have treated units.
    total
        Sum of squares of x.
    scores_y, scores_x : ndarray, shape (clusters,)
        x_g'y_g and x_g'x_g.
    taken, left_y, left_x : ndarray, shape (clusters, nuisances)
        x_g'Q_g, and Q_h'u_h for the residuals of y and of x.
    """

    estimate: float
    std_error: float
    raw_error: float
    clusters: int
    treated_clusters: int
    total: float
    scores_y: Floats
    scores_x: Floats
    taken: Floats
    left_y: Floats
    left_x: Floats


def design(panel: Panel, event_time: int | None = None) -> Design:
    """Regress the outcome on being treated (or on one event time), unit and period effects.

    Repeated cross-sections have cohort effects instead of unit effects.

    Raises
    ------
    PanelError
        Nobody is treated, the event time does not occur or is the reference, there is one
        cluster, or the treatment cannot be told from the effects.
    """
    if not panel.treated_cohorts:
        raise PanelError(told("refused.untreated"), hint="see the cohort column")
    panel = weighing(panel.without_always_treated())
    cluster = _clusters(panel)
    count = int(cluster.max()) + 1
    x, nuisance = _regressors(panel, event_time)
    root = None if panel.weights is None else np.sqrt(panel.weights)
    columns = _within(panel, np.column_stack([panel.y, x, nuisance]), root)
    basis = _basis(columns[:, 2:])
    size = np.linalg.norm(columns[:, :2], axis=0)
    columns = columns[:, :2] - basis @ (basis.T @ columns[:, :2])
    own_y, own_x = columns[:, 0], columns[:, 1]
    total = float(own_x @ own_x)
    if total <= 1e-18 * panel.n_rows or np.sqrt(total) <= 1e-9 * size[1]:
        raise PanelError(
            told("refused.unit-effects"),
            hint="there must be units that are not yet or never treated in some period",
        )
    scores_y: Floats = np.bincount(cluster, own_x * own_y, minlength=count).astype(np.float64)
    scores_x: Floats = np.bincount(cluster, own_x**2, minlength=count).astype(np.float64)
    estimate = float(scores_y.sum() / total)
    raw = float(np.sqrt(((scores_y - estimate * scores_x) ** 2).sum())) / total
    rank = basis.shape[1] + 1 + (panel.names["unit"] is not None)
    factor = (panel.n_rows - 1) / (panel.n_rows - rank) * count / (count - 1)
    if raw <= 1e-12 * size[0] / np.sqrt(total):
        raise PanelError(
            told("refused.no-residual"),
            hint="see whether the outcome is constant",
        )
    treated = np.unique(cluster[panel.cohorts[panel.unit] != NEVER])
    return Design(
        estimate=estimate,
        std_error=raw * float(np.sqrt(factor)),
        raw_error=raw,
        clusters=count,
        treated_clusters=len(treated),
        total=total,
        scores_y=scores_y,
        scores_x=scores_x,
        taken=_by_cluster(basis, own_x, cluster, count),
        left_y=_by_cluster(basis, own_y, cluster, count),
        left_x=_by_cluster(basis, own_x, cluster, count),
    )


def _clusters(panel: Panel) -> Ints:
    """The cluster of each row, counted from 0."""
    by_unit = np.arange(panel.n_units) if panel.clusters is None else panel.clusters
    found, codes = np.unique(by_unit[panel.unit], return_inverse=True)
    if len(found) < 2:
        raise PanelError(told("refused.one-cluster"), hint="cluster by a finer column")
    return codes.astype(np.int64)


def _regressors(panel: Panel, event_time: int | None) -> tuple[Floats, Floats]:
    """The regressor of interest, and the other ones with the period effects."""
    cohort = panel.cohorts[panel.unit]
    period = panel.clock.values[panel.time]
    ever = cohort != NEVER
    times = (panel.time[:, None] == np.arange(1, panel.n_periods)[None, :]).astype(np.float64)
    if panel.names["unit"] is None:
        groups = np.unique(cohort)
        times = np.column_stack([times, (cohort[:, None] == groups[None, :]).astype(np.float64)])
    if event_time is None:
        return (ever & (period >= cohort)).astype(np.float64), times
    event = np.where(ever, period - cohort, -1)
    others = [int(e) for e in np.unique(event) if e not in (-1, event_time)]
    x = (ever & (event == event_time)).astype(np.float64)
    if event_time == -1 or not x.any():
        why = "is the reference" if event_time == -1 else "does not occur"
        known = ", ".join(str(e) for e in others)
        hint = f"choose from: {known}" if known else "see the cohort column"
        raise PanelError(f"the event time {event_time} {why}", hint=hint)
    dummies = (event[:, None] == np.array(others)[None, :]).astype(np.float64)
    return x, np.column_stack([times, dummies])


def _within(panel: Panel, columns: Floats, root: Floats | None) -> Floats:
    """Take unit effects out, and multiply by the root of the weights."""
    if panel.names["unit"] is None:
        return columns if root is None else columns * root[:, None]
    weight = np.ones(panel.n_rows) if root is None else root**2
    sums = np.add.reduceat(columns * weight[:, None], panel.first_rows, axis=0)
    sizes = np.add.reduceat(weight, panel.first_rows)
    means = sums / np.where(sizes > 0, sizes, 1.0)[:, None]
    centred: Floats = columns - means[panel.unit]
    return centred if root is None else centred * root[:, None]


def _basis(columns: Floats) -> Floats:
    """An orthonormal basis of the nuisances; a column that follows from others is left out."""
    q, r, _ = qr(columns, mode="economic", pivoting=True)
    pivots = np.abs(np.diag(r))
    kept = pivots > 1e-10 * max(float(pivots.max(initial=0.0)), 1e-300)
    basis: Floats = np.asarray(q[:, kept], dtype=np.float64)
    return basis


def _by_cluster(basis: Floats, own: Floats, cluster: Ints, count: int) -> Floats:
    found = [np.bincount(cluster, one * own, minlength=count) for one in basis.T]
    return np.column_stack(found) if found else np.zeros((count, 0))
