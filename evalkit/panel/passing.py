# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""Units that pass by: in the order of the rows where that is by unit, else gathered by DuckDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.plan import Coded
from evalkit.panel.row_tally import RowTally
from evalkit.panel.session import Session
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
CELLS = 1_000_000
"""Unit-period cells that DuckDB hands over at a time."""


class Faulty(Exception):  # noqa: N818  it never leaves the room: the reader names the rows
    """A unit has a row twice, or more than one cohort or cluster."""


class _UnorderedRows(Exception):  # noqa: N818  the other way is taken
    """Rows do not stand by unit and period."""


@dataclass(frozen=True)
class Columns:
    """How the roles are written in queries.

    Attributes
    ----------
    unit
        SQL of the unit; None for repeated cross-sections.
    unit_is_whole
        Whether units are whole numbers, of which the order of rows is seen quickly.
    time, cohort
        Periods and cohorts.
    outcome, weights, cluster
        SQL; None where a role has none.
    ok
        Condition on the rows in use.
    """

    unit: str | None
    unit_is_whole: bool
    time: Coded
    cohort: Coded
    outcome: str
    weights: str | None
    cluster: str | None
    ok: str

    @property
    def periods(self) -> int:
        """Number of periods."""
        return len(self.time.values)

    def rows(self) -> str:
        """Select the rows in use."""
        asked = [f"{self.time.sql} AS t", f"{self.cohort.sql} AS g", f"{self.outcome} AS y"]
        if self.unit is not None:
            asked.append(f"{self.unit} AS u")
        if self.weights is not None:
            asked.append(f"{self.weights} AS w")
        if self.cluster is not None:
            asked.append(f"{self.cluster} AS c")
        return f"SELECT {', '.join(asked)} FROM evalkit_rows WHERE {self.ok}"

    def by_unit(self) -> str:
        """Select one row a unit, with a column for each period."""
        asked = ["min(g) AS g", "max(g) AS g2", "count(*) AS n"]
        for name in ("y", "w") if self.weights is not None else ("y",):
            asked += [
                f"any_value({name}) FILTER (WHERE t = {value}) AS {name}{at}"
                for at, value in enumerate(self.time.values)
            ]
        if self.cluster is not None:
            asked += ["min(c) AS c", "max(c) AS c2"]
        return f"SELECT {', '.join(asked)} FROM ({self.rows()}) GROUP BY u"


@dataclass(frozen=True)
class _Places:
    """Where values stand among those that are known."""

    columns: Columns
    clusters: pd.Index[Any] | None

    def cohort(self, values: Ints) -> Ints:
        return _place(self.columns.cohort.values, values)

    def time(self, values: Ints) -> Ints:
        return _place(self.columns.time.values, values)

    def cluster(self, values: Any) -> Ints | None:
        if self.clusters is None:
            return None
        return np.asarray(self.clusters.get_indexer(pd.Index(values)), dtype=np.int64)


def _place(known: Ints, values: Ints) -> Ints:
    low, span = int(known[0]), int(known[-1]) - int(known[0])
    if span > 10_000:
        return np.searchsorted(known, values)
    table = np.zeros(span + 1, dtype=np.int64)
    table[known - low] = np.arange(len(known))
    found: Ints = table[values.astype(np.int64) - low]
    return found


def _start(session: Session, columns: Columns, kind: type[Tally]) -> tuple[Tally, _Places]:
    clusters: pd.Index[Any] | None = None
    if columns.cluster is not None:
        sql = f"SELECT DISTINCT {columns.cluster} AS c FROM evalkit_rows WHERE {columns.ok}"
        clusters = pd.Index(_values(session.table(sql), "c"))
    cohorts = tuple(int(g) for g in columns.cohort.values)
    tally = kind(
        cohorts, columns.periods, weighted=columns.weights is not None,
        clusters=0 if clusters is None else len(clusters),
    )  # fmt: skip
    return tally, _Places(columns, clusters)


def _values(batch: Any, name: str) -> Any:
    column = batch.column(name)
    if hasattr(column, "combine_chunks"):
        column = column.combine_chunks()
    return column.to_numpy(zero_copy_only=False)


def add_rows(session: Session, columns: Columns) -> Tally:
    """Add up repeated cross-sections."""
    tally, places = _start(session, columns, RowTally)
    for batch in session.stream(columns.rows()):
        w = None if columns.weights is None else _values(batch, "w")
        clusters = None if columns.cluster is None else places.cluster(_values(batch, "c"))
        at, time = places.cohort(_values(batch, "g")), places.time(_values(batch, "t"))
        tally.add_rows(at, time, _values(batch, "y"), w, clusters)  # type: ignore[attr-defined]
    return tally


def add_units(session: Session, columns: Columns) -> Tally:
    """Add up the units of a panel.

    Raises
    ------
    Faulty
        A unit has a row twice, or more than one cohort or cluster.
    """
    if columns.unit_is_whole:
        try:
            return _in_order(session, columns)
        except _UnorderedRows:
            pass
    return _gathered(session, columns)


def _gathered(session: Session, columns: Columns) -> Tally:
    """Add up units that DuckDB gathers, spilling what does not fit."""
    tally, places = _start(session, columns, Tally)
    size = max(CELLS // columns.periods, 2_048)
    for batch in session.stream(columns.by_unit(), size):
        if len(batch) == 0:
            continue
        y = _wide(batch, "y", columns.periods)
        seen = np.isfinite(y)
        if (_values(batch, "n") > seen.sum(axis=1)).any():
            raise Faulty("twice")
        if (_values(batch, "g") != _values(batch, "g2")).any():
            raise Faulty("cohort")
        clusters = None
        if columns.cluster is not None:
            clusters = places.cluster(_values(batch, "c"))
            if not np.array_equal(_values(batch, "c"), _values(batch, "c2")):
                raise Faulty("cluster")
        w = None if columns.weights is None else _wide(batch, "w", columns.periods)
        tally.add(places.cohort(_values(batch, "g")), y, w, clusters)
    return tally


def _wide(batch: Any, name: str, periods: int) -> Floats:
    found = np.empty((len(batch), periods))
    for at in range(periods):
        found[:, at] = _values(batch, f"{name}{at}")
    return found


# Rows that stand by unit --------------------------------------------------------------------


def _in_order(session: Session, columns: Columns) -> Tally:
    """Add up units as they come; what stands at the end of a batch waits for the next.

    Raises
    ------
    _UnorderedRows
        Rows do not stand by unit, ascending, and period.
    """
    tally, places = _start(session, columns, Tally)
    left: dict[str, Any] = {}
    last: int | None = None
    for batch in session.stream(columns.rows()):
        if len(batch) == 0:
            continue
        rows = {name: _values(batch, name) for name in batch.schema.names}
        if left:
            rows = {name: np.concatenate([left[name], values]) for name, values in rows.items()}
        moves = np.flatnonzero(rows["u"][1:] != rows["u"][:-1])
        cut = int(moves[-1]) + 1 if len(moves) else 0
        left = {name: values[cut:].copy() for name, values in rows.items()}
        if cut:
            last = _add_block({n: v[:cut] for n, v in rows.items()}, last, tally, places)
    _add_block(left, last, tally, places)
    return tally


def _add_block(rows: dict[str, Any], last: int | None, tally: Tally, places: _Places) -> int:
    """Add whole units, and give the last of them."""
    units, periods = rows["u"], tally.periods
    first = np.flatnonzero(np.concatenate([[True], units[1:] != units[:-1]]))
    heads = units[first]
    if not (heads[1:] > heads[:-1]).all() or (last is not None and int(heads[0]) <= last):
        raise _UnorderedRows
    time = places.time(rows["t"])
    lengths = np.diff(np.append(first, len(units)))
    unit = np.repeat(np.arange(len(first)), lengths)
    cell = unit * periods + time
    if not (cell[1:] > cell[:-1]).all():
        raise _UnorderedRows
    cohort = places.cohort(rows["g"])
    _refuse_moving(cohort, first, lengths, "cohort")
    clusters = places.cluster(rows["c"]) if "c" in rows else None
    if clusters is not None:
        _refuse_moving(clusters, first, lengths, "cluster")
        clusters = clusters[first]
    w = _spread(rows["w"], cell, len(first), periods) if "w" in rows else None
    tally.add(cohort[first], _spread(rows["y"], cell, len(first), periods), w, clusters)
    return int(heads[-1])


def _refuse_moving(codes: Ints, first: Ints, lengths: Ints, role: str) -> None:
    if not np.array_equal(codes, np.repeat(codes[first], lengths)):
        raise Faulty(role)


def _spread(values: Floats, cell: Ints, units: int, periods: int) -> Floats:
    """Put rows in their cells; where there is none it is NaN."""
    if len(values) == units * periods:
        return values.reshape(units, periods)
    found = np.full(units * periods, np.nan)
    found[cell] = values
    return found.reshape(units, periods)
