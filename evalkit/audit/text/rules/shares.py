"""Shares of a whole that do not make a hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import number, sum_of, told

CLOSED = re.compile(
    r"\b(?:verdeling|verdeeld|onderverdeeld|bestaa[tn] (?:voor|uit)|bestaande uit|opgebouwd|"
    r"uitgesplitst|samengesteld|consist(?:s|ed|ing)? of|made up of|divided|split|breakdown|"
    r"distribution|comprises|distributed)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:overige|overigen|resterende|resteren|rest|remaining|remainder|others?)\b[^.;\d]{0,40}$",
    re.IGNORECASE,
)
NESTED = re.compile(
    r"\b(?:waarvan|daarvan|hiervan|of which|of these|of whom|steeg|stegen|gestegen|daalde|gedaald|"
    r"groeide|gegroeid|toegenomen|afgenomen|nam toe|rose|fell|grew|increased|decreased|groei|"
    r"stijging|daling|meerdere antwoorden|multiple answers|respectievelijk|respectively|"
    r"procentpunt|per jaar|jaarlijks)\b",
    re.IGNORECASE,
)
_JOINT = re.compile(r"[,;)]|\b(?:en|and)\b", re.IGNORECASE)
HUNDRED = Span(Decimal(100), Decimal(100))


def find(document: Document) -> Iterator[AuditFinding]:
    """Find shares that are said to be all, and are not."""
    for sentence in document.all_sentences:
        shares = [f for f in sentence.figures if f.unit == "percent"]
        if len(shares) < 2 or NESTED.search(sentence.text) or not all(f.exact for f in shares):
            continue
        with_rest = bool(_REST.search(sentence.before(shares[-1])))
        closed = len(shares) > 2 and bool(CLOSED.search(sentence.before(shares[-1])))
        if not all(_JOINT.search(sentence.between(a, b)) for a, b in pairwise(shares)):
            continue
        if (with_rest or closed) and not fits(shares) and is_partition(shares):
            yield _finding(sentence, shares)


def fits(shares: Sequence[Figure]) -> bool:
    """Say whether shares can make a hundred, rounding allowed for."""
    return reduce(Span.__add__, (share.span for share in shares)).meets(HUNDRED)


def is_partition(shares: Sequence[Figure]) -> bool:
    """Say whether shares come near a hundred; far from it they were no parts of one whole."""
    return 80 <= sum(share.value for share in shares) <= 120


def _finding(sentence: Sentence, shares: Sequence[Figure]) -> AuditFinding:
    return told(
        "shares",
        "sentence",
        "error",
        [
            (sentence.place(shares[0]), sentence.quote(shares[0])),
            (sentence.place(shares[-1]), sentence.quote(shares[-1])),
        ],
        sum=sum_of([round(share.value, 1) for share in shares]),
        value=number(round(sum((s.value for s in shares), Decimal(0)), 1)),
    )
