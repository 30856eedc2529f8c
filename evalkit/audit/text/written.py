"""Numbers as they stand in running text, in Dutch and in English."""

from __future__ import annotations

import re
from decimal import Decimal

from evalkit.audit.text.figure import Hedge, Unit
from evalkit.language.numbers import Language, spell

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
NUMBER = rf"\d{{1,3}}(?:[.,'{_SPACES}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?"

HEDGES: dict[str, Hedge] = {
    "circa": "about", "ca.": "about", "ca": "about", "ongeveer": "about", "rond de": "about",
    "rond": "about", "zo'n": "about", "zo’n": "about", "naar schatting": "about",
    "plusminus": "about",
    "zowat": "about", "grofweg": "about", "om en nabij de": "about", "om en nabij": "about",
    "~": "about", "±": "about", "≈": "about", "about": "about", "around": "about",
    "approximately": "about", "some": "about", "roughly": "about", "an estimated": "about",
    "ruim": "over", "meer dan": "least", "more than": "least", "well over": "over",
    "just over": "over", "over": "over", "iets meer dan": "over", "net iets meer dan": "over",
    "bijna": "nearly", "haast": "nearly", "nagenoeg": "nearly", "krap": "nearly",
    "nearly": "nearly",
    "almost": "nearly", "just under": "nearly", "iets minder dan": "nearly", "close to": "about",
    "minstens": "least", "minimaal": "least", "ten minste": "least", "tenminste": "least",
    "at least": "least", ">": "least", "≥": "least", "boven de": "least", "upwards of": "least",
    "maximaal": "most", "hoogstens": "most", "ten hoogste": "most", "at most": "most",
    "up to": "most", "max.": "most", "<": "under", "≤": "most", "minder dan": "under",
    "less than": "under", "fewer than": "under",
}  # fmt: skip
SCALES = {
    "duizend": 3, "thousand": 3, "mln.": 6, "mln": 6, "miljoen": 6, "million": 6, "mio": 6,
    "mld.": 9, "mld": 9, "miljard": 9, "billion": 9, "bn": 9, "biljoen": 12, "trillion": 12,
    "m": 6, "k": 3,
}  # fmt: skip
UNITS: dict[str, Unit] = {
    "%": "percent", "procent": "percent", "percent": "percent", "per cent": "percent",
    "procentpunt": "point", "procentpunten": "point", "percentage points": "point",
    "percentage point": "point", "%-punt": "point", "euro": "euro", "euro's": "euro",
    "euro’s": "euro", "euros": "euro", "eur": "euro", "€": "euro", "dollar": "dollar",
    "dollars": "dollar", "pound": "pound", "pounds": "pound", "$": "dollar", "£": "pound",
}  # fmt: skip
FRACTIONS: dict[str, tuple[int, int]] = {
    "de helft": (1, 2), "half of": (1, 2), "een kwart": (1, 4), "een derde": (1, 3),
    "een derde deel": (1, 3), "twee derde": (2, 3), "tweederde": (2, 3), "driekwart": (3, 4),
    "drie kwart": (3, 4), "een vijfde": (1, 5), "twee vijfde": (2, 5), "drie vijfde": (3, 5),
    "vier vijfde": (4, 5), "een tiende": (1, 10), "a quarter": (1, 4), "one quarter": (1, 4),
    "a third": (1, 3), "one third": (1, 3), "one-third": (1, 3), "two thirds": (2, 3),
    "two-thirds": (2, 3), "three quarters": (3, 4), "three-quarters": (3, 4), "a fifth": (1, 5),
    "one fifth": (1, 5), "two fifths": (2, 5), "a tenth": (1, 10),
}  # fmt: skip
PERS = {
    "jaar": "jaar", "year": "jaar", "annum": "jaar", "maand": "maand", "month": "maand",
    "week": "week", "dag": "dag", "day": "dag", "uur": "uur", "hour": "uur",
}  # fmt: skip

_LONGEST = 15  # signs of a number; what is longer is a code
_ONES = {
    "nl": "een twee drie vier vijf zes zeven acht negen".split(),
    "en": "one two three four five six seven eight nine".split(),
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split(),
    "en": "twenty thirty forty fifty sixty seventy eighty ninety".split(),
}


def spelled(lang: Language) -> dict[str, int]:
    """List the numbers that are written as words, up to a hundred.

    Examples
    --------
    >>> spelled("nl")["vijfentwintig"], spelled("en")["forty-two"]
    (25, 42)
    """
    words = {spell(n, lang): n for n in range(2, 21)}
    for tens, name in enumerate(_TENS[lang], start=2):
        words[name] = 10 * tens
        for ones, one in enumerate(_ONES[lang], start=1):
            joint = "ën" if one in {"twee", "drie"} else "en"
            word = f"{one}{joint}{name}" if lang == "nl" else f"{name}-{one}"
            words[word] = 10 * tens + ones
    words |= {"honderd": 100} if lang == "nl" else {"hundred": 100}
    return words


def read_number(text: str, lang: Language) -> tuple[Decimal, int] | None:
    """Read digits, and count the decimals that were written; None when they can be read two ways.

    A point before one or two digits in Dutch, and a comma there in English, can only be a decimal
    sign: people write it so.

    Examples
    --------
    >>> read_number("1.337", "nl"), read_number("1.5", "nl"), read_number("1,5", "en")
    ((Decimal('1337'), 0), (Decimal('1.5'), 1), (Decimal('1.5'), 1))
    """
    group, decimal = (".", ",") if lang == "nl" else (",", ".")
    body = re.sub(rf"[{_SPACES}']", group, text)
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?", body):
        body = body.replace(group, "")
    elif re.fullmatch(rf"\d+{re.escape(group)}\d{{1,2}}", body):
        body = body.replace(group, decimal)
    elif not re.fullmatch(rf"\d+(?:{re.escape(decimal)}\d+)?", body):
        return None
    if len(body) > _LONGEST:
        return None
    whole, _, decimals = body.partition(decimal)
    return Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals)


def rounding(value: Decimal, decimals: int, exponent: int, *, percent: bool) -> Decimal:
    """Give half a unit of the last digit that was written.

    A small whole number is exact: twelve schools are twelve schools. Of a large one the noughts at
    its end may be rounding, but two digits are taken to be meant.

    Examples
    --------
    >>> rounding(Decimal(12), 0, 0, percent=False), rounding(Decimal("26.8"), 1, 6, percent=False)
    (Decimal('0'), Decimal('50000.0'))
    >>> rounding(Decimal(2500), 0, 0, percent=False)
    Decimal('50')
    """
    if exponent or decimals or percent:
        return Decimal("0.5") * Decimal(10) ** (exponent - decimals)
    digits = str(value)
    noughts = min(len(digits) - len(digits.rstrip("0")), len(digits) - 2)
    if value < 1000 or noughts < 2:
        return Decimal(0)
    return Decimal(5) * Decimal(10) ** (noughts - 1)
