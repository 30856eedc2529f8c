"""A table of any library, or a file: columns that are read when they are asked for."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pandas as pd

from evalkit.io.data import DataError, csv_form
from evalkit.language.suggest import did_you_mean
from evalkit.panel.dropped import PanelError

Ints = np.ndarray[Any, np.dtype[np.int64]]


class Source(Protocol):
    """Where columns come from.

    Attributes
    ----------
    rows
        How many rows there are.
    first_row
        The number of the first row, as the user sees it: 2 in a file with a head.
    """

    rows: int
    first_row: int

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


class Table:
    """Rows of a table, or some of them, of which only the columns that are asked for are read.

    Parameters
    ----------
    data
        A pandas or polars frame, a pyarrow table, a DuckDB relation, an Ibis table or whatever
        else speaks Arrow's stream protocol, or the path of a CSV or Parquet file.

    Attributes
    ----------
    kept : ndarray of int, or None
        The rows in use, as places in the table as it came; None for all, in order.

    Raises
    ------
    PanelError
        It is no table, or the file cannot be read.
    """

    def __init__(self, data: Any, kept: Ints | None = None) -> None:
        same = isinstance(data, Table)
        self._source: Source = data._source if same else source_of(data)  # noqa: SLF001  one's own
        self.kept = data.kept if same and kept is None else kept

    @property
    def first_row(self) -> int:
        """The number of the first row in messages: 2 in a file with a head."""
        return self._source.first_row

    def __len__(self) -> int:
        return self._source.rows if self.kept is None else len(self.kept)

    def rows(self, at: Ints) -> Table:
        """Give the table of some rows, in the order given."""
        return Table(self, at if self.kept is None else self.kept[at])

    def places(self, at: Ints) -> Ints:
        """Give the places that rows have in the table as it came."""
        return at if self.kept is None else self.kept[at]

    def read(self, roles: Mapping[str, str]) -> dict[str, pd.Series[Any]]:
        """Read the columns of some roles in one go, indexed by place in the table as it came.

        Raises
        ------
        PanelError
            There is no column of a name, or more than one.
        """
        for role, name in roles.items():
            refuse_unknown(self._source.names, name, role)
        found = self._source.read(dict.fromkeys(roles.values()))
        return {name: self._in_use(_plain(values)) for name, values in found.items()}

    def column(self, name: str, role: str) -> pd.Series[Any]:
        """Read one column."""
        return self.read({role: name})[name]

    def _in_use(self, values: pd.Series[Any]) -> pd.Series[Any]:
        values = values.set_axis(pd.RangeIndex(self.first_row, self.first_row + len(values)))
        return values if self.kept is None else values.iloc[self.kept]

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All columns of the rows in use."""
        whole = self._source.frame()
        return whole if self.kept is None else whole.iloc[self.kept]


def refuse_unknown(names: list[str], name: str, role: str) -> None:
    """Refuse a name that no column has, or more than one."""
    same = names.count(name)
    if same == 0:
        hint = did_you_mean(name, [str(known) for known in names])
        raise PanelError(f"there is no column '{name}' for the {role}", hint=hint)
    if same > 1:
        raise PanelError(f"there are {same} columns '{name}'", hint="rename one")


def _plain(values: pd.Series[Any]) -> pd.Series[Any]:
    """Take numbers out of pandas' own types, which may lack values, into NumPy's."""
    if isinstance(values.dtype, np.dtype) or values.dtype.kind not in "iufb":
        return values
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values
    whole = values.dtype.kind in "iu" and not values.hasnans
    kind = np.int64 if whole else np.float64
    return pd.Series(values.to_numpy(dtype=kind, na_value=np.nan), copy=False)


class _Frame:
    """A pandas frame."""

    def __init__(self, data: pd.DataFrame, first_row: int = 0) -> None:
        self.first_row = first_row
        self._data = data.copy(deep=False)  # what a user changes in his own frame is not seen here
        self.rows = len(data)

    @property
    def names(self) -> list[str]:
        return list(self._data.columns)

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: self._data[name] for name in names}

    def frame(self) -> pd.DataFrame:
        return self._data


class _Arrow:
    """A table in Arrow's memory."""

    first_row = 0

    def __init__(self, data: Any) -> None:
        self._data = data
        self.names: list[str] = data.column_names
        self.rows: int = data.num_rows

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        return {name: self._data[name].to_pandas(date_as_object=False) for name in names}

    def frame(self) -> pd.DataFrame:
        found: pd.DataFrame = self._data.to_pandas(ignore_metadata=True, date_as_object=False)
        return found


class _Parquet:
    """A Parquet file, of which nothing stays in memory."""

    first_row = 0

    def __init__(self, path: Path) -> None:
        self._path = path
        file = self._open()
        self.names: list[str] = file.schema_arrow.names
        self.rows: int = file.metadata.num_rows

    def _open(self) -> Any:
        # Mapped, because then a column is decoded straight into one piece of memory.
        return import_module("pyarrow.parquet").ParquetFile(self._path, memory_map=True)

    def read(self, names: Iterable[str]) -> dict[str, Any]:
        return _Arrow(self._open().read(columns=list(names))).read(names)

    def frame(self) -> pd.DataFrame:
        return _Arrow(self._open().read()).frame()


def source_of(data: Any) -> Source:
    """Find out what a table is.

    Raises
    ------
    PanelError
        It is no table, or the file cannot be read.
    """
    if isinstance(data, pd.DataFrame):
        return _Frame(data)
    if isinstance(data, str | Path):
        return _from_file(Path(data))
    if hasattr(data, "collect") and not hasattr(data, "__arrow_c_stream__"):
        data = data.collect()  # a lazy polars frame
    if hasattr(data, "__arrow_c_stream__"):
        return _from_stream(data)
    kind = type(data).__name__
    raise PanelError(
        f"a {kind} is not a table",
        hint="give a pandas or polars frame, a pyarrow table, a DuckDB relation, an Ibis table, "
        "or the path of a CSV or Parquet file",
    )


def _from_stream(data: Any) -> Source:
    try:
        pyarrow = import_module("pyarrow")
    except ImportError:
        kind = type(data).__name__
        raise PanelError(f"a {kind} is read with pyarrow", hint="pip install pyarrow") from None
    return _Arrow(data if isinstance(data, pyarrow.Table) else pyarrow.table(data))


def _from_file(path: Path) -> Source:
    ending = path.suffix.lower()
    if ending not in {".csv", ".parquet"}:
        raise PanelError(f"{path} is neither .csv nor .parquet", hint="convert it first")
    try:
        if ending == ".csv":
            return _csv(path)
        return _Frame(pd.read_parquet(path)) if path.is_dir() else _Parquet(path)
    except FileNotFoundError:
        raise PanelError(f"there is no file {path}") from None
    except ImportError as error:
        raise PanelError(f"{path} cannot be read: {error}", hint="pip install pyarrow") from None
    except DataError as error:
        raise PanelError(str(error), hint=error.hint) from None
    except (ValueError, OSError) as error:
        raise PanelError(f"{path} cannot be read: {error}") from None


def _csv(path: Path) -> Source:
    """Read CSV as spreadsheets write it: in Dutch with semicolons and decimal commas."""
    form = csv_form(path)
    with warnings.catch_warnings():
        # Else a separator at the end of each row would shift all columns by one.
        warnings.simplefilter("error", pd.errors.ParserWarning)
        try:
            frame = pd.read_csv(
                path,
                sep=form.separator,
                decimal=form.decimal,
                encoding="utf-8-sig",
                index_col=False,
            )
        except pd.errors.ParserWarning:
            hint = "take the separator at the end of the rows out, or name every column"
            raise PanelError(f"rows of {path.name} are longer than its head", hint=hint) from None
    if form.decimal == ",":
        frame = frame.apply(_with_numbers)
    return _Frame(frame.rename(columns=lambda name: str(name).strip()), first_row=2)


def _with_numbers(values: pd.Series[Any]) -> pd.Series[Any]:
    """Read the numbers of a column that holds a word as well, so that only the word is refused."""
    if values.dtype.kind != "O":
        return values
    read = pd.to_numeric(values.astype(str).str.replace(",", "."), errors="coerce")
    return values if read.isna().all() else values.astype(object).where(read.isna(), read)
