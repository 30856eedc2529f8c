"""Columns of a sheet, read off the records of the model."""

from __future__ import annotations

import types
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from evalkit.io.schema_help import attributes
from evalkit.io.schema_keys import not_written
from evalkit.model.indicator import Observation
from evalkit.model.investment import Sum
from evalkit.model.period import Period
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc
from evalkit.model.source import Citation, Source

Kind = Literal[
    "text", "list", "mapping", "choice", "flag", "number", "quantity", "period", "observation",
    "observer",
]  # fmt: skip
_WRITTEN: dict[type, Kind] = {
    Quantity: "quantity", Sum: "quantity", Period: "period", Observation: "observation",
    bool: "flag", int: "number", str: "text",
}  # fmt: skip
_COMPUTED = {(Source, "mark")}  # evalkit fills it in
_SEVERAL = " One on each line of the cell."


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or a line of the first sheet.

    Attributes
    ----------
    name
        Its head: the key, as in the case files.
    loc
        The key that it fills, seen from the record of the row.
    kind
        How what is typed there is read.
    choices
        The words to choose from, when they are fixed.
    help
        What it holds.
    required
        Whether a record cannot do without.
    """

    name: str
    loc: Loc
    kind: Kind
    choices: tuple[str, ...] = ()
    help: str = ""
    required: bool = False


@cache
def columns_of(record: type[BaseModel]) -> tuple[Column, ...]:
    """Give the keys of a record that fit in a cell, in the order of the model.

    Examples
    --------
    >>> from evalkit.model.milestone import Milestone
    >>> [(column.name, column.kind) for column in columns_of(Milestone)][:3]
    [('text', 'text'), ('when', 'period'), ('status', 'choice')]
    """
    helps = attributes(record)
    found: list[Column] = []
    for name, info in record.model_fields.items():
        if name not in not_written(record) and (record, name) not in _COMPUTED:
            found += _of_field(name, info, helps.get(name, ""))
    return tuple(found)


def years_or_keys(record: type[BaseModel]) -> tuple[str, ...]:
    """Name the keys of a record that hold a quantity for each year or id.

    Examples
    --------
    >>> from evalkit.model.chain import ChainNode
    >>> years_or_keys(ChainNode)
    ('per_year',)
    """
    return tuple(
        name
        for name, info in record.model_fields.items()
        if get_origin(info.annotation) is dict and _bare(get_args(info.annotation)[1]) is Quantity
    )


def _of_field(name: str, info: FieldInfo, told: str) -> list[Column]:
    inner = _bare(info.annotation)
    required = info.is_required()
    choices = _choices(inner)
    if choices:
        return [Column(name, (name,), "choice", choices, told, required)]
    if get_origin(inner) is tuple:
        item = _bare(get_args(inner)[0])
        if _choices(item) or item is str or item is Citation:
            return [Column(name, (name,), "list", _choices(item), told + _SEVERAL, required)]
        return []
    if get_origin(inner) is dict:
        fits = all(_choices(part) or part is str for part in map(_bare, get_args(inner)))
        told = f"{told} A line `key: value` for each."
        return [Column(name, (name,), "mapping", (), told, required)] if fits else []
    if inner is Observation:
        return [
            Column(name, (name,), "observation", (), told, required),
            Column(f"{name}.source", (name, "source"), "observer", (), f"Source of {name}."),
        ]
    if inner in _WRITTEN:
        return [Column(name, (name,), _WRITTEN[inner], (), told, required)]
    if isinstance(inner, type) and issubclass(inner, BaseModel) and inner is not Citation:
        return _nested(name, inner)
    return []


def _nested(name: str, record: type[BaseModel]) -> list[Column]:
    """Give the keys of a record within a record, when it holds nothing but words and numbers."""
    simple = all(get_origin(_bare(info.annotation)) is not dict for info in _fields(record))
    if not simple or name not in ("sampling", "override"):
        return []
    return [
        Column(f"{name}.{one.name}", (name, *one.loc), one.kind, one.choices, one.help)
        for one in columns_of(record)
    ]


def _fields(record: type[BaseModel]) -> list[FieldInfo]:
    return list(record.model_fields.values())


def _bare(annotation: Any) -> Any:
    """Take off what validates, and the word that it may be left out."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _bare(parts[0]) if len(parts) == 1 else annotation
    return annotation


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(member.value for member in annotation)
    return ()
