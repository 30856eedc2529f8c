"""Verdicts on one stage of an instrument, and on its efficiency."""

from __future__ import annotations

from typing import Any

from evalkit.judgement.ladder import Placed
from evalkit.judgement.reason import Reason
from evalkit.judgement.sentence import Sentence, put, same, wording
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
            "finding": self.finding,
            "step": same(self.next_step[lang]),
        }
        name = "stage_directed" if any(self.finding.values()) else "stage"
        return put(wording("verdict", name), slots)[lang]

    @property
    def finding(self) -> Sentence:
        """Which way the evidence points, as a sentence; empty when nothing says so."""
        if self.direction == "unknown":
            return same("")
        return wording("stage_finding", self.direction)

    def direction_label(self, lang: Language = "nl") -> str:
        """Which way the evidence points, in a word: a stage has a picture and no effect."""
        return wording("stage_direction", self.direction)[lang]

    def row(self, lang: Language = "nl") -> tuple[str, str, str, str]:
        """Give what is placed, its rung, the finding and the next step, for a table."""
        rung = wording("verdict", "of")[lang].format(level=self.level, top=self.top)
        finding = "" if self.direction == "unknown" else self.direction_label(lang)
        return self.title[lang], f"{rung}, {self.label[lang]}", finding, self.next_step[lang]

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
