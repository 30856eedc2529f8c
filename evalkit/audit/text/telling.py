"""Findings of the rules: a sentence in both languages, with the places and the quotations."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from evalkit.audit.finding import AuditFinding, Severity
from evalkit.audit.text.figure import Figure
from evalkit.judgement.sentence import Sentence as Words
from evalkit.judgement.sentence import same
from evalkit.judgement.wordbook import Wordbook
from evalkit.language.numbers import LANGUAGES, Language, format_decimal

Slot = Words | str | Decimal | int
_UNITS: dict[str, dict[Language, str]] = {
    "percent": {"nl": " procent", "en": " percent"},
    "point": {"nl": " procentpunt", "en": " percentage points"},
    "euro": {"nl": " euro", "en": " euro"},
    "dollar": {"nl": " dollar", "en": " dollars"},
    "pound": {"nl": " pond", "en": " pounds"},
}
_SCALES: dict[int, dict[Language, str]] = {
    6: {"nl": " mln.", "en": " million"},
    9: {"nl": " mld.", "en": " billion"},
}


_BOOK = Wordbook(__package__)


def words(section: str, name: str, /, **slots: Slot) -> Words:
    """Fill a sentence of ``wording.toml``."""
    return _BOOK.say(section, name, **{key: _spoken(slot) for key, slot in slots.items()})


def told(
    rule: str,
    name: str,
    severity: Severity,
    places: Sequence[tuple[str, str]],
    /,
    **slots: Slot,
) -> AuditFinding:
    """Make a finding.

    Parameters
    ----------
    rule, name
        Section and name of the sentence in ``wording.toml``; the section is the id of the rule.
    places
        Each place with the words that stand there.
    slots
        What fills the sentence: words, text of the document itself, or numbers.
    """
    return AuditFinding(
        rule=rule,
        severity=severity,
        message=words(rule, name, **slots),
        where=tuple(place for place, _ in places),
        quotes=tuple(quote for _, quote in places),
    )


def _spoken(value: Slot) -> Words:
    if isinstance(value, str):
        return same(value)
    if isinstance(value, dict):
        return value
    return number(Decimal(value))


def number(value: Decimal) -> Words:
    """Write a number without noughts that say nothing.

    Examples
    --------
    >>> number(Decimal("1250.50"))
    {'nl': '1.250,5', 'en': '1,250.5'}
    """
    plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
    return {lang: format_decimal(plain, lang) for lang in LANGUAGES}


def amount(value: Decimal, like: Figure) -> Words:
    """Write a value in the scale and the unit of a figure.

    Examples
    --------
    >>> from evalkit.audit.text.figures import figures_of
    >>> amount(Decimal(26700000), figures_of("26,8 mln. euro", "nl")[0])["nl"]
    '26,7 mln. euro'
    """
    exponent = like.exponent if like.exponent in _SCALES else 0
    shown = number(round(value / Decimal(10) ** exponent, 4))
    scale = _SCALES.get(exponent, dict.fromkeys(LANGUAGES, ""))
    unit = _UNITS.get(like.unit, dict.fromkeys(LANGUAGES, f" {like.noun}" if like.noun else ""))
    return {lang: f"{shown[lang]}{scale[lang]}{unit[lang]}" for lang in LANGUAGES}


def sum_of(values: list[Decimal], like: Figure | None = None) -> Words:
    """Write a sum: ``2 + 7,8 + 10``."""
    exponent = like.exponent if like is not None and like.exponent in _SCALES else 0
    parts = [number(round(value / Decimal(10) ** exponent, 4)) for value in values]
    return {lang: " + ".join(part[lang] for part in parts) for lang in LANGUAGES}
