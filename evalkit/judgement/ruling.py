"""What the rules of a ladder come to, before it is put into words."""

from __future__ import annotations

from functools import cached_property

from evalkit.judgement.direction import strongest
from evalkit.judgement.ladder import Base, Cap, Status
from evalkit.judgement.rules import Answer, Reading
from evalkit.model.evidence import Direction


class Ruling:
    """The level of one instrument on one ladder, and the rules that led to it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.ladder = reading.ladder

    @cached_property
    def bases(self) -> list[tuple[Base, Answer]]:
        """The rules that hold, of all that lead to a rung."""
        asked = ((base, self.reading.answer(base.when)) for base in self.ladder.bases)
        return [(base, answer) for base, answer in asked if answer.holds]

    @cached_property
    def base(self) -> int:
        """The highest rung that is reached without skipping one: requirements are cumulative."""
        held = {base.level for base, _ in self.bases}
        reached = 0
        while reached + 1 in held:
            reached += 1
        return reached

    @cached_property
    def caps(self) -> list[tuple[Cap, Answer]]:
        """Every rule that limits the level, also when the level lies lower already."""
        asked = ((cap, self.reading.answer(cap.when)) for cap in self.ladder.caps)
        return [(cap, answer) for cap, answer in asked if answer.holds]

    @cached_property
    def level(self) -> int:
        """The lowest of the base and the caps."""
        return min([self.base, *(cap.level for cap, _ in self.caps)])

    @cached_property
    def status(self) -> tuple[Status, Answer] | None:
        """Why the outcome cannot be told yet; None when it can."""
        asked = ((rule, self.reading.answer(rule.when)) for rule in self.ladder.status)
        return next(((rule, answer) for rule, answer in asked if answer.holds), None)

    @cached_property
    def direction(self) -> Direction:
        """Which way the effect went, as far as that can be told."""
        return "unknown" if self.status is not None else strongest(self.reading)[0]

    @cached_property
    def stronger(self) -> Base | None:
        """The rule by which the evidence is stronger than its rung asks, when it holds."""
        held = (base for base, _ in self.bases if base.recognition is not None)
        return next((base for base in held if base.level == self.level == self.base), None)
