"""Make the most of a broken case, so that all its problems come out in one run.

Validation stops a record at its first broken part. Here each broken part is reported, taken out,
and the rest validated again, until a whole `Case` stands; its records can then be checked against
each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evalkit.io.explain import choices_of, explain, is_lack, record_at
from evalkit.language.numbers import Language, format_decimal
from evalkit.language.suggest import did_you_mean
from evalkit.model.case import Case
from evalkit.model.contribution_likelihood import Likelihood
from evalkit.model.record import Flaw, Loc, Record

_ROUNDS = 12  # a part is taken out at each round; records nest less deep than this
_NOTHING = ("null", "Null", "NULL", "~")
_NO_NOTHING = "write a text, or leave the key out"
_LIKELIHOODS = ("0.1", "0.9")  # one of these makes sense of any test
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
            words = _words_meant(error, rest, context)
        told = [*flaws, *found]
        flaws += [flaw for flaw in found if not _follows(flaw, replaced) and not _is_in(told, flaw)]
        for flaw in reversed(found):  # so that the places of list items stay true
            replaced.add(flaw.loc)
            _take_out(rest, flaw.loc, words.get(flaw.loc))
            _without_sum(rest, flaw.loc)
    return None, flaws


def _without_sum(rest: dict[str, Any], loc: Loc) -> None:
    """Leave out the total of years of which one was taken out: it need not add up any longer."""
    if "per_year" in loc[:-1]:
        record = _at(rest, loc[: loc.index("per_year")])
        if isinstance(record, dict):
            record.pop("total", None)


def _follows(flaw: Flaw, replaced: set[Loc]) -> bool:
    """Whether a flaw is there only because something at its place, or in it, was taken out."""
    size = len(flaw.loc)
    return (
        flaw.loc in replaced
        or any(loc[:-1] == flaw.loc for loc in replaced)  # a record that lost a key
        or (is_lack(flaw) and any(loc[:size] == flaw.loc for loc in replaced))
    )


def _is_in(told: list[Flaw], lack: Flaw) -> bool:
    """Whether a key that is missing stands there after all, misspelt, and is told of as such."""
    if not is_lack(lack) or not lack.loc:
        return False
    meant = did_you_mean(str(lack.loc[-1]), [str(lack.loc[-1])])
    return any(one.loc[:-1] == lack.loc[:-1] and one.hint == meant for one in told)


def _words_meant(
    error: ValidationError, rest: dict[str, Any], context: dict[str, Any]
) -> dict[Loc, str]:
    """For each word or likelihood that is wrong, find one with which its record makes sense.

    Left out, it would bring messages of its own: a test without a kind, evidence without a result.
    """
    found = {}
    for details in error.errors(include_url=False):
        loc = details["loc"]
        words = _words_for(details, context)
        record, given = record_at(Case, loc[:-1]), _at(rest, loc[:-1])
        if not words or record is None or record is Case or not isinstance(given, dict):
            continue
        key = str(loc[-1])
        bare = {name: part for name, part in given.items() if name != key}
        tries = [bare, *({**bare, key: word} for word in words)]
        best = min(tries, key=lambda one: _flaws_in(record, one, context))
        if key in best:
            found[loc] = best[key]
    return found


def _words_for(details: ErrorDetails, context: dict[str, Any]) -> list[str]:
    if details["type"] == "literal_error":
        return choices_of(details)
    if record_at(Case, details["loc"]) is Likelihood:
        return [format_decimal(Decimal(n), context["lang"]) for n in _LIKELIHOODS]
    return []


def _flaws_in(record: type[BaseModel], given: dict[str, Any], context: dict[str, Any]) -> int:
    try:
        made = record.model_validate(given, context=context)
    except ValidationError as error:
        return 100 * error.error_count()
    return len(list(made.flaws())) if isinstance(made, Record) else 0


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


def _take_out(data: Any, loc: Loc, word: str | None = None) -> None:
    """Remove what stands at `loc`, or stand in for it where it is required or a word fits."""
    parents = [data]
    for part in loc[:-1]:
        inner = _step(parents[-1], part)
        if inner is None:
            return  # it went out already, for another reason
        if not isinstance(inner, dict | list):
            break
        parents.append(inner)
    here, last = parents[-1], loc[len(parents) - 1]
    stand_in = word or _STAND_INS.get(str(last))
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


def _at(data: Any, loc: Loc) -> Any:
    for part in loc:
        data = _step(data, part)
    return data


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
