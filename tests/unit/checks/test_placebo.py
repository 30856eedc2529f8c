import numpy as np
import pandas as pd
import pytest

from evalkit.checks import leave_one_out, placebo, placebo_groups, randomisation
from evalkit.checks.reassign import reassigned
from evalkit.did import group_time
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError

from .conftest import make_panel, plain_did


def test_dates_by_hand():
    # Units 1 and 2 are treated in 4; in 1 to 3 they move 1, 2, 6 and 1, 4, 8, the others not.
    frame = pd.DataFrame(
        {
            "unit": np.repeat([1, 2, 3, 4], 4),
            "t": [1, 2, 3, 4] * 4,
            "y": [1.0, 2, 6, 99, 1, 4, 8, 99, 1, 1, 1, 1, 2, 2, 2, 2],
            "g": np.repeat([4, 4, 0, 0], 4),
        }
    )
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    found = placebo(panel, plain_did, shifts=[1, 2, 3]).table
    # From 3 on: 6 - 1.5 = 4.5 and 8 - 2.5 = 5.5. From 2 on: 4 - 1 = 3 and 6 - 1 = 5.
    assert found["estimate"].tolist()[:2] == [5.0, 4.0]
    assert np.isnan(found["estimate"][2])  # no period is left before 1


def test_dates_pass_without_and_fail_with_a_trend():
    assert placebo(make_panel(), plain_did).outcome == "passed"
    found = placebo(make_panel(trend=0.5), plain_did)
    assert found.outcome == "failed"
    assert found.figures["p_value"] < 0.05


def test_dates_never_see_treatment(panel):
    other = make_panel(effect=1000.0)
    first, second = placebo(panel, plain_did).table, placebo(other, plain_did).table
    assert first["estimate"].to_numpy() == pytest.approx(second["estimate"].to_numpy())


def test_dates_without_pre_periods():
    found = placebo(make_panel(cohorts=(0, 2)), plain_did)
    assert found.outcome == "not decisive"
    assert "no period lies before" in found.notes[0]


def test_later_cohorts_compare_when_all_are_treated():
    found = placebo(make_panel(cohorts=(4, 6)), plain_did, shifts=[1])
    assert found.table["estimate"].notna().tolist() == [True, False]
    assert "no unit to compare with" in found.notes[0]


def test_groups_at_random_keep_their_size():
    found = placebo_groups(make_panel(units=40), plain_did, draws=120, seed=1)
    assert found.outcome == "passed"
    assert found.figures["rejected"] == pytest.approx(0.05, abs=0.06)
    assert found.figures["error_ratio"] == pytest.approx(1.0, abs=0.2)


def test_groups_find_errors_that_are_too_small():
    def boast(panel):
        effect = plain_did(panel)
        table = effect.table.assign(std_error=effect.table["std_error"] / 4)
        return type(effect)(effect.method, "y", table, effect.inference)

    found = placebo_groups(make_panel(units=40), boast, draws=50)
    assert found.outcome == "failed"
    assert found.figures["error_ratio"] > 3


def test_groups_of_a_column():
    found = placebo_groups(make_panel(), plain_did, groups="cluster")
    assert len(found.table) == 5
    with pytest.raises(PanelError, match="no column 'town'"):
        placebo_groups(make_panel(), plain_did, groups="town")


def test_groups_need_never_treated_units():
    with pytest.raises(PanelError, match="never-treated"):
        placebo_groups(make_panel(cohorts=(4, 5)), plain_did)


def test_refusals(panel):
    with pytest.raises(EvalkitError, match="before treatment"):
        placebo(panel, plain_did, shifts=[0])
    with pytest.raises(PanelError, match="nobody is treated"):
        placebo(make_panel(cohorts=(0,)), plain_did)


def test_reassigned_keeps_quarters():
    quarters = ["2023Q1", "2023Q2", "2023Q3"]
    frame = pd.DataFrame(
        {
            "unit": np.repeat([1, 2], 3),
            "t": quarters * 2,
            "y": np.arange(6.0),
            "g": ["2023Q3"] * 3 + [None] * 3,
        }
    )
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    second = int(panel.clock.values[1])
    found = reassigned(panel, np.array([0, second]))
    assert found.cohorts.tolist() == [0, second]
    assert found.y.tolist() == panel.y.tolist()


def test_reassigned_follows_the_panels_order():
    panel = make_panel()
    shuffled = panel.frame.sample(frac=1, random_state=1)
    names = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}
    mixed = Panel(shuffled, **names)
    cohorts = np.where(np.arange(mixed.n_units) % 2 == 0, 3, 0)
    found = reassigned(mixed, cohorts)
    assert found.n_rows == mixed.n_rows
    assert sorted(found.cohorts) == sorted(cohorts)
    by_unit = dict(zip(found.frame["unit"], found.frame["g"], strict=True))
    original = mixed.frame.iloc[mixed.order]["unit"].to_numpy()[mixed.first_rows]
    assert [by_unit[unit] for unit in original] == cohorts.tolist()


def test_leave_one_out_by_hand(panel):
    found = leave_one_out(panel, plain_did)
    four = make_panel().keep  # the same panel without cohort 4, by another route
    with pytest.warns(UserWarning, match="left out"):
        rest = four(panel.cohorts != 4, "test")
    assert found.table["estimate"][0] == pytest.approx(plain_did(rest).table["estimate"][0])
    assert found.outcome == "passed"
    assert found.table["units_left_out"].tolist() == [20, 20]
    assert found.figures["least"] < found.figures["estimate"] < found.figures["greatest"]


def test_leave_one_out_finds_a_cohort_that_carries_all():
    panel = make_panel(effect=0.0, units=30)
    frame = panel.frame.copy()
    carried = (frame["g"] == 4) & (frame["t"] >= 4)
    frame.loc[carried, "y"] += 5
    found = leave_one_out(Panel(frame, unit="unit", time="t", outcome="y", cohort="g"), plain_did)
    assert found.outcome == "failed"


def test_leave_one_out_of_one_cohort():
    found = leave_one_out(make_panel(cohorts=(0, 4)), plain_did)
    assert found.outcome == "not decisive"
    assert len(found.table) == 0
    assert found.to_json()


def test_leave_one_out_refuses_what_the_estimator_refuses():
    with pytest.raises(PanelError, match="plain estimator"):
        leave_one_out(make_panel(cohorts=(4, 5)), plain_did)


def test_a_constant_outcome_decides_nothing():
    panel = make_panel()
    flat = Panel(panel.frame.assign(y=2.0), unit="unit", time="t", outcome="y", cohort="g")
    found = placebo(flat, plain_did)
    assert found.outcome == "not decisive"
    assert any("no standard error" in note for note in found.notes)
    left = leave_one_out(flat, plain_did)
    assert left.outcome == "not decisive"
    assert "no standard error" in left.says


@pytest.mark.parametrize("change", ["order", "labels", "constant", "scale"])
def test_invariants(change):
    panel = make_panel(trend=0.05)
    frame = panel.frame.copy()
    factor = -3.0 if change == "scale" else 1.0
    if change == "order":
        frame = frame.sample(frac=1, random_state=2)
    elif change == "labels":
        frame["unit"] = "u" + frame["unit"].astype(str)
    elif change == "constant":
        frame["y"] += 50
    frame["y"] *= factor
    other = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    for check in (placebo, leave_one_out):
        first, second = check(panel, plain_did), check(other, plain_did)
        assert second.outcome == first.outcome
        expected = first.table["estimate"].to_numpy() * factor
        assert second.table["estimate"].to_numpy() == pytest.approx(expected, nan_ok=True)


def test_a_dutch_file_is_read_as_the_estimate_reads_it(tmp_path):
    random = np.random.default_rng(3)
    starts = np.repeat([0, 2019, 2020], 12)
    frame = pd.DataFrame({"firm": np.repeat(np.arange(36), 6), "year": [*range(2016, 2022)] * 36})
    frame["start"] = starts[frame["firm"]]
    frame["gas"] = (1400 + 30 * random.normal(size=216)).round(1)
    file = tmp_path / "gas.csv"
    cells = [f"{one:,.1f}".translate(str.maketrans(",.", ".,")) for one in frame["gas"]]
    frame.assign(gas=cells, size=cells).to_csv(file, sep=";", index=False)
    assert ";1.4" in file.read_text()
    names = {"unit": "firm", "time": "year", "outcome": "gas", "cohort": "start"}
    read, own = Panel(file, **names), Panel(frame.assign(size=frame["gas"]), **names)
    for check in (placebo, lambda *asked: randomisation(*asked, draws=9), placebo_groups):
        found, same = check(read, group_time), check(own, group_time)
        pd.testing.assert_frame_equal(found.table, same.table)
        assert found.figures == same.figures
    sized = [
        placebo(one, lambda panel: group_time(panel, covariates="size")).table
        for one in (read, own)
    ]
    pd.testing.assert_frame_equal(*sized)
