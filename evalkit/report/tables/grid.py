"""A table of text and numbers, aligned on the comma."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import Literal

from evalkit.report.document import Drawing
from evalkit.report.text.notes import BETWEEN, without_notes

Kind = Literal["text", "num", "unit", "note", "mark"]
_DASH = "\N{EN DASH}"
_NEW_LINE = re.compile(r'<(?:br|p|li|span class="sub")[^>]*>')


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it holds, and its width in millimetres (nought: as it needs).

    `notes` is markup: the footnotes of its head.
    """

    head: str
    kind: Kind = "text"
    width: float = 0
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells, each as markup; `kind` sets heads of groups and totals apart."""

    cells: tuple[str, ...]
    kind: Literal["", "group", "total", "part"] = ""

    def only(self, kept: Sequence[int]) -> Row:
        """Give the row with some of its cells."""
        return Row(tuple(self.cells[at] for at in kept), self.kind)


def grid(
    columns: Sequence[Column], rows: Sequence[Row], decimal: str = ",", *, whole: bool = False
) -> Drawing:
    """Compose a table.

    Parameters
    ----------
    columns
        From left to right; the first holds the heads of the rows.
    rows
        A group row has a single cell, which spans the table.
    decimal
        The decimal sign on which numbers are aligned.
    whole
        Whether a column stays that has a dash in every row, as in a table that someone wrote so.
        Else it is left out, and `bare` names it, for a line above the table.

    Examples
    --------
    >>> rows = [Row(("A", "ja", "–")), Row(("B", "nee", "–"))]
    >>> made = grid([Column("Wie"), Column("Wil"), Column("Geld")], rows)
    >>> made.bare, made.data
    (('Geld',), (('Wie', 'Wil'), ('A', 'ja'), ('B', 'nee')))
    """
    bare = [] if whole else _bare(columns, rows)
    heads_left_out = tuple(columns[at].head for at in bare)
    if bare:
        kept = [at for at in range(len(columns)) if at not in bare]
        columns = [columns[at] for at in kept]
        rows = [row if row.kind == "group" else row.only(kept) for row in rows]
    padded = _padded(columns, rows, decimal)
    body = "".join(_row(columns, row) for row in padded)
    widths = "".join(_col(column) for column in columns)
    heads = "".join(_head(column) for column in columns)
    markup = (
        f'<table class="data"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
    return Drawing(markup=markup, data=tuple(_data(columns, rows)), bare=heads_left_out)


def _bare(columns: Sequence[Column], rows: Sequence[Row]) -> list[int]:
    """Find the columns that have a dash in every row.

    Nothing is left out of a single row, or when only the heads of the rows would stay.
    """
    told = [row.cells for row in rows if row.kind != "group"]
    later = range(1, len(columns))
    found = [at for at in later if len(told) > 1 and all(cells[at] == _DASH for cells in told)]
    return found if len(found) < len(later) else []


def _col(column: Column) -> str:
    return f'<col style="width: {column.width}mm">' if column.width else "<col>"


def _head(column: Column) -> str:
    return f'<th scope="col" class="{column.kind}">{escape(column.head)}{column.notes}</th>'


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
    """Give each number as many decimals as its column has, the missing ones out of sight.

    The same goes for a PM behind some of the numbers of a column.
    """
    at = [index for index, column in enumerate(columns) if column.kind == "num"]
    kept = [row for row in rows if row.kind != "group"]
    shapes = {
        index: _shape([without_notes(row.cells[index]) for row in kept], decimal) for index in at
    }
    for row in rows:
        if row.kind == "group":
            yield row
            continue
        cells = list(row.cells)
        for index in at:
            cells[index] = _pad(cells[index], *shapes[index], decimal)
        yield Row(tuple(cells), row.kind)


def _shape(cells: Sequence[str], decimal: str) -> tuple[int, str]:
    """Tell how many decimals a column has, and what stands behind the numbers of some."""
    found = [match for match in (_number(cell, decimal) for cell in cells) if match]
    most = max((len(match[1] or "") for match in found), default=0)
    return most, max((match[3] or "" for match in found), key=len, default="")


def _number(cell: str, decimal: str) -> re.Match[str] | None:
    group = "." if decimal == "," else ","
    hedge = r"(?:[-−~<>≥≤]|&lt;|&gt;)*"
    tail = r"(%?)( [+±−] PM)?"
    return re.fullmatch(rf"{hedge}[\d{group}]+(?:{re.escape(decimal)}(\d+))?{tail}", cell)


def _pad(cell: str, most: int, tail: str, decimal: str) -> str:
    cell, notes = _parted(cell)
    found = _number(cell, decimal)
    if found is None:
        return f"{cell}{notes}"
    missing = most - len(found[1] or "")
    end = found.start(2)
    pad = f"{'' if found[1] else decimal}{'0' * missing}" if missing else ""
    behind = found[3] or ""
    unsaid = _hidden(tail) if not behind else ""
    if BETWEEN in notes:  # they take no room as one, or they would be printed on each other
        notes = f'<span class="calls">{notes}</span>'
    return f"{cell[:end]}{_hidden(pad)}{found[2]}{behind}{notes}{unsaid}"


def _parted(cell: str) -> tuple[str, str]:
    """Part a number from its footnotes, which stand behind it."""
    plain = without_notes(cell)
    return (plain, cell[len(plain) :]) if cell.startswith(plain) else (cell, "")


def _hidden(sign: str) -> str:
    return f'<span class="pad">{sign}</span>' if sign else ""


def _data(columns: Sequence[Column], rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    yield tuple(column.head for column in columns)
    for row in rows:
        yield tuple(_told(without_notes(cell)) for cell in row.cells)


def _told(cell: str) -> str:
    """Give a cell without its markup; what stands on a line of its own is parted by a space."""
    parted = _NEW_LINE.sub(" ", cell)
    return unescape(re.sub(r"<[^>]+>", "", parted)).strip(" ")
