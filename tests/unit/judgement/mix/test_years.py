"""In which years an instrument ran, and what a goal had in a year."""

from __future__ import annotations

import pytest

from evalkit.judgement.mix.goalyear import goal_years
from evalkit.judgement.mix.running import runs_in
from evalkit.model import Instrument

from .conftest import GOALS, instrument


@pytest.mark.parametrize(
    ("period", "status", "states"),
    [
        ("2019–2020", None, "no yes yes no"),
        ("2019–heden", None, "no yes yes yes"),
        ("vanaf 2019", "lopend", "no yes yes yes"),
        ("vanaf 2019", "gestopt", "no yes maybe maybe"),
        ("vanaf 2019", None, "no yes maybe maybe"),
        ("t/m 2020", "gestopt", "maybe maybe yes no"),
        ("tot 2020", None, "maybe yes no no"),
        ("voor 2019–2020", None, "yes yes yes no"),  # it was there by the end of 2018
        ("voor 2019-H2–2020", None, "maybe yes yes no"),
        ("2019–2020", "voorgenomen", "no no no no"),
        ("onbekend", None, "maybe maybe maybe maybe"),
    ],
)
def test_runs_in(period, status, states):
    one = Instrument.model_validate(instrument(period=period, status=status))
    assert " ".join(runs_in(one, year) for year in range(2018, 2022)) == states


def counts(make_case, instruments, goal="a"):
    case = make_case(instruments, theory=GOALS, period="2018–2021")
    return [(row.least, row.most) for row in goal_years(case) if row.goal == goal]


def test_an_umbrella_and_its_parts_count_once_in_the_years_that_it_ran(make_case):
    found = counts(
        make_case,
        {
            "plan": instrument(period="2020–2021"),
            "een": instrument(period="2018–2021", part_of="plan"),
            "twee": instrument(period="2019–2020", part_of="plan"),
        },
    )
    assert found == [(1, 1), (2, 2), (1, 1), (1, 1)]


def test_a_part_counts_for_a_goal_that_the_umbrella_does_not_serve(make_case):
    mix = {"plan": instrument("a"), "deel": instrument("ab", part_of="plan")}
    assert counts(make_case, mix, "b") == [(0, 0), (1, 1), (1, 1), (1, 1)]


def test_an_umbrella_that_may_not_have_run_leaves_the_count_open(make_case):
    mix = {
        "plan": instrument(period="t/m 2021"),
        "een": instrument(part_of="plan", period="2018–2021"),
        "twee": instrument(part_of="plan", period="2018–2021"),
    }
    assert counts(make_case, mix) == [(1, 2), (1, 2), (1, 2), (1, 1)]


def test_no_years_without_both_ends_of_the_period(make_case):
    assert goal_years(make_case({"x": instrument()}, theory=GOALS, period="vanaf 2018")) == ()
