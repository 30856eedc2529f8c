"""Themes: a problem, the goal set against it, and what was agreed to do."""

from __future__ import annotations

from evalkit.model.chain import Ids, Texts
from evalkit.model.indicator import Observation
from evalkit.model.record import Id, Record, Text
from evalkit.model.source import Citations


class Commitment(Record):
    """One thing that parties agreed to do or ask for.

    Attributes
    ----------
    text
        What, as a sentence of our own.
    target
        The number it is to reach, when it has one: ``100.000 woningen per jaar in 2030``.
    instruments
        Instruments of the case by which it is to be done.
    identity
        Its identity in the shared register, when other documents speak of it too.
    source
        Where it stands.
    """

    text: Text
    target: Observation | None = None
    instruments: Ids = ()
    identity: Id | None = None
    source: Citations = ()


class Theme(Record):
    """A part of an agenda: what is wrong, what it should become, and what is agreed.

    Attributes
    ----------
    name
        As the head of its section.
    problem, goal
        What is wrong and what it should become, in Markdown.
    signatories
        Who stands behind it.
    indicators
        Ids of indicators of the case that show the problem or the goal.
    commitments
        What is agreed, by id.
    source
        Where it stands.
    """

    name: Text
    problem: str = ""
    goal: str = ""
    signatories: Texts = ()
    indicators: Ids = ()
    commitments: dict[Id, Commitment] = {}
    source: Citations = ()
