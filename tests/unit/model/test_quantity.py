"""Every way in which a writer may put down a quantity, and every way in which he may not."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from pydantic import ValidationError

from evalkit.model import Quantity
from evalkit.model.indicator import add

# Written in a Dutch case -> exact amount, unit, rate, qualifier, Dutch and English print.
WRITTEN = [
    ("26,8 mln. euro", 26_800_000, "euro", "", "", "26,8 mln. euro", "26.8 million euros"),
    ("210 mln. euro", 210_000_000, "euro", "", "", "210 mln. euro", "210 million euros"),
    ("900 miljard euro", 900 * 10**9, "euro", "", "", "900 mld. euro", "900 billion euros"),
    ("900 mld. euro", 900 * 10**9, "euro", "", "", "900 mld. euro", "900 billion euros"),
    ("900 mrd euro", 900 * 10**9, "euro", "", "", "900 mld. euro", "900 billion euros"),
    ("5 duizend euro", 5000, "euro", "", "", "5 duizend euro", "5 thousand euros"),
    ("1.337 scholen", 1337, "scholen", "", "", "1.337 scholen", "1,337 scholen"),
    ("669.000 unieke bezoekers", 669_000, "unieke bezoekers", "", "",
     "669.000 unieke bezoekers", "669,000 unieke bezoekers"),
    ("81 procent", 81, "procent", "", "", "81 procent", "81 per cent"),
    ("81%", 81, "procent", "", "", "81 procent", "81 per cent"),
    ("81 %", 81, "procent", "", "", "81 procent", "81 per cent"),
    ("81 percent", 81, "procent", "", "", "81 procent", "81 per cent"),
    ("1/3", Fraction(1, 3), "", "", "", "1/3", "1/3"),
    ("twee derde", Fraction(2, 3), "", "", "", "twee derde", "two thirds"),
    ("een kwart", Fraction(1, 4), "", "", "", "een kwart", "a quarter"),
    ("Driekwart", Fraction(3, 4), "", "", "", "driekwart", "three quarters"),
    ("ongeveer een kwart", Fraction(1, 4), "", "", "about", "ongeveer een kwart",
     "about a quarter"),
    ("~1 mln. euro", 10**6, "euro", "", "~", "~1 mln. euro", "~1 million euros"),
    ("circa 1 mln. euro", 10**6, "euro", "", "circa", "circa 1 mln. euro", "circa 1 million euros"),
    ("ca. 5", 5, "", "", "circa", "circa 5", "circa 5"),
    (">900 mln. euro", 900 * 10**6, "euro", "", ">", ">900 mln. euro", ">900 million euros"),
    ("<5", 5, "", "", "<", "<5", "<5"),
    (">=5", 5, "", "", "≥", "≥5", "≥5"),
    ("ruim 10.000", 10_000, "", "", "ruim", "ruim 10.000", "well over 10,000"),
    ("bijna 100 procent", 100, "procent", "", "bijna", "bijna 100 procent", "nearly 100 per cent"),
    ("max. 9.000", 9000, "", "", "max", "maximaal 9.000", "at most 9,000"),
    ("min. 7.500 euro", 7500, "euro", "", "min", "minimaal 7.500 euro", "at least 7,500 euros"),
    ("6+", 6, "", "", "+", "6+", "6+"),
    ("6+ bijeenkomsten", 6, "bijeenkomsten", "", "+", "6+ bijeenkomsten", "6+ bijeenkomsten"),
    ("5+ mln. euro", 5_000_000, "euro", "", "+", "5+ mln. euro", "5+ million euros"),
    ("2 mln. euro per jaar", 2_000_000, "euro", "jaar", "", "2 mln. euro per jaar",
     "2 million euros per year"),
    ("3.750 euro per traject", 3750, "euro", "traject", "", "3.750 euro per traject",
     "3,750 euros per traject"),
    ("5 per jaar", 5, "", "jaar", "", "5 per jaar", "5 per year"),
    ("5 per 1.000 inwoners", 5, "", "1.000 inwoners", "", "5 per 1.000 inwoners", None),
    ("-10", -10, "", "", "", "−10", "−10"),
    ("0 euro", 0, "euro", "", "", "0 euro", "0 euros"),
]  # fmt: skip


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("text", "amount", "unit", "per", "hedge", "nl", "en"), WRITTEN)
def test_written_form(text, amount, unit, per, hedge, nl, en) -> None:
    quantity = Quantity.parse(text)
    assert quantity.amount == amount
    assert (quantity.unit, quantity.per, quantity.qualifier) == (unit, per, hedge)
    assert plain(quantity.prose("nl")) == plain(str(quantity)) == nl
    if en is not None:
        assert plain(quantity.prose("en")) == en


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize("text", [row[0] for row in WRITTEN])
def test_what_is_printed_reads_back_as_the_same(text: str, lang) -> None:
    quantity = Quantity.parse(text)
    assert Quantity.parse(quantity.prose(lang), lang) == quantity
    assert Quantity.from_json(quantity.to_json()) == quantity


@pytest.mark.parametrize(
    "text",
    ["20-50 deelnemers", "20–50 deelnemers", "20 - 50 deelnemers", "20 tot 50 deelnemers"],
)
def test_range(text: str) -> None:
    quantity = Quantity.parse(text)
    assert (quantity.amount, quantity.upper, quantity.unit) == (20, 50, "deelnemers")
    assert plain(str(quantity)) == "20–50 deelnemers"


def test_four_or_five() -> None:
    assert str(Quantity.parse("4 à 5")) == "4–5"
    assert Quantity.parse("4 à 5").upper == 5


@pytest.mark.parametrize(
    ("text", "amount", "nl"),
    [
        ("26.8 million euro", 26_800_000, "26,8 mln. euro"),
        ("1,337 schools", 1337, "1.337 schools"),
        ("1.337", Fraction(1337, 1000), "1,337"),
        ("42 per cent", 42, "42 procent"),
        ("42 percent", 42, "42 procent"),
        ("5 bn euros per year", 5 * 10**9, "5 mld. euro per jaar"),
        ("nearly 100%", 100, "bijna 100 procent"),
        ("well over 10,000", 10_000, "ruim 10.000"),
        ("one third", Fraction(1, 3), "een derde"),
        ("at least 5", 5, "minimaal 5"),
    ],
)
def test_written_in_an_english_case(text: str, amount, nl: str) -> None:
    quantity = Quantity.parse(text, "en")
    assert quantity.amount == amount
    assert plain(quantity.prose("nl")) == nl


def test_a_percentage_is_a_share_in_both_languages() -> None:
    assert Quantity.parse("42 per cent", "en").is_share
    assert Quantity.parse("42 procent").is_share
    assert Quantity.parse("een derde").is_share
    assert not Quantity.parse("42 euro").is_share


@pytest.mark.parametrize("text", ["PM", "PM euro", "PM mln. euro", "PM per jaar"])
def test_pm_is_never_zero(text: str) -> None:
    quantity = Quantity.parse(text)
    assert quantity.pm
    assert quantity.amount is None
    assert quantity.upper is None
    assert quantity != Quantity.parse(text.replace("PM", "0"))
    assert plain(str(quantity)) == text
    assert Quantity.parse(str(quantity)) == quantity
    with pytest.raises(ValueError, match="PM"):
        add([quantity, quantity])


@pytest.mark.parametrize("text", ["pm", "p.m.", "PMX", "~PM", "PM 5"])
def test_other_spellings_of_pm_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"'26,8 mln\. euro'"):
        Quantity.parse(text)


def test_amounts_are_exact() -> None:
    tenths = [Quantity.parse("0,1 mln. euro") for _ in range(3)]
    assert add(tenths).amount == 300_000
    assert isinstance(tenths[0].amount, Fraction)
    assert isinstance(tenths[0].value, Decimal)
    assert Quantity.parse("123.456.789.012.345.678,123456").amount == Fraction(
        "123456789012345678.123456"
    )


@pytest.mark.parametrize(("parts", "whole"), [
    (("~1 euro", "2 euro"), "~3 euro"),
    (("circa 1 euro", "ruim 2 euro"), "circa 3 euro"),
    (("meer dan 1 euro", "meer dan 2 euro"), "meer dan 3 euro"),
])  # fmt: skip
def test_a_sum_keeps_its_hedges(parts: tuple[str, ...], whole: str) -> None:
    assert str(add(map(Quantity.parse, parts))).replace("\N{NO-BREAK SPACE}", " ") == whole


def test_adding_takes_the_scales_into_account_and_rounds_nothing() -> None:
    parts = map(Quantity.parse, ["1 mld. euro", "2,5 mln. euro", "10 euro"])
    assert add(parts).amount == 1_002_500_010
    long = map(Quantity.parse, ["123456789012345678901234", "0,00000000000000000000001"])
    assert add(long).amount == Fraction("123456789012345678901234.00000000000000000000001")


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (["1 euro", "1 dollar"], "different units"),
        (["1 euro", "1 euro per jaar"], "different units"),
        (["1", "1 euro"], "no unit"),
        (["1-2 euro", "1 euro"], "range"),
        (["1/3", "1"], "fraction"),
        (["PM euro", "1 euro"], "PM"),
    ],
)
def test_what_cannot_be_added(parts: list[str], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        add(map(Quantity.parse, parts))


# What is typed by accident -> part of what is said about it.
NONSENSE = [
    ("", "is not a quantity; write a number, a scale and a unit"),
    ("   ", "is not a quantity"),
    ("euro", "'euro' is not a quantity"),
    ("mln. euro", "is not a quantity"),
    ("%", "is not a quantity"),
    ("ruim", "'ruim' is not a quantity"),
    ("~", "'~' is not a quantity"),
    ("1e3", "'1e3' is not a quantity"),
    ("0x10", "is not a quantity"),
    ("1_000", "is not a quantity"),
    ("--5", "is not a quantity"),
    ("- 5", "is not a quantity"),
    ("~~5", "'~~5' is not a quantity"),
    ("½", "is not a quantity"),
    ("5²", "is not a quantity"),
    ("٣", "is not a quantity"),
    ("１２ euro", "is not a quantity"),
    ("1٣", "is not a quantity"),
    ("twaalf", "is not a quantity"),
    ("NaN", "is not a quantity"),
    ("€ 5", "is not a quantity"),
    ("5m", "is not a quantity"),
    ("1'000", "is not a quantity"),
    ("12 13", "a second number, '13'"),
    ("1 000 000 euro", "a second number, '000 000 euro'"),
    ("1 2/3", "a second number, '2/3'"),
    ("1/3/4", "a second number, '/4'"),
    ("1-2-3", "a second number, '-3'"),
    ("-10 - -5", "a second number, '- -5'"),
    ("20%-50%", "a second number, '-50%'"),
    ("20 procent - 50 procent", "a second number, '- 50 procent'"),
    ("20 procent tot 50 procent", "a second number, 'tot 50 procent'"),
    ("2 mln. tot 3 mln. euro", "a second number, 'tot 3 mln. euro'"),
    ("5 euro-6", "a second number, '-6'"),
    ("5 mln. mld. euro", "a second scale, 'mld.'"),
    ("5 duizend mln. euro", "a second scale, 'mln.'"),
    ("2,0,0", "is not a number"),
    ("1.337.5", "is not a number"),
    ("1,337.5", "is not a number"),
    ("1.33", "can be read two ways"),
    ("1.33 mln. euro", "can be read two ways"),
    ("81%%", "'%%' is not a unit"),
    ("5%5", "'%5' is not a unit"),
    ("20-50+", "'+' is not a unit"),
    ("1/0", "divides by zero"),
    ("50-20", "does not run from low to high"),
    ("20-20", "does not run from low to high"),
    ("9" * 5000, "more than 24 digits"),
    ("9" * 5000 + " mln. euro", "more than 24 digits"),
    ("0," + "1" * 60, "more than 24 digits"),
    ("1/" + "9" * 5000, "is not a quantity"),
]


@pytest.mark.parametrize(("text", "says"), NONSENSE)
def test_nonsense_is_refused_with_help(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=re.escape(says)) as caught:
        Quantity.parse(text)
    assert not isinstance(caught.value, ValidationError)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(("text", "lang"), [("1.33", "nl"), ("1,33", "en")])
def test_a_form_with_two_readings_belongs_to_the_other_language(text: str, lang) -> None:
    with pytest.raises(ValueError, match="two ways"):
        Quantity.parse(text, lang)
    other = {"nl": "en", "en": "nl"}[lang]
    assert Quantity.parse(text, other).amount == Fraction(133, 100)


def test_a_number_between_parts_does_not_escape_the_language() -> None:
    written = {"value": "1.337", "unit": "scholen"}
    with pytest.raises(ValidationError, match="written as text"):
        Quantity.model_validate(written, context={"lang": "nl"})


@pytest.mark.parametrize("data", ["{}", '{"value": "1", "pm": true}'])
def test_a_quantity_has_a_number_or_is_pm(data: str) -> None:
    with pytest.raises(ValidationError, match="a number, or is PM"):
        Quantity.from_json(data)


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("81 procent", "81%", "81%"),
        ("~1,5 procent", "~1,5%", "~1.5%"),
        ("5 euro", "5 euro", "5 euros"),
    ],
)
def test_short_form_for_tables(text: str, nl: str, en: str) -> None:
    quantity = Quantity.parse(text)
    assert (plain(quantity.short("nl")), plain(quantity.short("en"))) == (nl, en)
