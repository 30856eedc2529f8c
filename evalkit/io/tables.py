"""Small tables for the text, from CSV."""

from __future__ import annotations

import csv
import io

Rows = tuple[tuple[str, ...], ...]


def read_rows(text: str) -> Rows:
    """Read CSV with a head and at least one row, each as wide as the head.

    Parameters
    ----------
    text
        Comma or semicolon separated: spreadsheets in Dutch write semicolons.

    Raises
    ------
    ValueError
        The table is too small, or a row is wider or narrower than its head; the message names
        the row.

    Examples
    --------
    >>> read_rows("jaar;2018;2019\\nict;7,4;7,99")
    (('jaar', '2018', '2019'), ('ict', '7,4', '7,99'))
    """
    head = text.splitlines()[0]
    delimiter = ";" if head.count(";") >= head.count(",") else ","
    try:
        found = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise ValueError(f"this is not CSV: {error}") from None
    rows = [tuple(cell.strip() for cell in row) for row in found if any(map(str.strip, row))]
    if len(rows) < 2 or len(rows[0]) < 2:
        raise ValueError("a table needs a head, and at least one row and two columns")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise ValueError(
                f"row {number} has {len(row)} cells, the head has {len(rows[0])} "
                f"(separated by '{delimiter}')"
            )
    return tuple(rows)
