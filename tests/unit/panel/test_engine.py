"""Panels whose rows DuckDB reads: what is refused and how, and what is left behind."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalkit import did
from evalkit.panel import DuckDB, Panel, PanelError, PanelWarning
from evalkit.panel import engine as engines
from evalkit.panel.scanned import ScannedPanel

duckdb = pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
ROLES: dict[str, Any] = {"unit": "i", "time": "t", "outcome": "y", "cohort": "g"}


def plain(units: int = 12) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    return pd.DataFrame(
        {
            "i": np.repeat(np.arange(units), 4),
            "t": np.tile([2001, 2002, 2003, 2004], units),
            "y": rng.normal(size=4 * units),
            "g": np.repeat(rng.choice([0, 2003, 2004], units), 4),
        }
    )


def message(data: Any, **roles: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(PanelError) as refused:
            Panel(data, **{**ROLES, **roles})
    return refused.value.message


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [(5, "y", np.inf), (5, "g", 2004), (5, "t", 2001), (5, "g", 2002.5), (5, "t", 2002.5)],
    ids=["infinite", "cohort varies", "twice", "cohort between", "time broken"],
)
def test_what_memory_refuses_is_refused_in_the_same_words(
    row: int, column: str, value: float, tmp_path: Path
) -> None:
    frame = plain().astype({"g": float, "t": float})
    frame.loc[frame["i"] == 1, "g"] = 2003
    frame.loc[row, column] = value
    frame.to_parquet(tmp_path / "p.parquet")
    asked = message(tmp_path / "p.parquet", engine="duckdb")
    assert asked == message(tmp_path / "p.parquet", engine="memory")


def test_rows_of_a_folder_are_named_with_their_file(tmp_path: Path) -> None:
    frame = plain()
    frame[:20].to_parquet(tmp_path / "a.parquet")
    frame[20:].assign(y=np.inf).to_parquet(tmp_path / "b.parquet")
    said = message(tmp_path, engine="duckdb")
    assert "rows 0 of b.parquet, 1 of b.parquet" in said
    assert said.endswith("and 23 more")


def test_missing_rows_are_counted_as_in_memory(tmp_path: Path) -> None:
    frame = plain()
    frame.loc[[0, 1, 2, 3, 9], "y"] = np.nan
    frame.to_parquet(tmp_path / "p.parquet")
    with pytest.warns(PanelWarning, match="5 rows left out"):
        queried = Panel(tmp_path / "p.parquet", engine="duckdb", **ROLES)
    with pytest.warns(PanelWarning):
        memory = Panel(frame, **ROLES)
    assert queried.dropped == memory.dropped
    assert (queried.n_units, queried.n_rows) == (memory.n_units, memory.n_rows)
    assert queried.cohort_sizes == memory.cohort_sizes


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    frame = plain()
    frame[:20].to_parquet(tmp_path / "a.parquet")
    frame[20:].assign(y="much").to_parquet(tmp_path / "b.parquet")
    said = message(tmp_path, engine="duckdb")
    assert re.search(r"column 'y' holds text \(.*\) in b.parquet, and numbers", said)


def test_a_corrupt_file_is_named(tmp_path: Path) -> None:
    plain().to_parquet(tmp_path / "a.parquet")
    (tmp_path / "b.parquet").write_bytes(b"PAR1 and then nothing of use")
    assert message(tmp_path, engine="duckdb").startswith("b.parquet cannot be read")


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    assert "holds no .parquet file" in message(tmp_path, engine="duckdb")


def test_spilled_files_are_gone_after_an_error(tmp_path: Path) -> None:
    spill = tmp_path / "spill"
    spill.mkdir()
    frame = plain()
    frame.loc[5, "y"] = np.inf
    message(frame, engine=DuckDB(memory_limit="200MB", spill=spill, threads=1))
    assert list(spill.iterdir()) == []
    assert "nothing can be spilled" in message(frame, engine=DuckDB(spill=tmp_path / "none"))


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("evalkit.panel.tally.Tally.add", stop)
    with pytest.raises(KeyboardInterrupt):
        Panel(plain(), engine=DuckDB(spill=tmp_path), **ROLES)
    assert list(tmp_path.iterdir()) == []


def test_a_limit_that_cannot_be_read_is_told() -> None:
    assert "memory limit" in message(plain(), engine=DuckDB(memory_limit="4 loads"))


def test_without_duckdb_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda _: None)
    with pytest.raises(PanelError, match=r"evalkit\[big\]"):
        Panel(plain(), engine="duckdb", **ROLES)


def test_what_needs_rows_says_so_and_what_to_do() -> None:
    panel = Panel(plain().assign(x=1.0), engine="duckdb", **ROLES)
    with pytest.raises(PanelError, match="needs the rows in memory") as refused:
        did.group_time(panel, covariates="x")
    assert "engine='memory'" in str(refused.value)


def test_a_relation_keeps_its_connection_and_its_limits() -> None:
    connection = duckdb.connect()
    relation = connection.from_arrow(__import__("pyarrow").Table.from_pandas(plain()))
    panel = Panel(relation, engine="duckdb", **ROLES)
    assert isinstance(panel, ScannedPanel)
    assert panel.n_units == 12
    assert "connection of its own" in message(relation, engine=DuckDB(memory_limit="1GB"))


def test_large_sources_are_not_taken_into_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain().to_parquet(tmp_path / "p.parquet")
    assert type(Panel(tmp_path / "p.parquet", **ROLES)) is Panel
    assert type(Panel(tmp_path, **ROLES)) is Panel
    monkeypatch.setattr(engines, "LARGE", 10)
    assert type(Panel(tmp_path / "p.parquet", **ROLES)) is ScannedPanel
    assert type(Panel(plain(), **ROLES)) is Panel


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    units=st.integers(8, 40),
    gaps=st.sampled_from([0.0, 0.2]),
    weighted=st.booleans(),
    clustered=st.booleans(),
    shift=st.sampled_from([0.0, 1e6]),
)
def test_random_panels_have_the_same_effects(
    seed: int, units: int, gaps: float, weighted: bool, clustered: bool, shift: float
) -> None:
    rng = np.random.default_rng(seed)
    frame = plain(units)
    frame["g"] = np.repeat(np.r_[[0, 0, 2003, 2003], rng.choice([0, 2003, 2004], units - 4)], 4)
    frame["y"] = rng.normal(size=len(frame)) + shift
    frame["w"] = np.repeat(rng.uniform(0.5, 2, units), 4)
    frame["c"] = np.repeat(np.arange(units) % 5, 4)
    frame["i"] = np.repeat(rng.permutation(units) * 7, 4)
    frame = frame[rng.uniform(size=len(frame)) >= gaps].sample(frac=1, random_state=seed)
    roles = dict(ROLES, weights="w" if weighted else None, cluster="c" if clustered else None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        one, other = (
            did.group_time(Panel(frame, engine=engine, **roles), "reg", "not_yet", balanced=False)
            for engine in ("memory", "duckdb")
        )
    near = {"rtol": 1e-10, "atol": 1e-10 * max(shift, 1.0)}
    np.testing.assert_allclose(other.table["estimate"], one.table["estimate"], **near)
    np.testing.assert_allclose(other.covariance, one.covariance, **near)
    assert other.table["n_units"].tolist() == one.table["n_units"].tolist()
