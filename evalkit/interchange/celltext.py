"""From what a key says to the text of a cell, and back."""

from __future__ import annotations

import re
from typing import Any

from evalkit.interchange.column import Column

_YEAR = re.compile(r"(.*\S)\s+in\s+([0-9]{4})", re.DOTALL)
_INDENT = "  "


def to_cell(column: Column, value: Any) -> str | None:
    r"""Write what a key says as the text of a cell; None when a cell cannot hold it.

    Examples
    --------
    >>> to_cell(Column("aims", ("aims",), "list"), ["meer instroom", "minder uitval"])
    'meer instroom\nminder uitval'
    >>> to_cell(Column("target", ("target",), "observation"), {"value": "9 %", "year": "2030"})
    '9 % in 2030'
    """
    match column.kind:
        case "list" | "observer":
            return _list(value)
        case "mapping":
            return _mapping(value)
        case "observation":
            return _observation(value)
    return value.strip() or None if isinstance(value, str) else None


def from_cell(column: Column, text: str) -> Any:
    r"""Read what :func:`to_cell` wrote, or what somebody typed.

    Examples
    --------
    >>> from_cell(Column("aims", ("aims",), "list"), "meer instroom\nminder uitval")
    ['meer instroom', 'minder uitval']
    """
    match column.kind:
        case "list" | "observer":
            items = _items(text)
            return items[0] if len(items) == 1 and not column.choices else items
        case "mapping":
            pairs = (line.partition(":") for line in _items(text))
            return {key.strip(): value.strip() for key, _, value in pairs}
    return text


def with_source(observation: str, source: Any) -> dict[str, Any]:
    """Write an observation with a source of its own out in keys.

    Examples
    --------
    >>> with_source("9 % in 2030", "seo2025")
    {'value': '9 %', 'year': '2030', 'source': 'seo2025'}
    """
    found = _YEAR.fullmatch(observation.strip())
    year = {"year": found[2]} if found else {}
    return {"value": found[1] if found else observation, **year, "source": source}


def _list(value: Any) -> str | None:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        return None
    lines = (item.strip().replace("\n", f"\n{_INDENT}") for item in items)
    return "\n".join(line for line in lines if line) or None


def _items(text: str) -> list[str]:
    """Read one item a line; a line that is indented goes on with the one above it."""
    found: list[str] = []
    for line in text.split("\n"):
        if line.startswith(_INDENT) and found:
            found[-1] += f"\n{line.removeprefix(_INDENT)}"
        elif line.strip():
            found.append(line.strip())
    return [item.strip() for item in found]


def _mapping(value: Any) -> str | None:
    if not isinstance(value, dict) or not value:
        return None
    fits = all(
        isinstance(part, str) and part.strip() and "\n" not in part and ":" not in str(key)
        for key, part in value.items()
    )
    return "\n".join(f"{key}: {part.strip()}" for key, part in value.items()) if fits else None


def _observation(value: Any) -> str | None:
    if isinstance(value, str):
        return value.strip() or None
    if not isinstance(value, dict) or not set(value) <= {"value", "year", "source"}:
        return None
    quantity, year = value.get("value"), value.get("year")
    if not isinstance(quantity, str) or not (year is None or isinstance(year, str)):
        return None
    return quantity.strip() if year is None else f"{quantity.strip()} in {year.strip()}"
