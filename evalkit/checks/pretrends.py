"""Pre-trends: do the groups move together before treatment, and would the test have seen it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats
from scipy.optimize import brentq

from evalkit.checks.drawing import Axes, axes, legend_above
from evalkit.checks.event_times import EventTimes, event_times
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import p_text
from evalkit.did.method import Method

Floats = np.ndarray[Any, np.dtype[np.float64]]

METHOD = Method(
    name="pretrends",
    title="Joint test of pre-trends, with its power",
    question=(
        "Did treated and comparison units move together before treatment, and would the test "
        "have seen a trend that matters?"
    ),
    estimand="the effects before treatment, which are nought under parallel trends",
    equation=(
        r"W = \hat\beta_{pre}' \hat\Sigma_{pre}^{-1} \hat\beta_{pre} \sim \chi^2_k, \qquad "
        r"\text{power}(\gamma) = P\{\chi^2_k(\gamma^2\, t' \Sigma_{pre}^{-1} t) > c_\alpha\}"
    ),
    assumptions=(
        "estimates are close to normal with the covariance that the estimator gives",
        "the violation that power is computed for is linear in time",
    ),
    standard_errors=(
        "Wald test with the estimator's covariance; F(k, df) instead of chi-squared when the "
        "estimator states degrees of freedom. Power from the non-central distribution."
    ),
    edge_cases=(
        "no estimate before treatment: not decisive, nothing can be tested",
        "one estimate before treatment: failed when it rejects, else not decisive",
        "a singular covariance: its generalised inverse, the rank as degrees of freedom, a note",
        (
            "passed only when a linear trend with a bias as great as the average effect (or its "
            "margin of error, when that is greater) is found with 80% power"
        ),
    ),
    differs=(
        (
            "R's pretrends computes power of the rule 'any single pre-period is significant' by "
            "simulation; here power is that of the joint test, exact. The mean bias after the test "
            "has passed is exact as well."
        ),
        (
            "with a varying base each pre-period is measured from the one before it, so a linear "
            "trend shows as a constant there; R's pretrends takes a single base for granted"
        ),
    ),
    reference=(
        "Roth (2022), Pretest with Caution: Event-Study Estimates after Testing for Parallel "
        "Trends, AER: Insights 4(3), 305-322"
    ),
)


class Pretrends(CheckResult):
    """The result of :func:`pretrends`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the pre-period estimates and the linear trends that the test finds."""
        from matplotlib.ticker import MaxNLocator

        ax = axes(ax)
        table = self.table
        reach = table["estimate"] - table["conf_low"]
        ax.errorbar(table["event_time"], table["estimate"], yerr=reach, fmt="o", label="estimate")
        for name, label in (("trend_50", "found half the time"), ("trend_80", "found with 80%")):
            if name in table:
                ax.plot(table["event_time"], table[name], linestyle="--", label=label)
        ax.axhline(0, color="grey", linewidth=0.8)
        ax.xaxis.set_major_locator(MaxNLocator("auto", integer=True))
        ax.set_xlabel("event time")
        legend_above(ax)
        return ax


@dataclass(frozen=True, slots=True)
class _Wald:
    """The joint test of the pre-period estimates."""

    statistic: float
    rank: int
    df: float | None
    alpha: float
    along: float  # non-centrality of a trend of 1 a period

    @property
    def p_value(self) -> float:
        if self.df is None:
            return float(stats.chi2.sf(self.statistic, self.rank))
        return float(stats.f.sf(self.statistic / self.rank, self.rank, self.df))

    @property
    def critical(self) -> float:
        if self.df is None:
            return float(stats.chi2.isf(self.alpha, self.rank))
        return float(stats.f.isf(self.alpha, self.rank, self.df)) * self.rank

    def power(self, slope: float) -> float:
        centre = slope**2 * self.along
        if self.df is None:
            return float(stats.ncx2.sf(self.critical, self.rank, centre))
        return float(stats.ncf.sf(self.critical / self.rank, self.rank, self.df, centre))

    def slope(self, power: float) -> float:
        """Find the slope that the test detects with a given power; infinite when it cannot."""
        if self.along <= 0:
            return float("inf")
        high = 1 / np.sqrt(self.along)
        while self.power(high) < power:
            high *= 2
        return float(brentq(lambda one: self.power(one) - power, 0.0, high, xtol=1e-14 * high))

    def kept(self, slope: float) -> float:
        """Mean pre-period estimate when the test passes, as a share of the violation.

        For z ~ N(m, I) in k dimensions E[z | z'z <= c] = m P(chi2_{k+2} <= c) / P(chi2_k <= c),
        both with non-centrality m'm.
        """
        centre = slope**2 * self.along
        above = stats.ncx2.cdf(self.critical, self.rank + 2, centre)
        return float(above / stats.ncx2.cdf(self.critical, self.rank, centre))


def pretrends(effect: Any, *, alpha: float | None = None) -> Pretrends:
    """Test whether all effects before treatment are nought, and state the test's power.

    Parameters
    ----------
    effect
        An event study of any estimator, with its covariance; or a result with `aggregate`.
    alpha
        Size of the test; by default one less the confidence level of the effect.

    Returns
    -------
    Pretrends
        ``failed`` when the joint test rejects. ``passed`` when it does not and it would have
        found, with 80% power, a linear trend whose bias is as great as the average effect (or
        its margin of error, when that is greater). Otherwise ``not decisive``: also with fewer
        than two estimates before treatment.

    Raises
    ------
    EvalkitError
        The effect has no event times or no covariance.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from evalkit.did.effect import Effect, Inference, estimates
    >>> terms = ["a", "b", "c"]
    >>> table = estimates(terms, np.array([0.1, -0.1, 2.0]), np.full(3, 0.1),
    ...                   event_time=[-3, -2, 0])
    >>> study = Effect(METHOD, "jobs", table, Inference("analytic", "firm", 50),
    ...                pd.DataFrame(0.01 * np.eye(3), terms, terms))
    >>> pretrends(study).outcome
    'passed'
    """
    study = event_times(effect)
    level = study.alpha if alpha is None else alpha
    pre = study.pre
    count = int(pre.sum())
    if count == 0:
        return Pretrends(
            METHOD,
            "not decisive",
            "There is no estimate before treatment, so parallel trends cannot be tested.",
            _table(study, level),
        )
    wald, notes = _wald(study, level)
    figures = {
        "statistic": wald.statistic,
        "df": float(wald.rank),
        "p_value": wald.p_value,
        "pre_periods": float(count),
    }
    figures |= _powers(study, wald)
    outcome, says = _judge(study, wald, figures)
    return Pretrends(METHOD, outcome, says, _table(study, level, wald), figures, notes)


def _wald(study: EventTimes, alpha: float) -> tuple[_Wald, tuple[str, ...]]:
    pre = study.pre
    block = study.covariance[np.ix_(pre, pre)]
    rank = int(np.linalg.matrix_rank(block, hermitian=True))
    inverse = np.linalg.pinv(block, hermitian=True)
    estimate, trend = study.estimate[pre], study.linear()[pre]
    notes = []
    if rank < len(block):
        notes.append(
            f"the covariance of the {len(block)} pre-period estimates has rank {rank}: "
            "the test is of what it can tell apart"
        )
    if study.base is None:
        notes.append("each pre-period is measured from the period before it (varying base)")
    statistic = float(estimate @ inverse @ estimate)
    return _Wald(statistic, rank, study.df, alpha, float(trend @ inverse @ trend)), tuple(notes)


def _powers(study: EventTimes, wald: _Wald) -> dict[str, float]:
    """Slopes that the test detects, and what they would do to the average effect."""
    found: dict[str, float] = {}
    treated = study.treated
    if not treated.any():
        return found
    share = np.where(treated, 1.0, 0.0) / treated.sum()
    found["average_effect"] = float(share @ study.estimate)
    found["average_std_error"] = float(np.sqrt(share @ study.covariance @ share))
    per_slope = float(share @ study.linear())
    pre = study.pre
    inverse = np.linalg.pinv(study.covariance[np.ix_(pre, pre)], hermitian=True)
    # How the average effect moves with the pre-period estimates: what passing the test teaches.
    follows = float(share @ study.covariance[:, pre] @ inverse @ study.linear()[pre])
    for power in (50, 80):
        slope = wald.slope(power / 100)
        if not np.isfinite(slope):
            continue
        found[f"slope_{power}"] = slope
        found[f"bias_{power}"] = slope * per_slope
        found[f"bias_if_passed_{power}"] = slope * (per_slope + follows * (wald.kept(slope) - 1))
    return found


def _judge(study: EventTimes, wald: _Wald, figures: dict[str, float]) -> tuple[Outcome, str]:
    count = int(figures["pre_periods"])
    test = (
        f"The joint test of {count} pre-period estimate{'s' * (count != 1)} gives "
        f"{p_text(wald.p_value)}"
    )
    if wald.p_value < wald.alpha:
        return "failed", f"{test}: the groups did not move together before treatment."
    if count == 1:
        return "not decisive", f"{test}, but one comparison cannot show that trends are parallel."
    if "bias_80" not in figures:
        return "not decisive", f"{test}; no effect after treatment to compare its power with."
    law = stats.norm if study.df is None else stats.t(study.df)
    margin = float(law.isf(wald.alpha / 2)) * figures["average_std_error"]
    matters = max(abs(figures["average_effect"]), margin)
    power = (
        f"{test}; a linear trend that it finds with 80% power is {figures['slope_80']:.4g} a "
        f"period and would give a bias of {abs(figures['bias_80']):.4g}, "
    )
    if abs(figures["bias_80"]) <= matters:
        return "passed", f"{power}no more than the {matters:.4g} that would matter."
    return "not decisive", f"{power}more than the {matters:.4g} that would matter."


def _table(study: EventTimes, alpha: float, wald: _Wald | None = None) -> pd.DataFrame:
    pre = study.pre
    law = stats.norm if study.df is None else stats.t(study.df)
    error = np.sqrt(np.diag(study.covariance))[pre]
    reach = law.isf(alpha / 2) * error
    table = pd.DataFrame(
        {
            "event_time": study.times[pre],
            "estimate": study.estimate[pre],
            "std_error": error,
            "conf_low": study.estimate[pre] - reach,
            "conf_high": study.estimate[pre] + reach,
        }
    )
    if wald is not None and wald.along > 0:
        for power in (50, 80):
            table[f"trend_{power}"] = wald.slope(power / 100) * study.linear()[pre]
    return table
