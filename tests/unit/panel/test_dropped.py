"""What is left out, and which units and clusters go with it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelWarning

ROLES = {"unit": "u", "time": "t", "outcome": "y", "cohort": "g"}


@pytest.fixture
def frame() -> pd.DataFrame:
    units = [name for name in "abcdefgh" for _ in range(3)]
    return pd.DataFrame(
        {
            "u": units,
            "t": [2001, 2002, 2003] * 8,
            "y": np.arange(24) * 1.0,
            "g": [2002 if unit in "aceg" else 0 for unit in units],
            "c": ["xy"[unit > "b"] for unit in units],
            "x": 1.0,
        }
    )


def test_the_units_that_lack_a_period_are_named_and_their_clusters_counted(
    frame: pd.DataFrame,
) -> None:
    gone = frame[(frame["t"] == 2002) & frame["u"].isin([*"abdfh"])].index
    panel = Panel(frame.drop(index=gone), **ROLES, cluster="c")
    with pytest.warns(PanelWarning) as warned:
        whole = panel.complete()
    assert len(warned) == 1
    assert str(warned[0].message) == (
        "5 units (10 rows) left out: the unit lacks a period (a, b, d and 2 more); "
        "nothing is left of 1 cluster"
    )
    assert str(whole.dropped[0]) == str(warned[0].message)
    assert whole.dropped[0].why == "the unit lacks a period; nothing is left of 1 cluster"
    assert whole.dropped[0].units == 5


def test_units_of_which_every_row_is_missing_are_named(frame: pd.DataFrame) -> None:
    frame.loc[frame["u"].isin(["a", "b"]), "y"] = np.nan
    frame.loc[3 * 7, "y"] = np.nan  # one row of h
    with pytest.warns(PanelWarning) as warned:
        panel = Panel(frame, **ROLES, cluster="c")
    assert str(warned[0].message) == (
        "7 rows left out: the outcome is missing; nothing is left of 2 units (a and b); "
        "nothing is left of 1 cluster"
    )
    assert panel.n_units == 6
    assert panel.dropped[0].units == 0


def test_a_unit_gone_for_two_reasons_is_counted_once(frame: pd.DataFrame) -> None:
    frame["w"] = 1.0
    frame.loc[[0, 1], "y"] = np.nan
    frame.loc[[1, 2], "w"] = np.nan
    with pytest.warns(PanelWarning):
        panel = Panel(frame, **ROLES, weights="w")
    assert [one.emptied for one in panel.dropped] == [0, 1]
    assert [one.rows for one in panel.dropped] == [2, 2]


def test_a_covariate_that_is_missing_names_units_too(frame: pd.DataFrame) -> None:
    frame.loc[frame["u"] == "c", "x"] = np.nan
    with pytest.warns(PanelWarning, match=r"nothing is left of 1 unit \(c\)"):
        Panel(frame, **ROLES).without_missing(["x"])


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_rows_of_cross_sections_are_no_units_with_a_name(frame: pd.DataFrame) -> None:
    frame.loc[0, "y"] = np.nan
    panel = Panel(frame, **(ROLES | {"unit": None}))
    assert str(panel.dropped[0]) == "1 row left out: the outcome is missing"
    later = panel.before(2003, "later").dropped[-1]
    assert (later.rows, later.emptied, later.names) == (8, 0, ())
