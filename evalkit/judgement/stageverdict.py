"""Verdicts on one stage of an instrument, and on its efficiency."""

from __future__ import annotations

from typing import Any

from evalkit.judgement.ladder import Placed
from evalkit.judgement.reason import Reason
from evalkit.judgement.sentence import put, same, wording
from evalkit.language.numbers import Language
from evalkit.model.evidence import Direction
from evalkit.model.record import Record


class StageVerdict(Record):
    """What is known of one stage of an instrument, or of its efficiency.

    Attributes
    ----------
    of
        What is placed.
    ladder, title, edition
        The scale that it is placed on.
    level, top
        The rung, and the highest that there is.
    direction
        Which way the evidence points: whether it was carried out, delivered or spent well.
    """

    of: Placed
    ladder: str
    title: dict[Language, str]
    edition: dict[Language, str]
    level: int
    top: int
    label: dict[Language, str]
    direction: Direction = "unknown"
    reasons: tuple[Reason, ...] = ()
    caps: tuple[Reason, ...] = ()
    next_step: dict[Language, str]

    def summary(self, lang: Language = "nl") -> str:
        """Print it in a line."""
        slots = {
            "title": same(self.title[lang]),
            "level": same(str(self.level)),
            "top": same(str(self.top)),
            "label": self.label,
            "direction": wording("direction", self.direction),
            "step": same(self.next_step[lang]),
        }
        name = "stage" if self.direction == "unknown" else "stage_directed"
        return put(wording("verdict", name), slots)[lang]

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it as ``score --json`` does."""
        return {
            "ladder": {"name": self.ladder, "edition": self.edition[lang]},
            "level": self.level,
            "top": self.top,
            "label": self.label[lang],
            "direction": self.direction,
            "reasons": [reason.as_json(lang) for reason in self.reasons],
            "caps": [cap.as_json(lang) for cap in self.caps],
            "next_step": self.next_step[lang],
        }
