"""Composition: are the groups the same people over time?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.drawing import draw_intervals, height_for
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import holm, p_text
from evalkit.did.drawing import PETROL_50, Axes, axes, name_value
from evalkit.did.few_treated import ENOUGH, count_sides
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, covariate_names
from evalkit.did.period_name import name_at
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, Ints

Floats = np.ndarray[Any, np.dtype[np.float64]]
_SMALL, _LARGE = 0.10, 0.25  # of a standard deviation
_SHARE_SPREAD = 0.5  # the largest of a share: presence may differ by 5 points, not by 12.5

METHOD = Method(
    name="composition",
    title="Change of composition",
    question="Did who is observed change with treatment, so that an effect may be other people?",
    estimand=(
        "the effect of treatment on being observed, and on covariates that treatment should not "
        "move, in a regression with cohort and period effects"
    ),
    equation=r"x_{it} = \alpha_{G_i} + \lambda_t + \gamma\, 1\{t \ge G_i\} + e_{it}",
    assumptions=(
        "treatment does not itself move the covariates",
        "without treatment the covariates (and presence) of all cohorts would have moved alike",
        "clusters are independent of each other, and not few",
    ),
    standard_errors=(
        "cluster-robust by unit (or the panel's cluster) with the factor G/(G-1), t "
        "distribution with G-1 degrees of freedom; p-values adjusted for their number by Holm's "
        "method"
    ),
    edge_cases=(
        (
            "failed when an adjusted p-value is below alpha and the change above a tenth of a "
            "standard deviation; passed when every interval lies within a quarter; otherwise not "
            "decisive"
        ),
        (
            "presence is measured in halves, the largest standard deviation of a share: 0.1 is 5 "
            "percentage points"
        ),
        "a balanced panel: presence does not vary, and says so",
        "repeated cross-sections: the share of each treated cohort's rows takes presence's place",
        (
            "a covariate that does not vary, or is fixed in time of units that all stay, is named "
            "in a note"
        ),
        (
            "fewer than five treated or untreated clusters: not decisive, whatever the test says; "
            "a single cluster has no standard error"
        ),
        (
            "all units treated at once: an error, since treatment cannot be told from the period "
            "effects"
        ),
    ),
    differs=(
        (
            "fixest::feols(x ~ D | cohort + time, cluster = ~unit) gives the same coefficient; its "
            "clustered error also has the factor (n-1)/(n-K)"
        ),
    ),
    reference=(
        "Hong (2013), Measuring the Effect of Napster on Recorded Music Sales, J. Applied "
        "Econometrics 28(2), 297-324; Sant'Anna & Xu (2023), Difference-in-Differences with "
        "Compositional Changes"
    ),
)


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
    check_alpha(alpha)
    covariates = covariate_names(covariates)
    if not panel.treated_cohorts:
        raise PanelError("nobody is treated", hint="see the cohort column")
    cluster = np.arange(panel.n_units) if panel.clusters is None else panel.clusters
    values = panel.covariates(covariates)
    rows, notes = [], []
    if panel.names["unit"] is None:
        rows += [_share(panel, g, cluster) for g in panel.treated_cohorts]
        rows = [row for row in rows if np.isfinite(row[1])]
    elif panel.balanced:
        notes.append("every unit is observed in every period")
    else:
        rows.append(_presence(panel, cluster))
    for at, name in enumerate(covariates):
        x = values[:, at]
        known = ~np.isnan(x)
        if known.sum() < 2 or np.ptp(x[known]) == 0:
            notes.append(f"the covariate '{name}' does not vary")
            continue
        if panel.balanced and known.all() and (x == x[panel.first_rows][panel.unit]).all():
            notes.append(f"the covariate '{name}' is fixed in time, of units that all stay")
            continue
        own = panel.unit[known]
        found = _change(x[known], panel.cohorts[own], _period(panel, known), cluster[own])
        rows.append((name, *found))
    sides = count_sides(panel)
    table = _table(rows, alpha, len(np.unique(cluster)))
    outcome, says, figures = _judge(table, alpha)
    if len(table) and min(sides) < ENOUGH:
        outcome, says = "not decisive", _too_few(table, sides)
    return Composition(METHOD, outcome, says, table, figures, tuple(notes))


def _period(panel: Panel, rows: np.ndarray[Any, Any]) -> Ints:
    found: Ints = panel.clock.values[panel.time[rows]]
    return found


def _presence(panel: Panel, cluster: Ints) -> tuple[str, float, float, float]:
    """The effect of treatment on having a row, on the grid of units and periods."""
    periods = panel.clock.values
    seen = np.zeros((panel.n_units, len(periods)))
    seen[panel.unit, panel.time] = 1.0
    cohort = np.repeat(panel.cohorts, len(periods))
    period = np.tile(periods, panel.n_units)
    change, error, _ = _change(seen.ravel(), cohort, period, np.repeat(cluster, len(periods)))
    return "observed", change, error, _SHARE_SPREAD


def _share(panel: Panel, g: int, cluster: Ints) -> tuple[str, float, float, float]:
    """How the share of a cohort in the rows of cross-sections differs after its treatment."""
    own = (panel.cohorts[panel.unit] == g).astype(np.float64)
    after = panel.clock.values[panel.time] >= g
    name = f"share of cohort {name_at(panel.clock, g)}"
    if after.all() or not after.any():
        return name, np.nan, np.nan, np.nan
    low, high = float(own[~after].mean()), float(own[after].mean())
    rest = np.where(after, (own - high) / after.sum(), -(own - low) / (~after).sum())
    scores = np.bincount(cluster[panel.unit], rest)
    count = len(np.unique(cluster))
    factor = count / (count - 1) if count > 1 else np.nan
    return name, high - low, float(np.sqrt(factor * (scores**2).sum())), float(own.std())


def _change(x: Floats, cohort: Ints, period: Ints, cluster: Ints) -> tuple[float, float, float]:
    """The coefficient of being treated, its clustered error, and the spread of x."""
    treated = ((cohort != NEVER) & (period >= cohort)).astype(np.float64)
    groups = (cohort[:, None] == np.unique(cohort)[None, :]).astype(np.float64)
    times = (period[:, None] == np.unique(period)[None, 1:]).astype(np.float64)
    nuisance = np.column_stack([groups, times])
    both = np.column_stack([treated, x])
    left = both - nuisance @ np.linalg.lstsq(nuisance, both, rcond=None)[0]
    own, rest = left[:, 0], left[:, 1]
    total = float(own @ own)
    if total <= 1e-9 * max(float(treated.sum()), 1.0):
        raise PanelError(
            "being treated cannot be told from the cohort and period effects",
            hint="there must be untreated units in periods when others are treated",
        )
    estimate = float(own @ rest) / total
    _, codes = np.unique(cluster, return_inverse=True)
    scores = np.bincount(codes, own * (rest - estimate * own))
    count = len(scores)
    factor = count / (count - 1) if count > 1 else np.nan
    return estimate, float(np.sqrt(factor * (scores**2).sum())) / total, float(x.std())


def _table(
    rows: list[tuple[str, float, float, float]], alpha: float, clusters: int
) -> pd.DataFrame:
    law = stats.t(max(clusters - 1, 1))
    table = pd.DataFrame(rows, columns=["term", "change", "std_error", "spread"])
    table = table.astype({"change": float, "std_error": float, "spread": float})
    with np.errstate(divide="ignore", invalid="ignore"):
        table["p_value"] = 2 * law.sf(np.abs(table["change"] / table["std_error"]))
    table["p_adjusted"] = holm(table["p_value"].to_numpy(dtype=np.float64))
    reach = float(law.isf(alpha / 2)) * table["std_error"]
    table["standardised"] = table["change"] / table["spread"]
    table["conf_low"] = (table["change"] - reach) / table["spread"]
    table["conf_high"] = (table["change"] + reach) / table["spread"]
    return table


def _too_few(table: pd.DataFrame, sides: tuple[int, int]) -> str:
    worst = table.iloc[int(table["standardised"].abs().to_numpy().argmax())]
    treated, others = sides
    return (
        f"The largest change with treatment is that of {worst['term']}: {worst['change']:.4g}, or "
        f"{worst['standardised']:.2f} standard deviations; with {treated} treated and {others} "
        f"untreated clusters (at least {ENOUGH} are needed on each side) nothing says how sure "
        "that is."
    )


def _judge(table: pd.DataFrame, alpha: float) -> tuple[Outcome, str, dict[str, float]]:
    if len(table) == 0:
        says = "Nothing can have changed: no unit comes or goes, and no covariate given moves."
        return "passed", says, {}
    worst = table.iloc[int(table["standardised"].abs().to_numpy().argmax())]
    figures = {"largest": abs(float(worst["standardised"]))}
    if table["p_adjusted"].notna().any():
        figures["p_value"] = float(table["p_adjusted"].min())
    says = (
        f"The largest change with treatment is that of {worst['term']}: {worst['change']:.4g}, or "
        f"{worst['standardised']:.2f} standard deviations (adjusted {p_text(worst['p_adjusted'])})"
    )
    moved = (table["p_adjusted"] < alpha) & (table["standardised"].abs() > _SMALL)
    if bool(moved.any()):
        return "failed", f"{says}: the groups are not the same over time.", figures
    inside = (table["conf_low"] > -_LARGE) & (table["conf_high"] < _LARGE)
    if bool(inside.all()):
        return "passed", f"{says}: a change above {_LARGE} is ruled out.", figures
    return "not decisive", f"{says}: a change above {_LARGE} is not ruled out.", figures
