"""How a CSV file is written: its head, what stands between cells, and how it writes decimals."""

from __future__ import annotations

import csv
import mmap
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from evalkit.io.data_error import DataError

_SEPARATORS = (";", "\t", ",")  # in order of preference, when a head has as many of two
_NO_TEXT = (
    (b"PK\x03\x04", "this is a workbook or an archive, not text"),
    (b"PAR1", "this is a Parquet file, not text"),
    (b"\xff\xfe", "this is UTF-16 text, not UTF-8"),
    (b"\xfe\xff", "this is UTF-16 text, not UTF-8"),
)
_SAVE = "save it as CSV UTF-8"
_SAVE_TEXT = f'{_SAVE}; pandas reads it as it is with `pd.read_csv(…, encoding="cp1252")`'
_LONGEST = 1_000
"""Lines that a head may take, with line breaks inside its quotes."""
_CELL = 48
"""Bytes to look at on either side of a comma or point: more than any number takes."""
_THOUSANDS = rb"[1-9]\d{0,2}(?:\.\d{3})+"


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a CSV file.

    Attributes
    ----------
    columns
        The names in it; empty for a column without a name.
    separator
        What stands between cells: a semicolon, a tab or a comma.
    lines
        The line that it ends on, from 1.
    size
        The bytes before the rows.
    """

    columns: tuple[str, ...]
    separator: str
    lines: int
    size: int


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is written.

    Attributes
    ----------
    head
        Its head.
    decimal
        What stands before decimals: a point or a comma.
    """

    head: Head
    decimal: str

    @property
    def dutch(self) -> bool:
        """Whether it was written by a spreadsheet in Dutch.

        Semicolons between cells and commas before decimals come from the settings of a country,
        and every country that has them and writes dates as 03-04-2024 puts the day first. The
        countries that put the month first write commas between cells.
        """
        return self.head.separator == ";" or self.decimal == ","


def csv_form(path: Path) -> CsvForm:
    """Find out how a CSV file is written.

    Files with commas between cells write decimals with a point. In others the whole file is looked
    through for a decimal comma; that costs little, since most such files have one on their first
    rows, or no comma at all.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    DataError
        It is no text, has no head, or its numbers can be read two ways.
    """
    head = head_of(path)
    if head.separator == ",":
        return CsvForm(head, ".")
    with _mapped(path) as data:
        if _has_decimal_comma(data, head, path):
            return CsvForm(head, ",")
        _refuse_two_readings(data, head, path)
    return CsvForm(head, ".")


def head_of(path: Path) -> Head:
    """Read the head of a CSV file, and no more.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    DataError
        It is no text, or has no head; or two columns have one name.
    """
    try:
        _refuse_no_text(path)
        with path.open(encoding="utf-8", newline="") as file:
            text, lines = _record(file)
    except UnicodeDecodeError:
        raise not_utf8(path) from None
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DataError(
            path.name, f"cannot be read: {error.strerror}", "check its name and permissions"
        ) from None
    bare = text.lstrip("\ufeff \r\n")
    start = text[: len(text) - len(bare)].count("\n") + 1
    columns, separator = _columns(bare, path, start)
    return Head(columns, separator, lines, len(text.encode()))


def not_utf8(path: Path) -> DataError:
    """Say where a file is not UTF-8 text."""
    with path.open("rb") as file:
        for line, text in enumerate(file, 1):
            try:
                text.decode()
            except UnicodeDecodeError as error:
                shown = text[max(0, error.start - 20) : error.start + 20].decode(
                    "cp1252", "replace"
                )
                what = f"this line is not UTF-8 text ('{shown.strip()}')"
                return DataError(path.name, what, _SAVE_TEXT, line)
    return DataError(path.name, "this is not UTF-8 text", _SAVE_TEXT)


def _refuse_no_text(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(4096)
    for sign, what in _NO_TEXT:
        if start.startswith(sign):
            raise DataError(path.name, what, _SAVE)
    if b"\0" in start:
        raise DataError(path.name, "this is not text", _SAVE)


def _record(file: TextIO) -> tuple[str, int]:
    """Read up to the end of the first line with anything on it, and of the quotes it opens."""
    text, quotes = "", 0
    for lines, line in enumerate(file, 1):
        text += line
        quotes += line.count('"')
        if lines >= _LONGEST or (text.strip("\ufeff \t\r\n") and quotes % 2 == 0):
            return text, lines
    return text, text.count("\n") + 1


def _columns(text: str, path: Path, line: int) -> tuple[tuple[str, ...], str]:
    bare = re.sub(r'"[^"]*"', "", text)  # a separator inside quotes is none
    separator = max(_SEPARATORS, key=bare.count) if re.search("[;\t,]", bare) else ","
    records = csv.reader([text.strip("\r\n")], delimiter=separator, strict=True)
    if '"' in bare:
        raise DataError(path.name, "a quote is opened and never closed", "close it", line)
    try:
        columns = tuple(name.strip() for name in next(records, []))
    except csv.Error as error:
        raise DataError(
            path.name, f"this head is not CSV: {error}", "mend its quotes", line
        ) from None
    if not any(columns):
        raise DataError(path.name, "the file has no head", "let its first line name the columns")
    doubled = sorted({name for name in columns if name and columns.count(name) > 1})
    if doubled:
        named = ", ".join(f"'{name}'" for name in doubled)
        raise DataError(path.name, f"there are two columns {named}", "give each its own name", line)
    return columns, separator


# Decimals -----------------------------------------------------------------------------------


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def _cells(data: mmap.mmap, head: Head, sign: bytes) -> Iterator[bytes]:
    """Give the cells with a sign before a digit, without their quotes."""
    if data.find(sign, head.size) < 0:  # far quicker than a pattern
        return
    ends = rb"[\r\n" + re.escape(head.separator.encode()) + rb"]"
    for found in re.compile(re.escape(sign) + rb"(?=\d)").finditer(data, head.size):
        at = found.start()
        before = re.split(ends, data[max(head.size, at - _CELL) : at])[-1]
        after = re.split(ends, data[at : at + _CELL], maxsplit=1)[0]
        yield (before + after).strip(b' \t"')


def _has_decimal_comma(data: mmap.mmap, head: Head, path: Path) -> bool:
    number = re.compile(rb"[+-]?(?:\d+|" + _THOUSANDS + rb"),\d+")
    # Semicolons are Dutch, and tabs of no country: there, 1,234 may be a thousand in English.
    doubtful = re.compile(rb"[+-]?[1-9]\d{0,2},\d{3}" if head.separator == "\t" else rb"(?!)")
    first = None
    for cell in _cells(data, head, b","):
        if doubtful.fullmatch(cell):
            first = cell if first is None else first
        elif number.fullmatch(cell):
            return True
    if first is not None:
        raise _two_readings(first, path)
    return False


def _refuse_two_readings(data: mmap.mmap, head: Head, path: Path) -> None:
    """Refuse `1.234` in a file with semicolons: a thousand in Dutch, or a little over one.

    One number that can only have decimals, such as `12.5`, settles it for the file.
    """
    first = None
    decimals = re.compile(rb"[+-]?\d*\.\d+(?:[eE][+-]?\d+)?")
    for cell in _cells(data, head, b"."):
        if re.fullmatch(rb"[+-]?" + _THOUSANDS, cell):
            first = cell if first is None else first
        elif decimals.fullmatch(cell):
            return
    if first is not None:
        raise _two_readings(first, path)


def _two_readings(cell: bytes, path: Path) -> DataError:
    what = f"numbers such as {cell.decode()} can be read two ways"
    hint = "write them without points or commas between thousands"
    return DataError(path.name, what, hint)
