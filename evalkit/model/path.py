"""Paths into a record: ``indicators.krapte.per_year[2021]``, as prose writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evalkit.model.record import Record

PATH = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[\d+\])+")
"""A path with at least two steps, as it stands in an expression."""

_STEP = re.compile(r"\w+")
_PROPERTIES = ("label", "budget")  # of records, beside their fields


def parts_of(value: object) -> Mapping[Any, object]:
    """Give what a path may name of a value: keys, places in a list, or fields.

    Examples
    --------
    >>> parts_of(("a", "b"))
    {0: 'a', 1: 'b'}
    >>> parts_of("a")
    {}
    """
    if isinstance(value, Mapping):
        return value
    if isinstance(value, tuple):
        return dict(enumerate(value))
    if isinstance(value, Record):
        names = [*type(value).model_fields, *_PROPERTIES]
        return {name: getattr(value, name) for name in names if hasattr(value, name)}
    return {}


def key_of(parts: Mapping[Any, object], step: str | int) -> str | int | None:
    """Find the key that a step means; None when there is none.

    A hyphen in an id is written as an underscore, and digits may be a year or a place in a list.

    Examples
    --------
    >>> key_of({"mbo-hbo": 1, 2021: 2}, "mbo_hbo"), key_of({"mbo-hbo": 1, 2021: 2}, "2021")
    ('mbo-hbo', 2021)
    """
    text = str(step)
    numbers = (int(text),) if text.isdecimal() else ()
    spellings: tuple[str | int, ...] = (step, *numbers, text.replace("_", "-"))
    return next((key for key in spellings if key in parts), None)


def along(start: object, path: str) -> Iterator[tuple[str | int, object]]:
    """Walk a path as far as it leads: each key with the value that stands there.

    Parameters
    ----------
    start
        A record, mapping or tuple.
    path
        Steps with points or brackets between them.

    Examples
    --------
    >>> list(along({"krapte": {2021: "hoog"}}, "krapte[2021].waarde"))
    [('krapte', {2021: 'hoog'}), (2021, 'hoog')]
    """
    here = start
    for step in _STEP.findall(path):
        parts = parts_of(here)
        key = key_of(parts, step)
        if key is None:
            return
        here = parts[key]
        yield key, here


def at(start: object, path: str) -> object:
    """Give what a path leads to; None when it leads nowhere.

    Examples
    --------
    >>> at({"krapte": {2021: "hoog"}}, "krapte[2021]")
    'hoog'
    >>> at({"krapte": {2021: "hoog"}}, "krapte[2022]") is None
    True
    """
    seen = list(along(start, path))
    return seen[-1][1] if seen and len(seen) == len(_STEP.findall(path)) else None
