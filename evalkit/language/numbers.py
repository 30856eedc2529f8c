"""Numbers as people write them in Dutch and in English."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

from babel.numbers import get_decimal_symbol, get_group_symbol

from evalkit.errors import MisreadError

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_MINUS = "\N{MINUS SIGN}"
_LONGEST = 24  # digits; what is longer is a slip of the keyboard, and decimal would round it
# Words up to twenty is the convention of Dutch reports; above it, digits.
_WORDS: dict[Language, list[str]] = {
    "nl": (
        "nul één twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien "
        "vijftien zestien zeventien achttien negentien twintig"
    ).split(),
    "en": (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty"
    ).split(),
}


@cache
def _signs(lang: Language) -> tuple[str, str]:
    """The signs that group and that begin the decimals; babel takes its time to find them."""
    return get_group_symbol(lang), get_decimal_symbol(lang)


def parse_decimal(text: str, lang: Language) -> Decimal:
    """Read a plain number, such as ``1.337,5`` in Dutch.

    Parameters
    ----------
    text
        Digits with an optional sign, grouping and decimals.
    lang
        Decides which of ``.`` and ``,`` groups and which is the decimal sign.

    Returns
    -------
    Decimal
        With the decimals as written, so that ``10,0`` prints again as ``10,0``.

    Raises
    ------
    ValueError
        The text is no number, or could be read two ways.

    Examples
    --------
    >>> parse_decimal("1.337", "nl"), parse_decimal("1.337", "en")
    (Decimal('1337'), Decimal('1.337'))
    """
    group, decimal = _signs(lang)
    body = text.strip().replace(_MINUS, "-")
    if sum(map(str.isdigit, body)) > _LONGEST:
        raise ValueError(f"'{body[:_LONGEST]}…' has more than {_LONGEST} digits")
    grouped = rf"-?[1-9]\d{{0,2}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(decimal)}\d+)?"
    plain = rf"-?\d+(?:{re.escape(decimal)}\d+)?"
    if not re.fullmatch(rf"{grouped}|{plain}", body, re.ASCII):
        raise _why_not(body, group, decimal, lang)
    return Decimal(body.replace(group, "").replace(decimal, "."))


def _why_not(body: str, group: str, decimal: str, lang: Language) -> MisreadError:
    if re.fullmatch(rf"-?\d+{re.escape(group)}\d+", body, re.ASCII):
        case = {"nl": "a Dutch", "en": "an English"}[lang]
        return MisreadError(
            f"'{body}' can be read two ways: in {case} case '{group}' groups thousands "
            f"and '{decimal}' is the decimal sign",
            f"write {body.replace(group, decimal)}, or a number grouped by three",
        )
    example = format_decimal(Decimal("1337.5"), lang)
    return MisreadError(f"'{body}' is not a number", f"write digits only, such as {example}")


def format_decimal(value: Decimal, lang: Language) -> str:
    """Print a number with the decimals it has: grouped by three, with a true minus sign.

    Examples
    --------
    >>> format_decimal(Decimal("1337"), "nl"), format_decimal(Decimal("-0.50"), "nl")
    ('1.337', '−0,50')
    """
    group, decimal = _signs(lang)
    text = f"{value.copy_abs():,f}".replace(",", "\0").replace(".", decimal).replace("\0", group)
    return f"{_MINUS}{text}" if value < 0 else text


def format_count(number: int, lang: Language) -> str:
    """Print a whole number, grouped by three.

    Examples
    --------
    >>> format_count(2500, "nl")
    '2.500'
    """
    return format_decimal(Decimal(number), lang)


def spell(number: int, lang: Language) -> str:
    """Write a small whole number as a word, a larger one in digits.

    Examples
    --------
    >>> spell(11, "nl"), spell(1337, "nl")
    ('elf', '1.337')
    """
    if 0 <= number < len(_WORDS[lang]):
        return _WORDS[lang][number]
    return format_decimal(Decimal(number), lang)
