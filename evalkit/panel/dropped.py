"""What a panel refuses, and what it leaves out and says so."""

from __future__ import annotations

from dataclasses import dataclass

from evalkit.errors import EvalkitError, EvalkitWarning


class PanelError(EvalkitError):
    """Data that no estimator can use; it names the column, the rows and the remedy."""


class PanelWarning(EvalkitWarning):
    """Rows or units were left out, and the result says which and why."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Rows or units that were left out.

    Attributes
    ----------
    reason
        Why, as a clause: ``the outcome is missing``.
    rows, units
        How many; `units` is 0 when single rows were dropped.
    """

    reason: str
    rows: int
    units: int = 0

    def __str__(self) -> str:
        what = f"{self.units} units ({self.rows} rows)" if self.units else f"{self.rows} rows"
        return f"{what} left out: {self.reason}"


def some(rows: list[int] | tuple[int, ...], most: int = 5) -> str:
    """Name the first few rows, for a message: ``rows 3, 17 and 24 more``."""
    shown = ", ".join(str(row) for row in rows[:most])
    more = len(rows) - most
    return f"row{'s' * (len(rows) != 1)} {shown}" + (f" and {more} more" if more > 0 else "")
