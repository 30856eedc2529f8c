"""Estimates in a drawing: a wide light band, a thin dark interval, a disc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from evalkit.did.drawing import BEFORE_300, GREY_600, PETROL_300, PETROL_900, Axes, Label

SIZES = ((20, 6.5, 3.5, 1.3), (45, 4.0, 2.0, 1.2))
"""Up to so many estimates abreast: size of the disc, of the caps and of lines, in points."""
SMALLEST = (2.2, 0.0, 0.7)


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of an estimate: of its band, its lines and the inside of its disc."""

    band: str
    line: str
    inside: str


MAIN = Look(PETROL_300, PETROL_900, PETROL_900)
BEFORE = Look(BEFORE_300, GREY_600, "white")


def draw_estimates(
    ax: Axes, places: Sequence[Any], table: pd.DataFrame, look: Look = MAIN, abreast: int = 1
) -> None:
    """Draw estimates upright, with their intervals and, where the table has one, their band.

    Parameters
    ----------
    ax
        Matplotlib axes.
    places
        Where each stands on the horizontal axis, one apart.
    table
        ``estimate``, ``conf_low``, ``conf_high`` and perhaps ``band_low`` and ``band_high``.
    look
        The colours.
    abreast
        How many estimates have room beside each other on a page.
    """
    disc, cap, line = next((sizes for most, *sizes in SIZES if abreast < most), SMALLEST)
    if "band_low" in table:
        height = table["band_high"] - table["band_low"]
        bars = ax.bar(
            places, height, width(abreast), bottom=table["band_low"], color=look.band, zorder=2
        )
        for bar in bars:
            bar.sticky_edges.y.clear()  # a bar would stand on the edge of the axes
    reach = [table["estimate"] - table["conf_low"], table["conf_high"] - table["estimate"]]
    ax.errorbar(
        places, table["estimate"], yerr=reach, fmt="o", color=look.line,
        markerfacecolor=look.inside, markersize=disc, elinewidth=line, markeredgewidth=line,
        capsize=cap, capthick=line, zorder=3,
    )  # fmt: skip


def width(abreast: int) -> float:
    """Give the width of a band, on paper always about the same, in steps of the axis."""
    return min(0.036 * abreast, 0.5)


def names_of_parts(place: int, row: pd.Series[Any], alpha: float, abreast: int) -> list[Label]:
    """Give the labels of disc, interval and band, for the estimate beside which they are to be."""
    sure, edge = f"{100 * (1 - alpha):g}%", place + width(abreast) / 2
    found = [Label("estimate", place, row["estimate"], PETROL_900, bold=True)]
    if pd.notna(row["conf_high"]):
        found.insert(0, Label(f"pointwise, {sure}", place, row["conf_high"]))
    if pd.notna(row.get("band_high")):
        found.insert(0, Label(f"uniform band, {sure}", edge, row["band_high"]))
    return found
