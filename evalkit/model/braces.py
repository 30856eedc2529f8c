"""Values between braces, in texts where nothing fills them in."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.model.record import Flaw, Record

_HINT = "write it out here: values are filled in in chapters, and in the `story` of a contribution"


def unfilled(record: Record, *fields: str) -> Iterator[Flaw]:
    """Find ``{{ … }}`` in texts of a record that the report prints as they stand."""
    for field in fields:
        if "{{" in getattr(record, field):
            yield Flaw((field,), "a value between {{ and }} is not filled in here", _HINT)
