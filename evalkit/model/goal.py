"""Goals, and which instrument serves them."""

from __future__ import annotations

from typing import Literal

from evalkit.model.record import Record, Text
from evalkit.model.stage import Stage


class Goal(Record):
    """Something that the policy wants to reach.

    Attributes
    ----------
    name
        The goal in full.
    short
        The same for the head of a column.
    stage
        Where in the chain it lies.
    text
        What is meant by it.
    """

    name: Text
    short: str = ""
    stage: Stage = Stage.OUTPUT
    text: str = ""

    @property
    def label(self) -> str:
        """The short name, or the name when there is none."""
        return self.short or self.name


class Service(Record):
    """How an instrument serves a goal: as its main aim or on the side, and why we say so.

    Attributes
    ----------
    role
        ``main`` or ``side``.
    because
        Why we say so.
    """

    role: Literal["main", "side"] = "main"
    because: str = ""
