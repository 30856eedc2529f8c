"""What stays on one line: a sign or word with its number, a date, the last words of a paragraph.

Pairs are tied, and never a whole chain: of ``Kamerstukken II 2024/25, 29 544, nr. 1270`` the
dossier and the number hold together, and between those a line may still end.
"""

from __future__ import annotations

import re

_NO_BREAK = "\N{NO-BREAK SPACE}"
_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "January|February|March|May|June|July|August|October|November|December"
)
# Words that name a part of something by its number.
_NUMBERED = (
    "aanbeveling|appendices|appendix|artt?\\.|artikel(?:en)?|bijlagen?|blz\\.|box|ca\\.|chapters?|"
    "circa|deel|fase|figures?|figuren|figuur|hoofdstuk(?:ken)?|infoblok|jrg\\.|kader|lid|niveau|"
    "noot|nos?\\.|notes?|nrs?\\.|paragraaf|paragrafen|pijler|pp?\\.|punt|rung|sections?|spoor|"
    "stap|stb\\.|stcrt\\.|step|tabel(?:len)?|tables?|toelichting|trede|voetnoot|vol\\."
)
_UNITS = (
    "procent(?:punt(?:en)?)?|per cent|percent|miljoen|miljard|million|billion|mln\\.|mld\\.|"
    "euro|fte|km|%|PM"
)
_SIGNED = "(?:\ue00a\\d+\ue00b)?"  # a printed value may be signed: see values.py
_PAIRS = re.compile(
    rf"(?:(?<!\w)(?i:{_NUMBERED})|§)[ \n](?=\d|[A-Z]\d|[IVX]+\b|[A-Z]\b(?!\.\w))"
    rf"|(?<![\d.,])\d\d{_SIGNED}[ \n](?=\d{{3}}(?!\d))"
    rf"|(?<!\d)\d{{1,2}}{_SIGNED}[ \n](?=(?:{_MONTHS})\b)"
    rf"|\b(?:{_MONTHS})[ \n](?=(?:19|20)\d\d\b)"
    rf"|\d{_SIGNED}[ \n](?=(?:{_UNITS})(?!\w))"
    r"|€[ \n](?=\d)"
    r"|\bKamerstukken[ \n](?=I{1,2}\b)"
    r"|\w[ \n](?=(?:e\.a\.|c\.s\.|et al\.|\N{EN DASH}[ \n]))"
)
YEARS = re.compile(rf"(?<![^\s(‘“])(?:19|20)\d\d{_SIGNED}\u2013(?:19|20)\d\d(?!\d){_SIGNED}")
"""A range of years, which no line parts behind its dash, with the sign of a value behind it."""

_LAST = re.compile(r"([^ \n]*)[ \n]([^ \n]+)[ \n]*$")
_SHORT, _BOTH = 12, 24  # letters of a last word that would look lost, and of it and the one before


def tied(text: str) -> str:
    r"""Tie what belongs together in a text without markup.

    Examples
    --------
    >>> tied("Kamerstukken II 2024/25, 29 544, nr. 1270 van 12 maart").split(" ")
    ['Kamerstukken\xa0II', '2024/25,', '29\xa0544,', 'nr.\xa01270', 'van', '12\xa0maart']
    """
    return _PAIRS.sub(_tie, text)


def _tie(found: re.Match[str]) -> str:
    """Put a no-break space in the place of the space at hand; it stands last in what was found."""
    return f"{found[0][:-1]}{_NO_BREAK}"


def last_tied(text: str) -> str:
    r"""Tie a short last word to the one before it.

    Examples
    --------
    >>> last_tied("Van de regeling maakten veel minder bedrijven gebruik dan gedacht.")
    'Van de regeling maakten veel minder bedrijven gebruik dan\xa0gedacht.'
    """
    found = _LAST.search(text)
    if found is None or "<" in found[0]:  # markup holds words of its own
        return text
    if len(found[2]) > _SHORT or len(found[1]) + len(found[2]) > _BOTH:
        return text
    at = found.start(2)
    return f"{text[: at - 1]}{_NO_BREAK}{text[at:]}"
