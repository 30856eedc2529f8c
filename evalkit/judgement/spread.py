"""The spread of instruments over goals, in sentences with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from evalkit.judgement.goalrow import GoalRow
from evalkit.judgement.sentence import Sentence, count, fill, listing, put, same, wording
from evalkit.language.numbers import LANGUAGES, format_decimal
from evalkit.model.case import Case


def tell(rows: Sequence[GoalRow], middle: Fraction, case: Case) -> Sentence:
    """Say which goals get much, little or nothing, and what ends with the period."""
    if not rows:
        return wording("coverage", "none")
    if not any(row.count for row in rows):
        return wording("coverage", "no_service")
    slots = {
        "period": {lang: case.period.prose(lang) for lang in LANGUAGES},
        "median": _number(middle),
    }
    sentences = [fill(wording("coverage", "middle"), slots), *_departures(rows)]
    lost = [row for row in rows if row.count and not row.count_after]
    if lost and case.period.last_year is not None:
        sentences.append(_listed("ended", lost))
    held = {key for row in rows for key in row.nested}
    if held:
        names = listing([same(case.instruments[key].label) for key in sorted(held)])
        sentences.append(fill(wording("coverage", "nested"), {"names": names}))
    return {lang: " ".join(sentence[lang] for sentence in sentences) for lang in LANGUAGES}


def _departures(rows: Sequence[GoalRow]) -> list[Sentence]:
    found = []
    for weight, name in (("over", "over"), ("under", "under"), ("none", "blank")):
        goals = [row for row in rows if row.weight == weight]
        if goals:
            found.append(_listed(name, goals))
    return found or [wording("coverage", "balanced")]


def _listed(name: str, rows: Sequence[GoalRow]) -> Sentence:
    return fill(wording("coverage", name), {"goals": listing([_named(row) for row in rows])})


def _named(row: GoalRow) -> Sentence:
    slots = {
        "goal": same(row.name),
        "main": _some(row.main_count),
        "side": _some(row.side_count),
    }
    return put(wording("coverage", "goal"), slots) if row.count else same(f"‘{row.name}’")


def _some(number: int) -> Sentence:
    return count(number) if number else wording("coverage", "zero")


def _number(value: Fraction) -> Sentence:
    """Write a median, which lies on a whole, a half or a quarter."""
    if value.denominator == 1:
        return count(value.numerator)
    decimal = Decimal(value.numerator) / value.denominator
    return {lang: format_decimal(decimal, lang) for lang in LANGUAGES}
