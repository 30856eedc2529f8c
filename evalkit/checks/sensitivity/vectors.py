"""Robust confidence sets and breakdown values from vectors of estimates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from evalkit.checks.sensitivity.fixed_length import fixed_length
from evalkit.checks.sensitivity.relative import keeps, polyhedra, relative_set
from evalkit.did.options import check_alpha
from evalkit.errors import EvalkitError
from evalkit.language.told import told

Floats = np.ndarray[Any, np.dtype[np.float64]]
FAR = 100.0
"""A breakdown value is searched up to here; that of bends, in units of the effect's size."""


def honest_from(
    betahat: Floats,
    sigma: Floats,
    n_pre: int,
    n_post: int,
    l_vec: Floats | None = None,
    *,
    mbar: Sequence[float] = (),
    smoothness: Sequence[float] = (),
    alpha: float = 0.05,
) -> pd.DataFrame:
    """Compute robust confidence sets from vectors, as `honest` does from an effect.

    Parameters
    ----------
    betahat : ndarray, shape (pre + post,)
        Event-study estimates in order of time, without the base period between them.
    sigma : ndarray, shape (pre + post, pre + post)
        Their covariance.
    n_pre, n_post
        Number of estimates before and after the base period.
    l_vec : ndarray, shape (post,)
        Weights of the post-periods in the effect; by default the first alone.
    mbar, smoothness, alpha
        As in `honest`.

    Returns
    -------
    DataFrame
        `restriction` (none, relative magnitudes, smoothness), `bound`, `conf_low`, `conf_high`,
        `method`; the first row is the original interval.

    Raises
    ------
    EvalkitError
        Shapes do not agree, the covariance is not positive definite, a bound is negative, or
        there is no pre-period.

    References
    ----------
    Rambachan & Roth (2023), Review of Economic Studies 90(5), 2555-2591.

    Examples
    --------
    >>> import numpy as np
    >>> import evalkit as ek
    >>> found = ek.checks.honest_from(np.array([0.1, -0.1, 2.0]), 0.01 * np.eye(3), 2, 1, mbar=[1])
    >>> found[["restriction", "bound", "conf_low", "conf_high"]].round(2)
               restriction  bound  conf_low  conf_high
    0                 none    NaN      1.80       2.20
    1  relative magnitudes    1.0      1.51       2.49
    """
    check_alpha(alpha)
    b, s, v = _vectors(betahat, sigma, n_pre, n_post, l_vec)
    if any(not np.isfinite(one) or one < 0 for one in (*mbar, *smoothness)):
        raise EvalkitError("a bound on the violation is negative", hint="give bounds of 0 or more")
    effect, error = _original(b, s, n_pre, v)
    reach = float(ndtri(1 - alpha / 2)) * error
    rows: list[tuple[Any, ...]] = [("none", np.nan, effect - reach, effect + reach, "original")]
    for bound in mbar:
        ends = relative_set(b, s, n_pre, v, float(bound), alpha)
        rows.append(("relative magnitudes", float(bound), *ends, "C-LF"))
    for bound in smoothness:
        found = fixed_length(b, s, n_pre, v, float(bound), alpha)
        rows.append(("smoothness", float(bound), found.lower, found.upper, "FLCI"))
    return pd.DataFrame(rows, columns=["restriction", "bound", "conf_low", "conf_high", "method"])


def breakdown_values(
    betahat: Floats,
    sigma: Floats,
    n_pre: int,
    n_post: int,
    l_vec: Floats | None = None,
    *,
    alpha: float = 0.05,
) -> dict[str, float]:
    """Find the least bounds at which the robust sets include nought.

    Returns
    -------
    dict
        `breakdown_mbar`, and `breakdown_m` in the unit of the outcome; 0 when the set includes
        nought for any bound, and the largest bound tried when none makes it so.
    """
    b, s, v = _vectors(betahat, sigma, n_pre, n_post, l_vec)
    nought = np.zeros(1)

    def relative(bound: float) -> bool:
        tests = polyhedra(b, s, n_pre, v, bound)
        return bool(keeps(tests, nought, alpha, alpha / 10)[0])

    def smooth(bound: float) -> bool:
        found = fixed_length(b, s, n_pre, v, bound, alpha)
        return found.lower <= 0 <= found.upper

    size = size_of(b, s, n_pre, v)
    return {
        "breakdown_mbar": _least(relative, 1 / 16, FAR),
        "breakdown_m": _least(smooth, size / 256, FAR * size),
    }


def _least(includes: Callable[[float], bool], step: float, far: float) -> float:
    """Find the least bound at which a set includes nought, by doubling and then halving."""
    if includes(0.0):
        return 0.0
    low, high = 0.0, step
    while not includes(high):
        if high >= far:
            return far
        low, high = high, min(high * 1.5, far)
    while high - low > 1e-7 * high:
        middle = (low + high) / 2
        low, high = (low, middle) if includes(middle) else (middle, high)
    return high


def _vectors(
    betahat: Floats, sigma: Floats, n_pre: int, n_post: int, l_vec: Floats | None
) -> tuple[Floats, Floats, Floats]:
    b, s = np.asarray(betahat, dtype=np.float64), np.asarray(sigma, dtype=np.float64)
    total = n_pre + n_post
    if b.shape != (total,) or s.shape != (total, total):
        raise EvalkitError(
            f"{n_pre} pre-periods and {n_post} post-periods need {total} estimates and a "
            f"covariance of {total} x {total}, not {b.shape} and {s.shape}",
            hint="leave the base period out of both",
        )
    if n_pre < 1 or n_post < 1:
        raise EvalkitError(
            told("refused.both-sides"),
            hint="without a period before the base nothing bounds the violation",
        )
    if not (np.isfinite(b).all() and np.isfinite(s).all()):
        raise EvalkitError("an estimate or its covariance is missing", hint="drop such periods")
    s = (s + s.T) / 2
    if np.linalg.eigvalsh(s)[0] <= 0:
        raise EvalkitError(
            told("refused.singular"),
            hint="there are fewer clusters than estimates; use fewer event times",
        )
    v = np.eye(n_post)[0] if l_vec is None else np.asarray(l_vec, dtype=np.float64)
    if v.shape != (n_post,) or not np.isfinite(v).all() or not v.any():
        raise EvalkitError(
            f"the weights of the effect need {n_post} numbers that are not all 0",
            hint="one for each period after the base",
        )
    return b, s, v


def _original(b: Floats, s: Floats, n_pre: int, v: Floats) -> tuple[float, float]:
    return float(v @ b[n_pre:]), float(np.sqrt(v @ s[n_pre:, n_pre:] @ v))


def size_of(b: Floats, s: Floats, n_pre: int, v: Floats) -> float:
    """The scale on which bends are searched: the effect and its error."""
    effect, error = _original(b, s, n_pre, v)
    return abs(effect) / float(np.abs(v).sum()) + error
