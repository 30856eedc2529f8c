"""Reasons: the sentences that a verdict rests on."""

from __future__ import annotations

from typing import TypedDict

from evalkit.language.numbers import Language
from evalkit.model.record import Record


class ReasonDict(TypedDict):
    """A reason as ``score --json`` prints it."""

    rule: str
    text: str
    evidence: list[str]


class Reason(Record):
    """One sentence of a verdict: the rule that it comes from and the evidence that it names.

    Attributes
    ----------
    rule
        Id of the rule in the ladder; ``underpinned-unmet`` for what keeps it from the next rung.
    evidence
        Ids of evidence of the instrument; ``outcome.vacatures`` is an indicator.
    """

    rule: str
    text: dict[Language, str]
    evidence: tuple[str, ...] = ()

    def prose(self, lang: Language = "nl") -> str:
        """Print the sentence."""
        return self.text[lang]

    def as_json(self, lang: Language = "nl") -> ReasonDict:
        """Give it as ``score --json`` does."""
        return {"rule": self.rule, "text": self.prose(lang), "evidence": list(self.evidence)}
