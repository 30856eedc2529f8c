"""What an interrupted time series gives: the effect, and the series with its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from evalkit.did.drawing import (
    PETROL_500,
    PETROL_900,
    Axes,
    Label,
    axes,
    head,
    label_beside,
    name_treatment,
)
from evalkit.did.effect import Effect
from evalkit.did.plain_data import plain
from evalkit.did.time_axis import since, time_axis


@dataclass(frozen=True, repr=False)
class InterruptedSeriesEffect(Effect):
    """The effect, with the series and its lines.

    Attributes
    ----------
    paths
        ``time``, ``observed``, ``fitted`` and ``expected``: the line before, carried on.
    treated_from
        First treated period.
    """

    paths: pd.DataFrame = field(default_factory=pd.DataFrame)
    treated_from: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Give the effect as plain data, for JSON."""
        return super().to_dict() | {"paths": plain(self.paths)}

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the series, its lines and the line before carried on.

        Parameters
        ----------
        ax
            Axes to draw on; None for new ones.

        Returns
        -------
        matplotlib.axes.Axes
            The axes.
        """
        ax = axes(ax)
        places, start = time_axis(ax, self.paths["time"], self.treated_from)
        _draw(ax, places, self.paths, list(self.paths["time"]).index(self.treated_from))
        name_treatment(ax, start, since(self.treated_from))
        ends = self.paths.iloc[-1]
        label_beside(
            ax,
            [
                Label("fitted", places[-1], ends["fitted"], PETROL_900, bold=True),
                Label("observed", places[-1], ends["observed"], PETROL_500),
                Label("expected", places[-1], ends["expected"], PETROL_500),
            ],
        )
        ax.set_xlabel("period")
        head(ax, self.outcome)
        return ax


def _draw(ax: Axes, places: Sequence[Any], paths: pd.DataFrame, first: int) -> None:
    """Draw the points and the lines; those on both sides are not joined, or they would climb."""
    ax.plot(places, paths["observed"], "o", color=PETROL_500, markersize=4, label="observed")
    ax.plot(places[:first], paths["fitted"][:first], color=PETROL_900, label="fitted")
    ax.plot(places[first:], paths["fitted"][first:], color=PETROL_900)
    carried = paths["expected"][first:]
    ax.plot(places[first:], carried, color=PETROL_500, linestyle="--", label="expected")
