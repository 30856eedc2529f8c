"""What goes wrong with disks, files and patience: told in words, with nothing left behind."""

from __future__ import annotations

import signal
import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import DuckDB, Panel, PanelError, buckets
from evalkit.panel.session import Session, opened, telling

duckdb = pytest.importorskip("duckdb")
parquet = pytest.importorskip("pyarrow.parquet")
ROLES: dict[str, Any] = {"unit": "i", "time": "t", "outcome": "y", "cohort": "g"}


def shuffled(units: int = 200) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "i": np.repeat(10 * np.arange(units), 4),
            "t": np.tile([2001, 2002, 2003, 2004], units),
            "y": rng.normal(size=4 * units),
            "g": np.repeat(rng.choice([0, 2003, 2004], units), 4),
        }
    )
    return frame.sample(frac=1, random_state=1, ignore_index=True)


def refused(data: Any, **roles: Any) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pytest.raises(PanelError) as found:
            Panel(data, **{"engine": "duckdb", **ROLES, **roles})
    return str(found.value)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here is always full")
def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buckets, "KEEP", 1)
    always_full = Path("/dev/full")
    monkeypatch.setattr(buckets.tempfile, "TemporaryFile", lambda **_: always_full.open("w+b"))
    said = refused(shuffled(), engine=DuckDB(spill=tmp_path))
    assert f"rows cannot be spilled to {tmp_path}: No space left on device" in said
    assert "from Python `DuckDB(spill=...)` takes another folder" in said
    assert list(tmp_path.iterdir()) == []


def test_too_little_memory_is_told(tmp_path: Path) -> None:
    shuffled().to_parquet(tmp_path / "p.parquet")
    (tmp_path / "spill").mkdir()
    said = refused(tmp_path / "p.parquet", engine=DuckDB("1MB", spill=tmp_path / "spill"))
    assert "DuckDB has too little memory" in said
    assert "raise DuckDB(memory_limit=...)" in said
    assert list((tmp_path / "spill").iterdir()) == []


def test_a_limit_to_what_is_spilled_is_told(tmp_path: Path) -> None:
    with opened(DuckDB("40MB", spill=tmp_path, threads=1)) as connection:
        connection.execute("SET max_temp_directory_size = '1MB'")
        with pytest.raises(PanelError) as found, telling():
            connection.execute("CREATE TABLE a AS SELECT random(), random() FROM range(6000000)")
    assert "DuckDB has spilled as much as it may: Out of Memory Error" in str(found.value)
    assert "SET max_temp_directory_size" in str(found.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("engine", ["duckdb", "memory"])
def test_a_file_that_is_cut_off_is_told(engine: str, tmp_path: Path) -> None:
    shuffled().to_parquet(tmp_path / "a.parquet")
    whole = (tmp_path / "a.parquet").read_bytes()
    (tmp_path / "b.parquet").write_bytes(whole[: len(whole) // 2])
    assert "cannot be read" in refused(tmp_path, engine=engine)


@pytest.mark.parametrize("engine", ["duckdb", "memory"])
def test_a_file_that_is_damaged_inside_is_told(engine: str, tmp_path: Path) -> None:
    # Its end is whole, so that the fault shows only once rows are read.
    frame = shuffled(2_000)
    frame[:4_000].to_parquet(tmp_path / "a.parquet")
    frame[4_000:].to_parquet(tmp_path / "b.parquet")
    column = parquet.read_metadata(tmp_path / "b.parquet").row_group(0).column(2)
    damaged = bytearray((tmp_path / "b.parquet").read_bytes())
    page = slice(column.data_page_offset, column.data_page_offset + 200)
    damaged[page] = b"\xff" * 200
    (tmp_path / "b.parquet").write_bytes(damaged)
    said = refused(tmp_path, engine=engine)
    assert ("b.parquet cannot be read" if engine == "duckdb" else "cannot be read") in said


@pytest.mark.parametrize(
    ("column", "value"), [("i", "a"), ("t", "2001"), ("y", "much"), ("g", "never")]
)
def test_a_column_of_another_kind_in_one_file_is_named(
    column: str, value: str, tmp_path: Path
) -> None:
    frame = shuffled()
    frame[:300].to_parquet(tmp_path / "a.parquet")
    frame[300:].assign(**{column: value}).to_parquet(tmp_path / "b.parquet")
    said = refused(tmp_path)
    assert f"the column '{column}' holds text" in said
    assert "in b.parquet" in said
    assert "write it with the same type in every file" in said


def test_numbers_of_another_width_in_one_file_are_no_fault(tmp_path: Path) -> None:
    frame = shuffled()
    frame[:300].to_parquet(tmp_path / "a.parquet")
    kinds = {"i": "int32", "t": "int16", "g": "float64", "y": "float32"}
    frame[300:].astype(kinds).to_parquet(tmp_path / "b.parquet")
    found = Panel(tmp_path, engine="duckdb", **ROLES)
    assert (found.n_units, found.n_rows, found.balanced) == (200, 800, True)


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
def test_an_interrupt_while_rows_are_spilled_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell in the background ignores it
    monkeypatch.setattr(buckets, "KEEP", 1)
    write, files = buckets.Buckets._write, []

    def then_stop(self: buckets.Buckets) -> None:
        write(self)
        files.append(self._file)
        signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(buckets.Buckets, "_write", then_stop)
    with pytest.raises(KeyboardInterrupt):
        Panel(shuffled(), engine=DuckDB(spill=tmp_path), **ROLES)
    assert list(tmp_path.iterdir()) == []
    assert files[0] is not None
    assert files[0].closed


def test_an_interrupt_that_duckdb_catches_is_one_still() -> None:
    with pytest.raises(KeyboardInterrupt), telling():
        raise RuntimeError("Query interrupted")  # as DuckDB says when it gets the signal
    with pytest.raises(PanelError, match="was interrupted, so there is no result"), telling():
        raise duckdb.InterruptException("INTERRUPT Error: Interrupted!")


def test_a_fault_while_batches_are_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        with telling():
            raise OSError("No space left on device")
        yield

    monkeypatch.setattr(Session, "stream", broken)
    assert "the disk to spill to is full" in refused(shuffled())


def test_duckdb_prints_no_bar_of_its_own() -> None:
    with opened(DuckDB()) as connection:
        asked = connection.sql("SELECT current_setting('enable_progress_bar_print')")
        assert asked.fetchall() == [(False,)]
