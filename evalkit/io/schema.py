"""JSON Schema of the case files, so that an editor helps to fill them in.

The models are the one source: this adapts what pydantic says of them to how the files are written.
In a file, numbers and dates are text or bare, a list of one needs no brackets, and what evalkit
gathers itself (prose, hashes, rows of tables) has no key.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable
from inspect import cleandoc
from pathlib import Path
from typing import Any

from pydantic import BaseModel, RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from evalkit import model
from evalkit.errors import EvalkitError
from evalkit.language.numbers import LANGUAGES
from evalkit.language.suggest import did_you_mean
from evalkit.model.analysis import Analysis
from evalkit.model.case import Case, DataTable
from evalkit.model.chain import Chain
from evalkit.model.evidence import Evidence
from evalkit.model.indicator import Indicator
from evalkit.model.instrument import Instrument
from evalkit.model.record import Id, as_tuple
from evalkit.model.theory import PolicyTheory


class Analyses(RootModel[dict[Id, Analysis]]):
    """The analyses of a case, by id."""


KINDS: dict[str, type[BaseModel]] = {
    "case": Case,
    "theory": PolicyTheory,
    "instrument": Instrument,
    "analyses": Analyses,
}
_FILES: dict[str, str] = {
    "case": "case.yaml",
    "theory": "theory.yaml",
    "instrument": "instruments/<id>.yaml",
    "analyses": "analyses.yaml",
}
# What evalkit gathers itself, or takes from another file.
_NOT_WRITTEN: dict[type[BaseModel], set[str]] = {
    Case: {
        "slug", "theory", "instruments", "analyses", "sources", "chapters", "hashes", "original",
        "folder",
    },
    Evidence: {"analysis"},
    DataTable: {"rows"},
    Indicator: {"total_computed"},
    Instrument: {"prose", "impact"},  # impact belongs to the policy as a whole
}  # fmt: skip
_ID = "[a-z0-9][a-z0-9-]*"
_IDS = rf"\s*{_ID}(\s*,\s*{_ID})*\s*"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: str) -> dict[str, Any]:
    """Describe one kind of file.

    Parameters
    ----------
    kind
        ``case``, ``theory``, ``instrument`` or ``analyses``.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12.

    Raises
    ------
    EvalkitError
        There is no such kind of file.

    Examples
    --------
    >>> schema("instrument")["required"]
    ['name', 'type', 'period']
    """
    if kind not in KINDS:
        raise EvalkitError(f"there is no file of the kind '{kind}'", hint=did_you_mean(kind, KINDS))
    found = KINDS[kind].model_json_schema(schema_generator=_FileForm)
    for name, part in found["$defs"].items():
        part.setdefault("description", _summary(getattr(model, name, None)))
    title = f"{_FILES[kind]} of an evalkit case"
    return {"$schema": _DIALECT, **found, "title": title}


def all_schemas() -> dict[str, Any]:
    """Describe every kind of file in one document, under ``$defs``.

    Examples
    --------
    >>> all_schemas()["$defs"]["theory"]["title"]
    'theory.yaml of an evalkit case'
    """
    shared: dict[str, Any] = {}
    kinds: dict[str, Any] = {}
    for kind in KINDS:
        found = schema(kind)
        del found["$schema"]
        shared |= found.pop("$defs", {})
        kinds[kind] = found
    title = f"Files of an evalkit case: {', '.join(_FILES.values())}"
    return {"$schema": _DIALECT, "title": title, "$defs": {**kinds, **shared}}


def write_schemas(folder: str | Path, kinds: Iterable[str] = tuple(KINDS)) -> tuple[Path, ...]:
    """Write a file ``<kind>.schema.json`` for each kind.

    Parameters
    ----------
    folder
        Where to; it is made when it is not there. A schema that stands there is renewed.
    kinds
        Which.

    Raises
    ------
    EvalkitError
        There is no such kind of file, or the folder cannot be written.
    """
    texts = {Path(folder) / f"{kind}.schema.json": as_text(schema(kind)) for kind in kinds}
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_whole(path, text)
    except OSError as error:
        raise EvalkitError(
            f"the schemas cannot be written to '{folder}': {error.strerror}",
            hint="choose another folder with --into, or mend its permissions",
        ) from None
    return tuple(texts)


def as_text(document: dict[str, Any]) -> str:
    """Print a schema as JSON."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def _write_whole(path: Path, text: str) -> None:
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as beside:
        whole = Path(beside) / path.name
        whole.write_text(f"{text}\n", encoding="utf-8", newline="\n")
        whole.replace(path)


class _FileForm(GenerateJsonSchema):
    """Describes records as they are written in a file, and not as they are in memory."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe the keys of a record, with the help of its docstring."""
        found = super().model_schema(schema)
        record = schema["cls"]
        if issubclass(record, RootModel):
            return {**found, "description": _summary(record)}
        lines = _attributes(record)
        hidden = {name for part in record.__mro__ for name in _NOT_WRITTEN.get(part, ())}
        required = set(found.get("required", ())) - hidden
        keys = {}
        for name, value in found.get("properties", {}).items():
            if name in hidden:
                continue
            key = _special(record, name, value)
            key = _not_empty(key) if name in required else _may_be_left_open(key)
            keys[name] = {**key, "description": lines[name]} if name in lines else key
        found["properties"] = keys
        if "required" in found:
            found["required"] = [name for name in found["required"] if name in required]
        return {**found, "description": _summary(record)}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002
        """Give keys no title: it would say the key again."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Tell a default when it says something."""
        found = super().default_schema(schema)
        if found.get("default") in (None, "", False, [], {}):
            found.pop("default", None)
        return found

    def function_before_schema(
        self, schema: core_schema.BeforeValidatorFunctionSchema
    ) -> JsonSchemaValue:
        """Let a list of one be written without brackets."""
        found = super().function_before_schema(schema)
        function: Any = schema["function"]["function"]
        return {"anyOf": [found["items"], found]} if function is as_tuple else found

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Let text be a bare number, as in ``version: 2``, or stand there in both languages."""
        found = {**super().str_schema(schema), "type": ["string", "number"]}
        if "pattern" in found:
            return found  # an id is no text
        each = {"type": ["string", "number", "array"], "items": {"type": ["string", "number"]}}
        return {
            **found,
            "type": ["string", "number", "object"],
            "properties": dict.fromkeys(LANGUAGES, each),
            "required": list(LANGUAGES),
            "additionalProperties": False,
        }

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """Let a whole number be text: evalkit reads every scalar so."""
        found = super().int_schema(schema)
        digits = 4 if found.get("minimum", 0) >= 1000 else 0
        pattern = rf"^[0-9]{{{digits}}}$" if digits else "^[0-9]+$"
        return {**found, "type": ["integer", "string"], "pattern": pattern}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002
        """Let yes and no be text: evalkit reads every scalar so."""
        return {"enum": [True, False, "true", "false"]}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Tell which keys a mapping may have."""
        keys = self.generate_inner(schema["keys_schema"])
        values = self.generate_inner(schema["values_schema"])
        if "enum" in keys:
            words = dict.fromkeys(keys["enum"], values)
            return {"type": "object", "properties": words, "additionalProperties": False}
        names = {"propertyNames": {"pattern": keys["pattern"]}} if "pattern" in keys else {}
        return {"type": "object", **names, "additionalProperties": values}


def _special(record: type[BaseModel], name: str, value: JsonSchemaValue) -> JsonSchemaValue:
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
    inner = _may_be_left_open(value["additionalProperties"])
    keys = {**value, "additionalProperties": inner}
    return {"anyOf": [goal, {"type": "array", "items": goal}, keys]}


_SPECIAL: tuple[tuple[type[BaseModel], str, Callable[[JsonSchemaValue], JsonSchemaValue]], ...] = (
    (Indicator, "total", _total),
    (Chain, "links", _links),
    (Instrument, "goals", _services),
)


def _not_empty(value: JsonSchemaValue) -> JsonSchemaValue:
    """Ask for an item where pydantic, which knows of no list of one word, asks for a letter."""
    if "anyOf" not in value or "minLength" not in value:
        return value
    rest = {key: part for key, part in value.items() if key != "minLength"}
    parts = [
        {**part, "minItems": value["minLength"]} if part.get("type") == "array" else part
        for part in value["anyOf"]
    ]
    return {**rest, "anyOf": parts}


def _may_be_left_open(value: JsonSchemaValue) -> JsonSchemaValue:
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


def _summary(record: object) -> str:
    return _plain(cleandoc(record.__doc__ or "").split("\n\n")[0])


def _attributes(record: type[BaseModel]) -> dict[str, str]:
    """Read the numpydoc ``Attributes`` of a record and of what it builds on.

    Examples
    --------
    >>> from evalkit.model.budget import BudgetLine
    >>> _attributes(BudgetLine)["form"]
    'In cash, in kind or both.'
    """
    found: dict[str, str] = {}
    for part in reversed(record.__mro__):
        section = re.search(
            r"^Attributes\n-+\n(.*?)(?=^\S[^\n]*\n-{3,}$|\Z)",
            cleandoc(part.__doc__ or ""), re.DOTALL | re.MULTILINE,
        )  # fmt: skip
        for names, text in re.findall(
            r"^(\w[\w, ]*)\n((?:[ ]+\S.*\n?)+)", section[1] if section else "", re.MULTILINE
        ):
            found |= dict.fromkeys(re.split(r",\s*", names.strip()), _plain(text))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")
