"""Putting what the rules of a ladder come to into words."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.errors import EvalkitError
from evalkit.judgement.direction import concluded, experience, settle
from evalkit.judgement.ladder import Base, Rung
from evalkit.judgement.robustness import robustness
from evalkit.judgement.rules import Answer, Reading
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.sentence import Sentence, fill, put, same, wording
from evalkit.judgement.stageverdict import StageVerdict
from evalkit.judgement.step import for_successor, next_step
from evalkit.judgement.telling import reason
from evalkit.judgement.verdict import Reason, Verdict
from evalkit.model.evidence import Direction
from evalkit.model.instrument import Override


class Judge:
    """Puts the ruling on one instrument into words, section by section."""

    def __init__(self, reading: Reading, key: str = "") -> None:
        self.reading = reading
        self.ladder = reading.ladder
        self.instrument = reading.known.instrument
        self.key = key
        self.ruling = Ruling(reading)

    def stage(self) -> StageVerdict:
        """Give the verdict on one stage, or on the efficiency."""
        direction, why = self._direction()
        return StageVerdict(
            of=self.ladder.of,
            ladder=self.ladder.name,
            title=self.ladder.title,
            edition=self.ladder.edition,
            level=self.ruling.level,
            top=self.ladder.top,
            label=self._stage_label(),
            direction=direction,
            reasons=(*self._reasons(), *why, *self._notes()),
            caps=self._caps(),
            next_step=next_step(self.ruling),
        )

    def _expired(self) -> tuple[str, ...]:
        """Name what is older than the shelf life: what a ladder calls expired, when it says so."""
        if "expired" in self.ladder.kinds:
            return self.reading.of("expired")
        return tuple(piece.id for piece in self.reading.pieces.values() if piece.stale)

    def _stage_label(self) -> Sentence:
        """Name the rung of a stage: as the rule that led to it does, when it says more."""
        level = self.ruling.level
        held = (base for base, _ in self.ruling.bases if base.level == level)
        told = next((base.recognition for base in held if base.recognition is not None), None)
        return dict(told or self.ladder.rung(level).label)

    def verdict(self) -> Verdict:
        """Give the verdict on the outcome."""
        direction, why = self._direction()
        noticed, noted = experience(self.reading)
        noted = [*concluded(self.reading)[1], *noted]  # what was concluded tells more
        ruling, override = self.ruling, self._override()
        level = ruling.level if override is None else self._signed(override)
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
            reasons=(*self._departure(override), *self._reasons(), *why, *noted, *self._notes()),
            caps=self._caps(),
            next_step=for_successor(next_step(ruling), self.instrument, self.reading.known.case),
            base=ruling.base,
            derived=ruling.level,
            status="" if ruling.status is None else ruling.status[0].id,
            status_label={} if ruling.status is None else ruling.status[0].label,
            override=override,
            replicated=ruling.stronger is not None,
            expired=self._expired(),
            robustness=robustness(ruling),
            language=self.reading.known.case.language,
        )

    def _override(self) -> Override | None:
        """The signed departure; it was signed for the ladder of the case, and for no other."""
        own = self.ladder.name == self.reading.known.case.ladder
        return self.instrument.override if own else None

    def _caps(self) -> tuple[Reason, ...]:
        """Name the limits, the one that binds first: those of a higher rung come after it."""
        found = sorted(self.ruling.caps, key=lambda held: held[0].level)
        return tuple(reason(self.reading, c.id, c.text, answer) for c, answer in found)

    def _signed(self, override: Override) -> int:
        if override.level > self.ladder.top:
            raise EvalkitError(
                f"{self.key or self.instrument.name}: the override names level {override.level}, "
                f"and {self.ladder.name} ends at {self.ladder.top}",
                hint=f"give a level from 0 to {self.ladder.top}",
            )
        return override.level

    def _reasons(self) -> Iterator[Reason]:
        reached = self.ruling.base
        for base, answer in self.ruling.bases:
            if base.level == 0 and reached > 0:
                continue
            told = reason(self.reading, base.id, base.text, answer)
            yield told if base.level <= reached else self._withheld(told, base)
        yield from self._unmet()

    def _departure(self, override: Override | None) -> Iterator[Reason]:
        if override is None:
            return
        ended = override.reason.endswith((".", "!", "?"))
        slots = {
            "signed": same(override.signed),
            "date": same(override.date),
            "reason": same(override.reason if ended else f"{override.reason}."),
            "derived": same(str(self.ruling.level)),
        }
        yield Reason(rule="override", text=fill(wording("verdict", "override"), slots))

    def _withheld(self, told: Reason, base: Base) -> Reason:
        """Evidence that would carry more, were the rungs below it reached."""
        slots = {
            "sentence": told.text,
            "level": same(str(base.level)),
            "needed": same(str(self.ruling.base + 1)),
        }
        text = put(wording("verdict", "withheld"), slots)
        return told.model_copy(update={"rule": f"{base.id}-withheld", "text": text})

    def _unmet(self) -> Iterator[Reason]:
        if self.ruling.base == 0 and any(base.level == 0 for base, _ in self.ruling.bases):
            return  # the sentence of rung 0 says it already
        for base in self.ladder.bases:
            if base.level == self.ruling.base + 1 and base.unmet is not None:
                yield reason(self.reading, f"{base.id}-unmet", base.unmet, Answer(True))

    def _direction(self) -> tuple[Direction, list[Reason]]:
        if self.ruling.status is None:
            return settle(self.reading)
        rule, answer = self.ruling.status
        return "unknown", [reason(self.reading, rule.id, rule.text, answer)]

    def _notes(self) -> Iterator[Reason]:
        for note in self.ladder.notes:
            answer = self.reading.answer(note.when)
            if answer.holds:
                yield reason(self.reading, note.id, note.text, answer)

    def _recognition(self, rung: Rung) -> Sentence:
        stronger = self.ruling.stronger
        if stronger is None or stronger.recognition is None or rung.level != self.ruling.level:
            return rung.recognition
        return stronger.recognition
