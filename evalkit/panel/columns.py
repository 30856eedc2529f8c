"""Columns of numbers, and what is refused in them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.dropped import PanelError, some
from evalkit.panel.table import refuse_unknown

Floats = np.ndarray[Any, np.dtype[np.float64]]
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


def numbers(values: pd.Series[Any], name: str, role: str) -> Floats:
    """Read a column of numbers; missing values are NaN.

    Raises
    ------
    PanelError
        It holds text or infinite values; the message names the rows.
    """
    if values.dtype.kind in "fiub" and isinstance(values.dtype, np.dtype):
        found = values.to_numpy(dtype=np.float64)
    else:
        converted = pd.to_numeric(values, errors="coerce")
        found = converted.to_numpy(dtype=np.float64, na_value=np.nan)
        text = np.flatnonzero(np.isnan(found) & values.notna().to_numpy())
        if text.size:
            shown = values.iloc[text[0]]
            raise PanelError(
                f"the column '{name}' for the {role} holds text ('{shown}') in "
                f"{rows_of(values, text)}",
                hint="clean the column, or make such cells empty: they count as missing",
            )
    with np.errstate(over="ignore", invalid="ignore"):
        if np.isfinite(found.sum()):  # then so is every value
            return found
    infinite = np.flatnonzero(np.isinf(found))
    if infinite.size:
        raise PanelError(
            f"the column '{name}' for the {role} is infinite in {rows_of(values, infinite)}",
            hint="mend these rows, or make them empty: they count as missing",
        )
    return found


def rows_of(values: pd.Series[Any], at: np.ndarray[Any, Any]) -> str:
    """Name rows by their place in the table as it came, counted from 0 as pandas counts them."""
    return some([int(row) for row in values.index[at]])
