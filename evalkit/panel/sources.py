"""Where the columns of a table come from."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from evalkit.io.csv_form import CsvForm
from evalkit.panel.dropped import PanelError


class Source(Protocol):
    """Where columns come from.

    Attributes
    ----------
    rows
        How many rows there are.
    first_row
        The number of the first row, as the user sees it: 2 in a file with a head.
    form
        How the file is written, where it is text.
    """

    rows: int
    first_row: int
    form: CsvForm | None

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        ...

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        """Read some columns as pandas series."""
        ...

    def frame(self) -> pd.DataFrame:
        """Read all columns."""
        ...


class Frame:
    """A pandas frame, or a text file that was read into one."""

    def __init__(self, data: pd.DataFrame, first_row: int = 0, form: CsvForm | None = None) -> None:
        self.first_row = first_row
        self.form = form
        self._data = data.copy(deep=False)  # what a user changes in his own frame is not seen here
        self.rows = len(data)

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return list(self._data.columns)

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        """Read some columns."""
        return {name: self._data[name] for name in names}

    def frame(self) -> pd.DataFrame:
        """Give all columns."""
        return self._data


class Arrow:
    """A table in Arrow's memory."""

    first_row = 0
    form: CsvForm | None = None

    def __init__(self, data: Any) -> None:
        self._data = data
        self.names: list[str] = data.column_names
        self.rows: int = data.num_rows

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        """Read some columns.

        Raises
        ------
        PanelError
            A column is of a kind that pandas cannot hold.
        """
        return {name: _in_pandas(self._data[name], f"the column '{name}'") for name in names}

    def frame(self) -> pd.DataFrame:
        """Read all columns."""
        found: pd.DataFrame = _in_pandas(self._data, "a column", ignore_metadata=True)
        return found


def _in_pandas(data: Any, what: str, **options: Any) -> Any:
    try:
        return data.to_pandas(date_as_object=False, **options)
    except (TypeError, ValueError, NotImplementedError) as error:
        raise PanelError(
            f"{what} cannot be read: {error}", hint="turn it into numbers, text or dates"
        ) from None


class Parquet:
    """A Parquet file, of which nothing stays in memory."""

    first_row = 0
    form: CsvForm | None = None

    def __init__(self, path: Path) -> None:
        self._path = path
        file = self._open()
        self.names: list[str] = file.schema_arrow.names
        self.rows: int = file.metadata.num_rows

    def _open(self) -> Any:
        # Mapped, because then a column is decoded straight into one piece of memory.
        return import_module("pyarrow.parquet").ParquetFile(self._path, memory_map=True)

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        """Read some columns, and no others."""
        return Arrow(self._open().read(columns=list(names))).read(names)

    def frame(self) -> pd.DataFrame:
        """Read all columns."""
        return Arrow(self._open().read()).frame()
