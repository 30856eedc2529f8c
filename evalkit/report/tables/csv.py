"""A table from a CSV file of the case."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from evalkit.model.datatable import DataTable
from evalkit.report.citations import cited_all
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Kind, Row, grid


def csv_table(table: DataTable, edition: Edition) -> tuple[Drawing, str]:
    """Compose the table, and its `Bron:` line."""
    head, *rows = table.rows
    columns = [
        Column(head[0]),
        *(Column(cell, _kind(rows, at)) for at, cell in enumerate(head[1:], 1)),
    ]
    body = [Row(tuple(escape(cell) for cell in row)) for row in rows]
    made = grid(columns, body, {"nl": ",", "en": "."}[edition.case.language])
    drawing = replace(made, legend=escape(table.unit))
    source = cited_all(table.source, edition.case.sources, edition.lang)
    return drawing, escape(source)


def _kind(rows: list[tuple[str, ...]], at: int) -> Kind:
    """A column of numbers stands to the right."""
    cells = [row[at] for row in rows if row[at] not in {"", "–", "-"}]
    numeric = all(cell[:1].isdigit() or cell[:1] in "-−~<>" for cell in cells)
    return "num" if cells and numeric else "text"
