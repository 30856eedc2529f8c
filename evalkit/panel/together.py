"""Several outcomes of the same rows, which pass by once for all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from evalkit.panel.asked import Faulty, Names
from evalkit.panel.clock import NEVER, Ints
from evalkit.panel.counting import Counting
from evalkit.panel.duck_rows import DuckRows, look_at
from evalkit.panel.own import Own
from evalkit.panel.passing import add_rows, add_units
from evalkit.panel.plan import Coded, Columns, is_broken, is_whole
from evalkit.panel.session import Session


def counted_together(rows: DuckRows, asked: Sequence[Names]) -> list[tuple[DuckRows, Counting]]:
    """Count rows and add up units for outcomes that have all other roles in common.

    One question counts the rows for all outcomes, and the rows pass by once for all of which the
    periods can be told alike: whole numbers, or labels of which the same are in use.

    Raises
    ------
    PanelError
        For some outcome the rows are no panel.
    """
    parts = [rows.asked_for(names) for names in asked]
    with rows.opened() as session:
        for part in parts:
            part.join(session)
        try:
            return _counted(session, parts, asked)
        finally:
            for part in parts:
                part.join(None)


def _counted(
    session: Session, parts: Sequence[DuckRows], asked: Sequence[Names]
) -> list[tuple[DuckRows, Counting]]:
    for part in parts:
        part.kinds()
    look_at(session, parts)
    found = [(part, Counting(part, names)) for part, names in zip(parts, asked, strict=True)]
    alike: dict[object, list[tuple[DuckRows, Counting]]] = {}
    for one in found:
        alike.setdefault(_kind(*one), []).append(one)
    for group in alike.values():
        _add_up(session, group)
    return found


def _kind(part: DuckRows, counting: Counting) -> object:
    """Give what outcomes have in common that can be added up together."""
    if _is_whole(part, counting):
        return None
    columns = part.columns
    return columns.time.sql, columns.cohort.sql, columns.cohort.values.tobytes()


def _is_whole(part: DuckRows, counting: Counting) -> bool:
    """Whether periods and cohorts are the whole numbers of the data, whatever the outcome."""
    time, cohort = (part.kind_of(role) for role in ("time", "cohort"))
    whole = is_whole(cohort) or is_broken(cohort)
    return is_whole(time) and whole and not counting.clock.counted


def _add_up(session: Session, group: Sequence[tuple[DuckRows, Counting]]) -> None:
    if len(group) == 1 or all(part.grid is not None for part, _ in group):
        for _, counting in group:
            counting.add_up()
        return
    columns = _columns(group)
    owns = [_own(columns, part.columns, counting) for part, counting in group]
    try:
        add = add_rows if columns.unit is None else add_units
        tallies = add(session, columns, owns)
    except Faulty:  # perhaps in rows of one outcome alone, which are then named
        for _, counting in group:
            counting.add_up()
        return
    for (_, counting), tally in zip(group, tallies, strict=True):
        counting.take(tally)


def _columns(group: Sequence[tuple[DuckRows, Counting]]) -> Columns:
    """Write the rows in which some outcome is known, with the periods and cohorts of all."""
    own = [part.columns for part, _ in group]
    ok = dict.fromkeys(one.ok for one in own)
    last, latest = max(
        (int(counting.clock.values[-1]), at) for at, (_, counting) in enumerate(group)
    )
    common = own[latest]  # what is never treated for another may be treated here
    times = np.unique(np.concatenate([one.time.values for one in own]))
    cohorts = common.cohort.values
    if _is_whole(*group[0]):
        cohorts = np.unique(np.concatenate([_cohorts(part.known, last) for part, _ in group]))
    return replace(
        common,
        time=Coded(common.time.sql, times),
        cohort=Coded(common.cohort.sql, cohorts),
        outcomes=tuple(sql for one in own for sql in one.outcomes),
        ok="true" if "true" in ok else " OR ".join(f"({one})" for one in ok),
    )


def _cohorts(seen: pd.DataFrame | None, last: int) -> Ints:
    """List the cohorts of rows in use; those after the last period are never treated."""
    if seen is None:
        return np.zeros(0, dtype=np.int64)
    found = seen["cohort"][seen["used"] > 0].to_numpy(dtype=np.float64)
    return np.where(found <= last, found, NEVER).astype(np.int64)


def _own(columns: Columns, own: Columns, counting: Counting) -> Own:
    """Say where the periods and cohorts of one outcome are among those of all."""
    periods = groups = None
    if len(own.time.values) < len(columns.time.values):
        periods = np.searchsorted(columns.time.values, own.time.values)
    if not np.array_equal(own.cohort.values, columns.cohort.values):
        late = columns.cohort.values > int(counting.clock.values[-1])
        meant = np.where(late, NEVER, columns.cohort.values)
        # A cohort that is not among its own has no row in which this outcome is known.
        groups = np.searchsorted(own.cohort.values, meant).clip(max=len(own.cohort.values) - 1)
    cohorts = tuple(int(g) for g in own.cohort.values)
    return Own(cohorts, counting.near, periods, groups, alone=False)
