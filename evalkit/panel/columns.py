"""Columns of a table as NumPy arrays, whatever library holds the table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalkit.language.suggest import did_you_mean
from evalkit.panel.dropped import PanelError, some

Table = Any
"""A pandas or polars frame, a pyarrow table, or the path of a CSV or Parquet file."""


def as_frame(table: Table) -> pd.DataFrame:
    """Give a table as a pandas frame, without a copy where that can be.

    Raises
    ------
    PanelError
        It is no table, or the file cannot be read.
    """
    if isinstance(table, pd.DataFrame):
        return table
    if isinstance(table, str | Path):
        return _from_file(Path(table))
    if hasattr(table, "to_pandas"):  # polars and pyarrow
        frame: pd.DataFrame = table.to_pandas()
        return frame
    kind = type(table).__name__
    raise PanelError(
        f"a {kind} is not a table",
        hint="give a pandas or polars frame, a pyarrow table, or the path of a CSV or Parquet file",
    )


def _from_file(path: Path) -> pd.DataFrame:
    ending = path.suffix.lower()
    if ending not in {".csv", ".parquet"}:
        raise PanelError(f"{path} is neither .csv nor .parquet", hint="convert it first")
    try:
        return pd.read_csv(path) if ending == ".csv" else pd.read_parquet(path)
    except FileNotFoundError:
        raise PanelError(f"there is no file {path}") from None
    except ImportError as error:
        raise PanelError(f"{path} cannot be read: {error}", hint="pip install pyarrow") from None
    except (ValueError, OSError) as error:
        raise PanelError(f"{path} cannot be read: {error}") from None


def column(frame: pd.DataFrame, name: str, role: str) -> pd.Series[Any]:
    """Find a column.

    Raises
    ------
    PanelError
        There is none of that name, or more than one.
    """
    if name not in frame.columns:
        hint = did_you_mean(name, [str(known) for known in frame.columns])
        raise PanelError(f"there is no column '{name}' for the {role}", hint=hint)
    same = int((frame.columns == name).sum())
    if same > 1:
        raise PanelError(f"there are {same} columns '{name}'", hint="rename one")
    return frame[name]


def numbers(frame: pd.DataFrame, name: str, role: str) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Read a column of numbers; missing values are NaN.

    Raises
    ------
    PanelError
        It holds text or infinite values; the message names the rows.
    """
    found = column(frame, name, role)
    if found.dtype.kind in "fiub":
        values = found.to_numpy(dtype=np.float64)
    else:
        converted = pd.to_numeric(found, errors="coerce")
        values = converted.to_numpy(dtype=np.float64, na_value=np.nan)
        text = np.flatnonzero(np.isnan(values) & found.notna().to_numpy())
        if text.size:
            shown = found.iloc[text[0]]
            raise PanelError(
                f"the column '{name}' for the {role} holds text ('{shown}') in {_rows(text)}",
                hint="clean the column, or make such cells empty: they count as missing",
            )
    infinite = np.flatnonzero(np.isinf(values))
    if infinite.size:
        raise PanelError(
            f"the column '{name}' for the {role} is infinite in {_rows(infinite)}",
            hint="mend these rows, or make them empty: they count as missing",
        )
    return values


def matrix(
    frame: pd.DataFrame, names: Sequence[str], role: str
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Read several columns of numbers as a matrix of rows by columns."""
    if not names:
        return np.empty((len(frame), 0))
    return np.column_stack([numbers(frame, name, role) for name in names])


def _rows(index: np.ndarray[Any, Any]) -> str:
    """Name rows as a spreadsheet does not: counted from 0, as pandas counts them."""
    return some([int(at) for at in index])
