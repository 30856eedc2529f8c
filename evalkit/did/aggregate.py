"""Group-time effects taken together: one number, by cohort, by calendar and by event time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from evalkit.did.joint import Joint
from evalkit.did.options import check_choice
from evalkit.errors import EvalkitError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Kind = Literal["simple", "cohort", "calendar", "event"]


@dataclass(frozen=True)
class Sums:
    """Weighted means of effects, with their derivatives.

    Attributes
    ----------
    at
        Cohort, period or event time of each mean; empty for ``simple``.
    estimates : ndarray, shape (means,)
        The means.
    slopes : ndarray, shape (means, cells + cohorts)
        Derivatives with respect to effects and cohort shares: the covariance of the means is
        slopes times the joint covariance times slopes transposed.
    overall, overall_slope
        The mean over all, and its derivative, shape (cells + cohorts,).
    """

    at: tuple[int, ...]
    estimates: Floats
    slopes: Floats
    overall: float
    overall_slope: Floats


@dataclass(frozen=True)
class Grid:
    """Where the cells stand.

    Attributes
    ----------
    cohort, time : ndarray, shape (cells,)
        Values of the clock.
    place : ndarray, shape (cells,)
        Place of the cohort among the shares.
    first, last
        First and last period in use.
    """

    cohort: np.ndarray[Any, np.dtype[np.int64]]
    time: np.ndarray[Any, np.dtype[np.int64]]
    place: np.ndarray[Any, np.dtype[np.int64]]
    first: int
    last: int


class Mixer:
    """Weighs effects by cohort share and keeps the derivatives."""

    def __init__(self, joint: Joint, grid: Grid) -> None:
        self.joint, self.grid = joint, grid
        self.known = np.isfinite(joint.effects)
        self.treated = self.known & (grid.time >= grid.cohort)
        self.size = len(joint.effects)

    def shared(self, cells: np.ndarray[Any, np.dtype[np.bool_]]) -> tuple[float, Floats]:
        """Mean of some effects weighted by cohort share, and its derivative."""
        at = np.flatnonzero(cells)
        weights = self.joint.shares[self.grid.place[at]]
        total = weights.sum()
        mean = float(weights @ self.joint.effects[at] / total)
        slope = np.zeros(self.size + len(self.joint.shares))
        slope[at] = weights / total
        moved = (self.joint.effects[at] - mean) / total
        np.add.at(slope, self.size + self.grid.place[at], moved)
        return mean, slope

    def simple(self) -> Sums:
        """All treated cells in one."""
        mean, slope = self.shared(self.treated)
        return Sums((), np.array([mean]), slope[None, :], mean, slope)

    def cohort(self) -> Sums:
        """The mean over the treated periods of each cohort; overall by cohort share."""
        at = tuple(int(g) for g in np.unique(self.grid.cohort[self.treated]))
        pieces = [self.shared(self.treated & (self.grid.cohort == g)) for g in at]
        means, slopes = _stack(pieces)
        places = [int(self.grid.place[self.grid.cohort == g][0]) for g in at]
        shares = self.joint.shares[places] / self.joint.shares[places].sum()
        overall = float(shares @ means)
        slope = shares @ slopes
        slope[self.size + np.array(places)] += (means - overall) / self.joint.shares[places].sum()
        return Sums(at, means, slopes, overall, slope)

    def calendar(self) -> Sums:
        """The mean over the cohorts treated by each period; overall over periods."""
        at = tuple(int(t) for t in np.unique(self.grid.time[self.treated]))
        means, slopes = _stack([self.shared(self.treated & (self.grid.time == t)) for t in at])
        return Sums(at, means, slopes, float(means.mean()), slopes.mean(axis=0))

    def event(self, balance: int | None, first: int | None, last: int | None) -> Sums:
        """The mean over cohorts at each event time; overall over event times from nought on."""
        event = self.grid.time - self.grid.cohort
        use = self.known.copy()
        span = self.grid.last - self.grid.first
        if balance is not None:
            use &= self.grid.last - self.grid.cohort >= balance
            use &= (event <= balance) & (event >= balance - span)
        use &= event >= (-np.inf if first is None else first)
        use &= event <= (np.inf if last is None else last)
        at = tuple(int(e) for e in np.unique(event[use]))
        if not any(e >= 0 for e in at):
            raise EvalkitError(
                "no effect is left at or after treatment",
                hint="widen balance, first and last",
            )
        means, slopes = _stack([self.shared(use & (event == e)) for e in at])
        after = np.array(at) >= 0
        return Sums(at, means, slopes, float(means[after].mean()), slopes[after].mean(axis=0))


def _stack(pieces: list[tuple[float, Floats]]) -> tuple[Floats, Floats]:
    return np.array([mean for mean, _ in pieces]), np.stack([slope for _, slope in pieces])


def add_up(
    joint: Joint,
    grid: Grid,
    kind: str,
    *,
    balance: int | None,
    first: int | None,
    last: int | None,
) -> Sums:
    """Aggregate group-time effects.

    Parameters
    ----------
    joint
        Effects and cohort shares.
    grid
        Where the cells stand.
    kind
        ``simple``, ``cohort``, ``calendar`` or ``event``.
    balance
        For ``event``: only cohorts that are observed for so many periods after treatment, and
        only event times up to it.
    first, last
        For ``event``: the event times to give.

    Raises
    ------
    EvalkitError
        The kind is unknown, options are given that it has no use for, or no effect is left.
    """
    mixer = Mixer(joint, grid)
    kinds: dict[str, Callable[[], Sums]] = {
        "simple": mixer.simple,
        "cohort": mixer.cohort,
        "calendar": mixer.calendar,
        "event": lambda: mixer.event(balance, first, last),
    }
    check_choice("kind", kind, kinds)
    if kind != "event" and not (balance is None and first is None and last is None):
        raise EvalkitError(f"balance, first and last are for 'event', not for '{kind}'")
    if not mixer.treated.any():
        raise EvalkitError(
            "no effect at or after treatment could be estimated",
            hint="see the notes of the group-time effects",
        )
    return kinds[kind]()


def named(covariance: Floats, terms: list[str]) -> pd.DataFrame:
    """Name the rows and columns of a covariance."""
    return pd.DataFrame(covariance, index=terms, columns=terms)
