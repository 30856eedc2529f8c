"""The specification curve: estimates in order of size, above a matrix of what was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

import numpy as np
import pandas as pd

from evalkit.did.drawing import (
    GREY_300,
    GREY_600,
    INK,
    PETROL_900,
    TEXT,
    WIDE,
    Axes,
    dress,
)
from evalkit.errors import EvalkitError

_LINE = 0.19
"""Inches that a line of the matrix takes."""
_UPPER = 2.6
"""Inches of the axes of the estimates."""
ROOMY = 60
"""More estimates than this have smaller discs."""


def specification_curve(
    table: pd.DataFrame, choices: Sequence[str], alpha: float, ax: Axes | None
) -> Axes:
    """Draw the estimates of many runs from small to large, and what each of them chose.

    Parameters
    ----------
    table
        One row a run: the choices, ``estimate``, ``conf_low``, ``conf_high``, ``p_adjusted``.
    choices
        Columns of the choices; one that is the same in all rows is left out.
    alpha
        One less the confidence level: discs of runs with a lower adjusted p-value are filled.
    ax
        Axes for the estimates; None makes a figure.

    Raises
    ------
    EvalkitError
        There are fewer than two estimates.
    """
    known = table[table["estimate"].notna()].sort_values("estimate", kind="stable")
    if len(known) < 2:
        raise EvalkitError("a curve needs two estimates", hint="see `tidy()`")
    lines = _lines(known, choices)
    deep = sum(len(values) + 1 for values in lines.values()) * _LINE
    ax, lower = _two_axes(ax, deep)
    _estimates(ax, known, alpha)
    _matrix(lower, known, lines)
    return ax


def _two_axes(ax: Axes | None, deep: float) -> tuple[Axes, Axes]:
    """Give the axes of the estimates, and those below them for a matrix so many inches deep."""
    if ax is None:
        import matplotlib.pyplot as plt

        _, (ax, lower) = plt.subplots(
            2, 1, sharex=True, figsize=(WIDE, _UPPER + deep + 0.3), layout="constrained",
            height_ratios=(_UPPER, deep),
        )  # fmt: skip
    else:
        divider = import_module("mpl_toolkits.axes_grid1").make_axes_locatable(ax)
        lower = divider.append_axes("bottom", f"{100 * deep / _UPPER:.0f}%", pad=0.08, sharex=ax)
    dress(ax)
    dress(lower)
    return ax, lower


def _lines(known: pd.DataFrame, choices: Sequence[str]) -> dict[str, list[str]]:
    """List the values of each choice that there is, in the order of the runs."""
    return {
        name: list(dict.fromkeys(known.sort_index()[name]))
        for name in choices
        if known[name].nunique() > 1
    }


def _estimates(ax: Axes, known: pd.DataFrame, alpha: float) -> None:
    """Draw the estimates with their intervals."""
    places = np.arange(len(known))
    sure = (known["p_adjusted"] < alpha).to_numpy()
    size = 5.0 if len(known) <= ROOMY else 2.5
    ax.axhline(0, color=INK, linewidth=1, zorder=1.5)
    ends = known["conf_low"], known["conf_high"]
    ax.vlines(places, *ends, color=GREY_600, linewidth=1.1, zorder=2)
    for own, inside, name in (
        (sure, PETROL_900, f"adjusted p below {alpha:g}"),
        (~sure, "white", "not so"),
    ):
        if own.any():
            ax.plot(
                places[own], known["estimate"].to_numpy()[own], "o", color=PETROL_900,
                markerfacecolor=inside, markersize=size, markeredgewidth=1.1, label=name, zorder=3,
            )  # fmt: skip
    ax.set_xlim(-0.7, len(known) - 0.3)
    ax.tick_params(labelbottom=False)
    ax.legend(
        frameon=False, loc="lower right", bbox_to_anchor=(1, 1), ncols=2, fontsize=TEXT,
        labelcolor=INK, borderaxespad=0.2,
    )  # fmt: skip
    level = f"estimate, {100 * (1 - alpha):g}% interval"
    ax.set_title(level, loc="left", size=TEXT, color=GREY_600, pad=6)


def _matrix(ax: Axes, known: pd.DataFrame, lines: dict[str, list[str]]) -> None:
    """Mark in a line for each value the runs that chose it; choices have a head of their own."""
    places = np.arange(len(known))
    ticks: list[int] = []
    names: list[str] = []
    heads: list[int] = []
    at = 0
    for choice, values in lines.items():
        heads.append(len(names))
        for name in (choice, *values):
            ticks.append(at)
            names.append(name)
            at += 1
        for line, value in enumerate(values, start=at - len(values)):
            own = (known[choice] == value).to_numpy()
            ax.plot(places[~own], np.full((~own).sum(), line), "|", color=GREY_300, markersize=4)
            ax.plot(places[own], np.full(own.sum(), line), "s", color=INK, markersize=4)
    ax.set_yticks(ticks, names)
    for place, label in enumerate(ax.get_yticklabels()):
        if place in heads:
            label.set(fontweight="bold", color=PETROL_900)
    ax.set_ylim(at - 0.4, -0.6)
    ax.grid(visible=False)
    ax.tick_params(labelbottom=False)
