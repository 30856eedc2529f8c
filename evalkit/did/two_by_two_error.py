"""The standard error of a comparison of two groups, from the influence of each unit."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.did.inference import Inference
from evalkit.panel import Panel, PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]
FACTOR = "n/(n-1), as DRDID"


def error_of(panel: Panel, influence: Floats, alpha: float) -> tuple[float, Inference]:
    """Give the standard error of a mean of influence, and how it was computed."""
    unit = str(panel.names["unit"] or "row")
    if panel.clusters is None:
        rows = len(influence)
        error = float(np.sqrt(influence @ influence * rows / (rows - 1)))
        return error, Inference("analytic", unit, rows, alpha, factor=FACTOR)
    sums = np.bincount(panel.clusters, weights=influence)
    refuse_one_cluster(len(sums))
    name = str(panel.names["cluster"])
    return float(np.sqrt(sums @ sums)), Inference("analytic", name, len(sums), alpha)


def refuse_one_cluster(count: int) -> None:
    """Refuse errors by cluster where there is only one.

    Raises
    ------
    PanelError
        There are fewer than two.
    """
    if count < 2:
        raise PanelError(
            "there is one cluster, so no clustered error can be computed",
            hint="cluster by a finer column, or leave `cluster` out to cluster by unit",
        )
