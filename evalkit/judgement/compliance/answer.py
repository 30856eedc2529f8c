"""The answer to one requirement: present, explained or missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from evalkit.judgement.compliance.fact import Fact
from evalkit.judgement.compliance.regime import Requirement
from evalkit.judgement.compliance.words import together, word
from evalkit.judgement.sentence import Sentence
from evalkit.language.numbers import Language
from evalkit.model.compliance import Statement
from evalkit.model.record import Id, Record

State = Literal["present", "explained", "missing"]
STATES: tuple[State, ...] = ("present", "explained", "missing")


class Answer(Record):
    """How a report meets one requirement.

    Attributes
    ----------
    id, text, source, advice
        The requirement, as its regime puts it.
    by_writer
        Whether it is present on the word of the writer alone.
    at
        Labels of the report where it is.
    titles
        The heading or caption of each of these.
    files
        Files of the case that the facts come from.
    detail
        What the facts show, and what lacks.
    explanation
        Why the report does not meet it, or not in full, as the writer puts it.
    facts
        What it was derived from.
    """

    id: Id
    text: dict[Language, str]
    source: dict[Language, str] | None = None
    state: State
    by_writer: bool = False
    at: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    detail: dict[Language, str]
    explanation: str = ""
    advice: dict[Language, str]
    facts: tuple[Fact, ...] = ()

    def state_label(self, lang: Language = "nl") -> str:
        """Name the state."""
        return word("state", self.state)[lang]

    def told(self, lang: Language = "nl") -> str:
        """Print the explanation, if there is one, and what the facts show."""
        return " ".join(filter(None, (self.explanation, self.detail[lang])))

    def where(self) -> str:
        """Name the places in the report by their headings and captions."""
        return "; ".join(title or f"@{at}" for at, title in zip(self.at, self.titles, strict=True))

    def prose(self, lang: Language = "nl") -> str:
        """Print the requirement, its state and what there is to say of it."""
        place = word("summary", "where", where=dict.fromkeys(self.text, self.where()))[lang]
        parts = [self.told(lang), place if self.at else ""]
        if self.state == "missing":
            parts.append(word("summary", "advice", advice=self.advice)[lang])
        said = " ".join(part for part in parts if part)
        return f"{self.text[lang]}: {self.state_label(lang)}. {said}"

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it as ``audit --json`` does."""
        return {
            "id": self.id,
            "text": self.text[lang],
            "source": None if self.source is None else self.source[lang],
            "state": self.state,
            "by_writer": self.by_writer,
            "at": list(self.at),
            "files": list(self.files),
            "detail": self.detail[lang],
            "explanation": self.explanation,
            "advice": self.advice[lang],
        }


def answer(
    requirement: Requirement,
    statement: Statement,
    facts: tuple[Fact, ...],
    titles: Mapping[str, str],
) -> Answer:
    """Decide whether a requirement is present, explained or missing.

    Facts decide when they hold in full and the report shows them, or the writer says where. After
    them comes what the writer says; an explanation counts before a place, since who explains
    admits that something lacks.
    """
    holds = bool(facts) and all(fact.holds for fact in facts)
    own = tuple(name.removeprefix("@") for name in statement.at)
    shown = () if requirement.pointed else tuple(name for fact in facts for name in fact.at)
    at = tuple(dict.fromkeys([*own, *shown]))
    if holds and at:
        state: State = "present"
    elif statement.because:
        state, at = "explained", own
    elif own:
        state, at = "present", own
    else:
        state, at = "missing", ()
    by_writer = state == "present" and not holds
    return Answer(
        id=requirement.id,
        text=requirement.text,
        source=requirement.source,
        state=state,
        by_writer=by_writer,
        at=at,
        titles=tuple(titles.get(name, "") for name in at),
        files=tuple(dict.fromkeys(file for fact in facts for file in fact.files)),
        detail=_detail(state, facts, holds=holds, pointed=holds and not shown),
        explanation=statement.because,
        advice=requirement.advice,
        facts=facts,
    )


def _detail(state: State, facts: tuple[Fact, ...], *, holds: bool, pointed: bool) -> Sentence:
    said = [fact.text for fact in facts if fact.holds == holds]
    if state == "present" and not facts:
        return word("detail", "by_writer")
    if state == "present" and not holds:
        return together(word("detail", "by_writer_lacking"), *said)
    if state == "present" and pointed:
        return together(*said, word("detail", "pointed"))
    if state == "missing" and holds:
        return together(*said, word("detail", "no_place"))
    if state == "missing" and not facts:
        return word("detail", "unseen")
    return together(*said)
