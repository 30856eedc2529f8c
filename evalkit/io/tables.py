"""Small tables for the text, from CSV."""

from __future__ import annotations

import csv
import io

Rows = tuple[tuple[str, ...], ...]


class TableError(ValueError):
    """A table cannot be read; `line` says where, or is 0."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


def read_rows(text: str) -> Rows:
    r"""Read CSV with a head and at least one row, each as wide as the head.

    Parameters
    ----------
    text
        Comma or semicolon separated: spreadsheets in Dutch write semicolons.

    Raises
    ------
    TableError
        The table is too small, or a row is wider or narrower than its head; it names the line.

    Examples
    --------
    >>> read_rows("jaar;2018;2019\nict;7,4;7,99")
    (('jaar', '2018', '2019'), ('ict', '7,4', '7,99'))
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if head.count(";") >= head.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    try:
        for row in reader:
            if not any(map(str.strip, row)):
                continue
            rows.append(tuple(cell.strip() for cell in row))
            if len(row) != len(rows[0]):
                cells = f"{len(row)} cell{'s' * (len(row) != 1)}"
                what = f"this row has {cells}, the head has {len(rows[0])}"
                raise TableError(f"{what} (separated by '{delimiter}')", reader.line_num)
    except csv.Error as error:
        what = "a quote is opened and never closed" if "end of data" in str(error) else str(error)
        raise TableError(f"this is not CSV: {what}", reader.line_num) from None
    if len(rows) < 2 or len(rows[0]) < 2:
        what = "a table needs a head, and at least one row and two columns"
        raise TableError(f"{what} (separated by ; or ,)")
    return tuple(rows)
