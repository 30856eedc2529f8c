"""Budgets per unit: only of the same instrument and the same years."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evalkit.judgement.mix.cost import cost_rows
from evalkit.judgement.mix.spend import spend_row
from evalkit.model import Instrument

from .conftest import instrument, money


def costs(budget, **node):
    one = instrument(input=money(**budget), output={"x": {"text": "X", **node}})
    record = Instrument.model_validate(one)
    return list(cost_rows("i", record, spend_row("i", record)))


YEARS = {"per_year": {2019: "2 mln. euro", 2020: "7,8 mln. euro"}}


def test_the_average_by_hand():
    (row,) = costs(YEARS, per_year={2019: "14 projecten", 2020: "47 projecten"})
    assert row.average.exact == Fraction(9_800_000, 61)
    assert row.by_year[2019].exact == Fraction(1_000_000, 7)
    assert (row.years, row.average.unit) == ((2019, 2020), "euro")


def test_only_years_that_both_cover():
    (row,) = costs(YEARS, per_year={2020: "10", 2021: "99"})
    assert (row.years, row.average.exact) == ((2020,), 780_000)
    (row,) = costs(YEARS, actual="10 in 2020")
    assert row.average.exact == 780_000


def test_margins():
    (row,) = costs(YEARS, actual="20-50 stuks in 2019")
    assert (row.average.least, row.average.most) == (40_000, 100_000)


@pytest.mark.parametrize(
    ("budget", "node", "reason"),
    [
        (YEARS, {"actual": "10"}, "years of result"),
        (YEARS, {"actual": "10 in 2025"}, "other years"),
        ({"total": "2 euro"}, {"actual": "10 in 2020"}, "years of budget"),
        ({"actual": "2 euro per jaar"}, {"actual": "10 in 2020"}, "years of budget"),
        ({"total": "PM"}, {"actual": "10 in 2020"}, "no budget"),
        (YEARS, {"per_year": {2019: "1 cursus", 2020: "1 project"}}, "unlike"),
    ],
)
def test_why_not(budget, node, reason):
    (row,) = costs(budget, **node)
    assert (row.reason, row.average) == (reason, None)


@pytest.mark.parametrize(
    "value", ["81 procent", "3 euro", "3 partijen per overeenkomst", "een derde"]
)
def test_shares_money_and_rates_are_no_counts(value):
    assert costs(YEARS, actual=f"{value} in 2020") == []


def test_a_result_of_another_instrument_is_not_divided():
    assert costs(YEARS, actual="10 in 2020", instrument="ander") == []


def test_nothing_delivered_gives_no_average():
    (row,) = costs(YEARS, actual="0 stuks in 2020")
    assert row.average is None
