"""Confidence sets for violations relative to the largest before treatment, by the C-LF test.

The violation d of parallel trends changes after treatment, from one period to the next, by at
most Mbar times its largest change before (Rambachan & Roth 2023). That set is a union of
polyhedra, one for each pre-period s and sign: |d_t - d_{t-1}| <= Mbar sign (d_s - d_{s-1}) for all
t > 0. The confidence set is the union of theirs, and each of these holds the values theta of
l'tau that the conditional least-favourable test of Andrews, Roth & Pakes (2023) keeps.

The test statistic is a linear programme over the effects that theta leaves free. Here its dual
has few corners, known in closed form: with m_j = sum_{t >= j} l_t the weights on the changes, dual
weights g with g+ - g- proportional to m and g >= 0 are spanned by e_j+ + e_j- for each j and by
the two rays where all of m is taken with one sign. So the statistic is a maximum of a handful of
normal variables; no programme is solved, nothing is simulated, and all theta are tested at once.
The least-favourable critical value is a one-dimensional integral over d_s - d_{s-1}.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy.optimize import brentq
from scipy.special import log_ndtr, ndtr, ndtri

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(200)


@dataclass(frozen=True)
class Polyhedron:
    """The test of one polyhedron: the largest change before treatment is that of one period.

    Attributes
    ----------
    values : ndarray, shape (corners,)
        Value of each corner of the dual at theta = 0.
    slopes : ndarray, shape (corners,)
        What a unit of theta takes off each value.
    covariance : ndarray, shape (corners, corners)
        Covariance of the values.
    spreads : tuple of float
        Standard deviations of l'betahat and of the change s, and their covariance.
    scales : tuple of float
        Norms of the two rays that carry theta, and the least norm of the others.
    pull
        Mbar times the sum of |m_j|.
    mbar
        The bound Mbar.
    """

    values: Floats
    slopes: Floats
    covariance: Floats
    spreads: tuple[float, float, float]
    scales: tuple[float, float, float]
    pull: float
    mbar: float

    def keeps(self, theta: Floats, alpha: float, kappa: float) -> Bools:
        """Whether the C-LF test of size `alpha`, its first stage of size `kappa`, keeps theta."""
        values = self.values[None, :] - theta[:, None] * self.slopes[None, :]
        top = values.argmax(axis=1)
        rows = np.arange(len(theta))
        highest = values[rows, top]
        variance = self.covariance[top, top]
        kept: Bools = np.asarray(highest <= 0)  # the moments hold in the sample
        if kept.all():
            return kept
        first = self.least_favourable(kappa)
        unsure = ~kept & (highest <= first) & (variance > 0)
        if unsure.any():
            level = (alpha - kappa) / (1 - kappa)
            chance = self._tail(values[unsure], top[unsure], first)
            kept[unsure] = chance >= level
        return kept

    def _tail(self, values: Floats, top: np.ndarray[Any, Any], first: float) -> Floats:
        """Chance of a higher maximum, given which corner is highest and all that it leaves."""
        rows = np.arange(len(top))
        highest = values[rows, top][:, None]
        variance = self.covariance[top, top][:, None]
        share = self.covariance[top] / variance
        rest = values - share * highest
        gap = 1 - share
        with np.errstate(divide="ignore", invalid="ignore"):
            bound = rest / gap
        near = np.abs(gap) < 1e-10  # the corner itself, or one that moves along with it
        low = np.where((gap > 0) & ~near, bound, -np.inf).max(axis=1)
        high = np.where((gap < 0) & ~near, bound, np.inf).min(axis=1)
        scale = np.sqrt(variance[:, 0])
        top_z = np.minimum(high, first) / scale
        at = highest[:, 0] / scale
        with np.errstate(divide="ignore", invalid="ignore"):
            log_tail = _log_mass(at, top_z) - _log_mass(np.minimum(low / scale, at), top_z)
        return np.exp(np.where(np.isnan(log_tail), -np.inf, log_tail))

    @cached_property
    def _cached(self) -> dict[float, float]:
        return {}

    def least_favourable(self, kappa: float) -> float:
        """Quantile 1 - kappa of the maximum when every moment binds."""
        if kappa not in self._cached:
            # Between the quantile of the widest corner alone and Bonferroni's over all corners.
            widest = float(np.sqrt(self.covariance.diagonal().max()))
            low, high = (-ndtri(chance) * widest for chance in (kappa, kappa / len(self.values)))
            self._cached[kappa] = float(
                brentq(lambda c: self._below(c) - (1 - kappa), 0.99 * low, 1.01 * high, rtol=1e-10)
            )
        return self._cached[kappa]

    def _below(self, c: float) -> float:
        """Chance that the maximum lies below `c` >= 0, all moments binding."""
        effect, change, both = self.spreads
        up, down, least = self.scales
        lowest = -9 * change
        if self.mbar > 0:
            lowest = max(lowest, -c * least / (2 * self.mbar))
        x = lowest + (9 * change - lowest) * (_NODES + 1) / 2
        tilt = both / change**2
        left = np.sqrt(max(effect**2 - both**2 / change**2, 0.0))
        high = c * up + self.pull * x - tilt * x
        low = -c * down - self.pull * x - tilt * x
        if left <= 1e-12 * effect:
            inside = ((high >= 0) & (low <= 0)).astype(np.float64)
        else:
            inside = np.clip(ndtr(high / left) - ndtr(low / left), 0, None)
        density = np.exp(-0.5 * (x / change) ** 2) / (change * np.sqrt(2 * np.pi))
        return float((9 * change - lowest) / 2 * (_WEIGHTS @ (inside * density)))


def polyhedra(
    betahat: Floats, sigma: Floats, n_pre: int, l_vec: Floats, mbar: float
) -> list[Polyhedron]:
    """Make the tests of all polyhedra of the relative-magnitudes set, two for each pre-period.

    Parameters
    ----------
    betahat : ndarray, shape (pre + post,)
        Event-study estimates in order of time, without the base period that lies between.
    sigma : ndarray, shape (pre + post, pre + post)
        Their covariance.
    n_pre
        Number of pre-periods, at least one.
    l_vec : ndarray, shape (post,)
        Weights of the post-periods in the effect of interest.
    mbar
        Largest change after treatment as a multiple of the largest before.
    """
    total = len(betahat)
    eye = np.eye(total)
    with_base = np.insert(eye, n_pre, 0.0, axis=0)  # the violation is nought in the base period
    changes = np.diff(with_base, axis=0)
    before, after = changes[:n_pre], changes[n_pre:]
    carried = np.cumsum(l_vec[::-1])[::-1]  # m_j
    effect = np.concatenate([np.zeros(n_pre), l_vec])
    return [
        _polyhedron(betahat, sigma, effect, after, carried, sign * row, mbar)
        for row in before
        for sign in (1.0, -1.0)
    ]


def _polyhedron(
    betahat: Floats,
    sigma: Floats,
    effect: Floats,
    after: Floats,
    carried: Floats,
    change: Floats,
    mbar: float,
) -> Polyhedron:
    plus, minus = after - mbar * change, -after - mbar * change
    sd_plus, sd_minus = _deviations(plus, sigma), _deviations(minus, sigma)
    size = np.abs(carried)
    up = float(size @ np.where(carried > 0, sd_plus, sd_minus))
    down = float(size @ np.where(carried > 0, sd_minus, sd_plus))
    norms = sd_plus + sd_minus
    pull = mbar * float(size.sum())
    rays = np.vstack(
        [
            (effect - pull * change) / up,
            (-effect - pull * change) / down,
            *(-2 * mbar * change / norm for norm in norms),
        ]
    )
    spread = float(np.sqrt(effect @ sigma @ effect)), float(np.sqrt(change @ sigma @ change))
    return Polyhedron(
        values=rays @ betahat,
        slopes=np.concatenate([[1 / up, -1 / down], np.zeros(len(norms))]),
        covariance=rays @ sigma @ rays.T,
        spreads=(*spread, float(effect @ sigma @ change)),
        scales=(up, down, float(norms.min())),
        pull=pull,
        mbar=mbar,
    )


def _deviations(rows: Floats, sigma: Floats) -> Floats:
    found: Floats = np.sqrt(np.einsum("ij,jk,ik->i", rows, sigma, rows))
    return found


def _log_mass(low: Floats, high: Floats) -> Floats:
    """Logarithm of the normal chance between two points, exact in both tails."""
    flip = low > 0
    a, b = np.where(flip, -high, low), np.where(flip, -low, high)
    big, small = log_ndtr(b), log_ndtr(a)
    found: Floats = big + np.log1p(-np.exp(np.minimum(small - big, 0.0)))
    return found


def keeps(tests: list[Polyhedron], theta: Floats, alpha: float, kappa: float) -> Bools:
    """Whether any polyhedron keeps each value of theta."""
    kept = np.zeros(len(theta), dtype=bool)
    for test in tests:
        left = np.flatnonzero(~kept)
        if left.size == 0:
            break
        kept[left] = test.keeps(theta[left], alpha, kappa)
    return kept


def relative_set(
    betahat: Floats,
    sigma: Floats,
    n_pre: int,
    l_vec: Floats,
    mbar: float,
    alpha: float = 0.05,
    kappa: float | None = None,
) -> tuple[float, float]:
    """Find the ends of the robust confidence set for l'tau under relative magnitudes.

    Parameters are those of :func:`polyhedra`; `alpha` is the size of the test and `kappa` that of
    its first stage, by default a tenth of it.

    Returns
    -------
    lower, upper
        The least and the greatest value that the test keeps; NaN when it keeps none.
    """
    first = alpha / 10 if kappa is None else kappa
    tests = polyhedra(betahat, sigma, n_pre, l_vec, mbar)
    centre = float(l_vec @ betahat[n_pre:])
    effect = tests[0].spreads[0]
    change = max(abs(test.spreads[1]) for test in tests)
    largest = float(np.abs(np.diff(np.append(betahat[:n_pre], 0.0))).max())
    width = 8 * effect + tests[0].pull * (largest + 8 * change)
    while keeps(tests, centre + width * np.array([-1.0, 1.0]), alpha, first).any():
        width *= 2
    grid = np.linspace(centre - width, centre + width, 2001)
    kept = np.flatnonzero(keeps(tests, grid, alpha, first))
    if kept.size == 0:
        return np.nan, np.nan
    ends = ((grid[kept[0]], grid[kept[0] - 1]), (grid[kept[-1]], grid[kept[-1] + 1]))
    lower, upper = (_edge(tests, *end, alpha, first) for end in ends)
    return lower, upper


def _edge(
    tests: list[Polyhedron], inside: float, outside: float, alpha: float, kappa: float
) -> float:
    """Narrow down where the test begins to reject, between a kept value and a rejected one."""
    for _ in range(6):  # each round is thirty-two times as fine
        points = np.linspace(inside, outside, 33)
        first_out = int(np.argmin(keeps(tests, points, alpha, kappa)))
        inside, outside = float(points[first_out - 1]), float(points[first_out])
    return inside
