"""Tables of odd kinds: the panel of the plain table, or a refusal with a hint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError

ROLES = {"unit": "u", "time": "t", "outcome": "y", "cohort": "g"}
Column = pd.Series


def plain() -> pd.DataFrame:
    rng = np.random.default_rng(7)
    return pd.DataFrame(
        {
            "u": np.repeat(np.arange(6), 4),
            "t": np.tile(np.arange(2010, 2014), 6),
            "y": rng.normal(size=24).round(3),
            "g": np.repeat([0, 2011, 2012, 0, 2011, 2012], 4),
            "w": rng.uniform(0.5, 2, 24).round(2),
        }
    )


def objects(values: Any) -> pd.Series[Any]:
    return pd.Series(list(values), dtype=object)


SAME: dict[str, Callable[[Any], Any]] = {
    "objects": lambda s: s.astype(object),
    "text": lambda s: s.astype(str),
    "spaced": lambda s: " " + s.astype(str) + " ",
    "string": lambda s: s.astype("string"),
    "category": lambda s: s.astype("category"),
    "category of text": lambda s: s.astype(str).astype("category"),
    "decimals": lambda s: objects(Decimal(str(v)) for v in s),
    "sparse": lambda s: s.astype(pd.SparseDtype("float64")),
    "mixed": lambda s: objects(str(v) if at % 2 else v for at, v in enumerate(s)),
}
WRONG: dict[str, Callable[[Any], Any]] = {
    "lists": lambda s: objects([v] for v in s),
    "dicts": lambda s: objects({"a": v} for v in s),
    "dates": lambda s: objects(dt.date(2010, 1, 1) for _ in s),
    "stamps": lambda s: pd.Series(pd.date_range("2010-01-01", periods=len(s))),
    "zoned": lambda s: pd.Series(pd.date_range("2010-01-01", periods=len(s), tz="UTC")),
    "periods": lambda s: pd.Series(pd.period_range("2010Q1", periods=len(s), freq="Q")),
    "spans": lambda s: pd.to_timedelta(s, unit="D"),
    "complex": lambda s: s.astype(complex),
    "bytes": lambda s: objects(str(v).encode() for v in s),
    "words": lambda s: objects("soon" for _ in s),
    "infinite": lambda s: s.astype(float).replace(s.iloc[0], -np.inf),
}


@pytest.mark.parametrize("kind", SAME)
@pytest.mark.parametrize("role", ["t", "y", "g", "w"])
def test_numbers_of_another_kind_are_the_same_numbers(role: str, kind: str) -> None:
    frame = plain()
    expected = Panel(frame, **ROLES, weights="w")
    found = Panel(frame.assign(**{role: SAME[kind](frame[role])}), **ROLES, weights="w")
    np.testing.assert_array_equal(found.y, expected.y)
    np.testing.assert_array_equal(found.weights, expected.weights)
    np.testing.assert_array_equal(found.cohorts, expected.cohorts)
    np.testing.assert_array_equal(found.clock.values, expected.clock.values)
    np.testing.assert_array_equal(found.time, expected.time)


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("role", ["y", "g", "w"])
def test_what_is_no_number_is_refused_with_a_hint(role: str, kind: str) -> None:
    frame = plain()
    with pytest.raises(PanelError) as caught:
        Panel(frame.assign(**{role: WRONG[kind](frame[role])}), **ROLES, weights="w")
    assert caught.value.hint


@pytest.mark.parametrize("kind", ["lists", "dicts"])
@pytest.mark.parametrize("role", ["u", "t", "g", "c"])
def test_lists_are_no_names(role: str, kind: str) -> None:
    frame = plain().assign(c=1)
    with pytest.raises(PanelError, match="lists or other things") as caught:
        Panel(frame.assign(**{role: WRONG[kind](frame[role])}), **ROLES, cluster="c")
    assert caught.value.hint


def test_a_number_and_the_same_as_text_are_not_two_units() -> None:
    with pytest.raises(PanelError, match=r"the unit holds '?0'? and '?0'?, which would count"):
        Panel(plain().assign(u=SAME["mixed"](plain()["u"])), **ROLES)


@pytest.mark.parametrize(
    ("text", "way"), [("1,5", "decimal="), ("1.234,5", "decimal="), ("x", "clean")]
)
def test_text_with_a_decimal_comma_names_the_way_out(text: str, way: str) -> None:
    frame = plain().assign(y=text)
    with pytest.raises(PanelError) as caught:
        Panel(frame, **ROLES)
    assert way in str(caught.value.hint)
    polars = pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    with pytest.raises(PanelError, match="holds text") as caught:
        Panel(polars.DataFrame(frame.to_dict("list")), **ROLES)
    assert "pd.read_csv" not in str(caught.value)


def test_a_role_that_is_not_given_is_named() -> None:
    with pytest.raises(PanelError, match="the time is not given"):
        Panel(plain(), **(ROLES | {"time": None}))


def test_columns_whose_names_are_no_text_are_let_be() -> None:
    frame = plain().rename(columns={"w": 3})
    assert Panel(frame, **ROLES).n_units == 6
    with pytest.raises(PanelError, match="no column 'w'"):
        Panel(frame, **ROLES, weights="w")


def test_kinds_of_arrow_that_pandas_cannot_hold_are_refused() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    frame = plain().assign(w=pd.cut(plain()["y"], 3).astype(object))
    table = pyarrow.Table.from_pandas(plain().assign(w=pd.cut(plain()["y"], 3)))
    for data in (table, frame):
        with pytest.raises(PanelError) as caught:
            Panel(data, **ROLES, weights="w")
        assert caught.value.hint


def test_an_expression_of_ibis_is_run_and_read() -> None:
    ibis = pytest.importorskip("ibis")
    pytest.importorskip("duckdb")
    table = ibis.memtable(pytest.importorskip("pyarrow").Table.from_pandas(plain()))
    found = Panel(
        table.filter(table.u < 4).mutate(
            y=(2 * table.y).cast("decimal(18, 6)"),
            g=table.g.nullif(0),
            t=ibis.date(table.t.cast("int32"), 1, 1),
        ),
        **ROLES,
    )
    expected = plain()[plain()["u"] < 4]
    assert found.balanced
    assert found.n_units == 4
    # Tables of a database have no order of rows: compare what does not depend on it.
    np.testing.assert_allclose(np.sort(found.y), np.sort(2 * expected["y"]), rtol=1e-12)
    assert sorted(found.cohorts.tolist()) == [0, 0, 2, 3]
