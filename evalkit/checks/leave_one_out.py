"""Leave one cohort out: does the effect hang on a single cohort?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalkit.checks.footing import estimate_firmly, in_sight, thin, weighing
from evalkit.checks.reassign import without
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import Estimator, Single, whole
from evalkit.did.drawing import Axes, name_value
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_asked
from evalkit.did.period_name import name_at
from evalkit.did.small_cohorts import told_cohorts
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError

_WITHOUT = "without "
_HALF = 0.5  # an estimate that falls below this share of the whole was carried by one cohort

METHOD = Method(
    name="leave_one_out",
    title="Leave one cohort out",
    question="Does the effect hang on a single cohort?",
    estimand="the effect without the units of one cohort, for each cohort",
    equation=r"\hat\tau_{(-g)} = \hat\tau(Y_i: G_i \ne g)",
    assumptions=("those of the estimator",),
    standard_errors="those of the estimator on the smaller panel",
    edge_cases=(
        "one treated cohort: not decisive, nothing is left to estimate",
        "an estimate without a standard error: not decisive",
        (
            "fewer than five treated or untreated clusters, in all or without a cohort: such an "
            "error is far too small and counts as none"
        ),
        (
            "units treated from the first period on are no cohort to leave out; without "
            "never-treated units the last cohort may be the comparison of all others, and what "
            "cannot be estimated without it is not decisive"
        ),
        (
            "an effect that is not distinguishable from nought: passed when it is so without each "
            "cohort as well"
        ),
        "a cohort without which the estimator refuses is named in a note",
        (
            "failed when a sign turns, or an estimate falls below half of the whole and includes "
            "nought; passed when each keeps the sign and excludes nought as the whole does; "
            "otherwise not decisive"
        ),
    ),
    differs=(
        (
            "a jackknife leaves out units or clusters to measure an error; this leaves out whole "
            "cohorts to see what the effect rests on, and gives no error of its own"
        ),
    ),
    reference=(
        "Roth, Sant'Anna, Bilinski & Poe (2023), J. Econometrics 235(2), 2218-2244, on effects "
        "that differ between cohorts; the jackknife of Quenouille (1956)"
    ),
)


class LeaveOneOut(CheckResult):
    """The result of :func:`leave_one_out`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the estimate without each cohort, and that of all."""
        ax = super().plot(ax)
        name_value(ax, self.figures["estimate"], "all cohorts")
        return ax


def leave_one_out(
    panel: Panel, estimator: Estimator | None = None, *, alpha: float = 0.05
) -> LeaveOneOut:
    """Estimate without each treated cohort in turn.

    Parameters
    ----------
    panel
        The panel.
    estimator
        Takes a panel and gives an Effect: ``lambda panel: group_time(panel)``.
    alpha
        One less the confidence level.

    Returns
    -------
    LeaveOneOut
        The rule for passed and failed stands in ``METHOD.edge_cases``.

    Raises
    ------
    PanelError
        Nobody is treated.
    EvalkitError
        The estimator refuses the whole panel.

    Notes
    -----
    It assumes what the estimator assumes.

    References
    ----------
    Roth, Sant'Anna, Bilinski & Poe (2023), Journal of Econometrics 235(2), 2218-2244.

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
    >>> ek.checks.leave_one_out(panel, ek.did.imputation).outcome
    'passed'
    """
    estimator = check_asked(panel, estimator, "leave_one_out")
    check_alpha(alpha)
    panel = weighing(panel)
    # Units treated from the first period on have no effect to leave out.
    cohorts = [g for g in panel.treated_cohorts if g > panel.clock.values[0]]
    if not cohorts:
        raise PanelError(told("refused.no-start"), hint="see the cohort column")
    all_units = whole(estimator, panel)
    rows: list[tuple[Any, ...]] = []
    one_by_one, notes = told_cohorts(panel, cohorts)
    for g in cohorts if len(cohorts) > 1 and all_units.known else ():
        own = panel.cohorts == g
        found = estimate_firmly(estimator, without(panel, own))
        name = name_at(panel.clock, g)
        if not found.known and g in one_by_one:
            notes += [told("leave-one-out.note", cohort=name, note=note) for note in found.notes]
        rows.append(
            _row(f"{_WITHOUT}{name}", panel.clock.label(g), int(own.sum()), found, all_units, alpha)
        )
    table = pd.DataFrame(rows, columns=_COLUMNS)
    whole_table = table
    if len(table):
        seen = [at for at, g in enumerate(cohorts) if g in one_by_one]
        table = table.iloc[seen].reset_index(drop=True)
    outcome, says = in_sight(*(_judge(one, all_units, alpha) for one in (whole_table, table)))
    if all_units.known and len(table) and thin(all_units.kind, panel):
        outcome, says = "not decisive", told("single.too-few")
    figures = {"estimate": all_units.estimate, "std_error": all_units.std_error}
    known = table.dropna(subset=["std_error"])
    if len(known):
        figures["least"] = float(known["estimate"].min())
        figures["greatest"] = float(known["estimate"].max())
    return LeaveOneOut(METHOD, outcome, says, table, figures, tuple(notes))


_COLUMNS = ["term", "cohort", "units_left_out", "estimate", "std_error"]
_COLUMNS += ["conf_low", "conf_high", "change"]


def _row(
    label: str, g: Any, units: int, found: Single, all_units: Single, alpha: float
) -> tuple[Any, ...]:
    change = found.estimate - all_units.estimate
    return (label, g, units, found.estimate, found.std_error, *found.interval(alpha), change)


def _judge(table: pd.DataFrame, all_units: Single, alpha: float) -> tuple[Outcome, Told]:
    known = table.dropna(subset=["std_error"])
    if not all_units.known:
        return "not decisive", told("single.no-error")
    if len(table) == 0:
        return "not decisive", told("leave-one-out.single")
    if len(known) == 0:
        return "not decisive", told("leave-one-out.nothing", count=len(table))
    worst = known.iloc[int(known["change"].abs().to_numpy().argmax())]
    found = told(
        "leave-one-out.found",
        estimate=all_units.estimate, cohort=_cohort(worst["term"]),
        low=known["estimate"].min(), high=known["estimate"].max(),
    )  # fmt: skip
    low, high = all_units.interval(alpha)
    includes = (known["conf_low"] <= 0) & (known["conf_high"] >= 0)
    if low <= 0 <= high:
        if bool(includes.all()) and len(known) == len(table):
            return "passed", told("leave-one-out.neither", found=found)
        return "not decisive", told("leave-one-out.hangs", found=found)
    share = known["estimate"] / all_units.estimate
    if bool((includes & (share < _HALF)).any()) or bool((share <= 0).any()):
        return "failed", told("leave-one-out.carried", found=found)
    if len(known) < len(table):
        lost = [_cohort(term) for term in table.loc[table["std_error"].isna(), "term"]]
        return "not decisive", told("leave-one-out.lost", found=found, cohorts=lost)
    if bool(includes.any()):
        return "not decisive", told("leave-one-out.hangs", found=found)
    return "passed", told("leave-one-out.passed", found=found)


def _cohort(term: str) -> str:
    """The cohort that a row of the table is without."""
    return term.removeprefix(_WITHOUT)
