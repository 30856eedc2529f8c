"""Whatever quantity there is: printing and reading, in either language, gives it back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evalkit.language.numbers import LANGUAGES, format_decimal, parse_decimal
from evalkit.model import Moment, Period, Quantity
from evalkit.model.indicator import add
from evalkit.model.notation import FRACTIONS
from evalkit.model.quantity import Qualifier

languages = st.sampled_from(LANGUAGES)
numbers = st.decimals(-(10**12), 10**12, places=4, allow_nan=False) | st.integers(
    -(10**15), 10**15
).map(Decimal)
units = st.sampled_from(["", "euro", "procent", "scholen", "unieke bezoekers", "m²", "€"])
rates = st.sampled_from(["", "jaar", "traject", "1.000 inwoners"])
hedges = st.sampled_from([q for q in Qualifier.__args__ if q != "+"])  # type: ignore[attr-defined]
scales = st.sampled_from([0, 3, 6, 9])


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    rest = {"unit": draw(units), "per": draw(rates), "exponent": draw(scales)}
    kind = draw(st.sampled_from(["number", "plus", "range", "ratio", "words", "pm"]))
    match kind:
        case "pm":
            return Quantity(pm=True, **rest)
        case "plus":
            return Quantity(value=draw(numbers), qualifier="+", **rest)
        case "range":
            low, high = sorted(draw(st.sets(numbers, min_size=2, max_size=2)))
            if high < 0:
                low, high = -high, -low  # a second minus sign is not written in a range
            return Quantity(value=low, upto=high.copy_abs(), qualifier=draw(hedges), **rest)
        case "ratio":
            above, below = draw(st.integers(0, 10**6)), draw(st.integers(2, 10**6))
            return Quantity(value=Decimal(above), denominator=below, qualifier=draw(hedges), **rest)
        case "words":
            above, below = draw(st.sampled_from(sorted(set(FRACTIONS.values()))))
            return Quantity(
                value=Decimal(above),
                denominator=below,
                words=True,
                qualifier=draw(hedges),
                **rest,
            )
    return Quantity(value=draw(numbers), qualifier=draw(hedges), **rest)


@given(quantities(), languages)
def test_print_and_read(quantity: Quantity, lang) -> None:
    again = Quantity.parse(quantity.prose(lang), lang)
    assert again == quantity
    assert again.amount == quantity.amount
    assert again.prose(lang) == quantity.prose(lang)


@given(quantities())
def test_json(quantity: Quantity) -> None:
    assert Quantity.from_json(quantity.to_json()) == quantity


@given(numbers, languages)
def test_decimals(number: Decimal, lang) -> None:
    text = format_decimal(number, lang)
    assert parse_decimal(text, lang) == number
    assert format_decimal(parse_decimal(text, lang), lang) == text


@given(st.text(max_size=30), languages)
def test_any_text_is_a_quantity_or_a_value_error(text: str, lang) -> None:
    try:
        quantity = Quantity.parse(text, lang)
    except ValueError as error:
        assert str(error)  # noqa: PT017
        return
    # Whatever was read prints again as something with the same amount.
    assert Quantity.parse(quantity.prose(lang), lang).amount == quantity.amount
    assert quantity.pm or any(character.isdigit() for character in text) or quantity.words


@given(st.text("0123456789.,-–+%/ ~><PMeuro", max_size=12), languages)
def test_slips_of_the_keyboard(text: str, lang) -> None:
    try:
        quantity = Quantity.parse(text, lang)
    except ValueError:
        return
    assert quantity.amount is None or isinstance(quantity.amount, Fraction)
    # Every digit that was typed is in what is printed: nothing is read half.
    digits = "".join(filter(str.isdigit, quantity.prose(lang))).lstrip("0")
    typed = "".join(filter(str.isdigit, text))
    assert sorted(digits.replace("0", "")) == sorted(typed.replace("0", ""))


@given(st.lists(numbers, min_size=1, max_size=6), scales)
def test_sums_are_exact(values: list[Decimal], exponent) -> None:
    parts = [Quantity(value=value, unit="euro", exponent=exponent) for value in values]
    assert add(parts).amount == sum((part.amount for part in parts), Fraction())
    assert add(reversed(parts)).amount == add(parts).amount


years = st.integers(1500, 2500)


@st.composite
def moments(draw: st.DrawFn) -> str:
    year = draw(years)
    kind = draw(st.sampled_from(["", "-H{}", "-Q{}", "-{:02}", "day"]))
    if kind == "day":
        day = draw(st.dates(date(2001, 1, 1), date(2001, 12, 31)))
        return f"{year}-{day.month:02}-{day.day:02}"
    top = {"": 1, "-H{}": 2, "-Q{}": 4, "-{:02}": 12}[kind]
    return f"{year}{kind.format(draw(st.integers(1, top)))}"


@given(moments())
def test_moments(text: str) -> None:
    moment = Moment.parse(text)
    assert Moment.from_json(moment.to_json()) == moment
    assert moment.first <= moment.last
    assert moment.first[0] == moment.last[0] == moment.year


@given(moments(), moments(), st.sampled_from(["{}–{}", "voor {}–{}", "vanaf {}", "tot {}"]))
def test_periods(one: str, other: str, form: str) -> None:
    text = form.format(one, other)
    try:
        period = Period.parse(text)
    except ValueError as error:
        assert "before it begins" in str(error)  # noqa: PT017
        assert Moment.parse(other).last < Moment.parse(one).first
        return
    assert Period.from_json(period.to_json()) == period
    assert list(period.years) == sorted(set(period.years))


@given(years, years, languages)
def test_periods_of_years_print_and_read(one: int, other: int, lang) -> None:
    first, last = sorted([one, other])
    period = Period.parse(f"{first}–{last}")
    assert Period.parse(period.prose(lang)) == period
    assert period.years == tuple(range(first, last + 1))
