"""Applying the rules of a ladder to one instrument, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.errors import EvalkitError
from evalkit.judgement.direction import experience, settle
from evalkit.judgement.ladder import Base, Cap, Rung, Status
from evalkit.judgement.rules import Answer, Reading
from evalkit.judgement.sentence import Sentence, fill, put, same, wording
from evalkit.judgement.step import next_step
from evalkit.judgement.telling import reason
from evalkit.judgement.verdict import Reason, Verdict
from evalkit.model.evidence import Direction
from evalkit.model.instrument import Instrument, Override


class Judge:
    """Applies the rules of a ladder to one instrument, section by section."""

    def __init__(self, reading: Reading, instrument: Instrument, key: str) -> None:
        self.reading = reading
        self.ladder = reading.ladder
        self.instrument = instrument
        self.key = key
        self.base = self._base()
        self.caps = [(cap, answer) for cap in self.ladder.caps if (answer := self._ask(cap)).holds]
        self.derived = min([self.base, *(cap.level for cap, _ in self.caps)])
        self.status = next(
            ((rule, answer) for rule in self.ladder.status if (answer := self._ask(rule)).holds),
            None,
        )

    def _ask(self, rule: Base | Cap | Status) -> Answer:
        return self.reading.answer(rule.when)

    def _base(self) -> int:
        """The highest rung that is reached without skipping one: requirements are cumulative."""
        reached = 0
        for level in range(1, self.ladder.top + 1):
            if not any(self._ask(base).holds for base in self.ladder.bases if base.level == level):
                break
            reached = level
        return reached

    def verdict(self) -> Verdict:
        """Give the verdict."""
        direction, why = self._direction()
        noticed, noted = experience(self.reading)
        override = self.instrument.override
        level = self.derived if override is None else self._signed(override)
        rung = self.ladder.rung(level)
        return Verdict(
            id=self.key,
            name=self.instrument.name,
            level=level,
            label=rung.label,
            recognition=self._recognition(rung),
            spoken=rung.spoken.get(direction, rung.recognition),
            direction=direction,
            experience=noticed,
            reasons=(*self._reasons(), *why, *noted, *self._notes()),
            caps=tuple(reason(self.reading, cap.id, cap.text, answer) for cap, answer in self.caps),
            next_step=next_step(self.reading, self.base, self.derived, self.caps),
            base=self.base,
            derived=self.derived,
            status="" if self.status is None else self.status[0].id,
            status_label={} if self.status is None else self.status[0].label,
            override=override,
            replicated=self._replicated() is not None,
            expired=tuple(piece.id for piece in self.reading.pieces if piece.stale),
        )

    def _signed(self, override: Override) -> int:
        if override.level > self.ladder.top:
            raise EvalkitError(
                f"{self.key or self.instrument.name}: the override names level {override.level}, "
                f"and {self.ladder.name} ends at {self.ladder.top}",
                hint=f"give a level from 0 to {self.ladder.top}",
            )
        return override.level

    def _reasons(self) -> Iterator[Reason]:
        if self.instrument.override is not None:
            yield self._departure(self.instrument.override)
        for base in self.ladder.bases:
            answer = self._ask(base)
            if not answer.holds or (base.level == 0 and self.base > 0):
                continue
            told = reason(self.reading, base.id, base.text, answer)
            yield told if base.level <= self.base else self._withheld(told, base)
        yield from self._unmet()

    def _departure(self, override: Override) -> Reason:
        ended = override.reason.endswith((".", "!", "?"))
        slots = {
            "signed": same(override.signed),
            "date": same(override.date),
            "reason": same(override.reason if ended else f"{override.reason}."),
            "derived": same(str(self.derived)),
        }
        return Reason(rule="override", text=fill(wording("verdict", "override"), slots))

    def _withheld(self, told: Reason, base: Base) -> Reason:
        """Evidence that would carry more, were the rungs below it reached."""
        slots = {
            "sentence": told.text,
            "level": same(str(base.level)),
            "needed": same(str(self.base + 1)),
        }
        text = put(wording("verdict", "withheld"), slots)
        return told.model_copy(update={"rule": f"{base.id}-withheld", "text": text})

    def _unmet(self) -> Iterator[Reason]:
        if self.base == 0:
            return  # the sentence of rung 0 says it already
        for base in self.ladder.bases:
            if base.level == self.base + 1 and base.unmet is not None:
                yield reason(self.reading, f"{base.id}-unmet", base.unmet, Answer(True))

    def _direction(self) -> tuple[Direction, list[Reason]]:
        if self.status is None:
            return settle(self.reading)
        rule, answer = self.status
        return "unknown", [reason(self.reading, rule.id, rule.text, answer)]

    def _notes(self) -> Iterator[Reason]:
        for note in self.ladder.notes:
            answer = self.reading.answer(note.when)
            if answer.holds:
                yield reason(self.reading, note.id, note.text, answer)

    def _replicated(self) -> Base | None:
        """The rule by which the evidence is stronger than its rung asks, when it holds."""
        found = (base for base in self.ladder.bases if base.recognition is not None)
        return next(
            (b for b in found if b.level == self.derived == self.base and self._ask(b).holds), None
        )

    def _recognition(self, rung: Rung) -> Sentence:
        stronger = self._replicated()
        if stronger is not None and stronger.recognition is not None and rung.level == self.derived:
            return stronger.recognition
        return rung.recognition
