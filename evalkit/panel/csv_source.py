"""CSV files as spreadsheets write them: in Dutch with semicolons and decimal commas."""

from __future__ import annotations

import csv
import mmap
import re
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from evalkit.io.csv_form import CsvForm, csv_form, not_utf8
from evalkit.io.data_error import DataError
from evalkit.panel.sources import Frame

_BLOCK = 2**24
_TRAILING = "take the separator at the end of the rows out, or name every column"


def read_csv(path: Path, na_values: Sequence[str] = (), but: str = "") -> Frame:
    """Read a CSV file.

    Parameters
    ----------
    path
        The file.
    na_values
        Words that mean missing, beside those that pandas knows.
    but
        A column in which they do not.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    DataError
        It cannot be read, or only in part; the message names the line where that can be told.
    """
    form = csv_form(path)
    names = _named(form)
    words = {name: list(na_values) for name in names if name != but} if na_values else None
    frame = _parsed(path, form, words)
    if len(frame) == 0:
        hint = "add the rows, or give another file"
        raise DataError(path.name, "the file has a head and no rows", hint)
    # A row that is too short has no last cell: only then is it worth a look at every row.
    if len(frame.columns) > 1 and frame.iloc[:, -1].isna().any():
        _refuse_short(path, form, len(frame))
    frame.columns = pd.Index(names)
    return Frame(frame, form.head.lines + 1, form)


def _named(form: CsvForm) -> list[str]:
    """Name the columns; one without a name cannot be asked for."""
    return [name or f"Unnamed: {at}" for at, name in enumerate(form.head.columns)]


def _parsed(
    path: Path, form: CsvForm, missing: Mapping[str, list[str]] | None, *, whole: bool = False
) -> pd.DataFrame:
    with warnings.catch_warnings():
        # Else a separator at the end of each row would shift all columns by one.
        warnings.simplefilter("error", pd.errors.ParserWarning)
        warnings.simplefilter("error", pd.errors.DtypeWarning)
        try:
            return pd.read_csv(
                path,
                sep=form.head.separator,
                decimal=form.decimal,
                encoding="utf-8",
                index_col=False,
                low_memory=not whole,
                names=None if missing is None else _named(form),  # pandas knows a column by it
                header="infer" if missing is None else 0,
                na_values=missing,
            )
        except pd.errors.DtypeWarning:
            # Else a name such as 12 would be a number in one part of the column, and text in
            # another where a word stands too: two units for one.
            return _parsed(path, form, missing, whole=True)
        except pd.errors.ParserWarning:
            raise DataError(path.name, "rows are longer than its head", _TRAILING) from None
        except pd.errors.ParserError as error:
            raise _torn(path, form, str(error)) from None
        except UnicodeDecodeError:
            raise not_utf8(path) from None


def _torn(path: Path, form: CsvForm, said: str) -> DataError:
    """Say of what pandas cannot part into cells where it is."""
    long = re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", said)
    if long:
        what = f"{long[3]} cells, and the head has {len(form.head.columns)}"
        hint = "put a cell with a separator in it between quotes, or take out what is too much"
        return DataError(path.name, what, hint, int(long[2]))
    opened = re.search(r"EOF inside string starting at row (\d+)", said)
    if opened:
        line = int(opened[1]) + 1
        return DataError(path.name, "a quote is opened and never closed", "close it", line)
    return DataError(path.name, f"cannot be read: {said}", "save it anew as CSV UTF-8")


def _refuse_short(path: Path, form: CsvForm, rows: int) -> None:
    """Refuse a row with fewer cells than the head: its last cells would count as missing."""
    wanted, separator = len(form.head.columns), form.head.separator
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        quoted = data.find(b'"', form.head.size) >= 0
        if not quoted and _count(data, separator, form.head.size) == rows * (wanted - 1):
            return
    with path.open(encoding="utf-8", newline="") as text:
        records = csv.reader(text, delimiter=separator)
        for record in records:
            blank = not any(map(str.strip, record))  # pandas passes such lines over as well
            if records.line_num > form.head.lines and len(record) < wanted and not blank:
                what = f"{len(record)} cells, and the head has {wanted}"
                hint = "fill the row up; a cell that is missing stays empty between separators"
                raise DataError(path.name, what, hint, records.line_num)


def _count(data: mmap.mmap, sign: str, start: int) -> int:
    """Count a sign in a file, from a place on."""
    found = 0
    for at in range(start, len(data), _BLOCK):
        block = np.frombuffer(data[at : at + _BLOCK], dtype=np.uint8)
        found += int(np.count_nonzero(block == ord(sign)))
    return found
