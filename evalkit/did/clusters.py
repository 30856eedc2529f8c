"""The clusters of a panel's units: their own, or every unit by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.language.told import Told, told
from evalkit.panel import Panel

Ints = np.ndarray[Any, np.dtype[np.int64]]

FEW = 50
"""Up to so many clusters a note says that intervals are short: docs/benchmarks/coverage.md."""


def clusters_of(panel: Panel) -> Ints:
    """Give the cluster of each unit, shape (units,)."""
    return np.arange(panel.n_units) if panel.clusters is None else panel.clusters


def count_clusters(panel: Panel) -> int:
    """Count the clusters."""
    return panel.n_clusters


def few_clusters(panel: Panel, remedy: Told) -> list[Told]:
    """Say that normal intervals rest on few clusters, and what holds better; nothing with one."""
    if panel.names["unit"] is None and not panel.clustered:
        # A change rests on other rows in each period, which doubles its variance.
        rows = panel.n_rows // panel.n_periods
        few = 1 < rows <= 2 * FEW
        return [told("clusters.few-rows", count=rows, remedy=remedy)] if few else []
    count = count_clusters(panel)
    return [told("clusters.few", count=count, remedy=remedy)] if 1 < count <= FEW else []
