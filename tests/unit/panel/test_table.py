"""A panel from every kind of table, and tables that are refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError
from evalkit.panel.table import Table

ROLES = {"unit": "firm", "time": "year", "outcome": "jobs", "cohort": "start"}


@pytest.fixture
def frame() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    return pd.DataFrame(
        {
            "firm": np.repeat(["a", "b", "c", "d"], 3),
            "year": np.tile([2019, 2020, 2021], 4),
            "jobs": rng.normal(size=12),
            "start": np.repeat([2020.0, 2021.0, np.nan, np.nan], 3),
            "size": rng.normal(size=12),
        }
    )


def to_pandas_types(frame: pd.DataFrame, _: Path) -> Any:
    return frame.convert_dtypes(dtype_backend="numpy_nullable")


def to_csv(frame: pd.DataFrame, folder: Path) -> Any:
    frame.to_csv(folder / "panel.csv", index=False)
    return str(folder / "panel.csv")


def to_parquet(frame: pd.DataFrame, folder: Path) -> Any:
    pytest.importorskip("pyarrow")
    frame.to_parquet(folder / "panel.parquet", row_group_size=5)
    return folder / "panel.parquet"


def to_parquet_folder(frame: pd.DataFrame, folder: Path) -> Any:
    pytest.importorskip("pyarrow")
    whole = folder / "panel.parquet"
    whole.mkdir()
    frame.iloc[:6].to_parquet(whole / "0.parquet")
    frame.iloc[6:].to_parquet(whole / "1.parquet")
    return whole


def to_pyarrow(frame: pd.DataFrame, _: Path) -> Any:
    return pytest.importorskip("pyarrow").Table.from_pandas(frame)


def to_polars(frame: pd.DataFrame, _: Path) -> Any:
    pytest.importorskip("pyarrow")
    return pytest.importorskip("polars").DataFrame(frame.to_dict("list"))


def to_lazy_polars(frame: pd.DataFrame, folder: Path) -> Any:
    return to_polars(frame, folder).lazy()


def to_duckdb(frame: pd.DataFrame, folder: Path) -> Any:
    duckdb = pytest.importorskip("duckdb")
    return duckdb.connect().from_arrow(to_pyarrow(frame, folder))


def to_ibis(frame: pd.DataFrame, folder: Path) -> Any:
    return pytest.importorskip("ibis").memtable(to_pyarrow(frame, folder))


KINDS = [
    to_pandas_types, to_csv, to_parquet, to_parquet_folder, to_pyarrow, to_polars, to_lazy_polars,
    to_duckdb, to_ibis,
]  # fmt: skip


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_kind_of_table_gives_the_same_panel(
    frame: pd.DataFrame, tmp_path: Path, kind: Callable[[pd.DataFrame, Path], Any]
) -> None:
    expected, found = Panel(frame, **ROLES), Panel(kind(frame, tmp_path), **ROLES)
    np.testing.assert_allclose(found.y, expected.y, rtol=1e-14)
    np.testing.assert_array_equal(found.unit, expected.unit)
    np.testing.assert_array_equal(found.time, expected.time)
    assert found.cohorts.tolist() == [2020, 2021, 0, 0]
    size = found.covariates(["size"])
    np.testing.assert_allclose(size, frame[["size"]].to_numpy(), rtol=1e-14)
    assert sorted(found.frame.columns) == sorted(frame.columns)
    np.testing.assert_allclose(found.keep(found.cohorts == 0, "treated").y, expected.y[6:])


def test_dates_of_a_parquet_file_are_periods(frame: pd.DataFrame, tmp_path: Path) -> None:
    dated = frame.assign(
        year=pd.to_datetime(frame["year"].astype(str) + "-01-01"),
        start=pd.to_datetime(np.repeat(["2020-01-01", "2021-01-01", None, None], 3)),
    )
    panel = Panel(to_parquet(dated, tmp_path), **ROLES)
    assert panel.clock.counted
    assert panel.cohorts.tolist() == [2, 3, 0, 0]


def test_of_a_parquet_file_only_the_columns_asked_for_are_read(
    frame: pd.DataFrame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = Table(to_parquet(frame, tmp_path))
    asked: list[str] = []
    read = type(table._source).read

    def watched(self: Any, names: Any) -> dict[str, Any]:
        asked.extend(names)
        return read(self, names)

    monkeypatch.setattr(type(table._source), "read", watched)
    Panel(table, **ROLES)
    assert asked == ["firm", "year", "jobs", "start"]


def test_what_a_user_changes_in_his_frame_later_is_not_seen(frame: pd.DataFrame) -> None:
    panel = Panel(frame, **ROLES)
    before = panel.y.copy()
    frame.loc[0, "jobs"] = 1e6
    frame["size"] = 0.0
    np.testing.assert_array_equal(panel.y, before)
    assert panel.covariates(["size"]).std() > 0


def test_a_thing_that_is_no_table_is_refused() -> None:
    with pytest.raises(PanelError, match="a list is not a table"):
        Panel([1, 2], **ROLES)


@pytest.mark.parametrize(
    ("name", "said"),
    [("none.csv", "there is no file"), ("none.xlsx", "neither .csv nor .parquet")],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, said: str) -> None:
    with pytest.raises(PanelError, match=said):
        Panel(tmp_path / name, **ROLES)


def test_a_missing_parquet_file_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(PanelError, match="there is no file"):
        Panel(tmp_path / "none.parquet", **ROLES)


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    (tmp_path / "odd.parquet").write_bytes(b"not a parquet file at all")
    with pytest.raises(PanelError, match=r"odd\.parquet cannot be read"):
        Panel(tmp_path / "odd.parquet", **ROLES)


def test_an_unknown_column_has_a_suggestion(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match="there is no column 'yeer' for the time") as caught:
        Panel(frame, **(ROLES | {"time": "yeer"}))
    assert "year" in str(caught.value)


def test_two_columns_of_one_name_are_refused(frame: pd.DataFrame) -> None:
    twice = pd.concat([frame, frame[["jobs"]]], axis=1)
    with pytest.raises(PanelError, match="there are 2 columns 'jobs'"):
        Panel(twice, **ROLES)
