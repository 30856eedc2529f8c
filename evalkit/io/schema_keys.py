"""Keys of the case files: which are not written, and which are read in a way of their own."""

from __future__ import annotations

from collections.abc import Callable

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaValue

from evalkit.model.analysis import Analysis
from evalkit.model.case import Case
from evalkit.model.chain import Chain
from evalkit.model.datatable import DataTable
from evalkit.model.evidence import Evidence
from evalkit.model.indicator import Indicator
from evalkit.model.instrument import Instrument
from evalkit.model.variants import Variants

# What evalkit gathers itself, or takes from another file.
_NOT_WRITTEN: dict[type[BaseModel], set[str]] = {
    Case: {
        "slug", "theory", "instruments", "analyses", "sources", "chapters", "hashes", "original",
        "folder", "compliance", "contributions",
    },
    Evidence: {"analysis"},
    DataTable: {"rows", "lines"},
    Indicator: {"total_computed"},
    Instrument: {"prose", "impact"},  # impact belongs to the policy as a whole
}  # fmt: skip
_ID = "[a-z0-9][a-z0-9-]*"
_IDS = rf"\s*{_ID}(\s*,\s*{_ID})*\s*"


def not_written(record: type[BaseModel]) -> set[str]:
    """Name the keys that a record has in memory only."""
    return {name for part in record.__mro__ for name in _NOT_WRITTEN.get(part, ())}


def special(record: type[BaseModel], name: str, value: JsonSchemaValue) -> JsonSchemaValue:
    """Adapt the few keys that are read in a way of their own."""
    for owner, key, adapt in _SPECIAL:
        if key == name and issubclass(record, owner):
            return adapt(value)
    return value


def _total(value: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [{"const": "sum"}, *value["anyOf"]]}


def _links(value: JsonSchemaValue) -> JsonSchemaValue:
    return {**value, "propertyNames": {"pattern": f"^{_IDS}->{_IDS}$"}}


def _services(value: JsonSchemaValue) -> JsonSchemaValue:
    """Goals may be one word, a list, or keys of which the value may be left open."""
    goal = {"type": ["string", "number"], **value["propertyNames"]}
    inner = may_be_left_open(value["additionalProperties"])
    keys = {**value, "additionalProperties": inner}
    return {"anyOf": [goal, {"type": "array", "items": goal}, keys]}


def _outcomes(value: JsonSchemaValue) -> JsonSchemaValue:
    """So may those of variants."""
    return {**value, "items": _outcome(value["items"])}


def _outcome(value: JsonSchemaValue) -> JsonSchemaValue:
    """The column may stand there by itself."""
    return {"anyOf": [{"type": ["string", "number"], "minLength": 1}, value]}


_SPECIAL: tuple[tuple[type[BaseModel], str, Callable[[JsonSchemaValue], JsonSchemaValue]], ...] = (
    (Indicator, "total", _total),
    (Chain, "links", _links),
    (Instrument, "goals", _services),
    (Analysis, "outcome", _outcome),
    (Variants, "outcomes", _outcomes),
)


def not_empty(value: JsonSchemaValue) -> JsonSchemaValue:
    """Ask for an item where pydantic, which knows of no list of one word, asks for a letter."""
    if "anyOf" not in value or "minLength" not in value:
        return value
    rest = {key: part for key, part in value.items() if key != "minLength"}
    parts = [
        {**part, "minItems": value["minLength"]} if part.get("type") == "array" else part
        for part in value["anyOf"]
    ]
    return {**rest, "anyOf": parts}


def may_be_left_open(value: JsonSchemaValue) -> JsonSchemaValue:
    """Let an optional key stand there without a value: evalkit reads it as absent."""
    null = {"type": "null"}
    if "anyOf" in value:
        return {**value, "anyOf": [*(part for part in value["anyOf"] if part != null), null]}
    if "$ref" in value:
        rest = {key: part for key, part in value.items() if key != "$ref"}
        return {"anyOf": [{"$ref": value["$ref"]}, null], **rest}
    # Not as an alternative beside it: a mistake within would be reported for both.
    types = value.get("type", [])
    open_ = {"type": [*([types] if isinstance(types, str) else types), "null"]} if types else {}
    words = {"enum": [*value["enum"], None]} if "enum" in value else {}
    return {**value, **open_, **words}
