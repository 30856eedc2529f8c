"""Sensitivity of an effect to violations of parallel trends, with the breakdown value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalkit.checks.event_times import EventTimes, event_times
from evalkit.checks.footing import rests_on_few
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.sensitivity.vectors import FAR, breakdown_values, honest_from, size_of
from evalkit.did.drawing import INK, PETROL_900, Axes, axes, head
from evalkit.did.method import Method
from evalkit.did.options import bounds, check_alpha, check_choice
from evalkit.errors import EvalkitError
from evalkit.language.told import Told, told

Floats = np.ndarray[Any, np.dtype[np.float64]]

__all__ = ["METHOD", "Honest", "honest", "honest_from"]

METHOD = Method(
    name="honest",
    title="Sensitivity to violations of parallel trends",
    question="How far may trends diverge after treatment before the conclusion no longer holds?",
    estimand=(
        "the average effect over the treated periods (or that in the first, or another average "
        "that is asked for), when the violation of parallel trends lies in a stated set"
    ),
    equation=(
        r"\Delta^{SD}(M) = \{\delta: |(\delta_{t+1}-\delta_t)-(\delta_t-\delta_{t-1})| \le M\}, "
        r"\quad \Delta^{RM}(\bar M) = \{\delta: |\delta_{t+1}-\delta_t| \le \bar M "
        r"\max_{s<0}|\delta_{s+1}-\delta_s|,\ t \ge 0\}"
    ),
    assumptions=(
        (
            "estimates are close to normal with the covariance that the estimator gives; the "
            "normal distribution is used also where the estimator's own intervals use t"
        ),
        "all estimates are measured from one base period, t = 0 in the equations",
        "the violation lies in the stated set",
    ),
    standard_errors=(
        "smoothness: fixed-length confidence intervals of least length, found exactly on the path "
        "of a lasso. Relative magnitudes: conditional least-favourable (C-LF) test of size alpha, "
        "first stage alpha/10, inverted; corners and critical values in closed form."
    ),
    edge_cases=(
        "no pre-period: an error, since nothing bounds the violation",
        "one pre-period: its single change is the yardstick of relative magnitudes",
        (
            "a varying base, leads of imputation, or event times with gaps: an error that says how "
            "to estimate again"
        ),
        "an end of a binned window is no single event time and is left out, with a note",
        "the original interval includes nought: not decisive, there is nothing to break",
        (
            "errors that rest on fewer than five treated or untreated clusters are far too small: "
            "not decisive"
        ),
    ),
    differs=(
        (
            'HonestDiD takes the first treated period by default (weights="first"); here it is the '
            "average over all of them, since that is the effect that is concluded from"
        ),
        (
            "R's HonestDiD inverts the C-LF test on a grid of 1,000 points with critical values "
            "from 1,000 simulations, so its ends lie up to two grid steps inward; here ends are "
            "found to 1e-8 of the width and nothing is simulated"
        ),
        (
            "with one post-period HonestDiD also tests restrictions on pre-periods alone; here, as "
            "with several, only those that involve a post-period"
        ),
    ),
    reference=(
        "Rambachan & Roth (2023), A More Credible Approach to Parallel Trends, Review of Economic "
        "Studies 90(5), 2555-2591; Andrews, Roth & Pakes (2023) for the test"
    ),
)


class Honest(CheckResult):
    """The result of :func:`honest`."""

    def plot(self, ax: Axes | None = None, restriction: str = "relative magnitudes") -> Axes:
        """Draw the robust confidence sets of one restriction against its bound."""
        check_choice("restriction", restriction, ("relative magnitudes", "smoothness"))
        ax = axes(ax)
        table = self.table[self.table["restriction"].isin(["none", restriction])]
        middle = (table["conf_low"] + table["conf_high"]) / 2
        reach = (table["conf_high"] - table["conf_low"]) / 2
        places = range(len(table))
        ax.axhline(0, color=INK, linewidth=1, zorder=1.5)
        look = {"color": PETROL_900, "capsize": 3.5, "elinewidth": 1.3, "capthick": 1.3}
        ax.errorbar(places, middle, yerr=reach, fmt="none", **look)
        names = ["original" if np.isnan(bound) else f"{bound:.3g}" for bound in table["bound"]]
        ax.set_xticks(places, names)
        ax.set_xlim(-0.5, max(len(table), 1) - 0.5)
        head(ax, "confidence set of the effect")
        ax.set_xlabel("largest violation relative to before treatment")
        if restriction == "smoothness":
            ax.set_xlabel("largest bend of the trend")
        return ax


def honest(
    effect: Any,
    mbar: Sequence[float] = (0.5, 1, 2),
    *,
    smoothness: Sequence[float] | None = None,
    weights: Literal["first", "average"] | Sequence[float] = "average",
    alpha: float | None = None,
    threshold: float = 1.0,
) -> Honest:
    """Compute robust confidence sets for an effect when trends may not be parallel.

    Parameters
    ----------
    effect
        An event study of any estimator, with its covariance, whose estimates are measured from
        one base period; or a result with `aggregate`.
    mbar
        Bounds for relative magnitudes: the largest change of the violation after treatment as a
        multiple of the largest before.
    smoothness
        Bounds for its bend (second difference), in the unit of the outcome; by default 0, 0.5, 1
        and 2 times the largest bend among the pre-period estimates.
    weights
        The effect of interest: the ``average`` of all treated periods, which is what a conclusion
        is about; the ``first`` of them, as R's HonestDiD has it by default; or a weight for each.
    alpha
        One less the confidence level; by default that of the effect.
    threshold
        Breakdown value of Mbar that the conclusion must reach to pass.

    Returns
    -------
    Honest
        ``passed`` when the effect is distinguishable from nought up to an Mbar of `threshold`,
        ``failed`` when it is so under parallel trends but not up to there, ``not decisive`` when
        it is not so under parallel trends either.

    Raises
    ------
    EvalkitError
        No covariance, no pre-period, a varying base, gaps in event time, or a negative bound.

    Notes
    -----
    The estimates must be close to normal and measured from one base period. The sets cover the
    effect when the violation of parallel trends lies within the stated bound.

    References
    ----------
    Rambachan & Roth (2023), Review of Economic Studies 90(5), 2555-2591; Andrews, Roth & Pakes
    (2023).

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
    >>> found = ek.checks.honest(ek.did.event_study(panel))
    >>> found.outcome, round(found.figures["breakdown_mbar"], 2)
    ('passed', 1.86)
    """
    level, mbar = None if alpha is None else check_alpha(alpha), bounds("mbar", mbar)
    every = event_times(effect)
    study = every.seen() if every.hidden else every
    if every.hidden and every.base is not None and not _whole(study):
        return _unseen(study)
    _refuse(study)
    _refuse_few(len(study.times), effect.inference.clusters)
    n_pre = int(study.pre.sum())
    l_vec = _l_vec(study, weights)
    level = study.alpha if level is None else level
    bends = _bends(study, n_pre) if smoothness is None else bounds("smoothness", smoothness)
    args = (study.estimate, study.covariance, n_pre, len(study.times) - n_pre, l_vec)
    table = honest_from(*args, mbar=mbar, smoothness=bends, alpha=level)
    figures = breakdown_values(*args, alpha=level)
    outcome, says = _judge(table, figures, threshold)
    if every.hidden and outcome == "passed":
        outcome, says = "not decisive", told("honest.hidden")
    if rests_on_few(effect):
        outcome, says = "not decisive", told("single.too-few")
    notes = [*study.notes]
    mbar_found, bend_found = figures["breakdown_mbar"], figures["breakdown_m"]
    if mbar_found >= FAR:
        notes.append(told("honest.far-relative", at=mbar_found))
    if bend_found >= FAR * size_of(study.estimate, study.covariance, n_pre, l_vec):
        notes.append(told("honest.far-smooth", at=bend_found))
    return Honest(METHOD, outcome, says, table, figures, tuple(notes))


def _refuse(study: EventTimes) -> None:
    if not study.treated.any():
        if study.bare:
            raise EvalkitError(told("refused.bare-after"), hint="see the notes of the effect")
        raise EvalkitError(
            told("refused.no-after"),
            hint="see whether treated units have rows from their start on",
        )
    if study.trend is not None:
        raise EvalkitError(
            told("refused.shared-base"),
            hint='use `event_study`, `sun_abraham` or `group_time` with base_period="universal"',
        )
    if study.base is None:
        raise EvalkitError(
            told("refused.varying-base"), hint='estimate with base_period="universal"'
        )
    if not study.pre.any():
        return  # nothing bounds the violation, which is refused where the sets are computed
    lacking = _lacking(study)
    if lacking is not None:
        hint = "use a range of event times without gaps"
        raise EvalkitError(told("refused.gap", event=lacking), hint=hint)


def _lacking(study: EventTimes) -> int | None:
    """Find the first event time without an estimate, among those with one."""
    known = {int(time) for time in study.times}
    asked = set(range(min(known), max(known) + 1)) if known else set()
    return min(asked - known - {study.base}, default=None)


def _whole(study: EventTimes) -> bool:
    """Whether there are estimates before and after treatment, without gaps."""
    return bool(study.pre.any() and study.treated.any()) and _lacking(study) is None


def _unseen(study: EventTimes) -> Honest:
    """Give no sets, where an estimate that bounds the violation may not be told."""
    table = pd.DataFrame({"restriction": [], "bound": [], "conf_low": [], "conf_high": []})
    return Honest(METHOD, "not decisive", told("honest.hidden"), table, {}, study.notes)


def _refuse_few(estimates: int, clusters: int) -> None:
    """Refuse a covariance that no rounding may save: it has fewer dimensions than estimates."""
    if estimates >= clusters:
        raise EvalkitError(
            told("refused.singular"),
            hint=(
                f"{clusters} clusters cannot tell {estimates} estimates apart: use fewer event "
                "times, or longer periods, such as years for quarters"
            ),
        )


def _l_vec(study: EventTimes, weights: str | Sequence[float]) -> Floats:
    post, treated = ~study.pre, study.treated
    count = int(treated.sum())
    own = np.zeros(count)
    if isinstance(weights, str):
        check_choice("weights", weights, ("first", "average"))
        own[:] = 1 / count
        if weights == "first":
            own = np.eye(count)[0]
    elif len(weights) != count:
        raise EvalkitError(
            f"{len(weights)} weights are given for {count} treated event times",
            hint="give one weight for each",
        )
    else:
        own = np.asarray(weights, dtype=np.float64)
    found = np.zeros(len(study.times))
    found[treated] = own  # periods of anticipation carry no weight
    chosen: Floats = found[post]
    return chosen


def _bends(study: EventTimes, n_pre: int) -> Sequence[float]:
    path = np.append(study.estimate[:n_pre], 0.0)
    error = float(np.sqrt(np.diag(study.covariance)).max())
    largest = float(np.abs(np.diff(path, 2)).max()) if n_pre > 1 else error
    return [0.0, 0.5 * largest, largest, 2 * largest]


def _judge(
    table: pd.DataFrame, figures: dict[str, float], threshold: float
) -> tuple[Outcome, Told]:
    low, high = float(table["conf_low"].iloc[0]), float(table["conf_high"].iloc[0])
    if low <= 0 <= high:
        return "not decisive", told("honest.nothing", low=low, high=high)
    mbar, bend = figures["breakdown_mbar"], figures["breakdown_m"]
    says = told("honest.stands", mbar=mbar, asked=threshold, bend=bend)
    return ("passed" if mbar >= threshold else "failed"), says
