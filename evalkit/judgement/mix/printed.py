"""Amounts in print: scaled as reports do, rounded without claiming more than is known."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from evalkit.judgement.mix.amount import Amount, decimal
from evalkit.judgement.mix.words import words
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.quantity import Quantity

Way = Literal["nearest", "down", "up"]
Hedges = tuple[str, ...]
Scale = Literal[0, 6, 9]
_SCALES: tuple[Scale, ...] = (9, 6)
_DECIMALS = 2
_DIGITS = 3
_SHARE_DECIMALS = 1


def printed(amount: Amount, lang: Language, digits: int | None = None) -> str:
    """Print an amount; a lower end is rounded down and an upper end up.

    Examples
    --------
    >>> printed(Amount.exactly(Fraction(311_400_000), "euro"), "nl").replace(chr(160), " ")
    '311,4 mln. euro'
    >>> printed(Amount.exactly(Fraction(26_800_000, 169), "euro"), "nl").replace(chr(160), " ")
    'ongeveer 159.000 euro'
    """
    return _worded(*_outline(amount, digits), lang)


def printed_in_all(amount: Amount, digits: int | None = None) -> dict[Language, str]:
    """Print an amount in every language, rounding it once."""
    hedges, quantity = _outline(amount, digits)
    return {lang: _worded(hedges, quantity, lang) for lang in LANGUAGES}


def _worded(hedges: Hedges, quantity: Quantity | None, lang: Language) -> str:
    if quantity is None:
        return words("amount", "unknown")[lang]
    text = quantity.prose(lang)
    for hedge in hedges:
        text = words("amount", hedge)[lang].format(n=text)
    return text


def _outline(amount: Amount, digits: int | None) -> tuple[Hedges, Quantity | None]:
    """Round an amount to what is printed, and name the hedges around it, the inner one first."""
    low, high = amount.least, amount.most
    about: Hedges = ("about",) if amount.about else ()
    if low is not None and high is not None:
        if low != high:
            ends = _rounded(low, amount, digits, "down"), _rounded(high, amount, digits, "up")
            return about, _range(*ends, amount)
        value = _rounded(low, amount, digits)
        rounded = value != low and amount.unit != "procent"
        return ("about",) if about or rounded else (), _one(value, amount)
    if low is not None:
        return (*about, "at_least"), _one(_rounded(low, amount, digits, "down"), amount)
    if high is not None:
        return (*about, "at_most"), _one(_rounded(high, amount, digits, "up"), amount)
    return (), None


def _one(value: Fraction, amount: Amount) -> Quantity:
    return _written(value, amount, _scale(value, amount))


def _range(low: Fraction, high: Fraction, amount: Amount) -> Quantity:
    scale = min(_scale(low, amount), _scale(high, amount))
    upto = _written(high, amount, scale).value
    return _written(low, amount, scale).model_copy(update={"upto": upto})


def _written(value: Fraction, amount: Amount, scale: Scale) -> Quantity:
    found = decimal(value / 10**scale if scale else value)
    if found is None:  # a rounded value is always a finite decimal
        raise ValueError(f"{value} cannot be written as a decimal")
    return Quantity.model_construct(value=found, exponent=scale, unit=amount.unit, per=amount.per)


def _scale(value: Fraction, amount: Amount) -> Scale:
    if amount.unit == "procent" or abs(value) < 10 ** _SCALES[-1]:
        return 0
    for exponent in _SCALES:
        scaled = abs(value) / 10**exponent
        if scaled >= 1 and (scaled * 10**_DECIMALS).denominator == 1:
            return exponent
    return 0


def _rounded(value: Fraction, amount: Amount, digits: int | None, way: Way = "nearest") -> Fraction:
    if amount.unit == "procent":
        places = _SHARE_DECIMALS if abs(value) >= 1 else _SHARE_DECIMALS + 1
        return _at(value, Fraction(1, 10**places), way)
    if value == 0 or (digits is None and decimal(value) is not None):
        return value
    size = Decimal(abs(value.numerator)) / Decimal(value.denominator)
    step = Fraction(10) ** (size.adjusted() - (_DIGITS if digits is None else digits) + 1)
    return _at(value, step, way)


def _at(value: Fraction, step: Fraction, way: Way) -> Fraction:
    steps = value / step
    if way == "nearest":
        return floor(steps + Fraction(1, 2)) * step  # halves go up, as readers round
    return (floor(steps) if way == "down" else ceil(steps)) * step
