# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""Units that pass by once: in the order of the rows where that is by unit, else by buckets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evalkit.panel.ahead import ahead
from evalkit.panel.asked import Faulty
from evalkit.panel.buckets import BUCKETS, Buckets
from evalkit.panel.keys import ascends, follows, joined, numbered, starts, taken, values_of
from evalkit.panel.own import Own
from evalkit.panel.plan import Columns
from evalkit.panel.row_tally import RowTally
from evalkit.panel.session import BATCH, Session
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


@dataclass(frozen=True)
class _Adding:
    """The sums of each outcome, and what it takes of the rows."""

    owns: Sequence[Own]
    tallies: Sequence[Tally]
    places: _Places

    def add(self, at: Ints, ys: Sequence[Floats], w: Floats | None, clusters: Ints | None) -> None:
        """Add units to the sums of each outcome that they have."""
        for own, tally, y in zip(self.owns, self.tallies, ys, strict=True):
            units = own.units(at, y, w, clusters)
            if len(units[0]):
                tally.add(*units)


def _start(
    session: Session, columns: Columns, owns: Sequence[Own], kind: type[_Kind]
) -> tuple[list[_Kind], _Places]:
    clusters: pd.Index[Any] = pd.Index([])
    if columns.cluster is not None:
        sql = f"SELECT DISTINCT {columns.cluster} AS c FROM evalkit_rows WHERE {columns.ok}"
        found = session.table(sql).combine_chunks().to_batches()
        clusters = numbered(values_of(found[0], "c"))[1]
    tallies = [kind(own.cohorts, own.near, len(clusters)) for own in owns]
    return tallies, _Places(columns, clusters)


def add_rows(session: Session, columns: Columns, owns: Sequence[Own]) -> list[RowTally]:
    """Add up repeated cross-sections, for each outcome."""
    tallies, places = _start(session, columns, owns, RowTally)
    with closing(ahead(_stream(session, columns))) as batches:
        for batch in batches:
            rows = _rows(batch)
            at, time = places.cohort(rows["g"]), places.time(rows["t"])
            clusters = places.cluster(rows["c"]) if "c" in rows else None
            for own, tally, name in zip(owns, tallies, columns.marks, strict=True):
                found = own.rows(at, time, rows[name], rows.get("w"), clusters)
                if len(found[0]):
                    tally.add_rows(*found)
    return tallies


def add_units(session: Session, columns: Columns, owns: Sequence[Own]) -> list[Tally]:
    """Add up the units of a panel, for each outcome.

    Raises
    ------
    Faulty
        A unit has a row twice, or more than one cohort or cluster.
    """
    with suppress(_UnorderedRows):
        return _in_order(session, columns, owns)
    return _by_bucket(session, columns, owns)


def _stream(session: Session, columns: Columns, *more: str) -> Iterator[Any]:
    """Give the rows in batches, which are of fewer rows where outcomes are many."""
    return session.stream(columns.rows(*more), BATCH // (1 + len(columns.outcomes) // 4))


def _rows(batch: Any) -> _Rows:
    return {name: values_of(batch, name) for name in batch.schema.names}


# Rows that stand by unit --------------------------------------------------------------------


def _in_order(session: Session, columns: Columns, owns: Sequence[Own]) -> list[Tally]:
    """Add up units as they come; what stands at the end of a batch waits for the next.

    Raises
    ------
    _UnorderedRows
        Rows do not stand by unit, ascending, and period.
    """
    tallies, places = _start(session, columns, owns, Tally)
    adding = _Adding(owns, tallies, places)
    left: _Rows = {}
    last: Any = None
    with closing(ahead(_stream(session, columns))) as batches:
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
                last = _add_runs(left, _ONE, last, adding)
            if last is None and len(first) == len(batch) > TWICE:
                raise _UnorderedRows  # a period at a time, as files by year are: why read them all
            cut = int(first[-1])
            left = _from(rows, cut)
            if cut:
                whole = {name: values[:cut] for name, values in rows.items()}
                last = _add_runs(whole, first[:-1], last, adding)
    _add_runs(left, _ONE, last, adding)
    return tallies


def _from(rows: _Rows, start: int) -> _Rows:
    return {name: values[start:] for name, values in rows.items()}


def _add_runs(rows: _Rows, first: Ints, last: Any, adding: _Adding) -> Any:
    """Add units that begin in the rows `first`, and give the last of them."""
    places, heads = adding.places, taken(rows["u"], first)
    if not ascends(heads) or (last is not None and not follows(heads[0], last)):
        raise _UnorderedRows
    count, size, periods = len(first), len(rows["t"]), places.columns.periods
    lengths = np.diff(first, append=size)
    cell = None if _is_full(rows["t"], lengths, places) else _cells(rows["t"], lengths, places)
    for name, role in (("g", "cohort"), ("c", "cluster")):
        if name in rows:
            values = rows[name] = places.cluster(rows[name]) if name == "c" else rows[name]
            if not np.array_equal(values, values[first].repeat(lengths)):
                raise Faulty(role)
    ys = [_spread(rows[name], cell, count, periods) for name in places.columns.marks]
    w = _spread(rows["w"], cell, count, periods) if "w" in rows else None
    clusters = rows["c"][first] if "c" in rows else None
    adding.add(places.cohort(rows["g"][first]), ys, w, clusters)
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


def _by_bucket(session: Session, columns: Columns, owns: Sequence[Own]) -> list[Tally]:
    """Add up units bucket by bucket."""
    tallies, places = _start(session, columns, owns, Tally)
    adding = _Adding(owns, tallies, places)
    hashed = f"CAST(hash({columns.unit}) % {BUCKETS} AS UTINYINT) AS b"
    with Buckets(session.spill) as buckets:
        with closing(ahead(_stream(session, columns, hashed))) as batches:
            for batch in batches:
                rows = _rows(batch)
                rows["g"] = places.group(rows["g"], rows.pop("t"))
                if "c" in rows:
                    rows["c"] = places.cluster(rows["c"])
                buckets.add(rows, rows.pop("b"))
        with closing(ahead(_units(rows, columns) for rows in buckets)) as parts:
            for units in parts:
                adding.add(*units)
    return tallies


def _bits(periods: int) -> int:
    """Count the bits that a period takes."""
    return periods.bit_length()


def _units(rows: _Rows, columns: Columns) -> tuple[Ints, list[Floats], Floats | None, Ints | None]:
    """Put the rows of a bucket in one row a unit."""
    unit, names = numbered(rows["u"])
    bits, count, periods = _bits(columns.periods), len(names), columns.periods
    cell = unit * periods + (rows["g"] & ((1 << bits) - 1))
    rows["g"] = rows["g"] >> bits
    there = np.zeros(count * periods, dtype=np.bool_)
    there[cell] = True
    if there.sum() < len(cell):
        raise Faulty("twice")
    ys = [_spread(rows[name], cell, count, periods) for name in columns.marks]
    w = _spread(rows["w"], cell, count, periods) if "w" in rows else None
    at = {}
    for name, role in (("g", "cohort"), ("c", "cluster")):
        if name in rows:
            own = np.zeros(count, dtype=rows[name].dtype)
            own[unit] = rows[name]
            if not np.array_equal(own[unit], rows[name]):
                raise Faulty(role)
            at[name] = own
    return at["g"], ys, w, at.get("c")
