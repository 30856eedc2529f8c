"""A policy instrument, with its chain and its evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from evalkit.language.suggest import did_you_mean
from evalkit.model.chain import Chain, ChainNode, Texts
from evalkit.model.evaluability import Evaluability
from evalkit.model.evidence import Evidence
from evalkit.model.goal import Service
from evalkit.model.milestone import Milestone
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Flaw, Id, Loc, Record, Text, walk
from evalkit.model.source import Citations

InstrumentType = Literal[
    "subsidie", "fiscaal", "regelgeving", "flankerend", "convenant", "garantie",
    "voorlichting", "investering",
]  # fmt: skip
Status = Literal["lopend", "gestopt", "voorgenomen", "verkenning", "besluit nodig"]
Cover = Literal["reserved", "awaiting approval", "pm", "none", "unknown"]


def _services(value: object) -> object:
    """Let goals be written as a plain list: then each is a main goal."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, (list, tuple)) and all(isinstance(goal, str) for goal in value):
        return {goal: {} for goal in value}
    if isinstance(value, dict):
        return {goal: {} if service in (None, "") else service for goal, service in value.items()}
    return value


class Override(Record):
    """A signed departure from the level that the rules derive; printed as one.

    Attributes
    ----------
    level
        The rung instead.
    reason
        Why.
    signed
        Who decided so.
    date
        When.
    """

    level: Annotated[int, Field(ge=0)]
    reason: Text
    signed: Text
    date: Text


class Instrument(Chain[ChainNode]):
    """One policy measure.

    Attributes
    ----------
    short
        Its name for tables and figures.
    predecessor, successor
        Ids of instruments in the case, or names of instruments outside it.
    part_of
        The umbrella that it belongs to.
    goals
        The goals that it serves, by id.
    summary, description
        The lead of its section and what it is, in Markdown.
    aims
        Its own stated aims.
    prose
        Markdown per stage, from the file beside it.
    name
        Its name in full.
    type
        What sort of measure it is.
    status
        Whether it runs, has ended or is still to begin.
    period
        When it ran or runs: ``2018–2021``, ``2013–heden``.
    period_note
        Where the period comes from, or what is uncertain about it.
    ministries
        Who is responsible for it.
    involved
        Ministries and parties that share the work.
    executor
        Who carries it out.
    theme
        The theme of the agenda that it belongs to, by id.
    problem
        What it is against, in Markdown; when the theme does not say enough.
    cover
        Whether the money for it is there.
    no_budget
        Where a source says that it has no budget of its own.
    milestones
        What was promised for when, by id.
    references
        Letters, motions and regulations that it stands in.
    evaluability
        How it is to be evaluated later.
    identity
        Its identity in the shared register, when other documents speak of it too.
    target_group
        For whom it is.
    evidence
        What was studied about it, by id.
    override
        A signed departure from the level that the rules derive.
    """

    name: Text
    short: str = ""
    type: InstrumentType
    status: Status | None = None
    period: Period
    period_note: str = ""
    ministries: Texts = ()
    involved: Texts = ()
    executor: str = ""
    theme: Id | None = None
    problem: str = ""
    cover: Cover | None = None
    no_budget: Citations = ()
    milestones: dict[Id, Milestone] = {}
    references: Citations = ()
    evaluability: Evaluability | None = None
    identity: Id | None = None
    target_group: str = ""
    predecessor: Texts = ()
    successor: Texts = ()
    part_of: Id | None = None
    goals: Annotated[dict[Id, Service], BeforeValidator(_services)] = {}
    summary: str = ""
    description: str = ""
    aims: Texts = ()
    evidence: dict[Id, Evidence] = {}
    override: Override | None = None
    prose: str = ""

    @property
    def label(self) -> str:
        """The short name, or the name when there is none."""
        return self.short or self.name

    @property
    def budget(self) -> Quantity | None:
        """What it cost or may cost: the amount of its input node called ``budget``."""
        node = self.input.get("budget")
        if node is None:
            return None
        if node.total is not None:
            return node.total
        found = node.actual or node.target
        return found.value if found is not None else None

    def flaws(self) -> Iterable[Flaw]:
        """Add to the flaws of a chain: an impact of its own."""
        yield from super().flaws()
        if self.impact:
            yield Flaw(
                ("impact",),
                "an instrument ends at its outcomes; impact belongs to theory.yaml",
                "move the node to `outcome` or to theory.yaml",
            )
        yield from self.evaluability_flaws()

    def evaluability_flaws(self) -> Iterator[Flaw]:
        """Find an indicator to evaluate by that is no node of the chain."""
        plan = self.evaluability
        if plan is not None and plan.indicator is not None and plan.indicator not in self.stages:
            hint = did_you_mean(plan.indicator, self.stages)
            what = f"no node '{plan.indicator}' in this chain"
            yield Flaw(("evaluability", "indicator"), what, hint, plan.indicator)

    def evidence_flaws(self, analyses: Collection[str]) -> Iterator[Flaw]:
        """Find links that name evidence that is not there, nor found by an analysis of it."""
        known = [*self.evidence, *analyses]
        for key, link in self.links.items():
            for index, name in enumerate(link.evidence):
                if name not in known:
                    loc = ("links", key, "evidence", index)
                    what = f"no evidence '{name}' in this instrument"
                    yield Flaw(loc, what, did_you_mean(name, known), name)

    def reference_flaws(self, instruments: dict[str, Any], goals: dict[str, Any]) -> Iterator[Flaw]:
        """Find ids of instruments and goals that the case does not have."""
        for goal in self.goals:
            if goal not in goals:
                hint = did_you_mean(goal, goals, "" if goals else "add it to theory.yaml")
                yield Flaw(("goals", goal), f"no goal '{goal}'", hint, goal, "theory.yaml")
        for key in ("predecessor", "successor"):
            for name in getattr(self, key):
                # A name outside the case has a capital or a space; an id has neither.
                if name == name.lower() and " " not in name and name not in instruments:
                    fallback = "write its name with a capital when it is not in this case"
                    hint = did_you_mean(name, instruments, fallback)
                    yield Flaw((key,), f"no instrument '{name}'", hint, name)
        named: list[tuple[Loc, str | None]] = [(("part_of",), self.part_of)]
        named += [
            ((*loc, "instrument"), part.instrument)
            for loc, part in walk(self)
            if isinstance(part, ChainNode)
        ]
        for loc, name in named:
            if name is not None and name not in instruments:
                yield Flaw(loc, f"no instrument '{name}'", did_you_mean(name, instruments), name)
