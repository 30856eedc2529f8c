"""The reference of the case files, from the models: every key with its kind and its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evalkit.io.schema import KINDS, schema

_KINDS = {
    "string": "text",
    "number": "number",
    "integer": "number",
    "boolean": "true or false",
    "array": "list",
    "object": "keys",
}


def file_page(kind: str) -> str:
    """Write the page of one kind of case file.

    Parameters
    ----------
    kind
        As in ``evalkit schema``.
    """
    found = schema(kind)
    parts = [
        f"# {found['title'].removesuffix(' of an evalkit case')}\n",
        f"{found.get('description', '')}\n",
        (
            "Made from the models. [The case folder](../../case-format.md) tells how the files "
            "work together and shows each with an example; `evalkit schema` gives the same to an "
            "editor.\n"
        ),
        *_keys(found),
    ]
    for name, record in sorted(found.get("$defs", {}).items()):
        parts += [f"## {name}\n", f"{record.get('description', '')}\n", *_keys(record)]
        if examples := record.get("examples"):
            parts.append(f"Written as {', '.join(f'`{one}`' for one in examples)}.\n")
        if words := record.get("enum"):
            parts.append(f"One of {', '.join(f'`{one}`' for one in words)}.\n")
    return "\n".join(parts)


def file_pages() -> dict[str, str]:
    """Write the pages of all kinds, by their names."""
    return {kind: file_page(kind) for kind in KINDS}


def _keys(record: dict[str, Any]) -> Iterator[str]:
    """A table of the keys of a record, or what its values are when its keys are free."""
    properties = record.get("properties")
    if not properties:
        inner = record.get("additionalProperties")
        if isinstance(inner, dict):
            yield f"Keys of your own; under each: {_kind(inner)}.\n"
        return
    required = set(record.get("required", ()))
    yield "| Key | Written as | Meaning |\n|---|---|---|"
    for key, value in properties.items():
        must = " **required**" if key in required else ""
        yield f"| `{key}`{must} | {_kind(value)} | {_cell(value.get('description', ''))} |"
    yield ""


def _kind(value: dict[str, Any]) -> str:
    """Say how a value is written; a record is a link to its keys."""
    if "$ref" in value:
        name = value["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "enum" in value:
        return ", ".join(f"`{one}`" for one in value["enum"] if one is not None)
    if "const" in value:
        return f"`{value['const']}`"
    if "anyOf" in value:
        return " or ".join(dict.fromkeys(filter(None, map(_kind, value["anyOf"]))))
    types = value.get("type", [])
    names = [types] if isinstance(types, str) else types
    if {"nl", "en"} <= set(value.get("properties", ())):
        return "text, or `nl:` and `en:`"
    if isinstance(inner := value.get("additionalProperties"), dict):
        return f"keys of your own: {_kind(inner)}"
    if "array" in names and isinstance(value.get("items"), dict):
        return f"list of {_kind(value['items'])}"
    return " or ".join(dict.fromkeys(_KINDS[one] for one in names if one in _KINDS))


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
