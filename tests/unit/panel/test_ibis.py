"""Panels whose rows stay in a backend of Ibis: the same numbers, and what is refused and how."""

from __future__ import annotations

import warnings
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalkit import did
from evalkit.panel import Panel, PanelError, ibis_sums
from evalkit.panel import engine as engines
from evalkit.panel.ibis_rows import IbisRows
from evalkit.panel.outcomes import with_outcome
from evalkit.panel.scanned import ScannedPanel
from tests.unit.panel.ibis_tables import EVERY, QUICK, on_polars

pytest.importorskip("ibis")
pytest.importorskip("pyarrow")
ROLES: dict[str, Any] = {"unit": "i", "time": "t", "outcome": "y", "cohort": "g"}
NEAR = {"rtol": 1e-10, "atol": 1e-10}
NAMES: dict[str, Any] = {
    "numbers": lambda codes: codes * 7 - 30,
    "text": lambda codes: [f"é{code}" for code in codes],
    "dates": lambda codes: pd.Timestamp("2020-01-01") + pd.to_timedelta(codes, unit="D"),
}
TIMES: dict[str, Any] = {
    "years": lambda years: years,
    "broken numbers": lambda years: years.astype(float),
    "quarters": lambda years: [f"{year}Q1" if year else None for year in years],
    "dates": lambda years: pd.to_datetime([f"{year}-01-01" if year else None for year in years]),
}


def rows(seed: int = 1, units: int = 16, gaps: float = 0.0, **kinds: str) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    codes = rng.permutation(units)
    cohort = np.r_[[0, 0, 2003, 2003, 2050], rng.choice([0, 2003, 2004], units - 5)]
    frame = pd.DataFrame(
        {
            "i": np.repeat(NAMES[kinds.get("names", "numbers")](codes), 4),
            "t": TIMES[kinds.get("times", "years")](np.tile([2001, 2002, 2003, 2004], units)),
            "y": rng.normal(size=4 * units),
            "g": TIMES[kinds.get("times", "years")](np.repeat(cohort, 4)),
            "w": np.repeat(rng.uniform(0.5, 2, units), 4),
            "c": np.repeat([f"c{code % 5}" for code in codes], 4),
        }
    )
    return frame[rng.uniform(size=len(frame)) >= gaps].sample(frac=1, random_state=seed)


def told(make: Any) -> tuple[Any, list[str]]:
    """Make something, or be refused, and list what was warned of."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        found = make()
    return found, [str(one.message) for one in seen if "Panel" in one.category.__name__]


def refused(data: Any, **roles: Any) -> str:
    with pytest.raises(PanelError) as found:
        told(lambda: Panel(data, **{"engine": "ibis", **ROLES, **roles}))
    return str(found.value)


def same(frame: pd.DataFrame, table: Any, **roles: Any) -> None:
    roles = {**ROLES, **roles}
    asked = {"method": "reg", "control": "not_yet", "balanced": False}
    asked["panel_data"] = roles["unit"] is not None
    one, other = (
        told(lambda data=data, engine=engine: did.group_time(
            Panel(data, engine=engine, **roles), **asked))
        for data, engine in ((frame, "memory"), (table, "ibis"))
    )  # fmt: skip
    assert sorted(other[1]) == sorted(one[1])
    np.testing.assert_allclose(other[0].table["estimate"], one[0].table["estimate"], **NEAR)
    np.testing.assert_allclose(other[0].covariance, one[0].covariance, **NEAR)
    assert other[0].table["n_units"].tolist() == one[0].table["n_units"].tolist()
    # Of names that are gone, the first are other ones: rows have no order in a backend.
    assert [(d.rows, d.units, d.emptied, d.clusters) for d in other[0].dropped] == [
        (d.rows, d.units, d.emptied, d.clusters) for d in one[0].dropped
    ]


@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    seed=st.integers(0, 10**6),
    units=st.integers(10, 40),
    gaps=st.sampled_from([0.0, 0.2]),
    names=st.sampled_from(sorted(NAMES)),
    times=st.sampled_from(sorted(TIMES)),
    portion=st.sampled_from([12, 90]),
    most=st.sampled_from([0, 40, 2_500]),
    more=st.sampled_from(
        [{}, {"weights": "w"}, {"cluster": "c"}, {"weights": "w", "cluster": "c"},
         {"unit": None, "weights": "w", "cluster": "c"}, {"unit": None}]
    ),
)  # fmt: skip
def test_random_panels_have_the_same_effects(
    seed: int, units: int, gaps: float, names: str, times: str, portion: int, most: int,
    more: dict[str, Any],
) -> None:  # fmt: skip
    frame = rows(seed, units, gaps, names=names, times=times)
    sizes = mock.patch.object(ibis_sums, "PORTION", portion)
    with sizes, mock.patch.object(ibis_sums, "MOST", most):
        same(frame, on_polars(frame), **more)


@pytest.mark.slow
@pytest.mark.parametrize("backend", EVERY)
@pytest.mark.parametrize(
    ("gaps", "more"),
    [(0.0, {}), (0.2, {"weights": "w", "cluster": "c"}), (0.2, {"unit": None, "weights": "w"})],
    ids=["whole", "gaps, weights, clusters", "cross-sections"],
)
def test_every_backend_gives_the_same_effects(
    backend: str, gaps: float, more: dict[str, Any]
) -> None:
    frame = rows(3, 40, gaps, names="text", times="dates")
    frame.iloc[[3, 7], frame.columns.get_loc("y")] = np.nan
    same(frame, EVERY[backend](frame), **more)


@pytest.mark.slow
@pytest.mark.parametrize("backend", EVERY)
@pytest.mark.parametrize("more", [{}, {"weights": "w", "cluster": "c"}], ids=["plain", "both"])
def test_every_backend_takes_more_periods_than_columns(backend: str, more: dict[str, Any]) -> None:
    frame = rows(3, 40, 0.2, names="text", times="dates")
    with mock.patch.object(ibis_sums, "MOST", 0):
        same(frame, EVERY[backend](frame), **more)


def test_a_hundred_periods_are_added_up() -> None:
    rng, periods = np.random.default_rng(2), np.arange(1, 101)
    frame = pd.DataFrame({"i": np.repeat(np.arange(12), 100), "t": np.tile(periods, 12)})
    frame["g"] = np.repeat([0, 50, 80], 400)
    frame["y"] = rng.normal(size=len(frame))
    same(frame.drop(index=[5, 700]), on_polars(frame.drop(index=[5, 700])))


def test_cells_keep_their_digits_when_levels_are_far_apart() -> None:
    frame = rows(5, 30)
    frame["y"] += np.where(frame["g"] == 2003, 1e9, 1e4) + 1e6 * (frame["t"] - 2000)
    memory = told(lambda: Panel(frame, **ROLES).moments.within)[0]
    queried = told(lambda: Panel(on_polars(frame), engine="ibis", **ROLES).moments.within)[0]
    np.testing.assert_allclose(queried, memory, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("backend", EVERY)
def test_smaller_panels_are_those_of_memory(backend: str) -> None:
    frame = rows(4, 30, 0.15)
    frame.loc[frame["i"] == frame["i"].iloc[0], "g"] = 2001
    found = []
    for data, engine in ((frame.sort_values("i"), "memory"), (EVERY[backend](frame), "ibis")):
        panel = told(lambda data=data, engine=engine: Panel(data, engine=engine, **ROLES))[0]
        smaller = [
            told(make)
            for make in (
                lambda panel=panel: panel.complete(),
                lambda panel=panel: panel.complete(2),
                lambda panel=panel: panel.before(2003, "late"),
                lambda panel=panel: panel.without_always_treated().before(2004, "late").complete(),
            )
        ]
        found.append(
            [
                (one.n_rows, one.n_units, one.cohort_sizes, one.clock.values.tolist(), one.dropped,
                 one.whole_through(2), np.allclose(one.extremes, panel.extremes, atol=9), said)
                for one, said in smaller
            ]
        )  # fmt: skip
    assert found[0] == found[1]


@pytest.mark.parametrize("backend", EVERY)
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("y", np.inf, "the column 'y' for the outcome is infinite in row (i=-16, t=2002)"),
        ("w", -1.0, "the weights 'w' are negative in row (i=-16, t=2002)"),
        ("t", 2001, "1 unit-period pairs have more than one row, the first in row (i=-16, t=2001)"),
        ("g", 2004, "the cohort 'g' varies within a unit, in row (i=-16)"),
        ("c", "else", "the cluster 'c' varies within a unit, in row (i=-16)"),
        ("g", 1.5, "lies between two periods, in row (i=-16)"),
        ("t", 2001.5, "the time 't' is no whole number in row (i=-16)"),
    ],
    ids=["infinite", "negative", "twice", "cohort", "cluster", "between", "broken"],
)
def test_what_is_amiss_is_named_by_unit_and_period(
    backend: str, column: str, value: Any, said: str
) -> None:
    frame = rows(2).sort_values(["i", "t"], ignore_index=True).astype({"t": float, "g": float})
    frame.loc[frame["i"] == -16, "g"] = 2003
    frame.loc[(frame["i"] == -16) & (frame["t"] == 2002), column] = value
    frame = frame.astype({"t": int}) if value != 2001.5 else frame
    if column == "g" and value == 1.5:
        frame.loc[frame["i"] == -16, "g"] = 2002.5
    assert said in refused(EVERY[backend](frame), weights="w", cluster="c")


def test_units_are_not_named_where_small_cells_are_suppressed() -> None:
    frame = rows(2).astype({"g": float})
    own = frame["i"] == frame["i"].iloc[0]
    for column, value, said in (
        ("y", np.inf, "is infinite in rows (t=2001), (t=2002), (t=2003), (t=2004)"),
        ("g", [0, 0, 2003, 2003], "varies within a unit, in 1 unit"),
        ("g", 2002.5, "in row (g=2002.5)"),
    ):
        odd = frame.copy()
        odd.loc[own, column] = value
        found = refused(on_polars(odd), minimum_cell=10)
        assert said in found
        assert "i=" not in found


def test_another_outcome_is_asked_of_the_same_rows() -> None:
    frame = rows(2).assign(z=lambda frame: frame["y"] * 2)
    panels = [
        with_outcome(told(lambda data=data, engine=engine: Panel(data, engine=engine, **ROLES))[0],
                     "z")
        for data, engine in ((frame, "memory"), (on_polars(frame), "ibis"))
    ]  # fmt: skip
    one, other = (
        told(lambda panel=panel: did.group_time(panel, "reg", "not_yet"))[0] for panel in panels
    )
    np.testing.assert_allclose(other.table["estimate"], one.table["estimate"], **NEAR)


def test_what_cannot_be_says_what_to_do() -> None:
    frame = rows()
    assert "cast('float64')" in refused(on_polars(frame.assign(y=frame["y"].astype(str))))
    assert "holds no numbers (timestamp" in refused(
        on_polars(frame.assign(y=pd.Timestamp("2020-01-01")))
    )
    assert "there is no column 'z' for the outcome" in refused(on_polars(frame), outcome="z")
    assert "the table has no rows" in refused(on_polars(frame.iloc[:0]))
    assert "every row lacks a value" in refused(on_polars(frame.assign(y=np.nan)))
    assert "puts queries to an Ibis table, and a DataFrame is none" in refused(frame)


def test_who_is_never_treated_may_be_missing_throughout() -> None:
    frame = rows().assign(g=pd.Series(dtype=str))
    found = told(lambda: Panel(on_polars(frame), engine="ibis", **ROLES))[0]
    assert found.cohort_sizes == {0: 16}


def test_columns_may_be_called_anything() -> None:
    names = {"i": "n", "t": "label", "y": "cohort", "g": "words"}
    frame = rows(2).rename(columns=names)
    frame.loc[frame["n"] == frame["n"].iloc[0], "words"] = [0, 0, 2003, 2003]
    said = refused(on_polars(frame), **{role: names[one] for role, one in ROLES.items()})
    assert f"'words' varies within a unit, in row (n={frame['n'].iloc[0]})" in said


def test_what_needs_rows_names_the_reader() -> None:
    panel = told(lambda: Panel(on_polars(rows()), engine="ibis", **ROLES))[0]
    with pytest.raises(PanelError, match="in memory, and polars reads them where they are"):
        did.group_time(panel, covariates="w")


def test_a_fault_of_the_backend_is_told() -> None:
    table = on_polars(rows())
    broken = table.mutate(y=(table.t.cast("string") + "x").cast("float64"))
    said = refused(broken)
    assert said.startswith("polars cannot answer: ")
    assert "engine='memory' reads the rows" in said


def test_large_tables_stay_where_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    table = on_polars(rows())
    assert type(told(lambda: Panel(table, **ROLES))[0]) is Panel
    monkeypatch.setattr(engines, "LARGE", 10)
    found = told(lambda: Panel(table, **ROLES))[0]
    assert type(found) is ScannedPanel
    assert found.reader == "polars"
    assert told(lambda: Panel(QUICK["duckdb"](rows()), **ROLES))[0].reader == "DuckDB"


@pytest.mark.parametrize("moved", [False, True])
def test_weights_that_move_within_a_unit_are_seen(moved: bool) -> None:
    frame = rows()
    frame.iloc[0, frame.columns.get_loc("w")] += 1e-6 * moved
    found = told(lambda: Panel(on_polars(frame), engine="ibis", weights="w", **ROLES))[0]
    assert found.weights_move is moved
    if moved:
        with pytest.raises(PanelError, match="and polars reads its rows where they are"):
            did.group_time(found, "reg")


def test_few_queries_suffice_and_no_row_is_read() -> None:
    sizes: list[int] = []
    arrow = IbisRows._arrow

    def look(self: IbisRows, expression: Any) -> Any:
        found = arrow(self, expression)
        sizes.append(getattr(found, "num_rows", 1))
        return found

    with mock.patch.object(IbisRows, "_arrow", look):
        panel = told(lambda: Panel(on_polars(rows(1, 200)), engine="ibis", **ROLES))[0]
    assert panel.balanced
    assert len(sizes) == 2
    assert max(sizes) <= 16  # cells of period and cohort
