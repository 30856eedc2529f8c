"""The answer to one requirement: present, explained or missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from evalkit.judgement.compliance.fact import Fact
from evalkit.judgement.compliance.regime import Basis, Requirement
from evalkit.judgement.compliance.words import names, together, word
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.numbers import Language
from evalkit.model.compliance import Statement
from evalkit.model.record import Id, Record

State = Literal["present", "explained", "missing"]
STATES: tuple[State, ...] = ("present", "explained", "missing")


class Answer(Record):
    """How a report meets one requirement.

    Attributes
    ----------
    id, text, basis, source, advice, recorded
        The requirement, as its regime puts it.
    by_writer
        Whether it is present on the word of the writer alone.
    at
        Labels of the report where it is.
    titles
        The heading or caption of each of these.
    says
        Words in these places that meet it, as the writer quotes them.
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
    basis: Basis = "reading"
    source: dict[Language, str] | None = None
    state: State
    by_writer: bool = False
    at: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    detail: dict[Language, str]
    explanation: str = ""
    advice: dict[Language, str]
    recorded: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()

    def state_label(self, lang: Language = "nl") -> str:
        """Name the state; what nobody but the writer can vouch for says so."""
        return word("state", "by_writer" if self.by_writer else self.state)[lang]

    def based_on(self, lang: Language = "nl") -> str:
        """Name the place in the regime that asks it, or say that it is a reading."""
        return (word("basis", "reading") if self.source is None else self.source)[lang]

    def told(self, lang: Language = "nl") -> str:
        """Print the explanation, if there is one, and what the facts show."""
        return " ".join(filter(None, (self.explanation, self.detail[lang])))

    def to_do(self, lang: Language = "nl") -> str:
        """Print what is still to be written."""
        text = self.advice[lang]
        return word("summary", "advice", advice=same(f"{text[0].lower()}{text[1:]}"))[lang]

    def where(self) -> str:
        """Name the places in the report by their headings and captions."""
        return "; ".join(title or f"@{at}" for at, title in zip(self.at, self.titles, strict=True))

    def prose(self, lang: Language = "nl") -> str:
        """Print the requirement, its state and what there is to say of it, for a writer."""
        place = word("summary", "where", where=same(self.where()))[lang]
        parts = [self.told(lang), place if self.at else ""]
        if self.state == "missing":
            parts.append(self.to_do(lang))
            if self.recorded:
                files = same("; ".join(self.recorded))
                parts.append(word("summary", "recorded", files=files)[lang])
        said = " ".join(part for part in parts if part)
        return f"{self.text[lang]} ({self.based_on(lang)}): {self.state_label(lang)}. {said}"

    def as_json(self, lang: Language = "nl") -> dict[str, Any]:
        """Give it as ``audit --json`` does."""
        return {
            "id": self.id,
            "text": self.text[lang],
            "basis": self.basis,
            "source": None if self.source is None else self.source[lang],
            "state": self.state,
            "by_writer": self.by_writer,
            "at": list(self.at),
            "says": list(self.says),
            "files": list(self.files),
            "detail": self.detail[lang],
            "explanation": self.explanation,
            "advice": self.advice[lang],
            "recorded": list(self.recorded),
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
    admits that something lacks. A place counts with words that stand there, so that a reader can
    judge them; that they do stand there is checked when a case is read.
    """
    holds = bool(facts) and all(fact.holds for fact in facts)
    own = tuple(name.removeprefix("@") for name in statement.at)
    shown = () if requirement.pointed else tuple(name for fact in facts for name in fact.at)
    quoted = own if statement.says else ()
    at = tuple(dict.fromkeys([*quoted, *shown]))
    if holds and at:
        state: State = "present"
    elif statement.because:
        state, at = "explained", own
    elif quoted:
        state, at = "present", quoted
    else:
        state, at = "missing", ()
    by_writer = state == "present" and not holds
    return Answer(
        id=requirement.id,
        **requirement.model_dump(include={"text", "basis", "source", "advice", "recorded"}),
        state=state,
        by_writer=by_writer,
        at=at,
        titles=tuple(titles.get(name, "") for name in at),
        says=statement.says if at else (),
        files=tuple(dict.fromkeys(file for fact in facts for file in fact.files)),
        detail=_detail(state, facts, statement.says, holds=holds),
        explanation=statement.because,
        facts=facts,
    )


def _detail(
    state: State, facts: tuple[Fact, ...], says: tuple[str, ...], *, holds: bool
) -> Sentence:
    said = [fact.text for fact in facts if fact.holds == holds]
    words = word("detail", "quoted", words=names(_marked(says))) if says else None
    if state == "present":
        return together(*said, words, None if holds else word("detail", _doubt(facts)))
    if state == "missing" and holds:
        return together(*said, word("detail", "no_place"))
    if state == "missing" and not facts:
        return word("detail", "unseen")
    return together(*said, words)


def _doubt(facts: tuple[Fact, ...]) -> str:
    return "unconfirmed" if facts else "unknown"


def _marked(says: tuple[str, ...]) -> list[str]:
    return [f"‘{words.rstrip('.')}’" for words in says]
