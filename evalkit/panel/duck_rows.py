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
from evalkit.panel.look import Look
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
    """

    reader = "DuckDB"
    _kinds: dict[str, str]
    _look: Look
    _columns: Columns

    def __init__(self, scan: Scan, names: Names) -> None:
        self._scan, self._names = scan, names
        self._session: Session | None = None

    def asked_for(self, names: Names) -> Self:
        """Give the same rows, of which other columns are asked."""
        found = copy(self)
        found.__dict__.update(_names=names, _session=None)
        return found

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
        roles = {role: name for role, name in self._names.items() if name is not None}
        with self.opened() as session:
            self._kinds = self._scan.types(session, roles)
        self._look = Look(self._names, self._kinds)
        return self._kinds

    def seen(self) -> pd.DataFrame:
        """Count rows by period and cohort."""
        with self.opened() as session:
            return self._look.seen(session)

    def at_fault(self, fault: Fault) -> str:
        """Name the first rows with a fault."""
        return self._scan.rows_where(self._at(fault))

    def shown(self, fault: Fault) -> str:
        """Give a value that is at fault."""
        value = f"CAST({quoted(str(self._names[fault.role]))} AS VARCHAR)"
        where = self._at(fault)
        return str(self._ask(f"SELECT {value} FROM evalkit_rows WHERE {where} LIMIT 1")[0][0])

    def _at(self, fault: Fault) -> str:
        return f"{self._look.ok} AND {self._look.condition(fault)}"

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
        return self._scan.first_rows(f"CAST({quoted(name)} AS VARCHAR)", self._look.ok)

    # Once periods and cohorts are known -----------------------------------------------------

    def understand(self, meaning: Meaning) -> tuple[int, ...]:
        """Say how the roles are written in queries, and give the values of the cohorts."""
        names, kinds, clock = self._names, self._kinds, meaning.clock
        unit, weights, cluster = names["unit"], names["weights"], names["cluster"]
        time, cohort, outcome = (str(names[role]) for role in ("time", "cohort", "outcome"))
        self._columns = Columns(
            unit=None if unit is None else quoted(unit),
            unit_key=None if unit is None else key(unit, kinds[unit]),
            time=coded_times(time, kinds[time], meaning.times, meaning.at, clock),
            cohort=coded_cohorts(cohort, kinds[cohort], meaning.cohorts, meaning.values, clock),
            outcome=number(outcome, kinds[outcome]),
            weights=None if weights is None else number(weights, kinds[weights]),
            cluster=None if cluster in {None, unit} else key(str(cluster), kinds[str(cluster)]),
            ok=self._look.ok,
        )
        return tuple(int(g) for g in self._columns.cohort.values)

    def add_up(self, near: Floats) -> Tally:
        """Add up units as they pass by."""
        add = add_rows if self._columns.unit is None else add_units
        with self.opened() as session:
            return add(session, self._columns, near)

    def varying(self, role: str) -> str:
        """Name the rows in which a unit has another cohort or cluster than in its first."""
        columns = self._columns
        value = columns.cohort.sql if role == "cohort" else str(columns.cluster)
        window = f"PARTITION BY {columns.unit} ORDER BY {columns.time.sql}"
        first = f"first_value({value}) OVER ({window})"
        return self._scan.rows_where(f"{columns.ok} QUALIFY {value} <> {first}")

    def twice(self) -> tuple[int, str]:
        """Count the unit-period pairs that have one row too many, and name the first."""
        columns, unit = self._columns, f"CAST({self._columns.unit} AS VARCHAR)"
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
        return self._only(f"{self._columns.unit} IN ({self._whole_units(periods)})")

    def treated_after(self, first: int) -> Self:
        """Give the rows of units that are first treated after a period, or never."""
        cohort = self._columns.cohort.sql
        return self._only(f"{cohort} = {NEVER} OR {cohort} > {first}")

    def gone(self, left: Self) -> tuple[str, ...]:
        """Name the first units of which no row is left, when one condition parts the two."""
        return self._first(
            f"SELECT {self._columns.unit} AS one FROM evalkit_rows WHERE {self._columns.ok} "
            f"GROUP BY {self._columns.unit} HAVING NOT bool_or({left._scan.where[-1]}) "
            f"ORDER BY {self._columns.unit}"
        )

    def _only(self, condition: str) -> Self:
        found = copy(self)
        found.__dict__.update(_scan=self._scan.only(condition), _session=None)
        return found

    def _early(self, periods: int) -> str:
        time = self._columns.time
        return f"{time.sql} <= {int(time.values[periods - 1])}"

    def _whole_units(self, periods: int) -> str:
        columns = self._columns
        return (
            f"SELECT {columns.unit} FROM {self._scan.source} "
            f"WHERE {' AND '.join(f'({one})' for one in (*self._scan.where, columns.ok))} "
            f"GROUP BY {columns.unit} "
            f"HAVING count(*) FILTER (WHERE {self._early(periods)}) = {periods}"
        )
