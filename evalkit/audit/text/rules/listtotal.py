"""Lists of amounts or shares that do not make the total that was announced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.lists import Listing, lists_of
from evalkit.audit.text.rules.shares import CLOSED, NESTED, fits, is_partition
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import amount, number, sum_of, told

_TOTAL = re.compile(
    r"\b(?:in totaal|totaal|totale|gezamenlijke?|opgeteld|samen|tezamen|in total|total|altogether|"
    r"combined)\b|\btotaal\w+",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    r"\b(?:verdeeld|verdeling|onderverdeeld|uitgesplitst|bestaat uit|opgebouwd|divided|split|"
    r"broken down|breakdown|distributed|distribution|consists of|as follows|als volgt)\b",
    re.IGNORECASE,
)
_FAR = Decimal("0.25")


def find(document: Document) -> Iterator[AuditFinding]:
    """Find lists whose items do not make the total."""
    for listing in lists_of(document):
        if not listing.sure or len(listing.items) < 2:
            continue
        parts = _parts(listing)
        if parts is None:
            continue
        if parts[0][1].unit == "percent":
            yield from _shares(listing, parts)
        else:
            yield from _amounts(listing, parts)


_Parts = list[tuple[Sentence, Figure]]


def _parts(listing: Listing) -> _Parts | None:
    """Take the one figure of each item; None when an item has several, or they are unlike."""
    found: _Parts = []
    for sentences in listing.sentences:
        own = [(sentence, figure) for sentence in sentences for figure in sentence.figures]
        if len(own) != 1 or not own[0][1].exact:
            return None
        found += own
    first = found[0][1]
    alike = all(first.like(figure) for _, figure in found)
    labelled = all(figure.unit or figure.noun == first.noun for _, figure in found)
    return found if alike and labelled else None


def _shares(listing: Listing, parts: _Parts) -> Iterator[AuditFinding]:
    shares = [figure for _, figure in parts]
    lead = listing.lead[-1]
    if not CLOSED.search(lead.text) or fits(shares) or not is_partition(shares):
        return
    if any(NESTED.search(sentence.text) for sentence, _ in parts):
        return
    yield told(
        "shares",
        "list",
        "error",
        _places(parts),
        sum=sum_of([round(share.value, 1) for share in shares]),
        value=number(round(sum((s.value for s in shares), Decimal(0)), 1)),
    )


def _amounts(listing: Listing, parts: _Parts) -> Iterator[AuditFinding]:
    figures = [figure for _, figure in parts]
    found = _total(listing, figures)
    if found is None:
        return
    sentence, total = found
    together = reduce(Span.__add__, (figure.span for figure in figures))
    value = sum((figure.value for figure in figures), Decimal(0))
    if together.meets(total.span) or abs(value - total.value) > _FAR * total.value:
        return
    yield told(
        "total",
        "list",
        "error",
        [(sentence.place(total), sentence.quote(total)), *_places(parts)],
        total=amount(total.value, total),
        sum=sum_of([figure.value for figure in figures], total),
        value=amount(value, total),
    )


def _total(listing: Listing, figures: Sequence[Figure]) -> tuple[Sentence, Figure] | None:
    """Find the total that a list divides: in the sentence before it, or shortly before that."""
    lead = listing.lead[-1]
    own = [f for f in lead.figures if f.like(figures[0]) and f.exact]
    if len(own) == 1 and (_TOTAL.search(lead.text) or _DIVIDED.search(lead.text)):
        return lead, own[0]
    if own or not _DIVIDED.search(lead.text):
        return None
    for sentence in reversed(listing.lead[:-1][-2:]):
        like = [f for f in sentence.figures if f.like(figures[0]) and f.exact]
        if like:
            stated = len(like) == 1 and _TOTAL.search(sentence.text)
            return (sentence, like[0]) if stated else None
    return None


def _places(parts: _Parts) -> list[tuple[str, str]]:
    first, last = parts[0], parts[-1]
    return [(s.place(figure), s.quote(figure)) for s, figure in (first, last)]
