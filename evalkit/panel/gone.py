"""Units and clusters of which nothing is left when rows go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from evalkit.language.told import Told
from evalkit.panel.columns import coded
from evalkit.panel.dropped import SHOWN, Dropped

Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


def dropped_rows(
    reason: Told, by_role: Mapping[str, pd.Series[Any]], among: Bools, stay: Bools
) -> Dropped:
    """Count the rows that go, with the units and clusters that go with them.

    Parameters
    ----------
    reason
        Why they go.
    by_role
        The columns of the unit and the cluster, where there are such.
    among
        The rows that were still there.
    stay
        The rows that do not go for this reason.
    """
    units = lost(by_role.get("unit"), among, stay)
    clusters = lost(by_role.get("cluster"), among, stay)
    if by_role.get("cluster") is by_role.get("unit"):
        clusters = []
    names = tuple(map(str, units[:SHOWN]))
    return Dropped(reason, int((~stay).sum()), 0, len(units), names, len(clusters))


def lost(column: pd.Series[Any] | None, among: Bools, stay: Bools) -> list[Any]:
    """List the values of a column that only rows have that go."""
    if column is None:
        return []
    codes, found = coded(column, "column of the unit or cluster")
    before, after = (
        np.bincount(codes[rows & (codes >= 0)], minlength=len(found)) > 0
        for rows in (among, among & stay)
    )
    return list(found[np.flatnonzero(before & ~after)])


def lost_clusters(clusters: Ints | None, stay: Bools) -> int:
    """Count the clusters of which no unit stays."""
    if clusters is None:
        return 0
    kept = np.bincount(clusters[stay], minlength=int(clusters.max()) + 1) > 0
    there = np.bincount(clusters) > 0
    return int((there & ~kept).sum())
