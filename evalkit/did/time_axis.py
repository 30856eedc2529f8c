"""The axis of time of a drawing: years, quarters and dates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd


def time_axis(ax: Any, times: pd.Series[Any], treated_from: Any) -> list[Any]:
    """Set the ticks of the periods, mark the first treated one, and give each period its place.

    Parameters
    ----------
    ax
        Matplotlib axes.
    times
        The periods in their order, as the data write them.
    treated_from
        First treated period.

    Returns
    -------
    list
        Places on the axis: whole numbers and dates are their own, quarters are counted from 0.
    """
    from matplotlib.ticker import MaxNLocator

    places: list[Any] = list(times)
    mark = treated_from
    if isinstance(mark, pd.Period):  # matplotlib does not know them
        names, mark = [str(time) for time in places], places.index(mark)
        places = list(range(len(names)))
        ax.xaxis.set_major_formatter(
            lambda at, _: names[round(at)] if 0 <= round(at) < len(names) else ""
        )
    if isinstance(mark, int | np.integer):
        ax.xaxis.set_major_locator(MaxNLocator("auto", integer=True))
    ax.axvline(mark, color="grey", linewidth=0.8, label=f"treated from {_shown(treated_from)}")
    return places


def _shown(time: Any) -> str:
    return f"{time:%Y-%m-%d}" if isinstance(time, pd.Timestamp) else str(time)
