"""What several diagnostics draw, in the hand of all pictures."""

from __future__ import annotations

import numpy as np
import pandas as pd

from evalkit.did.drawing import INK, PETROL_900, Axes, lie_down

MOST_NAMES = 30
"""More rows than this are numbered: their names would lie over each other."""


def height_for(table: pd.DataFrame) -> float:
    """Give the height in inches that a line for each row takes."""
    return 0.9 + 0.3 * min(len(table), MOST_NAMES / 2)


def draw_intervals(ax: Axes, table: pd.DataFrame, least: float = 0.0) -> None:
    """Draw a row's estimate with its interval on each line, the first on top, and nought.

    The first column of the table names the rows. An interval without an end leaves the axes with
    an arrow. The axis reaches to `least` at least, both ways.
    """
    lie_down(ax)
    places = np.arange(1, len(table) + 1)
    ends = table[["conf_low", "conf_high"]].to_numpy(dtype=np.float64)
    left, right = _reach([*ends.ravel(), *table["estimate"], -least, least])
    low, high = np.maximum(ends[:, 0], left), np.minimum(ends[:, 1], right)
    many = len(table) > MOST_NAMES
    ax.axvline(0, color=INK, linewidth=1)
    ax.hlines(places, low, high, colors=PETROL_900, linewidth=0.8 if many else 1.3)
    for shown, edge, end, arrow in ((low, left, 0, "<"), (high, right, 1, ">")):
        cut = np.isinf(ends[:, end])
        ax.plot(shown[~cut], places[~cut], "|", color=PETROL_900, markersize=4 if many else 7)
        if cut.any():  # without points, what is not clipped would claim the corner of the figure
            ax.plot(np.full(cut.sum(), edge), places[cut], arrow, color=PETROL_900, clip_on=False)
    ax.plot(table["estimate"], places, "o", color=PETROL_900, markersize=2.5 if many else 6)
    if not many:
        ax.set_yticks(places, table.iloc[:, 0])
    ax.set_xlim(left, right)
    ax.set_ylim(max(len(table), 1) + 0.5, 0.5)


def _reach(values: list[float]) -> tuple[float, float]:
    """Give the ends of an axis that holds the values that are known, with some air."""
    known = [one for one in values if np.isfinite(one)]
    air = 0.06 * (max(known) - min(known)) or 1.0
    return min(known) - air, max(known) + air
