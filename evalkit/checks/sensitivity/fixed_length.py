"""Fixed-length confidence intervals when the trend may bend (Rambachan & Roth 2023, section 3.2).

The violation d of parallel trends has second differences of at most M. An affine estimator
a + v'betahat whose weights on the post-periods are l has bias v'd, and that is bounded only when
v takes a linear trend away. Write the violation in its slope and its bends; then the weights v on
the pre-periods are one to one with the coefficients c of the pre-period bends, the largest bias
is M (k + |c|_1) with k fixed by l, and the variance is quadratic in c. The half-length is a
convex function of bias and standard deviation, so the best c lies on the path of the lasso, which
is piecewise linear: it is followed exactly, and the half-length minimised on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.special import ndtr, ndtri

Floats = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class FixedLength:
    """A fixed-length confidence interval.

    Attributes
    ----------
    centre, reach
        The interval is `centre` plus or minus `reach`.
    weights : ndarray, shape (estimates,)
        Weights of the affine estimator.
    bias
        Its largest bias.
    std_error
        Its standard error.
    """

    centre: float
    reach: float
    weights: Floats
    bias: float
    std_error: float

    @property
    def lower(self) -> float:
        """Lower end."""
        return self.centre - self.reach

    @property
    def upper(self) -> float:
        """Upper end."""
        return self.centre + self.reach


@dataclass(frozen=True, slots=True)
class _Problem:
    """Standard deviation and largest bias (for M = 1) as functions of the bend coefficients."""

    start: Floats  # weights at c = 0, shape (estimates,)
    turn: Floats  # weights per unit of c, shape (estimates, bends)
    sigma: Floats
    fixed: float  # the bias that no choice of weights takes away

    def weights(self, c: Floats) -> Floats:
        found: Floats = self.start + self.turn @ c
        return found

    def deviation(self, c: Floats) -> float:
        v = self.weights(c)
        return float(np.sqrt(v @ self.sigma @ v))

    def reach(self, c: Floats, m: float, alpha: float) -> float:
        deviation = self.deviation(c)
        bias = m * (self.fixed + float(np.abs(c).sum()))
        return deviation * folded_quantile(bias / deviation, alpha)


def fixed_length(
    betahat: Floats, sigma: Floats, n_pre: int, l_vec: Floats, m: float, alpha: float = 0.05
) -> FixedLength:
    """Find the shortest fixed-length confidence interval for l'tau when bends are at most `m`.

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
    m
        Largest second difference of the violation, in the unit of the outcome.
    alpha
        One less the confidence level.
    """
    problem = _problem(sigma, n_pre, l_vec)
    c = _best(problem, m, alpha)
    weights = problem.weights(c)
    return FixedLength(
        centre=float(weights @ betahat),
        reach=problem.reach(c, m, alpha),
        weights=weights,
        bias=m * (problem.fixed + float(np.abs(c).sum())),
        std_error=problem.deviation(c),
    )


def folded_quantile(shift: float, alpha: float) -> float:
    """Quantile 1 - alpha of |N(shift, 1)|.

    Examples
    --------
    >>> round(folded_quantile(0.0, 0.05), 4), round(folded_quantile(9.0, 0.05), 4)
    (1.96, 10.6449)
    """
    low = shift + float(ndtri(1 - alpha)) - 1e-9
    high = shift + float(ndtri(1 - alpha / 2)) + 1e-9

    def excess(c: float) -> float:
        return float(ndtr(c - shift) - ndtr(-c - shift)) - (1 - alpha)

    return float(brentq(excess, low, high, xtol=1e-14))


def _problem(sigma: Floats, n_pre: int, l_vec: Floats) -> _Problem:
    n_post = len(l_vec)
    back = np.arange(n_pre, 0, -1, dtype=np.float64)  # periods before the base: n_pre, ..., 1
    # The violation k periods before the base is -k slope + sum_j (k - j)+ bend_j, j = 1, 2, ...
    bends = np.maximum(back[:, None] - np.arange(1, n_pre)[None, :], 0)
    shape = np.column_stack([-back, bends])
    ahead = np.arange(1, n_post + 1, dtype=np.float64)
    # ... and t periods after it t slope + sum_j (t - j)+ bend_j, j = 0, ..., t - 1.
    after = np.maximum(ahead[:, None] - np.arange(n_post)[None, :], 0)
    unwound = np.linalg.inv(shape.T)
    start = np.concatenate([unwound[:, 0] * -(l_vec @ ahead), l_vec])
    turn = np.vstack([unwound[:, 1:], np.zeros((n_post, n_pre - 1))])
    return _Problem(start, turn, sigma, float(np.abs(l_vec @ after).sum()))


def _best(problem: _Problem, m: float, alpha: float) -> Floats:
    """Minimise the half-length over the path of the lasso, on which its minimum lies."""
    quadratic = problem.turn.T @ problem.sigma @ problem.turn
    linear = problem.turn.T @ problem.sigma @ problem.start
    path = lasso_path(quadratic, linear)
    if m == 0 or len(path) == 1:
        return path[-1]
    reaches = [problem.reach(c, m, alpha) for c in path]
    at = int(np.argmin(reaches))
    best, c = reaches[at], path[at]
    # The half-length has one minimum along the path: it is next to the best corner.
    for i in range(max(at - 1, 0), min(at + 1, len(path) - 1)):
        near, far = path[i], path[i + 1]

        def along(share: float, near: Floats = near, far: Floats = far) -> float:
            return problem.reach(near + share * (far - near), m, alpha)

        found = minimize_scalar(along, bounds=(0, 1), method="bounded", options={"xatol": 1e-10})
        if found.fun < best:
            best, c = float(found.fun), near + found.x * (far - near)
    return c


def lasso_path(quadratic: Floats, linear: Floats) -> list[Floats]:
    """Follow the minimiser of c'Qc/2 + q'c + penalty |c|_1 from c = 0 to a penalty of nought.

    Returns
    -------
    list of ndarray
        The corners of the piecewise linear path (Osborne, Presnell & Turlach 2000).
    """
    n = len(linear)
    c = np.zeros(n)
    path = [c.copy()]
    if n == 0:
        return path
    slope = linear.astype(np.float64).copy()
    penalty = float(np.abs(slope).max())
    active = np.zeros(n, dtype=bool)
    active[int(np.argmax(np.abs(slope)))] = True
    sign = -np.sign(slope)
    for _ in range(50 * n):  # corners are finite in number; in practice about n
        move = np.zeros(n)  # change of c per unit by which the penalty falls
        if active.any():
            move[active] = np.linalg.solve(quadratic[np.ix_(active, active)], sign[active])
        drift = quadratic @ move
        step, at, enters = _next_corner(c, slope, penalty, move, drift, active)
        c = c + step * move
        slope = slope + step * drift
        penalty -= step
        if at < 0:
            path.append(c.copy())
            break
        active[at] = enters
        if enters:
            sign[at] = -np.sign(slope[at])
        else:
            c[at] = 0.0
        path.append(c.copy())
    return path


def _next_corner(
    c: Floats,
    slope: Floats,
    penalty: float,
    move: Floats,
    drift: Floats,
    active: np.ndarray[Any, np.dtype[np.bool_]],
) -> tuple[float, int, bool]:
    """How far the penalty falls until a coefficient becomes nought or another leaves it."""
    step, at, enters = penalty, -1, False
    tiny = 1e-12 * max(penalty, 1e-300)
    for j in range(len(c)):
        if active[j]:
            # The one that has just entered stands at nought and moves away from it.
            found = [-c[j] / move[j]] if c[j] * move[j] < 0 else []
        else:
            # |slope_j + s drift_j| = penalty - s
            pairs = ((penalty - slope[j], 1 + drift[j]), (penalty + slope[j], 1 - drift[j]))
            found = [top / low for top, low in pairs if low > 0]
        for one in found:
            if tiny < one < step:
                step, at, enters = float(one), j, not active[j]
    return step, at, enters
