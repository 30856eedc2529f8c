"""Values and references, in texts where nothing fills them in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.model.record import Flaw, Record

_REFERENCE = re.compile(r"(?<![\w@.\\])@(?:fig|tbl|tab|sec|box)-[\w-]*\w")
_HINT = "write it out here: chapters take it, and the `story` of a contribution"


def unfilled(record: Record, *fields: str) -> Iterator[Flaw]:
    """Find ``{{ … }}`` and ``@fig-…`` in texts of a record that are printed as they stand."""
    for field in fields:
        text = getattr(record, field)
        if "{{" in text:
            yield Flaw((field,), "a value between {{ and }} is not filled in here", _HINT)
        if found := _REFERENCE.search(text):
            yield Flaw((field,), f"the reference {found[0]} is not filled in here", _HINT)
