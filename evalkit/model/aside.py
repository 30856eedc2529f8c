"""Asides: what a document says of an instrument that the case does not evaluate."""

from __future__ import annotations

from evalkit.model.instrument import Status
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Id, Record, Text
from evalkit.model.source import Citations


class Aside(Record):
    """An instrument that the document mentions and the case does not evaluate.

    Attributes
    ----------
    text
        What the document says of it, as a clause of our own.
    identity
        Its identity in the shared register.
    status, period, budget
        As the document gives them.
    source
        Where it stands.
    """

    text: Text
    identity: Id
    status: Status | None = None
    period: Period | None = None
    budget: Quantity | None = None
    source: Citations = ()
