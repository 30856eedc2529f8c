"""Opening an xlsx workbook that somebody else made."""

from __future__ import annotations

import io
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

from evalkit.errors import EvalkitError

_HIGHEST = 10  # rows among which the heads are looked for
_LARGEST = 300_000_000  # bytes that the parts of a workbook may unpack to


def opened(data: bytes, name: str) -> Any:
    """Open an xlsx workbook; `name` is for messages."""
    hint = "save it in Excel as .xlsx"
    try:
        with ZipFile(io.BytesIO(data)) as parts:
            if sum(part.file_size for part in parts.infolist()) > _LARGEST:
                raise EvalkitError(f"{name} is larger than evalkit reads", hint="split it")
        return load_workbook(io.BytesIO(data))
    except EvalkitError:
        raise
    except (BadZipFile, KeyError, ValueError, TypeError, OSError, AttributeError, SyntaxError):
        raise EvalkitError(f"{name} is not an xlsx workbook, or is damaged", hint=hint) from None


def head_row(sheet: Any, heads: tuple[str, ...]) -> int:
    """Find the row of the heads: the first, but for a title that somebody put above it."""
    rows = [{str(cell.value).strip() for cell in row} for row in sheet.iter_rows(max_row=_HIGHEST)]
    if rows and not rows[0].intersection(heads):
        whole = (number for number, found in enumerate(rows, 1) if found.issuperset(heads))
        return next(whole, 1)
    return 1


class Cached:
    """What formulas came to when the workbook was last saved; read only when there are any."""

    def __init__(self, data: bytes, book: Any) -> None:
        self.data, self.book = data, book
        self.values: Any = None

    def value(self, sheet: str, place: str) -> Any:
        """Give what the formula in a cell came to."""
        if self.values is None:
            self.values = load_workbook(io.BytesIO(self.data), data_only=True)
        return self.values[sheet][place].value

    def told(self, cell: Any) -> Any:
        """Give what a cell holds; raise ValueError, with what to do behind ``; ``, when unclear."""
        if isinstance(cell, MergedCell):
            ranges = cell.parent.merged_cells.ranges
            whole = next(str(one) for one in ranges if cell.coordinate in one)
            raise ValueError(f"this cell is part of the merged cells {whole}; split them")
        if cell.data_type == "e":
            raise ValueError(f"this cell holds the error {cell.value}; mend the formula")
        if cell.data_type != "f":
            return cell.value
        value = self.value(cell.parent.title, cell.coordinate)
        if value is None:
            raise ValueError(
                "this formula has no outcome; open the workbook in Excel and save it, "
                "or type the outcome as text"
            )
        if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "A")):
            raise ValueError(f"this formula gives the error {value}; mend it")
        return value
