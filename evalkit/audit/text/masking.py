"""Digits that are no quantities: dates, references, section numbers, links, names."""

from __future__ import annotations

import re

_MONTHS = (
    "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october|"
    "jan|feb|mrt|apr|jun|jul|aug|sept?|okt|oct|nov|dec"
)
# What is numbered, so that the number names it and counts nothing.
_NUMBERED = (
    "artikel|artikelen|art|lid|onderdeel|hoofdstuk|hoofdstukken|paragraaf|paragrafen|par|sectie|"
    "bijlage|bijlagen|tabel|tabellen|figuur|figuren|grafiek|kader|box|infoblok|noot|voetnoot|"
    "pijler|fase|stap|spoor|lijn|actielijn|werkpakket|niveau|trede|tranche|pagina|pag|blz|p|pp|"
    "nr|nummer|deel|versie|variant|scenario|groep|categorie|cluster|vraag|doel|maatregel|regel|"
    "article|articles|section|sections|chapter|chapters|annex|appendix|table|tables|figure|"
    "figures|fig|note|footnote|pillar|phase|step|track|level|rung|page|pages|no|number|part|"
    "version|option|group|category|question|goal|objective|target|measure|line|vol|volume|issue|"
    "directive|regulation|richtlijn|verordening|kamerstuk|kamerstukken|stb|stcrt|klasse|schaal|"
    "class|grade|leerjaar|plaats|plek|positie|rang|rank|place"
)
_YEAR = r"(?:1[89]\d\d|20\d\d|21\d\d)"
_SOLE = r"(?<![\w.,€$£%])"
# A year that is followed by one of these is an amount after all: ``2000 euro``.
_MEASURES = "%|procent|percent|mln|mld|miljoen|miljard|million|billion|euro"
_NO_UNIT = rf"(?!\s?(?:{_MEASURES}|fte|km|ha\b|hectare|€(?!\s?\d)))"
_PATTERNS = [
    r"(?:https?://|www\.)\S+|\b\S+@\S+\.\w+|\b10\.\d{4,}/\S+",
    r"\[(?:footnoteRef|bookmark)?[^\]]{0,12}\d+\]|\[footnoteRef:\d+\]|\[\d+:",
    # dates, with and without a month in words
    (
        r"\b\d{1,2}(?:\s?(?:e|st|nd|rd|th))?(?:\s(?:en|tot|and|to|[-–])\s\d{1,2})?"
        rf"\s(?:{_MONTHS})(?![a-z])(?:\d{{1,2}}(?!\d))?\.?(?:\s{_YEAR}(?:\.?\d{{1,2}}(?=[\s)]|$))?)?"
    ),
    rf"\b(?:{_MONTHS})\s\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s{_YEAR})?(?![\d.,%]\d|\s?%)",
    r"\b\d{1,2}[-/]\d{1,2}[-/](?:\d{4}|\d{2})\b|\b\d{4}-\d{2}-\d{2}\b",
    r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\b|\b\d{1,2}[:.]\d{2}\s(?:uur|hours|[ap]m)\b",
    # marks of footnotes after a year, numbers of notes and headings, numbers of papers
    r"\b(?:19|20)\d\d\.?\d{1,2}(?=[\s)]|$)",
    r"(?-i:(?:^|(?<=[.?!)] ))(?:\d{1,3}(?:\.\d{1,2})*[.:]?\s){1,2}(?=[A-Z(À-Þ]))",
    r"\b(?:[A-Z]+)?\d+-\d{3,}\b(?=[\s.,]|$)(?<=\d{5})|\b(?:pagina|page)\s\d+\s(?:van|of)\s\d+",
    # parliamentary papers and official journals
    r"\bKamerstuk(?:ken)?\b[^.;)\]]*?(?:nr\.?\s?\S+|$)(?:[,.]\s?(?:p|blz)\.\s?\d+)?",
    r"\b(?:Stcrt|Stb|Trb|PbEU|OJ)\.?\s[^.;)]*\d+",
    (
        rf"\b(?:{_NUMBERED})(?:\.|\s|\.\s)(?:[A-Z]\.?)?\d+(?:[.,]\d+)*[a-z]?"
        r"(?:\s?(?:t/m|tot en met|en|of|and|to|or|[-–,])\s?\d+(?:\.\d+)*[a-z]?)*"
        rf"(?![\d%])(?!\s?(?:{_MEASURES}))"
    ),
    # school years, ranges of years, years
    rf"{_SOLE}['’]?{_YEAR}\s?[-–/]\s?['’]?(?:{_YEAR}|\d{{2}})(?![\w%])",
    rf"{_SOLE}{_YEAR}(?![\w%]|[.,]\d|[-–]\d){_NO_UNIT}",
    r"['’]\d{2}\b",
    r"\bjaren\s(?:\w+)\b|\b(?:19|20)\d0s\b",
    # ordinals, version numbers, names with digits
    r"\b\d+(?:e|de|ste|st|nd|rd|th)(?:[-\s]|\b)",
    r"\b\d+\.\d+\.\d+(?:\.\d+)*\b|\bv\d+(?:\.\d+)*\b|§+\s?\d+(?:\.\d+)*",
    r"\b(?:[A-Z][A-Za-z]*|[a-z]+)[-/]?\d[\w./-]*",
    r"\b\d+[-/][A-Za-z]\w*|\b\d+(?:[.,]\d+)?%-\w+",
    r"(?-i:\b(?:COVID|ISO|NEN|EN|ICD|PISA|SDG|Horizon|Web|Industrie|Industry|Studio|Studiegids|Agenda|Visie|Strategy|Strategie|Top)[\s-]\d+(?:\.\d+)?(?:\s&\s\d+(?:\.\d+)?)?)",
    r"(?-i:\b[A-Z]{2,6}\s\d{1,5}(?=\s[A-Z]|[.,;)](?!\d)|$))",
    r"\(\d{1,2}\)(?=\s\w)",
    r"\(\d{1,3}\s(?:t/m|tot en met|to)\s\d{1,3}\)",  # rows of a table: "(1 t/m 16)"
    r"(?-i:\b\d{1,2}\.\d\s(?=[A-Z]\w+:\s))",  # a section: "3.9 NGF: opschalen"
    # a row of a table, or the axis of a figure, that was run into a sentence
    r"(?<![\w.,])[-−]?\d+(?:[.,]\d+)*%?(?:\s+[-−]?\d+(?:[.,]\d+)*%?){2,}(?![\w/%]|[.,]\d)",
    r"\bCO\s?2\b|\b2\s-uitstoot\b",
    r"\bin acht\b|\bacht te (?:nemen|slaan)\b",
    r"\b\d{2}\s\d{3}-\d{1,3}\b",
    r"\s\|\s\d{1,3}$",
]
# None of them begins inside a word; to say so first saves trying them all at every letter.
_MASK = re.compile(
    r"(?!\B\w)(?:" + "|".join(f"(?:{pattern})" for pattern in _PATTERNS) + ")", re.IGNORECASE
)


def masked(text: str) -> str:
    """Blank out what is no quantity, letter for letter, so that places stay.

    Examples
    --------
    >>> masked("In 2023 kregen 40 scholen steun (tabel 3.1).").split()
    ['In', 'kregen', '40', 'scholen', 'steun', '(', ').']
    """
    return _MASK.sub(_blank, text)


def _blank(found: re.Match[str]) -> str:
    return "\N{NO-BREAK SPACE}" * len(found[0])
