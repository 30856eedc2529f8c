"""Placebos: the estimator where there is nothing to find, at earlier dates or in other groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.drawing import draw_intervals, height_for
from evalkit.checks.placebo_method import METHOD
from evalkit.checks.reassign import reassigned
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import Estimator, Single, estimate_once, holm, p_text
from evalkit.did.drawing import Axes, axes
from evalkit.did.options import check_alpha, whole_number
from evalkit.did.period_name import name_at
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, Ints

__all__ = ["METHOD", "Placebo", "placebo", "placebo_groups"]


class Placebo(CheckResult):
    """The result of :func:`placebo` and :func:`placebo_groups`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the placebo estimates with their intervals."""
        known = self.table.dropna(subset=["std_error"])
        ax = axes(ax, height_for(known))
        draw_intervals(ax, known)
        ax.set_xlabel("placebo estimate")
        return ax


def placebo(
    panel: Panel,
    estimator: Estimator,
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
    check_alpha(alpha)
    shifts = [whole_number("a shift to before treatment", shift, 1) for shift in shifts]
    if not shifts:
        raise EvalkitError("there are no shifts", hint="give shifts of 1 or more, such as (1, 2)")
    _treated(panel)
    rows, notes = [], []
    for g in panel.treated_cohorts:
        for shift in shifts:
            label = f"{name_at(panel.clock, g)} - {shift}"
            found = _at_date(panel, estimator, g, shift)
            notes += [f"{label}: {note}" for note in found.notes]
            cohort = panel.clock.label(g)
            rows.append({"term": label, "cohort": cohort, "shift": shift, **_row(found, alpha)})
    table = pd.DataFrame(rows)
    table["p_adjusted"] = holm(table["p_value"].to_numpy(dtype=np.float64))
    outcome, says = _judge_dates(table, alpha)
    known = table.dropna(subset=["std_error"])
    figures = {"placebos": float(len(known))}
    if len(known):
        figures["p_value"] = float(known["p_adjusted"].min())
        figures["largest"] = float(known["estimate"].abs().max())
    return Placebo(METHOD, outcome, says, table, figures, tuple(notes))


def _at_date(panel: Panel, estimator: Estimator, g: int, shift: int) -> Single:
    """Estimate for one cohort at one pretended date."""
    values = panel.clock.values
    at = int(np.searchsorted(values, g)) - shift
    if at < 1:
        return Single(np.nan, np.nan, notes=("no period lies before the pretended date",))
    never = panel.cohorts == NEVER
    controls = never if never.any() else panel.cohorts > g
    own = panel.cohorts == g
    if not controls.any():
        return Single(np.nan, np.nan, notes=("no unit to compare with",))
    cohorts = np.where(own, int(values[at]), NEVER).astype(np.int64)
    rows = (own | controls)[panel.unit] & (values[panel.time] < g)
    if not rows.any():
        return Single(np.nan, np.nan, notes=("no row lies before treatment",))
    return estimate_once(estimator, reassigned(panel, cohorts, rows))


def _judge_dates(table: pd.DataFrame, alpha: float) -> tuple[Outcome, str]:
    known = table.dropna(subset=["std_error"])
    if len(known) == 0 and table["estimate"].notna().any():
        return "not decisive", (
            "No placebo effect has a standard error: the notes say why, and nothing can be tested."
        )
    if len(known) == 0:
        return "not decisive", "No placebo date could be estimated: too few periods come before."
    least = known.iloc[int(known["p_adjusted"].to_numpy().argmin())]
    says = (
        f"Of {len(known)} placebo effects at earlier dates the most telling is "
        f"{least['estimate']:.4g} ({least['term']}; adjusted {p_text(least['p_adjusted'])})"
    )
    if least["p_adjusted"] < alpha:
        return "failed", f"{says}: the estimator finds an effect before there was a treatment."
    return "passed", f"{says}: nothing is found where there is nothing."


def placebo_groups(
    panel: Panel,
    estimator: Estimator,
    *,
    groups: str | None = None,
    draws: int = 100,
    seed: int = 0,
    alpha: float = 0.05,
) -> Placebo:
    """Pretend that never-treated units were treated.

    Parameters
    ----------
    panel
        The panel as it is; only its never-treated units are used.
    estimator
        Takes a panel and gives an Effect.
    groups
        Column of the groups that are pretended to be treated, one after the other, from the
        date of the largest cohort on; by default units are drawn at random, to cohorts of the
        same shares as in the panel.
    draws, seed
        Number of random draws, and their seed; of no use with `groups`.
    alpha
        Size of each test.

    Returns
    -------
    Placebo
        ``failed`` when more placebos reject at `alpha` than chance explains (binomial test at
        1%), ``not decisive`` when fewer than five could be estimated, else ``passed``. The
        figure `error_ratio` is the standard deviation of the placebo estimates over their mean
        standard error: above 1 when stated errors are too small.

    Raises
    ------
    PanelError
        Nobody is treated, or fewer than four units are never treated.

    Notes
    -----
    Never-treated units must not be touched by the treatment of others.

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
    >>> ek.checks.placebo_groups(panel, ek.did.twfe, draws=20).outcome
    'passed'
    """
    check_alpha(alpha)
    whole_number("draws", draws, 1)
    _treated(panel)
    never = panel.cohorts == NEVER
    if int(never.sum()) < 4:
        raise PanelError(
            f"placebo groups need never-treated units, and there are {int(never.sum())}",
            hint="use placebo dates",
        )
    drawn = _by_group(panel, never, groups) if groups else _at_random(panel, never, draws, seed)
    rows, notes = [], []
    for label, cohorts in drawn:
        found = estimate_once(estimator, reassigned(panel, cohorts, never[panel.unit]))
        if not found.known:
            notes += [f"{label}: {note}" for note in found.notes]
        rows.append({"term": label, **_row(found, alpha)})
    table = pd.DataFrame(rows)
    outcome, says, figures = _judge_groups(table, alpha)
    return Placebo(METHOD, outcome, says, table, figures, tuple(notes))


def _by_group(panel: Panel, never: np.ndarray[Any, Any], groups: str) -> list[tuple[str, Ints]]:
    order = np.arange(panel.n_rows) if panel.order is None else panel.order
    if groups not in panel.frame.columns:
        raise PanelError(f"there is no column '{groups}' for the placebo groups")
    labels = panel.frame[groups].to_numpy()[order][panel.first_rows]
    treated = panel.cohorts[~never]
    values, counts = np.unique(treated, return_counts=True)
    date = int(values[np.argmax(counts)])
    found = []
    for label in pd.unique(labels[never]):
        own = never & (labels == label)
        found.append((str(label), np.where(own, date, NEVER).astype(np.int64)))
    return found


def _at_random(
    panel: Panel, never: np.ndarray[Any, Any], draws: int, seed: int
) -> list[tuple[str, Ints]]:
    random = np.random.default_rng(seed)
    places = np.flatnonzero(never)
    # Shares as in the whole panel; each cohort keeps at least one unit.
    values, counts = np.unique(panel.cohorts[~never], return_counts=True)
    sizes = np.maximum(np.floor(counts / panel.n_units * len(places)).astype(int), 1)
    sizes = np.minimum(sizes, len(places) - 2)  # two at least are left to compare with
    while sizes.sum() > len(places) - 2:
        sizes, values = sizes[:-1], values[:-1]
    found = []
    for draw in range(draws):
        chosen = random.permutation(places)[: sizes.sum()]
        cohorts = np.full(panel.n_units, NEVER, dtype=np.int64)
        cohorts[chosen] = np.repeat(values, sizes)
        found.append((f"draw {draw + 1}", cohorts))
    return found


def _judge_groups(table: pd.DataFrame, alpha: float) -> tuple[Outcome, str, dict[str, float]]:
    known = table.dropna(subset=["p_value"])
    count = len(known)
    figures = {"placebos": float(count)}
    if count < 5:
        return "not decisive", f"Only {count} placebo groups have an error to test by.", figures
    rejected = int((known["p_value"] < alpha).sum())
    chance = float(stats.binom.sf(rejected - 1, count, alpha))
    figures |= {
        "rejected": rejected / count,
        "p_value": chance,
        "error_ratio": float(known["estimate"].std() / known["std_error"].mean()),
    }
    says = (
        f"Of {count} placebo groups {rejected} show an effect at the {alpha:.0%} level "
        f"({rejected / count:.0%}); placebo estimates spread {figures['error_ratio']:.2f} times "
        "as widely as their standard errors say"
    )
    if chance < 0.01:
        return "failed", f"{says}: more than chance explains.", figures
    return "passed", f"{says}: no more than chance explains.", figures


def _treated(panel: Panel) -> None:
    if not panel.treated_cohorts:
        raise PanelError("nobody is treated", hint="see the cohort column")


def _row(found: Single, alpha: float) -> dict[str, float]:
    low, high = found.interval(alpha)
    return {
        "estimate": found.estimate,
        "std_error": found.std_error,
        "p_value": found.p_value,
        "conf_low": low,
        "conf_high": high,
    }
