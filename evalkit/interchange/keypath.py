"""The path of a key as one text: ``analyses/banen/checks/[1]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalkit.model.record import Loc

_NUMBER = re.compile(r"\[([1-9][0-9]*)\]")
_PART = re.compile(r"(?:\\.|[^\\/])+|(?<=/)(?=/|$)|^(?=/)", re.DOTALL)


def to_path(loc: Loc) -> str:
    r"""Write a path; the first item of a list is ``[1]``.

    Examples
    --------
    >>> to_path(("tables", "a/b", 0))
    'tables/a\\/b/[1]'
    """
    return "/".join(f"[{part + 1}]" if isinstance(part, int) else _escaped(part) for part in loc)


def from_path(text: str) -> Loc:
    """Read what :func:`to_path` wrote.

    Examples
    --------
    >>> from_path("analyses/banen/checks/[1]")
    ('analyses', 'banen', 'checks', 0)
    """
    found: list[str | int] = []
    for part in _PART.findall(text):
        number = _NUMBER.fullmatch(part)
        found.append(int(number[1]) - 1 if number else re.sub(r"\\(.)", r"\1", part))
    return tuple(found)


def leaves(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Give every text with its path; nothing stands at a key that was left open."""
    if isinstance(value, dict) and value:
        for key, part in value.items():
            yield from leaves(part, (*loc, key))
    elif isinstance(value, list) and value:
        for at, part in enumerate(value):
            yield from leaves(part, (*loc, at))
    else:
        yield loc, value if isinstance(value, str) else ""


def plant(data: dict[str, Any], loc: Loc, value: Any) -> bool:
    """Put a value at a path, making what lies on the way; False when something is in the way."""
    here: Any = data
    for part, after in zip(loc, (*loc[1:], None), strict=True):
        fresh: Any = value if after is None else [] if isinstance(after, int) else {}
        if isinstance(part, int):
            if not isinstance(here, list) or part > len(here):
                return False
            if part == len(here):
                here.append(fresh)
            elif after is None:
                return False
        elif not isinstance(here, dict) or (after is None and part in here):
            return False
        else:
            here.setdefault(part, fresh)
        here = here[part]
    return True


def _escaped(part: str) -> str:
    text = re.sub(r"([\\/])", r"\\\1", part)
    return f"\\{text}" if _NUMBER.fullmatch(part) else text
