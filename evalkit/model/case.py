"""A case: everything that one evaluation is made from."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field

from evalkit.language.called import Called
from evalkit.language.numbers import Language
from evalkit.model.analysis import Analysis
from evalkit.model.aside import Aside
from evalkit.model.case_view import case_html, case_line
from evalkit.model.chain import ChainNode, Ids, Texts
from evalkit.model.compliance import Claims
from evalkit.model.contribution import Contribution
from evalkit.model.cross_flaws import cross_flaws
from evalkit.model.datatable import DataTable
from evalkit.model.evidence import Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.investment import Agenda
from evalkit.model.label import Label, labels_in
from evalkit.model.moment import existing_day
from evalkit.model.period import Period
from evalkit.model.recommendation import Recommendation
from evalkit.model.record import Flaw, Id, Loc, Record, Text, as_tuple
from evalkit.model.response import Response
from evalkit.model.source import Source
from evalkit.model.theme import Theme
from evalkit.model.theory import PolicyTheory


class Case(Record):
    """Everything that one evaluation is made from.

    Attributes
    ----------
    slug
        The name of its folder.
    language
        Of its content and of the numbers in it.
    translations
        Other languages that its texts are written in as well.
    original
        The language that it was translated from; none when this is the original.
    period
        The period under review.
    document
        The document that the case puts in order, a key of ``sources.bib``.
    order
        Ids of instruments in the order of the report; the others follow by id.
    sources
        By key of ``sources.bib``.
    chapters
        Markdown by file name, in order.
    hashes
        SHA-256 of every file that was read, so that a report can be traced to its input.
    title, subtitle
        As on the cover.
    kind
        What sort of report it is, printed above the cover.
    running_title
        At the top of every page; by default the title.
    commissioner, publisher
        Who asked for the report, and who publishes it.
    authors
        Names, in order.
    date
        Of publication: a year, a month (``2025-11``) or a day.
    version
        Such as ``concept``.
    called
        What the sentences of evalkit call its instruments: instruments, or measures.
    ladder
        The ladder that instruments are scored on.
    style
        The house style of the report.
    colophon
        How the report came about, in Markdown.
    abbreviations
        Each abbreviation with its meaning.
    tables
        Tables for the text, each from a CSV file.
    indicators
        Of the problem itself, not of one instrument.
    recommendations
        In the order of the report.
    themes
        The parts of an agenda, by id: problem, goal, commitments.
    investments
        An investment agenda; none when the case has no such table.
    responses
        Recommendations of others with the answer to each, by id.
    asides
        What the document says of instruments that are not evaluated here, by id.
    analyses
        What is to be estimated from data, by id.
    contributions
        Contribution analyses, by the id of their instrument.
    compliance
        What the writer says of the requirements of each regime that applies.
    folder
        Where it was read from, for its data; no part of the record.
    places
        File and line of every key that was read, for messages; no part of the record.
    """

    slug: Id
    title: Text
    subtitle: str = ""
    kind: str = ""
    running_title: str = ""
    commissioner: str = ""
    publisher: str = ""
    authors: Texts = ()
    date: Annotated[str, AfterValidator(existing_day)] = ""
    version: str = ""
    language: Language = "nl"
    translations: Annotated[tuple[Language, ...], BeforeValidator(as_tuple)] = ()
    original: Language | None = None
    called: Called = "instrument"
    period: Period
    ladder: str = "effectladder"
    style: str = "seo"
    colophon: str = ""
    abbreviations: dict[str, Text] = {}
    tables: dict[Id, DataTable] = {}
    indicators: dict[Id, ChainNode] = {}
    document: str = ""
    order: Ids = ()
    recommendations: dict[Id, Recommendation] = {}
    theory: PolicyTheory = PolicyTheory()
    asides: dict[Id, Aside] = {}
    themes: dict[Id, Theme] = {}
    investments: Agenda | None = None
    responses: dict[Id, Response] = {}
    instruments: dict[Id, Instrument] = {}
    analyses: dict[Id, Analysis] = {}
    contributions: dict[Id, Contribution] = {}
    compliance: Claims = {}
    sources: dict[str, Source] = {}
    chapters: dict[str, str] = {}
    hashes: dict[str, str] = {}
    folder: Path | None = Field(default=None, exclude=True, repr=False)
    places: dict[Loc, str] = Field(default={}, exclude=True, repr=False)

    def __eq__(self, other: Any) -> bool:
        """Compare what cases say, wherever they were read from."""
        if not isinstance(other, Case):
            return NotImplemented
        return super(Case, self.without_folder()).__eq__(other.without_folder())

    __hash__ = None  # type: ignore[assignment]  # it holds mappings

    def __repr__(self) -> str:
        """Name it in a line: every field of a case would fill screens."""
        return case_line(self)

    def _repr_html_(self) -> str:
        return case_html(self)

    def prose_file(self, instrument: str) -> str:
        """Name the file that holds the prose on an instrument."""
        mark = "" if self.original is None else f".{self.language}"
        return f"instruments/{instrument}{mark}.md"

    def without_folder(self) -> Self:
        """Give the case as its record keeps it."""
        return self.model_copy(update={"folder": None, "places": {}})

    def place(self, *loc: str | int) -> str:
        """Say where a key stands, as ``file:line``; by its path when it was not read from files."""
        for size in range(len(loc), 0, -1):
            if loc[:size] in self.places:
                return self.places[loc[:size]]
        return ".".join(map(str, loc)) or "case.yaml"

    def with_evidence(self, instrument: str, key: str, evidence: Evidence) -> Self:
        """Give the same case with one more piece of evidence on an instrument."""
        one = self.instruments[instrument]
        more = one.model_copy(update={"evidence": {**one.evidence, key: evidence}})
        return self.model_copy(update={"instruments": {**self.instruments, instrument: more}})

    def flaws(self) -> Iterable[Flaw]:
        """Find what one file says of another that is not so."""
        return cross_flaws(self)

    @property
    def labels(self) -> tuple[Label, ...]:
        """The places of the report that can be referred to, chapter by chapter."""
        chapters = [label for text in self.chapters.values() for label in labels_in(text)]
        sections = []
        for key, instrument in self.instruments.items():
            sections.append(Label(id=f"sec-{key}", title=instrument.name))
            sections += labels_in(instrument.prose)
        return (*chapters, *sections)
