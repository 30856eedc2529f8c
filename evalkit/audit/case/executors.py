"""Results that nobody but the executor measured, also where another report passes them on."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.piece import cited_key
from evalkit.judgement.sentence import Sentence
from evalkit.language.catalogue import label
from evalkit.language.numbers import LANGUAGES
from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.source import Citation, Citations, Independence
from evalkit.model.stage import Stage

_RESULTS = (Stage.INTERMEDIATE, Stage.OUTCOME)
_OUTPUT = (Stage.OUTPUT,)
_REALISED = ("actual",)  # a target or a baseline is no result
_PLANS = frozenset({"description", "theory"})
_VOICES = frozenset({"interviews", "norm"})
Said = tuple[Citations, Independence | None]
"""The citations behind a fact, and who its author is where that is recorded."""


def executors_alone(subject: Subject) -> Iterator[AuditFinding]:
    """Find instruments whose results were measured by nobody but their executor."""
    for key, instrument in subject.case.instruments.items():
        for rule, said in (
            ("executor-only", [*_figures(instrument, _RESULTS), *_studies(instrument)]),
            ("executor-only-output", [*_figures(instrument, _OUTPUT), *_counted(instrument)]),
        ):
            citations = [one for sources, _ in said for one in sources]
            if citations and all(_own(one, subject.case) for one in said):
                slots: dict[str, Sentence | str] = {"name": instrument.label}
                slots["source"] = _names(citations, subject.case)
                yield finding(rule, (subject.place(("instruments", key)),), slots)
            if citations:
                break  # where results are known, who counted the outputs matters less


def _figures(instrument: Instrument, stages: tuple[Stage, ...]) -> Iterator[Said]:
    """Give the sources of what was realised, number by number."""
    for stage in stages:
        for node in instrument.at(stage).values():
            realised = [one for role, one in node.observations.items() if role in _REALISED]
            yield from ((one.source or node.source, None) for one in realised)
            if node.per_year or node.total is not None:
                yield node.source, None


def _studies(instrument: Instrument) -> Iterator[Said]:
    """Give the sources of what was measured of the results; a judgement measures nothing."""
    for piece in instrument.evidence.values():
        told = piece.design in _PLANS or piece.design == "interviews"
        early = piece.execution in ("planned", "too early")
        if set(piece.about) & set(_RESULTS) and not (told or early):
            yield piece.source, piece.author


def _counted(instrument: Instrument) -> Iterator[Said]:
    """Give the sources of what was measured of the outputs; an opinion counts nothing."""
    for piece in instrument.evidence.values():
        if Stage.OUTPUT in piece.about and piece.design not in _PLANS | _VOICES:
            yield piece.source, piece.author


def _own(said: Said, case: Case) -> bool:
    """Whether it comes from the executor: the author where recorded, and else every source."""
    citations, author = said
    if author is not None:
        return author == "executor"
    known = [case.sources.get(citation.source) for citation in citations]
    return all(one is not None and one.independence == "executor" for one in known)


def _names(citations: list[Citation], case: Case) -> Sentence:
    """Name the sources, each with the report that it was read in."""
    return {
        lang: "; ".join(
            dict.fromkeys(_name(one, case, label("source.cited-in", lang)) for one in citations)
        )
        for lang in LANGUAGES
    }


def _name(citation: Citation, case: Case, read_in: str) -> str:
    own = cited_key(citation.source, case)
    return own if citation.via is None else f"{own}, {read_in} {_name(citation.via, case, read_in)}"
