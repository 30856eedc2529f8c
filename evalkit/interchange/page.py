"""How a sheet stands on screen and on paper: heights of rows, and pages."""

from __future__ import annotations

import textwrap
from typing import Any

from openpyxl.utils import get_column_letter

_LINE = 15.0  # points that a line of text takes
_TALLEST = 405.0  # points that a row may take
_A3 = 8


def set_heights(sheet: Any) -> None:
    r"""Make each row as high as its longest text, for programs that do not do so themselves.

    Examples
    --------
    >>> from openpyxl import Workbook
    >>> sheet = Workbook().active
    >>> sheet["A1"] = "een regel\nen nog een"
    >>> set_heights(sheet)
    >>> sheet.row_dimensions[1].height
    30.0
    """
    for number, row in enumerate(sheet.iter_rows(), 1):
        lines = max((_lines(sheet, cell) for cell in row if cell.value), default=1)
        sheet.row_dimensions[number].height = min(lines * _LINE, _TALLEST)


def _lines(sheet: Any, cell: Any) -> int:
    wide = int(sheet.column_dimensions[cell.column_letter].width)
    return sum(len(textwrap.wrap(part, wide)) or 1 for part in str(cell.value).split("\n"))


def on_paper(sheet: Any, frozen: int) -> None:
    """Print a sheet on A3 lying down, with its heads and first columns on every page."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A3
    sheet.print_options.gridLines = True
    sheet.print_title_rows = "1:1"
    if frozen:
        sheet.print_title_cols = f"A:{get_column_letter(frozen)}"
