"""Columns of a table: finding them, what is missing in them, and the names of their rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.dropped import PanelError, some
from evalkit.panel.table import refuse_unknown

Bools = np.ndarray[Any, np.dtype[np.bool_]]


def column(frame: pd.DataFrame, name: str, role: str) -> pd.Series[Any]:
    """Find a column of a frame.

    Raises
    ------
    PanelError
        There is none of that name, or more than one.
    """
    refuse_unknown(list(frame.columns), name, role)
    return frame[name]


def missing(values: pd.Series[Any]) -> Bools | None:
    """Say which values are missing; None when none is."""
    if values.dtype.kind in "iub":
        return None
    # A sum is quicker than a look at every value, and finite only when they all are.
    if isinstance(values.dtype, np.dtype) and values.dtype.kind == "f":
        with np.errstate(over="ignore", invalid="ignore"):
            if np.isfinite(values.to_numpy().sum()):
                return None
    found = values.isna().to_numpy()
    return found if found.any() else None


def coded(
    values: pd.Series[Any], what: str, *, names: bool = False
) -> tuple[np.ndarray[Any, Any], Any]:
    """Number the distinct values of a column in order of appearance; missing ones have -1.

    Parameters
    ----------
    values
        The column.
    what
        What it is called in messages.
    names
        Whether its values are names, which are told apart as they stand there.

    Raises
    ------
    PanelError
        It holds lists or other things that cannot be compared; or names of which one is a number
        and the other the same as text.
    """
    try:
        codes, found = pd.factorize(values)
    except TypeError:
        raise PanelError(
            f"the {what} holds lists or other things that are no single value",
            hint="give a column of numbers, text or dates",
        ) from None
    if names and values.dtype.kind == "O" and pd.api.types.infer_dtype(found) == "mixed-integer":
        _refuse_twins(found, what)
    return codes, found


def _refuse_twins(found: Any, what: str) -> None:
    """Refuse the number 12 beside the text '12', which would be two units."""
    known: dict[str, Any] = {}
    for one in found:
        twin = known.setdefault(str(one).strip(), one)
        if twin is not one:
            raise PanelError(
                f"the {what} holds {twin!r} and {one!r}, which would count as two",
                hint="write them alike: all as numbers, or all as text",
            )


def rows_of(values: pd.Series[Any], at: np.ndarray[Any, Any]) -> str:
    """Name rows by their place in the table as it came, counted from 0 as pandas counts them."""
    return some(list(values.index[at]))
