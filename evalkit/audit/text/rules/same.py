"""Statements about the same thing that disagree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.claims import Claim, claims_of
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import told

# Words that change nothing about what a number says.
_NEUTRAL = frozenset(
    "de het een van in op te is zijn was waren werd werden wordt worden er aan bij met om en dat "
    "die dit deze ook al daarmee hiermee zo dus telt telde heeft had kent hebben hadden bedraagt "
    "bedroeg totaal ongeveer circa ruim bijna zo'n zo’n mln mld miljoen miljard euro procent namen "
    "nam mee deden deed the a an of to for on at by with and that this these there were been has "
    "have about around some nearly over million billion percent also thus total".split()
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_LEAST = 4  # words that two sentences must share before they are one sentence told twice
_LONG = 45


def find(document: Document) -> Iterator[AuditFinding]:
    """Find two places that give one thing two numbers."""
    told_once: set[tuple[str, str]] = set()
    sentences = [s for s in document.all_sentences if s.figures and _is_said(s)]
    for claims in _by_key([claim for s in sentences for claim in claims_of(s)]):
        for one, other in _clashes(claims):
            pair = one.sentence.place(one.figure), other.sentence.place(other.figure)
            if pair not in told_once:
                told_once.add(pair)
                yield _finding(one.sentence, one.figure, other.sentence, other.figure, one.about)
    for first, second in _twice(sentences):
        for figure, again in zip(first.figures, second.figures, strict=True):
            pair = first.place(figure), second.place(again)
            if not figure.span.meets(again.span) and pair not in told_once:
                told_once.add(pair)
                yield _finding(first, figure, second, again, "")


def _is_said(sentence: Sentence) -> bool:
    """Say whether it is a sentence, and no heading, footnote or caption."""
    said = sentence.block.kind in {"prose", "item"}
    return said and sentence.text.rstrip().endswith((".", ";", "!", "?"))


def _by_key(claims: Sequence[Claim]) -> list[list[Claim]]:
    found: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        found[claim.key].append(claim)
    return [group for group in found.values() if len(group) > 1]


def _clashes(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Set each later claim against the first that it does not go with."""
    for at, claim in enumerate(claims):
        for earlier in claims[:at]:
            if not earlier.figure.span.meets(claim.figure.span):
                yield earlier, claim
                break


def _twice(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence]]:
    """Find sentences that say the same with other numbers."""
    seen: dict[tuple[object, ...], Sentence] = {}
    for sentence in sentences:
        words = frozenset(_words(sentence))
        if len(words) < _LEAST or len(sentence.text.split()) > _LONG:
            continue
        if not any(word[:1].isupper() for word in sentence.text.split()[1:]):
            continue  # without a name, the same words may be said of two things
        shape = tuple((f.unit, f.noun, f.per, f.kind == "fraction") for f in sentence.figures)
        key = (words, tuple(_YEAR.findall(sentence.text)), shape)
        first = seen.setdefault(key, sentence)
        if first is not sentence and first.text != sentence.text:
            yield first, sentence


def _words(sentence: Sentence) -> Iterator[str]:
    for word in re.findall(r"[^\W\d_][\w’'!-]*", sentence.text):
        if word.lower() not in _NEUTRAL:
            yield word.lower()


def _finding(
    first: Sentence, one: Figure, second: Sentence, other: Figure, about: str
) -> AuditFinding:
    return told(
        "same",
        "named" if about else "sentence",
        "warning",
        [(first.place(one), first.quote(one)), (second.place(other), second.quote(other))],
        about=about,
        one=one.text,
        other=other.text,
    )
