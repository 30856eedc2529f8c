"""The cheapest next step: what would raise the level of this instrument."""

from __future__ import annotations

from collections.abc import Sequence

from evalkit.judgement.rules import Answer
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.sentence import Sentence, listing, put, same, wording
from evalkit.judgement.telling import reason
from evalkit.language.numbers import LANGUAGES
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument


def next_step(ruling: Ruling) -> Sentence:
    """Say what would raise the level.

    When caps hold the level below what the evidence would carry, lifting them is the step.
    Otherwise it is what the next rung asks, and after it what would lift the cap that holds next;
    on the top rung, what would make it firmer.
    """
    reading, level = ruling.reading, ruling.level
    if level < ruling.base:
        lifts = _lifting(ruling, level)
        if lifts is not None:
            return lifts
    goal = min(level + 1, reading.ladder.top)
    for step in reading.ladder.steps:
        if step.to == goal and (answer := reading.answer(step.when)).holds:
            return _then(reason(reading, "step", step.text, answer).text, ruling)
    return wording("verdict", "top") if level == reading.ladder.top else same("")


def _lifting(ruling: Ruling, level: int) -> Sentence | None:
    """Say what would lift the caps at a level."""
    lifts = [cap.step for cap, _ in ruling.caps if cap.level == level and cap.step is not None]
    told = [reason(ruling.reading, "step", one, Answer(True)).text for one in _distinct(lifts)]
    return {lang: " ".join(text[lang] for text in told) for lang in LANGUAGES} if told else None


def _then(step: Sentence, ruling: Ruling) -> Sentence:
    """Add what would lift the cap that holds once the step is taken."""
    above = [
        cap.level for cap, _ in ruling.caps if cap.level > ruling.level and cap.step is not None
    ]
    lifts = _lifting(ruling, min(above)) if above else None
    if lifts is None:
        return dict(step)
    more = {lang: text[:1].lower() + text[1:] for lang, text in lifts.items()}
    return put(
        wording("verdict", "then"), {"step": step, "level": same(str(min(above))), "more": more}
    )


def for_successor(step: Sentence, instrument: Instrument, case: Case) -> Sentence:
    """Say for whom a step still matters when the instrument has ended."""
    if instrument.status != "gestopt" or not any(step.values()):
        return step
    if not instrument.successor:
        return put(wording("verdict", "ended"), {"step": step})
    known = case.instruments
    names = [known[key].label if key in known else key for key in instrument.successor]
    slots = {"step": step, "next": listing([same(name) for name in names])}
    return put(wording("verdict", "ended_next" if len(names) == 1 else "ended_nexts"), slots)


def _distinct(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [s for index, s in enumerate(sentences) if s not in sentences[:index]]
