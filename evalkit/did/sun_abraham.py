"""The interaction-weighted event study of Sun and Abraham."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from evalkit.did.coefficients import collinear_notes, inference_of, warn_thin
from evalkit.did.cohort_grid import CohortGrid, cohort_grid
from evalkit.did.effect import estimates
from evalkit.did.fixed_effects import Regression, regress
from evalkit.did.interaction_weighted import SunAbraham, average
from evalkit.did.method import Method
from evalkit.did.sandwich import Errors
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

METHOD = Method(
    name="sun_abraham",
    title="Interaction-weighted event study",
    question="What did the treatment do, by time since it began, when effects may differ between "
    "cohorts?",
    estimand="per event time, the average over cohorts of the effect on the treated, each cohort "
    "weighted by its share of the observations at that event time",
    equation=r"Y_{it} = \alpha_i + \lambda_t + \sum_{g} \sum_{e \neq -1} \delta_{g,e}\, "
    r"1\{G_i = g\}\, 1\{t - g = e\} + \varepsilon_{it}, \quad "
    r"\hat\nu_e = \sum_g \widehat{\Pr}(G = g \mid e)\, \hat\delta_{g,e}",
    assumptions=(
        (
            "parallel trends: without treatment, the outcomes of all cohorts and of the comparison "
            "group would have moved alike, in all periods"
        ),
        "no anticipation before the reference event time",
        "covariates are not themselves moved by the treatment",
        "clusters are independent of each other",
    ),
    standard_errors="those of the regression, clustered by unit or above it, with fixest's factors "
    "(n-1)/(n-K) and G/(G-1), K counting slopes and period effects and the unit effects once; "
    "cohort shares are taken as fixed; t distribution with G-1 degrees of freedom.",
    edge_cases=(
        "units treated from the first period on leave, counted",
        (
            "without never-treated units the last cohort is the comparison, and the periods from "
            "its treatment on leave, counted"
        ),
        "a cohort that is not observed at the reference event time is an error",
        "a cohort of one unit keeps its estimate, with a warning: its error is far too small",
        "collinear covariates leave, with a warning",
    ),
    differs=(
        (
            "fixest::sunab gives the same numbers, except when there are always-treated units: "
            "fixest 0.12.2 takes the cohort's index for a row number, removes one wrong row and "
            "keeps them as controls; leave them out before the call"
        ),
        (
            "group_time with never-treated controls and a universal base gives the same effects "
            "per cohort on a balanced panel without covariates; its errors also count the "
            "uncertainty of the cohort shares and have no small-sample factor"
        ),
    ),
    reference="Sun, L. and Abraham, S. (2021). Estimating dynamic treatment effects in event "
    "studies with heterogeneous treatment effects. Journal of Econometrics 225(2), 175-199.",
)


def sun_abraham(
    panel: Panel,
    reference: int = -1,
    covariates: Sequence[str] | None = None,
    *,
    errors: Errors = "cluster",
    small_sample: bool = True,
    alpha: float = 0.05,
) -> SunAbraham:
    """Estimate effects per cohort and event time in one regression and average over cohorts.

    Parameters
    ----------
    panel
        Units by periods, balanced or not; its weights are analytic weights.
    reference
        Event time that all others are compared with.
    covariates
        Columns that move in time, taken at each row's own period.
    errors
        ``cluster`` by the panel's cluster, ``hetero`` by row, or ``iid``.
    small_sample
        Whether to apply fixest's small-sample factors.
    alpha
        One less the confidence level.

    Returns
    -------
    SunAbraham
        One row per event time, in the outcome's unit; ``aggregate`` gives other averages and
        ``by_cohort`` the effects behind them. ``n_units`` counts treated units observed.

    Raises
    ------
    PanelError
        Nobody is treated, a cohort is not observed at the reference, no comparison group is left,
        there is one cluster, or the outcome is constant.

    Notes
    -----
    Estimand, assumptions, errors and source: see ``METHOD``. A balanced panel without covariates
    and weights needs only its moments.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> frame = pd.DataFrame({
    ...     "firm": [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], "year": [2019, 2020, 2021] * 4,
    ...     "jobs": [4.0, 5, 8, 5, 7, 9, 4, 4, 5, 6, 7, 7], "start": [2021] * 6 + [0] * 6})
    >>> panel = Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = sun_abraham(panel)
    >>> fit.tidy()[["term", "event_time", "estimate"]]
                term  event_time  estimate
    0  ATT(event=-2)          -2      -1.0
    1   ATT(event=0)           0       2.0
    """
    panel, notes = _with_comparison(panel.without_always_treated())
    grid = cohort_grid(panel)
    places = _places(grid, panel, reference)
    hot = np.zeros((*grid.units.shape, len(places)))
    for j, (g, t) in enumerate(places):
        hot[g, t, j] = 1.0
    names = list(covariates or ())
    found = regress(panel, hot, names, errors=errors, small_sample=small_sample)
    if not found.kept[: len(places)].all():
        g, t = places[int(np.argmin(found.kept[: len(places)]))]
        raise PanelError(
            f"the effect of cohort {panel.clock.label(int(grid.cohorts[g]))} at event time "
            f"{grid.event[g, t]} cannot be told from the unit and period effects",
            hint="no comparison unit is observed in that period; see the shape of the panel",
        )
    rows = _rows(panel, grid, places)
    notes = [f"the reference is event time {reference}", *notes, *collinear_notes(found, names)]
    lone = [f"cohort {g}" for g in rows.loc[rows["n_units"] == 1, "cohort"].unique()]
    notes += warn_thin(panel, found, errors, lone, [1.0] * len(lone))
    return _result(panel, found, errors, alpha, rows, notes)


def _with_comparison(panel: Panel) -> tuple[Panel, list[str]]:
    """Make the last cohort the comparison when nobody is never treated."""
    if not panel.treated_cohorts:
        raise PanelError("no unit is treated within the panel", hint="see the column of the cohort")
    if (panel.cohorts == NEVER).any():
        return panel, []
    last = panel.treated_cohorts[-1]
    shown = panel.clock.label(last)
    if len(panel.treated_cohorts) == 1:
        raise PanelError(
            f"all units are treated from {shown} on, so there is no comparison group",
            hint="some units must be treated later or never",
        )
    note = f"nobody is never treated: the cohort of {shown} is the comparison, before {shown}"
    return panel.before(last, "the last cohort, which is the comparison, is treated"), [note]


def _places(grid: CohortGrid, panel: Panel, reference: int) -> list[tuple[int, int]]:
    """List the cells with an effect, by event time and then cohort."""
    for g in np.flatnonzero(grid.cohorts != NEVER):
        if not (grid.treated[g] & (grid.event[g] == reference)).any():
            raise PanelError(
                f"the cohort of {panel.clock.label(int(grid.cohorts[g]))} is not observed at the "
                f"reference event time {reference}",
                hint="give another `reference`, leave this cohort out, or use group_time",
            )
    found = [
        (int(g), int(t)) for g, t in np.argwhere(grid.treated) if grid.event[g, t] != reference
    ]
    return sorted(found, key=lambda at: (grid.event[at], at[0]))


def _rows(panel: Panel, grid: CohortGrid, places: Sequence[tuple[int, int]]) -> pd.DataFrame:
    """Name the cells, count their units and weigh them by their observations."""
    share = grid.units
    if panel.weights is not None:
        place = np.searchsorted(grid.cohorts, panel.cohorts)[panel.unit]
        cell = place * panel.n_periods + panel.time
        mass = np.bincount(cell, weights=panel.weights, minlength=grid.units.size)
        share = mass.reshape(grid.units.shape).astype(np.float64)
    return pd.DataFrame(
        {
            "cohort": [panel.clock.label(int(grid.cohorts[g])) for g, _ in places],
            "time": [panel.clock.label(int(panel.clock.values[t])) for _, t in places],
            "event_time": [int(grid.event[at]) for at in places],
            "n_units": [int(grid.units[at]) for at in places],
            "share": [float(share[at]) for at in places],
        }
    )


def _result(
    panel: Panel,
    found: Regression,
    errors: Errors,
    alpha: float,
    rows: pd.DataFrame,
    notes: Sequence[str],
) -> SunAbraham:
    size = len(rows)
    terms = [f"ATT({g},{t})" for g, t in zip(rows["cohort"], rows["time"], strict=True)]
    covariance = pd.DataFrame(found.covariance[:size, :size], index=terms, columns=terms)
    by_cohort = estimates(
        terms, found.coefficients[:size], np.sqrt(np.diag(covariance)), alpha=alpha,
        df=found.factor.df, **{str(name): rows[name].to_numpy() for name in rows},
    )  # fmt: skip
    bare = SunAbraham(
        method=METHOD,
        outcome=str(panel.names["outcome"]),
        table=by_cohort,
        inference=inference_of(panel, found, errors, alpha),
        dropped=panel.dropped,
        notes=tuple(notes),
        by_cohort=by_cohort,
        by_cohort_covariance=covariance,
    )
    table, averaged = average(by_cohort, covariance, "event", bare)
    return replace(bare, table=table, covariance=averaged)
