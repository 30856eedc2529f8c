"""A regime: what a rule or guideline asks of an evaluation, as data."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from evalkit.judgement.ladder import Bilingual
from evalkit.model.record import Id, Record


class Requirement(Record):
    """One thing that a regime asks for.

    Attributes
    ----------
    text
        What is asked, as a noun phrase.
    facts
        Names of facts that show it, all needed; none when only the writer can say where it is.
    pointed
        Whether facts show only part of it, so that the writer must point out the place as well.
    advice
        What to write, and where.
    source
        Where the regime asks it, when that is certain; without it the requirement is a reading.
    """

    id: Id
    text: Bilingual
    facts: tuple[str, ...] = ()
    pointed: bool = False
    advice: Bilingual
    source: Bilingual | None = None


class Regime(Record):
    """A rule or guideline, as evalkit reads it.

    Attributes
    ----------
    title
        Its short name.
    publisher, edition, published
        Who issued which version, and where it can be read.
    note
        What of it is published, and what is evalkit's reading.
    """

    kind: Literal["regime"]
    name: Id
    title: Bilingual
    publisher: Bilingual
    edition: Bilingual
    published: Bilingual
    note: Bilingual
    requirements: Annotated[tuple[Requirement, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_once(self) -> Self:
        times = Counter(requirement.id for requirement in self.requirements)
        twice = [key for key, n in times.items() if n > 1]
        if twice:
            raise ValueError(f"two requirements have the id '{twice[0]}'")
        return self
