"""A numeric statement: a figure of the text with its place, as ``audit --statements`` lists it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict, cast

from evalkit.audit.text.document import Document
from evalkit.audit.text.figure import Hedge, Unit
from evalkit.language.numbers import Language
from evalkit.model.record import Record


class StatementDict(TypedDict):
    """A statement as ``audit --json --statements`` prints it."""

    where: str
    written: str
    value: str
    upto: str | None
    hedge: str
    unit: str
    noun: str
    per: str
    quote: str


class Statement(Record):
    """One figure of a text.

    Attributes
    ----------
    where
        Its place.
    written
        As it stands there.
    value, upto
        What it says, its scale worked out; `upto` when it is a range.
    hedge
        ``about``, ``over``, ``nearly``, ``least``, ``most``, ``under``, ``plus`` or nothing.
    unit, noun, per
        What it measures or counts, and per what.
    quote
        The words around it.
    """

    where: str
    written: str
    value: str
    upto: str | None = None
    hedge: Hedge = ""
    unit: Unit = ""
    noun: str = ""
    per: str = ""
    quote: str

    def prose(self, lang: Language = "nl") -> str:
        """Print it on a line; the words are those of the text, whatever the language asked for."""
        del lang
        return f"{self.where}  {self.written}  “{self.quote}”"

    def as_json(self) -> StatementDict:
        """Give it as ``audit --json --statements`` does."""
        return cast("StatementDict", self.model_dump())


def statements_of(document: Document) -> Iterator[Statement]:
    """List the figures of a text in order; numbers in rows of tables are left to the tables."""
    for sentence in document.all_sentences:
        for figure in sentence.figures:
            yield Statement(
                where=sentence.place(figure),
                written=figure.text,
                value=f"{round(figure.value, 4).normalize():f}",
                upto=None if figure.upto is None else f"{figure.upto.normalize():f}",
                hedge=figure.hedge,
                unit=figure.unit,
                noun=figure.noun,
                per=figure.per,
                quote=sentence.quote(figure),
            )
