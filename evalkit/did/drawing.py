"""The hand in which every picture is drawn: colours, grid, axes and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Axes = Any
"""Matplotlib axes. The library is slow to import and waits until somebody draws."""

INK = "#1A2428"
PETROL_900 = "#0B2E3D"
PETROL_500 = "#357A90"
PETROL_300 = "#97BFCC"
PETROL_50 = "#F1F6F8"
COPPER_700 = "#A3470D"
GREY_600 = "#54626A"
GREY_400 = "#8A979D"
GREY_300 = "#C2CBCF"
BEFORE_300 = "#D5DCDF"
"""Bands before treatment: as light as petrol 300 is strong."""

TEXT = 8.5
"""Points; nothing in a picture is smaller than 8."""
WIDE = 6.6
"""Inches: the width of a page between its margins."""
LINE = 1.4 * TEXT / 72
"""Inches that a line of text takes."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label beside the point that it is of."""

    text: str
    x: float
    y: float
    colour: str = GREY_600
    bold: bool = False


def axes(ax: Axes | None, height: float = 3.2) -> Axes:
    """Give the axes to draw on, dressed: those of the caller, or new ones."""
    if ax is None:
        import matplotlib.pyplot as plt

        ax = plt.subplots(figsize=(WIDE, height), layout="constrained")[1]
    dress(ax)
    return ax


def dress(ax: Axes) -> None:
    """Take the frame away and leave a light grid of horizontal lines."""
    ax.spines[:].set_visible(False)
    ax.grid(visible=False, axis="x")
    ax.grid(visible=True, axis="y", color=GREY_300, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(length=0, labelsize=TEXT, labelcolor=INK)
    ax.xaxis.label.set(size=TEXT, color=GREY_600)
    ax.yaxis.label.set(size=TEXT, color=GREY_600)


def name_value(ax: Axes, value: float, name: str) -> None:
    """Draw a dashed upright line at a value, with its name on top of it."""
    low, high = ax.get_xlim()
    air = 0.05 * (high - low)
    ax.set_xlim(min(low, value - air), max(high, value + air))
    ax.axvline(value, color=COPPER_700, linestyle="--", linewidth=1.2, label=name)
    ax.annotate(
        name, (value, 1.0), (0, 3), xycoords=ax.get_xaxis_transform(), fontsize=TEXT,
        textcoords="offset points", horizontalalignment="center", color=COPPER_700,
        annotation_clip=False,
    )  # fmt: skip


def legend_above(ax: Axes, columns: int = 2) -> None:
    """Explain marks above the axes, where they stand too close for labels of their own."""
    ax.legend(
        frameon=False, loc="lower left", bbox_to_anchor=(0, 1), ncols=columns, fontsize=TEXT,
        labelcolor=INK, borderaxespad=0.2,
    )  # fmt: skip


def lie_down(ax: Axes) -> None:
    """Turn the grid for estimates that lie: their scale is the horizontal one."""
    ax.grid(visible=False, axis="y")
    ax.grid(visible=True, axis="x", color=GREY_300, linewidth=0.6)


def head(ax: Axes, text: str, *, named: bool = False) -> None:
    """Write what the vertical axis measures above it, level, so that it is read at once.

    Where values are `named` on top of the axes, it stands above their names.
    """
    ax.set_title(text, loc="left", size=TEXT, color=GREY_600, pad=20 if named else 6)


def count_upwards(ax: Axes) -> None:
    """Leave only whole numbers on the horizontal axis."""
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator("auto", integer=True))


def mark_treatment(ax: Axes, start: Any, end: Any, name: str = "treatment") -> None:
    """Draw a dotted line where treatment starts, and tint what comes after."""
    ax.axvspan(start, end, color=PETROL_50, linewidth=0, zorder=0)
    ax.axvline(start, color=INK, linewidth=1, linestyle=":", zorder=1, label=name)


def name_treatment(ax: Axes, start: Any, name: str = "treatment") -> None:
    """Write the word beside the dotted line, and make room for it above all that is drawn."""
    low, high = ax.get_ylim()
    ax.set_ylim(low, high + 0.12 * (high - low))
    at = (ax.convert_xunits(start), 1.0)  # a date becomes a number
    ax.annotate(
        name, at, (5, -4), xycoords=ax.get_xaxis_transform(), fontsize=TEXT,
        textcoords="offset points", verticalalignment="top", fontweight="bold", color=PETROL_900,
    )  # fmt: skip


def label_beside(ax: Axes, labels: Sequence[Label]) -> None:
    """Write labels right of the axes with a line to each point, far enough apart to read."""
    ax.set_ylim(*ax.get_ylim())  # what is placed by height stays where its point is
    low, high = ax.get_ylim()
    ordered = sorted(labels, key=lambda one: (one.y - low) / (high - low), reverse=True)
    line = LINE * ax.figure.dpi / ax.bbox.height
    heights = apart([(one.y - low) / (high - low) for one in ordered], line)
    for one, place in zip(ordered, heights, strict=True):
        ax.annotate(
            one.text, (one.x, one.y), (1.02, place), textcoords="axes fraction", color=one.colour,
            fontsize=TEXT, fontweight="bold" if one.bold else "normal",
            verticalalignment="center", annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": GREY_400, "linewidth": 0.6, "shrinkB": 4},
        )  # fmt: skip


def apart(heights: Sequence[float], least: float) -> list[float]:
    """Move heights, highest first, away from each other, and up when they would sink below nought.

    Examples
    --------
    >>> [round(one, 3) for one in apart([0.5, 0.5, 0.1], 0.1)]
    [0.5, 0.4, 0.1]
    """
    found: list[float] = []
    for height in heights:
        found.append(min([height, *(one - least for one in found[-1:])]))
    floor = 0.0
    for at in reversed(range(len(found))):
        found[at] = max(found[at], floor)
        floor = found[at] + least
    return found
