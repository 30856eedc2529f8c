"""Several outcomes of the same rows: one pass for all, with the numbers of a panel of each."""

from __future__ import annotations

import warnings
from collections import Counter
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest

from evalkit import did
from evalkit.did.batch_result import Batch
from evalkit.panel import DuckDB, Panel, PanelError, PanelWarning
from evalkit.panel.session import Session

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
ROLES: dict[str, Any] = {"unit": "i", "time": "t", "outcome": "y", "cohort": "g"}
OUTCOMES = ["y", "places", "years", "cohort", "unit", "word"]
KINDS: dict[str, dict[str, Any]] = {
    "plain": {},
    "weights and clusters": {"weights": "w", "cluster": "c"},
    "cross-sections": {"unit": None},
    "cross-sections with both": {"unit": None, "weights": "w", "cluster": "c"},
}
TIMES: dict[str, Any] = {
    "years": lambda year: year,
    "quarters": lambda year: np.array([f"{one}Q1" for one in year], dtype=object),
}
ORDERS = {"by unit": ["i", "t"], "shuffled": ["z"]}


def rows(times: str = "years", order: str = "by unit") -> pd.DataFrame:
    """People of whom outcomes are missing at places, in years, of a cohort, and of a unit."""
    rng = np.random.default_rng(8)
    units, years = 90, np.arange(2001, 2007)
    year = np.tile(years, units)
    start = np.repeat(np.r_[[0] * 40, [2003] * 20, [2004] * 20, [2006] * 10], len(years))
    frame = pd.DataFrame({"i": np.repeat(rng.permutation(units), len(years)), "year": year})
    frame["y"] = rng.normal(size=len(frame)) + (year >= start) * (start > 0)
    for name in OUTCOMES[1:]:
        frame[name] = frame["y"] * 3 + rng.normal(size=len(frame))
    frame.loc[rng.uniform(size=len(frame)) < 0.1, "places"] = np.nan
    frame.loc[year == 2006, "years"] = np.nan
    frame.loc[start == 2004, "cohort"] = np.nan
    frame.loc[frame["i"] == 7, "unit"] = np.nan
    frame["word"] = frame["word"].map("{:.17g}".format).mask(frame["i"] == 9)
    frame["w"] = rng.uniform(0.5, 2, units)[frame["i"]]
    frame["c"] = frame["i"] % 15
    frame["z"] = rng.uniform(size=len(frame))
    frame["t"] = TIMES[times](year)
    frame["g"] = np.where(start == 0, "" if times == "quarters" else 0, TIMES[times](start))
    frame["g"] = frame["g"] if times == "quarters" else frame["g"].astype(np.int64)
    return frame.sort_values(ORDERS[order], ignore_index=True)


def estimated(frame: pd.DataFrame, engine: Any, **roles: Any) -> Batch:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        panel = Panel(frame, engine=engine, **{**ROLES, **roles})
        return did.batch(panel, OUTCOMES, designs=later)


def later(panel: Panel) -> Any:
    followed = panel.names["unit"] is not None
    return did.group_time(panel, control="not_yet", balanced=False, panel_data=followed)


@pytest.mark.parametrize(
    ("times", "order"), [("years", "by unit"), ("years", "shuffled"), ("quarters", "shuffled")]
)
@pytest.mark.parametrize("kind", KINDS)
def test_each_outcome_has_the_numbers_of_a_panel_of_its_own(
    kind: str, times: str, order: str
) -> None:
    frame = rows(times, order)
    runs = estimated(frame, DuckDB(), **KINDS[kind])
    for outcome in OUTCOMES:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PanelWarning)
            own = {**ROLES, **KINDS[kind], "outcome": outcome}
            apart = later(Panel(frame, engine=DuckDB(), **own))
        found: Any = runs[outcome]
        assert found.dropped == apart.dropped
        pd.testing.assert_frame_equal(
            found.tidy(), apart.tidy(), check_exact=False, rtol=1e-12, atol=1e-12
        )


class Questions(Counter[str]):
    """Counts what is asked of rows, by the way in which the answer comes."""

    def __enter__(self) -> Questions:
        self._patches = [mock.patch.object(Session, way, self._counted(way))
                         for way in ("rows", "table", "stream")]  # fmt: skip
        for one in self._patches:
            one.start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._patches:
            one.stop()

    def _counted(self, way: str) -> Any:
        real = getattr(Session, way)

        def asked(session: Session, *given: Any) -> Any:
            self[way] += 1
            return real(session, *given)

        return asked


@pytest.mark.parametrize("names", ["numbers", "text"])
@pytest.mark.parametrize("count", [2, 5])
def test_rows_pass_by_once_for_any_number_of_outcomes(
    tmp_path: Path, count: int, names: str
) -> None:
    frame = rows(order="shuffled" if names == "numbers" else "by unit")
    frame[OUTCOMES[1:]] = np.arange(5) + frame[["y"]].to_numpy()
    frame["i"] = frame["i"] if names == "numbers" else frame["i"].map("p{:02}".format)
    frame.to_parquet(tmp_path / "rows.parquet")
    panel = Panel(tmp_path / "rows.parquet", engine=DuckDB(), **ROLES)
    with Questions() as asked:
        did.batch(panel, OUTCOMES[1 : 1 + count])
    # Of numbers the ends and the first rows are asked; text and rows by unit ask for a look at all.
    assert asked == ({"rows": 2} if names == "numbers" else {"table": 1}) | {"stream": 1}


def test_rows_pass_by_once_where_outcomes_are_missing_here_and_there() -> None:
    frame = rows()
    arrow = pytest.importorskip("pyarrow")
    table = arrow.table({name: frame[name].to_numpy() for name in frame.drop(columns="word")})
    panel = Panel(table, engine=DuckDB(), **ROLES)
    with Questions() as asked, warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        did.batch(panel, ["places", "years", "cohort", "unit"], designs=later)
    assert asked["stream"] == 1
    assert asked["table"] == 2  # numbers that are none are counted one by one in a second look


def test_what_is_amiss_with_one_outcome_is_told_as_in_a_panel_of_its_own(tmp_path: Path) -> None:
    frame = rows()
    frame["double"] = frame["pay"] = frame["y"]
    frame["other"] = frame["y"].where(frame.index != 5)
    # A second row for a unit and period, of which only `double` and `y` are known.
    more = frame.iloc[[5]].assign(pay=np.nan, other=1.0)
    frame = pd.concat([frame, more]).sort_values(["i", "t"], ignore_index=True)
    file = tmp_path / "rows.parquet"
    frame.to_parquet(file)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PanelWarning)
        panel = Panel(file, engine=DuckDB(), **{**ROLES, "outcome": "pay"})
        alone = told(lambda: Panel(file, engine=DuckDB(), **{**ROLES, "outcome": "double"}))
        assert alone == told(lambda: did.batch(panel, ["other", "double"], designs=later))
    assert "unit-period pairs have more than one row" in alone


def told(made: Any) -> str:
    with pytest.raises(PanelError) as found:
        made()
    return str(found.value)
