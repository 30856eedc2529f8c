"""Records as they are written in a file, described as JSON Schema."""

from __future__ import annotations

from typing import Any

from pydantic import RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from evalkit.io.schema_help import attributes, summary
from evalkit.io.schema_keys import may_be_left_open, not_empty, not_written, special
from evalkit.language.numbers import LANGUAGES
from evalkit.model.compliance import left_open
from evalkit.model.record import as_tuple


class FileForm(GenerateJsonSchema):
    """Describes records as they are written in a file, and not as they are in memory."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Describe the keys of a record, with the help of its docstring."""
        found = super().model_schema(schema)
        record = schema["cls"]
        if issubclass(record, RootModel):
            return {**found, "description": summary(record)}
        lines = attributes(record)
        hidden = not_written(record)
        required = set(found.get("required", ())) - hidden
        keys = {}
        for name, value in found.get("properties", {}).items():
            if name in hidden:
                continue
            key = special(record, name, value)
            key = not_empty(key) if name in required else may_be_left_open(key)
            keys[name] = {**key, "description": lines[name]} if name in lines else key
        found["properties"] = keys
        if "required" in found:
            found["required"] = [name for name in found["required"] if name in required]
        return {**found, "description": summary(record)}

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic asks so
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
        """Let a list of one be written without brackets, and what may be left open be empty."""
        found = super().function_before_schema(schema)
        function: Any = schema["function"]["function"]
        if function is left_open:
            return may_be_left_open(found)
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

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002  pydantic asks so
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
