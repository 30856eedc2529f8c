"""Finding the figures of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal

from evalkit.audit.text.figure import Figure, Hedge, Unit
from evalkit.audit.text.masking import masked
from evalkit.audit.text.written import (
    FRACTIONS,
    HEDGES,
    NUMBER,
    PERS,
    SCALES,
    UNITS,
    read_number,
    rounding,
    spelled,
)
from evalkit.language.numbers import Language

_STOP = frozenset(
    "van in op voor met uit bij aan om te en of de het een die dat waar waarvan is zijn was waren "
    "wordt worden werd werden heeft hebben had naar tot per als dan door over tussen onder na "
    "of the in for with from at and or a an that which is are was were has have had to than by "
    "on between under after before who niet ook al nog x".split()
)
# Nouns of measure that stand in the singular after a number.
_MEASURES = frozenset("jaar uur keer maal fte kilometer km hectare ha kwartaal minuut".split())
_WORD = re.compile(r"[^\W\d_][\w’'!&-]*")
_FRACTION_HALF = Decimal("2.5")  # points: "a quarter" is said of 23 and of 27 percent


def _any(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(w) + (r"(?!\w)" if w[-1].isalnum() else "") for w in ordered)


@cache
def _pattern(lang: Language) -> re.Pattern[str]:
    words = _any(spelled(lang))
    small = _any(word for word, number in spelled(lang).items() if number <= 10) + "|one|één|eén"
    hedges = _any(hedge for hedge in HEDGES if hedge != "over" or lang == "en")
    units = _any([u for u in UNITS if u not in "€$£"])
    return re.compile(
        r"(?!\B\w)"  # nothing begins inside a word, which saves trying
        rf"(?:(?<!\w)(?P<hedge>{hedges})\s*)?"
        r"(?:(?P<coin>€|\bEUR|\$|£)\s?)?"
        r"(?<![\w/@#)])(?<![\w%)\]\"”’'\xa0][.,])(?<!\w[-–])"
        rf"(?:(?P<out>\d|{small})\s(?:op\s(?:de\s|elke\s)?|in\s|out\sof\s)(?P<of>\d|10|{small})(?![\d.,%])"
        rf"|(?P<fraction>{_any(FRACTIONS)})"
        r"|(?P<sign>[-−](?=\d))?(?P<free>(?<!van\s)(?<!from\s))?"
        rf"(?P<number>{NUMBER})"
        rf"(?:\s?(?:%\s?|procent\s|percent\s)?(?:[-–]|à|á|(?(free)(?:tot|to)\s|(?!)))\s?(?P<upto>{NUMBER})(?![\w]))?"
        rf"|(?P<word>{words}))"
        r"(?P<plus>\+)?"
        r"(?![\w]|[.,]\d|/\d|-\w)"
        rf"(?:\s?(?P<scale>{_any(SCALES)})(?!\w))?"
        rf"(?:\s?(?P<unit>{units}|€(?!\s?\d))(?![\w]|-\w))?"
        r"(?:\s(?:per|a|each)\s(?P<per>" + _any(PERS) + r"))?",
        re.IGNORECASE,
    )


_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]+")


@cache
def _number_words(lang: Language) -> frozenset[str]:
    """List one word of everything that can be a figure without digits."""
    parts = (max(_LETTERS.findall(phrase), key=len) for phrase in FRACTIONS)
    spoken = (word for phrase in spelled(lang) for word in _LETTERS.findall(phrase))
    return frozenset(parts) | frozenset(spoken)


def may_hold_figures(text: str, lang: Language) -> bool:
    """Say whether there is a digit or a number in words; quicker than looking for figures.

    Examples
    --------
    >>> may_hold_figures("De helft deed mee.", "nl"), may_hold_figures("Wie deed mee?", "nl")
    (True, False)
    """
    if _DIGIT.search(text):
        return True
    return not _number_words(lang).isdisjoint(_LETTERS.findall(text.lower()))


def figures_of(text: str, lang: Language, begin: int = 0) -> tuple[Figure, ...]:
    """Find the figures of a text, dates and references left out.

    Parameters
    ----------
    text
        A sentence, or a whole block.
    lang
        Decides what a point and a comma mean.
    begin
        Where the text stands in a longer one, which the places are given in.

    Examples
    --------
    >>> text = "In 2018 kregen 14 projecten ruim 2 mln. euro (tabel 3)."
    >>> [figure.text for figure in figures_of(text, "nl")]
    ['14 projecten', 'ruim 2 mln. euro']
    """
    return tuple(_figures(text, masked(text), lang, begin))


def _figures(text: str, bare: str, lang: Language, begin: int) -> Iterator[Figure]:
    for found in _pattern(lang).finditer(bare):
        if (read := _read(found, lang)) is None:
            continue
        value, upto, half, kind = read
        unit = _unit(found, kind)
        noun, words, end = ("", "", found.end()) if unit else _noun(text, found.end())
        yield Figure(
            start=begin + found.start(),
            end=begin + end,
            text=text[found.start() : end].strip(),
            value=value,
            upto=upto,
            half=half,
            hedge=_hedge(found),
            unit=unit,
            noun=noun,
            words=words,
            per=PERS.get((found["per"] or "").lower(), ""),
            exponent=SCALES.get((found["scale"] or "").lower(), 0),
            kind=kind,
        )


_Read = tuple[Decimal, Decimal | None, Decimal, Literal["number", "word", "fraction"]]


def _read(found: re.Match[str], lang: Language) -> _Read | None:
    if found["fraction"] is not None:
        above, below = FRACTIONS[" ".join(found["fraction"].lower().split())]
        return 100 * Decimal(above) / below, None, _FRACTION_HALF, "fraction"
    if found["out"] is not None:
        return _ratio(found, lang)
    exponent = SCALES.get((found["scale"] or "").lower(), 0)
    scale = Decimal(10) ** exponent
    if found["word"] is not None:
        value = Decimal(spelled(lang)[found["word"].lower()])
        half = Decimal("0.5") * scale if exponent else Decimal(0)
        return value * scale, None, half, "word"
    if (number := read_number(found["number"], lang)) is None:
        return None
    percent = UNITS.get((found["unit"] or "").lower()) in {"percent", "point"}
    half = rounding(*number, exponent, percent=percent)
    value = -number[0] if found["sign"] else number[0]
    if found["upto"] is None:
        return value * scale, None, half, "number"
    end = read_number(found["upto"], lang)
    return (
        None if end is None or end[0] <= value else (value * scale, end[0] * scale, half, "number")
    )


def _ratio(found: re.Match[str], lang: Language) -> _Read | None:
    """Read "één op de drie" as a share; "120 van de 200" is two figures and read elsewhere."""
    above, below = (_small(found[name], lang) for name in ("out", "of"))
    if above is None or below is None or not 0 < above < below <= 10:
        return None
    return 100 * Decimal(above) / below, None, _FRACTION_HALF, "fraction"


def _small(text: str, lang: Language) -> int | None:
    if text.isdigit():
        return int(text)
    return 1 if text.lower() in {"one", "één", "eén"} else spelled(lang).get(text.lower())


def _unit(found: re.Match[str], kind: str) -> Unit:
    if kind == "fraction":
        return "percent"
    if found["coin"]:
        return UNITS[found["coin"].lower()]
    return UNITS.get(" ".join((found["unit"] or "").lower().split()), "")


def _hedge(found: re.Match[str]) -> Hedge:
    if found["plus"]:
        return "plus"
    return HEDGES.get(" ".join((found["hedge"] or "").lower().split()), "")


def _noun(text: str, start: int) -> tuple[str, str, int]:
    """Find the noun after a number: the first plural of the next words, else the first word."""
    words: list[re.Match[str]] = []
    at = start
    while len(words) < 4 and (gap := re.compile(r"[ \N{NO-BREAK SPACE}(]{1,2}").match(text, at)):
        word = _WORD.match(text, gap.end())
        if word is None or word[0].lower() in _STOP:
            break
        words.append(word)
        at = word.end()
    if not words:
        return "", "", start
    if words[0][0].lower() in _MEASURES:  # "vier jaar helpen" counts years
        words = words[:1]
    head = next((w for w in words if is_plural(w[0])), words[0])
    return head[0].lower(), text[words[0].start() : head.end()].lower(), head.end()


def is_plural(word: str) -> bool:
    """Say whether a word looks like a plural noun of Dutch or English."""
    return len(word) > 3 and word.lower().endswith(("en", "s", "ën", "'s", "’s"))
