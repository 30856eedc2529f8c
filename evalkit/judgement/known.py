"""What is known of an instrument, and what would be known when one thing were doubted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from evalkit.judgement.design import MEASURING
from evalkit.judgement.piece import Piece, year_of
from evalkit.judgement.sentence import Sentence
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode, Link
from evalkit.model.evidence import Evidence
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage

OUTCOMES = (Stage.INTERMEDIATE, Stage.OUTCOME)
"""The stages at which an effect can show; what lies before them is the instrument's own work."""
# What people say of it, or a plan describes, does not carry a mechanism by itself; and that a
# count rose, once or after the start, or a norm was reached does not say why.
_CARRYING = (MEASURING | {"theory"}) - {"monitoring", "norm", "before-after"}


class Known:
    """An instrument in its case, some of it doubted.

    Parameters
    ----------
    instrument, case
        The instrument and the case that it stands in.
    """

    def __init__(self, instrument: Instrument, case: Case) -> None:
        self.instrument = instrument
        self.case = case
        self.doubted = ""
        self.gathered: dict[object, tuple[Piece, ...]] = {}
        self.told: dict[str, Sentence] = {}  # words of facts; see `telling.slots_of`

    def without(self, key: str) -> Known:
        """Give the same, without one piece of evidence, indicator or underpinning source.

        What does not rest on the thing doubted is not worked out again.
        """
        other = Known.__new__(Known)
        other.__dict__.update(self.__dict__)
        other.__dict__.pop("evidence", None)
        other.told = {}
        other.doubted = key
        return other

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """The recorded evidence."""
        found = self.instrument.evidence
        if self.doubted not in found:
            return found
        return {key: one for key, one in found.items() if key != self.doubted}

    @cached_property
    def stages(self) -> Mapping[str, Stage]:
        """The stage of each node of the chain."""
        return self.instrument.stages

    @cached_property
    def reaches_outcome(self) -> bool:
        """Whether some link ends at an intermediate outcome or an outcome."""
        return any(self.stages.get(arrow.end) in OUTCOMES for arrow in self.instrument.arrows)

    def measured(self, *stages: Stage) -> list[tuple[str, ChainNode]]:
        """The instrument's own nodes at these stages, each with its id as evidence."""
        return [
            (f"{stage.value}.{key}", node)
            for stage in stages
            for key, node in self.instrument.at(stage).items()
            if node.instrument is None and f"{stage.value}.{key}" != self.doubted
        ]

    @cached_property
    def carriers(self) -> Mapping[str, frozenset[str]]:
        """Per link what underpins it: ids of evidence, and sources as ``source:handboek``."""
        return {key: carriers(key, link, self) for key, link in self.instrument.links.items()}

    @property
    def weak_links(self) -> list[str]:
        """The links that nobody independent underpins."""
        doubted = {self.doubted}
        return [key for key, found in self.carriers.items() if not found - doubted]

    @cached_property
    def opponents(self) -> Mapping[str, tuple[str, ...]]:
        """Per link the independent evidence that speaks against its working, doubted or not."""
        return {key: _opposing(link, self) for key, link in self.instrument.links.items()}

    @property
    def opposed(self) -> dict[str, tuple[str, ...]]:
        """The links that independent evidence speaks against, each with that evidence."""
        left = {
            key: tuple(name for name in names if name != self.doubted)
            for key, names in self.opponents.items()
        }
        return {key: names for key, names in left.items() if names}


def carriers(key: str, link: Link, known: Known) -> frozenset[str]:
    """Tell who independent underpins a link, in writing or by what was found."""
    cited = (citation.source for citation in link.source)
    sources = (name for name in cited if _independent([name], known.case))
    found = (name for name in link.evidence if _supports(name, _ends(key, known), known))
    return frozenset([*(f"source:{name}" for name in sources), *found])


def _opposing(link: Link, known: Known) -> tuple[str, ...]:
    """Name the independent evidence that speaks against the working of a link.

    What those concerned say is no such evidence, and neither is a plan or what came too early.
    """
    found = ((name, known.instrument.evidence.get(name)) for name in link.evidence)
    return tuple(name for name, one in found if one is not None and _opposes(one, known))


def _opposes(evidence: Evidence, known: Known) -> bool:
    year, start = year_of(evidence, known.case), known.instrument.period.first_year
    early = evidence.execution in ("planned", "too early")
    early = early or (year is not None and start is not None and year < start)
    told = evidence.self_report or evidence.design in ("interviews", "theory")
    against = evidence.finds in ("none", "negative") and not (told or early)
    return against and _by_someone_independent(evidence, known.case)


def _ends(key: str, known: Known) -> frozenset[Stage]:
    _, _, right = key.partition("->")
    named = (known.stages.get(part.strip()) for part in right.split(","))
    return frozenset(stage for stage in named if stage is not None)


def _supports(name: str, ends: frozenset[Stage], known: Known) -> bool:
    """Whether evidence speaks, independently and as intended, of what the link leads to."""
    evidence = known.instrument.evidence.get(name)
    if evidence is None or evidence.self_report or evidence.design not in _CARRYING:
        return False
    independent = _by_someone_independent(evidence, known.case)
    if evidence.design == "theory":
        return independent
    return independent and evidence.finds in ("positive", "mixed") and ends <= set(evidence.about)


def _by_someone_independent(evidence: Evidence, case: Case) -> bool:
    if evidence.author is not None:
        return evidence.author == "independent"
    return _independent([citation.source for citation in evidence.source], case)


def _independent(cited: Iterable[str], case: Case) -> bool:
    known = [case.sources.get(name) for name in cited]
    return all(source is not None and source.independence == "independent" for source in known)
