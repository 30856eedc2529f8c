"""Difference-in-differences of two groups and two periods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from evalkit.did.cells import Cell
from evalkit.did.clusters import few_clusters
from evalkit.did.comparison_group import refuse_without_weight
from evalkit.did.effect import Effect, estimates
from evalkit.did.extrapolation import beyond_controls
from evalkit.did.few_treated import few_treated
from evalkit.did.fit_profile import from_profile, thinnest
from evalkit.did.inference import Inference
from evalkit.did.options import check_alpha, check_choice, check_panel, covariate_names
from evalkit.did.overlap import OVERLAP
from evalkit.did.rounding import rounding
from evalkit.did.sample import Sample
from evalkit.did.suppression import few
from evalkit.did.two_by_two_error import FACTOR, error_of, refuse_one_cluster
from evalkit.did.two_by_two_method import METHOD
from evalkit.did.two_groups import Part, TwoGroups, compare
from evalkit.did.undetermined import Undetermined
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER
from evalkit.panel.warned import warn_user

Floats = np.ndarray[Any, np.dtype[np.float64]]
How = Literal["dr", "dr_improved", "reg", "ipw", "ipw_ht"]

__all__ = ["METHOD", "two_by_two"]


def two_by_two(
    panel: Panel,
    method: How = "dr",
    covariates: str | Sequence[str] | None = None,
    alpha: float = 0.05,
    *,
    efficient: bool = True,
) -> Effect:
    """Compare the change of a treated group with that of a group that is not treated.

    Parameters
    ----------
    panel
        Two periods and one cohort, treated in the second, beside units that are not. Without a
        unit column it is read as repeated cross-sections.
    method
        ``dr``: doubly robust; ``dr_improved``: doubly robust also in its errors; ``reg``: outcome
        regression; ``ipw``: inverse probability weighting, normalised; ``ipw_ht``: the same, not
        normalised.
    covariates
        Columns, at the first period in a panel.
    alpha
        One less the confidence level.
    efficient
        In repeated cross-sections, whether the doubly robust ones also model the outcome of the
        treated, which is efficient.

    Returns
    -------
    Effect
        One row, ``ATT``, in the outcome's unit. ``n_units`` counts the treated units (rows in
        repeated cross-sections).

    Raises
    ------
    EvalkitError
        The method is unknown.
    PanelError
        There are not two periods and two groups, a model is not determined, the outcome is
        constant, or there is one cluster.

    Notes
    -----
    Estimand: the average effect on the treated in the second period. Assumptions: parallel
    trends given covariates, no anticipation, no spillovers, overlap. ``fit.assumptions`` has
    these in full, and ``fit.method`` what docs/methodology/two_by_two.md says of equation,
    errors, edge cases and other software.

    References
    ----------
    Sant'Anna & Zhao (2020), Journal of Econometrics 219(1), 101-122.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...                       "jobs": [5.0, 8, 5, 7, 4, 5, 6, 6], "start": [2021] * 4 + [0] * 4})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = ek.did.two_by_two(panel)
    >>> fit.tidy()[["term", "estimate", "n_units"]]
      term  estimate  n_units
    0  ATT       2.0        2
    """
    check_panel(panel)
    check_alpha(alpha)
    check_choice("method", method, get_args(How))
    refuse_without_weight(panel)
    panel = _two_periods(panel)
    names = covariate_names(covariates)
    if panel.scanned:
        panel = panel.without_missing(names)
        value, error, inference, treated, notes = _from_queries(panel, method, alpha)
    else:
        value, error, inference, treated, notes = _from_rows(
            panel, names, method, alpha, efficient=efficient
        )
    notes += few_clusters(panel, told("clusters.jackknife"))
    if not error > rounding(panel.extremes):
        error = np.nan
    table = estimates(["ATT"], np.array([value]), np.array([error]), alpha=alpha, n_units=[treated])
    covariance = pd.DataFrame([[error**2]], index=["ATT"], columns=["ATT"])
    outcome = str(panel.names["outcome"])
    return Effect(
        METHOD, outcome, table, inference, covariance, panel.dropped, tuple(notes),
        minimum_cell=panel.minimum_cell, compared=panel.cohort_sizes[NEVER],
    )  # fmt: skip


def _from_rows(
    panel: Panel, names: tuple[str, ...], method: How, alpha: float, *, efficient: bool
) -> tuple[float, float, Inference, int, list[Told]]:
    """Estimate from the rows: value, error, how, treated units, and what a reader has to know."""
    data, notes = _read(panel, names)
    try:
        found = compare(data, method, efficient=efficient)
    except Undetermined as why:
        raise PanelError(
            f"there is no estimate: {why}",
            hint="leave covariates out, or compare with units like the treated; the check "
            "`overlap` shows where they differ",
        ) from None
    error, inference = error_of(panel, found.influence, alpha)
    counts = [
        min(int(((group * part.rows) > 0).sum()) for part in data.parts)
        for group in (data.own, data.others)
    ]
    notes += _warnings(panel, counts, 4 + data.X.shape[1], found.highest, error)
    if method == "reg":
        notes += _extrapolates(panel, data, names)
    return found.value, error, inference, int(data.treated.sum()), notes


def _from_queries(
    panel: Panel, method: How, alpha: float
) -> tuple[float, float, Inference, int, list[Told]]:
    """Estimate from what queries tell of a panel whose rows are not in memory."""
    cross = panel.names["unit"] is None
    if cross and method == "ipw_ht":
        raise PanelError(
            "weights that are not normalised need the rows of cross-sections in memory",
            hint="use another method (without covariates all others are the same), or "
            "Panel(..., engine='memory')",
        )
    treated = panel.treated_cohorts
    sample = Sample(panel, panel.clock.values, treated, balanced=not cross)
    found, sizes, lacking = from_profile(sample, [Cell(treated[0], 1, 0, (NEVER,))])
    if lacking:
        what = f"there is no estimate: {lacking[0][1]}"
        raise PanelError(what, hint="see the column of the weights")
    variance = float(found.covariance[0, 0])
    if panel.clustered:
        refuse_one_cluster(panel.n_clusters)
        inference = Inference("analytic", str(panel.names["cluster"]), panel.n_clusters, alpha)
    else:
        units = panel.n_units
        unit = str(panel.names["unit"] or "row")
        variance *= units / (units - 1)
        inference = Inference("analytic", unit, units, alpha, factor=FACTOR)
    error = float(np.sqrt(max(variance, 0.0)))
    highest = 0.0 if method == "reg" else float(found.shares[0])
    counts = thinnest(panel, (treated[0], NEVER)) if cross else list(sizes[0])
    notes = _warnings(panel, counts, 5, highest, error)
    return float(found.effects[0]), error, inference, panel.cohort_sizes[treated[0]], notes


def _two_periods(panel: Panel) -> Panel:
    """Refuse what is not two groups in two periods; leave out units that lack one."""
    if panel.n_periods != 2:
        raise PanelError(
            f"the panel has {panel.n_periods} periods, and a two-by-two comparison has two",
            hint="select two periods, or use group_time",
        )
    panel = panel.without_always_treated()
    if panel.names["unit"] is not None and not panel.balanced:
        panel = panel.complete()
    treated = panel.treated_cohorts
    if not treated:
        raise PanelError(
            "no unit is first treated in the second period", hint="see the column of the cohort"
        )
    if NEVER not in panel.cohort_sizes:
        raise PanelError(
            "every unit is treated in the second period, so there is no comparison group",
            hint="add units that are not treated by then",
        )
    if float(np.ptp(panel.extremes)) == 0:
        raise PanelError(
            f"the outcome '{panel.names['outcome']}' is the same in every row",
            hint="there is nothing to explain; see whether this is the right column",
        )
    return panel


def _read(panel: Panel, names: tuple[str, ...]) -> tuple[TwoGroups, list[Told]]:
    """Read outcome, groups, covariates and weights of each unit (or row of a cross-section)."""
    cross = panel.names["unit"] is None
    columns = panel.covariates(names)
    missing = np.isnan(columns).any(axis=0)
    if missing.any():
        raise PanelError(
            f"the covariate '{names[int(np.argmax(missing))]}' has missing values",
            hint="leave these units out of the table first, or fill them",
        )
    notes = [] if cross else _moving(columns, names)
    base = slice(None) if cross else slice(0, None, 2)
    columns = columns[base]
    spread = columns.std(axis=0)
    columns = (columns - columns.mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    rows = len(columns)
    w = np.ones(rows) if panel.weights is None else panel.weights[base]
    y = panel.y if cross else panel.wide[:, 1] - panel.wide[:, 0]
    parts: tuple[Part, ...] = (Part(1.0, np.ones(rows)),)
    if cross:
        post = panel.time.astype(np.float64)
        parts = (Part(1.0, post, "after"), Part(-1.0, 1 - post, "before"))
    treated = (panel.cohorts != NEVER).astype(np.float64)
    X = np.column_stack([np.ones(rows), columns])
    return TwoGroups(y, treated, X, w / w.mean(), parts, ("constant", *names)), notes


def _moving(columns: Floats, names: tuple[str, ...]) -> list[Told]:
    moves = (columns[0::2] != columns[1::2]).any(axis=0)
    return [
        told("two-by-two.moving", name=name) for name, one in zip(names, moves, strict=True) if one
    ]


def _warnings(
    panel: Panel, counts: Sequence[int], enough: int, highest: float, error: float
) -> list[Told]:
    """Say where the estimate or its error cannot be trusted, with a warning.

    `counts` are the treated and the compared units, of which `enough` should be there.
    """
    notes = []
    if highest >= OVERLAP:
        notes.append(told("two-by-two.overlap", highest=highest))
    names = (told("two-by-two.treated"), told("two-by-two.comparison"))
    for name, count in zip(names, counts, strict=True):
        shown = few(count, panel.minimum_cell)
        if shown == 1:
            notes.append(told("two-by-two.one-unit", group=name))
        elif count < enough:
            notes.append(told("two-by-two.few-units", group=name, count=shown, enough=enough))
    if not error > rounding(panel.extremes):
        notes.append(told("two-by-two.no-variation"))
    for note in notes:
        warn_user(note)
    # Without clusters the sizes of the groups have said it.
    return notes + few_treated(panel) if panel.clustered else notes


def _extrapolates(panel: Panel, data: TwoGroups, names: tuple[str, ...]) -> list[Told]:
    """Say where the regression is carried beyond the comparison units, with a warning."""
    values = panel.covariates(names)
    if panel.names["unit"] is not None:
        values = values[0::2]
    treated = data.treated > 0
    who = told("extrapolation.treated")
    limits = panel.minimum_cell is None
    notes = beyond_controls(values[treated], values[~treated], names, who, limits=limits)
    for note in notes:
        warn_user(note)
    return notes
