"""Placebo groups: the estimator on units that the treatment never reached."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.footing import weighing
from evalkit.checks.placebo import Placebo, refuse_untreated, row_of
from evalkit.checks.placebo_method import METHOD
from evalkit.checks.reassign import reassigned
from evalkit.checks.result import Outcome
from evalkit.checks.single import Estimator, estimate_once
from evalkit.did.options import check_alpha, check_asked, whole_number
from evalkit.language.told import Told, spoken, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER, Ints

__all__ = ["METHOD", "placebo_groups"]

Drawn = list[tuple[str, Ints]]
"""Names of draws or groups, with the cohorts that are pretended."""


def placebo_groups(
    panel: Panel,
    estimator: Estimator | None = None,
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
    estimator = check_asked(panel, estimator, "placebo_groups")
    check_alpha(alpha)
    whole_number("draws", draws, 1)
    panel = weighing(panel)
    refuse_untreated(panel)
    never = panel.cohorts == NEVER
    if int(never.sum()) < 4:
        raise PanelError(
            told("refused.never", count=int(never.sum())),
            hint="use placebo dates",
        )
    drawn = _by_group(panel, never, groups) if groups else _at_random(panel, never, draws, seed)
    rows, notes = [], []
    for where, cohorts in drawn:
        found = estimate_once(estimator, reassigned(panel, cohorts, never[panel.unit]))
        if not found.known:
            notes += [told("placebo.note", where=where, note=note) for note in found.notes]
        rows.append({"term": spoken(where, "en"), **row_of(found, alpha)})
    table = pd.DataFrame(rows)
    outcome, says, figures = _judge(table, alpha)
    return Placebo(METHOD, outcome, says, table, figures, tuple(notes))


def _by_group(panel: Panel, never: np.ndarray[Any, Any], groups: str) -> Drawn:
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


def _at_random(panel: Panel, never: np.ndarray[Any, Any], draws: int, seed: int) -> Drawn:
    random = np.random.default_rng(seed)
    places = np.flatnonzero(never)
    # Shares as in the whole panel; each cohort keeps at least one unit.
    values, counts = np.unique(panel.cohorts[~never], return_counts=True)
    sizes = np.maximum(np.floor(counts / panel.n_units * len(places)).astype(int), 1)
    sizes = np.minimum(sizes, len(places) - 2)  # two at least are left to compare with
    while sizes.sum() > len(places) - 2:
        sizes, values = sizes[:-1], values[:-1]
    found: Drawn = []
    for draw in range(draws):
        chosen = random.permutation(places)[: sizes.sum()]
        cohorts = np.full(panel.n_units, NEVER, dtype=np.int64)
        cohorts[chosen] = np.repeat(values, sizes)
        found.append((told("placebo.draw", draw=draw + 1), cohorts))
    return found


def _judge(table: pd.DataFrame, alpha: float) -> tuple[Outcome, Told, dict[str, float]]:
    known = table.dropna(subset=["p_value"])
    count = len(known)
    figures = {"placebos": float(count)}
    if count < 5:
        return "not decisive", told("placebo.few-groups", count=count), figures
    rejected = int((known["p_value"] < alpha).sum())
    chance = float(stats.binom.sf(rejected - 1, count, alpha))
    figures |= {
        "rejected": rejected / count,
        "expected": alpha * count,
        "p_value": chance,
        "error_ratio": float(known["estimate"].std() / known["std_error"].mean()),
    }
    found = told(
        "placebo.groups",
        count=count, rejected=rejected, alpha=alpha, share=rejected / count,
        ratio=figures["error_ratio"],
    )  # fmt: skip
    if chance < 0.01:
        return "failed", told("placebo.groups-failed", found=found), figures
    return "passed", told("placebo.groups-passed", found=found), figures
