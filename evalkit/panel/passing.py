# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""Units that pass by once: in the order of the rows where that is by unit, else by buckets."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evalkit.panel.ahead import ahead
from evalkit.panel.asked import Faulty
from evalkit.panel.buckets import BUCKETS, Buckets
from evalkit.panel.keys import ascends, follows, joined, numbered, starts, taken, values_of
from evalkit.panel.plan import Columns
from evalkit.panel.row_tally import RowTally
from evalkit.panel.session import Session
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
TWICE = 1_000
"""Rows in which some unit stands twice, if rows stand by unit."""
_Rows = dict[str, Any]
_Kind = TypeVar("_Kind", bound=Tally)
_ONE = np.zeros(1, dtype=np.int64)


class _UnorderedRows(Exception):  # noqa: N818  the other way is taken
    """Rows do not stand by unit and period."""


@dataclass(frozen=True)
class _Places:
    """Where values stand among those that are known."""

    columns: Columns
    clusters: pd.Index[Any]

    def cohort(self, values: Ints) -> Ints:
        return _place(self.columns.cohort.values, values)

    def time(self, values: Ints) -> Ints:
        return _place(self.columns.time.values, values)

    def group(self, cohorts: Ints, times: Ints) -> Ints:
        """Number the pairs of cohort and period."""
        small = len(self.columns.cohort.values) << _bits(self.columns.periods) < 2**15
        found: Any = self.cohort(cohorts).astype(np.int16 if small else np.int32)
        pairs: Ints = (found << _bits(self.columns.periods)) + self.time(times)
        return pairs

    def cluster(self, values: Any) -> Ints:
        codes, found = numbered(values)
        return np.asarray(self.clusters.get_indexer(found), dtype=np.int64)[codes]


def _place(known: Ints, values: Ints) -> Ints:
    low, span = int(known[0]), int(known[-1]) - int(known[0])
    if span > 10_000:
        return np.searchsorted(known, values)
    table: Any = np.zeros(span + 1, dtype=np.int16)  # so that few bytes pass by
    table[known - low] = np.arange(len(known))
    found: Ints = table[np.subtract(values, low, dtype=np.intp)]
    return found


def _start(
    session: Session, columns: Columns, near: Floats, kind: type[_Kind]
) -> tuple[_Kind, _Places]:
    clusters: pd.Index[Any] = pd.Index([])
    if columns.cluster is not None:
        sql = f"SELECT DISTINCT {columns.cluster} AS c FROM evalkit_rows WHERE {columns.ok}"
        found = session.table(sql).combine_chunks().to_batches()
        clusters = numbered(values_of(found[0], "c"))[1]
    cohorts = tuple(int(g) for g in columns.cohort.values)
    tally = kind(cohorts, near, len(clusters))
    return tally, _Places(columns, clusters)


def add_rows(session: Session, columns: Columns, near: Floats) -> Tally:
    """Add up repeated cross-sections, of which cells have about the means `near`."""
    tally, places = _start(session, columns, near, RowTally)
    with closing(ahead(session.stream(columns.rows()))) as batches:
        for batch in batches:
            rows = _rows(batch)
            at, time = places.cohort(rows["g"]), places.time(rows["t"])
            clusters = places.cluster(rows["c"]) if "c" in rows else None
            tally.add_rows(at, time, rows["y"], rows.get("w"), clusters)
    return tally


def add_units(session: Session, columns: Columns, near: Floats) -> Tally:
    """Add up the units of a panel, of which cells have about the means `near`.

    Raises
    ------
    Faulty
        A unit has a row twice, or more than one cohort or cluster.
    """
    with suppress(_UnorderedRows):
        return _in_order(session, columns, near)
    return _by_bucket(session, columns, near)


def _rows(batch: Any) -> _Rows:
    return {name: values_of(batch, name) for name in batch.schema.names}


# Rows that stand by unit --------------------------------------------------------------------


def _in_order(session: Session, columns: Columns, near: Floats) -> Tally:
    """Add up units as they come; what stands at the end of a batch waits for the next.

    Raises
    ------
    _UnorderedRows
        Rows do not stand by unit, ascending, and period.
    """
    tally, places = _start(session, columns, near, Tally)
    left: _Rows = {}
    last: Any = None
    with closing(ahead(session.stream(columns.rows()))) as batches:
        for batch in batches:
            if len(batch) == 0:
                continue
            rows = _rows(batch)
            first = starts(rows["u"])
            if left and rows["u"][0] == left["u"][0]:  # the last unit goes on in this batch
                head = int(np.append(first, len(batch))[1])
                left = {name: joined([left[name], values[:head]]) for name, values in rows.items()}
                if head == len(batch):
                    continue
                rows, first = _from(rows, head), first[1:] - head
            if left:
                last = _add_runs(left, _ONE, last, tally, places)
            if last is None and len(first) == len(batch) > TWICE:
                raise _UnorderedRows  # a period at a time, as files by year are: why read them all
            cut = int(first[-1])
            left = _from(rows, cut)
            if cut:
                whole = {name: values[:cut] for name, values in rows.items()}
                last = _add_runs(whole, first[:-1], last, tally, places)
    _add_runs(left, _ONE, last, tally, places)
    return tally


def _from(rows: _Rows, start: int) -> _Rows:
    return {name: values[start:] for name, values in rows.items()}


def _add_runs(rows: _Rows, first: Ints, last: Any, tally: Tally, places: _Places) -> Any:
    """Add units that begin in the rows `first`, and give the last of them."""
    heads = taken(rows["u"], first)
    if not ascends(heads) or (last is not None and not follows(heads[0], last)):
        raise _UnorderedRows
    count, size = len(first), len(rows["y"])
    lengths = np.diff(first, append=size)
    cell = None if _is_full(rows["t"], lengths, places) else _cells(rows["t"], lengths, places)
    for name, role in (("g", "cohort"), ("c", "cluster")):
        if name in rows:
            values = rows[name] = places.cluster(rows[name]) if name == "c" else rows[name]
            if not np.array_equal(values, values[first].repeat(lengths)):
                raise Faulty(role)
    y = _spread(rows["y"], cell, count, tally.periods)
    w = _spread(rows["w"], cell, count, tally.periods) if "w" in rows else None
    clusters = rows["c"][first] if "c" in rows else None
    tally.add(places.cohort(rows["g"][first]), y, w, clusters)
    return heads[len(heads) - 1]


def _is_full(times: Ints, lengths: Ints, places: _Places) -> bool:
    """Whether each unit has each period in turn."""
    known = places.columns.time.values
    if not (lengths == len(known)).all():
        return False
    return bool((times.reshape(-1, len(known)) == known.astype(times.dtype)).all())


def _cells(times: Ints, lengths: Ints, places: _Places) -> Ints:
    """Give the cell of each row."""
    cell = np.repeat(np.arange(len(lengths)) * places.columns.periods, lengths)
    cell += places.time(times)
    if not ascends(cell):
        raise _UnorderedRows
    return cell


def _spread(values: Floats, cell: Ints | None, units: int, periods: int) -> Floats:
    """Put rows in their cells, where they do not stand in order; where there is none it is NaN."""
    if cell is None:
        return values.reshape(units, periods)
    found = np.full(units * periods, np.nan)
    found[cell] = values
    return found.reshape(units, periods)


# Rows in any order --------------------------------------------------------------------------


def _by_bucket(session: Session, columns: Columns, near: Floats) -> Tally:
    """Add up units bucket by bucket."""
    tally, places = _start(session, columns, near, Tally)
    hashed = f"CAST(hash({columns.unit}) % {BUCKETS} AS UTINYINT) AS b"
    with Buckets(session.spill) as buckets:
        with closing(ahead(session.stream(columns.rows(hashed)))) as batches:
            for batch in batches:
                rows = _rows(batch)
                rows["g"] = places.group(rows["g"], rows.pop("t"))
                if "c" in rows:
                    rows["c"] = places.cluster(rows["c"])
                buckets.add(rows, rows.pop("b"))
        with closing(ahead(_units(rows, columns.periods) for rows in buckets)) as parts:
            for units in parts:
                tally.add(*units)
    return tally


def _bits(periods: int) -> int:
    """Count the bits that a period takes."""
    return periods.bit_length()


def _units(rows: _Rows, periods: int) -> tuple[Ints, Floats, Floats | None, Ints | None]:
    """Put the rows of a bucket in one row a unit."""
    unit, names = numbered(rows["u"])
    bits = _bits(periods)
    cell = unit * periods + (rows["g"] & ((1 << bits) - 1))
    rows["g"] = rows["g"] >> bits
    y = _spread(rows["y"], cell, len(names), periods)
    w = _spread(rows["w"], cell, len(names), periods) if "w" in rows else None
    if np.isfinite(y).sum() < len(cell):
        raise Faulty("twice")
    at = {}
    for name, role in (("g", "cohort"), ("c", "cluster")):
        if name in rows:
            own = np.zeros(len(names), dtype=rows[name].dtype)
            own[unit] = rows[name]
            if not np.array_equal(own[unit], rows[name]):
                raise Faulty(role)
            at[name] = own
    return at["g"], y, w, at.get("c")
