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
    r"""Read CSV as :func:`numbered_rows` does, without the lines.

    Examples
    --------
    >>> read_rows("jaar;2018;2019\nict;7,4;7,99")
    (('jaar', '2018', '2019'), ('ict', '7,4', '7,99'))
    """
    return numbered_rows(text)[0]


def numbered_rows(text: str) -> tuple[Rows, tuple[int, ...]]:
    r"""Read CSV with a head and at least one row, each as wide as the head.

    Parameters
    ----------
    text
        Comma or semicolon separated: spreadsheets in Dutch write semicolons.

    Returns
    -------
    rows
        Their cells, without spaces at either end; blank rows are left out.
    lines
        The line that each of them ends on, from 1.

    Raises
    ------
    TableError
        The table is too small, or a row is wider or narrower than its head; it names the line.

    Examples
    --------
    >>> numbered_rows("jaar;2018\n\nict;7,4")
    ((('jaar', '2018'), ('ict', '7,4')), (1, 3))
    """
    head = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = ";" if head.count(";") >= head.count(",") else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    rows: list[tuple[str, ...]] = []
    lines: list[int] = []
    try:
        for row in reader:
            if not any(map(str.strip, row)):
                continue
            rows.append(tuple(cell.strip() for cell in row))
            lines.append(reader.line_num)
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
    return tuple(rows), tuple(lines)
