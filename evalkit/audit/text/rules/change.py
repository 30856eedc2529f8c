"""Growth that the numbers beside it do not bear out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Figure, Span
from evalkit.audit.text.referring import joined, referring
from evalkit.audit.text.sentence import Sentence
from evalkit.audit.text.telling import amount, number, told

_FROM = re.compile(r"\b(?:van|from)(?:\s(?:de|het|een|the|a))?\s*$", re.IGNORECASE)
_TO = re.compile(r"^[^.;:]{0,50}?\b(?:naar|tot|to)(?:\s(?:de|het|een|the|a))?\s*$", re.IGNORECASE)
_UP_NOUN = r"stijging|toename|groei|verhoging|increase|rise|growth|gain"
_DOWN_NOUN = r"daling|afname|krimp|vermindering|verlaging|decrease|decline|drop|reduction|fall"
_UP = re.compile(
    rf"\b(?:{_UP_NOUN}|steeg|stegen|gestegen|groeide|groeiden|gegroeid|toegenomen|nam(?:en)?\s[^.;]*?\btoe|"
    r"verhoogd|rose|risen|grew|grown|increased|went up)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    rf"\b(?:{_DOWN_NOUN}|daalde|daalden|gedaald|kromp|gekrompen|afgenomen|nam(?:en)?\s[^.;]*?\baf|"
    r"verlaagd|fell|fallen|declined|decreased|dropped|shrank|went down)\b",
    re.IGNORECASE,
)
_CLAIM_BEFORE = re.compile(
    rf"(?:\b(?:{_UP_NOUN}|{_DOWN_NOUN})\b[^.;:\d]{{0,25}}|\b(?:met|by)\s|\(\s*)$", re.IGNORECASE
)
_CLAIM_AFTER = re.compile(
    rf"^\s*-?(?:{_UP_NOUN}|{_DOWN_NOUN}|meer|minder|hoger|lager|more|less|higher|lower)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"\b(?:{_UP_NOUN}|{_DOWN_NOUN})\s(?:van|of)\s*$", re.IGNORECASE)
_YEARLY = re.compile(
    r"\b(?:per jaar|jaarlijks\w*|gemiddeld\w*|per year|annual\w*|a year|on average|per maand)\b",
    re.IGNORECASE,
)
_TIMES: dict[str, int | str] = {
    "verdubbel": 2, "doubl": 2, "verdrievoudig": 3, "tripl": 3, "trebl": 3,
    "verviervoudig": 4, "quadrupl": 4, "gehalveerd": "0.5", "halveer": "0.5", "halv": "0.5",
}  # fmt: skip
_MULTIPLE = re.compile(
    r"(?:\b(?P<hedge>ruim|meer dan|bijna|more than|nearly|almost|well over)\s)?"
    r"\b(?P<stem>verdubbel|verdrievoudig|verviervoudig|gehalveerd|halveer|doubl|tripl|trebl|quadrupl|halv)"
    r"(?:d|de|den|t|ing|en|ed|es|ing)?\b",
    re.IGNORECASE,
)
_IT_IS = r"(?:dat|dit|that|this)\s(?:is|was|betekent|betekende|means|meant|represents)\s(?:dus\s)?"
_IS_CHANGE = re.compile(
    rf"{_IT_IS}(?:een|an?)\s(?:[a-z]+\s)?(?:{_UP_NOUN}|{_DOWN_NOUN})\s(?:van|of)\s", re.IGNORECASE
)
_IS_MULTIPLE = re.compile(
    rf"{_IT_IS}(?:(?:ruim|bijna|meer dan|more than|nearly|almost)\s)?(?:een|a)\s"
    r"(?:verdubbeling|verdrievoudiging|halvering|doubling|tripling|halving)[.!]?",
    re.IGNORECASE,
)
_ENDS = ("", ".", "!")
_SLACK = Decimal("0.12")  # "doubled" is said of 1.9 and of 2.2 times
_YEAR_NEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NO_AMOUNT = re.compile(
    r"\b(?:plaats|plek|positie|rang|rank|place|graden|degrees)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Move:
    """From one number to another."""

    start: Figure
    end: Figure

    @property
    def relative(self) -> Span:
        """Growth in percent that the two can stand for."""
        one, other = self.start.span, self.end.span
        return Span(100 * (other.low / one.high - 1), 100 * (other.high / one.low - 1))

    @property
    def points(self) -> Span:
        """Difference that the two can stand for."""
        one, other = self.start.span, self.end.span
        return Span(other.low - one.high, other.high - one.low)


def find(document: Document) -> Iterator[AuditFinding]:
    """Find growth and decline that cannot be so."""
    for sentence in document.all_sentences:
        moves = list(_moves(sentence))
        if len(moves) != 1 or _NO_AMOUNT.search(sentence.text):
            continue
        move = moves[0]
        claims = [f for f in sentence.figures if _is_claim(sentence, f, move)]
        if found := list(_direction(sentence, move)):
            yield from found
        elif len(claims) == 1 and not _YEARLY.search(sentence.text):
            yield from _claim(sentence, move, claims[0])
        yield from _multiple(sentence, move)
    for first, second in referring(document):
        yield from _carried_on(first, second)


def _carried_on(first: Sentence, second: Sentence) -> Iterator[AuditFinding]:
    """Read *… van 200 naar 250. Dat is een stijging van 20 procent.*"""
    both, moves = joined(first, second), list(_moves(first))
    if len(moves) != 1 or _NO_AMOUNT.search(both.text) or _YEARLY.search(both.text):
        return
    move = moves[0]
    if any(_is_claim(first, f, move) for f in first.figures) or _MULTIPLE.search(first.text):
        return
    if _IS_MULTIPLE.fullmatch(second.text):
        yield from _multiple(both, move)
    claims = [f for f in second.figures if f.unit in {"percent", "point"}]
    # What follows the number may name another base: "ten opzichte van 2019".
    ended = len(claims) == len(second.figures) == 1 and second.after(claims[0]).strip() in _ENDS
    if ended and _IS_CHANGE.fullmatch(second.before(claims[0])):
        yield from _claim(both, move, claims[0])


def _moves(sentence: Sentence) -> Iterator[_Move]:
    figures = sentence.figures
    for start, end in pairwise(figures):
        between = sentence.between(start, end)
        stated = _FROM.search(sentence.before(start)) and _TO.search(between)
        if _RANGE.search(sentence.before(start)) and not between.rstrip().endswith("naar"):
            continue  # "een daling van 15 tot 25 procent" is a range
        if stated and (move := _move(start.borrowing(end), end)):
            yield move
    named = [f for f in figures if not _looks_claimed(sentence, f)]
    if not any(_FROM.search(sentence.before(figure)) for figure in named):
        yield from _by_year(sentence)


def _by_year(sentence: Sentence) -> Iterator[_Move]:
    """Read *200 in 2020 en 260 in 2023, een groei van 20 procent*."""
    counts = [f for f in sentence.figures if f.unit != "point" and not _looks_claimed(sentence, f)]
    if len(counts) != 2 or len(sentence.figures) != 3:
        return
    start, end = counts
    years = [_year_after(sentence, start), _year_after(sentence, end)]
    if None not in years and years[0] != years[1]:
        ordered = (start, end) if str(years[0]) < str(years[1]) else (end, start)
        if move := _move(ordered[0].borrowing(ordered[1]), ordered[1].borrowing(ordered[0])):
            yield move


def _year_after(sentence: Sentence, figure: Figure) -> str | None:
    found = re.match(r"[^\d.;:]{0,40}?\bin ((?:19|20)\d\d)\b", sentence.after(figure))
    return None if found is None else found[1]


def _move(start: Figure, end: Figure) -> _Move | None:
    usable = start.exact and end.exact and start.like(end) and start.kind == end.kind != "fraction"
    return _Move(start, end) if usable and start.span.low > 0 and end.span.low > 0 else None


def _looks_claimed(sentence: Sentence, figure: Figure) -> bool:
    after, before = sentence.after(figure), sentence.before(figure)
    return bool(_CLAIM_AFTER.match(after) or _CLAIM_BEFORE.search(before))


def _is_claim(sentence: Sentence, figure: Figure, move: _Move) -> bool:
    if figure.unit not in {"percent", "point"} or figure.kind == "fraction":
        return False
    if figure.start in {move.start.start, move.end.start}:
        return False
    in_brackets = sentence.before(figure).rstrip(" +-−–").endswith("(")
    closed = bool(re.match(r"\s*\)", sentence.after(figure)))
    adjacent = in_brackets and closed and 0 <= figure.start - move.end.end <= 4
    claimed = _looks_claimed(sentence, figure) and not in_brackets
    return adjacent or claimed


def _direction(sentence: Sentence, move: _Move) -> Iterator[AuditFinding]:
    up, down = bool(_UP.search(sentence.text)), bool(_DOWN.search(sentence.text))
    rises, falls = move.points.low > 0, move.points.high < 0
    if up != down and ((up and falls) or (down and rises)):
        name = "not-up" if up else "not-down"
        yield told(
            "change", name, "error", _places(sentence, move, move.end),
            start=amount(move.start.value, move.start), end=amount(move.end.value, move.end),
        )  # fmt: skip


def _claim(sentence: Sentence, move: _Move, claim: Figure) -> Iterator[AuditFinding]:
    relative, points = _unsigned(move.relative), _unsigned(move.points)
    in_percent = move.start.unit == "percent"
    slots = {
        "start": amount(move.start.value, move.start),
        "end": amount(move.end.value, move.end),
        "claim": amount(claim.value, claim),
        "change": number(round(abs(100 * (move.end.value / move.start.value - 1)), 1)),
        "points": number(abs(move.end.value - move.start.value)),
    }
    places = _places(sentence, move, claim)
    if claim.unit == "point":
        if in_percent and not points.meets(claim.span):
            yield told("change", "points", "error", places, **slots)
    elif not relative.meets(claim.span):
        if in_percent and points.meets(claim.span):
            yield told("change", "points-not-percent", "warning", places, **slots)
        else:
            yield told("change", "percent", "error", places, **slots)


def _unsigned(span: Span) -> Span:
    return (
        span
        if span.low >= 0
        else Span(min(abs(span.low), abs(span.high)), max(abs(span.low), abs(span.high)))
    )


def _multiple(sentence: Sentence, move: _Move) -> Iterator[AuditFinding]:
    found = list(_MULTIPLE.finditer(sentence.text))
    alike = [f for f in sentence.figures if f.unit == move.end.unit and f.per == move.end.per]
    if len(found) != 1 or len(alike) > 2:
        return
    times = Decimal(_TIMES[found[0]["stem"].lower()])
    hedge = (found[0]["hedge"] or "").lower()
    one, other = move.start.span, move.end.span
    low, high = times * (1 - _SLACK), times * (1 + _SLACK)
    if hedge in {"bijna", "nearly", "almost"}:
        low, high = times * Decimal("0.8"), times
    elif hedge:
        low, high = (times, times * 2) if times > 1 else (Decimal(0), times)
    if not Span(other.low / one.high, other.high / one.low).meets(Span(low, high)):
        yield told(
            "change", "times", "error", _places(sentence, move, move.end),
            start=amount(move.start.value, move.start), end=amount(move.end.value, move.end),
            claim=found[0][0], times=number(round(move.end.value / move.start.value, 2)),
        )  # fmt: skip


def _places(sentence: Sentence, move: _Move, claim: Figure) -> list[tuple[str, str]]:
    if claim is move.end:
        claim = move.start
    return [
        (sentence.place(move.end), sentence.quote(move.start, move.end)),
        (sentence.place(claim), sentence.quote(claim)),
    ]
