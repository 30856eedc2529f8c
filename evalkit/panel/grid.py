# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""Rows put in a table of units by periods as they pass by, before anything else is known of them.

Where units, periods and cohorts are whole numbers, the ends of their columns, which a Parquet file
tells at once, say how large that table is. When it is small, a row goes to its own place whatever
the order of the rows is, and they pass by once: for what is amiss, for means and for sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.ahead import ahead
from evalkit.panel.clock import NEVER, Ints
from evalkit.panel.look import Look
from evalkit.panel.own import Own
from evalkit.panel.passing import TWICE
from evalkit.panel.plan import Columns, is_number, is_whole, number
from evalkit.panel.scan import quoted
from evalkit.panel.session import BATCH, Session
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]
Codes = np.ndarray[Any, np.dtype[np.uint16]]
KEEP = 256_000_000
"""Bytes that tables may take in any case."""
MOST = 1_000_000_000
"""Bytes that tables may take where DuckDB's limit of memory is large."""
SHARE = 0.25
"""Of that limit, how much tables may take."""
SPARSE = 4
"""Cells a row that the table may have; where there are more, numbers of units have large gaps."""
CHUNK = 32_768
"""Units that are added up at a time, so that they stay in cache."""
_NOBODY, _NULL = 0, 1


@dataclass(frozen=True)
class Ends:
    """The least unit, period and cohort, and how many values there are from it to the largest."""

    unit: int
    time: int
    cohort: int
    units: int
    periods: int
    cohorts: int


@dataclass(frozen=True)
class Grid:
    """One outcome in a table of units by periods.

    Attributes
    ----------
    ends
        Where its rows and columns begin.
    codes : ndarray, shape (units,)
        Cohort of each unit, counted from the least as 2; 1 where it is missing, and 0 where there
        is no such unit.
    table : ndarray, shape (units, periods)
        The outcome, NaN where there is no row.
    """

    ends: Ends
    codes: Codes
    table: Floats

    def seen(self, look: Look, rows: int) -> pd.DataFrame | None:
        """Count rows by period and cohort, as a look does; None where one must be had."""
        shape = (self.ends.cohorts + 2, self.ends.periods)
        counts, sums = np.zeros(shape), np.zeros(shape)
        for codes, table in self._chunks():
            for own in np.flatnonzero(np.bincount(codes)):
                values = table[codes == own]
                total = np.ones(len(values)) @ values
                if np.isfinite(total).all():
                    counts[own] += len(values)
                else:
                    here = ~np.isnan(values)
                    counts[own] += here.sum(axis=0)
                    total = np.where(here, values, 0.0).sum(axis=0)
                sums[own] += total
        found = np.argwhere(counts).astype(np.int64)
        code, at = found[:, 0], found[:, 1]
        if len(code) == 0:
            return None
        used = counts[code, at].astype(np.int64)
        lacking = np.zeros(len(code), dtype=np.int64)
        lacking[0] = rows - used.sum()  # in which of the cells does not matter
        return look.quick(self._frame(look, code, at, used, lacking).assign(total=sums[code, at]))

    def _frame(self, look: Look, code: Ints, at: Ints, used: Ints, lacking: Ints) -> pd.DataFrame:
        label, cohort = at + self.ends.time, code + self.ends.cohort - 2
        known = code != _NULL
        found = pd.DataFrame({"label": label, "words": label.astype(str)})
        found["cohort"] = cohort if known.all() else np.where(known, cohort, np.nan)
        found["cohort_words"] = pd.Series(cohort.astype(str), dtype=object).where(known, None)
        found["n"] = used + lacking
        for place, name in enumerate(look.needed):
            outcome = name == look.names["outcome"]
            found[f"has{place}"] = used if outcome else used + lacking
        return found

    def add_up(self, columns: Columns, near: Floats) -> Tally:
        """Add up the units, once periods and cohorts are known."""
        own, cohorts = columns.time.values, columns.cohort.values
        meant = np.arange(self.ends.cohorts + 2) + self.ends.cohort - 2
        meant[: _NULL + 1] = NEVER
        meant = np.where(meant > own[-1], NEVER, meant)
        groups = np.searchsorted(cohorts, meant).clip(max=len(cohorts) - 1)
        periods = None if len(own) == self.ends.periods else own - self.ends.time
        taken = Own(tuple(int(g) for g in cohorts), near, periods, groups, alone=False)
        tally = Tally(taken.cohorts, near)
        for codes, table in self._chunks():
            units = taken.units(codes.astype(np.int64), table, None, None)
            if len(units[0]):
                tally.add(*units)
        return tally

    def _chunks(self) -> Iterator[tuple[Codes, Floats]]:
        for start in range(0, len(self.codes), CHUNK):
            part = slice(start, start + CHUNK)
            yield self.codes[part], self.table[part]


def grids_of(session: Session, looks: Sequence[Look]) -> list[tuple[Grid, pd.DataFrame]] | None:
    """Put each outcome in a table, with the counts of its rows.

    None where rows are of another kind, where the tables would be large, where something is amiss
    that must be told, and where rows stand by unit, which pass by quickly without a table.
    """
    if not all(_fits(look) for look in looks):
        return None
    ends, rows = _ends(session, looks[0])
    if ends is None:
        return None
    cells = ends.units * ends.periods
    size = cells * 8 * len(looks)
    if cells > SPARSE * rows or size > MOST or ends.cohorts > 2**15:
        return None
    if size > KEEP and size > SHARE * session.memory_limit:
        return None
    if _stand_by_unit(session, looks[0]):
        return None
    grids = [
        Grid(ends, codes, table) for codes, table in zip(*_empty(ends, len(looks)), strict=True)
    ]
    if not _fill(session, looks, grids):
        return None
    found = []
    for grid, look in zip(grids, looks, strict=True):
        seen = grid.seen(look, rows)
        if seen is None:
            return None
        found.append((grid, seen))
    return found


def _empty(ends: Ends, count: int) -> tuple[list[Codes], list[Floats]]:
    codes = np.full(ends.units, _NOBODY, dtype=np.uint16)
    shape = (ends.units, ends.periods)
    return [codes] * count, [np.full(shape, np.nan) for _ in range(count)]


def _fits(look: Look) -> bool:
    """Whether units are followed, all but the outcome is whole numbers, and that is a number."""
    names, kinds = look.names, look.kinds
    if names["unit"] is None or names["weights"] is not None:
        return False
    if names["cluster"] not in {None, names["unit"]}:
        return False
    whole = all(is_whole(kinds[str(names[role])]) for role in ("unit", "time", "cohort"))
    return whole and is_number(kinds[str(names["outcome"])])


def _ends(session: Session, look: Look) -> tuple[Ends | None, int]:
    columns = [quoted(str(look.names[role])) for role in ("unit", "time", "cohort")]
    asked = ", ".join(f"min({one}), max({one})" for one in columns)
    found = session.rows(f"SELECT count(*), {asked} FROM evalkit_rows")[0]
    rows, unit, last, time, end, cohort, latest = found
    if rows == 0 or unit is None or time is None:
        return None, 0
    cohort, latest = (0, 0) if cohort is None else (cohort, latest)
    sizes = (last - unit + 1, end - time + 1, latest - cohort + 1)
    return Ends(unit, time, cohort, *sizes), rows


def _stand_by_unit(session: Session, look: Look) -> bool:
    """Whether the first rows ascend by unit and some unit has two of them, unlike files by year."""
    unit = quoted(str(look.names["unit"]))
    found = [one for (one,) in session.rows(f"SELECT {unit} FROM evalkit_rows LIMIT {TWICE}")]
    if any(one is None for one in found):
        return False
    return found == sorted(found) and len(set(found)) < len(found)


def _fill(session: Session, looks: Sequence[Look], grids: Sequence[Grid]) -> bool:
    """Put rows in their places; False where a unit is not what a unit is, or has no name."""
    codes, tables = grids[0].codes, [grid.table.reshape(-1) for grid in grids]
    placed = [0] * len(grids)
    size = BATCH // (1 + len(looks) // 4)
    with closing(ahead(session.stream(_rows(looks, grids[0].ends), size))) as batches:
        for batch in batches:
            if batch.column("cell").null_count:
                return False
            cell, unit, own = (batch.column(name).to_numpy() for name in ("cell", "u", "g"))
            if not _same(codes, unit, own):
                return False
            for at, table in enumerate(tables):
                values = batch.column(f"y{at}").to_numpy(zero_copy_only=False)
                table[cell] = values
                lacking = int(np.isnan(values).sum()) if np.isnan(values.sum()) else 0
                placed[at] += len(values) - lacking
    return all(
        int(np.isfinite(table).sum()) == count for table, count in zip(tables, placed, strict=True)
    )


def _same(codes: Codes, unit: Ints, own: Codes) -> bool:
    """Whether units have the cohort that they had before, which is kept of the new ones."""
    moves = np.flatnonzero(codes[unit] != own)
    if len(moves):
        who, what = unit[moves], own[moves]
        if (codes[who] != _NOBODY).any():
            return False
        codes[who] = what
        return bool((codes[who] == what).all())
    return True


def _rows(looks: Sequence[Look], ends: Ends) -> str:
    names = looks[0].names
    unit, time, cohort = (
        f"CAST({quoted(str(names[role]))} AS BIGINT)" for role in ("unit", "time", "cohort")
    )
    own = [str(look.names["outcome"]) for look in looks]
    values = (f"{number(one, look.kinds[one])} AS y{at}"
              for at, (one, look) in enumerate(zip(own, looks, strict=True)))  # fmt: skip
    return (
        # written out, for a column of the file that is called u would win over that name
        f"SELECT {unit} - {ends.unit} AS u, "
        f"({unit} - {ends.unit}) * {ends.periods} + ({time} - {ends.time}) AS cell, "
        f"CAST(coalesce({cohort} - {ends.cohort} + 2, {_NULL}) AS USMALLINT) AS g, "
        f"{', '.join(values)} FROM evalkit_rows"
    )
