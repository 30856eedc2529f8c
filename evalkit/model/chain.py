"""The results chain: nodes at stages, and the links between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Annotated, Generic, NamedTuple, TypeVar

from pydantic import BeforeValidator

from evalkit.language.suggest import did_you_mean
from evalkit.model.budget import BudgetLine, share_flaws
from evalkit.model.indicator import Indicator
from evalkit.model.record import Flaw, Id, Record, Text, as_tuple
from evalkit.model.source import Citations
from evalkit.model.stage import Stage

Ids = Annotated[tuple[Id, ...], BeforeValidator(as_tuple)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(as_tuple)]


class ChainNode(Indicator):
    """One box of a chain: an indicator at a stage. Without numbers it is a description.

    Attributes
    ----------
    lines
        Budget lines, for money.
    part_of
        The node of the same chain of which this is a breakdown.
    instrument
        The instrument to which this result belongs, when it is not this one.
    goal
        The goal that the node stands for.
    instruments
        In a policy theory: the instruments that the node stands for.
    headline
        Whether it stands for its stage in the figure of the chain; else a node that is linked does.
    comparable
        Whether what was reached may be set against the target or the baseline. Write ``false``
        when they do not measure the same, and say why in the note.
    """

    lines: tuple[BudgetLine, ...] = ()
    part_of: Id | None = None
    instrument: Id | None = None
    goal: Id | None = None
    instruments: Ids = ()
    headline: bool = False
    comparable: bool = True

    def flaws(self) -> Iterable[Flaw]:
        """Add to the flaws of an indicator: shares that do not make a hundred."""
        yield from super().flaws()
        yield from (flaw.under("lines") for flaw in share_flaws(self.lines))


class Link(Record):
    """An arrow of the chain: why the one should lead to the other.

    Attributes
    ----------
    because
        The mechanism.
    assumes
        What must hold for it to work.
    risks
        What could break it.
    source
        An independent source for the mechanism.
    evidence
        Ids of the pieces of evidence that speak to it, or of analyses of this instrument, whose
        findings become its evidence.
    """

    because: str = ""
    assumes: Texts = ()
    risks: Texts = ()
    source: Citations = ()
    evidence: Ids = ()


class Arrow(NamedTuple):
    """A link with its two ends."""

    start: str
    end: str
    link: Link


N = TypeVar("N", bound=ChainNode)


class Chain(Record, Generic[N]):
    """Nodes by stage and id, and the links between them, written ``from -> to``.

    Attributes
    ----------
    input
        What goes in: money, people, rules.
    activities
        What is done with it.
    output
        What that delivers.
    intermediate
        What changes first among those whom it reaches.
    outcome
        What the policy is for.
    impact
        What society gains in the end; of a policy, not of one instrument.
    links
        Arrows ``from -> to``, forward in the chain; ``a, b -> c`` gives two.
    """

    input: dict[Id, N] = {}
    activities: dict[Id, N] = {}
    output: dict[Id, N] = {}
    intermediate: dict[Id, N] = {}
    outcome: dict[Id, N] = {}
    impact: dict[Id, N] = {}
    links: dict[str, Link] = {}

    def at(self, stage: Stage) -> Mapping[str, N]:
        """The nodes of one stage."""
        nodes: dict[str, N] = getattr(self, stage.value)
        return nodes

    @property
    def stages(self) -> dict[str, Stage]:
        """The stage of each node, by its id, in the order of the chain."""
        return {key: stage for stage in Stage for key in self.at(stage)}

    def node(self, key: str) -> N:
        """Find a node by its id."""
        return self.at(self.stages[key])[key]

    @property
    def arrows(self) -> tuple[Arrow, ...]:
        """The links one by one: ``a, b -> c`` gives two."""
        return tuple(
            Arrow(start, end, link)
            for key, link in self.links.items()
            for start, end in _pairs(key)
        )

    def flaws(self) -> Iterable[Flaw]:
        """Find ids in two stages, links to nothing, links backwards and cycles."""
        yield from self._doubled()
        yield from (flaw for key in self.links for flaw in self._link_flaws(key))
        yield from self._parts_of_nothing()
        yield from self._cycle()

    def _doubled(self) -> Iterator[Flaw]:
        seen: dict[str, Stage] = {}
        for stage in Stage:
            for key in self.at(stage):
                if key in seen:
                    yield Flaw(
                        (stage.value, key),
                        f"'{key}' stands in {seen[key].value} and again in {stage.value}",
                        "give one of them another id",
                    )
                seen.setdefault(key, stage)

    def _link_flaws(self, key: str) -> Iterator[Flaw]:
        stages = self.stages
        if not _pairs(key):
            yield Flaw(("links", key), f"'{key}' is not a link", "write it as `from -> to`")
        for end in dict.fromkeys(end for pair in _pairs(key) for end in pair):
            if end not in stages:
                yield Flaw(
                    ("links", key), f"no node '{end}' in this chain", did_you_mean(end, stages), end
                )
        for start, end in _pairs(key):
            if start in stages and end in stages and stages[end].order < stages[start].order:
                yield Flaw(
                    ("links", key),
                    f"the link runs backwards, from {stages[start].value} to {stages[end].value}",
                    f"write it as `{end} -> {start}`, or move a node to another stage",
                )

    def _parts_of_nothing(self) -> Iterator[Flaw]:
        stages = self.stages
        for key, stage in stages.items():
            whole = self.at(stage)[key].part_of
            if whole is not None and whole not in stages:
                hint = did_you_mean(whole, stages)
                yield Flaw((stage.value, key, "part_of"), f"no node '{whole}'", hint, whole)

    def _cycle(self) -> Iterator[Flaw]:
        known = self.stages
        graph: dict[str, list[str]] = {}
        for start, end, _ in self.arrows:
            if start in known and end in known:
                graph.setdefault(end, []).append(start)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            circle = error.args[1]
            inside = {frozenset(pair) for pair in pairwise(circle)}
            key = next(k for k in self.links if {frozenset(p) for p in _pairs(k)} & inside)
            path = " -> ".join(reversed(circle))
            yield Flaw(("links", key), f"the links go round: {path}", "take one of them out")


def _pairs(key: str) -> tuple[tuple[str, str], ...]:
    """Read ``a, b -> c`` as pairs; nothing when it is not of that form."""
    left, arrow, right = key.partition("->")
    starts, ends = ([part.strip() for part in side.split(",")] for side in (left, right))
    if not arrow or not all([*starts, *ends]) or "->" in right:
        return ()
    return tuple((start, end) for start in starts for end in ends)
