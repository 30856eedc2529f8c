"""What a panel refuses, and what it leaves out and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.language.told import Told, told

SHOWN = 3
"""Units that a message names."""


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
    emptied
        Where single rows were dropped: the units that lost all of theirs.
    names
        The first few of the units that are gone, as the data name them.
    clusters
        Clusters of which no unit is left.
    fewer
        Fewer units than this are gone, and how many is not told; 0 when it is.

    Examples
    --------
    >>> print(Dropped("the unit lacks a period", rows=7, units=4, names=("a", "b", "c")))
    4 units (7 rows) left out: the unit lacks a period (a, b, c and 1 more)
    """

    reason: str
    rows: int
    units: int = 0
    emptied: int = 0
    names: tuple[str, ...] = ()
    clusters: int = 0
    fewer: int = 0

    def discreet(self, minimum: int | None) -> Dropped:
        """Give what may be told where numbers have a least number of units: no name, no few.

        Examples
        --------
        >>> print(Dropped("the unit lacks a period", rows=7, units=4, names=("a",)).discreet(10))
        fewer than 10 left out: the unit lacks a period
        """
        if minimum is None:
            return self
        few = 0 < self.units < minimum or self.rows < minimum
        rows, units, emptied, clusters = (
            0 if few or count < minimum else count
            for count in (self.rows, self.units, self.emptied, self.clusters)
        )
        return replace(
            self, rows=rows, units=units, emptied=emptied, names=(), clusters=clusters,
            fewer=minimum if few else 0,
        )  # fmt: skip

    @property
    def why(self) -> str:
        """The reason, and how many units and clusters are gone altogether.

        It names no unit: a report that is published may not say which firms or people it is about.
        """
        return self._why(())

    def __str__(self) -> Told:
        """Say it, with the first few of the units that are gone."""
        why = self._why(self.names)
        if self.fewer:
            return told("dropped.fewer", minimum=self.fewer, reason=why)
        if self.units:
            return told("dropped.units", units=self.units, rows=self.rows, reason=why)
        return told("dropped.rows", rows=self.rows, reason=why)

    def _why(self, names: tuple[str, ...]) -> str:
        said = self.reason
        if self.emptied:
            said = told("dropped.emptied", what=said, units=self.emptied)
        if names:
            more = self.units + self.emptied - len(names)
            listed = [*names, *([told("dropped.more", more=more)] if more else [])]
            said = told("dropped.named", what=said, names=listed)
        if self.clusters:
            said = told("dropped.clusters", what=said, clusters=self.clusters)
        return said


def some(rows: Sequence[Any], most: int = 5, total: int | None = None) -> str:
    """Name the first few rows of `total`, for a message: ``rows 3, 17 and 24 more``."""
    shown = ", ".join(str(row) for row in rows[:most])
    count = len(rows) if total is None else total
    more = count - most
    return f"row{'s' * (count != 1)} {shown}" + (f" and {more} more" if more > 0 else "")
