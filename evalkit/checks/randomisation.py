"""Randomisation inference: would other units, treated by lot, have shown as large an effect?"""

from __future__ import annotations

from collections.abc import Iterator
from math import lgamma
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalkit.checks.footing import weighing
from evalkit.checks.reassign import reassigned
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import Estimator, Single, estimate_once, whole
from evalkit.did.drawing import PETROL_500, Axes, axes, head, name_value
from evalkit.did.method import Method
from evalkit.did.options import (
    check_alpha,
    check_asked,
    check_choice,
    whole_number,
)
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import Ints

METHOD = Method(
    name="randomisation",
    title="Randomisation inference",
    question=(
        "If treatment had fallen by lot on other units, how often would the effect look as large?"
    ),
    estimand="the sharp null hypothesis that treatment changes no outcome of any unit",
    equation=r"p = \frac{1 + \sum_{b=1}^B 1\{|T(G^{\pi_b})| \ge |T(G)|\}}{1 + B}",
    assumptions=(
        "cohorts are exchangeable over units (or clusters) under the null: as if dealt by lot",
    ),
    standard_errors=(
        "none is needed; the t statistic is permuted, which also keeps its size in large samples "
        "when only the average effect is nought. All assignments are run through when they are no "
        "more than the draws asked for; then p is the share itself."
    ),
    edge_cases=(
        "the least p-value that the assignments allow is alpha or more: not decisive",
        "an estimate without a standard error: not decisive",
        (
            "cohorts that vary within clusters are dealt over units, and a note says so; with "
            "by='cluster' they are an error"
        ),
        (
            "passed when p is below alpha; failed when only the estimator's own test rejects; not "
            "decisive when neither does"
        ),
        (
            "assignments with which the estimator refuses, as when a drawn comparison group is too "
            "small, are counted in a note and leave the denominator"
        ),
    ),
    differs=("Stata's ritest permutes the coefficient by default; here statistic='estimate'",),
    reference=(
        "Fisher (1935), The Design of Experiments; Wu & Ding (2021), Randomization Tests for Weak "
        "Null Hypotheses, JASA 116(536), 1898-1913, on the studentised statistic"
    ),
)


class Randomisation(CheckResult):
    """The result of :func:`randomisation`; its table has a row per assignment."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the statistics of all assignments, and that of the true one."""
        ax = axes(ax)
        ax.hist(self.table["statistic"].dropna(), bins=40, color=PETROL_500)
        name_value(ax, self.figures["statistic"], "true assignment")
        ax.set_xlabel("statistic under other assignments")
        head(ax, "assignments", named=True)
        return ax


def randomisation(
    panel: Panel,
    estimator: Estimator | None = None,
    *,
    statistic: Literal["t", "estimate"] = "t",
    by: Literal["unit", "cluster"] | None = None,
    draws: int = 999,
    seed: int = 0,
    alpha: float = 0.05,
) -> Randomisation:
    """Deal the cohorts over units or clusters again and again, and estimate each time.

    Parameters
    ----------
    panel
        The panel.
    estimator
        Takes a panel and gives an Effect; it is called `draws` times.
    statistic
        ``t`` (the estimate over its error) or ``estimate``.
    by
        Deal over units or clusters; by default clusters, when each has one cohort.
    draws
        Number of random assignments; when there are no more distinct ones, each is taken once.
    seed
        Of the random assignments.
    alpha
        Size of the test.

    Returns
    -------
    Randomisation
        The rule for passed and failed stands in ``METHOD.edge_cases``.

    Raises
    ------
    PanelError
        Nobody is treated, or cohorts vary within clusters.
    EvalkitError
        The estimator refuses the panel as it is, or `statistic` is not known.

    Notes
    -----
    Under the null hypothesis cohorts are exchangeable over units (or clusters), as if dealt by
    lot.

    References
    ----------
    Fisher (1935), The Design of Experiments; Wu & Ding (2021), Journal of the American
    Statistical Association 116(536), 1898-1913.

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
    >>> ek.checks.randomisation(panel, ek.did.twfe, draws=99).outcome
    'passed'
    """
    estimator = check_asked(panel, estimator, "randomisation")
    check_alpha(alpha)
    check_choice("statistic", statistic, ("t", "estimate"))
    if by is not None:
        check_choice("by", by, ("unit", "cluster"))
    whole_number("draws", draws, 1)
    panel = weighing(panel)
    if not panel.treated_cohorts:
        raise PanelError(told("refused.untreated"), hint="see the cohort column")
    places, dealt = _blocks(panel, by)
    own = whole(estimator, panel)
    if not own.known:
        return Randomisation(
            METHOD, "not decisive", told("single.no-error"), pd.DataFrame(columns=_COLUMNS)
        )
    observed = _number(own, statistic)
    exact = _assignments(dealt) <= draws
    deals = _every(dealt) if exact else _random(dealt, draws, seed)
    found = [estimate_once(estimator, reassigned(panel, deal[places])) for deal in deals]
    table = pd.DataFrame(
        {
            "estimate": [one.estimate for one in found],
            "std_error": [one.std_error for one in found],
            "statistic": [_number(one, statistic) for one in found],
        }
    )
    known = table["statistic"].dropna().to_numpy(dtype=np.float64)
    larger = int((np.abs(known) >= abs(observed) * (1 - 1e-9)).sum())
    p_value = larger / len(known) if exact else (1 + larger) / (1 + len(known))
    figures = {
        "p_value": p_value,
        "p_value_estimator": own.p_value,
        "statistic": observed,
        "assignments": float(len(known)),
        "least_p_value": 1 / len(known) if exact else 1 / (1 + len(known)),
    }
    outcome, says = _judge(figures, exact, alpha)
    lost = len(table) - len(known)
    units = len(dealt) == panel.n_units
    notes = [told("randomisation.units" if units else "randomisation.clusters", count=len(dealt))]
    if lost:
        notes.append(told("randomisation.lost", count=lost))
    return Randomisation(METHOD, outcome, says, table, figures, tuple(notes))


_COLUMNS = ["estimate", "std_error", "statistic"]


def _number(found: Single, statistic: str) -> float:
    return found.estimate if statistic == "estimate" else found.statistic


def _blocks(panel: Panel, by: str | None) -> tuple[Ints, Ints]:
    """The block of each unit, and the cohort of each block."""
    if by == "unit" or panel.clusters is None:
        return np.arange(panel.n_units), panel.cohorts
    labels, first, places = np.unique(panel.clusters, return_index=True, return_inverse=True)
    dealt = panel.cohorts[first]
    bad = np.flatnonzero(dealt[places] != panel.cohorts)
    if bad.size and by is None:
        return np.arange(panel.n_units), panel.cohorts
    if bad.size:
        raise PanelError(
            f"cohorts vary within {len(np.unique(places[bad]))} of {len(labels)} clusters, so they "
            "cannot be dealt over clusters",
            hint='give by="unit" if units were treated one by one',
        )
    return places.astype(np.int64), dealt


def _assignments(dealt: Ints) -> float:
    """How many distinct ways there are to deal the cohorts."""
    counts = np.unique(dealt, return_counts=True)[1]
    logged = lgamma(len(dealt) + 1) - sum(lgamma(int(n) + 1) for n in counts)
    return float(np.round(np.exp(min(logged, 700.0))))


def _random(dealt: Ints, draws: int, seed: int) -> Iterator[Ints]:
    random = np.random.default_rng(seed)
    for _ in range(draws):
        yield random.permutation(dealt)


def _every(dealt: Ints) -> Iterator[Ints]:
    """Run through all distinct permutations in lexicographic order (Narayana's algorithm)."""
    deal = np.sort(dealt)
    while True:
        yield deal.copy()
        rises = np.flatnonzero(deal[:-1] < deal[1:])
        if rises.size == 0:
            return
        at = int(rises[-1])
        other = max(i for i in range(at + 1, len(deal)) if deal[i] > deal[at])
        deal[[at, other]] = deal[[other, at]]
        deal[at + 1 :] = deal[at + 1 :][::-1]


def _judge(figures: dict[str, Any], exact: bool, alpha: float) -> tuple[Outcome, Told]:
    p_value, count = figures["p_value"], int(figures["assignments"])
    found = told(
        "randomisation.all" if exact else "randomisation.random",
        count=count, p=p_value, own=figures["p_value_estimator"],
    )  # fmt: skip
    if figures["least_p_value"] >= alpha:
        return "not decisive", told("randomisation.coarse", found=found, alpha=alpha)
    if p_value < alpha:
        return "passed", told("randomisation.passed", found=found)
    if figures["p_value_estimator"] < alpha:
        return "failed", told("randomisation.failed", found=found)
    return "not decisive", told("judged.neither", found=found)
