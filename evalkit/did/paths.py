"""The path of treated units beside the synthetic one."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.time_axis import time_axis
from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]


def paths_frame(panel: Panel, treated: Floats, synthetic: Floats) -> pd.DataFrame:
    """Put the two paths and their gap in a frame, one row a period."""
    times = [panel.clock.label(int(value)) for value in panel.clock.values]
    return pd.DataFrame(
        {"time": times, "treated": treated, "synthetic": synthetic, "gap": treated - synthetic}
    )


def draw_paths(paths: pd.DataFrame, treated_from: Any, outcome: str, ax: Any) -> Any:
    """Draw a treated and a synthetic path with the first treated period marked."""
    if ax is None:
        import matplotlib.pyplot as plt

        ax = plt.subplots(layout="constrained")[1]
    places = time_axis(ax, paths["time"], treated_from)
    ax.plot(places, paths["treated"], color="black", label="treated")
    ax.plot(places, paths["synthetic"], color="black", linestyle="--", label="synthetic")
    ax.set_ylabel(outcome)
    ax.legend(frameon=False)
    return ax
