"""Responses: what was recommended, what was answered, and what became of it."""

from __future__ import annotations

from typing import Literal

from evalkit.model.milestone import Milestone
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Id, Record, Text
from evalkit.model.source import Citations

Stance = Literal["adopted", "partly adopted", "under study", "not adopted", "no answer"]
FollowUp = Literal["announced", "under way", "done", "stopped", "unknown"]


class Action(Record):
    """Something that was promised or is done in answer to a recommendation.

    Attributes
    ----------
    text
        What, as a sentence of our own.
    instrument
        The instrument of the case by which it is done.
    identity
        Its identity in the shared register, when other documents speak of it too.
    status
        How far it is, as the source says.
    checked
        The moment at which that was so.
    budget
        What is set aside for it.
    milestones
        What was promised for when.
    source
        Where it stands: a letter, a regulation.
    """

    text: Text
    instrument: Id | None = None
    identity: Id | None = None
    status: FollowUp = "unknown"
    checked: Period | None = None
    budget: Quantity | None = None
    milestones: dict[Id, Milestone] = {}
    source: Citations = ()


class Response(Record):
    """A recommendation with the answer to it.

    Attributes
    ----------
    recommendation
        What was recommended, as a sentence of our own.
    by
        Who recommended it, and where.
    stance
        How it was answered.
    answer
        The answer, in Markdown.
    actions
        What is done or promised, by id.
    source
        Where the answer stands.
    """

    recommendation: Text
    by: Citations = ()
    stance: Stance
    answer: str = ""
    actions: dict[Id, Action] = {}
    source: Citations = ()
