"""The grammar of quantities: from ``~1 mln. euro per jaar`` to its parts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from evalkit.errors import MisreadError
from evalkit.language.numbers import Language, parse_decimal

# Written forms -> the qualifier that is kept.
QUALIFIERS = {
    "~": "~", "circa": "circa", "ca.": "circa", "ongeveer": "about", "about": "about",
    "approximately": "about", ">": ">", "<": "<", ">=": "≥", "<=": "≤",
    "meer dan": "over", "more than": "over",
    "minder dan": "under", "less than": "under",
    "≥": "≥", "≤": "≤", "ruim": "ruim", "well over": "ruim", "bijna": "bijna", "nearly": "bijna",
    "max.": "max", "maximaal": "max", "hoogstens": "max", "ten hoogste": "max", "at most": "max",
    "min.": "min", "minimaal": "min", "minstens": "min", "ten minste": "min", "at least": "min",
}  # fmt: skip
SCALES = {
    "duizend": 3, "thousand": 3, "mln.": 6, "mln": 6, "miljoen": 6, "million": 6,
    "mld.": 9, "mld": 9, "mrd.": 9, "mrd": 9, "miljard": 9, "billion": 9, "bn": 9,
}  # fmt: skip
FRACTIONS = {
    "de helft": (1, 2), "half": (1, 2), "een kwart": (1, 4), "a quarter": (1, 4),
    "driekwart": (3, 4), "three quarters": (3, 4), "een derde": (1, 3), "a third": (1, 3),
    "one third": (1, 3), "twee derde": (2, 3), "two thirds": (2, 3), "een vijfde": (1, 5),
    "a fifth": (1, 5), "een tiende": (1, 10), "a tenth": (1, 10),
}  # fmt: skip

# Words for a unit that stand for one measure, whatever the language of the case.
_UNITS = {"euros": "euro", "year": "jaar"}

_NUMBER = r"[-\N{MINUS SIGN}]?[0-9][0-9.,]*(?<![.,])"
_RANGE = re.compile(rf"({_NUMBER})\s*(?:[-–]|à|tot|to)\s*(?=[0-9])({_NUMBER})(.*)", re.DOTALL)
_SINGLE = re.compile(rf"({_NUMBER})(\+?)(?=[\s%]|$)(.*)", re.DOTALL)
_RATIO = re.compile(r"([0-9]{1,9})/([0-9]{1,9})(?![0-9])(.*)", re.DOTALL)
_SECOND_NUMBER = re.compile(
    r"^[-–\N{MINUS SIGN}/.,]?\s*[0-9].*|"
    r"(?:^|(?<=[\s%])|(?<=procent)|(?<=euro))(?:[-–]|à|tot|to)\s*[-\N{MINUS SIGN}]?[0-9].*"
)
_UNIT = re.compile(r"(?:%(?=\s|$)|[^\W\d_]|[€$£°‰(]).*", re.DOTALL)
_TIMES = re.compile(r"[x×]\s*[0-9]")  # "250 x 1.000 euro"
_THOUSANDS = re.compile(r"[0-9]{3}(?:$|[^0-9])")  # "3 120 huishoudens"
# A year of four digits was taken off before; a finger or a scan also writes 20l8 and 2O20.
_NO_YEAR = re.compile(r"(?:\bin ([0-9]+|[12lI][0-9OolISB]{3})|\(([12lI][0-9OolISB]{3})\))$")
_EURO_FIRST = re.compile(r"(?:€|EUR)\s*([0-9].*?)(?:,-+)?")
_NOTHING = frozenset({"n.v.t.", "nvt", "n.b.", "onbekend", "-", "–", "?", "n/a", "unknown", "none"})


def _alternatives(words: dict[str, Any]) -> str:
    """Match any of the words, the longest first, as whole words where they are words."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w) + (r"(?!\w)" if w[-1].isalnum() else "") for w in ordered)


_PM = re.compile(r"PM\b\s*")
_QUALIFIER = re.compile(rf"({_alternatives(QUALIFIERS)})\s*", re.IGNORECASE)
_SCALE = re.compile(rf"({_alternatives(SCALES)})\s*", re.IGNORECASE)
_FRACTION = re.compile(rf"({_alternatives(FRACTIONS)})", re.IGNORECASE)
_HOW = (
    "write a number, a scale and a unit, such as '26,8 mln. euro', '~1 mln. euro per jaar', "
    "'1.337 scholen', '20-50 deelnemers', '81 procent', 'een derde' or 'PM'"
)


def parse_quantity(text: str, lang: Language) -> dict[str, Any]:
    """Take a written quantity apart.

    Parameters
    ----------
    text
        For instance ``>900 mln. euro``.
    lang
        The language that settles what a point and a comma mean.

    Returns
    -------
    dict
        The fields of a :class:`~evalkit.model.quantity.Quantity`.

    Raises
    ------
    ValueError
        The text holds no number, or one that could be read two ways.
    """
    whole = rest = " ".join(text.split())
    fields: dict[str, Any] = {}
    if found := _PM.match(rest):
        fields["pm"], rest = True, rest[found.end() :]
    else:
        if found := _QUALIFIER.match(rest):
            fields["qualifier"] = QUALIFIERS[found[1].lower()]
            rest = rest[found.end() :]
        number, rest = _number(rest, lang, whole)
        fields |= number
    if found := _SCALE.match(rest):
        fields["exponent"] = SCALES[found[1].lower()]
        rest = rest[found.end() :]
    if found := _SCALE.match(rest):
        raise MisreadError(f"a second scale, '{found[1]}', follows the first", _HOW)
    return fields | _unit(rest)


def _number(text: str, lang: Language, whole: str) -> tuple[dict[str, Any], str]:
    if found := _FRACTION.match(text):
        above, below = FRACTIONS[found[1].lower()]
        words = {"value": Decimal(above), "denominator": below, "words": True}
        return words, text[found.end() :].strip()
    if found := _RATIO.match(text):
        if int(found[2]) == 0:
            raise MisreadError(f"'{text}' divides by zero", _HOW)
        fields = {"value": Decimal(found[1]), "denominator": int(found[2])}
        return fields, found[3].strip()
    if found := _RANGE.match(text):
        low, high = parse_decimal(found[1], lang), parse_decimal(found[2], lang)
        if low >= high:
            what = f"'{text}' does not run from low to high"
            raise MisreadError(what, "write the smaller number first")
        return {"value": low, "upto": high}, found[3].strip()
    if found := _SINGLE.match(text):
        plus = {"qualifier": "+"} if found[2] else {}
        return {"value": parse_decimal(found[1], lang), **plus}, found[3].strip()
    raise MisreadError(f"'{_cut(whole)}' is not a quantity", _instead(whole))


def _instead(whole: str) -> str:
    """Say what to write for a text that is no quantity."""
    if whole.lower() in _NOTHING:
        return "leave the key out where there is no number, or write PM for one yet to come"
    if found := _EURO_FIRST.fullmatch(whole):
        return f"write the unit behind the number: '{_cut(found[1])} euro'"
    return _HOW


def _unit(text: str) -> dict[str, Any]:
    """Split what is left into a unit and a rate: ``euro per jaar``."""
    text = re.sub(r"^per ?cent(?!\w)", "procent", text)
    unit, _, per = (part.strip() for part in f" {text} ".partition(" per "))
    if found := _SECOND_NUMBER.search(unit):
        apart = _THOUSANDS.match(found[0])
        hint = "join thousands with a sign, as in 1.337 or 1,337" if apart else _HOW
        raise MisreadError(f"a second number, '{_cut(found[0])}', follows the first", hint)
    if unit and (not _UNIT.fullmatch(unit) or _TIMES.match(unit)):
        raise MisreadError(f"'{_cut(unit)}' is not a unit", _HOW)
    if found := _NO_YEAR.search(unit):
        raise MisreadError(
            f"'{found[1] or found[2]}' is not a year",
            "write a year of four digits, as in `in 2024`",
        )
    if unit.startswith("%"):
        unit = f"procent{unit[1:]}"
    return {"unit": _UNITS.get(unit, unit), "per": _UNITS.get(per, per)}


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
