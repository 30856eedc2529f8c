"""The reading of a table as a panel: rows validated, and what each unit is found out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from evalkit.language.told import told
from evalkit.panel.clock import LARGEST, NEVER, Ints
from evalkit.panel.cohorts import read_cohorts
from evalkit.panel.columns import coded, missing, rows_of
from evalkit.panel.dropped import Dropped, PanelError, some
from evalkit.panel.gone import dropped_rows
from evalkit.panel.layout import lay_out
from evalkit.panel.numbers import numbers
from evalkit.panel.table import Table

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Reading:
    """What a table says of units and periods, checked.

    Parameters
    ----------
    table
        The table as it came.
    names
        Column of each role; None where a role has none.

    Attributes
    ----------
    table
        The rows in use.
    dropped
        What was left out, and why.
    clock, layout
        The periods, and where the rows stand.
    y, weights
        Outcome and sampling weight of each row, in the panel's order.
    cohorts, clusters
        First treated period and cluster of each unit.

    Raises
    ------
    PanelError
        The table is no panel; the message names the column, the rows and the remedy.
    """

    def __init__(self, table: Table, names: Mapping[str, str | None]) -> None:
        self.dropped: tuple[Dropped, ...] = ()
        for role in ("time", "outcome", "cohort"):
            if names[role] is None:
                raise PanelError(f"the {role} is not given", hint=f"name its column: {role}='…'")
        self.table, columns = self._without_missing(table, names)
        by_role = {role: columns[name] for role, name in names.items() if name is not None}
        for role in ("unit", "cluster"):
            if role in by_role:
                self._refuse_inexact(by_role[role], str(names[role]), role)
        self.clock, self.layout = lay_out(
            by_role.get("unit"), by_role["time"], str(names["time"]), dutch=table.day_first
        )
        self.table.day_first |= self.clock.day_first  # which fewer rows may not show
        self.y: Floats = self._numbers(by_role["outcome"], names, "outcome")
        self.cohorts: Ints = self._read_cohorts(by_role["cohort"], str(names["cohort"]))
        self.clusters: Ints | None = None
        if "cluster" in by_role and names["cluster"] != names["unit"]:
            codes = np.asarray(coded(by_role["cluster"], "cluster", names=True)[0], dtype=np.int64)
            self.clusters = self._by_unit(codes, "cluster", str(names["cluster"]))
        self.weights: Floats | None = None
        if "weights" in by_role:
            self.weights = self._numbers(by_role["weights"], names, "weights")
            self._refuse_negative(self.weights, str(names["weights"]))

    def _without_missing(
        self, table: Table, names: Mapping[str, str | None]
    ) -> tuple[Table, dict[str, pd.Series[Any]]]:
        """Leave out rows that lack a role; a missing cohort means never treated."""
        roles = {role: name for role, name in names.items() if name is not None}
        columns = table.read(roles)
        if len(table) == 0:
            raise PanelError("the table has no rows", hint="see what was selected from it")
        needed = dict.fromkeys(name for role, name in roles.items() if role != "cohort")
        found = {name: missing(columns[name]) for name in needed}
        lacking = {name: lacks for name, lacks in found.items() if lacks is not None}
        if not lacking:
            return table, columns
        by_role = {role: columns[name] for role, name in roles.items()}
        left = np.ones(len(table), dtype=np.bool_)
        for name, lacks in lacking.items():
            why = told("dropped.column", name=name)
            why = told("dropped.outcome") if name == names["outcome"] else why
            self.dropped += (dropped_rows(why, by_role, left, ~lacks),)
            left &= ~lacks
        kept = np.flatnonzero(left)
        if len(kept) == 0:
            raise PanelError("every row lacks a value", hint=f"see the columns {', '.join(needed)}")
        return table.rows(kept), {name: values.iloc[kept] for name, values in columns.items()}

    def _numbers(
        self, values: pd.Series[Any], names: Mapping[str, str | None], role: str
    ) -> Floats:
        return self.layout.ordered(numbers(values, str(names[role]), role, self.table))

    def _read_cohorts(self, found: pd.Series[Any], name: str) -> Ints:
        """Read the cohort of each unit, from its first row when the others say the same."""
        dutch = self.table.day_first
        bare = found.dtype.kind in "iuf" and missing(found) is None
        raw = found.to_numpy() if bare else coded(found, f"cohort '{name}'")[0]
        if self.layout.moving(self.layout.ordered(raw)).size == 0:
            first = found.iloc[self.layout.places(self.layout.first_rows)]
            codes, labels = pd.factorize(first)
            try:
                known = read_cohorts(pd.Series(labels), self.clock, name, dutch=dutch)
            except PanelError:
                pass  # the rows of what is amiss are named below
            else:
                return np.append(known, NEVER)[codes]  # a missing cohort has the code -1
        return self._by_unit(read_cohorts(found, self.clock, name, dutch=dutch), "cohort", name)

    def _by_unit(self, codes: Ints, role: str, name: str) -> Ints:
        """Give the code of each unit from those of its rows, which must be the same."""
        ordered = self.layout.ordered(codes)
        bad = self.layout.moving(ordered)
        if bad.size:
            hint = f"a unit has one {role} in all its periods"
            if role == "cohort":  # a 0/1 column of being treated is what most tables have
                hint += ": the first one in which it is treated, not whether it is treated now"
            raise PanelError(
                f"the {role} '{name}' varies within a unit, in {self._rows(bad)}", hint=hint
            )
        return ordered[self.layout.first_rows]

    @staticmethod
    def _refuse_inexact(values: pd.Series[Any], name: str, role: str) -> None:
        """Refuse names that were rounded, so that two have become one."""
        if values.dtype.kind != "f" or isinstance(values.dtype, pd.CategoricalDtype):
            return
        large = np.flatnonzero(np.abs(values.to_numpy(dtype=np.float64)) > LARGEST)
        if large.size:
            raise PanelError(
                f"the {role} '{name}' has numbers too long to tell apart, in "
                f"{rows_of(values, large)}",
                hint="write a letter before them, or read the column as text",
            )

    def _refuse_negative(self, weights: Floats, name: str) -> None:
        negative = np.flatnonzero(weights < 0)
        if negative.size:
            raise PanelError(
                f"the weights '{name}' are negative in {self._rows(negative)}",
                hint="a sampling weight is nought or more",
            )

    def _rows(self, at: Ints) -> str:
        """Name ordered rows by their place in the table as it came."""
        places = self.table.places(self.layout.places(at))
        return some([int(row) + self.table.first_row for row in places])
