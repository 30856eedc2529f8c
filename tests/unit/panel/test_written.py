"""Periods and cohorts as people write them, and those that can be read two ways."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError

ROLES = {"unit": "u", "time": "t", "outcome": "y", "cohort": "g"}


def table(times: list[object], cohorts: list[object]) -> pd.DataFrame:
    """Units with the same periods, each with a cohort of its own."""
    units, periods = len(cohorts), len(times)
    return pd.DataFrame(
        {
            "u": np.repeat(np.arange(units), periods),
            "t": pd.Series(times * units),
            "y": np.arange(units * periods) * 1.5,
            "g": pd.Series([one for one in cohorts for _ in times]),
        }
    )


def panel(times: list[object], cohorts: list[object]) -> Panel:
    return Panel(table(times, cohorts), **ROLES)


def refused(times: list[object], cohorts: list[object]) -> str:
    with pytest.raises(PanelError) as caught:
        panel(times, cohorts)
    assert caught.value.hint
    return str(caught.value)


@pytest.mark.parametrize(
    ("times", "read"),
    [
        (["01-01-2014", "1-4-2014", "1-7-2014"], ["2014-01-01", "2014-04-01", "2014-07-01"]),
        (["01/01/2014", "01/01/2015", "1/1/2016"], ["2014-01-01", "2015-01-01", "2016-01-01"]),
        (["31-12-2014", "03-04-2015", "05-06-2015"], ["2014-12-31", "2015-04-03", "2015-06-05"]),
        (["3.4.2014", "3.5.2014", "3.6.2014"], ["2014-04-03", "2014-05-03", "2014-06-03"]),
    ],
)
def test_dates_with_the_day_first_are_read_when_they_show_it(
    times: list[object], read: list[str]
) -> None:
    found = panel(times, [times[1], "nooit"])
    assert [str(one.date()) for one in found.clock.labels] == read
    assert found.cohorts.tolist() == [2, 0]
    assert found.clock.day_first


def test_dates_that_can_be_read_two_ways_are_refused_with_a_way_to_write_them() -> None:
    said = refused(["03-04-2014", "03-05-2014"], ["03-05-2014", ""])
    assert "can be read two ways: '03-04-2014'" in said
    assert "rows 0, 1" in said
    assert "2024-01-31" in said
    assert "month before the day ('04/13/2014') in rows 1" in refused(
        ["04/12/2014", "04/13/2014"], ["", ""]
    )
    assert "no period ('31-02-2014')" in refused(["31-01-2014", "31-02-2014"], ["", ""])


def test_a_dutch_file_settles_it(tmp_path: Path) -> None:
    data = table(["03-04-2014", "03-05-2014"], ["03-05-2014", "nooit"])
    data.to_csv(tmp_path / "nl.csv", sep=";", decimal=",", index=False)
    data.to_csv(tmp_path / "en.csv", index=False)
    found = Panel(tmp_path / "nl.csv", **ROLES)
    assert [str(one.date()) for one in found.clock.labels] == ["2014-04-03", "2014-05-03"]
    assert found.cohorts.tolist() == [2, 0]
    with pytest.raises(PanelError, match="can be read two ways"):
        Panel(tmp_path / "en.csv", **ROLES)


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_some_of_the_rows_are_read_as_all_of_them_were() -> None:
    found = panel(["03-04-2014", "03-05-2014", "31-05-2014"], ["03-05-2014", "", ""])
    before = found.before(3, "later")  # without the row that shows which is the day
    assert [str(one.date()) for one in before.clock.labels] == ["2014-04-03", "2014-05-03"]


def test_a_cohort_is_read_as_the_periods_are() -> None:
    found = panel(["31-01-2014", "03-02-2014"], ["03-02-2014", "geen"])
    assert found.cohorts.tolist() == [2, 0]


@pytest.mark.parametrize(
    "times",
    [
        ["2014Q1", "2014Q2", "2014Q3"],
        ["2014K1", "2014-K2", "2014 k3"],
        ["2014KW01", "2014-kw2", "2014 kw3"],
        ["2014MM01", "2014MM02", "2014M3"],
    ],
)
def test_quarters_and_months_may_be_written_in_dutch(times: list[object]) -> None:
    found = panel(times, [times[2], "Nooit"])
    assert found.clock.values.tolist() == [1, 2, 3]
    assert found.cohorts.tolist() == [3, 0]


def test_quarters_and_months_do_not_mix() -> None:
    assert "mixes '2014K1' with '2014M2'" in refused(["2014K1", "2014M2"], ["", ""])
    assert "no period ('2014K5')" in refused(["2014K1", "2014K5"], ["", ""])
    assert "holds months, and the time holds quarters" in refused(
        ["2014K1", "2014K2"], ["2014M4", ""]
    )
    assert "holds dates, and the time holds quarters" in refused(
        ["2014K1", "2014K2"], ["2014-04-01", ""]
    )


@pytest.mark.parametrize(
    "times",
    [["2010", "2012", "2014"], [2010.0, 2012.0, 2014.0], ["2010JJ00", "2012JJ00", "2014JJ00"]],
)
def test_years_are_years_however_they_are_written(times: list[object]) -> None:
    found = panel(times, ["2012", "never", "2014.0"])
    assert found.clock.values.tolist() == [2010, 2012, 2014]  # two apart, as the data say
    assert found.cohorts.tolist() == [2012, 0, 2014]


def test_a_year_is_the_start_of_a_panel_of_first_januaries_only() -> None:
    years = [pd.Timestamp("2014-01-01"), pd.Timestamp("2015-01-01")]
    assert panel([*years], [2015.0, None]).cohorts.tolist() == [2, 0]
    said = refused([*years, pd.Timestamp("2015-04-01")], [2015, 0])
    assert "holds whole numbers, and the time holds dates" in said


@pytest.mark.parametrize("times", [[201311, 201312, 201401], [20131231, 20140101]])
def test_months_and_days_run_together_are_refused(times: list[object]) -> None:
    assert "runs year and month together" in refused(times, [0, 0])


def test_months_of_one_year_run_together_lie_one_apart_and_are_read() -> None:
    assert panel([201311, 201312], [201312, 0]).cohorts.tolist() == [201312, 0]


@pytest.mark.parametrize("never", ["nooit", "NEVER", " Geen ", "nan", "0", "", None, np.inf, 0])
def test_never_may_be_a_word(never: object) -> None:
    assert panel([2014, 2015], ["2015", never]).cohorts.tolist() == [2015, 0]
    assert panel(["2014K1", "2014K2"], ["2014K2", never]).cohorts.tolist() == [2, 0]


def test_another_word_is_named_with_the_remedy() -> None:
    said = refused([2014, 2015], ["2015", "later"])
    assert "holds text ('later') in rows 2, 3" in said
    assert "`nooit`" in said
    assert "holds text ('later') in rows 2, 3" in refused(["2014K1", "2014K2"], ["2014K2", "later"])


def test_a_word_for_never_is_not_the_period_nought() -> None:
    assert panel([-1, 0, 1], ["1", "nooit"]).cohorts.tolist() == [1, 0]
    assert "0 is a period too" in refused([-1, 0, 1], ["1", "0"])


def test_true_and_false_are_no_cohorts() -> None:
    assert "true or false" in refused([2014, 2015], [True, False])
    assert "-inf" in refused([2014, 2015], [2015, -np.inf])


def test_time_zones_do_not_mix() -> None:
    times = [
        pd.Timestamp("2014-01-01", tz="Europe/Amsterdam"),
        pd.Timestamp("2015-01-01", tz="UTC"),
    ]
    assert "mixes time zones" in refused([*times], ["", ""])
    zoned = pd.date_range("2014-01-01", periods=2, tz="Europe/Amsterdam")
    assert "the time holds" in refused([*zoned], [pd.Timestamp("2015-01-01"), None])
