"""Columns of a batch that name units or clusters: numbers in NumPy, and text in Arrow."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import numpy as np
import pandas as pd

Bools = np.ndarray[Any, np.dtype[np.bool_]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


def values_of(batch: Any, name: str) -> Any:
    """Take a column out of a batch; text stays in Arrow, which is quicker with it."""
    column = batch.column(name)
    types = import_module("pyarrow").types
    if types.is_string(column.type) or types.is_large_string(column.type):
        return column
    return column.to_numpy(zero_copy_only=False)


def taken(values: Any, at: Ints) -> Any:
    """Give the values at some places."""
    if isinstance(values, np.ndarray):
        return values.take(at)
    return values.take(import_module("pyarrow").array(at))


def joined(parts: Sequence[Any]) -> Any:
    """Put parts of a column behind each other."""
    if len(parts) == 1:
        return parts[0]
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)
    return import_module("pyarrow").concat_arrays(list(parts))


def starts(values: Any) -> Ints:
    """Say where another value begins than stands before it."""
    if isinstance(values, np.ndarray):
        moves = values[1:] != values[:-1]
    else:
        compute = import_module("pyarrow.compute")
        moves = compute.not_equal(values[1:], values[:-1]).to_numpy(zero_copy_only=False)
    return np.concatenate([[0], np.flatnonzero(moves) + 1])


def ascends(values: Any) -> bool:
    """Whether each value is above the one before it."""
    if isinstance(values, np.ndarray):
        return bool((values[1:] > values[:-1]).all())
    if len(values) < 2:
        return True
    compute = import_module("pyarrow.compute")
    return bool(compute.all(compute.greater(values[1:], values[:-1])).as_py())


def follows(value: Any, other: Any) -> bool:
    """Whether a value is above another."""
    if isinstance(value, np.generic):
        return bool(value > other)
    return bool(value.as_py() > other.as_py())


def numbered(values: Any) -> tuple[Ints, pd.Index[Any]]:
    """Number the distinct values in order of appearance, and list them."""
    if isinstance(values, np.ndarray):
        codes, found = pd.factorize(values)
        return codes, pd.Index(found)
    encoded = values.dictionary_encode()
    codes = encoded.indices.to_numpy(zero_copy_only=False)
    return codes, pd.Index(encoded.dictionary.to_numpy(zero_copy_only=False))
