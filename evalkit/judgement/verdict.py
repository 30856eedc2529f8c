"""Verdicts: the level and direction of one instrument, with every reason."""

from __future__ import annotations

from html import escape
from typing import Any

from evalkit.judgement.markup import bullets, table, told, word
from evalkit.judgement.reason import Reason
from evalkit.judgement.robustness import Robustness
from evalkit.judgement.sentence import Sentence, put, same, wording
from evalkit.judgement.stageverdict import StageVerdict
from evalkit.language.numbers import Language
from evalkit.model.evidence import Direction
from evalkit.model.instrument import Override
from evalkit.model.record import Record

__all__ = ["Reason", "Verdict"]


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
        The first step up: the least work that would raise the level.
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
    robustness
        Which single pieces of evidence decide the level or the direction.
    stages
        What is known of the activities, of the output and of the outcome: the level of the
        outcome is the level of the instrument.
    efficiency
        What is known of its costs against what it brought, apart from the level.
    language
        The language of the case, in which a notebook shows it.
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
    robustness: Robustness = Robustness()
    stages: dict[str, StageVerdict] = {}
    efficiency: StageVerdict | None = None
    language: Language = "nl"

    @property
    def effectiveness(self) -> StageVerdict | None:
        """What is known of the outcome: level and direction, the same as of the instrument."""
        return self.stages.get("outcome")

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
        - Niet alles staat op papier. Nog te beschrijven: het doel, de doelgroep en de activiteiten.
        Volgende stap: Beschrijf wat nog ontbreekt, namelijk het doel, de doelgroep en ...
        ...
        """
        lines = [self._head()[lang]]
        lines += [f"- {reason.prose(lang)}" for reason in (*self.reasons, *self.caps)]
        lines += [self._step()[lang], *(s[lang] for s in self.robustness.sentences)]
        return "\n".join([*lines, *(found.summary(lang) for found in self._apart)])

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
            "robustness": self.robustness.as_json(lang),
            "effectiveness": {
                "level": self.level,
                "label": self.label[lang],
                "direction": self.direction,
                "direction_label": self.direction_label(lang),
            },
            "stages": {name: found.as_json(lang) for name, found in self.stages.items()},
            "efficiency": None if self.efficiency is None else self.efficiency.as_json(lang),
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

    @property
    def _apart(self) -> tuple[StageVerdict, ...]:
        """What is placed apart from the level."""
        found = (self.stages.get("activities"), self.stages.get("output"), self.efficiency)
        return tuple(one for one in found if one is not None)

    def __repr__(self) -> str:
        """Name it in a line; :meth:`summary` prints it."""
        direction = self.status or self.direction
        return f"Verdict({self.id!r}, rung {self.level}, direction {direction})"

    def _repr_html_(self) -> str:
        lang = self.language
        firm = " ".join(sentence[lang] for sentence in self.robustness.sentences)
        names = ("apart", "rung", "finding", "step")
        parts = [
            f"<p><b>{escape(self._head()[lang])}</b></p>",
            bullets(word("reasons", lang), (reason.prose(lang) for reason in self.reasons)),
            bullets(word("caps", lang), (cap.prose(lang) for cap in self.caps)),
            told(word("step", lang), self.next_step[lang]),
            told(word("firm", lang), firm),
            table([word(name, lang) for name in names], (one.row(lang) for one in self._apart)),
        ]
        return f"<div>{''.join(parts)}</div>"
