"""The event study as a picture: effects before and after treatment."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from evalkit.did.drawing import (
    GREY_400,
    GREY_600,
    INK,
    TEXT,
    Axes,
    count_upwards,
    head,
    label_beside,
    mark_treatment,
    name_treatment,
)
from evalkit.did.intervals import BEFORE, draw_estimates, names_of_parts

SINCE = "periods since treatment"
START = -0.5
"""Treatment starts between the last period before and the first one after."""
ROOMY = 12
"""With more event times than this, a word below one would lie over those beside it."""


def base_times(table: pd.DataFrame, stated: Sequence[int] = ()) -> tuple[int, ...]:
    """Give the event times that the others are measured from.

    They are stated, or have a row of their own: nought without an error.
    """
    own = table["event_time"].notna() & table["std_error"].isna() & (table["estimate"] == 0)
    return tuple(sorted({*stated, *(int(one) for one in table.loc[own, "event_time"])}))


def event_plot(
    ax: Axes, table: pd.DataFrame, base: Sequence[int], outcome: str, alpha: float
) -> None:
    """Draw an event study with everything that explains it.

    Parameters
    ----------
    ax
        Matplotlib axes.
    table
        Rows with an event time, with a band or without.
    base
        Event times that the others are measured from.
    outcome
        What is estimated.
    alpha
        One less the confidence level.
    """
    first, last = span(table, base)
    abreast = last - first + 1
    draw_events(ax, table, base, abreast)
    ax.set_xlim(first - 0.5, last + 0.5)
    name_treatment(ax, START)
    _name_base(ax, base, abreast)
    row = table.sort_values("event_time").iloc[-1]
    label_beside(ax, names_of_parts(int(row["event_time"]), row, alpha, abreast))
    ax.set_xlabel(SINCE)
    head(ax, outcome)


def _name_base(ax: Axes, base: Sequence[int], abreast: int) -> None:
    """Write what the squares are: below them, or at the foot of the axes where bands are near."""
    if abreast <= ROOMY:
        for at in base:
            ax.annotate(
                "reference", (at, 0), (0, -9), textcoords="offset points", color=GREY_600,
                fontsize=TEXT, horizontalalignment="center", verticalalignment="top",
            )  # fmt: skip
        return
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.1 * (high - low), high)
    for at in base:
        ax.annotate(
            "reference", (at, 0), (at, 0.02), textcoords=ax.get_xaxis_transform(), color=GREY_600,
            fontsize=TEXT, horizontalalignment="right",
            arrowprops={
                "arrowstyle": "-", "color": GREY_400, "linewidth": 0.6, "shrinkB": 4,
                "relpos": (1, 1),
            },
        )  # fmt: skip


def span(table: pd.DataFrame, base: Sequence[int]) -> tuple[int, int]:
    """Give the first and the last event time that a drawing shows."""
    times = [*table["event_time"].astype(int), *base, 0]
    return min(times), max(times)


def draw_events(ax: Axes, table: pd.DataFrame, base: Sequence[int], abreast: int) -> None:
    """Draw the estimates by event time, those before treatment hollow and the base square.

    Parameters
    ----------
    ax
        Matplotlib axes.
    table, base
        As in :func:`event_plot`.
    abreast
        How many estimates have room beside each other on a page.
    """
    times = table["event_time"].astype(int)
    after = times >= 0
    mark_treatment(ax, START, span(table, base)[1] + 0.5)
    ax.axhline(0, color=INK, linewidth=1, zorder=1.5)
    own = ~times.isin(base)
    draw_estimates(ax, list(times[own & ~after]), table[own & ~after], BEFORE, abreast)
    draw_estimates(ax, list(times[own & after]), table[own & after], abreast=abreast)
    ax.plot(
        list(base), [0.0] * len(base), "s", color=INK, markerfacecolor="white", markersize=6,
        markeredgewidth=1.3, zorder=4,
    )  # fmt: skip
    count_upwards(ax)
