"""Counts of all that a report is about, which differ from one place to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

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
    rf"\b(?:(?P<of>{_REPORT})\s{_HOLDS}|in\s(?P<within>{_REPORT}),?\s{_HELD}|{_WE}){_TOTAL}",
    re.IGNORECASE,
)
# "Er zijn dertien instrumenten beoordeeld."
_THERE = re.compile(r"^(?:er|in totaal)\s(?:zijn|worden)(?:\sin totaal)?\s$", re.IGNORECASE)
_DONE = re.compile(
    r"^(?:\sin totaal)?\s(?P<done>beoordeeld|onderzocht|geëvalueerd|besproken|behandeld|bekeken)\."
)
# What follows neither picks some of them out nor adds to them.
_WHOLE = re.compile(r"^\s?(?:[.,;:()]|$|waarvan\b|of which\b)")
_ALL = re.compile(r"\b(?:alle|all(?:\sthe)?)\s$", re.IGNORECASE)
# "Alle dertien instrumenten hebben": the verb comes at once.
_VERB = re.compile(
    r"^\s(?:zijn|worden|hebben|kennen|lopen|staan|komen|are|have|were|had|waren|hadden)\b"
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Count:
    """A count of all, and what it is a count of: the report, the mix, or nothing that is named."""

    sentence: Sentence
    figure: Figure
    whose: str


def find(document: Document) -> Iterator[AuditFinding]:
    """Find two counts of all instruments, goals or recommendations that differ.

    Both must be of the whole of the same report or mix. A smaller number may always be of some of
    them, also behind "alle" or "de"; a larger one behind "alle" cannot.
    """
    seen: dict[tuple[str, str], list[_Count]] = {}
    loose: list[_Count] = []
    for one in _counts(document):
        if not one.whose:
            loose.append(one)
            continue
        earlier = seen.setdefault((one.figure.noun, one.whose), [])
        if earlier and all(before.figure.value != one.figure.value for before in earlier):
            yield _finding(earlier[0], one)
        earlier.append(one)
    for one in loose:
        whole = [found for (things, _), held in seen.items() if things == one.figure.noun
                 for found in held]  # fmt: skip
        if whole and all(found.figure.value < one.figure.value for found in whole):
            yield _finding(whole[0], one)


def _counts(document: Document) -> Iterator[_Count]:
    for sentence in document.all_sentences:
        if sentence.block.kind not in {"prose", "item"} or _YEAR.search(sentence.text):
            continue
        for figure in sentence.figures:
            plain = not figure.unit and not figure.per and figure.words == figure.noun
            sure = plain and figure.exact and figure.value >= 2 and figure.noun in _THINGS
            if sure and not turns_of(sentence.before(figure)):
                whose = _whose(sentence.before(figure), sentence.after(figure))
                if whose is not None:
                    yield _Count(sentence, figure, whose)


def _whose(before: str, after: str) -> str | None:
    """Say of what all are counted; nothing when it may be of some of them."""
    done = _DONE.match(after)
    if done and _THERE.match(before):
        return "report" if done["done"] == "beoordeeld" else done["done"]
    found = _OF_REPORT.search(before)
    if found and (_WHOLE.match(after) or (done and found["within"])):
        named = (found["of"] or found["within"] or "").lower()
        return "mix" if "mix" in named else "report"
    return "" if _ALL.search(before) and _VERB.match(after) else None


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
