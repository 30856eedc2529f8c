"""A table for the text, from a CSV file."""

from __future__ import annotations

from evalkit.model.record import Record, Text
from evalkit.model.source import Citations


class DataTable(Record):
    """A table from a CSV file: the first row holds the heads, the first column the labels.

    Attributes
    ----------
    file
        Path of the CSV file, seen from the case folder: `tables/spanning.csv`.
    unit
        What its numbers count.
    source
        Where it comes from.
    note
        A remark, in Markdown.
    """

    file: Text
    unit: str = ""
    source: Citations = ()
    note: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
