"""Pre-trends: do the groups move together before treatment, and would the test have seen it?"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.event_times import EventTimes, event_times
from evalkit.checks.footing import rests_on_few
from evalkit.checks.pretrends_method import METHOD
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.wald import Wald
from evalkit.did.clusters import FEW
from evalkit.did.drawing import (
    COPPER_700,
    INK,
    PETROL_500,
    Axes,
    Label,
    axes,
    count_upwards,
    head,
    label_beside,
)
from evalkit.did.event_plot import SINCE
from evalkit.did.intervals import BEFORE, draw_estimates
from evalkit.did.options import check_alpha, smallest_effect
from evalkit.language.told import Told, told

Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["METHOD", "Pretrends", "pretrends"]


class Pretrends(CheckResult):
    """The result of :func:`pretrends`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the pre-period estimates and the linear trends that the test finds."""
        ax, table = axes(ax), self.table
        ax.axhline(0, color=INK, linewidth=1)
        draw_estimates(ax, list(table["event_time"]), table, BEFORE, len(table))
        labels = []
        for name, label, colour in (
            ("trend_50", "trend found half the time", PETROL_500),
            ("trend_80", "trend found with 80%", COPPER_700),
        ):
            if name in table:
                ax.plot(table["event_time"], table[name], color=colour, linestyle="--", label=label)
                last = table.iloc[-1]
                labels.append(Label(label, last["event_time"], last[name], colour))
        label_beside(ax, labels)
        count_upwards(ax)
        ax.set_xlabel(SINCE)
        head(ax, "estimate")
        return ax


def pretrends(
    effect: Any, *, relevant: float | None = None, alpha: float | None = None
) -> Pretrends:
    """Test whether all effects before treatment are nought, and state the test's power.

    Parameters
    ----------
    effect
        An event study of any estimator, with its covariance; or a result with `aggregate`.
    relevant
        The smallest effect that matters, in the unit of the outcome; for an average effect that
        does not differ from nought. By default the margin of error of that average.
    alpha
        Size of the test; by default one less the confidence level of the effect.

    Returns
    -------
    Pretrends
        ``failed`` when the joint test rejects. ``passed`` when it does not and has 80% power
        against the linear trend that would overturn the finding: the figures `matters`, the bias
        of that trend, and `power`. Otherwise ``not decisive``: also with fewer than two estimates
        before treatment.

    Raises
    ------
    EvalkitError
        The effect has no event times or no covariance, or `relevant` is not above 0.

    Notes
    -----
    The estimates must be close to normal. Power is that against a violation of parallel trends
    that is linear in time.

    References
    ----------
    Roth (2022), American Economic Review: Insights 4(3), 305-322.

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
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> ek.checks.pretrends(ek.did.event_study(panel)).outcome
    'passed'
    """
    level = None if alpha is None else check_alpha(alpha)
    relevant = smallest_effect(relevant)
    study = event_times(effect)
    level = study.alpha if level is None else level
    pre = study.pre
    count = int(pre.sum())
    if not (pre & study.shown).any():
        bare = min(study.bare, default=0) < 0
        return Pretrends(
            METHOD,
            "not decisive",
            told("pretrends.bare" if bare else "pretrends.nothing"),
            _table(study, level),
            notes=study.notes,
        )
    wald, notes = _wald(study, level)
    notes += _few(effect.inference.clusters, wald.rank) + _hidden(study)
    figures = {
        "statistic": wald.statistic,
        "df": float(wald.rank),
        "p_value": wald.p_value,
        "pre_periods": float(count),
    }
    mixed = _mixed_bases(effect)
    if not mixed:
        figures |= _powers(study, wald, relevant)
    outcome, says = _judge(study, wald, figures)
    if mixed and outcome != "failed":
        kept = told("pretrends.kept", p=wald.p_value, count=count)
        outcome, says = "not decisive", told("pretrends.mixed", kept=kept)
    if rests_on_few(effect):
        outcome, says = "not decisive", told("single.too-few")
    return Pretrends(METHOD, outcome, says, _table(study, level, wald), figures, notes)


def _mixed_bases(effect: Any) -> bool:
    """Whether the base lies at other event times for some cohorts, so that no trend is linear."""
    return any(getattr(note, "key", "") == "group-time.bases" for note in effect.notes)


def _hidden(study: EventTimes) -> tuple[Told, ...]:
    """Say that the test looks at estimates that the table does not show."""
    count = int((study.pre & ~study.shown).sum())
    return (told("pretrends.hidden", count=count),) if count else ()


def _few(clusters: int, rank: int) -> tuple[Told, ...]:
    """Say when a joint test rests on few clusters for its restrictions."""
    if rank == 1 or clusters > FEW:
        return ()
    return (told("pretrends.few", clusters=clusters, rank=rank),)


def _wald(study: EventTimes, alpha: float) -> tuple[Wald, tuple[str, ...]]:
    pre = study.pre
    block = study.covariance[np.ix_(pre, pre)]
    rank = int(np.linalg.matrix_rank(block, hermitian=True))
    inverse = np.linalg.pinv(block, hermitian=True)
    estimate, trend = study.estimate[pre], study.linear()[pre]
    notes = list(study.notes)
    if rank < len(block):
        notes.append(told("pretrends.rank", count=len(block), rank=rank))
    if study.trend is not None:
        notes.append(told("pretrends.shared-base"))
    elif study.base is None:
        notes.append(told("pretrends.varying-base"))
    statistic = float(estimate @ inverse @ estimate)
    # Without never-treated units a line is in the unit and period effects: only rounding is left.
    trend = np.where(np.abs(trend) < 1e-9, 0.0, trend)
    return Wald(statistic, rank, study.df, alpha, float(trend @ inverse @ trend)), tuple(notes)


def _powers(study: EventTimes, wald: Wald, relevant: float | None) -> dict[str, float]:
    """Slopes that the test detects, and what they would do to the average effect."""
    found: dict[str, float] = {}
    treated = study.treated
    if not treated.any():
        return found
    share = np.where(treated, 1.0, 0.0) / treated.sum()
    found["average_effect"] = float(share @ study.estimate)
    found["average_std_error"] = float(np.sqrt(share @ study.covariance @ share))
    per_slope = float(share @ study.linear())
    found["matters"] = _overturns(study, wald, found, relevant)
    if per_slope:
        found["power"] = wald.power(found["matters"] / per_slope)
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


def _overturns(
    study: EventTimes, wald: Wald, found: dict[str, float], relevant: float | None
) -> float:
    """Give the bias that would overturn the finding: undo an effect, or hide one that matters."""
    law = stats.norm if study.df is None else stats.t(study.df)
    margin = float(law.isf(wald.alpha / 2)) * found["average_std_error"]
    average = abs(found["average_effect"])
    if average > margin:
        return average
    return margin if relevant is None else relevant


def _judge(study: EventTimes, wald: Wald, figures: dict[str, float]) -> tuple[Outcome, Told]:
    count = int(figures["pre_periods"])
    if wald.p_value < wald.alpha:
        return "failed", told("pretrends.rejected", p=wald.p_value, count=count)
    kept = told("pretrends.kept", p=wald.p_value, count=count)
    if count == 1:
        return "not decisive", told("pretrends.one", kept=kept)
    if study.treated.any() and "bias_80" not in figures:
        return "not decisive", told("pretrends.blind", kept=kept)
    if "bias_80" not in figures:
        return "not decisive", told("pretrends.no-effect", kept=kept)
    bias, matters = abs(figures["bias_80"]), figures["matters"]
    power = told("pretrends.power", kept=kept, slope=figures["slope_80"], bias=bias)
    if bias <= matters:
        return "passed", told("pretrends.passed", power=power, matters=matters)
    return "not decisive", told("pretrends.open", power=power, matters=matters)


def _table(study: EventTimes, alpha: float, wald: Wald | None = None) -> pd.DataFrame:
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
    shown: pd.DataFrame = table[study.shown[pre]].reset_index(drop=True)
    return shown
