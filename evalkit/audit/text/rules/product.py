"""Products that their factors do not make: *500 bedrijven à 2.000 euro is 1 miljoen*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import amount, number, told
from evalkit.judgement.sentence import Sentence as Words
from evalkit.language.numbers import LANGUAGES

_TIMES = re.compile(r"\s*(?:x|×|\*|maal|times)\s*", re.IGNORECASE)
_EACH = re.compile(
    r"\s(?:à|á|(?:[a-z]+\s){0,3}(?:elk|ieder|each)"
    r"(?:\s(?:een (?:subsidie|bijdrage|bedrag) van|a grant of))?)\s*",
    re.IGNORECASE,
)
_EACH_AFTER = re.compile(r"\s(?:elk|each|apiece)\b", re.IGNORECASE)
_RESULT = re.compile(
    r"(?:\s(?:elk|each|apiece))?\)?\s*[,;–-]?\s*(?:=|is|zijn|was|dus|oftewel|ofwel|maakt|"
    r"samen|in totaal|dat is|(?:wat )?neerkomt op|komt neer op|goed voor|kost|"
    r"equals|makes|that is|in total|for a total of|a total of|together)"
    r"(?:\s(?:samen|in totaal|dus|een totaal van|in total))?\s*",
    re.IGNORECASE,
)
_AFTER_BRACKET = re.compile(r"\)\s*(?:is\s|dus\s|=\s*)?")
_MONEY = frozenset({"euro", "dollar", "pound"})
_YEARS = frozenset({"jaar", "years"})
_OVER = re.compile(r"\s(?:over|in|gedurende|voor|for)\s(?:de\s)?", re.IGNORECASE)
_YEARLY = re.compile(r"(?:\s[\w-]+){0,3}\s(?:per jaar|per year|a year)\s\($", re.IGNORECASE)


def find(document: Document) -> Iterator[AuditFinding]:
    """Find products that cannot be so."""
    for sentence in document.all_sentences:
        if len(sentence.figures) > 2:
            yield from _multiplied(sentence)
            yield from _over_years(sentence)


def _multiplied(sentence: Sentence) -> Iterator[AuditFinding]:
    """Read factors in a row with what they make, behind them or before a bracket around them."""
    figures = sentence.figures
    at = 0
    while at < len(figures) - 1:
        end = at
        while end + 1 < len(figures) and _is_factor(sentence, figures[end], figures[end + 1]):
            end += 1
        factors = figures[at : end + 1]
        if len(factors) > 1:
            result = _after(sentence, factors) or _before(sentence, factors, at)
            if result is not None and _fits_unit(factors, result):
                yield from _judged(sentence, factors, result)
        at = end + 1


def _is_factor(sentence: Sentence, one: Figure, other: Figure) -> bool:
    between = sentence.between(one, other)
    if "percent" in (one.unit, other.unit) or "point" in (one.unit, other.unit):
        return False
    if _TIMES.fullmatch(between):
        return True
    priced = not one.unit and bool(one.noun) and other.unit in _MONEY and not other.per
    if priced and _EACH_AFTER.match(sentence.after(other)):
        return re.fullmatch(r"(?:\s[a-z]+){1,3}\s", between) is not None
    return priced and _EACH.fullmatch(between) is not None


def _after(sentence: Sentence, factors: Sequence[Figure]) -> Figure | None:
    last = factors[-1]
    following = next((f for f in sentence.figures if f.start >= last.end), None)
    if following is None:
        return None
    between = sentence.between(last, following)
    opened = sentence.before(factors[0]).rstrip().endswith("(")
    stated = _RESULT.fullmatch(between) or (opened and _AFTER_BRACKET.fullmatch(between))
    return following if stated else None


def _before(sentence: Sentence, factors: Sequence[Figure], at: int) -> Figure | None:
    """Read *1 miljoen euro (500 x 2.000 euro)*."""
    if at == 0 or not sentence.after(factors[-1]).startswith(")"):
        return None
    result = sentence.figures[at - 1]
    opened = re.fullmatch(r"(?:\s[a-z]+){0,2}\s*\(", sentence.between(result, factors[0]))
    return result if opened else None


def _fits_unit(factors: Sequence[Figure], result: Figure) -> bool:
    """Whether the result is in the unit of one factor, the others being counts."""
    money = [factor.unit for factor in factors if factor.unit]
    if len(money) > 1 or result.per or result.unit in {"percent", "point"}:
        return False
    if any(factor.per and factor.per != "dag" for factor in factors):
        return False
    if money:
        return result.unit == money[0] or (not result.unit and result.exponent > 0)
    nouns = {factor.noun for factor in factors}
    return not result.unit and (not result.noun or result.noun in nouns)


def _over_years(sentence: Sentence) -> Iterator[AuditFinding]:
    """Read *200 miljoen per jaar (2 miljard over 10 jaar)*."""
    for yearly, whole, years in zip(
        sentence.figures, sentence.figures[1:], sentence.figures[2:], strict=False
    ):
        between = sentence.between(yearly, whole)
        per_year = _YEARLY.fullmatch(between) or (yearly.per == "jaar" and between == " (")
        alike = whole.unit in ("", yearly.unit) and yearly.exponent and whole.exponent
        if (
            per_year
            and alike
            and years.noun in _YEARS
            and _OVER.fullmatch(sentence.between(whole, years))
            and sentence.after(years).startswith(")")
        ):
            yield from _judged(sentence, (yearly, years), whole)


def _judged(
    sentence: Sentence, factors: Sequence[Figure], result: Figure
) -> Iterator[AuditFinding]:
    low = high = value = Decimal(1)
    for factor in factors:
        low, high = low * max(factor.span.low, Decimal(0)), high * factor.span.high
        value *= factor.value
    if Span(low, high).meets(result.span):
        return
    unit = next((factor for factor in factors if factor.unit), result)
    yield told(
        "product", "made", "error",
        [
            (sentence.place(factors[0]), sentence.quote(*factors)),
            (sentence.place(result), sentence.quote(result)),
        ],
        factors=_shown(factors), value=amount(value, unit if not result.unit else result),
        claim=result.text,
    )  # fmt: skip


def _shown(factors: Sequence[Figure]) -> Words:
    """Write the factors out: ``500 × 2.000``."""
    parts = [number(factor.value) for factor in factors]
    return {lang: " × ".join(part[lang] for part in parts) for lang in LANGUAGES}
