"""From a failed validation to what a writer can act on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Flaw, Loc


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
        message, hint = _words(details, loc, model)
        yield Flaw(loc, message, hint)


def _words(details: ErrorDetails, loc: Loc, model: type[BaseModel]) -> tuple[str, str]:
    given = details["input"]
    last = loc[-1] if loc else ""
    context = details.get("ctx", {})
    match details["type"]:
        case "extra_forbidden":
            return f"unknown key '{last}'", did_you_mean(str(last), keys_at(model, loc[:-1]))
        case "missing":
            return f"the key '{last}' is missing", "add it: it is required"
        case "literal_error" | "enum":
            choices = _choices(str(context.get("expected", "")))
            return f"'{_shown(given)}' is not one of the words for this", did_you_mean(str(given), choices)
        case "string_pattern_mismatch":
            return f"'{given}' is not an id", "use lower case letters, digits and hyphens"
        case "string_type":
            return f"text is expected here, not {_kind(given)}", ""
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"keys are expected here, not {_kind(given)}", _expected_keys(model, loc)
        case "tuple_type" | "list_type":
            return f"a list is expected here, not {_kind(given)}", "write `[…]` or a line with `- ` for each"
        case "int_parsing" | "int_type" | "int_from_float":
            return f"'{_shown(given)}' is not a whole number", ""
        case "value_error":
            return str(context.get("error", details["msg"])), ""
        case "string_too_short" | "too_short":
            return "this is empty", "fill it in, or leave the key out"
        case "bool_parsing" | "bool_type":
            return f"'{_shown(given)}' is neither true nor false", "write true or false"
        case _:
            return f"{details['msg']} ('{_shown(given)}')", ""


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
    return f"such as {', '.join(list(keys)[:6])}" if keys else ""


def keys_at(model: type[BaseModel], loc: Loc) -> list[str]:
    """Give the keys that a record takes at a path inside `model`."""
    here: Any = model
    for part in loc:
        here = _inside(here, part)
    record = _record_in(here)
    return list(record.model_fields) if record is not None else []


def _inside(annotation: Any, part: str | int) -> Any:
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
