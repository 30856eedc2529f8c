"""Composition: are the groups the same people over time?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.composition_method import METHOD
from evalkit.checks.drawing import draw_intervals, height_for
from evalkit.checks.footing import weighing
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.spread import variance
from evalkit.did.adjustment import holm
from evalkit.did.drawing import PETROL_50, Axes, axes, name_value
from evalkit.did.enough import ENOUGH
from evalkit.did.few_treated import count_sides
from evalkit.did.options import check_alpha, check_panel, covariate_names
from evalkit.did.period_name import name_at
from evalkit.did.small_cohorts import told_cohorts
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, Ints

Floats = np.ndarray[Any, np.dtype[np.float64]]
_SMALL, _LARGE = 0.10, 0.25  # of a standard deviation
Row = tuple[Told, float, float, float]
"""What might change, its change, the error of that and its spread."""
_SHARE_SPREAD = 0.5  # the largest of a share: presence may differ by 5 points, not by 12.5

__all__ = ["METHOD", "Composition", "composition"]


class Composition(CheckResult):
    """The result of :func:`composition`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw each change in standard deviations, with what counts as small and as large."""
        table = self.table.rename(columns={"standardised": "estimate"})
        ax = axes(ax, 0.2 + height_for(table))
        ax.axvspan(-_SMALL, _SMALL, color=PETROL_50, linewidth=0, zorder=0)
        draw_intervals(ax, table, least=_LARGE)
        name_value(ax, -_LARGE, f"\N{MINUS SIGN}{_LARGE}")
        name_value(ax, _LARGE, f"+{_LARGE}")
        ax.set_xlabel("change with treatment, in standard deviations")
        return ax


def composition(
    panel: Panel, covariates: str | Sequence[str] = (), *, alpha: float = 0.05
) -> Composition:
    """Test whether units or covariates change composition with treatment.

    Parameters
    ----------
    panel
        The panel, or repeated cross-sections.
    covariates
        Columns that treatment should not move.
    alpha
        Size of the tests together.

    Returns
    -------
    Composition
        One row per thing that might change: ``observed`` (whether a unit has a row in a period)
        and each covariate; `change`, `std_error`, `p_value`, `p_adjusted`, and the change in
        standard deviations. The rule for passed and failed stands in ``METHOD.edge_cases``.

    Raises
    ------
    PanelError
        Nobody is treated, nobody is untreated, or a column is missing or holds text.

    Notes
    -----
    Treatment must not itself move the covariates, and without it presence and covariates of all
    cohorts would have moved alike.

    References
    ----------
    Hong (2013), Journal of Applied Econometrics 28(2), 297-324; Sant'Anna & Xu (2023).

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": np.repeat(np.arange(60), 6), "year": [*range(2016, 2022)] * 60,
    ...     "start": np.repeat([0, 2019, 2020], 120)})
    >>> after = (frame["start"] > 0) & (frame["year"] >= frame["start"])
    >>> frame["jobs"] = 2.0 * after + np.random.default_rng(1).normal(size=360)
    >>> frame["size"] = np.random.default_rng(2).normal(size=360)
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> ek.checks.composition(panel, ["size"]).outcome
    'not decisive'
    """
    check_panel(panel)
    check_alpha(alpha)
    covariates = covariate_names(covariates)
    panel = weighing(panel)
    if not panel.treated_cohorts:
        raise PanelError(told("refused.untreated"), hint="see the cohort column")
    weights = np.ones(panel.n_rows) if panel.weights is None else panel.weights
    cluster = np.arange(panel.n_units) if panel.clusters is None else panel.clusters
    values = panel.covariates(covariates)
    rows: list[Row] = []
    starts = any(panel.clock.values[0] < g for g in panel.treated_cohorts)
    notes = [] if starts else [told("composition.no-rows")]
    if panel.names["unit"] is None:
        cohorts, said = told_cohorts(panel, panel.treated_cohorts)
        rows += [_share(panel, g, cluster) for g in cohorts]
        notes += said
        rows = [row for row in rows if np.isfinite(row[1])]
    elif panel.balanced:
        notes.append(told("composition.everyone"))
    else:
        rows.append(_presence(panel, cluster))
    for at, name in enumerate(covariates):
        x = values[:, at]
        known = ~np.isnan(x)
        if known.sum() < 2 or np.ptp(x[known]) == 0:
            notes.append(told("composition.constant", name=name))
            continue
        if panel.balanced and known.all() and _fixed(panel, x) and _fixed(panel, weights):
            notes.append(told("composition.fixed", name=name))
            continue
        own = panel.unit[known]
        cohort, period = panel.cohorts[own], _period(panel, known)
        found = _change(x[known], cohort, period, cluster[own], weights[known])
        rows.append((told("composition.covariate", name=name), *found))
    sides = count_sides(panel)
    table = _table(rows, alpha, len(np.unique(cluster)))
    largest = _largest(table, rows)
    outcome, says, figures = _judge(table, largest, alpha)
    unseen = any(getattr(note, "key", "") == "suppressed.cohorts" for note in notes)
    if outcome == "passed" and unseen:
        outcome, says = "not decisive", told("suppressed.verdict")
    if largest is None and not starts:
        outcome, says = "not decisive", told("composition.unknown")
    if largest is not None and min(sides) < ENOUGH:
        outcome = "not decisive"
        says = told(
            "composition.too-few",
            largest=largest, treated=sides[0], others=sides[1], enough=ENOUGH,
        )  # fmt: skip
    return Composition(METHOD, outcome, says, table, figures, tuple(notes))


def _fixed(panel: Panel, x: Floats) -> bool:
    return bool((x == x[panel.first_rows][panel.unit]).all())


def _period(panel: Panel, rows: np.ndarray[Any, Any]) -> Ints:
    found: Ints = panel.clock.values[panel.time[rows]]
    return found


def _presence(panel: Panel, cluster: Ints) -> Row:
    """The effect of treatment on having a row, on the grid of units and periods."""
    periods = panel.clock.values
    seen = np.zeros((panel.n_units, len(periods)))
    seen[panel.unit, panel.time] = 1.0
    cohort = np.repeat(panel.cohorts, len(periods))
    period = np.tile(periods, panel.n_units)
    clusters = np.repeat(cluster, len(periods))
    weights = np.repeat(panel.unit_weights, len(periods))
    change, error, _ = _change(seen.ravel(), cohort, period, clusters, weights)
    return told("composition.observed"), change, error, _SHARE_SPREAD


def _share(panel: Panel, g: int, cluster: Ints) -> Row:
    """How the share of a cohort in the rows of cross-sections differs after its treatment."""
    own = (panel.cohorts[panel.unit] == g).astype(np.float64)
    after = panel.clock.values[panel.time] >= g
    name = told("composition.share", cohort=name_at(panel.clock, g))
    if after.all() or not after.any():
        return name, np.nan, np.nan, np.nan
    w = np.ones(panel.n_rows) if panel.weights is None else panel.weights
    low, high = (float(np.average(own[side], weights=w[side])) for side in (~after, after))
    rest = w * np.where(after, (own - high) / w[after].sum(), -(own - low) / w[~after].sum())
    scores = np.bincount(cluster[panel.unit], rest)
    count = len(np.unique(cluster))
    factor = count / (count - 1) if count > 1 else np.nan
    error = float(np.sqrt(factor * (scores**2).sum()))
    return name, high - low, error, float(np.sqrt(variance(own, w)))


def _change(
    x: Floats, cohort: Ints, period: Ints, cluster: Ints, weights: Floats
) -> tuple[float, float, float]:
    """The coefficient of being treated, its clustered error, and the spread of x."""
    treated = ((cohort != NEVER) & (period >= cohort)).astype(np.float64)
    groups = (cohort[:, None] == np.unique(cohort)[None, :]).astype(np.float64)
    times = (period[:, None] == np.unique(period)[None, 1:]).astype(np.float64)
    root = np.sqrt(weights / weights.mean())[:, None]
    nuisance = root * np.column_stack([groups, times])
    both = root * np.column_stack([treated, x])
    left = both - nuisance @ np.linalg.lstsq(nuisance, both, rcond=None)[0]
    own, rest = left[:, 0], left[:, 1]
    total = float(own @ own)
    if total <= 1e-9 * max(float(treated.sum()), 1.0):
        raise PanelError(
            told("refused.cohort-effects"),
            hint="there must be untreated units in periods when others are treated",
        )
    estimate = float(own @ rest) / total
    _, codes = np.unique(cluster, return_inverse=True)
    scores = np.bincount(codes, own * (rest - estimate * own))
    count = len(scores)
    factor = count / (count - 1) if count > 1 else np.nan
    error = float(np.sqrt(factor * (scores**2).sum())) / total
    return estimate, error, float(np.sqrt(variance(x, weights)))


def _table(rows: list[Row], alpha: float, clusters: int) -> pd.DataFrame:
    law = stats.t(max(clusters - 1, 1))
    shown = [(what.into("en"), *numbers) for what, *numbers in rows]
    table = pd.DataFrame(shown, columns=["term", "change", "std_error", "spread"])
    table = table.astype({"change": float, "std_error": float, "spread": float})
    with np.errstate(divide="ignore", invalid="ignore"):
        table["p_value"] = 2 * law.sf(np.abs(table["change"] / table["std_error"]))
    table["p_adjusted"] = holm(table["p_value"].to_numpy(dtype=np.float64))
    reach = float(law.isf(alpha / 2)) * table["std_error"]
    table["standardised"] = table["change"] / table["spread"]
    table["conf_low"] = (table["change"] - reach) / table["spread"]
    table["conf_high"] = (table["change"] + reach) / table["spread"]
    return table


def _largest(table: pd.DataFrame, rows: list[Row]) -> Told | None:
    """Say what changes most; None when nothing can."""
    if len(table) == 0:
        return None
    at = int(table["standardised"].abs().to_numpy().argmax())
    worst = table.iloc[at]
    return told(
        "composition.largest",
        what=rows[at][0], change=worst["change"], standardised=worst["standardised"],
    )  # fmt: skip


def _judge(
    table: pd.DataFrame, largest: Told | None, alpha: float
) -> tuple[Outcome, Told, dict[str, float]]:
    if largest is None:
        return "passed", told("composition.nothing"), {}
    at = int(table["standardised"].abs().to_numpy().argmax())
    figures = {"largest": abs(float(table["standardised"].iloc[at]))}
    if table["p_adjusted"].notna().any():
        figures["p_value"] = float(table["p_adjusted"].min())
    tested = told("composition.tested", largest=largest, p=table["p_adjusted"].iloc[at])
    moved = (table["p_adjusted"] < alpha) & (table["standardised"].abs() > _SMALL)
    if bool(moved.any()):
        return "failed", told("composition.failed", tested=tested), figures
    inside = (table["conf_low"] > -_LARGE) & (table["conf_high"] < _LARGE)
    if bool(inside.all()):
        return "passed", told("composition.passed", tested=tested, limit=_LARGE), figures
    return "not decisive", told("composition.open", tested=tested, limit=_LARGE), figures
