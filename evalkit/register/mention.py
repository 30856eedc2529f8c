"""What documents say of an instrument, as records."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evalkit.model.record import Record
from evalkit.model.registered import Registered


class TracedNumber(Record):
    """A number that a document gives: what it measures, how much, and the place.

    Attributes
    ----------
    text
        What was counted, or paid.
    value
        How much, with its year where there is one, in the language asked for.
    source
        The key of the source, with its place.
    """

    text: str
    value: str
    source: str = ""


class Mention(Record):
    """What one document says of an instrument.

    Attributes
    ----------
    case
        The slug of the case.
    document
        The title of the document, or of the case.
    year
        Of the document; None when it has none.
    kind
        ``instrument``, ``action``, ``commitment``, ``investment`` or ``mention``.
    name
        What the document calls it, or says of it.
    status, period
        As the document gives them; empty when it does not.
    numbers
        The numbers that it gives.
    milestones
        What was promised for when.
    source
        The key of the source of what is said, with its place.
    place
        File and line in the case.
    """

    case: str
    document: str
    year: int | None
    kind: str
    name: str
    status: str = ""
    period: str = ""
    numbers: tuple[TracedNumber, ...] = ()
    milestones: tuple[str, ...] = ()
    source: str = ""
    place: str = ""


class Trace(Record):
    """What each document says of one instrument, the oldest first.

    Attributes
    ----------
    id, entry
        The identity in the register.
    mentions
        One a document and place.
    """

    id: str
    entry: Registered
    mentions: tuple[Mention, ...]

    @property
    def changes(self) -> tuple[str, ...]:
        """What differs from one document to the next: status and period."""
        found = []
        for name in ("status", "period"):
            said = [(m, getattr(m, name)) for m in self.mentions if getattr(m, name)]
            for (before, old), (after, new) in pairwise(said):
                if old != new:
                    found.append(f"{name}: {old} ({_when(before)}) → {new} ({_when(after)})")
        return tuple(found)

    def summary(self) -> str:
        """Print it for a terminal."""
        also = f" ({', '.join(self.entry.also)})" if self.entry.also else ""
        lines = [f"{self.entry.name}{also}"]
        if self.entry.what:
            lines.append(self.entry.what)
        above = ""
        for mention in self.mentions:
            head = f"{mention.year or '?'}  {mention.document} [{mention.case}]"
            lines += ["", head] if head != above else []
            lines += _lines(mention)
            above = head
        if self.changes:
            lines += ["", *self.changes]
        return "\n".join(lines)


def _when(mention: Mention) -> str:
    return str(mention.year) if mention.year is not None else mention.case


def _lines(mention: Mention) -> Iterator[str]:
    facts = ", ".join(filter(None, [mention.status, mention.period]))
    source = f"  [{mention.source}]" if mention.source else ""
    yield f"  {mention.name}{f' ({facts})' if facts else ''}{source}"
    yield f"    {mention.place}"
    for number in mention.numbers:
        source = f"  [{number.source}]" if number.source else ""
        yield f"    {number.text} – {number.value}{source}"
    for told in mention.milestones:
        yield f"    {told}"
