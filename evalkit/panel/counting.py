# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""The reading of a panel by queries: rows validated where they are, and units added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from evalkit.language.told import told
from evalkit.panel.clock import Clock, read_times
from evalkit.panel.cohorts import read_cohorts
from evalkit.panel.dropped import SHOWN, Dropped, PanelError
from evalkit.panel.look import Look
from evalkit.panel.passing import Faulty, add_rows, add_units
from evalkit.panel.plan import (
    Columns,
    absent,
    coded_cohorts,
    coded_times,
    is_number,
    is_text,
    key,
    number,
)  # fmt: skip
from evalkit.panel.scan import Scan, quoted, text
from evalkit.panel.session import Session

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
_CLEAN = "clean the column, or make such cells empty: they count as missing"


class Counting:
    """What queries say of units and periods, checked.

    Parameters
    ----------
    scan
        The rows.
    names
        Column of each role; None where a role has none.

    Attributes
    ----------
    dropped
        What was left out, and why.
    clock
        The periods.
    columns
        How the roles are written in queries.
    whole, rest
        Units that are observed in every period, and the others.
    low, high
        The least and the largest outcome.
    moving
        Whether weights move within a unit.

    Raises
    ------
    PanelError
        The rows are no panel; the message names the column, the rows and the remedy.
    """

    def __init__(self, scan: Scan, names: Mapping[str, str | None]) -> None:
        for role in ("time", "outcome", "cohort"):
            if names[role] is None:
                raise PanelError(f"the {role} is not given", hint=f"name its column: {role}='…'")
        self._scan, self._names = scan, names
        self.dropped: tuple[Dropped, ...] = ()
        roles = {role: name for role, name in names.items() if name is not None}
        with scan.session() as session:
            self._kinds = scan.types(session, roles)
            for role in ("outcome", "weights"):
                self._refuse_kind(role)
            self._look = Look(names, self._kinds)
            seen = self._look.seen(session)
            self._refuse_numbers(session, seen)
            self._tell_missing(session, seen)
            used = seen[seen["used"] > 0]
            self.columns, near = self._columns(used)
            self._add_up(session, near)

    def _kind(self, role: str) -> str:
        return self._kinds[str(self._names[role])]

    def _refuse_kind(self, role: str) -> None:
        name = self._names[role]
        if name is None or is_number(self._kind(role)) or is_text(self._kind(role)):
            return
        raise PanelError(
            f"the column '{name}' for the {role} holds no numbers ({self._kind(role)})", hint=_CLEAN
        )

    # What is amiss --------------------------------------------------------------------------

    def _refuse_numbers(self, session: Session, seen: pd.DataFrame) -> None:
        for mark, condition in self._look.conditions().items():
            if int(seen[mark].sum()) == 0:
                continue
            sort, _, role = mark.partition("_")
            name, where = str(self._names[role]), f"{self._look.ok} AND {condition}"
            rows = self._scan.rows_where(where)
            if sort == "infinite":
                hint = "mend these rows, or make them empty: they count as missing"
                what = f"the column '{name}' for the {role} is infinite in {rows}"
            elif sort == "text":
                sql = f"SELECT CAST({quoted(name)} AS VARCHAR) FROM evalkit_rows WHERE {where}"
                shown, hint = session.rows(f"{sql} LIMIT 1")[0][0], _CLEAN
                what = f"the column '{name}' for the {role} holds text ('{shown}') in {rows}"
            elif sort == "negative":
                hint = "a sampling weight is nought or more"
                what = f"the weights '{name}' are negative in {rows}"
            else:
                hint = "write a letter before them, or read the column as text"
                what = f"the {role} '{name}' has numbers too long to tell apart, in {rows}"
            raise PanelError(what, hint=hint)

    def _tell_missing(self, session: Session, seen: pd.DataFrame) -> None:
        """Count the rows that lack a role; a missing cohort means never treated."""
        if int(seen["used"].sum()) == 0:
            raise PanelError(
                "every row lacks a value", hint=f"see the columns {', '.join(self._look.needed)}"
            )
        before = "true"
        for at, name in enumerate(self._look.needed):
            count = int(seen[f"lacks{at}"].sum())
            if count == 0:
                continue
            why = told("dropped.column", name=name)
            why = told("dropped.outcome") if name == self._names["outcome"] else why
            here = f"NOT {absent(name, self._kinds[name])}"
            units, names = self._lost(session, "unit", before, here)
            clusters = 0
            if self._names["cluster"] != self._names["unit"]:
                clusters, _ = self._lost(session, "cluster", before, here)
            self.dropped += (Dropped(why, count, 0, units, names, clusters),)
            before = f"{before} AND {here}"

    def _lost(
        self, session: Session, role: str, before: str, here: str
    ) -> tuple[int, tuple[str, ...]]:
        """Count the units or clusters that only rows have that go, and name the first."""
        name = self._names[role]
        if name is None:
            return 0, ()
        column = quoted(name)
        gone = (
            f"SELECT {column} AS one FROM evalkit_rows "
            f"WHERE NOT {absent(name, self._kinds[name])} GROUP BY {column} "
            f"HAVING bool_or({before}) AND NOT bool_or({before} AND {here})"
        )
        count = int(session.rows(f"SELECT count(*) FROM ({gone})")[0][0])
        if count == 0:
            return 0, ()
        sql = f"SELECT CAST(one AS VARCHAR) FROM ({gone}) ORDER BY one LIMIT {SHOWN}"
        first = session.rows(sql)
        return count, tuple(str(one) for (one,) in first)

    # Periods and cohorts --------------------------------------------------------------------

    def _columns(self, used: pd.DataFrame) -> tuple[Columns, Floats]:
        """Say how the roles are written in queries, and give the mean of each cell."""
        times = used.drop_duplicates("words")
        name = str(self._names["time"])
        self.clock, at = self._named(
            name, times["label"], times["words"], lambda values: read_times(values, name)
        )
        cohorts = used.drop_duplicates("cohort_words")
        label = str(self._names["cohort"])
        clock: Clock = self.clock
        values = self._named(
            label, cohorts["cohort"], cohorts["cohort_words"],
            lambda found: read_cohorts(found, clock, label, dutch=clock.day_first),
        )  # fmt: skip
        words = [None if pd.isna(one) else str(one) for one in cohorts["cohort_words"]]
        unit, cluster = self._names["unit"], self._names["cluster"]
        weights = self._names["weights"]
        columns = Columns(
            unit=None if unit is None else quoted(unit),
            unit_key=None if unit is None else key(unit, self._kind("unit")),
            time=coded_times(name, self._kind("time"), list(times["words"]), at, clock),
            cohort=coded_cohorts(label, self._kind("cohort"), words, values, clock),
            outcome=number(str(self._names["outcome"]), self._kind("outcome")),
            weights=None if weights is None else number(weights, self._kind("weights")),
            cluster=None if cluster in {None, unit} else key(str(cluster), self._kind("cluster")),
            ok=self._look.ok,
        )
        time = at[_numbered(used["words"])]
        cohort = np.searchsorted(columns.cohort.values, values)[_numbered(used["cohort_words"])]
        return columns, _means(used, cohort, time, (len(columns.cohort.values), columns.periods))

    def _named(self, name: str, labels: Any, words: Any, read: Any) -> Any:
        """Read labels; where one is amiss, read them again under the names of their rows."""
        values = pd.Series(labels.to_numpy() if labels.dtype.kind in "iuf" else labels.array)
        try:
            return read(values)
        except PanelError:
            first = self._scan.first_rows(f"CAST({quoted(name)} AS VARCHAR)", self._look.ok)
            values.index = pd.Index([first.get(None if pd.isna(w) else w, "?") for w in words])
            return read(values)

    # Units ----------------------------------------------------------------------------------

    def _add_up(self, session: Session, near: Floats) -> None:
        columns = self.columns
        try:
            tally = (add_rows if columns.unit is None else add_units)(session, columns, near)
        except Faulty as fault:
            self._refuse(session, str(fault))
            raise
        self.whole, self.rest = tally.profiles()
        self.low, self.high, self.moving = tally.low, tally.high, tally.moving

    def _refuse(self, session: Session, fault: str) -> None:
        """Name the rows in which a unit is not what a unit is."""
        columns = self.columns
        if fault == "twice":
            self._refuse_twice(session)
        role = fault
        value = columns.cohort.sql if role == "cohort" else str(columns.cluster)
        window = f"PARTITION BY {columns.unit} ORDER BY {columns.time.sql}"
        first = f"first_value({value}) OVER ({window})"
        rows = self._scan.rows_where(f"{self._look.ok} QUALIFY {value} <> {first}")
        hint = f"a unit has one {role} in all its periods"
        if role == "cohort":
            hint += ": the first one in which it is treated, not whether it is treated now"
        raise PanelError(
            f"the {role} '{self._names[role]}' varies within a unit, in {rows}", hint=hint
        )

    def _refuse_twice(self, session: Session) -> None:
        columns, unit = self.columns, f"CAST({self.columns.unit} AS VARCHAR)"
        pairs = (
            f"SELECT {columns.unit} AS u, {unit} AS words, {columns.time.sql} AS t, count(*) AS n "
            f"FROM evalkit_rows WHERE {self._look.ok} GROUP BY ALL HAVING count(*) > 1"
        )
        count = int(session.rows(f"SELECT sum(n - 1) FROM ({pairs})")[0][0])
        words, when = session.rows(f"SELECT words, t FROM ({pairs}) ORDER BY u, t LIMIT 1")[0]
        where = f"{self._look.ok} AND {unit} = {text(words)} AND {columns.time.sql} = {when}"
        raise PanelError(
            f"{count} unit-period pairs have more than one row, the first in "
            f"{self._scan.rows_where(where)}",
            hint="aggregate them first, or give unit=None for repeated cross-sections",
        )


def _numbered(words: pd.Series[Any]) -> Ints:
    """Number words in order of appearance, a missing one among them."""
    codes: Ints = pd.factorize(words, use_na_sentinel=False)[0]
    return codes


def _means(used: pd.DataFrame, cohort: Ints, time: Ints, shape: tuple[int, int]) -> Floats:
    """Give the mean of the outcome by cohort and period; 0 where there is none."""
    sums, rows = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (cohort, time), used["total"].to_numpy(dtype=np.float64))
    np.add.at(rows, (cohort, time), used["used"].to_numpy(dtype=np.float64))
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(sums / np.maximum(rows, 1), posinf=0.0, neginf=0.0)
