"""The shared register: one identity for what several documents speak of."""

from __future__ import annotations

from evalkit.model.chain import Texts
from evalkit.model.record import Record, Text


class Registered(Record):
    """An instrument that appears in several cases, perhaps under other names.

    Attributes
    ----------
    name
        The name that it is known by.
    short
        The same for lists.
    also
        Other names that documents give it.
    what
        What it is, in a clause.
    """

    name: Text
    short: str = ""
    also: Texts = ()
    what: str = ""
