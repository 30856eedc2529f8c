"""The Goodman-Bacon decomposition: which two-by-two comparisons a two-way regression averages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.bacon_method import METHOD
from evalkit.did.drawing import COPPER_700, INK, PETROL_500, PETROL_900, Axes, axes, legend_above
from evalkit.did.effect import Effect
from evalkit.did.inference import Inference
from evalkit.did.options import check_panel
from evalkit.did.period_name import period_name
from evalkit.did.suppression import refuse_single
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


UNTREATED = "Treated vs Untreated"
EARLIER = "Earlier vs Later Treated"
LATER = "Later vs Earlier Treated"
ALWAYS = "Later vs Always Treated"
COLUMNS = ("treated", "untreated", "type", "estimate", "weight", "n_units")
_MARKS = {
    UNTREATED: ("o", PETROL_900),
    EARLIER: ("^", PETROL_500),
    LATER: ("x", COPPER_700),
    ALWAYS: ("s", COPPER_700),
}


@dataclass(frozen=True, repr=False)
class Decomposition(Effect):
    """The comparisons, with their weights; they have no errors, and so no uniform band.

    Attributes
    ----------
    by_type
        Total weight and weighted mean estimate of each type of comparison.
    weighted_sum
        The two-way fixed effects coefficient.
    """

    by_type: pd.DataFrame = field(default_factory=pd.DataFrame)
    weighted_sum: float = np.nan

    def summary(self) -> str:
        """Print the decomposition by type and how it was made, for the eye."""
        lines = [
            f"{self.method.title}: {self.estimand}",
            f"Outcome: {self.outcome}",
            "",
            self.by_type.to_string(index=False, float_format=lambda value: f"{value:.4f}"),
            "",
            f"Weighted sum, the two-way fixed effects coefficient: {self.weighted_sum:.4f}",
            *(f"Left out: {one}" for one in self.dropped),
            *(f"Note: {one}" for one in self.notes),
            f"Source: {self.reference}",
        ]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give the decomposition as plain data, for JSON."""
        kinds = self.by_type.to_dict(orient="records")
        return super().to_dict() | {"by_type": kinds, "weighted_sum": self.weighted_sum}

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw each comparison by its weight and estimate.

        Parameters
        ----------
        ax
            Matplotlib axes to draw on; None makes a figure.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        ax = axes(ax)
        for kind, rows in self.table.groupby("type", sort=True):
            share = float(rows["weight"].sum())
            mark, colour = _MARKS[str(kind)]
            label = f"{kind} (weight {share:.2f})"
            ax.scatter(rows["weight"], rows["estimate"], marker=mark, color=colour, label=label)
        whole = f"Two-way fixed effects ({self.weighted_sum:.3g})"
        ax.axhline(self.weighted_sum, color=INK, linestyle="--", linewidth=1, label=whole)
        ax.set_xlabel("Weight")
        ax.set_ylabel(f"Two-by-two estimate ({self.outcome})")
        legend_above(ax)
        return ax


@dataclass(frozen=True)
class _Groups:
    """Groups of units by timing: mean outcomes, sizes and the place of their first treatment.

    The never treated start after the last period, the always treated in the first.
    """

    means: Floats
    sizes: Floats
    starts: tuple[int, ...]
    names: tuple[Any, ...]
    periods: int

    def share(self, at: int) -> float:
        """Share of periods in which a group is treated."""
        return 1 - self.starts[at] / self.periods

    def change(self, at: int, after: slice, before: slice) -> float:
        """Mean outcome after less before."""
        own = self.means[at]
        return float(own[after].mean() - own[before].mean())


def bacon(panel: Panel) -> Decomposition:
    """Decompose the two-way fixed effects coefficient into two-by-two comparisons.

    Parameters
    ----------
    panel
        A balanced panel without weights.

    Returns
    -------
    Decomposition
        One row per comparison: ``treated``, ``untreated`` (0 is never), ``type``, ``estimate`` in
        the outcome's unit, ``weight`` and ``n_units``; by type; and the weighted sum.

    Raises
    ------
    PanelError
        The panel is not balanced or has weights, nobody starts treatment within it, or all do in
        the same period.

    Notes
    -----
    Estimand: the two-by-two comparisons that the two-way fixed effects coefficient averages;
    the decomposition is algebra and assumes nothing. ``fit.assumptions`` has these in full, and
    ``fit.method`` what docs/methodology/bacon.md says of equation, errors, edge cases and other
    software.

    References
    ----------
    Goodman-Bacon (2021), Journal of Econometrics 225(2), 254-277; weights are equations
    10e-10g.

    Examples
    --------
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 1, 2, 2, 2, 3, 3, 3], "year": [1, 2, 3] * 3,
    ...                       "jobs": [0.0, 2, 2, 0, 0, 3, 1, 1, 1],
    ...                       "start": [2, 2, 2, 3, 3, 3, 0, 0, 0]})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> found = ek.did.bacon(panel)
    >>> found.tidy()[["treated", "untreated", "type", "estimate", "weight"]]
       treated  untreated                      type  estimate    weight
    0        2          3  Earlier vs Later Treated       2.0  0.166667
    1        2          0      Treated vs Untreated       2.0  0.333333
    2        3          2  Later vs Earlier Treated       3.0  0.166667
    3        3          0      Treated vs Untreated       3.0  0.333333
    >>> round(found.weighted_sum, 6)
    2.5
    """
    check_panel(panel)
    groups = _groups(panel)
    if panel.minimum_cell is not None and groups.sizes.min() < panel.minimum_cell:
        refuse_single(
            panel.minimum_cell, "a comparison of cohorts as small as these", "use `group_time`"
        )
    rows = list(_comparisons(groups))
    if not rows:
        raise PanelError(
            "there is no comparison: all units start treatment in the same period, or none do",
            hint="some units must start treatment within the panel, and others later or never",
        )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    table["weight"] /= table["weight"].sum()  # by their sum, the variance of treatment
    terms = [
        f"{period_name(one)} vs {period_name(other)}"
        for one, other in zip(table["treated"], table["untreated"], strict=True)
    ]
    table.insert(0, "term", terms)
    part = table["weight"] * table["estimate"]
    return Decomposition(
        method=METHOD,
        outcome=str(panel.names["outcome"]),
        table=table,
        inference=Inference("none", str(panel.names["unit"]), panel.n_units),
        dropped=panel.dropped,
        by_type=_by_type(table, part),
        weighted_sum=float(part.sum()),
    )


def _by_type(table: pd.DataFrame, part: pd.Series[Any]) -> pd.DataFrame:
    weight = table["weight"].groupby(table["type"]).sum()
    mean = part.groupby(table["type"]).sum() / weight
    return pd.DataFrame({"type": weight.index, "weight": weight.array, "estimate": mean.array})


def _groups(panel: Panel) -> _Groups:
    if panel.names["unit"] is None:
        raise PanelError(
            "the decomposition follows units through time, and repeated cross-sections have none",
            hint="give `unit`, or use `group_time` with panel_data=False",
        )
    if panel.weights is not None:
        raise PanelError(
            "the decomposition holds for a regression without weights",
            hint="make the panel without `weights`",
        )
    if not panel.balanced:
        raise PanelError(
            "the decomposition holds for a balanced panel", hint="use `panel.complete()` first"
        )
    found, clock = panel.moments, panel.clock
    periods = panel.n_periods
    cohorts = np.array(found.cohorts)
    starts = np.where(cohorts == NEVER, periods, np.searchsorted(clock.values, cohorts))
    distinct = [int(start) for start in np.unique(starts)]
    member = np.array([starts == start for start in distinct])
    sizes = member @ found.counts
    labels = tuple(
        NEVER if start == periods else clock.label(int(clock.values[start])) for start in distinct
    )
    return _Groups((member @ found.sums) / sizes[:, None], sizes, tuple(distinct), labels, periods)


def _comparisons(groups: _Groups) -> Iterator[tuple[Any, Any, str, float, float, int]]:
    """Give each comparison: treated, untreated, type, estimate, weight before scaling, units."""
    last, periods = len(groups.starts), groups.periods
    for k in range(last):
        if not 0 < groups.starts[k] < periods:
            continue
        for other in range(last):
            if other == k:
                continue
            start, until, weight, kind = _pair(groups, k, other)
            after, before = slice(groups.starts[k], until), slice(start, groups.starts[k])
            estimate = groups.change(k, after, before) - groups.change(other, after, before)
            sizes = groups.sizes[k], groups.sizes[other]
            yield (
                groups.names[k], groups.names[other], kind, estimate,
                float(weight * sizes[0] * sizes[1]), int(sum(sizes)),
            )  # fmt: skip


def _pair(groups: _Groups, k: int, other: int) -> tuple[int, int, float, str]:
    """Give first and last period (excluded) of a comparison, its weight per pair, and its type."""
    own, its = groups.share(k), groups.share(other)
    start, periods = groups.starts[other], groups.periods
    if start == periods:
        return 0, periods, own * (1 - own), UNTREATED
    if start == 0:
        return 0, periods, own * (1 - own), ALWAYS
    if start > groups.starts[k]:
        return 0, start, (own - its) * (1 - own), EARLIER
    return start, periods, own * (its - own), LATER
