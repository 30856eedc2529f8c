"""DuckDB and Ibis give the same numbers as memory on every golden panel, to 1e-10."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit import did
from evalkit.did.effect import Effect
from evalkit.panel import Panel
from tests.unit.panel.ibis_tables import on_polars, on_spark

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")

DATA = Path(__file__).parents[1] / "data"
CLOSE = {"rtol": 1e-10, "atol": 1e-10}
# Columns of unit, period, outcome and cohort, and further roles.
PANELS: dict[str, tuple[str, dict[str, Any]]] = {
    "mpdta": ("mpdta", {"unit": "countyreal", "time": "year", "outcome": "lemp",
                        "cohort": "first.treat"}),
    "castle": ("castle", {"unit": "sid", "time": "year", "outcome": "l_homicide",
                          "cohort": "effyear"}),
    "castle-weights": ("castle", {"unit": "sid", "time": "year", "outcome": "l_homicide",
                                  "cohort": "effyear", "weights": "w"}),
    "castle-clusters": ("castle", {"unit": "sid", "time": "year", "outcome": "l_homicide",
                                   "cohort": "effyear", "cluster": "block"}),
    "divorce": ("divorce", {"unit": "st", "time": "year", "outcome": "suiciderate_elast_jag",
                            "cohort": "divyear"}),
    "math": ("math_reform", {"unit": "state", "time": "class", "outcome": "incearn_ln",
                             "cohort": "reformyr_math"}),
    "sim": ("sim_panel", {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}),
    "sim-all": ("sim_panel", {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g",
                              "weights": "w", "cluster": "block"}),
    "sim-unbalanced": ("sim_unbalanced", {"unit": "unit", "time": "t", "outcome": "y",
                                          "cohort": "g"}),
    "sim-unbalanced-all": ("sim_unbalanced", {"unit": "unit", "time": "t", "outcome": "y",
                                              "cohort": "g", "weights": "w", "cluster": "block"}),
    "sim-rcs": ("sim_rcs", {"unit": None, "time": "t", "outcome": "y", "cohort": "g"}),
    "sim-rcs-all": ("sim_rcs", {"unit": None, "time": "t", "outcome": "y", "cohort": "g",
                                "weights": "w", "cluster": "block"}),
}  # fmt: skip
BALANCED = [name for name in PANELS if name in {"mpdta", "castle", "castle-clusters", "divorce",
                                                "sim"}]  # fmt: skip


def frame_of(name: str) -> pd.DataFrame:
    """Read golden data, with a weight a unit and a cluster above it that follow from its row."""
    dataset, roles = PANELS[name]
    frame = pd.read_csv(DATA / f"{dataset.replace('unbalanced', 'panel')}.csv")
    if dataset == "sim_unbalanced":
        frame = frame[frame["kept"] == 1]
    unit = frame[roles["unit"]] if roles["unit"] else np.arange(len(frame))
    code = pd.factorize(unit)[0]
    return frame.assign(w=1.0 + code % 5 / 4, block=[f"b{one}" for one in code % 23])


def pair(name: str, folder: Path, *, shuffled: bool = False) -> tuple[Panel, Panel]:
    """Make a panel in memory and the same one of a folder of Parquet files."""
    frame, roles = frame_of(name), PANELS[name][1]
    rows = frame.sample(frac=1, random_state=1) if shuffled else frame
    half = len(rows) // 2
    rows.iloc[:half].to_parquet(folder / "part-1.parquet", index=False)
    rows.iloc[half:].to_parquet(folder / "part-2.parquet", index=False)
    return Panel(frame, **roles), Panel(f"{folder}/*.parquet", engine="duckdb", **roles)


def same(one: Effect, other: Effect) -> None:
    """Compare tables, covariances, notes and what was left out."""
    assert list(one.table) == list(other.table)
    for column in one.table:
        if one.table[column].dtype.kind == "f":
            np.testing.assert_allclose(other.table[column], one.table[column], **CLOSE)
        else:
            assert one.table[column].tolist() == other.table[column].tolist()
    assert one.covariance is not None
    assert other.covariance is not None
    np.testing.assert_allclose(other.covariance, one.covariance, **CLOSE)
    assert other.notes == one.notes
    assert other.inference == one.inference
    assert [(d.rows, d.units, d.emptied, d.clusters) for d in other.dropped] == [
        (d.rows, d.units, d.emptied, d.clusters) for d in one.dropped
    ]


@pytest.fixture(autouse=True)
def _quiet() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@pytest.mark.parametrize("shuffled", [False, True], ids=["by unit", "shuffled"])
@pytest.mark.parametrize("name", PANELS)
def test_group_time_is_the_same(name: str, shuffled: bool, tmp_path: Path) -> None:
    memory, queried = pair(name, tmp_path, shuffled=shuffled)
    cross = PANELS[name][1]["unit"] is None
    for options in (
        {"control": "never"},
        {"control": "not_yet", "anticipation": 1},
        {"control": "not_yet", "base_period": "universal", "balanced": False},
    ):
        asked: dict[str, Any] = {**options, "panel_data": not cross}
        one, other = did.group_time(memory, **asked), did.group_time(queried, **asked)
        same(one, other)
        for kind in ("simple", "event", "cohort", "calendar"):
            same(one.aggregate(kind), other.aggregate(kind))


BACKENDS: dict[str, Callable[[pd.DataFrame], Any]] = {"polars": on_polars, "spark": on_spark}


@pytest.mark.slow
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("name", PANELS)
def test_group_time_is_the_same_by_ibis(name: str, backend: str) -> None:
    pytest.importorskip("ibis")
    frame, roles = frame_of(name), PANELS[name][1]
    options: dict[str, Any] = {"control": "not_yet", "balanced": False}
    options["panel_data"] = roles["unit"] is not None
    used = frame[[column for column in roles.values() if column is not None]]
    queried = Panel(BACKENDS[backend](used), engine="ibis", **roles)
    one, other = (did.group_time(panel, **options) for panel in (Panel(frame, **roles), queried))
    same(one, other)
    for kind in ("simple", "event", "cohort", "calendar"):
        same(one.aggregate(kind), other.aggregate(kind))
    if name in BALANCED:
        for estimator in (did.event_study, did.sun_abraham, did.twfe):
            same(estimator(Panel(frame, **roles)), estimator(queried))


@pytest.mark.parametrize("name", BALANCED)
@pytest.mark.parametrize("estimator", [did.event_study, did.sun_abraham, did.twfe])
def test_regressions_are_the_same(
    name: str, estimator: Callable[..., Effect], tmp_path: Path
) -> None:
    memory, queried = pair(name, tmp_path, shuffled=True)
    for errors in ("cluster", "hetero"):
        same(estimator(memory, errors=errors), estimator(queried, errors=errors))


@pytest.mark.parametrize("name", [name for name in PANELS if name != "divorce"])
def test_two_by_two_is_the_same(name: str, tmp_path: Path) -> None:
    frame, roles = frame_of(name), PANELS[name][1]
    cohort, time = frame[roles["cohort"]].fillna(0), frame[roles["time"]]
    g = int(cohort[cohort > time.min()].min())
    rows = frame[cohort.isin([0, g]) & time.isin([g - 1, g])]
    rows.to_parquet(tmp_path / "two.parquet")
    memory = Panel(rows, **roles)
    queried = Panel(tmp_path / "two.parquet", engine="duckdb", **roles)
    for method in ("dr", "reg", "ipw"):
        same(did.two_by_two(memory, method=method), did.two_by_two(queried, method=method))
