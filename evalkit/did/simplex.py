"""Weights on the simplex: the mix of columns that is nearest to a target."""

from __future__ import annotations

from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


def simplex_weights(columns: Floats, target: Floats, ridge: float) -> Floats:
    """Find the mix of columns that is nearest to a target: weights of nought or more, sum 1.

    Minimises ``|columns @ w - target|**2 + ridge * |w|**2`` exactly, by an active set.

    Because weights sum to 1, the target can be taken off every column; the problem is then to find
    the shortest vector of a convex hull, whose direction is that of the non-negative least squares
    solution x of ``[columns - target; sqrt(ridge) I; 1'] x = (0, 0, 1)`` (Lawson and Hanson 1974).

    Parameters
    ----------
    columns
        Shape (rows, columns).
    target
        Shape (rows,).
    ridge
        Penalty on the squared length of the weights.

    Returns
    -------
    ndarray, shape (columns,)
        The weights.
    """
    away = columns - target[:, None]
    squares = (away**2).sum(axis=0) + ridge
    unit = float(squares.min())
    if unit <= 1e-30 * float(squares.max()):  # a column equals the target
        nearest = (squares <= unit).astype(np.float64)
        return np.asarray(nearest / nearest.sum())
    away, ridge = away / np.sqrt(unit), ridge / unit
    stiff = ridge * unit > 1e-8 * float(squares.mean())
    start = _pivot(away, ridge) if stiff else squares == unit
    found = _active_set(away, ridge, start, stiff=stiff)
    return np.asarray(found / found.sum())


def _solve(away: Floats, ridge: float, *, stiff: bool) -> Floats:
    """Solve the least squares problem on some columns, signs left free."""
    rows, count = away.shape
    tall = np.vstack([away, np.ones(count)])
    if not stiff:  # normal equations would square the condition
        tall = np.vstack([away, np.sqrt(ridge) * np.eye(count), np.ones(count)])
        right = np.zeros(len(tall))
        right[-1] = 1.0
        free: Floats = np.linalg.lstsq(tall, right, rcond=None)[0]
        return free
    if count <= rows + 1:
        few: Floats = np.linalg.solve(tall.T @ tall + ridge * np.eye(count), np.ones(count))
        return few
    inner = tall @ tall.T + ridge * np.eye(rows + 1)  # Woodbury: more columns than rows
    many: Floats = (1 - tall.T @ np.linalg.solve(inner, tall.sum(axis=1))) / ridge
    return many


def _rise(away: Floats, ridge: float, x: Floats) -> Floats:
    """Minus half the gradient: what raising each weight would gain."""
    found: Floats = (1 - x.sum()) - away.T @ (away @ x) - ridge * x
    return found


def _pivot(away: Floats, ridge: float) -> Bools:
    """Guess the support by exchanging all wrong columns at once, at most 30 times."""
    support = np.ones(away.shape[1], dtype=bool)
    for _ in range(30):
        x = np.zeros(len(support))
        x[support] = _solve(away[:, support], ridge, stiff=True)
        kept = (x > 0) | (~support & (_rise(away, ridge, x) > 0))
        if (kept == support).all() or not kept.any():
            break
        support = kept
    return support


def _active_set(away: Floats, ridge: float, support: Bools, *, stiff: bool) -> Floats:
    """Non-negative least squares from a guess of the support."""
    x = np.zeros(len(support))
    support = support.copy()
    x[support] = _solve(away[:, support], ridge, stiff=stiff)
    while (x[support] <= 0).any():
        support &= x > 0
        x[:] = 0.0
        x[support] = _solve(away[:, support], ridge, stiff=stiff)
    tolerance = 1e-12 * float((away**2).sum(axis=0).max() + 1)
    barred = np.zeros(len(support), dtype=bool)
    for _ in range(10 * len(support)):
        rise = np.where(support | barred, -np.inf, _rise(away, ridge, x))
        best = int(rise.argmax())
        if rise[best] <= tolerance:
            break
        support[best] = True
        moved = _descend(away, ridge, x, support, stiff=stiff)
        barred = np.zeros_like(barred) if support[best] else barred | (np.arange(len(x)) == best)
        x = moved
    return x


def _descend(away: Floats, ridge: float, x: Floats, support: Bools, *, stiff: bool) -> Floats:
    """Move to the solution on the support, letting columns go that would turn negative."""
    x = x.copy()
    while support.any():
        goal = np.zeros_like(x)
        goal[support] = _solve(away[:, support], ridge, stiff=stiff)
        falling = support & (goal <= 0)
        if not falling.any():
            return goal
        step = float((x[falling] / (x[falling] - goal[falling]).clip(1e-300)).min())
        x = x + min(step, 1.0) * (goal - x)
        support &= ~(falling & (x <= 1e-15 * x.max(initial=0)))
        x[~support] = 0.0
    return x
