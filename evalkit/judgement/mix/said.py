"""Parts of sentences that several rules on the mix need."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.printed import printed_in_all
from evalkit.judgement.mix.progress import Point
from evalkit.judgement.mix.words import phrase, words
from evalkit.judgement.sentence import Sentence, count, listing, same
from evalkit.language.numbers import LANGUAGES, format_decimal
from evalkit.model.case import Case
from evalkit.model.indicator import Indicator


def period_said(case: Case) -> Sentence:
    """Write the period under review."""
    return {lang: case.period.prose(lang) for lang in LANGUAGES}


def median_said(value: Fraction) -> Sentence:
    """Write a median or a weighed count, which lies on a whole, a half or a quarter."""
    if value.denominator == 1:
        return count(value.numerator) if value else words("amount", "zero")
    decimal = Decimal(value.numerator) / value.denominator
    return {lang: format_decimal(decimal, lang) for lang in LANGUAGES}


def amount_said(amount: Amount, digits: int | None = None) -> Sentence:
    """Write an amount."""
    return printed_in_all(amount, digits)


def change_said(amount: Amount) -> Sentence:
    """Write a change, with the sign that it has; the rate is in the sentence."""
    plain = amount.model_copy(update={"per": ""})
    up = amount.least is not None and amount.least > 0
    return {lang: f"{'+' if up else ''}{text}" for lang, text in printed_in_all(plain, 3).items()}


def either_said(least: int, most: int) -> Sentence:
    """Write a count that may be uncertain.

    Examples
    --------
    >>> either_said(3, 4)["nl"], either_said(0, 0)["nl"], either_said(2, 5)["nl"]
    ('drie of vier', 'geen', 'twee tot vijf')
    """
    low, high = (count(n) if n else words("amount", "zero") for n in (least, most))
    if least == most:
        return low
    return phrase("amount", "either" if most - least == 1 else "between", low=low, high=high)


def years_said(years: Sequence[int]) -> Sentence:
    """List years; three or more in a row as a span.

    Examples
    --------
    >>> years_said([2018, 2020, 2021, 2022])["nl"]
    '2018 en 2020–2022'
    """
    runs: list[list[int]] = []
    for year in sorted(years):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    parts: list[str] = []
    for run in runs:
        long = len(run) > 2
        parts += [f"{run[0]}\N{EN DASH}{run[-1]}"] if long else [str(year) for year in run]
    return listing([same(part) for part in parts])


def point_said(point: Point) -> Sentence:
    """Write a value as the case does, with its year when it has one."""
    value: Sentence = {lang: point.text[lang] for lang in LANGUAGES}
    if point.year is None:
        return value
    return phrase("progress", "point", value=value, year=str(point.year))


def value_said(node: Indicator) -> Sentence:
    """Write what was reached: the actual value, the total, or the last of the series."""
    quantity = node.actual.value if node.actual is not None else node.total
    if quantity is None:
        quantity = node.per_year[max(node.per_year)]
    return {lang: quantity.prose(lang) for lang in LANGUAGES}
