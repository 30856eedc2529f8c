"""Outcomes far from nought: rows that pass by lose no digit to their level."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from evalkit import did
from evalkit.did import Effect
from evalkit.panel import Panel
from tests.unit.panel.test_names import ROLES, shuffled

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


@pytest.mark.parametrize("level", [1e7, 1e9])
@pytest.mark.parametrize("order", ["shuffled", "by unit"])
@pytest.mark.parametrize("estimator", [did.group_time, did.twfe, did.event_study])
def test_a_level_changes_no_estimate(
    estimator: Callable[[Panel], Effect], order: str, level: float, tmp_path: Path
) -> None:
    frame = shuffled().assign(wage=lambda one: one["wage"] + level)
    if order == "by unit":
        frame = frame.sort_values(["person", "year"])
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file, index=False)
    exact = frame.assign(wage=frame["wage"] - level)  # the digits that the file holds, and no more
    found, wanted = (
        estimator(panel).tidy()[["estimate", "std_error"]].to_numpy()
        for panel in (Panel(file, **ROLES, engine="duckdb"), Panel(exact, **ROLES))
    )
    assert np.nanmax(np.abs(found - wanted)) < 1e-10
