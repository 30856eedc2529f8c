"""One goal of the policy, with the instruments that serve it."""

from __future__ import annotations

from typing import Literal

from evalkit.model.record import Record

Weight = Literal["over", "under", "none", "middle"]


class GoalRow(Record):
    """One goal, with the instruments that serve it in the period under review.

    Attributes
    ----------
    main, side
        Ids of the instruments that serve it as a main aim or on the side.
    nested
        Those of them that belong to an umbrella serving the same goal; not counted apart.
    continuing
        Those of them that still run after the period.
    count, count_after
        How many are counted, in the period and after it.
    weighed
        The count with a side aim for half, as a fraction: ``9/2``.
    weight
        Against the median over the goals: "none" is a blank spot.
    """

    goal: str
    name: str
    main: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    continuing: tuple[str, ...] = ()
    count: int = 0
    count_after: int = 0
    weighed: str = "0"
    weight: Weight = "middle"

    @property
    def counts(self) -> tuple[int, int, int, int]:
        """As a main aim, on the side, in the period and after it."""
        return self.main_count, self.side_count, self.count, self.count_after

    @property
    def main_count(self) -> int:
        """How many are counted that serve it as a main aim."""
        return len(set(self.main) - set(self.nested))

    @property
    def side_count(self) -> int:
        """How many are counted that serve it on the side."""
        return len(set(self.side) - set(self.nested))
