"""How a column is written in a query: outcomes as numbers, periods and cohorts as whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.panel.clock import NEVER, Clock, Ints
from evalkit.panel.scan import quoted, text

# As DuckDB calls them, and as Ibis does.
_WHOLE = {
    *("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"),
    *("int8", "int16", "int32", "int64", "uint8", "uint16", "uint32"),
}
_BROKEN = {"FLOAT", "DOUBLE", "float16", "float32", "float64"}
_OTHER = {"HUGEINT", "UHUGEINT", "UBIGINT", "BOOLEAN", "uint64", "boolean"}


def is_whole(kind: str) -> bool:
    """Whether a type of DuckDB or Ibis is one of whole numbers that NumPy holds."""
    return kind in _WHOLE


def is_broken(kind: str) -> bool:
    """Whether a type of DuckDB or Ibis is one of floating numbers."""
    return kind in _BROKEN


def is_number(kind: str) -> bool:
    """Whether a type of DuckDB or Ibis is one of numbers."""
    return kind in _WHOLE | _BROKEN | _OTHER or kind.upper().startswith("DECIMAL")


def is_text(kind: str) -> bool:
    """Whether a type of DuckDB or Ibis is text, or codes of text."""
    return kind in {"VARCHAR", "string"} or kind.startswith("ENUM")


def absent(name: str, kind: str) -> str:
    """Say in SQL that a cell is missing."""
    column = quoted(name)
    return f"({column} IS NULL OR isnan({column}))" if is_broken(kind) else f"({column} IS NULL)"


def number(name: str, kind: str) -> str:
    """Write a column as a number; NULL where text is none."""
    column = quoted(name)
    if is_text(kind):
        return f"TRY_CAST(trim(CAST({column} AS VARCHAR)) AS DOUBLE)"
    return column if kind == "DOUBLE" else f"CAST({column} AS DOUBLE)"


def key(name: str, kind: str) -> str:
    """Write a column of names: numbers as they are, and all else as text."""
    column = quoted(name)
    bare = is_whole(kind) or is_broken(kind) or kind == "VARCHAR"
    return column if bare else f"CAST({column} AS VARCHAR)"


@dataclass(frozen=True)
class Coded:
    """A column of which every value is known, written as whole numbers.

    Attributes
    ----------
    sql
        The expression.
    values : ndarray of int
        The whole numbers it gives, ascending.
    """

    sql: str
    values: Ints


def coded_times(name: str, kind: str, labels: Sequence[str], at: Ints, clock: Clock) -> Coded:
    """Write periods as whole numbers: as they are where they are, else counted from 0.

    Parameters
    ----------
    name, kind
        The column and its type.
    labels, at
        Each value that it has, as text, and its place among the periods.
    clock
        The periods.
    """
    if is_whole(kind):
        return Coded(quoted(name), clock.values)
    return Coded(_cases(name, kind, labels, at), np.arange(len(clock)))


def coded_cohorts(
    name: str, kind: str, labels: Sequence[str | None], values: Ints, clock: Clock
) -> Coded:
    """Write cohorts as values of the clock; 0 is never.

    Parameters
    ----------
    name, kind
        The column and its type.
    labels, values
        Each value that it has, as text, and what it means.
    clock
        The periods.
    """
    found, column = np.unique(values), quoted(name)
    if not clock.counted and (is_whole(kind) or is_broken(kind)):
        late = f"{column} > {int(clock.values[-1])}"
        sql = f"CASE WHEN {absent(name, kind)} OR {late} THEN {NEVER} ELSE {column} END"
        return Coded(sql if is_whole(kind) else f"CAST({sql} AS BIGINT)", found)
    known = [(label, int(v)) for label, v in zip(labels, values, strict=True) if label is not None]
    return Coded(_cases(name, kind, *_parted(known)), found)


def _parted(known: list[tuple[str, int]]) -> tuple[list[str], Ints]:
    return [label for label, _ in known], np.array([value for _, value in known], dtype=np.int64)


def _cases(name: str, kind: str, labels: Sequence[str], values: Any) -> str:
    """Name the value of each label; what is missing is 0, which is never."""
    bare = "VARCHAR" if is_text(kind) else kind
    column = f"CAST({quoted(name)} AS {bare})"
    cases = " ".join(
        f"WHEN CAST({text(label)} AS {bare}) THEN {int(value)}"
        for label, value in zip(labels, values, strict=True)
    )
    return f"CASE {column} {cases} ELSE 0 END" if cases else "0"


@dataclass(frozen=True)
class Columns:
    """How the roles are written in queries.

    Attributes
    ----------
    unit
        SQL of the unit; None for repeated cross-sections.
    unit_key
        The same as a number or as text.
    time, cohort
        Periods and cohorts.
    outcomes
        The outcome; more where the rows pass by for several at once.
    weights, cluster
        SQL; None where a role has none.
    ok
        Condition on the rows in use: those that have one of the outcomes.
    """

    unit: str | None
    unit_key: str | None
    time: Coded
    cohort: Coded
    outcomes: tuple[str, ...]
    weights: str | None
    cluster: str | None
    ok: str

    @property
    def periods(self) -> int:
        """Number of periods."""
        return len(self.time.values)

    @property
    def marks(self) -> tuple[str, ...]:
        """Names of the outcomes among the rows."""
        return tuple(f"y{at}" for at in range(len(self.outcomes)))

    def rows(self, *more: str) -> str:
        """Select the rows in use."""
        values = (f"{sql} AS {name}" for sql, name in zip(self.outcomes, self.marks, strict=True))
        asked = [f"{self.time.sql} AS t", f"{self.cohort.sql} AS g", *values, *more]
        if self.unit_key is not None:
            asked.append(f"{self.unit_key} AS u")
        if self.weights is not None:
            asked.append(f"{self.weights} AS w")
        if self.cluster is not None:
            asked.append(f"{self.cluster} AS c")
        return f"SELECT {', '.join(asked)} FROM evalkit_rows WHERE {self.ok}"  # noqa: S608
