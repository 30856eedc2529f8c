# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""Rows that DuckDB reads: its questions in SQL, and units that pass by once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import Any, Self

import numpy as np
import pandas as pd

from evalkit.panel.asked import Fault, Meaning, Names
from evalkit.panel.clock import NEVER
from evalkit.panel.dropped import SHOWN
from evalkit.panel.grid import Grid, grids_of
from evalkit.panel.look import Look, seen_by
from evalkit.panel.own import Own
from evalkit.panel.passing import add_rows, add_units
from evalkit.panel.plan import Columns, absent, coded_cohorts, coded_times, key, number
from evalkit.panel.scan import Scan, quoted, text
from evalkit.panel.session import Session
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]


class DuckRows:
    """Rows of one source, which DuckDB reads; see :class:`~evalkit.panel.asked.Rows`.

    Parameters
    ----------
    scan
        The source.
    names
        Column of each role; None where a role has none.

    Attributes
    ----------
    look
        What is asked of the rows at first, once their columns are known.
    columns
        How the roles are written, once periods and cohorts are known.
    known
        The answer to that first look, where it has been had.
    grid
        The rows in a table, where that first look has put them there; until they are added up.
    """

    reader = "DuckDB"
    look: Look
    columns: Columns
    _kinds: dict[str, str]

    def __init__(self, scan: Scan, names: Names) -> None:
        self._scan, self._names = scan, names
        self._session: Session | None = None
        self.known: pd.DataFrame | None = None
        self.grid: Grid | None = None

    def asked_for(self, names: Names) -> Self:
        """Give the same rows, of which other columns are asked."""
        found = copy(self)
        found.__dict__.update(_names=names, _session=None, known=None, grid=None)
        return found

    def join(self, session: Session | None) -> None:
        """Put questions on the connection of others; None for one of its own again."""
        self._session = session

    @contextmanager
    def opened(self) -> Iterator[Session]:
        """Keep a connection for all questions that are put meanwhile."""
        if self._session is not None:
            yield self._session
            return
        with self._scan.session() as session:
            self._session = session
            try:
                yield session
            finally:
                self._session = None

    def _ask(self, sql: str) -> list[tuple[Any, ...]]:
        with self.opened() as session:
            return session.rows(sql)

    # As they came ---------------------------------------------------------------------------

    def kinds(self) -> dict[str, str]:
        """Give the type of each column that has a role, as DuckDB calls it."""
        if self.known is not None:
            return self._kinds
        roles = {role: name for role, name in self._names.items() if name is not None}
        with self.opened() as session:
            self._kinds = self._scan.types(session, roles)
        self.look = Look(self._names, self._kinds)
        return self._kinds

    def seen(self) -> pd.DataFrame:
        """Count rows by period and cohort."""
        if self.known is not None:
            return self.known
        with self.opened() as session:
            return look_at(session, [self])[0]

    @property
    def ends_are_told(self) -> bool:
        """Whether the source says at once between which ends its columns lie, as files do."""
        return self._scan.is_whole_files

    def kind_of(self, role: str) -> str:
        """Give the type of the column of a role."""
        return self._kinds[str(self._names[role])]

    def at_fault(self, fault: Fault) -> str:
        """Name the first rows with a fault."""
        return self._scan.rows_where(self._at(fault))

    def shown(self, fault: Fault) -> str:
        """Give a value that is at fault."""
        value = f"CAST({quoted(str(self._names[fault.role]))} AS VARCHAR)"
        where = self._at(fault)
        return str(self._ask(f"SELECT {value} FROM evalkit_rows WHERE {where} LIMIT 1")[0][0])

    def _at(self, fault: Fault) -> str:
        return f"{self.look.ok} AND {self.look.condition(fault)}"

    def lost(self, role: str, before: Sequence[str], name: str) -> tuple[int, tuple[str, ...]]:
        """Count the units or clusters that only rows have that lack a column; name the first."""
        own = self._names[role]
        if own is None:
            return 0, ()
        here = " AND ".join(["true", *(f"NOT {absent(one, self._kinds[one])}" for one in before)])
        gone = (
            f"SELECT {quoted(own)} AS one FROM evalkit_rows "
            f"WHERE NOT {absent(own, self._kinds[own])} GROUP BY {quoted(own)} "
            f"HAVING bool_or({here}) "
            f"AND NOT bool_or({here} AND NOT {absent(name, self._kinds[name])})"
        )
        count = int(self._ask(f"SELECT count(*) FROM ({gone})")[0][0])
        return count, self._first(f"{gone} ORDER BY {quoted(own)}") if count else ()

    def _first(self, sql: str) -> tuple[str, ...]:
        """Name the first of the units or clusters `one`."""
        found = self._ask(f"SELECT CAST(one AS VARCHAR) FROM ({sql} LIMIT {SHOWN})")
        return tuple(str(one) for (one,) in found)

    def first_rows(self, name: str) -> dict[str | None, str]:
        """Name the first row of each value of a column."""
        return self._scan.first_rows(f"CAST({quoted(name)} AS VARCHAR)", self.look.ok)

    # Once periods and cohorts are known -----------------------------------------------------

    def understand(self, meaning: Meaning) -> tuple[int, ...]:
        """Say how the roles are written in queries, and give the values of the cohorts."""
        names, kinds, clock = self._names, self._kinds, meaning.clock
        unit, weights, cluster = names["unit"], names["weights"], names["cluster"]
        time, cohort, outcome = (str(names[role]) for role in ("time", "cohort", "outcome"))
        self.columns = Columns(
            unit=None if unit is None else quoted(unit),
            unit_key=None if unit is None else key(unit, kinds[unit]),
            time=coded_times(time, kinds[time], meaning.times, meaning.at, clock),
            cohort=coded_cohorts(cohort, kinds[cohort], meaning.cohorts, meaning.values, clock),
            outcomes=(number(outcome, kinds[outcome]),),
            weights=None if weights is None else number(weights, kinds[weights]),
            cluster=None if cluster in {None, unit} else key(str(cluster), kinds[str(cluster)]),
            ok=self.look.ok,
        )
        return tuple(int(g) for g in self.columns.cohort.values)

    def add_up(self, near: Floats) -> Tally:
        """Add up units as they pass by."""
        grid, self.grid = self.grid, None  # which takes much memory
        if grid is not None:
            return grid.add_up(self.columns, near)
        add = add_rows if self.columns.unit is None else add_units
        cohorts = tuple(int(g) for g in self.columns.cohort.values)
        with self.opened() as session:
            return add(session, self.columns, [Own(cohorts, near)])[0]

    def varying(self, role: str) -> str:
        """Name the rows in which a unit has another cohort or cluster than in its first."""
        columns = self.columns
        value = columns.cohort.sql if role == "cohort" else str(columns.cluster)
        window = f"PARTITION BY {columns.unit} ORDER BY {columns.time.sql}"
        first = f"first_value({value}) OVER ({window})"
        return self._scan.rows_where(f"{columns.ok} QUALIFY {value} <> {first}")

    def twice(self) -> tuple[int, str]:
        """Count the unit-period pairs that have one row too many, and name the first."""
        columns, unit = self.columns, f"CAST({self.columns.unit} AS VARCHAR)"
        pairs = (
            f"SELECT {columns.unit} AS u, {unit} AS words, {columns.time.sql} AS t, count(*) AS n "
            f"FROM evalkit_rows WHERE {columns.ok} GROUP BY ALL HAVING count(*) > 1"
        )
        count = int(self._ask(f"SELECT sum(n - 1) FROM ({pairs})")[0][0])
        words, when = self._ask(f"SELECT words, t FROM ({pairs}) ORDER BY u, t LIMIT 1")[0]
        where = f"{columns.ok} AND {unit} = {text(words)} AND {columns.time.sql} = {when}"
        return count, self._scan.rows_where(where)

    # Fewer of them --------------------------------------------------------------------------

    def whole(self, periods: int) -> int:
        """Count the units that are observed in each of the first so many periods."""
        return int(self._ask(f"SELECT count(*) FROM ({self._whole_units(periods)})")[0][0])

    def until(self, periods: int) -> Self:
        """Give the rows of the first so many periods."""
        return self._only(self._early(periods))

    def complete(self, periods: int) -> Self:
        """Give the rows of the units that are observed in each of the first so many periods."""
        return self._only(f"{self.columns.unit} IN ({self._whole_units(periods)})")

    def treated_after(self, first: int) -> Self:
        """Give the rows of units that are first treated after a period, or never."""
        cohort = self.columns.cohort.sql
        return self._only(f"{cohort} = {NEVER} OR {cohort} > {first}")

    def gone(self, left: Self) -> tuple[str, ...]:
        """Name the first units of which no row is left, when one condition parts the two."""
        return self._first(
            f"SELECT {self.columns.unit} AS one FROM evalkit_rows WHERE {self.columns.ok} "
            f"GROUP BY {self.columns.unit} HAVING NOT bool_or({left._scan.where[-1]}) "
            f"ORDER BY {self.columns.unit}"
        )

    def _only(self, condition: str) -> Self:
        found = copy(self)
        found.__dict__.update(
            _scan=self._scan.only(condition), _session=None, known=None, grid=None
        )
        return found

    def _early(self, periods: int) -> str:
        time = self.columns.time
        return f"{time.sql} <= {int(time.values[periods - 1])}"

    def _whole_units(self, periods: int) -> str:
        columns = self.columns
        return (
            f"SELECT {columns.unit} FROM {self._scan.source} "
            f"WHERE {' AND '.join(f'({one})' for one in (*self._scan.where, columns.ok))} "
            f"GROUP BY {columns.unit} "
            f"HAVING count(*) FILTER (WHERE {self._early(periods)}) = {periods}"
        )


def look_at(session: Session, parts: Sequence[DuckRows]) -> list[pd.DataFrame]:
    """Have the first look of rows that differ in their outcome, for all of them at once."""
    looks = [part.look for part in parts]
    grids = grids_of(session, looks) if parts[0].ends_are_told else None
    if grids is None:
        found = seen_by(session, looks)
    else:
        found = [seen for _, seen in grids]
        for part, (grid, _) in zip(parts, grids, strict=True):
            part.grid = grid
    for part, seen in zip(parts, found, strict=True):
        part.known = seen
    return found
