"""Quantities and periods of a case as IATI writes them: plain decimals and days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from evalkit.language.numbers import Language
from evalkit.model.moment import Moment
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity


def plain(quantity: Quantity) -> str | None:
    """Write a quantity in full as a decimal; None when it is no single number.

    Examples
    --------
    >>> plain(Quantity.parse("26,8 mln. euro")), plain(Quantity.parse("20-50"))
    ('26800000', None)
    """
    if quantity.value is None or quantity.upto is not None or quantity.amount is None:
        return None
    exact = Fraction(quantity.amount)
    places = next((n for n in range(40) if (exact * 10**n).denominator == 1), None)
    if places is None:
        return None  # a third has no decimals
    return f"{Decimal(int(exact * 10**places)).scaleb(-places):f}"


def measure_of(quantities: list[Quantity]) -> str:
    """Give the IATI measure: 1 a number, 2 a percentage, 5 words, as soon as one is no number.

    Examples
    --------
    >>> measure_of([Quantity.parse("35 procent")]), measure_of([Quantity.parse("20-50")])
    ('2', '5')
    """
    if not quantities or any(plain(one) is None for one in quantities):
        return "5"
    return "2" if all(one.unit == "procent" for one in quantities) else "1"


def first_day(moment: Moment) -> date:
    """Give the first day of a moment."""
    return date(*moment.first)


def last_day(moment: Moment, *, until: bool = False) -> date:
    """Give the last day of a moment, or the day before it."""
    if until:
        return first_day(moment) - timedelta(days=1)
    year, month, day = moment.last
    return date(year, month, min(day, monthrange(year, month)[1]))


def span(period: Period) -> tuple[date | None, date | None]:
    """Give the first and the last day of a period, as far as they are known."""
    start = first_day(period.start) if period.start is not None and not period.before else None
    end = last_day(period.end, until=period.until) if period.end is not None else None
    return start, end


def as_period(start: str, end: str) -> str:
    """Write days as a period: whole years as years.

    Examples
    --------
    >>> as_period("2018-01-01", "2021-12-31"), as_period("2018-03-01", "")
    ('2018–2021', 'vanaf 2018-03-01')
    """
    first = start.removesuffix("-01-01")
    last = end.removesuffix("-12-31")
    if not first and not last:
        return "onbekend"
    if not last:
        return f"vanaf {first}"
    if not first:
        return f"t/m {last}"
    return first if first == last else f"{first}–{last}"


def written(value: str, measure: str, lang: Language) -> str:
    """Write a decimal of IATI as a case does.

    Raises
    ------
    ValueError
        It is no decimal.
    """
    from evalkit.language.numbers import format_decimal

    try:
        number = Decimal(value.strip().removesuffix("%").replace(",", ""))
    except ArithmeticError:
        raise ValueError(f"'{value[:40]}' is no number") from None
    if not number.is_finite():
        raise ValueError(f"'{value[:40]}' is no number")
    text = format_decimal(number, lang)
    return f"{text} {'procent' if lang == 'nl' else 'per cent'}" if measure == "2" else text
