"""Counts that are announced, and the things that are then listed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure
from evalkit.audit.text.lists import Listing, lists_of
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import told

# Things that are listed after being counted; compounds end in one of these.
_NOUNS = (
    "doelen doelstellingen subdoelen pijlers aanbevelingen adviezen lijnen hoofdlijnen domeinen "
    "sporen stappen onderdelen elementen thema's thema’s vragen redenen punten maatregelen "
    "factoren criteria "
    "instrumenten opgaven paden prioriteiten conclusies lessen categorieën typen types soorten "
    "fasen fases uitgangspunten invalshoeken kerninzichten inzichten knelpunten aspecten taken "
    "voorwaarden principes regio's regio’s landsdelen ministeries sectoren activiteiten projecten "
    "scenario's scenario’s "
    "deelvragen hoofdvragen oorzaken effecten acties edities groepen doelgroepen voorbeelden "
    "werkpakketten "
    "goals objectives pillars recommendations lines domains tracks steps parts elements themes "
    "questions reasons points measures factors criteria instruments challenges priorities "
    "conclusions lessons categories types kinds phases principles findings aspects tasks "
    "conditions regions ministries sectors activities projects scenarios actions groups strands "
    "workstreams examples barriers causes"
).split()
_HEAD = re.compile(rf"(?:{'|'.join(sorted(map(re.escape, _NOUNS), key=len, reverse=True))})$")
_LOOSE = re.compile(
    r"\b(?:onder (?:andere|meer)|o\.a\.|o\.m\.|bijvoorbeeld|bijv\.|waaronder|zoals|including|"
    r"such as|e\.g\.|among (?:them|others)|for example|met name|"
    r"vooral|etc\.?|enzovoort|et cetera|eerste|"
    r"laatste|first|last|meest|most|per|elk|ieder|each|every|van de|of the|één van|"
    r"one of)\b|…|\.\.\.",
    re.IGNORECASE,
)
_AFTER_NOUN = re.compile(
    r"^\s?(?:\(|[:–-]\s|\s?,?\s?(?:namelijk|te weten|namely)[:,]?\s)", re.IGNORECASE
)
_AND = re.compile(r"\s(?:en|and|of|or)\s", re.IGNORECASE)
_OTHER_THING = re.compile(r"\b(?:volgende|following|these|deze)\s(?P<noun>[\w’']+)", re.IGNORECASE)
_LONGEST = 5  # words of one thing in a sentence; longer ones have commas of their own
_MOST = 20
_CLOSE = 120  # letters between a count and the list that it announces


def find(document: Document) -> Iterator[AuditFinding]:
    """Find announcements that the list does not keep."""
    for listing in lists_of(document):
        yield from _block(listing)
    for sentence in document.all_sentences:
        for figure in sentence.figures:
            if _announces(figure):
                yield from _inline(sentence, figure)


def _announces(figure: Figure) -> bool:
    whole = figure.value == figure.value.to_integral_value()
    counted = not figure.unit and figure.exact and not figure.exponent and not figure.per
    return counted and whole and 2 <= figure.value <= _MOST and bool(_HEAD.search(figure.noun))


def _block(listing: Listing) -> Iterator[AuditFinding]:
    sentence = listing.lead[-1]
    counts = [f for f in sentence.figures if not f.unit and f.exact]
    if not listing.sure or len(counts) != 1 or not _announces(counts[0]):
        return
    count = counts[0]
    if _LOOSE.search(sentence.after(count)) or _other_thing(sentence, count):
        return
    listed = len(listing.items)
    # Far from the count, the list is of something else.
    apart = abs(listed - int(count.value))
    near = apart <= max(2, int(count.value) // 3) and len(sentence.after(count)) <= _CLOSE
    if apart == 0 or not near:
        return
    last = listing.items[-1]
    yield told(
        "listed",
        "block",
        "warning",
        [
            (sentence.place(count), sentence.quote(count)),
            (last.place(0), f"{last.marker} {_start(last.text)}"),
        ],
        announced=count.text,
        listed=listed,
    )


def _other_thing(sentence: Sentence, count: Figure) -> bool:
    """Say whether the list is of another thing than was counted: *de volgende knelpunten*."""
    found = _OTHER_THING.search(sentence.text)
    return found is not None and not count.words.endswith(found["noun"].lower())


def _start(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60].rsplit(' ', 1)[0]} …"


def _inline(sentence: Sentence, count: Figure) -> Iterator[AuditFinding]:
    after = sentence.after(count)
    opened = _AFTER_NOUN.match(after)
    if opened is None or _LOOSE.search(sentence.before(count)[-12:]):
        return
    rest = after[opened.end() :]
    text = rest.split(")")[0] if "(" in opened[0] else rest.rstrip(" .")
    if ("(" in opened[0] and ")" not in rest) or _LOOSE.search(text):
        return
    listed = _counted(text)
    if listed is not None and listed != count.value and abs(listed - count.value) <= 3:
        place = sentence.block.place(count.end + opened.end())
        yield told(
            "listed",
            "inline",
            "warning",
            [(sentence.place(count), sentence.quote(count)), (place, text.strip())],
            announced=count.text,
            listed=listed,
        )


def _counted(text: str) -> int | None:
    """Count the things of a row such as *a, b en c*; None when it can be counted two ways."""
    if re.search(r"[.:()\d–]|\s-\s", text):
        return None
    if ";" in text:
        return None if "," in text else len([part for part in text.split(";") if part.strip()])
    parts = [part.strip() for part in re.sub(r",\s(?:en|and)\s", " en ", text).split(",")]
    joints = [len(_AND.findall(f" {part} ")) for part in parts]
    if joints[-1] != 1 or any(joints[:-1]):
        return None
    things = [*parts[:-1], *_AND.split(parts[-1])]
    if any(not thing or len(thing.split()) > _LONGEST for thing in things):
        return None
    return len(things)
