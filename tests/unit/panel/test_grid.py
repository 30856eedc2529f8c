"""Rows of whole numbers put in a table as they pass by: once, in any order, and as in memory."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest

from evalkit import did
from evalkit.panel import DuckDB, Panel, PanelError, PanelWarning, duck_rows, grid
from evalkit.panel.session import Session
from tests.unit.panel.test_passing import ROLES, rows, small

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


def dense(order: str) -> pd.DataFrame:
    """Give rows of units that are numbered one by one, from below nought."""
    frame = rows(4, 30, 0.0, "numbers", order)
    return frame.assign(i=(frame["i"] + 30) // 7 - 5)


def spoilt(how: str) -> pd.DataFrame:
    """Give rows in disorder with one thing amiss."""
    frame = dense("shuffled").drop(columns=["c", "w", "z"])
    unit = frame["i"] == frame["i"].iloc[7]
    changes: dict[str, tuple[Any, str, Any]] = {
        "missing": (7, "y", np.nan),
        "missing period": (frame["t"] == 2001, "y", np.nan),
        "missing unit": (unit, "y", np.nan),
        "missing everywhere": (slice(None), "y", np.nan),
        "infinite": (7, "y", np.inf),
        "no cohort": (unit, "g", pd.NA),
        "no cohorts at all": (frame["g"] == 0, "g", pd.NA),
        "after the last period": (frame["g"] == 0, "g", 2009),
        "before the first period": (unit, "g", 1990),
        "between": (frame["t"] == 2003, "t", 2010),
        "no name": (7, "i", pd.NA),
        "no period": (7, "t", pd.NA),
        "cohort varies": (7, "g", 2001),
    }
    frame[["i", "t", "g"]] = frame[["i", "t", "g"]].astype("Int64")
    if how in changes:
        where, column, value = changes[how]
        frame.loc[where, column] = value
    if how == "between":
        frame.loc[frame["g"] == 2003, "g"] = 2004
        frame["t"] = frame["t"].replace(2004, 2011)
        frame["g"] = frame["g"].replace(2004, 2011)
    if how == "gaps":
        frame = frame.drop(index=[3, 11, 40])
    if how in {"twice", "twice and missing"}:
        again = frame.iloc[[9]] if how == "twice" else frame.iloc[[9]].assign(y=np.nan)
        frame = pd.concat([frame, again], ignore_index=True)
    return frame


WHOLE = ["nothing", "missing", "missing period", "missing unit", "no cohort", "no cohorts at all",
         "after the last period", "before the first period", "between", "gaps"]  # fmt: skip
FAULTY = ["twice and missing", "missing everywhere", "infinite", "no name", "no period", "twice",
          "cohort varies"]  # fmt: skip


def facts(source: Any, engine: Any) -> tuple[Any, list[str]]:
    """Give what there is to know of a panel, or how it is refused, and what is told meanwhile."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", PanelWarning)
        try:
            panel = Panel(source, engine=engine, **ROLES)
            size = (panel.n_rows, panel.n_units, panel.balanced, panel.cohort_sizes)
            found = (size, panel.clock.values.tolist(), panel.dropped)
            effect = did.group_time(panel, control="not_yet", balanced=False)
            numbers = effect.table["estimate"].to_numpy(), effect.covariance
        except PanelError as refused:
            return refused.message, [str(one.message) for one in told]
    return (found, numbers), [str(one.message) for one in told]


@pytest.mark.parametrize("size", [3, 1000])
@pytest.mark.parametrize("how", WHOLE + FAULTY)
def test_a_table_tells_what_memory_tells(tmp_path: Path, how: str, size: int) -> None:
    frame = spoilt(how)
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file)
    one, said = facts(frame, "memory")
    grids: list[Any] = []

    def kept(*asked: Any) -> Any:
        grids.append(grid.grids_of(*asked))
        return grids[-1]

    with small(size), mock.patch.object(duck_rows, "grids_of", kept):
        other, also = facts(file, DuckDB())
    assert (grids[0] is not None) == (how in WHOLE)
    assert also == said
    if isinstance(one, str):
        assert other == one
        return
    assert other[0] == one[0]
    for a, b in zip(other[1], one[1], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("limit", ["order", "memory", "gaps"])
def test_rows_that_stand_by_unit_or_ask_for_a_large_table_have_none(
    tmp_path: Path, limit: str
) -> None:
    frame = dense("by unit" if limit == "order" else "shuffled")
    if limit == "gaps":
        frame["i"] *= 10_000
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file)
    made = mock.Mock(side_effect=grid.grids_of)
    with (
        mock.patch.object(grid, "KEEP", 100),
        mock.patch.object(grid, "SHARE", 1e-12 if limit == "memory" else 1.0),
        mock.patch.object(duck_rows, "grids_of", made),
        mock.patch.object(grid.Grid, "add_up") as added,
    ):
        panel = Panel(file, engine=DuckDB(), **ROLES)
    assert (made.call_count, added.call_count) == (1, 0)
    assert panel.n_rows == 120


@pytest.mark.parametrize("order", ["shuffled", "by period"])
def test_rows_in_disorder_pass_by_once(tmp_path: Path, order: str) -> None:
    file = tmp_path / "rows.parquet"
    dense(order).to_parquet(file)
    looked = mock.patch.object(Session, "table", autospec=True, side_effect=Session.table)
    passed = mock.patch.object(Session, "stream", autospec=True, side_effect=Session.stream)
    with looked as look, passed as stream:
        Panel(file, engine=DuckDB(), **ROLES)
    assert (look.call_count, stream.call_count) == (0, 1)
