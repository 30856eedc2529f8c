"""Data files of a case: where they stand, and what columns they have."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

FORMATS = (".csv", ".parquet")


class DataError(ValueError):
    """A data file cannot be read; the hint says what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is written.

    Attributes
    ----------
    columns
        The names in its head.
    separator, decimal
        Spreadsheets in Dutch write ``;`` between cells and a comma before decimals.
    """

    columns: tuple[str, ...]
    separator: str
    decimal: str


def columns_of(path: Path) -> tuple[str, ...]:
    """List the columns of a data file, reading no more than its head.

    Raises
    ------
    DataError
        It is no CSV or Parquet file, or cannot be read.
    """
    ending = path.suffix.lower()
    if ending not in FORMATS:
        raise DataError(f"'{path.name}' is no data file", f"give a {' or '.join(FORMATS)} file")
    return csv_form(path).columns if ending == ".csv" else _parquet_columns(path)


def csv_form(path: Path) -> CsvForm:
    """Find out how a CSV file is written, from its first lines.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    DataError
        It is not UTF-8 text, or has no head.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            sample = "".join(line for _, line in zip(range(200), file, strict=False))
    except UnicodeDecodeError:
        raise DataError(f"'{path.name}' is not UTF-8 text", "save it as CSV UTF-8") from None
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DataError(f"'{path.name}' cannot be read: {error.strerror}") from None
    separator = ";" if head.count(";") >= head.count(",") and ";" in head else ","
    columns = tuple(name.strip() for name in next(csv.reader([head], delimiter=separator), []))
    if not any(columns):
        raise DataError(f"'{path.name}' has no head", "let its first line name the columns")
    doubled = {name for name in columns if columns.count(name) > 1}
    if doubled:
        named = ", ".join(f"'{name}'" for name in sorted(doubled))
        raise DataError(f"'{path.name}' has two columns {named}", "give each its own name")
    comma = separator == ";" and re.search(r"(^|;)-?\d+,\d+(;|\s|$)", sample, re.MULTILINE)
    if separator == ";" and not comma:
        _refuse_two_readings(sample, path)
    return CsvForm(columns, separator, "," if comma else ".")


def _refuse_two_readings(sample: str, path: Path) -> None:
    """Refuse `1.234` in a file with semicolons: a thousand in Dutch, or a little over one."""
    dotted = re.findall(r"(?:^|;)-?(\d+(?:\.\d+)+)(?=;|\s|$)", sample, re.MULTILINE)
    if dotted and all(re.fullmatch(r"[1-9]\d{0,2}(\.\d{3})+", number) for number in dotted):
        raise DataError(
            f"numbers such as {dotted[0]} in '{path.name}' can be read two ways",
            "write them without points between thousands, or with a decimal comma",
        )


def _parquet_columns(path: Path) -> tuple[str, ...]:
    try:
        from pyarrow import ArrowException, parquet
    except ImportError:
        raise DataError("Parquet files need pyarrow", "pip install evalkit[parquet]") from None
    try:
        return tuple(parquet.read_schema(path).names)
    except (ArrowException, OSError) as error:
        raise DataError(f"'{path.name}' is not a Parquet file: {error}") from None
