"""From a failed validation to what a writer can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evalkit.errors import MisreadError
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Flaw, Loc

# Fields that evalkit fills in itself: no keys for a writer.
_FILLED_IN = frozenset(
    {
        "total_computed",
        "prose",
        "rows",
        "slug",
        "chapters",
        "hashes",
        "folder",
        "analysis",
        "original",
    }
)


def explain(error: ValidationError, model: type[BaseModel]) -> Iterator[Flaw]:
    """Say of each failure where it is, what is wrong and what to do.

    Parameters
    ----------
    error
        What pydantic raised.
    model
        The record that was validated, for the names of its keys.
    """
    for details in error.errors(include_url=False):
        loc = tuple(part for part in details["loc"] if part != "[key]")
        unknown = list(_unknown(details, loc, model))
        if unknown:
            yield from unknown
        else:
            yield Flaw(loc, *_words(details, loc, model))


def _unknown(details: ErrorDetails, loc: Loc, model: type[BaseModel]) -> Iterator[Flaw]:
    """Find unknown keys of a record that says it is incomplete: they are what it misses."""
    given = details["input"]
    record = record_at(model, loc)
    if details["type"] != "value_error" or not isinstance(given, dict) or record is None:
        return
    for key in given:
        if key not in record.model_fields:
            hint = did_you_mean(str(key), keys_at(model, loc))
            yield Flaw((*loc, key), f"unknown key '{key}'", hint)


def _words(details: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    given = details["input"]
    last = loc[-1] if loc else ""
    context = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return f"unknown key '{last}'", did_you_mean(str(last), keys_at(model, loc[:-1]))
        case "literal_error" | "enum":
            choices = _choices(str(context.get("expected", "")))
            hint = did_you_mean(str(given), choices)
            return f"{_kind(given)} is not one of the words for this", hint
        case "string_pattern_mismatch" if loc == ("slug",):
            return f"the name of the folder, '{given}', is not an id", _ID
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"keys are expected here, not {_kind(given)}", _expected_keys(model, loc)
        case "value_error":
            raised = context.get("error", "")
            if isinstance(raised, MisreadError):
                return raised.message, raised.hint
            return str(raised), ""
        case kind:
            message, hint = PLAIN.get(
                kind, ("{given} cannot be read here", "see docs/case-format.md")
            )
            filled = {"given": _kind(given), "last": last, **context}
            return message.format_map(filled), hint.format_map(filled)


def is_lack(flaw: Flaw) -> bool:
    """Whether a flaw is that something is not there, as when a broken part was taken out."""
    return flaw.message == _EMPTY[0] or _MISSING.fullmatch(flaw.message) is not None


_ID = "use lower case letters, digits and hyphens"
_NO_TEXT = (
    "text is expected here, not {given}",
    "write it behind the colon, in quotes when it begins with [ or {{ or holds `: `",
)
_NO_LIST = ("a list is expected here, not {given}", "write `[…]` or a line with `- ` for each")
_NO_WHOLE = ("{given} is not a whole number", "write digits only")
_EMPTY = ("this is empty", "fill it in, or leave the key out")
_MISSING = re.compile(r"the key '.*' is missing")
_NO_BOOL = ("{given} is neither true nor false", "write true or false")
# For each kind of failure the message and the hint.
PLAIN = {
    "missing": ("the key '{last}' is missing", "add it: it is required"),
    "string_pattern_mismatch": ("{given} is not an id", _ID),
    "string_type": _NO_TEXT,
    "string_unicode": ("{given} holds a sign that is no text", "type it again"),
    "tuple_type": _NO_LIST,
    "list_type": _NO_LIST,
    "int_parsing": _NO_WHOLE,
    "int_parsing_size": _NO_WHOLE,
    "int_type": _NO_WHOLE,
    "int_from_float": _NO_WHOLE,
    "string_too_short": _EMPTY,
    "too_short": _EMPTY,
    "bool_parsing": _NO_BOOL,
    "bool_type": _NO_BOOL,
    "greater_than": ("{given} is too small", "give a number above {gt}"),
    "less_than": ("{given} is too large", "give a number below {lt}"),
    "greater_than_equal": ("{given} is too small", "the smallest that makes sense here is {ge}"),
    "less_than_equal": ("{given} is too large", "the largest that makes sense here is {le}"),
}


def _kind(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case dict():
            return "keys"
        case list() | tuple():
            return "a list"
        case _:
            return f"'{_shown(value)}'"


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ", ").split(",")]


def _expected_keys(model: type[BaseModel], loc: Loc) -> str:
    keys = keys_at(model, loc)
    if keys:
        return f"such as {', '.join(keys[:6])}"
    each = keys_at(model, (*loc, ""))  # of a collection: the keys of whatever is in it
    return f"give each an id, with below it keys such as {', '.join(each[:4])}" if each else ""


def keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Give the keys that a record takes at a path inside `model`."""
    record = record_at(model, loc)
    return [name for name in record.model_fields if name not in _FILLED_IN] if record else []


def record_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """Find the record that stands at a path inside `model`."""
    here: Any = model
    for part in loc:
        here = _inside(here, part)
    return _record_in(here)


def choices_of(error: ErrorDetails) -> list[str]:
    """Give the words among which a writer may choose, when something else was written."""
    return _choices(str(error.get("ctx", {}).get("expected", "")))


def _inside(annotation: Any, part: str | int) -> Any:
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    record = _record_in(annotation)
    origin = get_origin(annotation)
    if record is not None and origin not in (dict, tuple):
        field = record.model_fields.get(str(part))
        return field.annotation if field is not None else None
    args = [arg for arg in get_args(annotation) if arg is not Ellipsis]
    if origin is dict:
        return args[1]
    return args[0] if args else None


def _record_in(annotation: Any) -> type[BaseModel] | None:
    """Find the record that an annotation such as ``Goal | None`` stands for."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (dict, tuple):
        return None
    return next((found for arg in get_args(annotation) if (found := _record_in(arg))), None)
