"""What a figure is about, where a sentence says so plainly: the thing, its attribute, its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evalkit.audit.text.figure import Figure
from evalkit.audit.text.sentence import Sentence

_NAME_WORD = r"[A-Z][\w!&’'+.-]*(?<![.])"
_LINK = r"(?:(?:voor|van|of|for|the|de|en|and|&)\s)?"
_NAME = rf"{_NAME_WORD}(?:\s{_LINK}(?:{_NAME_WORD}|\d\d?\b))*"
_KIND = r"(?:(?:programma|regeling|project|fonds|pact|programme|scheme|fund|project)\s)?"
_ARTICLE = rf"(?:(?:[Dd]e|[Hh]et|[Tt]he)\s)?{_KIND}"
_HAS = (
    r"(?:telt|telde|heeft|had|kent|kende|omvat|omvatte|bestaat uit|bestond uit|has|had|counts|"
    r"counted|comprises|comprised|consists of|consisted of)"
)
_IS = (
    r"(?:is|was|bedraagt|bedroeg|beloopt|beliep|amounts to|amounted to|came to|kwam uit op|"
    r"komt uit op)"
)
_MONEY = (
    r"(?:totaalbudget|budget|subsidieplafond|begroting|uitgaven|kosten|subsidie|fonds|investering|"
    r"total budget|expenditure|spending|costs?|grant)"
)
_SMALL = r"(?:\s(?:in totaal|momenteel|nu|een|in total|currently|over|circa|ruim))*\s*$"

_SUBJECT_HAS = re.compile(
    rf"(?:^|[,;:]\s|\b(?:en|and|dat|that)\s){_ARTICLE}(?P<name>{_NAME})\s{_HAS}{_SMALL}"
)
_INVERTED = re.compile(rf"^(?:\S+\s){{1,4}}{_HAS}\s{_ARTICLE}(?P<name>{_NAME}){_SMALL}")
_OF_SUBJECT = re.compile(rf"^\s(?:van|binnen|of|in)\s{_ARTICLE}(?P<name>{_NAME})")
_DEFINITE = re.compile(r"\b(?:de|het|alle|the|all)\s$", re.IGNORECASE)
_BUDGET_OF = re.compile(
    rf"\b(?P<what>{_MONEY})\s(?:van|voor|of|for)\s{_ARTICLE}(?P<name>{_NAME})\s(?:in\s\d{{4}}\s)?{_IS}{_SMALL}",
    re.IGNORECASE,
)
_HAS_BUDGET = re.compile(
    rf"{_ARTICLE}(?P<name>{_NAME})\s(?:heeft|had|kreeg|krijgt|kent|has|had|received|receives)\s(?:een|a)\s(?P<what>{_MONEY})\s(?:van|of){_SMALL}"
)
_FOR_BUDGET = re.compile(
    rf"\b(?:[Vv]oor|[Ff]or)\s{_ARTICLE}(?P<name>{_NAME})\s(?:is|was)\s(?:er\s|there\s)?(?:een|a)\s(?P<what>{_MONEY})\s(?:van|of){_SMALL}"
)
_NUMBER_OF = re.compile(
    rf"\b(?:[Hh]et aantal|[Tt]he number of)\s(?P<what>[\w -]{{3,60}}?)"
    rf"(?:\sin\s\d{{4}})?\s{_IS}{_SMALL}"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# Words that make another thing of it: a target, a beginning, a part, a stretch of time.
_TURNING = (
    r"doel\w* streef\w* streven ambitie\w* beoog\w* verwacht\w* raming\w* geraamd zal zullen "
    r"zou zouden moet\w* wil willen plan\w* gepland target\w* aim\w* goals? will would "
    r"expected planned should oorspronkelijk\w* aanvankelijk\w* inmiddels begin eind start\w* "
    r"initial\w* original\w* now nu currently momenteel thans later extra nieuwe? additional "
    r"new minimaal maximaal minstens opgeschaald uitgebreid expanded eerste tweede derde "
    r"vierde laatste first second third last gemiddeld\w* average mannen vrouwen men women "
    r"januari februari maart april mei juni juli augustus september oktober november december "
    r"kwartaal quarter helft half resterende overige remaining per voorstel\w* aanvra\w* "
    r"toegekend waarvan niet not jaarlijks\w* annual\w*"
)
_TURNS = re.compile(rf"\b(?:{'|'.join(_TURNING.split())}|tot en met)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure with what it is about.

    Attributes
    ----------
    about
        The thing, as the text names it.
    key
        The thing, the attribute, the unit, the years and the words that turn the meaning: claims
        with one key are about the same.
    """

    sentence: Sentence
    figure: Figure
    about: str
    key: tuple[object, ...]


def claims_of(sentence: Sentence) -> Iterator[Claim]:
    """Find the claims of a sentence that name their subject."""
    for figure in sentence.figures:
        if figure.kind == "fraction" or figure.upto is not None:
            continue
        if found := _about(sentence, figure):
            about, attribute = found
            years = frozenset(_YEAR.findall(sentence.text))
            named = re.search(_NAME_WORD, about) is not None
            if not named and not years:
                continue
            turns = turns_of(sentence.text)
            key = (_folded(about), attribute, figure.unit, figure.per, years, turns)
            yield Claim(sentence, figure, about, key)


def turns_of(text: str) -> frozenset[str]:
    """List the words that make another thing of a number: a target, a part, a stretch of time.

    Examples
    --------
    >>> sorted(turns_of("Het doel is 40 scholen per jaar."))
    ['doel', 'per']
    """
    return frozenset(word.lower() for word in _TURNS.findall(text))


def _about(sentence: Sentence, figure: Figure) -> tuple[str, str] | None:
    before = sentence.before(figure)
    if figure.unit in {"euro", "dollar", "pound"}:
        for pattern in (_BUDGET_OF, _HAS_BUDGET, _FOR_BUDGET):
            if found := pattern.search(before):
                return found["name"], _folded(found["what"]).removeprefix("totaal").removeprefix(
                    "total "
                )
        return None
    if found := _NUMBER_OF.search(before):
        return found["what"], "number"
    if figure.unit or not figure.noun:
        return None
    if found := _SUBJECT_HAS.search(before) or _INVERTED.search(before):
        return found["name"], figure.words
    if _DEFINITE.search(before) and (found := _OF_SUBJECT.match(sentence.after(figure))):
        return found["name"], figure.words
    return None


def _folded(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()
