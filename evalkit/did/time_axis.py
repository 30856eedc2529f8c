"""The axis of time of a drawing: years, quarters and dates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.drawing import Axes, count_upwards, mark_treatment
from evalkit.did.period_name import period_name


def time_axis(ax: Axes, times: pd.Series[Any], treated_from: Any) -> tuple[list[Any], Any]:
    """Set the ticks of the periods, and mark where treatment starts.

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
    places : list
        Each period's place on the axis: whole numbers and dates are their own, quarters are
        counted from 0.
    start
        The place of the start of treatment, between the last period before and the first after.
    """
    places = list(times)
    first = places.index(treated_from)
    if isinstance(treated_from, pd.Period):  # matplotlib does not know them
        names, places = [period_name(time) for time in places], list(range(len(places)))
        ax.xaxis.set_major_formatter(
            lambda at, _: names[round(at)] if 0 <= round(at) < len(names) else ""
        )
    if isinstance(places[first], int | np.integer):
        count_upwards(ax)
    before = places[max(first - 1, 0)]
    start = before + (places[first] - before) / 2
    mark_treatment(ax, start, places[-1], since(treated_from))
    return places, start


def since(treated_from: Any) -> str:
    """Say when treatment starts."""
    return f"treated from {period_name(treated_from)}"
