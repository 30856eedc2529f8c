"""Panels that pass by once: in any order of rows, with any names of units, also by way of disk."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evalkit import did
from evalkit.panel import DuckDB, Panel, PanelError, buckets, passing
from evalkit.panel.ahead import ahead
from evalkit.panel.session import Session

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")
ROLES: dict[str, Any] = {"unit": "i", "time": "t", "outcome": "y", "cohort": "g"}
NAMES = {
    "numbers": lambda codes: codes * 7 - 30,
    "long numbers": lambda codes: codes * 10**15,
    "text": lambda codes: np.array([f"é{code}" for code in codes], dtype=object),
    "broken numbers": lambda codes: codes + 0.5,
    "dates": lambda codes: pd.Timestamp("2020-01-01") + pd.to_timedelta(codes, unit="D"),
}
ORDERS: dict[str, list[str]] = {"by unit": ["i", "t"], "by period": ["t", "i"], "shuffled": ["z"]}


def rows(seed: int, units: int, gaps: float, names: str, order: str) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    codes = rng.permutation(units)
    cohort = np.r_[[0, 0, 2003, 2003], rng.choice([0, 2003, 2004], units - 4)]
    frame = pd.DataFrame(
        {
            "i": np.repeat(NAMES[names](codes), 4),
            "t": np.tile([2001, 2002, 2003, 2004], units),
            "y": rng.normal(size=4 * units),
            "g": np.repeat(cohort, 4),
            "w": np.repeat(rng.uniform(0.5, 2, units), 4),
            "c": np.repeat([f"c{code % 5}" for code in codes], 4),
            "z": rng.uniform(size=4 * units),
        }
    )
    kept = frame[rng.uniform(size=len(frame)) >= gaps]
    return kept.sort_values(ORDERS[order], ignore_index=True)


def small(size: int) -> Any:
    """Let batches be of some rows, so that units go on in the next."""
    whole = Session.stream

    def stream(self: Session, *asked: Any) -> Iterator[Any]:
        for batch in whole(self, *asked):
            for start in range(0, len(batch) + 1, size):  # the last one may be empty
                yield batch.slice(start, size)

    return mock.patch.object(Session, "stream", stream)


def both(frame: pd.DataFrame, **roles: Any) -> list[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [
            did.group_time(
                Panel(frame, engine=engine, **{**ROLES, **roles}),
                "reg", "not_yet", balanced=False, seed=1, draws=200,
            )
            for engine in ("memory", "duckdb")
        ]  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    units=st.integers(8, 40),
    gaps=st.sampled_from([0.0, 0.2]),
    names=st.sampled_from(sorted(NAMES)),
    order=st.sampled_from(sorted(ORDERS)),
    size=st.sampled_from([1, 3, 8, 1000]),
    keep=st.sampled_from([0, 500, 10**9]),
    twice=st.sampled_from([0, 1_000]),
    more=st.sampled_from(
        [{}, {"weights": "w"}, {"cluster": "c"}, {"weights": "w", "cluster": "c"}]
    ),
)
def test_effects_and_bands_are_those_of_memory(
    seed: int, units: int, gaps: float, names: str, order: str, size: int, keep: int,
    twice: int, more: dict[str, str],
) -> None:  # fmt: skip
    frame = rows(seed, units, gaps, names, order)
    limits = mock.patch.object(buckets, "KEEP", keep), mock.patch.object(passing, "TWICE", twice)
    with small(size), limits[0], limits[1]:
        one, other = both(frame, **more)
    near = {"rtol": 1e-10, "atol": 1e-10}
    np.testing.assert_allclose(other.table["estimate"], one.table["estimate"], **near)
    np.testing.assert_allclose(other.covariance, one.covariance, **near)
    # A band draws from roots of the covariance, and the root of 1e-16 is 1e-8.
    bands = [found.aggregate("event").table for found in (one, other)]
    for end in ("band_low", "band_high"):
        np.testing.assert_allclose(bands[1][end], bands[0][end], rtol=1e-6, atol=1e-6)


def test_files_by_period_are_not_read_as_if_they_stood_by_unit() -> None:
    frame = rows(1, 12, 0.0, "numbers", "by period")
    add = mock.patch.object(passing, "_add_runs", side_effect=passing._add_runs)
    with small(5), mock.patch.object(passing, "TWICE", 3), add as adding:
        found = Panel(frame, engine="duckdb", **ROLES)
    assert adding.call_count == 0
    assert (found.n_units, found.balanced) == (12, True)


@pytest.mark.parametrize("order", sorted(ORDERS))
def test_one_scan_suffices_where_rows_stand_by_unit(order: str) -> None:
    frame = rows(1, 12, 0.0, "text", order)
    with mock.patch.object(Session, "stream", autospec=True, side_effect=Session.stream) as stream:
        Panel(frame, engine="duckdb", **ROLES)
    assert stream.call_count == (1 if order == "by unit" else 2)


@pytest.mark.parametrize("order", sorted(ORDERS))
@pytest.mark.parametrize(
    ("column", "value", "said"),
    [("t", 2001, "have more than one row"), ("g", 2004, "varies within a unit"),
     ("c", "else", "varies within a unit")],
)  # fmt: skip
def test_a_faulty_unit_is_refused_in_any_order(
    order: str, column: str, value: Any, said: str
) -> None:
    frame = rows(2, 12, 0.0, "text", "by unit")
    frame.loc[frame["i"] == frame["i"][20], "g"] = 2003
    frame.loc[21, column] = value
    with pytest.raises(PanelError, match=said) as refused, small(5):
        Panel(frame.sort_values(ORDERS[order]), engine="duckdb", cluster="c", **ROLES)
    assert "row" in str(refused.value)


@pytest.mark.parametrize("spoilt", ["nothing", "missing", "missing period", "infinite", "weight"])
def test_what_is_amiss_is_seen_by_the_quick_look(spoilt: str) -> None:
    frame = rows(3, 12, 0.0, "numbers", "by unit")
    if spoilt == "missing":
        frame.loc[5, "y"] = np.nan
    if spoilt == "missing period":
        frame.loc[frame["t"] == 2001, "y"] = np.nan
    if spoilt == "infinite":
        frame.loc[5, "y"] = -np.inf
    if spoilt == "weight":
        frame.loc[5, "w"] = -1.0
    found = []
    for engine in ("memory", "duckdb"):
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            try:
                panel = Panel(frame, engine=engine, weights="w", **ROLES)
                found.append((panel.n_rows, panel.clock.values.tolist(), panel.dropped))
            except PanelError as refused:
                found.append(refused.message)
        found[-1] = (found[-1], [str(one.message) for one in told])
    assert found[0] == found[1]


def test_what_is_made_ahead_keeps_its_order_and_its_faults() -> None:
    def things() -> Iterator[int]:
        yield from range(3)
        raise ValueError("the fourth")

    seen = []
    with pytest.raises(ValueError, match="the fourth"):
        seen.extend(ahead(things()))
    found = ahead(things())
    assert [next(found), next(found), next(found)] == [0, 1, 2]
    found.close()
    assert list(ahead(iter(()))) == []


def test_rows_that_were_spilled_are_gone(tmp_path: Path) -> None:
    frame = rows(5, 40, 0.0, "text", "shuffled")
    written: list[int] = []
    whole = buckets.Buckets._written

    def look(self: buckets.Buckets, bucket: int) -> list[dict[str, Any]]:
        found = whole(self, bucket)
        written.append(sum(len(one["y0"]) for one in found))
        return found

    with (
        mock.patch.object(buckets, "KEEP", 1),
        mock.patch.object(buckets.Buckets, "_written", look),
    ):
        Panel(frame, engine=DuckDB(spill=tmp_path), **ROLES)
    assert sum(written) == len(frame)
    assert list(tmp_path.iterdir()) == []
