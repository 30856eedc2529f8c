"""Effects by cohort as small pictures on the same scales."""

from __future__ import annotations

from typing import Any

import pandas as pd

from evalkit.did.drawing import GREY_600, PETROL_900, TEXT, WIDE, Axes, dress, label_beside
from evalkit.did.event_plot import SINCE, base_times, draw_events, span
from evalkit.did.intervals import names_of_parts
from evalkit.did.period_name import period_name

ABREAST = 3
"""Panels beside each other: four would leave no room for the labels of their axes."""


def cohort_panels(table: pd.DataFrame, outcome: str, alpha: float) -> Axes:
    """Draw one event study a cohort.

    A notebook shows a figure that pyplot holds of itself, and shows what a cell returns: axes are a
    line of text there, a figure would be the same picture once more.

    Parameters
    ----------
    table
        ``cohort``, ``event_time``, ``n_treated`` and the estimates.
    outcome
        What is estimated.
    alpha
        One less the confidence level.

    Returns
    -------
    matplotlib.axes.Axes
        Those of the first cohort; ``figure.axes`` gives all.
    """
    groups = list(table.groupby("cohort", sort=True))
    figure, panels = _grid(len(groups))
    first, last = span(table, base_times(table))
    right = min(len(groups), ABREAST) - 1
    abreast = (right + 1) * (last - first + 1)
    for ax, (cohort, own) in zip(panels, groups, strict=True):
        draw_events(ax, own, base_times(own), abreast)
        count = own["n_treated"].max()
        ax.set_title(
            f"{period_name(cohort)}  ({int(count)} treated)",
            loc="left", fontsize=TEXT, fontweight="bold", color=PETROL_900,
        )  # fmt: skip
    panels[0].set_xlim(first - 0.5, last + 0.5)
    row = groups[right][1].sort_values("event_time").iloc[-1]
    parts = names_of_parts(int(row["event_time"]), row, alpha, abreast)
    label_beside(panels[right], parts)
    figure.supxlabel(SINCE, size=TEXT, color=GREY_600)
    figure.suptitle(outcome, size=TEXT, color=GREY_600, x=0.01, horizontalalignment="left")
    return panels[0]


def _grid(count: int) -> tuple[Any, list[Axes]]:
    """Make a figure with so many panels; each lowest one numbers its axis."""
    import matplotlib.pyplot as plt

    abreast = min(ABREAST, count)
    deep = -(-count // abreast)
    figure, grid = plt.subplots(
        deep, abreast, figsize=(WIDE, 0.9 + 1.7 * deep), sharex=True, sharey=True, squeeze=False,
        layout="constrained",
    )  # fmt: skip
    panels = list(grid.flat)
    for ax in panels[count:]:
        ax.remove()
    for at, ax in enumerate(panels[:count]):
        dress(ax)
        ax.tick_params(labelbottom=at + abreast >= count)
    return figure, panels[:count]
