"""A table of text and numbers, aligned on the comma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from evalkit.report.document import Drawing

Kind = Literal["text", "num", "unit", "note", "mark"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it holds, and its width in millimetres (nought: as it needs)."""

    head: str
    kind: Kind = "text"
    width: float = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, each as markup; `kind` sets heads of groups and totals apart."""

    cells: tuple[str, ...]
    kind: Literal["", "group", "total", "part"] = ""


def grid(columns: Sequence[Column], rows: Sequence[Row], decimal: str = ",") -> Drawing:
    """Compose a table.

    Parameters
    ----------
    columns
        From left to right; the first holds the heads of the rows.
    rows
        A group row has a single cell, which spans the table.
    decimal
        The decimal sign on which numbers are aligned.
    """
    padded = _padded(columns, rows, decimal)
    body = "".join(_row(columns, row) for row in padded)
    widths = "".join(_col(column) for column in columns)
    heads = "".join(_head(column) for column in columns)
    markup = (
        f'<table class="data"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
    return Drawing(markup=markup, data=tuple(_data(columns, rows)))


def _col(column: Column) -> str:
    return f'<col style="width: {column.width}mm">' if column.width else "<col>"


def _head(column: Column) -> str:
    return f'<th scope="col" class="{column.kind}">{escape(column.head)}</th>'


def _row(columns: Sequence[Column], row: Row) -> str:
    kind = f' class="{row.kind}"' if row.kind else ""
    if row.kind == "group":
        return f'<tr{kind}><th scope="colgroup" colspan="{len(columns)}">{row.cells[0]}</th></tr>'
    first, *rest = row.cells
    cells = "".join(
        f'<td class="{column.kind}">{cell}</td>'
        for column, cell in zip(columns[1:], rest, strict=True)
    )
    return f'<tr{kind}><th scope="row">{first}</th>{cells}</tr>'


def _padded(columns: Sequence[Column], rows: Sequence[Row], decimal: str) -> Iterator[Row]:
    """Give each number as many decimals as its column has, the missing ones out of sight."""
    at = [index for index, column in enumerate(columns) if column.kind == "num"]
    most = {
        index: max(
            (_decimals(row.cells[index], decimal) for row in rows if row.kind != "group"), default=0
        )
        for index in at
    }
    for row in rows:
        if row.kind == "group":
            yield row
            continue
        cells = list(row.cells)
        for index in at:
            cells[index] = _pad(cells[index], most[index], decimal)
        yield Row(tuple(cells), row.kind)


def _decimals(cell: str, decimal: str) -> int:
    found = _number(cell, decimal)
    return len(found[1] or "") if found else 0


def _number(cell: str, decimal: str) -> re.Match[str] | None:
    group = "." if decimal == "," else ","
    return re.fullmatch(rf"[-−~<>≥≤]?[\d{group}]+(?:{re.escape(decimal)}(\d+))?", cell)


def _pad(cell: str, most: int, decimal: str) -> str:
    missing = most - _decimals(cell, decimal)
    if missing <= 0 or not _number(cell, decimal):
        return cell
    sign = "" if decimal in cell else decimal
    return f'{cell}<span class="pad">{sign}{"0" * missing}</span>'


def _data(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    yield tuple(column.head for column in columns)
    for row in rows:
        yield tuple(re.sub(r"<[^>]+>", "", cell) for cell in row.cells)
