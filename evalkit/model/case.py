"""A case: everything that one evaluation is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field

from evalkit import ladders
from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.analysis import Analysis
from evalkit.model.chain import ChainNode, Ids, Texts
from evalkit.model.compliance import Claims
from evalkit.model.contribution import Contribution
from evalkit.model.datatable import DataTable
from evalkit.model.evidence import Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.label import Label, labels_in
from evalkit.model.period import Period
from evalkit.model.recommendation import Recommendation
from evalkit.model.record import Flaw, Id, Loc, Record, Text, as_tuple, walk
from evalkit.model.source import Citation, Source
from evalkit.model.theory import PolicyTheory

_NO_LABEL = "give the heading, figure or table this label: {#…}"


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
    date: str = ""
    version: str = ""
    language: Language = "nl"
    translations: Annotated[tuple[Language, ...], BeforeValidator(as_tuple)] = ()
    original: Language | None = None
    period: Period
    ladder: str = "effectladder"
    style: str = "seo"
    colophon: str = ""
    abbreviations: dict[str, Text] = {}
    tables: dict[Id, DataTable] = {}
    indicators: dict[Id, ChainNode] = {}
    order: Ids = ()
    recommendations: dict[Id, Recommendation] = {}
    theory: PolicyTheory = PolicyTheory()
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
        yield from self._unknown_sources()
        for key, instrument in self.instruments.items():
            found = instrument.reference_flaws(self.instruments, self.theory.goals)
            yield from (flaw.under("instruments", key) for flaw in found)
            missing = instrument.evidence_flaws(self._analyses_of(key))
            yield from (flaw.under("instruments", key) for flaw in missing)
        yield from self._ladder_flaws()
        yield from self._unknown_instruments()
        for key, analysis in self.analyses.items():
            flaws = analysis.reference_flaws(self.instruments)
            yield from (flaw.under("analyses", key) for flaw in flaws)
        for key, contribution in self.contributions.items():
            own = [name for name, one in self.analyses.items() if one.goal and one.goal[0] == key]
            flaws = contribution.reference_flaws(key, self.instruments, self.theory, own)
            yield from (flaw.under("contributions", key) for flaw in flaws)
        yield from self._unknown_labels()
        yield from self._evidence_doubled()
        yield from self._circular("part_of", "is part of itself")
        yield from self._circular("predecessor", "is its own predecessor")
        yield from self._circular("successor", "is its own successor")

    @property
    def labels(self) -> tuple[Label, ...]:
        """The places of the report that can be referred to, chapter by chapter."""
        chapters = [label for text in self.chapters.values() for label in labels_in(text)]
        sections = []
        for key, instrument in self.instruments.items():
            sections.append(Label(id=f"sec-{key}", title=instrument.name))
            sections += labels_in(instrument.prose)
        return (*chapters, *sections)

    def _unknown_labels(self) -> Iterator[Flaw]:
        if not self.compliance:
            return
        known = [label.id for label in self.labels if label.id]
        for regime, statements in self.compliance.items():
            for key, statement in statements.items():
                for index, name in enumerate(statement.at):
                    if name.removeprefix("@") not in known:
                        hint = did_you_mean(name.removeprefix("@"), known, _NO_LABEL)
                        loc = ("compliance", regime, key, "at", index)
                        yield Flaw(loc, f"no heading, figure or table '{name}'", hint, name)

    def _analyses_of(self, instrument: str) -> list[str]:
        goals = {key: analysis.goal for key, analysis in self.analyses.items()}
        return [key for key, goal in goals.items() if goal and goal[0] == instrument]

    def _ladder_flaws(self) -> Iterator[Flaw]:
        """Find a ladder that is not there, and departures to a rung that it does not have."""
        if self.ladder not in ladders.names():
            hint = did_you_mean(self.ladder, ladders.names())
            yield Flaw(("ladder",), f"there is no ladder '{self.ladder}'", hint, self.ladder)
            return
        top = ladders.top(self.ladder)
        for key, instrument in self.instruments.items():
            level = None if instrument.override is None else instrument.override.level
            if level is not None and level > top:
                loc = ("instruments", key, "override", "level")
                what = f"the override names level {level}, and {self.ladder} ends at {top}"
                yield Flaw(loc, what, f"give a level from 0 to {top}")

    def _evidence_doubled(self) -> Iterator[Flaw]:
        for key, analysis in self.analyses.items():
            instrument = self.instruments.get(analysis.goal[0]) if analysis.goal else None
            found = instrument.evidence.get(key) if instrument is not None else None
            if found is not None and found.analysis is None:
                what = f"the instrument has evidence with the id '{key}' already"
                yield Flaw(("analyses", key), what, "give the analysis another id")

    def _unknown_sources(self) -> Iterator[Flaw]:
        for loc, part in walk(self):
            if not isinstance(part, Citation):
                continue
            # `via` is itself a citation and is visited on its own.
            if part.source not in self.sources:
                hint = did_you_mean(part.source, self.sources, "add it to sources.bib")
                what = f"no source '{part.source}' in sources.bib"
                yield Flaw(loc, what, hint, part.source, "sources.bib")

    def _unknown_instruments(self) -> Iterator[Flaw]:
        lists: list[tuple[Loc, Ids]] = [(("order",), self.order)]
        lists += [
            (("recommendations", key, "instruments"), part.instruments)
            for key, part in self.recommendations.items()
        ]
        lists += [
            (("theory", *loc, "instruments"), part.instruments)
            for loc, part in walk(self.theory)
            if isinstance(part, ChainNode)
        ]
        for loc, names in lists:
            for index, name in enumerate(names):
                if name not in self.instruments:
                    hint = did_you_mean(name, self.instruments)
                    yield Flaw((*loc, index), f"no instrument '{name}' in instruments/", hint, name)

    def _circular(self, key: str, what: str) -> Iterator[Flaw]:
        graph: dict[str, set[str]] = {}
        for name, instrument in self.instruments.items():
            value = getattr(instrument, key)
            graph[name] = {value} if isinstance(value, str) else set(value or ())
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            path = error.args[1]
            yield Flaw(
                ("instruments", path[0], key),
                f"'{path[0]}' {what}: {' -> '.join(path)}",
                "take one of them out",
            )
