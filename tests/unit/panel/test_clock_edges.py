"""Periods and cohorts that could be read two ways."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import evalkit as ek

YEARS = range(1, 9)


def frame() -> pd.DataFrame:
    rng = np.random.default_rng(1)
    cohorts = np.repeat([0, 4, 6], [30, 20, 20])
    rows = [(unit, year, cohort) for unit, cohort in enumerate(cohorts) for year in YEARS]
    made = pd.DataFrame(rows, columns=["unit", "t", "g"])
    reached = (made["g"] > 0) & (made["t"] >= made["g"])
    return made.assign(y=made["unit"] % 5 + made["t"] + reached + rng.normal(size=len(made)))


def panel(data: pd.DataFrame | str) -> ek.Panel:
    return ek.Panel(data, unit="unit", time="t", outcome="y", cohort="g")


def test_a_cohort_of_nought_among_periods_through_nought_is_refused() -> None:
    data = frame().assign(t=frame()["t"] - 4)
    with pytest.raises(ek.PanelError, match="0 is a period too"):
        panel(data.assign(g=data["g"] - 4))
    shifted = data["g"].astype(float).where(data["g"] > 0) - 3
    assert panel(data.assign(g=shifted, t=data["t"] + 1)).treated_cohorts == (1, 3)


@pytest.mark.parametrize("cohort", [pd.Timestamp("2020-01-01"), pd.Period("2020Q1")])
def test_dates_of_start_among_whole_periods_are_refused(cohort: object) -> None:
    with pytest.raises(ek.PanelError, match="holds dates"):
        panel(frame().assign(g=cohort))


def test_a_quarter_without_any_row_counts_as_a_year_would() -> None:
    data = frame()
    data = data[data["t"] != 5]

    def quarter(at: int) -> str:
        return f"{2019 + (at - 1) // 4}Q{(at - 1) % 4 + 1}" if at else ""

    quarters = data.assign(t=data["t"].map(quarter), g=data["g"].map(quarter))
    by_year = ek.did.group_time(panel(data)).aggregate("event").tidy()
    by_quarter = ek.did.group_time(panel(quarters)).aggregate("event").tidy()
    assert by_quarter["event_time"].tolist() == by_year["event_time"].tolist()
    assert by_quarter["estimate"].tolist() == by_year["estimate"].tolist()


def test_a_dutch_spreadsheet_is_read_and_its_rows_named_as_it_numbers_them(tmp_path) -> None:
    path = tmp_path / "dutch.csv"
    data = frame()
    data.to_csv(path, sep=";", decimal=",", index=False)
    # Before pandas 3 a number that was written with a comma is read in its last digit otherwise.
    assert panel(str(path)).y.tolist() == pytest.approx(panel(data).y.tolist(), rel=1e-15)
    lines = path.read_text().splitlines()
    lines[4] = lines[4].replace(",", "x")
    path.write_text("\n".join(lines))
    with pytest.raises(ek.PanelError, match=r"holds text \('.*x.*'\) in row 5"):
        panel(str(path))


def test_rows_that_are_wider_than_their_head_are_refused(tmp_path) -> None:
    path = tmp_path / "wide.csv"
    rows = ["1,1,2,0", "1,2,3,0", "2,1,2,2", "2,2,5,2"]
    path.write_text("\n".join(["unit,t,y,g", *(f"{row}," for row in rows)]))
    assert panel(str(path)).y.tolist() == [2, 3, 2, 5]  # nothing behind the last separator
    path.write_text("\n".join(["unit,t,y,g", *(f"{row},7" for row in rows)]))
    with pytest.raises(ek.PanelError, match="longer than its head"):
        panel(str(path))


def test_points_that_could_be_thousands_are_refused(tmp_path) -> None:
    path = tmp_path / "points.csv"
    path.write_text("unit;t;y;g\n1;1;1.234;0\n1;2;2.500;0\n")
    with pytest.raises(ek.PanelError, match="can be read two ways"):
        panel(str(path))
