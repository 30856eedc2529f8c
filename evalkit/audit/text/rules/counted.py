"""Counts of all that a report is about, which differ from one place to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.claims import turns_of
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import told

# What a report has a number of that holds from the first page to the last.
_THINGS = frozenset(
    "instrumenten beleidsinstrumenten maatregelen regelingen aanbevelingen conclusies doelen "
    "doelstellingen beleidsdoelen pijlers actielijnen deelvragen hoofdvragen onderzoeksvragen "
    "evaluatievragen instruments measures schemes recommendations conclusions goals objectives "
    "pillars questions".split()
)
_REPORT = (
    r"(?:(?:dit|het) (?:evaluatie)?rapport|(?:deze|de) (?:evaluatie|beleidsdoorlichting|"
    r"doorlichting|studie|rapportage)|dit onderzoek|de (?:beleids)?mix|"
    r"(?:this|the) (?:report|evaluation|study|review)|the policy mix)"
)
_HOLDS = (
    r"(?:behandelt|bespreekt|beoordeelt|onderzoekt|evalueert|omvat|omvatte|telt|telde|bevat|kent|"
    r"bestaat uit|gaat over|covers?|discusses|assesses|examines|evaluates|comprises|contains|has|"
    r"consists of|is about)"
)
_HELD = r"(?:worden|zijn|komen|staan|are|we (?:discuss|assess|examine|evaluate))"
_WE = (
    r"\bwe\s(?:assess|evaluate|examine|discuss)|\b(?:wij|we)\s(?:beoordelen|onderzoeken|"
    r"evalueren|bespreken|behandelen)"
)
_TOTAL = r"(?:\s(?:in totaal|de|alle|in total|the|all))?\s$"
_OF_REPORT = re.compile(
    rf"\b(?:{_REPORT}\s{_HOLDS}|in\s{_REPORT},?\s{_HELD}|{_WE}){_TOTAL}", re.IGNORECASE
)
# "Er zijn dertien instrumenten beoordeeld."
_THERE = re.compile(r"^(?:er|in totaal)\s(?:zijn|worden)(?:\sin totaal)?\s$", re.IGNORECASE)
_DONE = re.compile(
    r"^(?:\sin totaal)?\s(?:beoordeeld|onderzocht|geëvalueerd|besproken|behandeld|bekeken)\.$"
)
_DEFINITE = re.compile(
    r"\b(?:(?P<all>alle|all(?:\sthe)?)|(?P<the>de|onze|the|our))\s$", re.IGNORECASE
)
_IN_REPORT = re.compile(rf"^\s(?:in|van|uit|of)\s{_REPORT}\b", re.IGNORECASE)
# What follows picks some of them out: "de twee instrumenten van SZW".
_SOME = re.compile(
    r"^\s(?:die|dat|met|van|uit|in|bij|voor|door|zonder|onder|op|tussen|binnen|over|waar\w*|that|"
    r"which|with|without|of|from|in|for|by|under|on|between|within|where)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_VAN = re.compile(r"^\s(?:van|of)\s", re.IGNORECASE)
How = Literal["report", "all", "the", "some"]


@dataclass(frozen=True, slots=True)
class _Count:
    """A count with how it is meant: of the report, of all of them, or of some."""

    sentence: Sentence
    figure: Figure
    how: How

    @property
    def whole(self) -> bool:
        return self.how in ("report", "all")


def find(document: Document) -> Iterator[AuditFinding]:
    """Find two counts of all instruments, goals or recommendations that differ.

    One of the two must say that it is of all of them. A number that was first given to some of
    them may well be taken up later, and so may one that is half as large or less.
    """
    seen: dict[str, list[_Count]] = {}
    some: dict[str, set[Decimal]] = {}
    for one in _counts(document):
        things, value = one.figure.noun, one.figure.value
        if one.how == "some":
            some.setdefault(things, set()).add(value)
            continue
        if one.how != "report" and value in some.get(things, ()):
            continue
        earlier = seen.setdefault(things, [])
        other = next((before for before in earlier if _clash(before, one)), None)
        if other is not None and all(before.figure.value != value for before in earlier):
            yield _finding(other, one)
        earlier.append(one)


def _counts(document: Document) -> Iterator[_Count]:
    for sentence in document.all_sentences:
        if sentence.block.kind not in {"prose", "item"}:
            continue
        for figure in sentence.figures:
            plain = not figure.unit and not figure.per and figure.noun in _THINGS
            if not plain and _VAN.match(sentence.after(figure)):
                yield from (_Count(sentence, part, "some") for part in _parts(sentence, figure))
            elif plain and figure.exact and figure.value >= 2:
                yield _Count(sentence, figure, _how(sentence, figure))


def _parts(sentence: Sentence, figure: Figure) -> Iterator[Figure]:
    """Give "acht" of "acht van de dertien instrumenten" as a count of instruments."""
    whole = next((one for one in sentence.figures if one.start > figure.start), None)
    if whole is not None and whole.noun in _THINGS and not figure.unit:
        yield replace(figure, noun=whole.noun)


def _how(sentence: Sentence, figure: Figure) -> How:
    before, after = sentence.before(figure), sentence.after(figure)
    own = figure.words == figure.noun and not _YEAR.search(sentence.text)
    if not own or turns_of(sentence.text):
        return "some"
    if _OF_REPORT.search(before) or (_THERE.match(before) and _DONE.match(after)):
        return "report"
    found = _DEFINITE.search(before)
    if found is None or not (found["all"] or found["the"]):
        return "some"
    if _IN_REPORT.match(after):
        return "report"
    if _SOME.match(after):
        return "some"
    return "all" if found["all"] else "the"


def _clash(one: _Count, other: _Count) -> bool:
    small, large = sorted((one.figure.value, other.figure.value))
    return (one.whole or other.whole) and small != large and 2 * small > large


def _finding(one: _Count, other: _Count) -> AuditFinding:
    return told(
        "counted",
        "same",
        "warning",
        [(count.sentence.place(count.figure), count.sentence.quote(count.figure))
         for count in (one, other)],
        things=one.figure.noun,
        one=one.figure.text,
        other=other.figure.text,
    )  # fmt: skip
