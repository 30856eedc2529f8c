"""An evidence ladder: its rungs, and the rules that lead to them and limit them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from evalkit.judgement.predicate import Description, Predicate
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.evidence import Direction
from evalkit.model.instrument import InstrumentType
from evalkit.model.record import Id, Record, Text


def _both(value: dict[Language, str]) -> dict[Language, str]:
    absent = [lang for lang in LANGUAGES if not value.get(lang)]
    if absent:
        raise ValueError(f"the sentence lacks {' and '.join(absent)}; write it in both languages")
    return value


Bilingual = Annotated[dict[Language, str], AfterValidator(_both)]
Origin = Literal["published", "proposal"]
Placed = Literal["outcome", "activities", "output", "efficiency"]


class Rung(Record):
    """One step of a ladder: what it is called, what it asks and how it is recognised.

    Attributes
    ----------
    spoken
        How level and direction read together, by direction.
    origin
        Whether the rung stands in the published ladder or was added by this project.
    """

    level: Annotated[int, Field(ge=0)]
    origin: Origin = "published"
    label: Bilingual
    recognition: Bilingual
    must_have: Bilingual
    spoken: dict[Direction, Bilingual] = {}


class Rule(Record):
    """A condition with the sentence that is printed when it holds.

    Attributes
    ----------
    origin
        Whether the rule stands in the published ladder or is this project's own proposal.
    """

    id: Id
    when: Predicate
    text: Bilingual
    origin: Origin = "proposal"


class Base(Rule):
    """A rule that carries an instrument to a rung.

    Attributes
    ----------
    unmet
        What is printed when this is what keeps an instrument from the rung.
    recognition
        Replaces the wording of the rung, for evidence that is stronger than it asks.
    """

    level: Annotated[int, Field(ge=0)]
    unmet: Bilingual | None = None
    recognition: Bilingual | None = None


class Cap(Rule):
    """A rule that keeps an instrument from rising above a rung; `step` would lift it."""

    level: Annotated[int, Field(ge=0)]
    step: Bilingual | None = None


class Status(Rule):
    """A rule by which the outcome cannot be told yet; the level stands."""

    label: Bilingual


class Tier(Record):
    """A kind of evidence that may tell the direction when nothing stronger does."""

    evidence: Id
    text: Bilingual


class Experience(Record):
    """What people noticed of an instrument: the kind of evidence, and a sentence per finding."""

    evidence: Id
    text: dict[Direction, Bilingual]


class Step(Record):
    """What would raise an instrument to a rung, when it lacks what `when` says."""

    to: Annotated[int, Field(ge=1)]
    when: Predicate
    text: Bilingual


class Ladder(Record):
    """A ladder as a versioned, sourced set of rules.

    Attributes
    ----------
    of
        What it places: the outcome (then it is a ladder of evidence for an effect), or the
        activities, the output or the efficiency of an instrument.
    derived_from, note
        Where the profile comes from, and what in it is this project's own.
    references
        The publications that it was made from.
    shelf_life
        Years after which evidence is flagged as expired.
    kinds
        Named kinds of evidence; a piece is of a kind when one of the descriptions fits.
    terms
        Named conditions.
    direction
        From the strongest kind of evidence to the weakest.
    concluded
        What is printed of conclusions of which it is not on record how they were reached.
    experience
        What people noticed, which is not an effect.
    comparisons
        The comparison group that lies at hand, per type of instrument.
    """

    kind: Literal["ladder"]
    name: Id
    of: Placed = "outcome"
    title: Bilingual
    publisher: Text
    edition: Bilingual
    derived_from: Bilingual
    note: Bilingual
    references: tuple[Text, ...] = ()
    shelf_life: Annotated[int, Field(ge=1)]
    rungs: tuple[Rung, ...]
    kinds: dict[Id, tuple[Description, ...]]
    terms: dict[Id, Predicate] = {}
    bases: tuple[Base, ...]
    caps: tuple[Cap, ...] = ()
    status: tuple[Status, ...] = ()
    direction: tuple[Tier, ...] = ()
    experience: Experience | None = None
    concluded: Experience | None = None
    notes: tuple[Rule, ...] = ()
    steps: tuple[Step, ...] = ()
    comparisons: dict[InstrumentType, Bilingual] = {}

    @property
    def top(self) -> int:
        """The highest level."""
        return max(rung.level for rung in self.rungs)

    def rung(self, level: int) -> Rung:
        """Find a rung by its level."""
        return next(rung for rung in self.rungs if rung.level == level)
