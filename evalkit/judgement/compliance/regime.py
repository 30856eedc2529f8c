"""A regime: what a rule or guideline asks of an evaluation, as data."""

from __future__ import annotations

from collections import Counter
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from evalkit.judgement.ladder import Bilingual
from evalkit.model.record import Id, Record

Basis = Literal["text", "quoted", "earlier", "reading"]
BASES: tuple[Basis, ...] = ("text", "quoted", "earlier", "reading")


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
    basis
        What it was compared with: the text itself, the text as another publication quotes it, the
        text of an earlier edition; or nothing, so that it is a reading of evalkit.
    source
        The place of that, as it is printed; a reading has none.
    advice
        What to write; it is printed, so it names no files.
    recorded
        Files of a case, and keys in them, that hold it: for the command line.
    """

    id: Id
    text: Bilingual
    facts: tuple[str, ...] = ()
    pointed: bool = False
    basis: Basis
    source: Bilingual | None = None
    advice: Bilingual
    recorded: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _source_of_basis(self) -> Self:
        if self.basis == "reading" and self.source is not None:
            raise ValueError("a reading has no source: name the basis, or leave the source out")
        if self.basis != "reading" and self.source is None:
            raise ValueError(f"the basis is '{self.basis}', so name the source of it")
        return self


class Regime(Record):
    """A rule or guideline, as evalkit reads it.

    Attributes
    ----------
    title
        Its name.
    caption
        Of its table.
    publisher, edition, published
        Who issued which version, and where it can be read.
    note
        What of it is published, and what is evalkit's reading.
    """

    kind: Literal["regime"]
    name: Id
    title: Bilingual
    caption: Bilingual
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
