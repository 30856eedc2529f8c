"""A regression whose noise is autoregressive of order one, by restricted maximum likelihood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import minimize_scalar

Floats = np.ndarray[Any, np.dtype[np.float64]]

FURTHEST = 0.99
"""Autocorrelations are searched up to here: at 1 a level is no longer defined."""


@dataclass(frozen=True)
class Autoregressive:
    """Linear combinations of the coefficients.

    Attributes
    ----------
    values : ndarray, shape (rows,)
        The combinations.
    covariance : ndarray, shape (rows, rows)
        Their covariance.
    df : ndarray, shape (rows,)
        Degrees of freedom of the t distribution of each.
    coefficients : ndarray, shape (regressors,)
        The regression itself.
    rho
        Correlation of the noise in one period with that in the next.
    """

    values: Floats
    covariance: Floats
    df: Floats
    coefficients: Floats
    rho: float


@dataclass(frozen=True)
class _Fit:
    """Generalised least squares given the autocorrelation."""

    coefficients: Floats
    inverse: Floats
    squares: float
    log_det: float


def autoregressive(y: Floats, X: Floats, rows: Floats) -> Autoregressive:
    """Fit y = X b + e with e(t) = rho e(t-1) + noise, and combine the coefficients.

    Parameters
    ----------
    y : ndarray, shape (points,)
        Outcome, equally spaced in time.
    X : ndarray, shape (points, regressors)
        Regressors.
    rows : ndarray, shape (rows, regressors)
        The combinations.

    Notes
    -----
    Restricted likelihood: Cheang & Reinsel (2000), JASA 95(452), 1173-1184. Degrees of freedom:
    Satterthwaite's 2 V^2 / Var(V), where V = s^2 c(rho) is the variance of a combination and
    Var(V) follows from the curvature of the likelihood in log s^2 and rho (Fai & Cornelius 1996).
    """
    free = len(y) - int(X.shape[1])

    def deviance(rho: float) -> float:
        found = _given(y, X, rho)
        return found.log_det + free * float(np.log(found.squares))

    best = minimize_scalar(
        deviance, bounds=(-FURTHEST, FURTHEST), method="bounded", options={"xatol": 1e-10}
    )
    rho = float(best.x)
    step = 1e-3 * (1 - abs(rho))
    fit, above, below = (_given(y, X, at) for at in (rho, rho + step, rho - step))
    variance = fit.squares / free
    # Second derivatives of (points - k) log s^2 + log_det(rho) + squares(rho) / s^2, by log s^2
    # and rho: the unit of the outcome is then moot.
    ends = [one.log_det + one.squares / variance for one in (below, fit, above)]
    by_rho = (ends[0] - 2 * ends[1] + ends[2]) / step**2
    by_both = -(above.squares - below.squares) / (2 * step) / variance
    curvature = np.array([[float(free), by_both], [by_both, by_rho]])
    covariance = variance * (rows @ fit.inverse @ rows.T)
    own = np.diag(covariance)
    slope = np.diag(rows @ (above.inverse - below.inverse) @ rows.T) / (2 * step)
    gradient = np.column_stack([own, variance * slope])
    spread = np.einsum("ri,ij,rj->r", gradient, 2 * np.linalg.pinv(curvature), gradient)
    df = np.clip(2 * own**2 / spread, 1.0, float(free))
    return Autoregressive(rows @ fit.coefficients, covariance, df, fit.coefficients, rho)


def _given(y: Floats, X: Floats, rho: float) -> _Fit:
    """Whiten and fit: the first point has the variance of all, the others lose the one before."""
    white = np.column_stack([X, y])
    white[1:] -= rho * np.column_stack([X, y])[:-1]
    white[0] *= np.sqrt(1 - rho**2)
    q, r = np.linalg.qr(white[:, :-1])
    by = q.T @ white[:, -1]
    root = np.linalg.inv(r)
    left = white[:, -1] - q @ by
    log_det = 2 * float(np.log(np.abs(np.diag(r))).sum()) - float(np.log(1 - rho**2))
    return _Fit(root @ by, root @ root.T, float(left @ left), log_det)
