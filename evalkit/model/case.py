"""A case: everything that one evaluation is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field

from evalkit.language.numbers import Language
from evalkit.language.suggest import did_you_mean
from evalkit.model.analysis import Analysis
from evalkit.model.chain import ChainNode, Ids, Texts
from evalkit.model.evidence import Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.period import Period
from evalkit.model.record import Flaw, Id, Loc, Record, Text, as_tuple, walk
from evalkit.model.source import Citation, Citations, Source
from evalkit.model.theory import PolicyTheory


class DataTable(Record):
    """A table from a CSV file: the first row holds the heads, the first column the labels.

    Attributes
    ----------
    file
        Path of the CSV file, seen from the case folder: `tables/spanning.csv`.
    unit
        What its numbers count.
    source
        Where it comes from.
    note
        A remark, in Markdown.
    """

    file: Text
    unit: str = ""
    source: Citations = ()
    note: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


class Recommendation(Record):
    """A recommendation, tied to what carries it.

    Attributes
    ----------
    because
        Labels of the sections, figures or tables that it follows from.
    instruments
        The instruments that it concerns.
    title
        The recommendation in a sentence.
    text
        Its explanation, in Markdown.
    """

    title: Text
    text: str = ""
    because: Texts = ()
    instruments: Ids = ()


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
    folder
        Where it was read from, for its data; no part of the record.
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
    sources: dict[str, Source] = {}
    chapters: dict[str, str] = {}
    hashes: dict[str, str] = {}
    folder: Path | None = Field(default=None, exclude=True, repr=False)

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
        return self.model_copy(update={"folder": None})

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
        yield from self._unknown_instruments()
        for key, analysis in self.analyses.items():
            flaws = analysis.reference_flaws(self.instruments)
            yield from (flaw.under("analyses", key) for flaw in flaws)
        yield from self._evidence_doubled()
        yield from self._circular("part_of", "is part of itself")
        yield from self._circular("predecessor", "is its own predecessor")
        yield from self._circular("successor", "is its own successor")

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
