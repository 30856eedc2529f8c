"""Axes to draw a diagnostic on, and what several diagnostics draw."""

from __future__ import annotations

from typing import Any

import pandas as pd

Axes = Any
"""Matplotlib axes. The library is slow to import and waits until somebody draws."""

MOST_NAMES = 30
"""More rows than this are numbered: their names would lie over each other."""


def axes(ax: Axes | None) -> Axes:
    """Give the axes to draw on: those of the caller, or new ones."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(layout="constrained")[1]


def draw_intervals(ax: Axes, table: pd.DataFrame) -> None:
    """Draw a row's estimate with its interval on each line, the first on top, and nought."""
    places = range(1, len(table) + 1)
    reach = table["estimate"] - table["conf_low"]
    ax.errorbar(table["estimate"], places, xerr=reach, fmt="o", markersize=4)
    if len(table) <= MOST_NAMES:
        ax.set_yticks(places, table["term"])
    ax.set_ylim(max(len(table), 1) + 0.5, 0.5)
    ax.axvline(0, color="grey", linewidth=0.8)


def legend_above(ax: Axes) -> None:
    """Explain the lines above the axes, where nothing is drawn."""
    ax.legend(frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=3)
