"""Pieces of evidence as a ladder sees them: recorded studies, and indicators that were measured."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evalkit.judgement.moment import Timing, timing
from evalkit.judgement.work import works
from evalkit.language.catalogue import label
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.evidence import Criterion, Design, Direction, Evidence, Execution, Threat
from evalkit.model.instrument import Instrument
from evalkit.model.period import Period
from evalkit.model.source import Citation, Independence, Source
from evalkit.model.stage import Stage

_BEGUN = ("started", "carried out", "stopped", "too early")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence with everything that a rule may ask of it.

    Attributes
    ----------
    id
        Its id in the instrument; ``outcome.vacatures`` for an indicator that was measured.
    sources
        The works that it rests on; one work under two keys is one.
    cited
        Its sources as a reader sees them: ``SEO, 2020``.
    speakers
        Those of them that are not independent; all of them when none stands out.
    via
        The works in which its sources were read, when they were quoted there.
    quoted
        Which of its sources were read only there, though they can be opened; a talk cannot.
    stale
        Whether it is older than the shelf life.
    ahead
        Whether it is of before the instrument began, and so cannot show how it went or what it did.
    undated
        Whether no year is known of it, so that it may well be stale or ahead.
    adrift
        Whether it may be ahead, since the start of the instrument is not known, or only as some
        moment before a later year; evidence of something that had begun is not.
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
    threats: Mapping[Threat, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    via: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    year: int | None = None
    stale: bool = False
    ahead: bool = False
    undated: bool = False
    adrift: bool = False

    @property
    def voice(self) -> tuple[str, ...]:
        """Who speaks: everything that an executor says is one voice.

        What those involved told one author cannot be told apart from what they told the document
        that quotes it, so these are one voice as well.
        """
        if self.author == "executor":
            return ("executor",)
        return (*self.sources, *self.via) if self.self_report else self.sources


def pieces(
    instrument: Instrument, case: Case, oldest: int | None, stages: Sequence[Stage]
) -> tuple[Piece, ...]:
    """Gather the pieces of evidence, in the order of their ids.

    Parameters
    ----------
    oldest
        The first year that is within the shelf life; None when that cannot be told.
    stages
        The stages of which an indicator that was measured counts as evidence.
    """
    span = _Span(oldest, instrument.period)
    found = [_study(key, one, case, span) for key, one in instrument.evidence.items()]
    for stage in stages:
        found += _indicators(stage, instrument, case, span)
    return tuple(sorted(found, key=lambda piece: piece.id))


@dataclass(frozen=True, slots=True)
class _Span:
    """What the year of a piece is held against: its shelf life, and the start of the instrument."""

    oldest: int | None
    period: Period

    def placed(self, piece: Piece, *, begun: bool = False) -> Piece:
        """Say what its year makes of a piece; `begun` when it speaks of what was carried out."""
        year, start, latest = piece.year, self.period.first_year, self.period.begun_by
        open_start = start is None and not begun and year is not None
        return replace(
            piece,
            stale=_old(year, self.oldest),
            ahead=_old(year, start),
            undated=year is None,
            adrift=open_start and (latest is None or _old(year, latest)),
        )


def _old(year: int | None, oldest: int | None) -> bool:
    return oldest is not None and year is not None and year < oldest


def _study(key: str, evidence: Evidence, case: Case, span: _Span) -> Piece:
    piece = Piece(
        id=key,
        design=evidence.design,
        about=evidence.about,
        criterion=evidence.criterion,
        author=author_of(evidence, case),
        self_report=evidence.self_report,
        finds=evidence.finds,
        execution=evidence.execution,
        before=evidence.before,
        after=evidence.after,
        comparison=evidence.comparison,
        threats=evidence.threats,
        sources=works((citation.source for citation in evidence.source), case),
        cited=named(evidence, case),
        speakers=_study_speakers(evidence, case),
        via=_via(evidence.source, case),
        quoted=_quoted(evidence.source, case),
        year=year_of(evidence, case),
    )
    return span.placed(piece, begun=evidence.execution in _BEGUN)


def _indicators(stage: Stage, instrument: Instrument, case: Case, span: _Span) -> Iterator[Piece]:
    """Turn indicators that were measured into pieces.

    A result that belongs to another instrument is no evidence here, and a number that nobody
    vouches for is none anywhere.
    """
    for key, node in instrument.at(stage).items():
        design = _design(node, stage, timing(node, span.period.first_year))
        citations = _citations(node)
        if design is None or node.instrument is not None or not citations:
            continue
        known = _known(citations, case)
        piece = Piece(
            id=f"{stage.value}.{key}",
            design=design,
            about=(stage,),
            author=least_independent(known),
            self_report=node.measured == "self-report",
            before=design == "before-after",
            after=True,
            sources=works((citation.source for citation in citations), case),
            cited=cited(citations, case),
            speakers=_speakers(citations, case),
            via=_via(citations, case),
            year=_year(node) or _published(known),
        )
        yield span.placed(piece)


def _design(node: ChainNode, stage: Stage, when: Timing) -> Design | None:
    """Tell what numbers show: a change, how far a target was reached, or output that was counted.

    A single number says nothing of a change in the outcome; of output it says that it came about.
    The same holds of numbers that the case says cannot be compared.
    """
    if not node.comparable:
        when = "after only" if when == "before and after" else when
    if when == "before and after":
        return "before-after"
    if when in ("not measured", "before only"):
        return None
    aimed = node.target is not None and not node.target.value.pm
    if node.comparable and aimed and node.actual is not None:
        return "norm"
    return "monitoring" if stage is Stage.OUTPUT else None


def _via(citations: Iterable[Citation], case: Case) -> tuple[str, ...]:
    """Name the works in which sources were read."""
    return works((key for citation in citations for key in citation.keys[1:]), case)


def _quoted(citations: Iterable[Citation], case: Case) -> tuple[str, ...]:
    """Name the sources that were read only in another work and that can be opened."""
    second_hand = (one.source for one in citations if len(one.keys) > 1)
    known = ((key, case.sources.get(key)) for key in second_hand)
    return tuple(key for key, source in known if source is not None and source.kind != "interview")


def _citations(node: ChainNode) -> tuple[Citation, ...]:
    inner = (c for observation in node.observations.values() for c in observation.source)
    return (*node.source, *inner)


def _year(node: ChainNode) -> int | None:
    actual = node.actual.year if node.actual is not None else None
    return actual or node.year or max(node.per_year, default=None)


def _study_speakers(evidence: Evidence, case: Case) -> tuple[str, ...]:
    """Name who speaks in a study; where its author stands may be recorded with the study itself."""
    if evidence.author is not None or evidence.analysis is not None:
        return named(evidence, case)
    return _speakers(evidence.source, case)


def _speakers(citations: Sequence[Citation], case: Case) -> tuple[str, ...]:
    """Name who speaks for itself: a target of the researchers beside a count of the executor."""
    bound = [one for one in citations if not _is_independent(one, case)]
    return cited(bound or citations, case)


def _is_independent(citation: Citation, case: Case) -> bool:
    source = case.sources.get(citation.source)
    return source is not None and source.independence == "independent"


def _known(citations: Iterable[Citation], case: Case) -> list[Source]:
    return [case.sources[c.source] for c in citations if c.source in case.sources]


_FROM_LEAST: tuple[Independence | None, ...] = (
    "executor", "stakeholder", "commissioner", None, "independent"
)  # fmt: skip


def least_independent(sources: Sequence[Source]) -> Independence | None:
    """Tell where authors stand: several are independent only when each of them is."""
    return min((s.independence for s in sources), key=_FROM_LEAST.index, default=None)


def author_of(evidence: Evidence, case: Case) -> Independence | None:
    """Tell where the author of a study stands, as recorded with it or with its sources."""
    return evidence.author or least_independent(_known(evidence.source, case))


def year_of(evidence: Evidence, case: Case) -> int | None:
    """Tell of what year a study is; without one, of the year that it was published."""
    return evidence.year or _published(_known(evidence.source, case))


def _published(sources: Iterable[Source]) -> int | None:
    return max((one.year for one in sources if one.year is not None), default=None)


def named(evidence: Evidence, case: Case) -> tuple[str, ...]:
    """Name evidence as a reader knows it: by its sources, or as an analysis of this case."""
    analysis = case.analyses.get(evidence.analysis or "")
    if analysis is None:
        return cited(evidence.source, case)
    return (label("analysis.cited", case.language).format(title=analysis.title),)


def cited(citations: Iterable[Citation], case: Case) -> tuple[str, ...]:
    """Name sources as a short citation does: ``SEO, 2020``."""
    return tuple(dict.fromkeys(cited_key(citation.source, case) for citation in citations))


def cited_key(key: str, case: Case) -> str:
    """Name one source by its key."""
    source = case.sources.get(key)
    if source is None:
        return key
    return source.name if source.year is None else f"{source.name}, {source.year}{source.mark}"
