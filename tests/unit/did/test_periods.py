"""Names of periods, and anticipation counted in periods of any clock."""

import pandas as pd
import pytest

from evalkit import checks, did
from evalkit.did.period_name import period_column, period_name, with_period_names
from evalkit.panel import PanelError
from tests.unit.did.contract_panels import CLOCKS, small_frame, small_panel

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


def test_terms_are_short():
    dates = did.group_time(small_panel("dates")).table["term"]
    quarters = did.group_time(small_panel("quarters")).table["term"]
    assert dates[0] == "ATT(2002-01-01,2001-04-01)"
    assert quarters[0] == "ATT(2002Q1,2001Q2)"
    assert did.sun_abraham(small_panel("dates")).by_cohort["term"][0] == (
        "ATT(2002-04-01,2001-01-01)"
    )
    assert did.group_time(small_panel("dates")).aggregate("cohort").table["term"][0] == (
        "ATT(cohort=2002-01-01)"
    )


def test_an_hour_that_is_not_midnight_is_named():
    assert period_name(pd.Timestamp("2004-01-01 06:00")) == "2004-01-01 06:00:00"
    assert period_name(pd.Timestamp("2004-01-01", tz="Europe/Amsterdam")) == "2004-01-01"
    assert period_name(pd.NaT) == "NaT"


def test_dates_among_other_things_are_named_in_a_table():
    table = pd.DataFrame({"cohort": [0, pd.Timestamp("2004-01-01")], "estimate": [1.0, 2.0]})
    assert with_period_names(table)["cohort"].tolist() == [0, "2004-01-01"]
    assert table["cohort"][1] == pd.Timestamp("2004-01-01")


def test_years_with_gaps_stay_whole():
    assert str(period_column([None, 2004])[1]) == "2004"
    assert "2005.0" not in did.synthetic_did(small_panel(), inference="none").summary()


@pytest.mark.parametrize("clock", CLOCKS[1:])
def test_messages_name_dates(clock):
    early = {"quarters": "2001Q2", "dates": "2001-04-01"}[clock]
    panel = small_panel(clock, small_frame(cohorts=(0, 2002)))
    with pytest.raises(PanelError, match=f"cohort {early} has 1"):
        did.synthetic_did(panel)
    fit = did.group_time(small_panel(clock, small_frame(cohorts=(0, 2002, 2005))), anticipation=1)
    assert f"cohort {early} has no period before (anticipated) treatment" in fit.notes
    found = checks.leave_one_out(small_panel(clock), did.group_time)
    first = {"quarters": "2002Q1", "dates": "2002-01-01"}[clock]
    assert found.table["term"][0] == f"without {first}"
    assert period_name(found.table["cohort"][0]) == first


@pytest.mark.parametrize("clock", CLOCKS[1:])
@pytest.mark.parametrize("anticipation", [1, 2, 3])
@pytest.mark.parametrize("control", ["never", "not_yet"])
@pytest.mark.parametrize("base_period", ["varying", "universal"])
def test_anticipation_counts_periods_of_any_clock(clock, anticipation, control, base_period):
    how = {"anticipation": anticipation, "control": control, "base_period": base_period}
    counted = did.group_time(small_panel(), **how)
    written = did.group_time(small_panel(clock), **how)
    same = ["event_time", "estimate", "std_error", "n_treated", "n_control"]
    pd.testing.assert_frame_equal(counted.table[same], written.table[same])
    for kind in ("simple", "cohort", "calendar", "event"):
        one, other = counted.aggregate(kind), written.aggregate(kind)
        assert one.overall == other.overall
        assert one.table["estimate"].tolist() == other.table["estimate"].tolist()
    none = did.group_time(small_panel(), **how | {"anticipation": 0})
    assert not none.table["estimate"].equals(counted.table["estimate"])
