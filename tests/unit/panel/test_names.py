"""Columns that are called what queries call theirs: the numbers are those of memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit import did
from evalkit.panel import Panel, PanelError
from tests.unit.panel.ibis_tables import on_duckdb

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
ROLES = {"unit": "person", "time": "year", "outcome": "wage", "cohort": "start"}
NAMES = ("u", "U", "g", "cell", "y0", "t", "T", "w", "c", "b", "label", "n", "used_0", "one")


def shuffled() -> pd.DataFrame:
    """People in disorder, a spare column, towns and weights that are those of a person."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"person": np.repeat(np.arange(-7, 53), 5)})
    frame["year"] = np.tile(np.arange(2000, 2005), 60)
    frame["start"] = np.repeat(np.repeat([2002, 2003, 0], 20), 5)
    frame["wage"] = rng.normal(size=300) + 2.0 * (
        (frame["start"] > 0) & (frame["year"] >= frame["start"])
    )
    frame["town"] = frame["person"] % 11
    frame["weight"] = np.repeat(rng.uniform(0.5, 2, 60), 5)
    frame["spare"] = np.repeat(rng.permutation(60), 5)
    return frame.sample(frac=1, random_state=1)


def numbers(source: Any, roles: dict[str, str], **engine: str) -> pd.DataFrame:
    panel = Panel(source, **roles, **engine)
    return did.group_time(panel).tidy()[["estimate", "std_error", "n_units"]]


def renamed(role: str, name: str) -> tuple[pd.DataFrame, dict[str, str]]:
    """Call the column of a role so, or the spare one."""
    roles = ROLES | {one: {"cluster": "town", "weights": "weight"}[one]
                     for one in (role,) if one in ("cluster", "weights")}  # fmt: skip
    frame = shuffled().rename(columns={roles.get(role, role): name})
    return frame, roles | ({role: name} if role in roles else {})


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ["spare", *ROLES, "cluster", "weights"])
def test_a_name_that_queries_use_is_a_name_like_any_other(
    role: str, name: str, tmp_path: Path
) -> None:
    frame, roles = renamed(role, name)
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file, index=False)
    scanned = numbers(file, roles, engine="duckdb")
    pd.testing.assert_frame_equal(scanned, numbers(frame, roles), rtol=1e-9)


@pytest.mark.parametrize("name", ["u", "G", "d0", "n", "label", "c"])
@pytest.mark.parametrize("role", ["spare", *ROLES, "cluster", "weights"])
def test_so_it_is_in_ibis(role: str, name: str) -> None:
    frame, roles = renamed(role, name)
    scanned = numbers(on_duckdb(frame), roles, engine="ibis")
    pd.testing.assert_frame_equal(scanned, numbers(frame, roles), rtol=1e-9)


@pytest.mark.parametrize("name", ["one", "ONE", "words", "u", "n", "t"])
@pytest.mark.parametrize("role", ["spare", *ROLES])
def test_so_it_is_where_rows_lack_values(role: str, name: str, tmp_path: Path) -> None:
    frame, roles = renamed(role, name)
    frame.loc[frame[roles["unit"]].isin([-3, 8]), roles["outcome"]] = np.nan
    frame.loc[frame.index[5], roles["outcome"]] = np.nan
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file, index=False)
    with pytest.warns(match="left out"):
        scanned, own = Panel(file, **roles, engine="duckdb"), Panel(frame, **roles)
    (gone,), (same,) = scanned.dropped, own.dropped
    assert (gone.rows, gone.emptied, set(gone.names)) == (same.rows, 2, set(same.names))
    with pytest.warns(match="left out"):
        found, wanted = (did.group_time(one).tidy() for one in (scanned, own))
    sizes = ["estimate", "std_error", "n_units"]
    pd.testing.assert_frame_equal(found[sizes], wanted[sizes], rtol=1e-9)


@pytest.mark.parametrize("name", ["filename", "one", "v", "r"])
def test_so_it_is_in_messages(name: str, tmp_path: Path) -> None:
    frame = shuffled().rename(columns={"spare": name}).reset_index(drop=True)
    frame.loc[6, "start"] = 2002 if frame.loc[6, "start"] == 0 else 0
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file, index=False)
    with pytest.raises(PanelError, match="varies within a unit, in row"):
        Panel(file, **ROLES, engine="duckdb")
