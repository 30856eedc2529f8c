"""A table of any library, or a file: columns that are read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evalkit.io.convert import how_to_convert
from evalkit.io.csv_form import CsvForm
from evalkit.io.data_error import DataError
from evalkit.language.suggest import did_you_mean
from evalkit.panel.csv_source import read_csv
from evalkit.panel.dropped import PanelError
from evalkit.panel.engine import is_ibis, is_relation
from evalkit.panel.files import is_parquet, parquet_files
from evalkit.panel.ibis_telling import reader_of, telling_backend
from evalkit.panel.session import telling
from evalkit.panel.sources import Arrow, Frame, Parquet, Source

Ints = np.ndarray[Any, np.dtype[np.int64]]


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
    day_first : bool
        Whether it is known that its dates have the day before the month, which some of the rows
        may not show.

    Raises
    ------
    PanelError
        It is no table, or the file cannot be read.
    """

    def __init__(self, data: Any, kept: Ints | None = None) -> None:
        same = isinstance(data, Table)
        self._source: Source = data._source if same else source_of(data)  # noqa: SLF001  one's own
        self.kept = data.kept if same and kept is None else kept
        self.day_first: bool = data.day_first if same else self._written_in_dutch()

    def _written_in_dutch(self) -> bool:
        form = self._source.form
        return form is not None and form.dutch

    @property
    def first_row(self) -> int:
        """The number of the first row in messages: 2 in a file with a head."""
        return self._source.first_row

    @property
    def form(self) -> CsvForm | None:
        """How the file is written, when the table is a CSV file."""
        return self._source.form

    @property
    def in_pandas(self) -> bool:
        """Whether it came as a pandas frame, which its user has read himself."""
        return isinstance(self._source, Frame) and self.form is None

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
        return {name: self._in_use(plain(values)) for name, values in found.items()}

    def column(self, name: str, role: str) -> pd.Series[Any]:
        """Read one column."""
        return self.read({role: name})[name]

    def whole(self, name: str) -> pd.Series[Any]:
        """Read one column of all rows, whether they are in use or not."""
        every = Table(self)
        every.kept = None
        return every.column(name, "table")

    def names_at(self, name: str, at: Ints) -> list[str]:
        """Read a few cells of a column, as text."""
        cells = self._source.read([name])[name]
        return [str(cells.iloc[int(place)]) for place in self.places(at)]

    def _in_use(self, values: pd.Series[Any]) -> pd.Series[Any]:
        values = values.set_axis(pd.RangeIndex(self.first_row, self.first_row + len(values)))
        return values if self.kept is None else values.iloc[self.kept]

    def replaced(self, name: str, values: np.ndarray[Any, Any], at: Ints) -> Table:
        """Give the table of some rows, in the order given, in which one column is another.

        All else is read as it was: a file with decimal commas stays one.

        Parameters
        ----------
        name
            The column.
        values
            What it holds in these rows.
        at
            The rows, as places in this table.
        """
        frame, places = self._source_frame.copy(deep=False), self.places(at)
        column = np.zeros(len(frame), dtype=values.dtype)
        column[places] = values
        frame[name] = column
        found = Table(self, places)
        found._source = Frame(frame, self.first_row, self.form)
        return found

    @cached_property
    def _source_frame(self) -> pd.DataFrame:
        """All columns of all rows."""
        return self._source.frame()

    @cached_property
    def frame(self) -> pd.DataFrame:
        """All columns of the rows in use."""
        whole = self._source_frame
        return whole if self.kept is None else whole.iloc[self.kept]


def refuse_unknown(names: list[str], name: str, role: str) -> None:
    """Refuse a name that no column has, or more than one."""
    same = names.count(name)
    if same == 0:
        known = [str(one) for one in names]
        hint = did_you_mean(str(name), known, _unlikely(known))
        raise PanelError(f"there is no column '{name}' for the {role}", hint=hint)
    if same > 1:
        raise PanelError(f"there are {same} columns '{name}'", hint="rename all but one")


def _unlikely(names: list[str]) -> str:
    """Say what is the matter with all the names, when something is."""
    if len(names) == 1 and ";" in names[0]:
        return 'its cells are parted by semicolons: read it with `pd.read_csv(..., sep=";")`'
    return "" if names else "the table has no columns"


def plain(values: pd.Series[Any]) -> pd.Series[Any]:
    """Take numbers out of pandas' own types, which may lack values, into NumPy's."""
    if isinstance(values.dtype, np.dtype) or values.dtype.kind not in "iufb":
        return values
    if isinstance(values.dtype, pd.CategoricalDtype):
        return values
    whole = values.dtype.kind in "iu" and not values.hasnans
    kind = np.int64 if whole else np.float64
    return pd.Series(values.to_numpy(dtype=kind, na_value=np.nan), copy=False)


def source_of(data: Any) -> Source:
    """Find out what a table is.

    Raises
    ------
    PanelError
        It is no table, or the file cannot be read.
    """
    if isinstance(data, pd.DataFrame):
        return Frame(data)
    if isinstance(data, Frame):
        return data
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


def with_missing(data: Any, na_values: str | Iterable[str | float], cohort: str) -> Any:
    """Read a CSV file in which words of one's own mean missing.

    Parameters
    ----------
    data
        What is given as a table.
    na_values
        The words; without any, `data` comes back as it is.
    cohort
        The column in which a missing cell means never treated, so that no word makes one.

    Raises
    ------
    PanelError
        It is no CSV file, whose reader has taken such words for what they are.
    """
    words = [na_values] if isinstance(na_values, str) else [str(one) for one in na_values]
    if not words:
        return data
    if not isinstance(data, str | Path) or Path(data).suffix.lower() != ".csv":
        hint = "with pandas, give them to its own reader: `pd.read_csv(..., na_values=[…])`"
        raise PanelError("`na_values` is for the path of a CSV file", hint=hint)
    return Table(_from_file(Path(data), words, cohort))


def _from_stream(data: Any) -> Source:
    try:
        pyarrow = import_module("pyarrow")
    except ImportError:
        kind = type(data).__name__
        raise PanelError(f"a {kind} is read with pyarrow", hint="pip install pyarrow") from None
    try:
        with _telling(data):
            return Arrow(data if isinstance(data, pyarrow.Table) else pyarrow.table(data))
    except (pyarrow.ArrowException, ValueError, TypeError) as error:
        what = f"this {type(data).__name__} cannot be read as a table: {error}"
        raise PanelError(what, hint="turn its columns into numbers, text and dates") from None


def _telling(data: Any) -> AbstractContextManager[None]:
    """Tell the faults of a database that is asked only now, while its rows are read."""
    if is_ibis(data):
        hint = "see whether the table can be read there, and what was selected from it"
        return telling_backend(reader_of(data), hint)
    return telling() if is_relation(data) else nullcontext()


def _from_files(path: Path) -> Source:
    """Read the Parquet files of a folder or a pattern; rows are counted through them by name."""
    try:
        dataset = import_module("pyarrow.dataset").dataset
        return Arrow(dataset([str(one) for one in parquet_files(path)]).to_table())
    except ImportError as error:
        what = f"{path} cannot be read: {error}"
        raise PanelError(what, hint="pip install pyarrow") from None
    except (ValueError, TypeError, OSError) as error:
        hint = "see whether every file is whole and has the same columns"
        raise PanelError(f"{path} cannot be read: {error}", hint=hint) from None


def _from_file(path: Path, na_values: Sequence[str] = (), cohort: str = "") -> Source:
    ending = path.suffix.lower()
    if is_parquet(path) and (path.is_dir() or not path.exists()):
        return _from_files(path)
    if ending not in {".csv", ".parquet"}:
        how = how_to_convert(path, "convert it first")
        raise PanelError(f"{path} is neither .csv nor .parquet", hint=how)
    try:
        if ending == ".csv":
            return read_csv(path, na_values, cohort)
        return Parquet(path)
    except FileNotFoundError:
        raise PanelError(f"there is no file {path}", hint="add it, or mend the name") from None
    except ImportError as error:
        what = f"{path.name} cannot be read: {error}"
        raise PanelError(what, hint="pip install pyarrow") from None
    except DataError as error:
        raise PanelError(str(error), hint=error.hint) from None
    except (ValueError, OSError) as error:
        hint = "see whether it is whole and of the kind that its name says"
        raise PanelError(f"{path.name} cannot be read: {error}", hint=hint) from None
