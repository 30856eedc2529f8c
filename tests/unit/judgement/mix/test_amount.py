"""Amounts: exact, and never surer than what they were made from."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evalkit.judgement.mix.amount import Amount, total
from evalkit.model import Quantity


def of(text):
    return Amount.of(Quantity.parse(text))


@pytest.mark.parametrize(
    ("text", "low", "high", "about", "unit"),
    [
        ("26,8 mln. euro", "26800000", "26800000", False, "euro"),
        ("~1 mln. euro", "1000000", "1000000", True, "euro"),
        ("20-50 deelnemers", "20", "50", False, "deelnemers"),
        (">900 mln. euro", "900000000", None, False, "euro"),
        ("ruim 10.000", "10000", None, False, ""),
        ("6+ bijeenkomsten", "6", None, False, "bijeenkomsten"),
        ("minimaal 6 maanden", "6", None, False, "maanden"),
        ("bijna 100 procent", None, "100", False, "procent"),
        ("maximaal 9.000", None, "9000", False, ""),
        ("<1 procent", None, "1", False, "procent"),
        ("een derde", "100/3", "100/3", False, "procent"),
    ],
)
def test_what_a_written_number_leaves_open(text, low, high, about, unit):
    assert of(text) == Amount(low=low, high=high, about=about, unit=unit)


def test_pm_is_not_a_number():
    with pytest.raises(ValueError, match="PM"):
        of("PM")


def test_sums_and_differences_by_hand():
    assert of("2 mln. euro").plus(of("7,8 mln. euro")).exact == 9_800_000
    assert of("20-50 euro").minus(of("5-10 euro")) == Amount(low="10", high="45", unit="euro")
    assert of("ruim 10 euro").plus(of("bijna 5 euro")) == Amount(unit="euro")
    assert of("bijna 10 euro").minus(of("ruim 5 euro")) == Amount(high="5", unit="euro")
    assert of("~1 euro").plus(of("2 euro")).about
    assert of("~1 euro").exact is None


def test_unlike_measures_are_not_added():
    with pytest.raises(ValueError, match="unlike"):
        of("2 euro").plus(of("2 euro per jaar"))
    with pytest.raises(ValueError, match="unlike"):
        total([of("2 euro"), of("2 dollar")])
    assert total([]) is None


def test_quotients_by_hand():
    assert of("26,8 mln. euro").over(of("169 projecten")).exact == Fraction(26_800_000, 169)
    assert of("100 euro").over(of("20-50 stuks")) == Amount(low="2", high="5")
    assert of("100 euro").over(of("6+ stuks")) == Amount(low="0", high="50/3")
    assert of("ruim 100 euro").over(of("4 stuks")) == Amount(low="25")
    assert of("-10 euro").over(of("2-5 stuks")) == Amount(low="-5", high="-2")
    assert of("-10 euro").over(of("-5 stuks")).exact == 2
    assert of("10 euro").over(of("0 stuks")) is None
    assert of("10 euro").over(of("bijna 5 stuks")) is None


ends = st.fractions(min_value=-50, max_value=50, max_denominator=20)
intervals = st.tuples(ends, ends).map(sorted)
parts = st.fractions(min_value=0, max_value=1, max_denominator=20)


@given(intervals, intervals, parts, parts)
def test_what_lies_in_two_amounts_lies_in_what_they_make(one, other, s, t):
    a, b = (Amount.between(*pair) for pair in (one, other))
    x, y = one[0] + s * (one[1] - one[0]), other[0] + t * (other[1] - other[0])
    for made, value in ((a.plus(b), x + y), (a.minus(b), x - y), (a.opposite(), -x)):
        assert made.least <= value <= made.most
    ratio = a.over(b)
    if ratio is not None:
        assert ratio.least <= x / y <= ratio.most


@given(st.lists(intervals, min_size=1, max_size=6), st.randoms())
def test_the_order_of_a_sum_does_not_matter(pairs, random):
    amounts = [Amount.between(*pair, unit="euro") for pair in pairs]
    shuffled = random.sample(amounts, len(amounts))
    assert total(amounts) == total(shuffled)
    step = amounts[0]
    for part in amounts[1:]:
        step = step.plus(part)
    assert total(amounts) == step


@pytest.mark.parametrize(
    ("amount", "nl", "en"),
    [
        (Amount.exactly(311_400_000, "euro"), "311,4 mln. euro", "311.4 million euros"),
        (Amount.exactly(1_500_000_000, "euro"), "1,5 mld. euro", "1.5 billion euros"),
        (Amount.exactly(3_750, "euro"), "3.750 euro", "3,750 euros"),
        (Amount.exactly(Fraction(2, 3), "procent"), "0,67 procent", "0.67 per cent"),
        (Amount.exactly(Fraction(202, 3), "procent"), "67,3 procent", "67.3 per cent"),
        (Amount.exactly(Fraction(100, 3)), "ongeveer 33,3", "about 33.3"),
        (of("~2 mln. euro"), "ongeveer 2 mln. euro", "about 2 million euros"),
        (Amount(low="2000000", high="3000000"), "2–3 mln.", "2–3 million"),
        (Amount(low="100/3", high="200/3"), "33,3–66,7", "33.3–66.7"),
        (Amount(low="9000", unit="euro"), "minstens 9.000 euro", "at least 9,000 euros"),
        (Amount(high="1", unit="procent"), "hoogstens 1 procent", "at most 1 per cent"),
        (Amount(), "onbekend", "unknown"),
        (Amount.exactly(0), "0", "0"),
    ],
)
def test_printing(amount, nl, en, plain):
    assert plain(amount.prose("nl")) == nl
    assert plain(amount.prose("en")) == en


def test_rounding_never_narrows_a_margin():
    assert Amount(low="1999", high="3001").prose("nl", 2) == "1.900–3.100"
    assert Amount(low="1999").prose("nl", 2) == "minstens 1.900"
    assert Amount(high="3001").prose("nl", 2) == "hoogstens 3.100"


def test_json_keeps_the_fraction():
    amount = Amount.exactly(Fraction(1, 3), "euro")
    read = Amount.from_json(amount.to_json())
    assert read == amount
    assert (read.exact, hash(read)) == (Fraction(1, 3), hash(amount))
    with pytest.raises(ValidationError):
        Amount.from_json('{"low": "een"}')
    with pytest.raises(ValueError, match="run from"):
        Amount.between(2, 1)
