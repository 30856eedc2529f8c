"""The stages of a results chain, in their order."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where in the chain something stands; `order` counts from the input."""

    INPUT = "input"
    ACTIVITIES = "activities"
    OUTPUT = "output"
    INTERMEDIATE = "intermediate"
    OUTCOME = "outcome"
    IMPACT = "impact"

    @property
    def order(self) -> int:
        """Its place in the chain, from 0."""
        return list(Stage).index(self)


FIVE_STAGES = tuple(stage for stage in Stage if stage is not Stage.IMPACT)
"""The fixed stages of an instrument; `IMPACT` belongs to the policy as a whole."""
