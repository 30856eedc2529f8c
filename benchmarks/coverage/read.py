"""Intervals and rejections read from results, under the names that the truth has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.coverage.draw import Truth
from evalkit.did import Effect


@dataclass(frozen=True)
class Interval:
    """An interval, and the estimate and error behind it where there are any."""

    low: float
    high: float
    estimate: float = np.nan
    std_error: float = np.nan


Answers = dict[str, Interval | bool]
"""By name: an interval; or whether a test rejected, or a band held."""


def row_of(row: Any) -> Interval:
    return Interval(row.conf_low, row.conf_high, row.estimate, row.std_error)


def rows_of(fit: Effect, *names: str) -> Answers:
    """Rows of an effect's table; `ATT(2)` finds `ATT(event=2)` as well."""
    found: Answers = {}
    for row in fit.table.itertuples():
        term = str(row.term)
        name = "ATT" if term == "treated" else term.replace("event=", "")
        if name in names:
            found[name] = row_of(row)
    return found


def group_time_rows(fit: Any) -> Answers:
    """The simple aggregate, the mean of event times, and the effect at event time 0."""
    event = fit.aggregate("event")
    found = {"ATT": row_of(fit.aggregate("simple").overall)}
    return found | {"mean of event times": row_of(event.overall)} | rows_of(event, "ATT(0)")


def held_band(fit: Any, truth: Truth) -> Answers:
    """Whether the uniform band of the event study holds all effects at once."""
    table = fit.aggregate("event").table
    true = np.array([truth[f"ATT({e})"] for e in table["event_time"]])
    inside = (table["band_low"] <= true) & (table["band_high"] >= true)
    return {"all event times at once": bool(inside.all())}
