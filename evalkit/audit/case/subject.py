"""What the audit of a case looks at: the case with its scores, and all its numbers in one row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from evalkit.audit.case.prose import Passage, passages
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import load_ladder
from evalkit.judgement.scores import Scores
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc
from evalkit.model.stage import Stage


@dataclass(frozen=True)
class Counted:
    """One number of a case, with the node that it belongs to.

    Attributes
    ----------
    loc
        The keys that lead to it.
    node
        What is counted.
    role
        ``baseline``, ``target``, ``actual``, ``no_policy``, ``per_year`` or ``total``.
    year
        The year that it is about, where that is known.
    """

    loc: Loc
    node: ChainNode
    role: str
    quantity: Quantity
    year: int | None = None


@dataclass(frozen=True)
class Subject:
    """A case as the rules of the audit see it.

    Attributes
    ----------
    case
        The case, with the evidence that its analyses gave.
    scores
        The verdicts on its instruments.
    """

    case: Case
    scores: Scores

    @cached_property
    def ladder(self) -> Ladder:
        """The profile that the verdicts were reached by."""
        return load_ladder(self.scores.ladder)

    @cached_property
    def nodes(self) -> tuple[tuple[Loc, ChainNode], ...]:
        """Every node of the case with the keys that lead to it."""
        return tuple(self._nodes())

    def _nodes(self) -> Iterator[tuple[Loc, ChainNode]]:
        for key, node in self.case.indicators.items():
            yield ("indicators", key), node
        for stage in Stage:
            for key, node in self.case.theory.at(stage).items():
                yield ("theory", stage.value, key), node
        for name, instrument in self.case.instruments.items():
            for stage in Stage:
                for key, node in instrument.at(stage).items():
                    yield ("instruments", name, stage.value, key), node

    @cached_property
    def numbers(self) -> tuple[Counted, ...]:
        """Every number of the case."""
        return tuple(one for loc, node in self.nodes for one in numbers_of(loc, node))

    @cached_property
    def prose(self) -> tuple[Passage, ...]:
        """Every sentence of the running text."""
        return tuple(passages(self.case))

    def place(self, loc: Loc) -> str:
        """Say where a key stands."""
        return self.case.place(*loc)


def numbers_of(loc: Loc, node: ChainNode) -> Iterator[Counted]:
    """List the numbers of one node."""
    for role, observation in node.observations.items():
        year = observation.year or node.year
        yield Counted((*loc, role), node, role, observation.value, year)
    for year, quantity in node.per_year.items():
        yield Counted((*loc, "per_year", year), node, "per_year", quantity, year)
    if node.total is not None and not node.total_computed:
        yield Counted((*loc, "total"), node, "total", node.total)
