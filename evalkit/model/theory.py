"""The policy theory: why the mix should lead to the goals."""

from __future__ import annotations

from collections.abc import Iterable

from evalkit.language.suggest import did_you_mean
from evalkit.model.chain import Chain, ChainNode, Ids
from evalkit.model.goal import Goal
from evalkit.model.record import Flaw, Id, Record, Text, walk
from evalkit.model.source import Citations


class ExternalFactor(Record):
    """Something outside the policy that moves the outcomes too.

    Attributes
    ----------
    bears_on
        The nodes of the theory that it influences.
    text
        What it is, as a noun phrase.
    source
        Where it comes from.
    """

    text: Text
    bears_on: Ids = ()
    source: Citations = ()


class PolicyTheory(Chain[ChainNode]):
    """The chain of the policy as a whole, with the goals that instruments serve.

    Attributes
    ----------
    question
        The attribution question: what should be explained by what.
    external
        Influences from outside the policy.
    note
        How the theory was reconstructed.
    goals
        What instruments can serve.
    source
        Where the theory comes from.
    """

    question: str = ""
    note: str = ""
    source: Citations = ()
    goals: dict[Id, Goal] = {}
    external: dict[Id, ExternalFactor] = {}

    def flaws(self) -> Iterable[Flaw]:
        """Add to the flaws of a chain: goals and nodes that are named but not there."""
        yield from super().flaws()
        stages = self.stages
        for key, factor in self.external.items():
            for index, node in enumerate(factor.bears_on):
                if node not in stages:
                    hint = did_you_mean(node, stages)
                    yield Flaw(
                        ("external", key, "bears_on", index), f"no node '{node}'", hint, node
                    )
        for loc, part in walk(self):
            if (
                isinstance(part, ChainNode)
                and part.goal is not None
                and part.goal not in self.goals
            ):
                hint = did_you_mean(part.goal, self.goals)
                yield Flaw((*loc, "goal"), f"no goal '{part.goal}'", hint, part.goal)
