"""Verdicts: the level and direction of one instrument, with every reason."""

from __future__ import annotations

from html import escape
from typing import Any, TypedDict

from evalkit.judgement.sentence import Sentence, put, same, wording
from evalkit.language.numbers import Language
from evalkit.model.evidence import Direction
from evalkit.model.instrument import Override
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


class Verdict(Record):
    """What the rules of a ladder say of one instrument.

    Attributes
    ----------
    id, name
        The instrument.
    level
        The rung; after a signed departure, the one that was signed for.
    label
        The name of the rung.
    recognition
        The wording that goes with it: "goede aanwijzingen".
    spoken
        Level and direction as one phrase: "potentieel (in)effectief".
    direction
        Which way the outcome went because of it, apart from how sure that is.
    experience
        What people noticed of it; this is no effect and moves nothing.
    reasons
        Why this level and this direction, and what keeps it from the next rung.
    caps
        Every rule that limits the level, also when the level lies lower already.
    next_step
        The cheapest step that would raise the level.
    base
        The level before caps.
    derived
        The level after caps and before a signed departure.
    status, status_label
        Why the outcome cannot be told yet, as the id of a rule and in words; empty when it can.
    replicated
        Whether independent causal studies agree.
    expired
        Ids of evidence past the shelf life of the ladder.
    """

    id: str
    name: str
    level: int
    label: dict[Language, str]
    recognition: dict[Language, str]
    spoken: dict[Language, str]
    direction: Direction
    experience: Direction = "unknown"
    reasons: tuple[Reason, ...]
    caps: tuple[Reason, ...] = ()
    next_step: dict[Language, str]
    base: int
    derived: int
    status: str = ""
    status_label: dict[Language, str] = {}
    override: Override | None = None
    replicated: bool = False
    expired: tuple[str, ...] = ()

    def direction_label(self, lang: Language = "nl") -> str:
        """Print the direction, or that it cannot be told yet."""
        if self.status:
            return self.status_label[lang]
        return wording("direction", self.direction)[lang]

    def summary(self, lang: Language = "nl") -> str:
        """Print the verdict with its reasons, for the eye.

        Examples
        --------
        >>> from evalkit.judgement.score import score_case
        >>> from evalkit.model import Case
        >>> case = Case.model_validate({
        ...     "slug": "proef", "title": "Proef", "period": "2020–2024",
        ...     "instruments": {"bon": {"name": "Bon", "type": "subsidie", "period": "2020"}},
        ... })
        >>> print(score_case(case).instruments[0].summary())
        Bon: trede 0, impliciet; richting: onbekend.
        - Niet alles staat op papier. Wat ontbreekt is het doel, de doelgroep en de activiteiten.
        Volgende stap: Zet op papier wat nog ontbreekt, namelijk het doel, de doelgroep en ...
        """
        lines = [self._head()[lang]]
        lines += [f"- {reason.prose(lang)}" for reason in (*self.reasons, *self.caps)]
        return "\n".join([*lines, self._step()[lang]])

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give the verdict as ``score --json`` prints it."""
        return {
            "id": self.id,
            "name": self.name,
            "level": self.level,
            "label": self.label[lang],
            "recognition": self.recognition[lang],
            "spoken": self.spoken[lang],
            "direction": self.direction,
            "experience": self.experience,
            "reasons": [reason.as_json(lang) for reason in self.reasons],
            "caps": [cap.as_json(lang) for cap in self.caps],
            "next_step": self.next_step[lang],
            "base": self.base,
            "derived": self.derived,
            "status": self.status,
            "status_label": self.status_label.get(lang, ""),
            "override": None if self.override is None else self.override.model_dump(),
            "replicated": self.replicated,
            "expired": list(self.expired),
        }

    def _head(self) -> Sentence:
        slots: dict[str, Sentence] = {
            "name": same(self.name),
            "level": same(str(self.level)),
            "label": self.label,
            "direction": {
                "nl": self.direction_label("nl"),
                "en": self.direction_label("en"),
            },
        }
        return put(wording("verdict", "summary"), slots)

    def _step(self) -> Sentence:
        return put(wording("verdict", "next_step"), {"step": self.next_step})

    def _repr_html_(self) -> str:
        reasons = (*self.reasons, *self.caps)
        items = "".join(f"<li>{escape(reason.prose())}</li>" for reason in reasons)
        head, step = escape(self._head()["nl"]), escape(self._step()["nl"])
        return f"<div><p><b>{head}</b></p><ul>{items}</ul><p>{step}</p></div>"
