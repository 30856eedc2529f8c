"""The clusters of a panel's units: their own, or every unit by itself."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.panel import Panel

Ints = np.ndarray[Any, np.dtype[np.int64]]


def clusters_of(panel: Panel) -> Ints:
    """Give the cluster of each unit, shape (units,)."""
    return np.arange(panel.n_units) if panel.clusters is None else panel.clusters


def count_clusters(panel: Panel) -> int:
    """Count the clusters."""
    return panel.n_units if panel.clusters is None else len(np.unique(panel.clusters))
