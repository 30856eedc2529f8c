"""The permutation test of synthetic control: other units in the place of the treated one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.comparison import noise
from evalkit.did.simplex import simplex_weights

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


def gap_to_mix(wide: Floats, treated: Bools, before: int) -> tuple[Floats, Floats]:
    """Give the donors' weights and the gap in every period."""
    target, donors = wide[treated].mean(axis=0), wide[~treated]
    ridge = (1e-6 * noise(donors[:, :before])) ** 2 * before
    weights = simplex_weights(donors[:, :before].T, target[:before], ridge)
    return weights, target - weights @ donors


def permute(
    wide: Floats,
    treated: Bools,
    before: int,
    labels: np.ndarray[Any, Any],
    random: tuple[int, int],
) -> pd.DataFrame:
    """Fit every assignment; the true one is the first row."""
    true = tuple(int(at) for at in np.flatnonzero(treated))
    floor = 1e-9 * float(np.ptp(wide))  # a gap below rounding is none
    rows = []
    for chosen in [np.array(true), *_assignments(len(wide), true, *random)]:
        mask = np.zeros(len(wide), dtype=bool)
        mask[chosen] = True
        gap = gap_to_mix(wide, mask, before)[1]
        pre, post = (float(np.sqrt((part**2).mean())) for part in (gap[:before], gap[before:]))
        rows.append(
            {
                "units": ", ".join(str(label) for label in labels[mask]),
                "pre_rmspe": pre,
                "post_rmspe": post,
                "ratio": post / max(pre, floor),
                "gap": float(gap[before:].mean()),
                "gaps": np.abs(gap) / max(pre, floor),
            }
        )
    return pd.DataFrame(rows)


def _assignments(count: int, chosen: tuple[int, ...], most: int, seed: int) -> Iterator[Ints]:
    """Go through the other ways of choosing as many units, or draw from them at random."""
    size = len(chosen)
    if comb(count, size) - 1 <= most:
        yield from (np.array(one) for one in combinations(range(count), size) if one != chosen)
        return
    draw = np.random.default_rng(seed)
    for _ in range(most):
        yield np.sort(draw.choice(count, size, replace=False))


def with_fit(table: pd.DataFrame, multiple: float) -> pd.DataFrame:
    """Keep the assignments that fit before treatment, against a multiple of the true one's gap."""
    limit = multiple * float(table["pre_rmspe"].iloc[0]) ** 2
    kept: pd.DataFrame = table[table["pre_rmspe"] ** 2 <= limit]
    return kept.reset_index(drop=True)


def rank(values: Floats) -> float:
    """Share of assignments at least as extreme as the true one, which is first and counts."""
    return float((values >= values[0] * (1 - 1e-9)).mean())
