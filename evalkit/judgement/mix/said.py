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
    """Write the period under review, to stand behind "in the period"."""
    if case.period.first_year is None and case.period.last_year is None:
        return words("amount", "under_review")
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
    """Write a change as a rise or a fall; the rate is in the sentence.

    Examples
    --------
    >>> change_said(Amount.exactly(-2, "procentpunt"))["nl"]
    'een afname van 2 procentpunt'
    >>> change_said(Amount.exactly(1, "procentpunt"))["en"]
    'a rise of 1 percentage point'
    """
    if amount.exact == 0:
        return words("amount", "no_change")
    up = amount.least is not None and amount.least > 0
    down = amount.most is not None and amount.most < 0
    points = amount.unit == "procentpunt"
    bare = {"per": "", "unit": "" if points else amount.unit}
    size = printed_in_all((amount.opposite() if down else amount).model_copy(update=bare), 3)
    name = "points_one" if size["en"].split()[-1] == "1" else "points"
    said = phrase("amount", name, n=size) if points else size
    return phrase("amount", "rise" if up else "fall" if down else "change", n=said)


def either_said(least: int, most: int) -> Sentence:
    """Write a count that may be uncertain.

    Examples
    --------
    >>> either_said(3, 4)["nl"], either_said(0, 0)["nl"], either_said(2, 5)["nl"]
    ('drie of vier', 'nul', 'twee tot vijf')
    """
    low, high = count(least), count(most)
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
    name = "point_through" if point.through else "point"
    return phrase("progress", name, value=value, year=str(point.year))


def value_said(node: Indicator) -> Sentence:
    """Write what was reached: the actual value, the total, or the last of the series."""
    quantity = node.actual.value if node.actual is not None else node.total
    if quantity is None:
        quantity = node.per_year[max(node.per_year)]
    return {lang: quantity.prose(lang) for lang in LANGUAGES}
