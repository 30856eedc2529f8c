"""Targets against what was reached: every number worked by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evalkit.judgement.mix.targets import progress_rows

from .conftest import instrument


@pytest.fixture
def row(make_case):
    def row(**node):
        one = instrument(output={"x": {"text": "X", **node}})
        (found,) = progress_rows(make_case({"i": one}))
        return found

    return row


def test_shares_and_paces_by_hand(row):
    found = row(baseline="10 in 2018", actual="16 in 2021", target="40 in 2030")
    assert found.share.exact == 40
    assert found.covered.exact == 20
    assert found.pace.exact == 2
    assert found.needed.exact == Fraction(24, 9)
    assert (found.way, found.state) == ("up", "behind")


def test_fast_enough(row):
    found = row(baseline="10 in 2018", actual="25 in 2021", target="40 in 2024")
    assert (found.pace.exact, found.needed.exact, found.state) == (5, 5, "ahead")


def test_down_is_a_direction_too(row):
    found = row(baseline="40 in 2018", actual="34 in 2021", target="10 in 2030")
    assert (found.way, found.state) == ("down", "behind")
    assert (found.pace.exact, found.needed.exact) == (-2, Fraction(-24, 9))
    assert found.covered.exact == 20
    assert row(baseline="40 in 2018", actual="9 in 2021", target="10 in 2030").state == "reached"


@pytest.mark.parametrize(
    ("node", "state"),
    [
        ({"baseline": "1 in 2018", "actual": "5 in 2021", "target": "5 in 2024"}, "reached"),
        ({"baseline": "1 in 2018", "actual": "4 in 2021", "target": "5 in 2021"}, "missed"),
        ({"baseline": "1 in 2018", "actual": "4 in 2021", "target": "5"}, "short"),
        ({"actual": "4", "target": "minimaal 5"}, "short"),
        ({"actual": "4 in 2021", "target": "minimaal 5 in 2020"}, "missed"),
        ({"actual": "4", "target": "maximaal 5"}, "reached"),
        ({"actual": "6 in 2020", "target": "maximaal 5 in 2020"}, "missed"),
        ({"actual": "ruim 4", "target": "minimaal 5"}, "unsure"),
        ({"actual": "ruim 5", "target": "minimaal 5"}, "reached"),
        ({"actual": "bijna 5", "target": "minimaal 5"}, "unsure"),
        ({"actual": "4", "target": "5"}, "below"),
        ({"actual": "6", "target": "5"}, "above"),
        ({"actual": "5", "target": "5"}, "level"),
        ({"actual": "~5", "target": "5"}, "unsure"),
        ({"actual": "~5", "target": "minimaal 5"}, "unsure"),
        ({"actual": "~6", "target": "minimaal 5"}, "reached"),
        ({"actual": "4-6", "target": "5"}, "unsure"),
        ({"target": "5"}, "no actual"),
        ({"actual": "4", "target": "5 in 2030"}, "no year"),
        ({"actual": "PM", "target": "5"}, "pm"),
        ({"actual": "4 in 2020", "target": "PM"}, "pm"),
        ({"actual": "4 procent", "target": "5 projecten"}, "unlike"),
        ({"per_year": {"2030": "4"}, "target": "5 in 2030"}, "beyond"),
    ],
)
def test_states(row, node, state):
    assert row(**node).state == state


@pytest.mark.parametrize(
    ("ahead", "outlook"),
    [("2-4", "below"), ("6-7", "above"), ("4-6", ""), ("5", ""), ("4 procent", "")],
)
def test_what_is_expected_after_the_period_lies_on_one_side_of_the_target_or_not(
    row, ahead, outlook
):
    found = row(per_year={"2030": ahead}, target="circa 5 in 2030")
    assert (found.state, found.outlook) == ("beyond", outlook)


def test_nothing_is_computed_without_a_year_or_a_like_measure(row):
    for node in (
        {"actual": "4", "target": "5 in 2030"},
        {"actual": "4 procent", "target": "5 projecten"},
        {"actual": "PM", "target": "5"},
    ):
        found = row(**node)
        assert (found.share, found.covered, found.pace, found.needed) == (None,) * 4


def test_a_baseline_of_another_measure_is_left_out(row):
    found = row(baseline="10 procent in 2018", actual="16 in 2021", target="40 in 2030")
    assert (found.baseline, found.covered, found.pace) == (None, None, None)
    assert found.needed.exact == Fraction(24, 9)


def test_without_a_year_of_the_baseline_there_is_no_pace(row):
    found = row(baseline="10", actual="16 in 2021", target="40 in 2030")
    assert (found.pace, found.covered.exact, found.state) == (None, 20, "unsure")


def test_a_series_gives_its_first_and_last_year_so_far(row):
    found = row(per_year={"2018": "10", "2021": "16", "2029": "99"}, target="40 in 2030")
    assert (found.actual.year, found.baseline.year, found.beyond.year) == (2021, 2018, 2029)
    assert found.pace.exact == 2


def test_a_series_that_adds_up_is_compared_by_its_total(row):
    found = row(per_year={"2018": "10", "2020": "6"}, total="sum", target="40 in 2024")
    assert (found.actual.amount.exact, found.actual.year, found.baseline) == (16, 2020, None)
    assert (found.share.exact, found.needed.exact) == (40, 6)


def test_a_third_and_percents_are_one_measure(row):
    found = row(
        baseline="een derde in 2018", actual="50 procent in 2020", target="twee derde in 2022"
    )
    assert found.covered.exact == 50
    assert found.pace.exact == Fraction(25, 3)


def test_a_margin_comes_back_as_a_margin(row):
    found = row(baseline="10 in 2018", actual="16-19 in 2021", target="40 in 2030")
    assert (found.pace.least, found.pace.most) == (2, 3)
    assert (found.needed.least, found.needed.most) == (Fraction(21, 9), Fraction(24, 9))
    assert found.state == "unsure"


def test_targets_of_input_are_means_and_those_of_theory_and_problem_count(make_case):
    node = {"text": "X", "target": "5"}
    case = make_case(
        {"i": instrument(input={"x": node}, outcome={"y": node})},
        theory={"outcome": {"z": node}},
        indicators={"p": node},
    )
    assert [row.loc for row in progress_rows(case)] == [
        ("instruments", "i", "outcome", "y"),
        ("theory", "outcome", "z"),
        ("indicators", "p"),
    ]
