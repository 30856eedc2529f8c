"""What a format cannot hold, named key by key."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from evalkit.interchange.keypath import to_path
from evalkit.model.record import Loc


@dataclass(frozen=True, slots=True)
class Loss:
    """A key that does not come back from a format.

    Attributes
    ----------
    loc
        The key.
    why
        What the format lacks.
    """

    loc: Loc
    why: str

    def __str__(self) -> str:
        return f"{to_path(self.loc)}: {self.why}"


def without(data: dict[str, Any], losses: Iterable[Loss]) -> dict[str, Any]:
    """Take lost keys out of a case, and what is empty without them.

    Examples
    --------
    >>> without({"a": {"b": "1", "c": "2"}}, [Loss(("a", "b"), "no place")])
    {'a': {'c': '2'}}
    """
    found = deepcopy(data)
    for loss in losses:
        here: Any = found
        for part in loss.loc[:-1]:
            here = here.get(part, {}) if isinstance(here, dict) else {}
        if isinstance(here, dict):
            here.pop(loss.loc[-1], None)
    return found


def told(losses: Iterable[Loss]) -> str:
    """Tell losses by the key that is lost, with how often: for a terminal."""
    groups: dict[tuple[str, str], list[Loss]] = {}
    for loss in losses:
        groups.setdefault((str(loss.loc[-1]), loss.why), []).append(loss)
    lines = []
    for (key, why), found in groups.items():
        if len(found) == 1:
            lines.append(str(found[0]))
        else:
            lines.append(f"{key} ({len(found)} times, as {to_path(found[0].loc)}): {why}")
    return "\n".join(lines)
