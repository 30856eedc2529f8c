"""Placebo dates: the estimator at times when there is nothing to find yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.checks.drawing import draw_intervals, height_for
from evalkit.checks.footing import estimate_firmly, in_sight, weighing
from evalkit.checks.placebo_method import METHOD
from evalkit.checks.reassign import reassigned
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import Estimator, Single
from evalkit.did.adjustment import holm
from evalkit.did.drawing import Axes, axes
from evalkit.did.options import check_alpha, check_asked, whole_number
from evalkit.did.period_name import name_at
from evalkit.did.small_cohorts import told_cohorts
from evalkit.errors import EvalkitError
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

__all__ = ["METHOD", "Placebo", "placebo"]


class Placebo(CheckResult):
    """The result of :func:`placebo` and of ``placebo_groups``."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the placebo estimates with their intervals."""
        known = self.table.dropna(subset=["std_error"])
        ax = axes(ax, height_for(known))
        draw_intervals(ax, known)
        ax.set_xlabel("placebo estimate")
        return ax


def placebo(
    panel: Panel,
    estimator: Estimator | None = None,
    *,
    shifts: Sequence[int] = (1, 2),
    alpha: float = 0.05,
) -> Placebo:
    """Pretend that each cohort was treated some periods earlier, on data from before it was.

    Parameters
    ----------
    panel
        The panel as it is.
    estimator
        Takes a panel and gives an Effect: ``lambda panel: group_time(panel)``.
    shifts
        How many observed periods earlier.
    alpha
        Size of the test.

    Returns
    -------
    Placebo
        ``failed`` when a placebo effect is distinguishable from nought (adjusted for their
        number), ``passed`` when none is, ``not decisive`` when none could be estimated.

    Raises
    ------
    EvalkitError
        A shift is below 1.
    PanelError
        Nobody is treated.

    Notes
    -----
    The treatment must not be anticipated as far back as the pretended date.

    References
    ----------
    Bertrand, Duflo & Mullainathan (2004), Quarterly Journal of Economics 119(1), 249-275.

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
    >>> ek.checks.placebo(panel, ek.did.imputation).outcome
    'passed'
    """
    estimator = check_asked(panel, estimator, "placebo")
    check_alpha(alpha)
    shifts = [whole_number("a shift to before treatment", shift, 1) for shift in shifts]
    if not shifts:
        raise EvalkitError("there are no shifts", hint="give shifts of 1 or more, such as (1, 2)")
    panel = weighing(panel)
    refuse_untreated(panel)
    rows: list[dict[str, Any]] = []
    places = []
    cohorts, notes = told_cohorts(panel, panel.treated_cohorts)
    for g in panel.treated_cohorts:
        for shift in shifts:
            where = told("placebo.date", cohort=name_at(panel.clock, g), shift=shift)
            found = _at_date(panel, estimator, g, shift)
            if g in cohorts:
                notes += [told("placebo.note", where=where, note=note) for note in found.notes]
            cohort, term = panel.clock.label(g), f"{name_at(panel.clock, g)} - {shift}"
            rows.append({"term": term, "cohort": cohort, "shift": shift, **row_of(found, alpha)})
            places.append(where)
    table = pd.DataFrame(rows, columns=None if rows else _COLUMNS)
    table["p_adjusted"] = holm(table["p_value"].to_numpy(dtype=np.float64))
    seen = [at for at in range(len(rows)) if panel.treated_cohorts[at // len(shifts)] in cohorts]
    whole, table = table, table.iloc[seen].reset_index(drop=True)
    outcome, says = in_sight(
        _judge(whole, places, alpha), _judge(table, [places[at] for at in seen], alpha)
    )
    known = table.dropna(subset=["std_error"])
    figures = {"placebos": float(len(known))}
    if len(known):
        figures["p_value"] = float(known["p_adjusted"].min())
        figures["largest"] = float(known["estimate"].abs().max())
    return Placebo(METHOD, outcome, says, table, figures, tuple(notes))


_COLUMNS = ["term", "cohort", "shift", "estimate", "std_error", "p_value", "conf_low", "conf_high"]


def _at_date(panel: Panel, estimator: Estimator, g: int, shift: int) -> Single:
    """Estimate for one cohort at one pretended date."""
    values = panel.clock.values
    at = int(np.searchsorted(values, g)) - shift
    if at < 1:
        return Single(np.nan, np.nan, notes=(told("placebo.no-period"),))
    never = panel.cohorts == NEVER
    controls = never if never.any() else panel.cohorts > g
    own = panel.cohorts == g
    if not controls.any():
        return Single(np.nan, np.nan, notes=(told("placebo.no-unit"),))
    cohorts = np.where(own, int(values[at]), NEVER).astype(np.int64)
    rows = (own | controls)[panel.unit] & (values[panel.time] < g)
    if not rows.any():
        return Single(np.nan, np.nan, notes=(told("placebo.no-row"),))
    return estimate_firmly(estimator, reassigned(panel, cohorts, rows))


def _judge(table: pd.DataFrame, places: list[Told], alpha: float) -> tuple[Outcome, Told]:
    known = table.dropna(subset=["std_error"])
    if len(known) == 0 and table["estimate"].notna().any():
        return "not decisive", told("placebo.no-error")
    if len(known) == 0:
        return "not decisive", told("placebo.no-dates")
    at = int(known.index[int(known["p_adjusted"].to_numpy().argmin())])
    least = table.iloc[at]
    found = told(
        "placebo.dates",
        count=len(known), estimate=least["estimate"], where=places[at], p=least["p_adjusted"],
    )  # fmt: skip
    if least["p_adjusted"] < alpha:
        return "failed", told("placebo.dates-failed", found=found)
    return "passed", told("placebo.dates-passed", found=found)


def refuse_untreated(panel: Panel) -> None:
    """Refuse a panel in which nobody is treated.

    Raises
    ------
    PanelError
        Nobody is.
    """
    if not panel.treated_cohorts:
        raise PanelError(told("refused.untreated"), hint="see the cohort column")


def row_of(found: Single, alpha: float) -> dict[str, float]:
    """Give the numbers of a placebo for its row of the table."""
    low, high = found.interval(alpha)
    return {
        "estimate": found.estimate,
        "std_error": found.std_error,
        "p_value": found.p_value,
        "conf_low": low,
        "conf_high": high,
    }
