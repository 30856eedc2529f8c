"""Budgets: by year, in all, or why not."""

from __future__ import annotations

import pytest

from evalkit.judgement.mix.spend import spend_row, spend_rows
from evalkit.model import Instrument

from .conftest import instrument, money


def read(period="2019–2022", **budget):
    return spend_row(
        "x", Instrument.model_validate(instrument(period=period, input=money(**budget)))
    )


def test_years_and_their_total():
    row = read(per_year={2019: "2 mln. euro", 2020: "7,8 mln. euro"})
    assert (row.state, row.total.exact) == ("yearly", 9_800_000)
    assert row.part((2020, 2021)).exact == 7_800_000
    assert row.part((2020, 2021), inside=False).exact == 2_000_000
    assert row.part((2021,)) is None


def test_a_given_total_goes_before_the_sum():
    row = read(per_year={2019: "~2 euro"}, total="~5 euro")
    assert (row.total.low, row.total.about) == ("5", True)


def test_a_sum_keeps_the_doubt_of_its_years():
    row = read(per_year={2019: "ruim 2 euro", 2020: "~3 euro"})
    assert (row.total.low, row.total.high, row.total.about) == ("5", None, True)


def test_pm_in_a_year_leaves_no_total():
    row = read(per_year={2019: "2 euro", 2020: "PM"})
    assert (row.state, row.total, row.open_years) == ("yearly", None, (2020,))


def test_a_year_without_an_amount_leaves_no_total():
    assert read(per_year={2019: "2 euro", 2022: "3 euro"}).total is None
    assert read(per_year={2019: "2 euro", 2022: "3 euro"}, total="9 euro").total.exact == 9


@pytest.mark.parametrize(
    ("budget", "state"),
    [
        ({"total": "PM"}, "pm"),
        ({"per_year": {2019: "PM"}}, "pm"),
        ({"actual": "2 euro per jaar"}, "rate"),
        ({"actual": "2 euro per project in 2020"}, "rate"),
        ({"per_year": {2019: "2 euro", 2020: "2 dollar"}}, "unlike"),
        ({"total": "2 euro"}, "whole"),
        ({}, "none"),
    ],
)
def test_states(budget, state):
    assert read(**budget).state == state


def test_no_budget_at_all():
    assert spend_row("x", Instrument.model_validate(instrument())).state == "none"


def test_an_amount_per_year_of_a_known_year_is_the_amount_of_that_year():
    row = read(actual="2 euro per jaar in 2020")
    assert (row.state, row.years[2020].exact, row.years[2020].per) == ("yearly", 2, "")


def test_a_total_with_a_year_is_no_total_of_a_longer_duration():
    assert read(actual="2 euro in 2020").total is None
    assert read(period="2020", actual="2 euro in 2020").total.exact == 2
    assert read(period="2020", total="2 euro").years[2020].exact == 2


def test_the_unit_may_stand_with_the_node():
    assert read(total="2 mln.", unit="euro").total.unit == "euro"


def test_a_target_is_planned():
    assert read(target="2 euro").planned
    assert not read(actual="2 euro").planned


def line(funder, amount, year=None, **keys):
    return {"funder": funder, "amount": amount, "year": year, **keys}


def test_lines_by_year_add_up_once():
    row = read(
        lines=[
            line("Rijk", "2 euro", 2020),
            line("EU", "3 euro", 2020),
            line("EZ", "1 euro", 2020, within="Rijk"),
            line("Rijk", "4 euro", 2021),
        ]
    )
    assert {year: amount.exact for year, amount in row.years.items()} == {2020: 5, 2021: 4}


def test_lines_that_do_not_add_up_leave_the_year_open():
    row = read(
        lines=[line("Rijk", "2 euro", 2020), line("EU", "PM", 2020), line("R", "1 euro", 2021)]
    )
    assert (row.open_years, row.total) == ((2020,), None)


def test_the_umbrella_that_holds_a_budget(make_case):
    case = make_case(
        {
            "plan": instrument(input=money(total="9 euro")),
            "tussen": instrument(part_of="plan"),
            "deel": instrument(part_of="tussen", input=money(total="2 euro")),
            "ander": instrument(part_of="plan", input=money(total="2 dollar")),
        }
    )
    assert [row.within for row in spend_rows(case)] == [None, None, "plan", None]
