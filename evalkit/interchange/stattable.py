"""The rows of a statistical table as it was downloaded."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from evalkit.errors import CaseError, Problem

PERIODS = ("TIME_PERIOD", "Perioden", "Periods", "Jaar", "Jaren", "Year", "TIME")
"""What tables call the column of the period."""

MULTIPLE = re.compile(r"\s*[x×]\s*(1\s?000(?:\s?000){0,2}|mln\.?|mld\.?)\s*", re.IGNORECASE)
"""How a unit says that numbers are in thousands or more: ``x 1 000``."""


class StatTable:
    """The rows of a CSV file with their lines; lines above the head are passed over.

    Parameters
    ----------
    text
        The file.
    name
        What it is called, for messages.
    """

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.separator = _separator(text)
        reader = csv.reader(io.StringIO(text), delimiter=self.separator)
        try:
            rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
        except csv.Error as error:
            raise CaseError([Problem(name, reader.line_num, f"this is not CSV: {error}")]) from None
        rows = [(line, row) for line, row in rows if any(row)]
        start = next((at for at, (_, row) in enumerate(rows) if _is_head(row)), None)
        if start is None:
            start = next(
                (at for at, (_, row) in enumerate(rows) if len([c for c in row if c]) > 1), 0
            )
        if not rows:
            raise CaseError([Problem(name, 0, "the file is empty", "export the table anew")])
        self.head_line, self.head = rows[start]
        width = len(self.head)
        self.units = dict(zip(self.head, rows[start + 1][1], strict=False)) if (
            len(rows) > start + 1 and _is_unit_row(rows[start + 1][1])
        ) else {}  # fmt: skip
        body = rows[start + 1 + bool(self.units) :]
        self.rows = [(line, row) for line, row in body if len(row) == width]
        self.odd = [(line, row) for line, row in body
                    if len(row) != width and not _is_foot(row)]  # fmt: skip

    @property
    def columns(self) -> list[str]:
        """The names in its head."""
        return self.head


def _separator(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()][:12]
    return max(
        ";\t,",
        key=lambda sign: max(
            (re.sub(r'"[^"]*"', "", line).count(sign) for line in lines), default=0
        ),
    )


def _is_head(row: Sequence[str]) -> bool:
    return any(cell in PERIODS for cell in row) and len(row) > 1


def _is_unit_row(row: Sequence[str]) -> bool:
    """Whether a row says in what each column counts, as StatLine has it below the heads."""
    filled = [cell for cell in row if cell]
    return bool(filled) and not any(re.search(r"\d{4}", cell) for cell in filled) and any(
        cell == "%" or cell.lower() in ("aantal", "euro", "number") or MULTIPLE.match(cell)
        or cell.lower().startswith(("% ", "mln", "mld")) for cell in filled
    )  # fmt: skip


def _is_foot(row: Sequence[str]) -> bool:
    return bool(row) and row[0].lstrip("©").strip().lower().startswith(("bron", "source", "cbs"))
