"""An event study as the diagnostics need it: estimates by event time, with their covariance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.event_plot import base_times
from evalkit.did.options import check_effect
from evalkit.did.suppression import FLAG, of_suppression
from evalkit.errors import EvalkitError
from evalkit.language.told import Told, told

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True)
class EventTimes:
    """Estimates in order of event time.

    Attributes
    ----------
    times : ndarray of int, shape (estimates,)
        Event times, ascending, without the base.
    estimate : ndarray, shape (estimates,)
        The estimates, in the unit of the outcome.
    covariance : ndarray, shape (estimates, estimates)
        Their covariance.
    base
        The event time that the others are measured from; None when there is no single one.
    alpha, df
        As in the effect's inference.
    trend : ndarray, shape (estimates,), or None
        What a linear violation that rises by 1 a period adds to each estimate, where the effect
        states it: leads of imputation are measured from all earlier periods together. None when
        it follows from the base; without a base each pre-period is then measured from the one
        before it (a varying base).
    notes
        What was left out, and why.
    bare
        Event times whose estimate has no standard error; they are left out.
    hidden
        Event times of which too few units may be told: no view may show their estimates.
    """

    times: Ints
    estimate: Floats
    covariance: Floats
    base: int | None
    alpha: float
    df: float | None
    trend: Floats | None = None
    notes: tuple[str, ...] = ()
    bare: tuple[int, ...] = ()
    hidden: tuple[int, ...] = ()

    @property
    def shown(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which estimates may be told."""
        return ~np.isin(self.times, self.hidden)

    def seen(self) -> EventTimes:
        """Give what may be told alone."""
        own = self.shown
        trend = None if self.trend is None else self.trend[own]
        return replace(
            self, times=self.times[own], estimate=self.estimate[own], trend=trend,
            covariance=self.covariance[np.ix_(own, own)],
        )  # fmt: skip

    @property
    def pre(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which estimates stand before the base, or before treatment when there is none."""
        return self.times < (0 if self.base is None else self.base)

    @property
    def treated(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which estimates are of treated periods."""
        return self.times >= 0

    def linear(self) -> Floats:
        """What a linear violation that rises by 1 a period adds to each estimate."""
        if self.trend is not None:
            return self.trend
        if self.base is not None:
            return (self.times - self.base).astype(np.float64)
        # Measured from the period before, every pre-period shows one step of the trend.
        return np.where(self.times < 0, 1.0, self.times + 1.0)


def event_times(effect: Any) -> EventTimes:
    """Read an event study from the effect of any estimator, suppressed estimates included.

    Parameters
    ----------
    effect
        An Effect whose table has `event_time` and that knows its covariance; or a result with
        `aggregate`, of which the event-study aggregate is taken.

    Raises
    ------
    EvalkitError
        There are no event times, several estimates at one, or no covariance.
    """
    if hasattr(effect, "aggregate") and not isinstance(effect, pd.DataFrame):
        effect = effect.aggregate("event")
    check_effect(effect)
    table = effect.table
    name = effect.method.name
    if "event_time" not in table.columns:
        raise EvalkitError(
            told("refused.no-event-times", name=name),
            hint='give an event study: `event_study(panel)` or `fit.aggregate("event")`',
        )
    if effect.covariance is None:
        raise EvalkitError(
            told("refused.no-covariance", name=name),
            hint="use analytic or bootstrap errors, which give one",
        )
    table, covariance, hidden = _in_full(effect)
    table = table[table["event_time"].notna()].sort_values("event_time", kind="stable")
    if table["event_time"].duplicated().any():
        raise EvalkitError(
            told("refused.several", name=name),
            hint='aggregate it over cohorts first: `fit.aggregate("event")`',
        )
    known = (table["std_error"] > 0).to_numpy()  # the base has an estimate of 0 and no error
    ends = table["event_time"].isin(effect.binned).to_numpy()
    used = table[known & ~ends]
    bare = table[table["std_error"].isna() & (table["estimate"] != 0)]
    terms = used["term"].tolist()
    lacking = [term for term in terms if term not in covariance.index]
    if lacking:
        raise EvalkitError(f"the covariance of {name} lacks the term '{lacking[0]}'")
    trend = _trend(effect, terms)
    times = used["event_time"].to_numpy(dtype=np.int64)
    own = covariance.loc[terms, terms].to_numpy(dtype=np.float64)
    return EventTimes(
        times=times,
        estimate=used["estimate"].to_numpy(dtype=np.float64),
        covariance=(own + own.T) / 2,
        base=None if trend is not None else _base(times, base_times(table, effect.base)),
        alpha=effect.inference.alpha,
        df=effect.inference.df,
        trend=trend,
        bare=tuple(bare["event_time"].astype(int)),
        hidden=tuple(sorted(hidden & {int(one) for one in times})),
        notes=(
            *_bins([int(one) for one in table.loc[ends, "event_time"]]),
            *(one for one in effect.notes if of_suppression(one)),
        ),
    )


def _in_full(effect: Any) -> tuple[pd.DataFrame, pd.DataFrame, set[int]]:
    """Give the estimates with those that are suppressed, their covariance, and which these are."""
    table, behind = effect.table, getattr(effect, "behind", None)
    if FLAG not in table:
        return table, effect.covariance, set()
    flagged = table[FLAG] & table["event_time"].notna()
    hidden = {int(one) for one in table.loc[flagged, "event_time"]}
    if behind is None or behind.covariance is None or table[FLAG].all():
        return table[~table[FLAG]], effect.covariance, hidden
    return behind.table, behind.covariance, hidden


def _bins(ends: Sequence[int]) -> tuple[Told, ...]:
    return tuple(told("event-times.bin", end=end) for end in ends)


def _trend(effect: Any, terms: Sequence[str]) -> Floats | None:
    """Read what a linear trend adds to each estimate, where the effect states that for leads."""
    stated = getattr(effect, "trend", None)
    if not stated:
        return None
    found: Floats = np.array([stated[term] for term in terms], dtype=np.float64)
    return found


def _base(times: Ints, stated: Sequence[int]) -> int | None:
    """The base nearest to treatment: a stated one, or an event time without an estimate."""
    earlier = [one for one in stated if one < 0]
    if earlier:
        return max(earlier)
    before = times[times < 0]
    if before.size == 0:
        return -1
    absent = sorted(set(range(int(before.min()), 0)) - {int(t) for t in before})
    return absent[-1] if absent else None
