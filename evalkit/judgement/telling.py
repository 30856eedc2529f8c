"""Turning an answer of the rules into a reason: the sentence, its sources and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from evalkit.judgement.facts import FACTS
from evalkit.judgement.reason import Reason
from evalkit.judgement.rules import Answer, Reading
from evalkit.judgement.sentence import Sentence, count, fill, listing, same
from evalkit.language.called import as_called
from evalkit.language.numbers import Language


def reason(
    reading: Reading,
    rule: str,
    sentence: Mapping[Language, str],
    answer: Answer,
    more: Mapping[str, Sentence] | None = None,
) -> Reason:
    """Make the reason that a rule prints when it holds."""
    evidence = tuple(sorted(answer.evidence))
    slots = {**slots_of(reading), **_sources(reading, evidence), **(more or {})}
    return Reason(rule=rule, text=fill(as_called(sentence), slots), evidence=evidence)


def slots_of(reading: Reading) -> dict[str, Sentence]:
    """Gather the words that facts offer to sentences, once for an instrument on all its scales."""
    if not reading.known.told:
        for name in FACTS:
            reading.known.told.update(reading.fact(name).words())
    if not reading.words:
        reading.words.update(reading.known.told)
        reading.words["shelf_life"] = count(reading.ladder.shelf_life)
        reading.words["comparison"] = _comparison(reading)
    return reading.words


def _sources(reading: Reading, evidence: tuple[str, ...]) -> dict[str, Sentence]:
    found = reading[[key for key in evidence if key in reading.pieces]]
    cited = (name for piece in found for name in piece.cited)
    speakers = (name for piece in found for name in piece.speakers)
    return {"source": _listed(cited), "speakers": _listed(speakers)}


def _listed(names: Iterable[str]) -> Sentence:
    return same("; ".join(sorted(set(names), key=_by_year)))


def _by_year(name: str) -> tuple[str, str]:
    head, _, year = name.rpartition(", ")
    return (year, head) if year.isdigit() else ("", name)


def _comparison(reading: Reading) -> Sentence:
    """The comparison group that lies at hand: one that a study had, or that fits the type."""
    had = sorted({one.comparison for one in reading.known.evidence.values() if one.comparison})
    if had:
        return listing([same(text) for text in had], 2)
    return dict(reading.ladder.comparisons.get(reading.known.instrument.type, same("")))
