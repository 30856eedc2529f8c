"""Data files of a case: what columns they have."""

from __future__ import annotations

from pathlib import Path

from evalkit.io.convert import how_to_convert
from evalkit.io.csv_form import head_of
from evalkit.io.data_error import DataError

__all__ = ["FORMATS", "DataError", "columns_of"]

FORMATS = (".csv", ".parquet")


def columns_of(path: Path) -> tuple[str, ...]:
    """List the columns of a data file, reading no more than its head.

    Raises
    ------
    DataError
        It is no CSV or Parquet file, or cannot be read.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        what = f"'{path.name}' is no data file"
        hint = how_to_convert(path, f"give a {' or '.join(FORMATS)} file")
        raise DataError("", what, hint)
    return head_of(path).columns if ending == ".csv" else _parquet_columns(path)


def _parquet_columns(path: Path) -> tuple[str, ...]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        hint = "pip install evalkit[parquet]"
        raise DataError(path.name, "Parquet files need pyarrow", hint) from None
    try:
        return tuple(parquet.read_schema(path).names)
    except (ArrowException, OSError) as error:
        what = f"this is not a Parquet file: {error}"
        raise DataError(path.name, what, "write it anew, or give a .csv file") from None
