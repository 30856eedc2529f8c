"""How much a case holds, to be held against the document that it puts in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from evalkit.model.case import Case
from evalkit.model.instrument import Instrument
from evalkit.model.investment import Investment
from evalkit.model.milestone import Milestone
from evalkit.model.quantity import Quantity
from evalkit.model.record import Record, walk
from evalkit.model.response import Action, Response
from evalkit.model.source import Source
from evalkit.model.theme import Commitment, Theme

# Each kind with its name for one and for more, in the order in which it is told.
_KINDS: tuple[tuple[type[Record], str, str], ...] = (
    (Instrument, "instrument", "instruments"),
    (Theme, "theme", "themes"),
    (Commitment, "commitment", "commitments"),
    (Investment, "line of investment", "lines of investment"),
    (Response, "response", "responses"),
    (Action, "action", "actions"),
    (Quantity, "quantity", "quantities"),
    (Milestone, "milestone", "milestones"),
    (Source, "source", "sources"),
)


def counts(case: Case) -> dict[str, int]:
    """Count the records of each kind in a case.

    Parameters
    ----------
    case
        Any case.

    Returns
    -------
    dict
        How many, by the plural of each kind: ``instruments``, ``quantities``, ``sources``, …

    Examples
    --------
    >>> from evalkit import load_case
    >>> counts(load_case("menselijk-kapitaal"))["instruments"]
    11
    """
    found = Counter(type(part) for _, part in walk(case))
    return {many: found[kind] for kind, _, many in _KINDS}


def told(case: Case) -> str:
    """Tell the counts that are not nought, for a terminal: ``11 instruments, 64 sources``."""
    return ", ".join(_told(case))


def _told(case: Case) -> Iterator[str]:
    found = counts(case)
    for _, one, many in _KINDS:
        if found[many]:
            yield f"{found[many]} {one if found[many] == 1 else many}"
    for one, many, number in (
        ("chapter", "chapters", len(case.chapters)),
        ("recommendation", "recommendations", len(case.recommendations)),
    ):
        if number:
            yield f"{number} {one if number == 1 else many}"
