"""Imputation: what treated observations would have been, from untreated ones alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.clusters import clusters_of, count_clusters, few_clusters
from evalkit.did.comparison_group import refuse_without_weight
from evalkit.did.effect import Effect, estimates
from evalkit.did.few_treated import few_treated
from evalkit.did.imputation_method import METHOD
from evalkit.did.imputed_average import average_effect, covariance_of, known_horizons
from evalkit.did.inference import Inference
from evalkit.did.options import check_alpha, check_panel, covariate_names
from evalkit.did.period_name import cohort_name
from evalkit.did.rounding import known_errors
from evalkit.did.suppression import few, untreated_at_first
from evalkit.did.untreated_fit import Grid, fit_untreated, lay_out, undetermined
from evalkit.did.untreated_leads import estimate_leads, joint_test, lead_times, trend_of
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.warned import warn_user

Bools = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True, repr=False)
class ImputationEffect(Effect):
    """The effect, with the pre-trend test when it was asked for.

    Attributes
    ----------
    pretrend
        ``statistic``, ``df_1``, ``df_2`` and ``p_value`` of the joint test that all pre-trend
        coefficients are nought; empty when there was no test.
    trend
        By term, what a linear trend of the treated, of 1 a period, would add to the estimate;
        empty when there was no test.
    """

    pretrend: dict[str, float] = field(default_factory=dict)
    trend: dict[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        return super().to_dict() | {"pretrend": self.pretrend}


def imputation(
    panel: Panel,
    covariates: str | Sequence[str] | None = None,
    horizons: int | Sequence[int] | None = None,
    pretrends: int | None = None,
    alpha: float = 0.05,
    *,
    leave_one_out: bool = False,
) -> ImputationEffect:
    """Estimate effects as outcomes less what untreated observations predict.

    Parameters
    ----------
    panel
        Units by periods, balanced or not.
    covariates
        Columns that may move in time, taken at each row's own period.
    horizons
        Event times to report: a list, or the last one; None for all.
    pretrends
        Number of event times before treatment to test, on untreated observations only; the
        reference are the periods before these, and the never treated. None for no test.
    alpha
        One less the confidence level.
    leave_one_out
        Whether to leave each cluster out of the average that its effects are compared with.

    Returns
    -------
    ImputationEffect
        Row ``ATT`` over all treated observations that can be imputed, then one row per event
        time, in the outcome's unit; leads as ``event_time`` < 0. `covariance` is over all rows.

    Raises
    ------
    PanelError
        Nobody is treated, no treated observation can be imputed, a covariate is missing or
        collinear, a horizon does not occur, or the leads leave no reference period.

    Notes
    -----
    Estimand: the average effect on treated observations, overall and by time since treatment.
    Assumptions: parallel trends in all periods, no anticipation, no spillovers.
    ``fit.assumptions`` has these in full, and ``fit.method`` what
    docs/methodology/imputation.md says of equation, errors, edge cases and other software. A
    balanced panel without covariates, weights or clusters above the unit needs only its
    moments.

    References
    ----------
    Borusyak, Jaravel & Spiess (2024), Review of Economic Studies 91(6), 3253-3285.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...                       "jobs": [5.0, 8.0, 4.0, 5.0, 6.0, 6.0, 3.0, 7.0],
    ...                       "start": [2021] * 2 + [0] * 4 + [2021] * 2})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = ek.did.imputation(panel)
    >>> fit.tidy()[["term", "estimate", "std_error"]]
         term  estimate  std_error
    0     ATT       3.0        0.5
    1  ATT(0)       3.0        0.5
    """
    check_panel(panel)
    check_alpha(alpha)
    refuse_without_weight(panel)
    panel = _usable(panel)
    names = list(covariate_names(covariates))
    grid = lay_out(panel, names, collapse=not leave_one_out)
    fit = fit_untreated(grid, names)
    imputable = grid.treated & ~undetermined(grid, fit)
    events = known_horizons(grid, imputable, horizons)  # refuses before anything is warned of
    notes = _notes(panel, grid, imputable)
    if not leave_one_out:
        notes += few_clusters(panel, told("clusters.leave-one-out"))
    masks = [imputable, *(imputable & (grid.event == event) for event in events)]
    clusters = clusters_of(panel)
    parts = [
        average_effect(grid, fit, mask, clusters, leave_one_out=leave_one_out) for mask in masks
    ]
    terms, trend = ["ATT", *(f"ATT({event})" for event in events)], []
    leads = lead_times(grid, pretrends)
    if leads:
        parts += estimate_leads(grid, names, leads)
        trend = trend_of(grid, names, masks, leads)
        masks += [grid.untreated & (grid.event == lead) for lead in leads]
        terms += [f"lead({lead})" for lead in leads]
    values = np.array([value for value, _ in parts])
    covariance = covariance_of(panel, grid, [score for _, score in parts], len(leads))
    std_error, covariance, nought = known_errors(terms, covariance, panel.y)
    event_time: Any = pd.array([None, *events, *leads], dtype="Int64")
    table = estimates(
        terms,
        values,
        std_error,
        alpha=alpha,
        event_time=event_time,
        n_units=[int(mask.any(axis=1) @ grid.size) for mask in masks],
    )
    at = len(terms) - len(leads)
    return ImputationEffect(
        method=METHOD,
        outcome=str(panel.names["outcome"]),
        table=table,
        inference=_inference(panel, alpha, leave_one_out=leave_one_out),
        covariance=pd.DataFrame(covariance, index=terms, columns=terms),
        dropped=panel.dropped,
        notes=(*notes, *nought),
        pretrend=joint_test(values[at:], covariance[at:, at:], count_clusters(panel))
        if leads
        else {},
        trend=dict(zip(terms, trend, strict=False)),
        minimum_cell=panel.minimum_cell,
        compared=untreated_at_first(panel),
    )


def _usable(panel: Panel) -> Panel:
    if panel.names["unit"] is None:
        raise PanelError(
            "imputation needs the same units before and after treatment",
            hint="give `unit`; for repeated cross-sections use `group_time`",
        )
    if not panel.treated_cohorts:
        raise PanelError(
            f"no unit is treated within the periods: see the cohort '{panel.names['cohort']}'",
            hint="give the first treated period of each unit",
        )
    panel = panel.without_always_treated()
    if not panel.treated_cohorts:
        raise PanelError(
            "all treated units are treated from the first period on",
            hint="add earlier periods: an effect needs untreated observations of the same unit",
        )
    return panel


def _notes(panel: Panel, grid: Grid, imputable: Bools) -> list[Told]:
    """Say what leaves the estimand, and where the standard error cannot be trusted."""
    lost = int((grid.treated & ~imputable).sum(axis=1) @ grid.size)
    notes = []
    if lost:
        notes.append(told("imputation.lost", count=few(lost, panel.minimum_cell)))
    pairs = panel.cohorts  # without clusters every unit is a pair of cohort and cluster
    if panel.clusters is not None:
        pairs = np.unique(np.stack([pairs, panel.clusters]), axis=1)[0]
    alone = [g for g in panel.treated_cohorts if (pairs == g).sum() == 1]
    lone = [cohort_name(panel.clock, g) for g in alone]
    if count_clusters(panel) == 1:
        notes.append(told("imputation.single-cluster"))
    elif lone and panel.minimum_cell is None:  # it would count the units of a cohort
        notes.append(told("imputation.lone-cohort", cohorts=lone))
    for note in notes[bool(lost) :]:
        warn_user(note)
    return notes if count_clusters(panel) == 1 else notes + few_treated(panel)


def _inference(panel: Panel, alpha: float, *, leave_one_out: bool) -> Inference:
    factor = "none; G/(G-1) for leads"
    return Inference(
        kind="analytic, leave-one-out" if leave_one_out else "analytic",
        cluster=str(panel.names["cluster"] or panel.names["unit"]),
        clusters=count_clusters(panel),
        alpha=alpha,
        factor=factor,
    )
