"""Turning an answer of the rules into a reason: the sentence, its sources and its evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evalkit.judgement.facts import Fact
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.rules import Answer, Reading
from evalkit.judgement.sentence import Sentence, count, fill, listing, same
from evalkit.judgement.verdict import Reason
from evalkit.language.numbers import Language
from evalkit.model.instrument import Instrument


def reason(
    reading: Reading,
    rule: str,
    sentence: Mapping[Language, str],
    answer: Answer,
    more: Mapping[str, Sentence] | None = None,
) -> Reason:
    """Make the reason that a rule prints when it holds."""
    evidence = tuple(sorted(answer.evidence))
    slots = {**slots_of(reading), "source": _sources(reading, evidence), **(more or {})}
    return Reason(rule=rule, text=fill(sentence, slots), evidence=evidence)


def slots_of(reading: Reading) -> dict[str, Sentence]:
    """Gather the words that facts offer to sentences."""
    slots = {name: text for fact in reading.facts.values() for name, text in fact.slots.items()}
    return {**slots, "shelf_life": count(reading.ladder.shelf_life)}


def _sources(reading: Reading, evidence: tuple[str, ...]) -> Sentence:
    known = {piece.id for piece in reading.pieces}
    found = reading[[key for key in evidence if key in known]]
    names = {name for piece in found for name in piece.cited}
    return same("; ".join(sorted(names, key=_by_year)))


def _by_year(name: str) -> tuple[str, str]:
    head, _, year = name.rpartition(", ")
    return (year, head) if year.isdigit() else ("", name)


def with_comparison(
    facts: Mapping[str, Fact], instrument: Instrument, ladder: Ladder
) -> dict[str, Fact]:
    """Add the comparison group that lies at hand: one that a study had, or that fits the type."""
    had = sorted({e.comparison for e in instrument.evidence.values() if e.comparison})
    if had:
        group = listing([same(text) for text in had], 2)
    else:
        group = dict(ladder.comparisons.get(instrument.type, {"nl": "", "en": ""}))
    fact = facts["outcome_measured"]
    slots = {**fact.slots, "comparison": group}
    return {**facts, "outcome_measured": replace(fact, slots=slots)}
