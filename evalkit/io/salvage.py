"""Make the most of a broken case, so that all its problems come out in one run.

Validation stops a record at its first broken part. Here each broken part is reported, taken out,
and the rest validated again, until a whole `Case` stands; its records can then be checked against
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from evalkit.io.explain import explain, is_lack
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.record import Flaw, Loc

_ROUNDS = 12  # a part is taken out at each round; records nest less deep than this
_NOTHING = ("null", "Null", "NULL", "~")
_NO_NOTHING = "write a text, or leave the key out"
# What stands in for a required key that is missing or broken, so that the rest can be checked.
_STAND_INS = {
    "title": "?", "text": "?", "name": "?", "period": "2000–2100", "type": "flankerend",
    "kind": "other", "file": "?", "funder": "?",
}  # fmt: skip


def salvage(data: dict[str, Any], numbers: Language = "nl") -> tuple[Case | None, list[Flaw]]:
    """Validate a case and say everything that is wrong with it.

    Parameters
    ----------
    data
        The gathered files.
    numbers
        The language that its numbers are written in.

    Returns
    -------
    case
        What could be made of it; None when nothing could.
    flaws
        What was broken, each once.
    """
    flaws = [Flaw(loc, f"'{word}' says nothing here", _NO_NOTHING) for loc, word in _nothings(data)]
    replaced = {flaw.loc for flaw in flaws}
    rest = _without_blanks(deepcopy(data))
    context = {"lang": numbers}
    for _ in range(_ROUNDS):
        try:
            return Case.model_validate(rest, context=context), flaws
        except ValidationError as error:
            found = list(explain(error, Case))
        flaws += [flaw for flaw in found if not _follows(flaw, replaced)]
        for flaw in reversed(found):  # so that the places of list items stay true
            replaced.add(flaw.loc)
            _take_out(rest, flaw.loc)
    return None, flaws


def _follows(flaw: Flaw, replaced: set[Loc]) -> bool:
    """Whether a flaw is there only because something at its place, or in it, was taken out."""
    size = len(flaw.loc)
    return flaw.loc in replaced or (
        is_lack(flaw) and any(loc[:size] == flaw.loc for loc in replaced)
    )


def _nothings(value: Any, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    """Find where YAML's words for nothing stand: they would be printed as they are."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _nothings(part, (*loc, key))
    elif isinstance(value, list):
        for at, part in enumerate(value):
            yield from _nothings(part, (*loc, at))
    elif isinstance(value, str) and value in _NOTHING:
        yield loc, value


def _take_out(data: Any, loc: Loc) -> None:
    """Remove what stands at `loc`, or stand in for it where it is required."""
    parents = [data]
    for part in loc[:-1]:
        inner = _step(parents[-1], part)
        if inner is None:
            return  # it went out already, for another reason
        if not isinstance(inner, dict | list):
            break
        parents.append(inner)
    here, last = parents[-1], loc[len(parents) - 1]
    stand_in = _STAND_INS.get(str(last))
    if isinstance(here, dict) and stand_in is not None and here.get(last) != stand_in:
        here[last] = stand_in
    elif isinstance(here, dict) and stand_in is not None and len(parents) > 1:
        # It does not do here either (the type of a rival is not that of an instrument).
        _take_out(data, loc[: len(parents) - 1])
    elif isinstance(here, dict) and last in here:
        del here[last]
    elif isinstance(here, list) and isinstance(last, int) and last < len(here):
        here[last] = None
        here.remove(None)
    elif len(parents) > 1:
        # A required key is missing and nothing can stand in: the record has to go.
        _take_out(data, loc[: len(parents) - 1])


def _step(value: Any, part: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(part, value.get(str(part)))
    return value[part] if isinstance(value, list) and isinstance(part, int) else None


def _without_blanks(value: Any) -> Any:
    """Drop keys that were left unfilled, except where the key itself says it all."""
    if isinstance(value, dict):
        return {
            key: _without_blanks(part)
            for key, part in value.items()
            if not _blank(part) or key not in _FIELD_NAMES
        }
    if isinstance(value, list):
        return [_without_blanks(part) for part in value]
    return None if _blank(value) else value


def _blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value in _NOTHING)


def _field_names() -> frozenset[str]:
    from evalkit import model  # every record that a case may hold

    records = [getattr(model, name) for name in model.__all__]
    return frozenset(field for record in records for field in getattr(record, "model_fields", ()))


_FIELD_NAMES = _field_names()
