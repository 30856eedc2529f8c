"""What a panel asks of rows that stay where they are, whoever reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol, Self

import numpy as np
import pandas as pd

from evalkit.panel.clock import Clock, Ints
from evalkit.panel.plan import is_broken, is_text
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]
Names = Mapping[str, str | None]
"""Column of each role; None where a role has none."""


class Faulty(Exception):  # noqa: N818  it never leaves the room: the reader names the rows
    """A unit has a row twice, or more than one cohort or cluster."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What no number or name may be.

    Attributes
    ----------
    sort
        ``infinite``, ``text`` or ``negative`` for numbers; ``inexact`` for names.
    role
        Of which role.
    """

    sort: str
    role: str

    @property
    def mark(self) -> str:
        """The name of the column in which it is counted."""
        return f"{self.sort}_{self.role}"


def faults_of(names: Names, kinds: Mapping[str, str]) -> list[Fault]:
    """List what may be amiss with columns of some kinds."""
    found = []
    for role in ("outcome", "weights"):
        name = names[role]
        if name is not None:
            found.append(Fault("infinite", role))
            found += [Fault("text", role)] if is_text(kinds[name]) else []
            found += [Fault("negative", role)] if role == "weights" else []
    for role in ("unit", "cluster"):
        name = names[role]
        if name is not None and is_broken(kinds[name]):
            found.append(Fault("inexact", role))
    return found


def needed_of(names: Names) -> list[str]:
    """List the columns without which a row is left out; a missing cohort means never treated."""
    found = (name for role, name in names.items() if role != "cohort" and name is not None)
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Meaning:
    """What each value of the columns of periods and cohorts means.

    Attributes
    ----------
    clock
        The periods.
    times, at
        Each value of the period as text, and its place among the periods.
    cohorts, values
        Each value of the cohort as text, None where it is missing, and its value of the clock.
    """

    clock: Clock
    times: Sequence[str]
    at: Ints
    cohorts: Sequence[str | None]
    values: Ints


class Rows(Protocol):
    """Rows that are asked by queries: by DuckDB in one pass, or by Ibis where they live."""

    reader: str
    """Who reads the rows, in messages."""

    def asked_for(self, names: Names) -> Self:
        """Give the same rows, of which other columns are asked."""
        ...

    def opened(self) -> AbstractContextManager[object]:
        """Keep a connection for all questions that are put meanwhile."""
        ...

    # As they came ---------------------------------------------------------------------------

    def kinds(self) -> dict[str, str]:
        """Give the type of each column that has a role."""
        ...

    def seen(self) -> pd.DataFrame:
        """Count rows by period and cohort.

        The columns are ``label`` and ``cohort``, and both as text (``words``, ``cohort_words``);
        the number of rows (``n``), of those in use (``used``), of those that lack the first, second
        … needed column (``lacks0`` …) and of those with each fault; and the sum of the outcome.
        """
        ...

    def at_fault(self, fault: Fault) -> str:
        """Name the first rows with a fault."""
        ...

    def shown(self, fault: Fault) -> str:
        """Give a value that is at fault."""
        ...

    def lost(self, role: str, before: Sequence[str], name: str) -> tuple[int, tuple[str, ...]]:
        """Count the units or clusters that only rows have that lack a column, and name the first.

        Rows that lack the columns `before` are gone already.
        """
        ...

    def first_rows(self, name: str) -> dict[str | None, str]:
        """Name the first row of each value of a column."""
        ...

    # Once periods and cohorts are known -----------------------------------------------------

    def understand(self, meaning: Meaning) -> tuple[int, ...]:
        """Take in what periods and cohorts mean, and give the values of the cohorts, ascending."""
        ...

    def add_up(self, near: Floats) -> Tally:
        """Add up units, of which cells have about the means `near`.

        Raises
        ------
        Faulty
            A unit has a row twice, or more than one cohort or cluster.
        """
        ...

    def varying(self, role: str) -> str:
        """Name where the cohort or cluster varies within a unit."""
        ...

    def twice(self) -> tuple[int, str]:
        """Count the unit-period pairs that have one row too many, and name the first."""
        ...

    def whole(self, periods: int) -> int:
        """Count the units that are observed in each of the first so many periods."""
        ...

    def until(self, periods: int) -> Self:
        """Give the rows of the first so many periods."""
        ...

    def complete(self, periods: int) -> Self:
        """Give the rows of the units that are observed in each of the first so many periods."""
        ...

    def treated_after(self, first: int) -> Self:
        """Give the rows of units that are first treated after a period, or never."""
        ...

    def gone(self, left: Self) -> tuple[str, ...]:
        """Name the first units of which no row is left."""
        ...
