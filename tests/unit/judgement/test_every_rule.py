"""Every rule, kind and term of each ladder holds of some instrument and not of another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from evalkit.judgement.direction import concluded, strongest
from evalkit.judgement.judge import Judge
from evalkit.judgement.known import Known
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import ladder_names, load_ladder, scales
from evalkit.judgement.rules import Reading
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.score import read
from tests.unit.judgement.instrument_pool import case_of, instruments

LADDERS = {ladder.name: ladder for ladder in (*map(load_ladder, ladder_names()), *scales())}


def rules(ladder: Ladder) -> Iterator[str]:
    """Name every rule of a ladder: each sentence that it may print, and what its rules speak of."""
    for section in ("bases", "caps", "status", "notes"):
        yield from (f"{section}: {rule.id}" for rule in getattr(ladder, section))
    yield from (f"direction: {tier.evidence}" for tier in ladder.direction)
    yield from (f"steps: {n}, to {step.to}" for n, step in enumerate(ladder.steps))
    yield from (f"unmet: {base.id}" for base in ladder.bases if base.unmet is not None)
    yield from (f"kinds: {kind}" for kind in ladder.kinds)
    yield from (f"terms: {term}" for term in ladder.terms)
    if ladder.experience is not None:
        yield from (f"experience: {finding}" for finding in ladder.experience.text)
    if ladder.concluded is not None:
        yield from (f"concluded: {finding}" for finding in ladder.concluded.text)


def fired(reading: Reading) -> Iterator[str]:
    """Name the rules of a ladder that hold of one instrument."""
    ladder, ruling = reading.ladder, Ruling(reading)
    yield from (f"bases: {base.id}" for base, _ in ruling.bases)
    yield from (f"caps: {cap.id}" for cap, _ in ruling.caps)
    if ruling.status is not None:
        yield f"status: {ruling.status[0].id}"
    yield from (f"notes: {note.id}" for note in ladder.notes if reading.answer(note.when).holds)
    yield from (f"kinds: {kind}" for kind in ladder.kinds if reading.of(kind))
    yield from (f"terms: {t}" for t, when in ladder.terms.items() if reading.answer(when).holds)
    tier = strongest(reading)[1]
    if tier is not None:
        yield f"direction: {tier.evidence}"
    goal = min(ruling.level + 1, ladder.top)
    steps = enumerate(ladder.steps)
    held = (f"steps: {n}, to {s.to}" for n, s in steps if s.to == goal and _holds(reading, s))
    yield from [next(held)] if ruling.level == ruling.base and _any(reading, goal) else []
    judge = Judge(reading)
    told = {reason.rule for reason in judge.stage().reasons}
    yield from (f"unmet: {base.id}" for base in ladder.bases if f"{base.id}-unmet" in told)
    if ladder.experience is not None:
        yield f"experience: {judge.verdict().experience}"
    if ladder.concluded is not None:
        yield f"concluded: {concluded(reading)[0]}"


def _holds(reading, step):
    return reading.answer(step.when).holds


def _any(reading, goal):
    return any(step.to == goal and _holds(reading, step) for step in reading.ladder.steps)


@cache
def tally(name: str) -> tuple[Counter[str], int]:
    """Count on how many instruments of the pool each rule of a ladder fires."""
    counted: Counter[str] = Counter()
    number = 0
    for number, body in enumerate(instruments(), 1):  # noqa: B007
        case = case_of(body)
        counted.update(set(fired(read(Known(case.instruments["bon"], case), LADDERS[name]))))
    return counted, number


@pytest.mark.parametrize(
    ("ladder", "rule"), [(name, rule) for name, one in LADDERS.items() for rule in rules(one)]
)
def test_a_rule_fires_and_does_not(ladder, rule):
    counted, number = tally(ladder)
    assert 0 < counted[rule] < number
