"""Parts in a sentence that do not make the total beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from itertools import pairwise

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.referring import joined, referring
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import amount, sum_of, told

# Words after which the parts are all the parts.
_CLOSED = re.compile(
    r"\b(?:verdeeld|onderverdeeld|bestaande uit|bestaa[tn] uit|opgebouwd uit|uitgesplitst|"
    r"te weten|namelijk|made up of|consist(?:s|ing) of|compris(?:es|ing)|divided|broken down|split|"
    r"namely)\b",
    re.IGNORECASE,
)
_COLON = re.compile(r"[^.;:(\[\"]{0,40}[:(][^.;:,\d]{0,30}")
# What is said of parts with these words may be true of one thing twice.
_OVERLAP = {"met", "zonder", "die", "dat", "with", "without", "that", "who", "having"}
_MOST = 12  # parts; longer rows of numbers in a sentence are no sum
_TOGETHER = re.compile(
    r"\b(?P<sure>samen|tezamen|opgeteld|bij elkaar|together|altogether|combined|adding up to|"
    r"optellend tot)\b|\b(?:in totaal|totaal van|in total|a total of)\b",
    re.IGNORECASE,
)
_AMONG = re.compile(
    r"^[^.;:]{0,60}?,?\s*\(?(?:waarvan|of which|of whom|van wie|onder wie)\b", re.IGNORECASE
)
_OPEN = re.compile(
    r"\b(?:onder (?:andere|meer)|o\.a\.|bijvoorbeeld|bijv\.|vooral|waaronder|including|such as|"
    r"zoals|among others|e\.g\.|mainly|rest|overige|resterende|remaining|remainder|others?|"
    r"zodat|waardoor|inmiddels|per saldo|minus|minder|na aftrek)\b",
    re.IGNORECASE,
)
_CONCERNS = re.compile(
    r"(?:het gaat|het ging|daarbij gaat het|dat zijn|dit zijn|these are|they are|these were)\b",
    re.IGNORECASE,
)
_TIME = {"jaar", "jaren", "year", "years", "maanden", "months", "weken", "weeks", "dagen", "days"}
_NEAR = Decimal("0.10")
_FAR = Decimal("0.25")


def find(document: Document) -> Iterator[AuditFinding]:
    """Find totals that their parts do not make."""
    for sentence in document.all_sentences:
        figures = [f for f in sentence.figures if f.unit not in {"percent", "point"}]
        if len(figures) > 1:
            yield from _stated_first(sentence, figures)
            yield from _stated_last(sentence, figures)
    for first, second in referring(document):
        yield from _carried_on(first, second)


def _carried_on(first: Sentence, second: Sentence) -> Iterator[AuditFinding]:
    """Read *Er waren 58 bedrijven. Het gaat om 28 bouwbedrijven en 30 ICT-bedrijven.*"""
    if not first.figures or not _CONCERNS.match(second.text) or _OPEN.search(second.text):
        return
    total, parts = first.figures[-1], second.figures
    kinds = bool(total.noun) and all(
        part.noun.endswith(total.noun) and part.noun != total.noun and not part.unit
        for part in parts
    )
    # Words after the last part may be about it alone, or name other parts.
    ended = bool(parts) and not re.search(r"\w", second.after(parts[-1]))
    exact = total.exact and all(part.exact for part in parts)
    alike = len(parts) > 1 and kinds and exact and ended and _parallel(second, parts)
    if alike and _misfit(total, parts):
        yield _finding(joined(first, second), total, parts, "parts", "error")


def _stated_first(sentence: Sentence, figures: Sequence[Figure]) -> Iterator[AuditFinding]:
    for at, total in enumerate(figures[:-1]):
        rest = [_in_unit_of(part, total) for part in figures[at + 1 :]]
        parts = [part for part in rest if _may_be_part(sentence, part, total)]
        parts = [part.borrowing(total) if total.exponent else part for part in parts]
        if not parts or not _one_kind(parts, total):
            continue
        after = sentence.after(total)
        lead = sentence.between(total, parts[0])
        if _AMONG.match(after) and _AMONG.match(f"{lead} "):
            yield from _among(sentence, total, parts)
            return
        closed = bool(_CLOSED.search(lead))
        if not closed and "(" in lead:
            end = sentence.block.text.find(")", parts[0].end)
            parts = [part for part in parts if part.end <= end]
        if (
            not 2 <= len(parts) <= _MOST
            or _OPEN.search(after)
            or not (closed or _COLON.fullmatch(lead))
        ):
            continue
        sure = closed or bool(_TOGETHER.search(sentence.before(total)[-40:]))
        if _misfit(total, parts) and (sure or _distance(total, parts) <= _FAR):
            yield _finding(sentence, total, parts, "parts", "error")
        return


def _stated_last(sentence: Sentence, figures: Sequence[Figure]) -> Iterator[AuditFinding]:
    total = figures[-1]
    lead = sentence.block.text[max(sentence.start, total.start - 30) : total.start]
    cue = _TOGETHER.search(f"{lead}{total.text}")
    before = [figure.borrowing(total) for figure in figures[:-1]]
    # What is as large as the total is no part of it; the parts come after it.
    larger = max((at for at, f in enumerate(before) if f.value >= total.value), default=-1)
    parts = [
        p for p in before[larger + 1 :] if _may_be_part(sentence, p, total) and _akin(p, total)
    ]
    if cue is None or len(parts) < 2 or len(parts) != len(before) - larger - 1:
        return
    if _OPEN.search(sentence.text) or sentence.between(figures[-2], total).count(",") > 1:
        return
    if _misfit(total, parts) and (cue["sure"] or _distance(total, parts) <= _FAR):
        yield _finding(sentence, total, parts, "parts", "error")


def _among(sentence: Sentence, total: Figure, parts: Sequence[Figure]) -> Iterator[AuditFinding]:
    """Judge parts after *waarvan*, which need not be all of them."""
    first = parts[0]
    if (
        first.span.low > total.span.high
        and _akin(first, total)
        and total.hedge not in {"least", "plus"}
    ):
        yield _finding(sentence, total, [first], "larger", "error")
        return
    if (
        len(parts) < 2
        or not _parallel(sentence, parts)
        or _OPEN.search(sentence.text)
        or not _misfit(total, parts)
    ):
        return
    if _distance(total, parts) <= _NEAR:
        yield _finding(sentence, total, parts, "among", "warning")


def _parallel(sentence: Sentence, parts: Sequence[Figure]) -> bool:
    """Say whether parts are built alike: *40 in het mbo en 50 in het hbo*, *3 man en 2 vrouw*."""
    counted = all(part.noun for part in parts) and all(
        re.fullmatch(r"(?:\s[\w-]+)?\s*(?:,|en|and)\s*", sentence.between(one, other))
        for one, other in pairwise(parts)
    )
    openings = {_opening(sentence, part) for part in parts}
    return counted or (len(openings) == 1 and not openings & _OVERLAP)


def _opening(sentence: Sentence, part: Figure) -> str:
    """Give the word after a part."""
    return (sentence.after(part).split() or [""])[0].lower().strip(",.")


def _in_unit_of(part: Figure, total: Figure) -> Figure:
    """Read *1,5 mln.* beside *8 mln. euro* as euros."""
    bare = part.exponent > 0 and not part.unit and not part.noun
    return replace(part, unit=total.unit) if bare else part


def _may_be_part(sentence: Sentence, part: Figure, total: Figure) -> bool:
    names_list = sentence.after(part).startswith(":")
    return (
        part.unit == total.unit
        and part.per == total.per
        and part.exact
        and part.noun not in _TIME
        and not names_list
        and total.noun not in _TIME
    )


def _akin(part: Figure, total: Figure) -> bool:
    if total.unit:
        return True
    one, other = part.noun, total.noun
    return not one or not other or one.endswith(other) or other.endswith(one)


def _one_kind(parts: Sequence[Figure], total: Figure) -> bool:
    return bool(total.unit) or all(part.exponent == total.exponent for part in parts)


def _sum(parts: Sequence[Figure]) -> Decimal:
    return sum((part.value for part in parts), Decimal(0))


def _misfit(total: Figure, parts: Sequence[Figure]) -> bool:
    together = reduce(Span.__add__, (part.span for part in parts))
    return not together.meets(total.span)


def _distance(total: Figure, parts: Sequence[Figure]) -> Decimal:
    return abs(_sum(parts) - total.value) / max(total.value, Decimal("1e-9"))


def _finding(
    sentence: Sentence, total: Figure, parts: Sequence[Figure], name: str, severity: str
) -> AuditFinding:
    places = [
        (sentence.place(total), sentence.quote(total)),
        (sentence.place(parts[0]), sentence.quote(*parts)),
    ]
    return told(
        "total",
        name,
        "error" if severity == "error" else "warning",
        places,
        total=amount(total.value, total),
        sum=sum_of([part.value for part in parts], total),
        value=amount(_sum(parts), total),
    )
