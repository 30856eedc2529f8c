"""What to do about a mistake, in words for who fills in cells and sees no YAML."""

from __future__ import annotations

from typing import Final

from evalkit.io.explain import PLAIN

_FOR_CELLS: Final = {
    PLAIN["tuple_type"][1]: "write one, or each on a line of its own in the cell",
    PLAIN["string_type"][1]: "type text",
    PLAIN["too_short"][1]: "fill the cell in, or empty it altogether",
    PLAIN["missing"][1]: "fill the cell in: it is required",
    "add it to sources.bib": "add a row for it on the sheet of the sources",
    "write `total: sum` to have it computed, or mend a year": (
        "write `sum` to have it computed, or mend a year"
    ),
}


def for_cells(hint: str) -> str:
    """Give the hint that a mistake in a case file has, as it reads in a workbook.

    Examples
    --------
    >>> for_cells("add it to sources.bib")
    'add a row for it on the sheet of the sources'
    >>> for_cells("did you mean 'positive'?")
    "did you mean 'positive'?"
    """
    return _FOR_CELLS.get(hint, hint)
