"""Rows that stay on Spark or in a database: what a panel asks of them, as Ibis says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from copy import copy
from functools import reduce
from importlib import import_module
from operator import and_
from sys import float_info
from typing import Any, Self

import numpy as np
import pandas as pd

from evalkit.panel.asked import Fault, Meaning, Names, faults_of, needed_of
from evalkit.panel.clock import LARGEST, NEVER
from evalkit.panel.dropped import SHOWN, PanelError, some
from evalkit.panel.ibis_pairs import units_added_up
from evalkit.panel.ibis_sums import Cells, Long
from evalkit.panel.ibis_telling import reader_of, telling_backend
from evalkit.panel.look import MANY, frame_of
from evalkit.panel.plan import is_broken, is_text, is_whole
from evalkit.panel.scan import NAMED
from evalkit.panel.sources import Arrow
from evalkit.panel.table import refuse_unknown
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]


class IbisRows:
    """Rows of an Ibis table, asked where they live; see :class:`~evalkit.panel.asked.Rows`.

    Rows have no order there, so that messages name them by their unit and period.

    Parameters
    ----------
    table
        The Ibis table.
    names
        Column of each role; None where a role has none.
    discreet
        Whether messages may not name units.
    """

    _kinds: dict[str, str]
    _meaning: Meaning

    def __init__(self, table: Any, names: Names, *, discreet: bool = False) -> None:
        self._table, self._names, self._discreet = table, names, discreet
        self.reader = reader_of(table)
        self._extremes = (np.inf, -np.inf)

    def asked_for(self, names: Names) -> Self:
        """Give the same rows, of which other columns are asked."""
        found = copy(self)
        found.__dict__["_names"] = names
        return found

    def opened(self) -> nullcontext[None]:
        """Keep a connection: it is the user's own."""
        return nullcontext()

    def _arrow(self, expression: Any) -> Any:
        with telling_backend(self.reader):
            return expression.to_pyarrow()

    def _frame(self, expression: Any) -> pd.DataFrame:
        found = Arrow(self._arrow(expression))
        return pd.DataFrame(found.read(found.names))

    # As they came ---------------------------------------------------------------------------

    def kinds(self) -> dict[str, str]:
        """Give the type of each column that has a role, as Ibis calls it."""
        with telling_backend(self.reader):
            schema = self._table.schema()
        for role, name in self._names.items():
            if name is not None:
                refuse_unknown(list(schema.names), name, role)
        names = (name for name in self._names.values() if name is not None)
        self._kinds = {name: str(schema[name]).removeprefix("!") for name in names}
        for role in ("outcome", "weights"):
            column = self._names[role]
            if column is not None and is_text(self._kinds[column]):
                raise PanelError(
                    f"the column '{column}' for the {role} is text, which is not read as numbers "
                    f"by queries in {self.reader}",
                    hint=f"say so there: table.mutate({column}=table['{column}'].cast('float64'))",
                )
        return self._kinds

    def _lacks(self, name: str) -> Any:
        column = self._table[name]
        if is_broken(self._kinds[name]) and self._knows_nan:
            return column.isnull() | column.isnan()
        return column.isnull()

    @property
    def _knows_nan(self) -> bool:
        """Whether what is no number can stand in a column of numbers there, which SQLite lacks."""
        nan = import_module("ibis.expr.operations").IsNan
        return bool(self._table.get_backend().has_operation(nan))

    def _has(self, names: Sequence[str]) -> Any:
        return reduce(and_, (~self._lacks(name) for name in names))

    @property
    def _ok(self) -> Any:
        return self._has(needed_of(self._names))

    def _number(self, role: str) -> Any:
        return self._table[str(self._names[role])].cast("float64")

    def _is(self, fault: Fault) -> Any:
        if fault.sort == "inexact":
            return self._ok & (self._table[str(self._names[fault.role])].abs() > LARGEST)
        value = self._number(fault.role)
        # Not every backend knows what is infinite.
        return self._ok & (value.abs() > float_info.max if fault.sort == "infinite" else value < 0)

    def seen(self) -> pd.DataFrame:
        """Count rows by period and cohort."""
        table, ok = self._table, self._ok
        outcome = self._number("outcome")
        asked = {"n": table.count(), "used": table.count(where=ok)}
        for at, name in enumerate(needed_of(self._names)):
            asked[f"lacks{at}"] = table.count(where=self._lacks(name))
        for fault in faults_of(self._names, self._kinds):
            asked[fault.mark] = table.count(where=self._is(fault))
        for name in ("sum", "min", "max"):
            asked[name] = getattr(outcome, name)(where=ok)
        pair = {"label": table[self._names["time"]], "cohort": table[self._names["cohort"]]}
        found = table.group_by(**pair).aggregate(**asked).limit(MANY + 1)
        words = {"words": found.label.cast("string"), "cohort_words": found.cohort.cast("string")}
        seen = frame_of(self._arrow(found.mutate(**words)), self._names)
        self._extremes = float(seen["min"].min()), float(seen["max"].max())
        return seen.rename(columns={"sum": "total"})

    # Names of rows --------------------------------------------------------------------------

    def _named(self, rows: Any, roles: Sequence[str] = ("unit", "time")) -> str:
        """Name the first of some rows by their unit and period, by which they are ordered."""
        told = [role for role in roles if role != "unit" or not self._discreet]
        names = [name for role in told if (name := self._names[role]) is not None]
        total = int(self._arrow(rows.count()).as_py())
        if not names:
            return f"{total} unit{'s' * (total != 1)}"
        first = self._frame(rows.select(*names).order_by(names).limit(NAMED))
        shown = [", ".join(f"{n}={v}" for n, v in zip(names, one, strict=True))
                 for one in first.itertuples(index=False)]  # fmt: skip
        return some([f"({one})" for one in shown], total=total)

    def at_fault(self, fault: Fault) -> str:
        """Name the first rows with a fault."""
        return self._named(self._table.filter(self._is(fault)))

    def shown(self, fault: Fault) -> str:
        """Give a value that is at fault."""
        name = str(self._names[fault.role])
        rows = self._table.filter(self._is(fault)).select(name).limit(1)
        return str(self._frame(rows)[name].iloc[0])

    def lost(self, role: str, before: Sequence[str], name: str) -> tuple[int, tuple[str, ...]]:
        """Count the units or clusters that only rows have that lack a column; name the first."""
        own = self._names[role]
        if own is None:
            return 0, ()
        among = self._table.filter(self._has([own, *before]))
        gone = self._without(among, among.filter(self._has([name])), own)
        return int(self._arrow(gone.count()).as_py()), self._first(gone, own)

    @staticmethod
    def _without(among: Any, stay: Any, name: str) -> Any:
        """Give the values of a column that only rows have that do not stay."""
        return among.select(name).distinct().anti_join(stay.select(name).distinct(), name)

    def _first(self, gone: Any, name: str) -> tuple[str, ...]:
        first = self._frame(gone.order_by(name).limit(SHOWN))
        return tuple(str(one) for one in first[name])

    def first_rows(self, name: str) -> dict[str | None, str]:
        """Name a row of each value of a column, by its unit where there are units."""
        unit = None if self._discreet else self._names["unit"]
        rows = self._table.filter(self._ok)
        words, own = rows[name].cast("string"), name if unit is None else unit
        found = self._frame(rows.group_by(words=words).aggregate(own=rows[own].min()))
        return {
            None if pd.isna(word) else str(word): f"({own}={value})"
            for word, value in zip(found["words"], found["own"], strict=True)
        }

    # Once periods and cohorts are known -----------------------------------------------------

    def understand(self, meaning: Meaning) -> tuple[int, ...]:
        """Take in what periods and cohorts mean, and give the values of the cohorts, ascending."""
        self._meaning = meaning
        return tuple(int(value) for value in np.unique(meaning.values))

    @property
    def _time(self) -> Any:
        """The place of each row's period."""
        return self._cases("time", self._meaning.times, self._meaning.at, 0)

    @property
    def _cohort(self) -> Any:
        """The cohort of each row, as a value of the clock."""
        meaning, name = self._meaning, str(self._names["cohort"])
        column, kind = self._table[name], self._kinds[name]
        if not meaning.clock.counted and (is_whole(kind) or is_broken(kind)):
            never = self._lacks(name) | (column > int(meaning.clock.values[-1]))
            return never.ifelse(NEVER, column).cast("int64")
        return self._cases("cohort", meaning.cohorts, meaning.values, NEVER)

    def _cases(self, role: str, labels: Sequence[str | None], values: Any, otherwise: int) -> Any:
        name = str(self._names[role])
        whole = is_whole(self._kinds[name])
        column = self._table[name] if whole else self._table[name].cast("string")
        known = [
            (int(label) if whole else label, int(value))
            for label, value in zip(labels, values, strict=True)
            if label is not None
        ]
        if not known:  # it is missing in every row
            return column.isnull().ifelse(otherwise, otherwise).cast("int64")
        return column.cases(*known, else_=otherwise).cast("int64")

    def add_up(self, near: Floats) -> Tally:
        """Add up units where they are."""
        weighted, cluster = self._names["weights"] is not None, self._names["cluster"]
        clustered = cluster not in {None, self._names["unit"]}
        asked = {"t": self._time, "g": self._cohort, "y": self._number("outcome")}
        if self._names["unit"] is not None:
            asked["u"] = self._table[self._names["unit"]]
        if weighted:
            asked["w"] = self._number("weights")
        if clustered:
            asked["c"] = self._table[cluster]
        rows = self._table.filter(self._ok).select(**asked)
        cohorts = tuple(int(value) for value in np.unique(self._meaning.values))
        long = Long(rows, cohorts, near, self._frame, weighted=weighted, clustered=clustered)
        found = Cells(long).tally if self._names["unit"] is None else units_added_up(long)
        found.low, found.high = self._extremes
        return found

    def varying(self, role: str) -> str:
        """Name the units that have more than one cohort or cluster."""
        unit = str(self._names["unit"])
        value = self._cohort if role == "cohort" else self._table[self._names[role]]
        rows = self._table.mutate(evalkit_value=value).filter(self._ok)
        ends = {"evalkit_low": rows.evalkit_value.min(), "evalkit_high": rows.evalkit_value.max()}
        found = rows.group_by(unit).aggregate(**ends)
        return self._named(found.filter(found.evalkit_low != found.evalkit_high), ["unit"])

    def twice(self) -> tuple[int, str]:
        """Count the unit-period pairs that have one row too many, and name the first."""
        keys = [str(self._names[role]) for role in ("unit", "time")]
        rows = self._table.filter(self._ok)
        found = rows.group_by(keys).aggregate(evalkit_n=rows.count())
        found = found.filter(found.evalkit_n > 1)
        more = int(self._arrow((found.evalkit_n - 1).sum()).as_py())
        return more, self._named(found.order_by(keys).limit(1))

    # Fewer of them --------------------------------------------------------------------------

    def whole(self, periods: int) -> int:
        """Count the units that are observed in each of the first so many periods."""
        return int(self._arrow(self._whole_units(periods).count()).as_py())

    def until(self, periods: int) -> Self:
        """Give the rows of the first so many periods."""
        return self._only(lambda table: table.filter(self._time < periods))

    def complete(self, periods: int) -> Self:
        """Give the rows of the units that are observed in each of the first so many periods."""
        units = self._whole_units(periods)
        return self._only(lambda table: table.semi_join(units, self._names["unit"]))

    def treated_after(self, first: int) -> Self:
        """Give the rows of units that are first treated after a period, or never."""
        cohort = self._cohort
        return self._only(lambda table: table.filter((cohort == NEVER) | (cohort > first)))

    def gone(self, left: Self) -> tuple[str, ...]:
        """Name the first units of which no row is left."""
        unit, stay = str(self._names["unit"]), left._table.filter(left._ok)
        return self._first(self._without(self._table.filter(self._ok), stay, unit), unit)

    def _whole_units(self, periods: int) -> Any:
        unit = self._names["unit"]
        rows = self._table.filter(self._ok & (self._time < periods))
        found = rows.group_by(unit).aggregate(evalkit_n=rows.count())
        return found.filter(found.evalkit_n == periods).select(unit)

    def _only(self, chosen: Callable[[Any], Any]) -> Self:
        found = copy(self)
        found.__dict__["_table"] = chosen(self._table)
        return found
