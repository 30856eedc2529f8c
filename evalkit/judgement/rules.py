"""Evaluating predicates: whether a condition holds, and by which evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import NamedTuple

from evalkit.judgement.facts import Fact
from evalkit.judgement.fit import fits
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.piece import Piece
from evalkit.judgement.predicate import (
    All,
    AnyOf,
    FactIs,
    Found,
    Not,
    Only,
    Predicate,
    TermHolds,
)
from evalkit.model.evidence import Direction

_Rule = Callable[[Iterable[bool]], bool]


class Answer(NamedTuple):
    """Whether a condition holds, and the ids of the evidence that made it so."""

    holds: bool
    evidence: frozenset[str] = frozenset()


class Reading:
    """One instrument as one ladder reads it.

    Parameters
    ----------
    ladder
        The rules.
    pieces
        The evidence, from :func:`evalkit.judgement.piece.pieces`.
    facts
        What else is known, from :func:`evalkit.judgement.facts.facts`.
    """

    def __init__(self, ladder: Ladder, pieces: Iterable[Piece], facts: Mapping[str, Fact]) -> None:
        self.ladder = ladder
        self.pieces = tuple(pieces)
        self.facts = facts

    def answer(self, predicate: Predicate) -> Answer:
        """Tell whether a condition holds."""
        match predicate:
            case FactIs(fact=name):
                fact = self.facts[name]
                return Answer(fact.holds, frozenset(fact.evidence) if fact.holds else frozenset())
            case TermHolds(term=name):
                return self.answer(self.ladder.terms[name])
            case Found():
                return self._found(predicate)
            case Only(only=kind, among=among):
                pool = self.of(among)
                return _answer(bool(pool) and set(pool) <= set(self.of(kind)), pool)
            case All(all=parts):
                return self._combined(parts, all)
            case AnyOf(any=parts):
                return self._combined(parts, any)
            case Not(negated=part):
                return Answer(not self.answer(part).holds)

    def _combined(self, parts: Iterable[Predicate], rule: _Rule) -> Answer:
        answers = [self.answer(part) for part in parts]
        if not rule(answer.holds for answer in answers):
            return Answer(False)
        held = (answer.evidence for answer in answers if answer.holds)
        return Answer(True, frozenset().union(*held))

    def _found(self, predicate: Found) -> Answer:
        pool = self.of(predicate.evidence)
        if not predicate.agree:
            return _answer(_tally(self[pool], predicate.distinct) >= predicate.at_least, pool)
        for finding in ("positive", "none", "negative"):
            camp = [key for key in pool if self._by_id[key].finds == finding]
            if _tally(self[camp], predicate.distinct) >= predicate.at_least:
                return _answer(True, camp)
        return Answer(False)

    def __getitem__(self, keys: Iterable[str]) -> list[Piece]:
        return [self._by_id[key] for key in keys]

    @cached_property
    def _by_id(self) -> dict[str, Piece]:
        return {piece.id: piece for piece in self.pieces}

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids of the evidence that is of a kind."""
        return self._kinds[kind]

    @cached_property
    def _kinds(self) -> dict[str, tuple[str, ...]]:
        # A kind uses only kinds that stand above it; see `check.faults`.
        found: dict[str, tuple[str, ...]] = {}
        for name, descriptions in self.ladder.kinds.items():
            found[name] = tuple(
                piece.id
                for piece in self.pieces
                if any(fits(piece, description, found) for description in descriptions)
            )
        return found


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


def _answer(holds: bool, keys: Iterable[str]) -> Answer:
    return Answer(holds, frozenset(keys) if holds else frozenset())


def _tally(pieces: Iterable[Piece], distinct: str | None) -> int:
    found = list(pieces)
    if distinct is None:
        return len(found)
    if distinct == "voice":
        return len({piece.voice for piece in found})
    return _separate([frozenset(piece.sources) for piece in found])


def _separate(groups: list[frozenset[str]]) -> int:
    """Count groups of sources that share none: two studies from one report are one source."""
    apart: list[frozenset[str]] = []
    for group in groups:
        touching = [other for other in apart if other & group]
        apart = [other for other in apart if not other & group]
        apart.append(group.union(*touching))
    return len(apart)
