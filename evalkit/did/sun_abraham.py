"""The interaction-weighted event study of Sun and Abraham."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from evalkit.did.coefficients import collinear_notes, inference_of, warn_thin
from evalkit.did.cohort_grid import CohortGrid, cohort_grid
from evalkit.did.comparison_group import refuse_without_comparison
from evalkit.did.effect import estimates
from evalkit.did.fixed_effects import Regression, regress
from evalkit.did.interaction_weighted import SunAbraham, average, telling
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_panel, covariate_names, whole_number
from evalkit.did.period_name import name_at, period_name
from evalkit.did.rounding import known_errors
from evalkit.did.sandwich import Errors
from evalkit.did.suppression import untreated_at_first
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

METHOD = Method(
    name="sun_abraham",
    title="Interaction-weighted event study",
    question=(
        "What did the treatment do, by time since it began, when effects may differ between "
        "cohorts?"
    ),
    estimand=(
        "per event time, the average over cohorts of the effect on the treated, each cohort "
        "weighted by its share of the observations at that event time"
    ),
    equation=(
        r"Y_{it} = \alpha_i + \lambda_t + \sum_{g} \sum_{e \neq -1} \delta_{g,e}\, 1\{G_i = g\}\, "
        r"1\{t - g = e\} + \varepsilon_{it}, \quad \hat\nu_e = \sum_g \widehat{\Pr}(G = g \mid "
        r"e)\, \hat\delta_{g,e}"
    ),
    assumptions=(
        (
            "parallel trends: without treatment, the outcomes of all cohorts and of the comparison "
            "group would have moved alike, in all periods"
        ),
        "no anticipation before the reference event time",
        "no spillovers: the treatment of some leaves the outcome of the others untouched",
        (
            "covariates are not themselves moved by the treatment, and move the outcome alike in "
            "all cohorts"
        ),
        "clusters are independent of each other",
    ),
    standard_errors=(
        "those of the regression, clustered by unit or above it, with fixest's factors (n-1)/(n-K) "
        "and G/(G-1), K counting the slopes, the period effects less one, and the unit effects "
        "once; cohort shares are taken as fixed; t distribution with G-1 degrees of freedom. "
        "errors='hetero' and errors='iid' as in twfe."
    ),
    edge_cases=(
        "units treated from the first period on leave, counted",
        "one period before treatment: effects, and no coefficient that could test pre-trends",
        (
            "without never-treated units the last cohort is the comparison, and the periods from "
            "its treatment on leave, counted; when all are treated at once there is none: an error"
        ),
        "a cohort that is not observed at the reference event time is an error",
        "a cell in whose period no comparison unit is observed is an error that names it",
        (
            "a cohort of one unit keeps its estimate, with a warning: its error is far too small; "
            "so are all errors with fewer than five treated or untreated clusters, which have a "
            "warning too"
        ),
        "fewer than ten clusters: a warning; a single cluster: an error",
        "collinear covariates, and those fixed in time, leave, with a warning",
    ),
    differs=(
        (
            "fixest::sunab gives the same numbers, except when there are always-treated units: "
            "fixest 0.12.2 takes the cohort's index for a row number, removes one wrong row and "
            "keeps them as controls, although its manual says that they leave. On the divorce "
            "panel of our reference data, keeping them moves the average effect from -0.194 to "
            "-0.173 (a third of its standard error) and single event times by up to 0.055; leave "
            "them out before the call"
        ),
        (
            "fixest::sunab, as this, takes the shares as fixed; the paper's errors, and "
            "eventstudyinteract in Stata, count their uncertainty as well"
        ),
        (
            "group_time with never-treated controls and a universal base gives the same effects "
            "per cohort on a balanced panel without covariates; its errors also count the "
            "uncertainty of the cohort shares and have no small-sample factor"
        ),
    ),
    reference=(
        "Sun, L. and Abraham, S. (2021). Estimating dynamic treatment effects in event studies "
        "with heterogeneous treatment effects. Journal of Econometrics 225(2), 175-199."
    ),
)


def sun_abraham(
    panel: Panel,
    reference: int = -1,
    covariates: str | Sequence[str] | None = None,
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
    Estimand: per event time the average over cohorts of the effect on the treated, by their
    shares of the observations at that event time. Assumptions: parallel trends, no anticipation
    before the reference, no spillovers. ``fit.assumptions`` has these in full, and
    ``fit.method`` what docs/methodology/sun_abraham.md says of equation, errors, edge cases and
    other software. A balanced panel without covariates and weights needs only its moments.

    References
    ----------
    Sun & Abraham (2021), Journal of Econometrics 225(2), 175-199.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4], "year": [2019, 2020, 2021] * 4,
    ...     "jobs": [4.0, 5, 8, 5, 7, 9, 4, 4, 5, 6, 7, 7], "start": [2021] * 6 + [0] * 6})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = ek.did.sun_abraham(panel)
    >>> fit.tidy()[["term", "event_time", "estimate"]]
                term  event_time  estimate
    0  ATT(event=-2)          -2      -1.0
    1   ATT(event=0)           0       2.0
    """
    check_panel(panel)
    check_alpha(alpha)
    reference = whole_number("reference", reference)
    panel = panel.without_always_treated()
    grid = cohort_grid(panel)
    refuse_without_comparison(panel, grid)
    panel, notes = _with_comparison(panel)
    grid = cohort_grid(panel) if notes else grid
    places = _places(grid, panel, reference)
    hot = np.zeros((*grid.units.shape, len(places)))
    for j, (g, t) in enumerate(places):
        hot[g, t, j] = 1.0
    names = covariate_names(covariates)
    found = regress(panel, hot, names, errors=errors, small_sample=small_sample)
    if not found.kept[: len(places)].all():
        g, t = places[int(np.argmin(found.kept[: len(places)]))]
        raise PanelError(
            f"the effect of cohort {name_at(panel.clock, grid.cohorts[g])} at event time "
            f"{grid.event[g, t]} cannot be told from the unit and period effects",
            hint="no comparison unit is observed in that period; see the shape of the panel",
        )
    rows = _rows(panel, grid, places)
    notes = [told("regression.reference", events=[reference]), *notes]
    notes += collinear_notes(found, names)
    alone = rows.loc[rows["n_units"] == 1, "cohort"].unique()
    lone = [told("regression.cohort", cohort=period_name(g)) for g in alone]
    notes += warn_thin(panel, found, errors, lone)
    return replace(_result(panel, found, errors, alpha, rows, notes), base=(reference,))


def _with_comparison(panel: Panel) -> tuple[Panel, list[Told]]:
    """Make the last cohort the comparison when nobody is never treated."""
    if NEVER in panel.cohort_sizes:
        return panel, []
    last = panel.treated_cohorts[-1]
    note = told("sun-abraham.comparison", cohort=name_at(panel.clock, last))
    return panel.before(last, told("dropped.last")), [note]


def _places(grid: CohortGrid, panel: Panel, reference: int) -> list[tuple[int, int]]:
    """List the cells with an effect, by event time and then cohort."""
    for g in np.flatnonzero(grid.cohorts != NEVER):
        if not (grid.treated[g] & (grid.event[g] == reference)).any():
            raise PanelError(
                f"the cohort of {name_at(panel.clock, grid.cohorts[g])} is not observed at the "
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
    named = zip(rows["cohort"].map(period_name), rows["time"].map(period_name), strict=True)
    terms = [f"ATT({g},{t})" for g, t in named]
    own = found.covariance[:size, :size]
    std_error, own, nought = known_errors(terms, own, panel.extremes)
    covariance = pd.DataFrame(own, index=terms, columns=terms)
    by_cohort = estimates(
        terms, found.coefficients[:size], std_error, alpha=alpha,
        df=found.factor.df, **{str(name): rows[name].to_numpy() for name in rows},
    )  # fmt: skip
    bare = SunAbraham(
        method=METHOD,
        outcome=str(panel.names["outcome"]),
        table=by_cohort,
        inference=inference_of(panel, found, errors, alpha),
        dropped=panel.dropped,
        notes=(*notes, *nought),
        by_cohort=by_cohort,
        by_cohort_covariance=covariance,
    )
    table, averaged = average(by_cohort, covariance, "event", bare)
    return replace(
        bare, table=table, covariance=averaged,
        minimum_cell=panel.minimum_cell, compared=untreated_at_first(panel),
        telling=telling(by_cohort, "event", panel.minimum_cell),
    )  # fmt: skip
