"""A recommendation, and what carries it."""

from __future__ import annotations

from evalkit.model.chain import Ids, Texts
from evalkit.model.record import Record, Text


class Recommendation(Record):
    """A recommendation, tied to what carries it.

    Attributes
    ----------
    because
        Labels of the sections, figures or tables that it follows from.
    instruments
        The instruments that it concerns.
    title
        The recommendation in a sentence.
    text
        Its explanation, in Markdown.
    """

    title: Text
    text: str = ""
    because: Texts = ()
    instruments: Ids = ()
