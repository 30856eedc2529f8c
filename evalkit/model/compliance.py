"""What a writer says of the requirements of a regime: where the report meets them, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

from evalkit.model.braces import unfilled
from evalkit.model.chain import Texts
from evalkit.model.record import Flaw, Id, Record


class Statement(Record):
    """What the writer says of one requirement.

    Attributes
    ----------
    at
        Labels of the headings, figures or tables of the report that meet it: ``sec-doelmatigheid``.
    because
        Why the report does not meet it, or not in full, as it will be printed.
    """

    at: Texts = ()
    because: str = ""

    def flaws(self) -> Iterable[Flaw]:
        """Find a value in an explanation, which is printed as it stands."""
        yield from unfilled(self, "because")


def left_open(value: object) -> object:
    """Let a key stand there by itself: naming a regime makes it apply."""
    return {} if value in (None, "") else value


Statements = Annotated[
    dict[Id, Annotated[Statement, BeforeValidator(left_open)]], BeforeValidator(left_open)
]
"""Statements by requirement of one regime."""

Claims = dict[Id, Statements]
"""Statements by regime: the file ``compliance.yaml``."""
