"""What a writer says of the requirements of a regime: where the report meets them, or why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import BeforeValidator

from evalkit.model.braces import unfilled
from evalkit.model.chain import Texts
from evalkit.model.record import Flaw, Id, Record

_QUOTED = 5  # words; fewer could stand anywhere
_REASON = 4  # words; "n.v.t." gives no reason


class Statement(Record):
    """What the writer says of one requirement.

    Attributes
    ----------
    at
        Labels of the headings, figures or tables of the report that meet it: ``sec-doelmatigheid``.
    says
        Words that stand there and meet it, as they are written; they are printed.
    because
        Why the report does not meet it, or not in full, as it will be printed.
    """

    at: Texts = ()
    says: Texts = ()
    because: str = ""

    def flaws(self) -> Iterable[Flaw]:
        """Find a claim that nobody could check, and values that nobody fills in."""
        yield from unfilled(self, "because")
        if self.because and _size(self.because) < _REASON:
            what = f"'{self.because}' gives no reason"
            yield Flaw(("because",), what, "say in a sentence why the report does not have it")
        if self.at and not self.says and not self.because:
            what = "nothing shows that this place meets the requirement"
            yield Flaw(("at",), what, "give under `says` the words there that do")
        if self.says and not self.at:
            yield Flaw(("says",), "the place of these words lacks", "give its label under `at`")
        for index, words in enumerate(self.says):
            if _size(words) < _QUOTED:
                what = f"'{words}' is too short to be found and judged"
                yield Flaw(("says", index), what, f"quote {_QUOTED} words or more")


def _size(text: str) -> int:
    """Count words; a dash or an ellipsis is none."""
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def left_open(value: object) -> object:
    """Let a key stand there by itself: naming a regime makes it apply."""
    return {} if value in (None, "") else value


Statements = Annotated[
    dict[Id, Annotated[Statement, BeforeValidator(left_open)]], BeforeValidator(left_open)
]
"""Statements by requirement of one regime."""

Claims = dict[Id, Statements]
"""Statements by regime: the file ``compliance.yaml``."""
