"""Percentages that the two numbers beside them do not give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.referring import joined, referring
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import amount, number, told

_OF = re.compile(
    r"^(?:\s[\w-]+){0,3}?\s(?:van|of|out of)"
    r"(?:\s(?:de|het|alle|the|all|in totaal|a total of|onze|our))?"
    r"(?:\s(?:in totaal|ruim|circa))?\s*$",
    re.IGNORECASE,
)
_THAT_IS = (
    r"(?:oftewel|ofwel|dus|dat is|dit is|dat wil zeggen|goed voor|wat neerkomt op|neerkomt op|"
    r"that is|equivalent to|equal to|i\.e\.|or)"
)
_THEN = re.compile(rf"^[^.;:()]{{0,40}}?(?:\(\s*|[,–-]\s(?:of\s)?{_THAT_IS}\s)$", re.IGNORECASE)
_BEFORE = re.compile(r"^[^.;:()]{0,40}\(\s*$")
_CLOSES = re.compile(r"^\s*(?:\)|[,.;]|$|van\b|of the\b)")
_SHARE_OF = re.compile(
    r"^\s(?:van|of)\s(?:(?:het|de|the|alle|all)\s)?(?:[\w-]+\s){0,5}(?:(?:van|of)\s(?:de\s|the\s)?)?$",
    re.IGNORECASE,
)
_ALL_OF = re.compile(r"(?:\w+\s)?(?:van|of)\s(?:de|alle|the|all)\s", re.IGNORECASE)
_PARTED = re.compile(r"[.;:(]")
_THAT_IS_ALL = re.compile(
    r"(?:dat|dit|that|this)\s(?:is|was|zijn|waren|komt neer op|kwam neer op|comes to|amounts to)\s",
    re.IGNORECASE,
)
_ENDED = re.compile(r"\s*(?:[.!]|$)|\s(?:van het totaal|van alle \w+|of the total)\s*[.!]")
_APART = Decimal("3.5")  # points beyond their rounding before words and digits disagree
_HUNDRED = Decimal(100)
_TEN = Decimal(10)


def find(document: Document) -> Iterator[AuditFinding]:
    """Find percentages that cannot be so."""
    for sentence in document.all_sentences:
        figures = sentence.figures
        for at in range(len(figures) - 1):
            if found := _fraction(sentence, figures[at], figures[at + 1]):
                yield found
        for one, two, three in zip(figures, figures[1:], figures[2:], strict=False):
            found = _of_total(sentence, one, two, three) or _share_of(sentence, one, two, three)
            if found:
                yield found
    for first, second in referring(document):
        if found := _carried_on(first, second):
            yield found


def _carried_on(first: Sentence, second: Sentence) -> AuditFinding | None:
    """Read *Van de 200 scholen deden er 120 mee. Dat is 50 procent.*"""
    if len(first.figures) != 2 or len(second.figures) != 1:
        return None
    (one, two), (share,) = first.figures, second.figures
    if _ALL_OF.fullmatch(first.before(one)) and not _PARTED.search(first.between(one, two)):
        part, whole = two, one
    elif _OF.match(first.between(one, two)):
        part, whole = one, two
    else:
        return None
    plain = _THAT_IS_ALL.fullmatch(second.before(share)) and _ENDED.match(second.after(share))
    if share.unit != "percent" or not plain or not _comparable(part, whole):
        return None
    return _checked(joined(first, second), part, whole, share)


def _of_total(sentence: Sentence, one: Figure, two: Figure, three: Figure) -> AuditFinding | None:
    """Read *120 van de 200 scholen (60%)* and *60 procent (120 van de 200)*."""
    if found := _out_of(sentence, one, two, three):
        return found
    if three.unit == "percent" and _THEN.match(sentence.between(two, three)):
        part, whole, share = one, two, three
        ended = _CLOSES.match(sentence.after(three))
    elif one.unit == "percent" and _BEFORE.match(sentence.between(one, two)):
        part, whole, share = two, three, one
        ended = re.match(r"[^.;:()]{0,30}\)", sentence.after(three))
    else:
        return None
    part = part.borrowing(whole) if whole.unit else part
    if not ended or not _OF.match(sentence.between(part, whole)) or not _comparable(part, whole):
        return None
    return _checked(sentence, part, whole, share)


def _out_of(sentence: Sentence, one: Figure, two: Figure, three: Figure) -> AuditFinding | None:
    """Read *Van de 80 gemeenten hebben er 20 (25 procent) een loket*."""
    begun = _ALL_OF.fullmatch(sentence.before(one))
    bracketed = re.fullmatch(r"\s?\(", sentence.between(two, three))
    plain = re.fullmatch(r"[^.;:(),]{1,60}", sentence.between(one, two))
    share = three.unit == "percent" and sentence.after(three).startswith(")")
    if begun and bracketed and plain and share and _comparable(two, one):
        return _checked(sentence, two, one, three)
    return None


def _share_of(sentence: Sentence, one: Figure, two: Figure, three: Figure) -> AuditFinding | None:
    """Read *20 mln. euro, oftewel 38 procent van het budget van 60 mln. euro*."""
    if two.unit != "percent" or not one.unit or not _comparable(one, three):
        return None
    if not _THEN.match(sentence.between(one, two)):
        return None
    if not _SHARE_OF.match(sentence.between(two, three)):
        return None
    return _checked(sentence, one, three, two)


def _comparable(part: Figure, whole: Figure) -> bool:
    return (
        part.unit == whole.unit
        and part.unit not in {"percent", "point"}
        and part.per == whole.per
        and part.exact
        and whole.exact
        and 0 < part.value <= whole.value
    )


def _checked(sentence: Sentence, part: Figure, whole: Figure, share: Figure) -> AuditFinding | None:
    one, other = part.span, whole.span
    if other.low <= 0:
        return None
    possible = Span(_HUNDRED * one.low / other.high, _HUNDRED * one.high / other.low)
    # "Three out of four" is a manner of speaking; nine of the twelve were counted.
    spoken = share.kind == "fraction" or (part.kind == whole.kind == "word" and other.high <= _TEN)
    slack = Decimal(3) if spoken else Decimal(0)
    if possible.meets(share.span.wider(slack)):
        return None
    decimals = 1 if share.kind == "fraction" else max(0, -int(share.value.as_tuple().exponent)) + 1
    return told(
        "percentage",
        "of-total",
        "error",
        [
            (sentence.place(part), sentence.quote(part, whole)),
            (sentence.place(share), sentence.quote(share)),
        ],
        part=amount(part.value, part) if part.unit else part.value,
        whole=amount(whole.value, whole),
        true=number(round(_HUNDRED * part.value / whole.value, decimals)),
        claim=share.text,
    )


def _fraction(sentence: Sentence, one: Figure, two: Figure) -> AuditFinding | None:
    """Read *een kwart (35 procent)*."""
    if one.unit != two.unit or one.unit != "percent" or one.upto or two.upto:
        return None
    if (one.kind == "fraction") == (two.kind == "fraction"):
        return None
    bracketed = re.fullmatch(r"[^.;:(),]{0,25}\(\s*", sentence.between(one, two))
    if not bracketed or not sentence.after(two).startswith(")"):
        return None
    if one.span.wider(_APART).meets(two.span):
        return None
    words, share = (one, two) if one.kind == "fraction" else (two, one)
    return told(
        "percentage",
        "fraction",
        "error",
        [
            (sentence.place(one), sentence.quote(one)),
            (sentence.place(two), sentence.quote(two)),
        ],
        words=words.text,
        value=number(round(words.value, 1)),
        claim=share.text,
    )
