"""The path of treated units beside the synthetic one."""

from __future__ import annotations

from typing import Any

import numpy as np
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
from evalkit.did.time_axis import since, time_axis
from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]


def paths_frame(panel: Panel, treated: Floats, synthetic: Floats) -> pd.DataFrame:
    """Put the two paths and their gap in a frame, one row a period."""
    times = [panel.clock.label(int(value)) for value in panel.clock.values]
    return pd.DataFrame(
        {"time": times, "treated": treated, "synthetic": synthetic, "gap": treated - synthetic}
    )


def draw_paths(paths: pd.DataFrame, treated_from: Any, outcome: str, ax: Axes | None) -> Axes:
    """Draw a treated and a synthetic path with the start of treatment marked."""
    ax = axes(ax)
    places, start = time_axis(ax, paths["time"], treated_from)
    look = {"color": PETROL_500, "linestyle": "--", "linewidth": 1.6}
    ax.plot(places, paths["synthetic"], label="synthetic", **look)
    ax.plot(places, paths["treated"], color=PETROL_900, linewidth=1.8, label="treated")
    name_treatment(ax, start, since(treated_from))
    ends = paths.iloc[-1]
    label_beside(
        ax,
        [
            Label("treated", places[-1], ends["treated"], PETROL_900, bold=True),
            Label("synthetic", places[-1], ends["synthetic"], PETROL_500),
        ],
    )
    ax.set_xlabel("period")
    head(ax, outcome)
    return ax
