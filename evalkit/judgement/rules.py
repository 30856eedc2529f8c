"""Evaluating predicates: whether a condition holds, and by which evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from evalkit.judgement.fact import Fact
from evalkit.judgement.facts import FACTS
from evalkit.judgement.fit import kinds_of
from evalkit.judgement.known import Known
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.piece import Piece
from evalkit.judgement.predicate import (
    All,
    AnyOf,
    Disagree,
    FactIs,
    Found,
    Not,
    Only,
    Predicate,
    TermHolds,
)
from evalkit.judgement.sentence import Sentence
from evalkit.model.evidence import Direction


class Answer(NamedTuple):
    """Whether a condition holds, and the ids of the evidence that made it so."""

    holds: bool
    evidence: frozenset[str] = frozenset()


_NO = Answer(False)


class Reading:
    """One instrument as one ladder reads it.

    Parameters
    ----------
    ladder
        The rules.
    pieces
        The evidence, from :func:`evalkit.judgement.piece.pieces`.
    known
        What else is known, from which facts are derived when a rule asks for them.
    """

    def __init__(self, ladder: Ladder, pieces: Iterable[Piece], known: Known) -> None:
        self.ladder = ladder
        self.known = known
        self.pieces = {piece.id: piece for piece in pieces}
        self._kinds = {key: kinds_of(one, ladder.kinds) for key, one in self.pieces.items()}
        self.words: dict[str, Sentence] = {}  # what sentences may say; see `telling.slots_of`
        self._whole: Reading | None = None
        self._members: dict[str, tuple[str, ...]] = {}
        self._facts: dict[str, Fact] = {}
        self._terms: dict[str, Answer] = {}

    def without(self, key: str) -> Reading:
        """Read the instrument as if one thing that speaks for or against it were not known."""
        other = Reading(self.ladder, (), self.known.without(key))
        other.pieces = {name: piece for name, piece in self.pieces.items() if name != key}
        other._whole = self
        return other

    def fact(self, name: str) -> Fact:
        """Derive a fact, once."""
        if name not in self._facts:
            self._facts[name] = FACTS[name](self.known)
        return self._facts[name]

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids of the evidence that is of a kind."""
        found = self._members.get(kind)
        if found is None:
            if self._whole is None:
                found = tuple(key for key, kinds in self._kinds.items() if kinds[kind])
            else:  # a piece is of a kind whatever else is known
                found = tuple(key for key in self._whole.of(kind) if key in self.pieces)
            self._members[kind] = found
        return found

    def __getitem__(self, keys: Iterable[str]) -> list[Piece]:
        return [self.pieces[key] for key in keys]

    def answer(self, predicate: Predicate) -> Answer:
        """Tell whether a condition holds."""
        match predicate:
            case FactIs(fact=name):
                fact = self.fact(name)
                return Answer(fact.holds, frozenset(fact.evidence) if fact.holds else frozenset())
            case TermHolds(term=name):
                if name not in self._terms:
                    self._terms[name] = self.answer(self.ladder.terms[name])
                return self._terms[name]
            case Found():
                return self._found(predicate)
            case Only(only=kind, among=among):
                pool = self.of(among)
                return _answer(bool(pool) and set(pool) <= set(self.of(kind)), pool)
            case Disagree():
                return self._disagree(predicate)
            case All(all=parts):
                return self._all(parts)
            case AnyOf(any=parts):
                return self._any(parts)
            case Not(negated=part):
                return Answer(not self.answer(part).holds)

    def _disagree(self, predicate: Disagree) -> Answer:
        """Find evidence that contradicts itself, or what a kind above it says with one voice."""
        pool = self.of(predicate.disagree)
        if predicate.against is None:
            return _answer(_apart(piece.finds for piece in self[pool]), pool)
        above = self.of(predicate.against)
        found = combine(piece.finds for piece in self[above])
        if found == "unknown" or _apart(piece.finds for piece in self[above]):
            return _NO
        others = (piece for piece in self[pool] if piece.id not in above)
        contrary = [piece.id for piece in others if _apart([found, piece.finds])]
        return _answer(bool(contrary), contrary)

    def _all(self, parts: Iterable[Predicate]) -> Answer:
        """Every part must hold, so the first that does not ends the matter."""
        evidence: frozenset[str] = frozenset()
        for part in parts:
            answer = self.answer(part)
            if not answer.holds:
                return _NO
            evidence |= answer.evidence
        return Answer(True, evidence)

    def _any(self, parts: Iterable[Predicate]) -> Answer:
        """Each part that holds gives its evidence, so all are asked."""
        held = [answer for part in parts if (answer := self.answer(part)).holds]
        return Answer(True, frozenset().union(*(a.evidence for a in held))) if held else _NO

    def _found(self, predicate: Found) -> Answer:
        pool = self.of(predicate.evidence)
        if len(pool) < predicate.at_least:
            return _NO
        if predicate.distinct is None and not predicate.agree:
            return Answer(True, frozenset(pool))
        if not predicate.agree:
            return _answer(_tally(self[pool], predicate.distinct) >= predicate.at_least, pool)
        for finding in ("positive", "none", "negative"):
            camp = [key for key in pool if self.pieces[key].finds == finding]
            if _tally(self[camp], predicate.distinct) >= predicate.at_least:
                return _answer(True, camp)
        return Answer(False)


def combine(findings: Iterable[Direction]) -> Direction:
    """Make one direction of several findings; none when nothing is known.

    Finding nothing and finding harm do not contradict each other about whether the instrument
    helps: together they say that it does not.

    Examples
    --------
    >>> combine(["positive", "unknown"]), combine(["positive", "none"]), combine(["none"])
    ('positive', 'mixed', 'none')
    """
    known = set(findings) - {"unknown"}
    if len(known) <= 1:
        return next(iter(known), "unknown")
    return "none" if known == {"none", "negative"} else "mixed"


def _apart(findings: Iterable[Direction]) -> bool:
    """Whether some findings point another way than others; one mixed finding is not two."""
    known = set(findings) - {"unknown"}
    return len(known) > 1 and combine(known) == "mixed"


def _answer(holds: bool, keys: Iterable[str]) -> Answer:
    return Answer(holds, frozenset(keys) if holds else frozenset())


def _tally(pieces: Iterable[Piece], distinct: str | None) -> int:
    found = list(pieces)
    if distinct is None:
        return len(found)
    if distinct == "voice":
        return _separate([frozenset(piece.voice) for piece in found])
    return _separate([frozenset(piece.sources) for piece in found])


def _separate(groups: list[frozenset[str]]) -> int:
    """Count groups of sources that share none: two studies from one report are one source."""
    apart: list[frozenset[str]] = []
    for group in groups:
        touching = [other for other in apart if other & group]
        apart = [other for other in apart if not other & group]
        apart.append(group.union(*touching))
    return len(apart)
