"""Numbers as an evaluator types and reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalkit.language.numbers import LANGUAGES, format_decimal, parse_decimal, spell


@pytest.mark.parametrize(
    ("text", "nl", "en"),
    [
        ("1.337", "1337", "1.337"),
        ("1,337", "1.337", "1337"),
        ("7", "7", "7"),
        ("-5", "-5", "-5"),
        ("−5", "-5", "-5"),  # a true minus sign, as it is printed
        ("010", "10", "10"),  # never octal
        ("669.000", "669000", "669.000"),
        ("1.000.000", "1000000", None),
        ("1,000,000", None, "1000000"),
        ("1.337,5", "1337.5", None),
        ("1,337.5", None, "1337.5"),
        (" 26,8 ", "26.8", None),
        ("26.8", None, "26.8"),
    ],
)
def test_language_settles_point_and_comma(text: str, nl: str | None, en: str | None) -> None:
    for lang, expected in zip(LANGUAGES, (nl, en), strict=True):
        if expected is None:
            with pytest.raises(ValueError, match=r"number|two ways"):
                parse_decimal(text, lang)
        else:
            assert parse_decimal(text, lang) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "lang", "says"),
    [
        ("1.33", "nl", "in a Dutch case '.' groups thousands and ',' is the decimal sign"),
        ("1.33", "nl", "write 1,33"),
        ("1,33", "en", "in an English case ',' groups thousands and '.' is the decimal sign"),
        ("1,33", "en", "write 1.33"),
        ("1.0000", "nl", "two ways"),
    ],
)
def test_two_readings_are_named_with_the_way_out(text: str, lang, says: str) -> None:
    with pytest.raises(ValueError, match="two ways") as caught:
        parse_decimal(text, lang)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "--5",
        "+5",
        "1e3",
        "2,0,0",
        "1..2",
        "1.337.5",
        ",5",
        "5,",
        "0x10",
        "1_000",
        "1 000",
        "½",
        "²",
        "٣",
        "１２",
        "Ⅷ",
        "inf",
        "NaN",
        "twaalf",
        "5m",
        "12 13",
    ],
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nonsense_is_no_number(text: str, lang) -> None:
    with pytest.raises(ValueError, match=r"not a number|two ways"):
        parse_decimal(text, lang)


@pytest.mark.parametrize("digits", [25, 5000])
def test_a_number_too_long_to_be_meant_is_refused_and_not_rounded(digits: int) -> None:
    with pytest.raises(ValueError, match="more than 24 digits") as caught:
        parse_decimal("9" * digits, "nl")
    assert len(str(caught.value)) < 100


def test_decimals_stay_as_written() -> None:
    assert format_decimal(parse_decimal("10,0", "nl"), "nl") == "10,0"
    assert format_decimal(parse_decimal("2,0", "nl"), "en") == "2.0"


@pytest.mark.parametrize(
    ("value", "nl", "en"),
    [
        ("1337", "1.337", "1,337"),
        ("26.8", "26,8", "26.8"),
        ("669000", "669.000", "669,000"),
        ("-0.50", "−0,50", "−0.50"),
        ("0", "0", "0"),
        ("999", "999", "999"),
        ("123456789012345678901234.5", "123.456.789.012.345.678.901.234,5", None),
        ("1234567890123456789012345678901", "1.234.567.890.123.456.789.012.345.678.901", None),
    ],
)
def test_printing_in_both_languages(value: str, nl: str, en: str | None) -> None:
    assert format_decimal(Decimal(value), "nl") == nl
    if en is not None:
        assert format_decimal(Decimal(value), "en") == en


@pytest.mark.parametrize(
    ("number", "nl", "en"),
    [
        (0, "nul", "zero"),
        (1, "één", "one"),
        (11, "elf", "eleven"),
        (12, "twaalf", "twelve"),
        (20, "twintig", "twenty"),
        (21, "21", "21"),
        (1337, "1.337", "1,337"),
        (-1, "−1", "−1"),
    ],
)
def test_small_numbers_are_words(number: int, nl: str, en: str) -> None:
    assert (spell(number, "nl"), spell(number, "en")) == (nl, en)
