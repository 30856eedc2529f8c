"""Faults of a database while its rows are read into memory, told in the way of this house."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError
from tests.unit.panel.ibis_tables import on_polars

pytest.importorskip("pyarrow")
duckdb: Any = pytest.importorskip("duckdb")
ROLES: dict[str, Any] = {"unit": "i", "time": "t", "outcome": "y", "cohort": "g"}
ROWS = "SELECT 1 AS i, 2001 AS t, error('the wage is no number') AS y, 0 AS g"


def told(table: Any) -> PanelError:
    with pytest.raises(PanelError) as found:
        Panel(table, engine="memory", **ROLES)
    return found.value


def test_a_fault_of_an_ibis_backend_is_told() -> None:
    rows = pd.DataFrame({"i": [1, 2], "t": [2001, 2001], "y": [1.0, 2.0], "g": [0, 0]})
    table = on_polars(rows)
    error = told(table.mutate(y=(table.t.cast("string") + "x").cast("float64")))
    assert error.message.startswith("polars cannot answer: ")
    assert error.hint == "see whether the table can be read there, and what was selected from it"


def test_a_fault_of_a_relation_is_told() -> None:
    error = told(duckdb.connect().sql(ROWS))
    assert "the wage is no number" in error.message
    assert error.hint
