"""Placebos: the estimator where there is nothing to find, at earlier dates or in other groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.drawing import Axes, axes, draw_intervals
from evalkit.checks.reassign import reassigned
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import Estimator, Single, estimate_once, holm, p_text
from evalkit.did.method import Method
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, Ints

METHOD = Method(
    name="placebo",
    title="Placebo dates and placebo groups",
    question="Does the estimator find an effect where there is none?",
    estimand="the effect of a treatment that did not take place, which is nought",
    equation=r"\hat\tau^{placebo} = \hat\tau(Y, \tilde G), \quad \tilde G \ne G",
    assumptions=(
        "dates: the treatment is not anticipated as far back as the pretended date",
        "groups: never-treated units are not touched by the treatment of others",
    ),
    standard_errors=(
        "those of the estimator; p-values of dates are adjusted for their number by Holm's method"
    ),
    edge_cases=(
        "dates: a cohort without enough periods before the pretended date is named in a note",
        "dates: failed when any adjusted p-value is below alpha, not decisive without estimates",
        "dates: without never-treated units, later cohorts before their treatment compare",
        (
            "groups: failed when more placebos reject than chance explains (binomial, 1%), not "
            "decisive with fewer than five"
        ),
    ),
    differs=(
        (
            "each cohort is taken by itself with its comparison units, so that the panel stays "
            "balanced and any estimator will do"
        ),
    ),
    reference=(
        "Bertrand, Duflo & Mullainathan (2004), How Much Should We Trust Differences-in-"
        "Differences Estimates?, QJE 119(1), 249-275"
    ),
)


class Placebo(CheckResult):
    """The result of :func:`placebo` and :func:`placebo_groups`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the placebo estimates with their intervals."""
        ax = axes(ax)
        draw_intervals(ax, self.table.dropna(subset=["std_error"]))
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
    """
    if any(shift < 1 for shift in shifts):
        raise EvalkitError("a placebo date lies before treatment", hint="give shifts of 1 or more")
    _treated(panel)
    rows, notes = [], []
    for g in panel.treated_cohorts:
        for shift in shifts:
            label = f"{panel.clock.label(g)} - {shift}"
            found = _at_date(panel, estimator, g, shift)
            notes += [f"{label}: {note}" for note in found.notes]
            rows.append({"term": label, "cohort": g, "shift": shift, **_row(found, alpha)})
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
    """
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
        return "not decisive", f"Only {count} placebo groups could be estimated.", figures
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
