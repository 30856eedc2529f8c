"""Pieces of evidence as a ladder sees them: recorded studies, and indicators that were measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evalkit.language.catalogue import label
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.evidence import Criterion, Design, Direction, Evidence, Execution, Threat
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record
from evalkit.model.source import Citation, Independence, Source
from evalkit.model.stage import Stage

OUTCOMES = (Stage.INTERMEDIATE, Stage.OUTCOME)
"""The stages at which an effect can show; what lies before them is the instrument's own work."""


class Piece(Record):
    """One piece of evidence with everything that a rule may ask of it.

    Attributes
    ----------
    id
        Its id in the instrument; ``outcome.vacatures`` for an indicator that was measured.
    cited
        Its sources as a reader sees them: ``SEO, 2020``.
    stale
        Whether it is older than the shelf life.
    """

    id: str
    design: Design
    about: tuple[Stage, ...]
    criterion: tuple[Criterion, ...] = ("effectiveness",)
    author: Independence | None = None
    self_report: bool = False
    finds: Direction = "unknown"
    execution: Execution | None = None
    before: bool = False
    after: bool = False
    comparison: str = ""
    threats: dict[Threat, str] = {}
    sources: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    year: int | None = None
    stale: bool = False

    @property
    def voice(self) -> str:
        """Who speaks: everything that an executor says is one voice."""
        return "executor" if self.author == "executor" else " ".join(sorted(set(self.sources)))


def pieces(instrument: Instrument, case: Case, oldest: int | None) -> tuple[Piece, ...]:
    """Gather the pieces of evidence about effectiveness, in the order of their ids.

    Parameters
    ----------
    oldest
        The first year that is within the shelf life; None when that cannot be told.
    """
    found = [_study(key, evidence, case) for key, evidence in instrument.evidence.items()]
    found += _indicators(instrument, case)
    about_effects = (piece for piece in found if "effectiveness" in piece.criterion)
    return tuple(sorted((_aged(p, oldest) for p in about_effects), key=lambda piece: piece.id))


def _aged(piece: Piece, oldest: int | None) -> Piece:
    stale = oldest is not None and piece.year is not None and piece.year < oldest
    return piece.model_copy(update={"stale": stale})


def _study(key: str, evidence: Evidence, case: Case) -> Piece:
    known = _known(evidence.source, case)
    return Piece(
        id=key,
        **evidence.model_dump(
            include={
                "design", "about", "criterion", "self_report", "finds", "execution",
                "before", "after", "comparison", "threats",
            }
        ),
        author=evidence.author or _least_independent(known),
        sources=tuple(citation.source for citation in evidence.source),
        cited=named(evidence, case),
        year=evidence.year or max((s.year for s in known if s.year is not None), default=None),
    )  # fmt: skip


def _indicators(instrument: Instrument, case: Case) -> Iterator[Piece]:
    """Turn indicators that show a change, or can be held against a norm, into pieces.

    A single value shows neither. A result that belongs to another instrument is no evidence here.
    """
    for stage in OUTCOMES:
        for key, node in instrument.at(stage).items():
            design = _design(node)
            if design is not None and node.instrument is None:
                citations = _citations(node)
                known = _known(citations, case)
                yield Piece(
                    id=f"{stage.value}.{key}",
                    design=design,
                    about=(stage,),
                    author=_least_independent(known),
                    self_report=node.measured == "self-report",
                    before=design == "before-after",
                    after=True,
                    sources=tuple(citation.source for citation in citations),
                    cited=cited(citations, case),
                    year=_year(node),
                )


def _design(node: ChainNode) -> Design | None:
    if node.before_and_after:
        return "before-after"
    known = (node.target, node.actual)
    return "norm" if all(v is not None and not v.value.pm for v in known) else None


def _citations(node: ChainNode) -> tuple[Citation, ...]:
    inner = (c for observation in node.observations.values() for c in observation.source)
    return (*node.source, *inner)


def _year(node: ChainNode) -> int | None:
    actual = node.actual.year if node.actual is not None else None
    return actual or node.year or max(node.per_year, default=None)


def _known(citations: Iterable[Citation], case: Case) -> list[Source]:
    return [case.sources[c.source] for c in citations if c.source in case.sources]


def _least_independent(sources: list[Source]) -> Independence | None:
    """Several sources are independent only when each of them is."""
    order: tuple[Independence | None, ...] = (
        "executor", "stakeholder", "commissioner", None, "independent"
    )  # fmt: skip
    return min((s.independence for s in sources), key=order.index, default=None)


def named(evidence: Evidence, case: Case) -> tuple[str, ...]:
    """Name evidence as a reader knows it: by its sources, or as an analysis of this case."""
    analysis = case.analyses.get(evidence.analysis or "")
    if analysis is None:
        return cited(evidence.source, case)
    return (label("analysis.cited", case.language).format(title=analysis.title),)


def cited(citations: Iterable[Citation], case: Case) -> tuple[str, ...]:
    """Name sources as a short citation does: ``SEO, 2020``."""
    names = []
    for citation in citations:
        source = case.sources.get(citation.source)
        name = citation.source if source is None else source.name
        if source is not None and source.year is not None:
            name = f"{name}, {source.year}{source.mark}"
        names.append(name)
    return tuple(dict.fromkeys(names))
