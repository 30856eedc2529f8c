"""Group-time effects where data run out: an error or a warning that says what it means."""

from __future__ import annotations

import json
import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from evalkit.did.group_time import GroupTimeWarning, group_time
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError, PanelWarning

ROLES = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}


@pytest.fixture
def frame() -> pd.DataFrame:
    """Forty units in periods 1 to 5; cohorts 0, 3, 4 and 5 of ten units each."""
    rng = np.random.default_rng(8)
    return pd.DataFrame(
        {
            "unit": np.repeat(np.arange(40), 5),
            "t": np.tile(np.arange(1, 6), 40),
            "g": np.repeat(np.resize([0, 3, 4, 5], 40), 5),
            "y": rng.normal(size=200),
            "x": np.repeat(rng.normal(size=40), 5),
        }
    )


def panel(frame: pd.DataFrame, **roles: Any) -> Panel:
    return Panel(frame, **{**ROLES, **roles})


def test_no_never_treated_is_refused_with_the_remedy(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match=r"no unit is never treated.*\n.*control='not_yet'"):
        group_time(panel(frame[frame["g"] > 0]))


def test_without_never_treated_the_last_cohort_is_the_comparison(frame: pd.DataFrame) -> None:
    found = group_time(panel(frame[frame["g"] > 0]), control="not_yet")
    assert set(found.tidy()["cohort"]) == {3, 4}
    assert found.tidy()["time"].max() == 4
    assert "cohort 5 is compared with only" in found.notes[0]
    by_hand = frame.groupby(["g", "t"])["y"].mean()
    # ATT(4,4): only cohort 5 is not yet treated in period 4.
    expected = (by_hand[4, 4] - by_hand[4, 3]) - (by_hand[5, 4] - by_hand[5, 3])
    table = found.tidy().set_index("term")["estimate"]
    assert table["ATT(4,4)"] == pytest.approx(expected)


def test_all_treated_at_once_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match="all units are treated from 4 on"):
        group_time(panel(frame[frame["g"] == 4]), control="not_yet")


def test_nobody_treated_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match="no unit starts treatment within the panel"):
        group_time(panel(frame[frame["g"] == 0]))


def test_one_period_before_has_effects_but_no_pre_trend(frame: pd.DataFrame) -> None:
    found = group_time(panel(frame[(frame["t"] >= 2) & frame["g"].isin([0, 3])]))
    assert list(found.tidy()["event_time"]) == [0, 1, 2]


def test_no_period_before_anticipated_treatment(frame: pd.DataFrame) -> None:
    with pytest.warns(GroupTimeWarning, match="cohort 3 has no period before"):
        found = group_time(panel(frame), anticipation=2)
    assert 3 not in set(found.tidy()["cohort"])
    with pytest.raises(PanelError, match="no treated cohort has a period before"):
        group_time(panel(frame), anticipation=9)


def test_always_treated_units_leave_and_are_counted(frame: pd.DataFrame) -> None:
    early = frame.assign(g=frame["g"].where(frame["unit"] > 3, 1))
    with pytest.warns(PanelWarning, match="4 units .20 rows. left out"):
        found = group_time(panel(early))
    assert found.dropped[0].units == 4


def test_units_with_gaps_leave_or_stay(frame: pd.DataFrame) -> None:
    holes = frame.drop(index=[0, 7, 13])
    with pytest.warns(PanelWarning, match="3 units .12 rows. left out: the unit lacks a period"):
        left = group_time(panel(holes))
    kept = group_time(panel(holes), balanced=False)
    assert left.tidy()["n_units"].max() < kept.tidy()["n_units"].max()


def test_gaps_in_time_keep_event_times(frame: pd.DataFrame) -> None:
    found = group_time(panel(frame[(frame["t"] != 2) & (frame["g"] != 4)])).tidy()
    assert set(found["event_time"]) == {-2, -1, 0, 1, 2}
    with pytest.raises(PanelError, match="lies between two"):
        group_time(panel(frame[frame["t"] != 4]))


def test_one_cluster_is_refused(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match="only one cluster"):
        group_time(panel(frame.assign(s="north"), cluster="s"))


def test_a_tiny_cohort_warns(frame: pd.DataFrame) -> None:
    few = frame[(frame["g"] != 3) | (frame["unit"] == 1)]
    with pytest.warns(GroupTimeWarning, match=r"few units in cohort 3 \(1\)"):
        found = group_time(panel(few))
    assert any("too small" in note for note in found.notes)


def test_an_outcome_that_stands_still_has_no_error(frame: pd.DataFrame) -> None:
    with pytest.warns(GroupTimeWarning, match="residuals behind .* are nought"):
        found = group_time(panel(frame.assign(y=0.1)))
    assert (found.tidy()["estimate"] == 0).all()
    assert found.tidy()["std_error"].isna().all()
    overall = found.aggregate("event").overall
    assert np.isnan(overall.std_error)
    assert json.loads(found.aggregate("event").to_json())["overall"]["std_error"] is None


def test_a_constant_covariate_is_named(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match="'z' is the same in all rows"):
        group_time(panel(frame.assign(z=3.0)), covariates=["z"])


@pytest.mark.parametrize("method", ["dr", "ipw", "reg"])
@pytest.mark.parametrize("balanced", [True, False])
def test_collinear_covariates_leave_the_cell_empty(
    frame: pd.DataFrame, method: Any, balanced: bool
) -> None:
    double = frame.assign(z=2 * frame["x"] + 1)
    double = double if balanced else double.drop(index=3)
    with pytest.warns(GroupTimeWarning, match="'z' is constant or collinear"):
        found = group_time(panel(double), method=method, covariates=["x", "z"], balanced=balanced)
    assert found.tidy()["estimate"].isna().all()
    with pytest.raises(EvalkitError, match="no effect at or after treatment"):
        found.aggregate("simple")


@pytest.mark.parametrize("balanced", [True, False])
def test_no_overlap_empties_a_cohort_and_aggregates_go_without(
    frame: pd.DataFrame, balanced: bool
) -> None:
    apart = frame.assign(z=frame["x"] + 9.0 * (frame["g"] == 3))
    apart = apart if balanced else apart.drop(index=3)
    with pytest.warns(GroupTimeWarning, match="no overlap"):
        found = group_time(panel(apart), covariates=["z"], balanced=balanced)
    table = found.tidy().set_index("cohort")
    assert table.loc[3, "estimate"].isna().all()
    assert table.loc[[4, 5], "std_error"].notna().all()
    assert np.isfinite(found.aggregate("event").overall.std_error)
    assert list(found.aggregate("cohort").tidy()["cohort"]) == [4, 5]


def test_missing_covariates_are_counted(frame: pd.DataFrame) -> None:
    holes = frame.assign(x=frame["x"].where(frame["unit"] != 5))
    with pytest.warns(PanelWarning, match="5 rows left out: the covariate 'x' is missing"):
        found = group_time(panel(holes), covariates=["x"])
    assert [one.rows for one in found.dropped] == [5]


def test_covariates_that_move_are_taken_in_the_earlier_period(frame: pd.DataFrame) -> None:
    moving = frame.assign(z=frame["x"] + 0.1 * np.random.default_rng(1).normal(size=200))
    found = group_time(panel(moving), method="reg", covariates=["z"])
    assert "z moves in time" in found.notes[0]
    # ATT(3,4): base period 2, the earlier one. A regression of the controls' change on z there.
    wide = moving.pivot(index="unit", columns="t", values=["y", "z"])
    cohort = moving.groupby("unit")["g"].first()
    change, z = wide["y"][4] - wide["y"][2], wide["z"][2]
    slope, origin = np.polyfit(z[cohort == 0], change[cohort == 0], 1)
    expected = (change - origin - slope * z)[cohort == 3].mean()
    table = found.tidy().set_index("term")["estimate"]
    assert table["ATT(3,4)"] == pytest.approx(expected)


def test_rows_without_units_are_no_panel(frame: pd.DataFrame) -> None:
    with pytest.raises(PanelError, match="panel_data=False"):
        group_time(panel(frame, unit=None))


@pytest.mark.parametrize(
    ("option", "says"),
    [
        ({"method": "DR"}, "method='DR' is unknown"),
        ({"control": "nevertreated"}, "control='nevertreated' is unknown"),
        ({"base_period": "long"}, "base_period='long' is unknown"),
        ({"inference": "wild"}, "inference='wild' is unknown"),
        ({"anticipation": -1}, "anticipation is -1"),
        ({"alpha": 5}, "alpha is 5"),
        ({"inference": "bootstrap", "draws": 9}, "9 draws are too few"),
        ({"covariates": ["size"]}, "no column 'size'"),
    ],
)
def test_options_that_do_not_exist(frame: pd.DataFrame, option: Any, says: str) -> None:
    with pytest.raises(EvalkitError, match=says):
        group_time(panel(frame), **option)


def test_aggregates_that_do_not_exist(frame: pd.DataFrame) -> None:
    found = group_time(panel(frame))
    with pytest.raises(EvalkitError, match=r"kind='dynamic' is unknown.*\n.*event"):
        found.aggregate("dynamic")
    with pytest.raises(EvalkitError, match="for 'event', not for 'simple'"):
        found.aggregate("simple", balance=1)
    with pytest.raises(EvalkitError, match="no effect is left"):
        found.aggregate("event", last=-1)


def test_quarters_keep_their_names(frame: pd.DataFrame) -> None:
    name = {0: None, **{t: f"202{(t - 1) // 4}Q{(t - 1) % 4 + 1}" for t in range(1, 6)}}
    quarters = frame.assign(t=frame["t"].map(name), g=frame["g"].map(name))
    found = group_time(panel(quarters))
    np.testing.assert_allclose(
        found.tidy()["estimate"], group_time(panel(frame)).tidy()["estimate"]
    )
    assert "ATT(2020Q3,2021Q1)" in set(found.tidy()["term"])
    assert json.loads(found.to_json())["table"][0]["cohort"] == "2020Q3"
    assert list(found.aggregate("event").tidy()["event_time"]) == [-3, -2, -1, 0, 1, 2]


def test_nothing_is_warned_of_when_nothing_is_amiss(frame: pd.DataFrame) -> None:
    many = pd.concat([frame, frame.assign(unit=frame["unit"] + 40)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert group_time(panel(many)).notes == ()
