"""The dynamic two-way fixed effects regression: one coefficient per event time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalkit.did.coefficients import collinear_notes, effect_of, warn_thin
from evalkit.did.cohort_grid import CohortGrid, cohort_grid
from evalkit.did.comparison_group import refuse_without_comparison
from evalkit.did.effect import Effect
from evalkit.did.fixed_effects import Regression, regress
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_panel, covariate_names, whole_number
from evalkit.did.sandwich import Errors
from evalkit.errors import EvalkitError
from evalkit.language.told import told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

METHOD = Method(
    name="event_study",
    title="Two-way fixed effects event study",
    question=(
        "How does the outcome of treated units differ from what unit and period effects predict, "
        "by time before and after treatment?"
    ),
    estimand=(
        "per event time, the coefficient of its dummy relative to the reference event time (-1 "
        "unless another is given): the average effect on the treated when the effect is the same "
        "in all cohorts, and otherwise a weighted sum of effects, also of other event times, in "
        "which weights may be negative"
    ),
    equation=(
        r"Y_{it} = \alpha_i + \lambda_t + \sum_{e \neq -1} \beta_e 1\{t - G_i = e\} + "
        r"X_{it}'\gamma + \varepsilon_{it}"
    ),
    assumptions=(
        (
            "parallel trends: without treatment, the outcomes of all cohorts and of the never "
            "treated would have moved alike"
        ),
        "no anticipation before the reference event time",
        "no spillovers: the treatment of some leaves the outcome of the others untouched",
        "homogeneous effects: at each event time the effect is the same in all cohorts",
        "covariates are not themselves moved by the treatment",
        "clusters are independent of each other",
    ),
    standard_errors=(
        "clustered by unit or above it, with fixest's factors (n-1)/(n-K) and G/(G-1), where n "
        "counts rows and G clusters; K counts the slopes, the period effects less one, and one for "
        "all unit effects together, since they are nested in the clusters; t distribution with G-1 "
        "degrees of freedom. errors='hetero' has n/(n-K), and errors='iid' the residual variance "
        "over n-K; both count every unit effect in K, have n-K degrees of freedom and are as a "
        "rule too small, because a unit's errors are correlated in time. In repeated "
        "cross-sections the effects are those of cohorts, and all of them count."
    ),
    edge_cases=(
        "units treated from the first period on have no period before and leave, counted",
        "one period before treatment: effects, and no coefficient that could test pre-trends",
        (
            "without never-treated units a line in event time cannot be told from unit and period "
            "effects: an error asks for a second reference; where all cohorts start d periods "
            "apart, d + 1 are needed"
        ),
        (
            "a cohort that is not observed at the reference stays: only the homogeneity of effects "
            "ties it to the other cohorts"
        ),
        (
            "an event time at which one unit is observed keeps its estimate, with a warning: its "
            "clustered error is far too small; so are all errors with fewer than five treated or "
            "untreated clusters, which have a warning too"
        ),
        "fewer than ten clusters: a warning; a single cluster: an error",
        "collinear covariates, and those fixed in time, leave, with a warning",
        "a regression that fits every row has no standard errors, and says so",
        (
            "with a window and without binning, event times outside it are estimated and not "
            "shown; with binning each end holds all event times beyond it, as if their effects "
            "were equal, and the checks of pre-trends leave such an end out; binning without a "
            "window is an error"
        ),
    ),
    differs=(
        "fixest::feols(y ~ i(rel, ref = -1) | unit + time) and pyfixest give the same numbers",
        (
            "linearmodels counts the unit effects in its clustered errors, which are larger by "
            "about the square root of T/(T-1): 5% with ten periods"
        ),
        (
            "fixest drops an arbitrary event time when there are no never-treated units, which "
            "turns all the other coefficients; here that is an error"
        ),
    ),
    reference=(
        "Sun, L. and Abraham, S. (2021). Estimating dynamic treatment effects in event studies "
        "with heterogeneous treatment effects. Journal of Econometrics 225(2), 175-199, on what "
        "the coefficients mean; Berge, L. (2018). Efficient estimation of maximum likelihood "
        "models with multiple fixed-effects: the R package FENmlm. CREA Discussion Paper 2018-13, "
        "on the errors."
    ),
)


def event_study(
    panel: Panel,
    reference: int | Sequence[int] = -1,
    window: tuple[int, int] | None = None,
    binned: bool = False,
    covariates: str | Sequence[str] | None = None,
    *,
    errors: Errors = "cluster",
    small_sample: bool = True,
    alpha: float = 0.05,
) -> Effect:
    """Regress the outcome on event-time dummies, unit effects and period effects.

    Parameters
    ----------
    panel
        Units by periods, balanced or not; its weights are analytic weights. In repeated
        cross-sections the unit effects are those of cohorts.
    reference
        Event time that all others are compared with; more than one when there are no
        never-treated units. Event times are in units of the clock: years, or counted periods.
    window
        First and last event time to show.
    binned
        Whether event times outside the window share the dummy of its nearest end.
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
    Effect
        One row per event time, in the outcome's unit, and their covariance. ``n_units`` is the
        largest number of treated units observed at the event time (in a bin: in the bin).

    Raises
    ------
    PanelError
        Nobody is treated, nobody is observed at the reference, an event time cannot be told from
        the effects, there is one cluster, or the outcome is constant.

    Notes
    -----
    Estimand: per event time the coefficient of its dummy, which is the average effect on the
    treated when that is the same in all cohorts, and else a weighted sum of effects.
    Assumptions: parallel trends, no anticipation before the reference, no spillovers,
    homogeneous effects by event time. ``fit.assumptions`` has these in full, and ``fit.method``
    what docs/methodology/event_study.md says of equation, errors, edge cases and other
    software. A balanced panel without covariates and weights needs only its moments.

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
    ...     fit = ek.did.event_study(panel)
    >>> fit.tidy()[["term", "event_time", "estimate", "n_units"]]
                term  event_time  estimate  n_units
    0  ATT(event=-2)          -2      -1.0        2
    1   ATT(event=0)           0       2.0        2
    """
    check_panel(panel)
    check_alpha(alpha)
    if binned and window is None:
        raise EvalkitError(
            "binned=True has no ends to count event times at",
            hint="give the first and the last event time, such as window=(-5, 5)",
        )
    panel = panel.without_always_treated()
    grid = cohort_grid(panel)
    refuse_without_comparison(panel, grid)
    base = _reference(grid, reference)
    low, high = (int(grid.event.min()), int(grid.event.max())) if window is None else window
    if low > high or not any(low <= one <= high for one in base):
        raise PanelError(
            f"the window {low} to {high} does not hold the reference {_listed(base)}",
            hint="give the first and the last event time, such as window=(-5, 5)",
        )
    event = np.clip(grid.event, low, high) if binned and window is not None else grid.event
    times = [int(e) for e in np.unique(event[grid.treated]) if e not in base]
    hot = np.stack([grid.treated & (event == e) for e in times], axis=2)
    names = covariate_names(covariates)
    found = regress(panel, hot.astype(np.float64), names, errors=errors, small_sample=small_sample)
    _refuse_collinear(found, times, grid)
    notes = [told("regression.reference", events=base), *collinear_notes(found, names)]
    if binned and window is not None:
        notes.append(told("event-study.binned", low=low, high=high))
    units = [float((grid.units * hot[:, :, j]).max(axis=1).sum()) for j in range(len(times))]
    lone = [e for e, count in zip(times, units, strict=True) if count == 1]
    said = [told("regression.event-time", event=e) for e in lone]
    notes += warn_thin(panel, found, errors, said)
    shown = [j for j, e in enumerate(times) if low <= e <= high]
    ends = [e for e, beyond in ((low, grid.event < low), (high, grid.event > high))
            if binned and (beyond & grid.treated).any()]  # fmt: skip
    return effect_of(
        METHOD, panel, found, errors, alpha, notes,
        shown=shown, terms=[f"ATT(event={times[j]})" for j in shown], base=base, binned=ends,
        event_time=[times[j] for j in shown], n_units=[int(units[j]) for j in shown],
    )  # fmt: skip


def _reference(grid: CohortGrid, reference: int | Sequence[int]) -> tuple[int, ...]:
    base = tuple(whole_number("reference", one) for one in np.atleast_1d(reference))
    seen = [int(e) for e in np.unique(grid.event[grid.treated])]
    for one in base:
        if one not in seen:
            raise PanelError(
                f"no treated unit is observed at the reference event time {one}",
                hint=f"give one of {_listed(seen)} as `reference`",
            )
    if not base or len(base) == len(seen):
        raise PanelError(
            f"with reference {_listed(base)} there is no event time to compare",
            hint="an event study needs a period before and one after treatment",
        )
    return base


def _refuse_collinear(found: Regression, times: Sequence[int], grid: CohortGrid) -> None:
    lost = [e for j, e in enumerate(times) if not found.kept[j]]
    if lost:
        raise PanelError(
            f"event time {_listed(lost)} cannot be told from the unit and period effects: without "
            "a comparison group a line in event time fits as well as none",
            hint=f"{_more_references(grid)}use group_time with control='not_yet'",
        )


def _more_references(grid: CohortGrid) -> str:
    """Name enough references: a line, and whatever repeats itself from cohort to cohort.

    When all cohorts start d periods apart, unit and period effects also fit any pattern in event
    time of period d: one reference for each of its d values, and one more for the line.
    """
    gaps = np.diff(grid.cohorts[grid.cohorts != NEVER])
    apart = int(np.gcd.reduce(gaps)) if gaps.size else 1
    before = sorted({int(e) for e in grid.event[grid.treated] if e < 0}, reverse=True)
    if len(before) <= apart:
        return ""
    cycle = f", since cohorts start {apart} periods apart" if apart > 1 else ""
    return f"give {apart + 1} references{cycle}: reference=({_listed(before[: apart + 1])}), or "


def _listed(values: Sequence[int]) -> str:
    return ", ".join(str(value) for value in values)
