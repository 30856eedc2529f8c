# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""One look at all rows: counts by period and cohort, and what is amiss with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.asked import Fault, Names, faults_of, needed_of
from evalkit.panel.clock import LARGEST
from evalkit.panel.dropped import PanelError
from evalkit.panel.plan import absent, is_broken, is_text, number
from evalkit.panel.scan import quoted
from evalkit.panel.session import Session
from evalkit.panel.sources import Arrow
from evalkit.panel.table import plain

MANY = 100_000
"""Distinct pairs of period and cohort above which a column is plainly not one of these."""


class Look:
    """What rows hold, by period and cohort.

    Parameters
    ----------
    names
        Column of each role; None where a role has none.
    kinds
        Type of each column.

    Attributes
    ----------
    needed
        The columns without which a row is left out.
    ok
        Condition on the rows in use.
    """

    def __init__(self, names: Names, kinds: Mapping[str, str]) -> None:
        self._names, self._kinds = names, kinds
        self.needed = needed_of(names)
        self._faults = faults_of(names, kinds)
        self.ok = " AND ".join(f"NOT {absent(n, kinds[n])}" for n in self.needed)

    def condition(self, fault: Fault) -> str:
        """Say in SQL that a row has a fault."""
        name = str(self._names[fault.role])
        value = number(name, self._kinds[name])
        return {
            "infinite": f"isinf({value})",
            "text": f"({value} IS NULL OR isnan({value}))",
            "negative": f"{value} < 0",
            "inexact": f"abs({quoted(name)}) > {LARGEST}",
        }[fault.sort]

    def seen(self, session: Session) -> pd.DataFrame:
        """Count rows by period and cohort.

        A quick look suffices where nothing is amiss but outcomes that are empty, as a sum tells: it
        is finite when all its terms are. Else each fault is counted.

        Raises
        ------
        PanelError
            There are no rows, or more pairs of period and cohort than there can be.
        """
        quick = self._quick(session) if self._is_plain() else None
        if quick is not None:
            return quick
        asked = [f"count(*) FILTER (WHERE {self.ok}) AS used"]
        for at, name in enumerate(self.needed):
            lacks = absent(name, self._kinds[name])
            asked.append(f"count(*) FILTER (WHERE {lacks}) AS lacks{at}")
        for fault in self._faults:
            where = f"{self.ok} AND {self.condition(fault)}"
            asked.append(f"count(*) FILTER (WHERE {where}) AS {fault.mark}")
        return self._put(
            session, [*asked, f"sum({self._value()}) FILTER (WHERE {self.ok}) AS total"]
        )

    def _value(self) -> str:
        name = str(self._names["outcome"])
        return number(name, self._kinds[name])

    def _is_plain(self) -> bool:
        """Whether all that may be amiss shows in sums, counts and the least weight."""
        kinds = {role: self._kinds[name] for role, name in self._names.items() if name is not None}
        text = any(is_text(kinds.get(role, "")) for role in ("outcome", "weights"))
        return not text and not any(
            is_broken(kinds.get(role, "")) for role in ("unit", "time", "cluster")
        )

    def _quick(self, session: Session) -> pd.DataFrame | None:
        """Count rows by sums alone; None where more is amiss than empty outcomes."""
        asked = [f"count({quoted(name)}) AS has{at}" for at, name in enumerate(self.needed)]
        asked.append(f"sum({self._value()}) AS total")
        weights = self._names["weights"]
        if weights is not None:
            value = number(weights, self._kinds[weights])
            asked += [f"sum({value}) AS weight", f"min({value}) AS least"]
        found = self._put(session, asked)
        outcome = self.needed.index(str(self._names["outcome"]))
        lacks = {at: found["n"] - found[f"has{at}"] for at in range(len(self.needed))}
        sums = found["total"].to_numpy(dtype=np.float64)[found[f"has{outcome}"] > 0]
        good = np.isfinite(sums).all() and not any(
            count.any() for at, count in lacks.items() if at != outcome
        )
        if weights is not None:
            sums = found[["weight", "least"]].to_numpy(dtype=np.float64)
            good &= np.isfinite(sums).all() and (sums[:, 1] >= 0).all()
        if not good:
            return None
        name = self.needed[outcome]
        self.ok = f"NOT {absent(name, self._kinds[name])}" if lacks[outcome].any() else "true"
        return found.assign(
            used=found[f"has{outcome}"],
            **{f"lacks{at}": count for at, count in lacks.items()},
            **dict.fromkeys((fault.mark for fault in self._faults), 0),
        )

    def _put(self, session: Session, asked: Sequence[str]) -> pd.DataFrame:
        time, cohort = (quoted(str(self._names[role])) for role in ("time", "cohort"))
        rows = (
            f"SELECT {time} AS label, {cohort} AS cohort, count(*) AS n, {', '.join(asked)} "
            f"FROM evalkit_rows GROUP BY ALL LIMIT {MANY + 1}"
        )
        words = "CAST(label AS VARCHAR) AS words, CAST(cohort AS VARCHAR) AS cohort_words"
        found = session.table(f"SELECT {words}, * FROM ({rows})")
        return frame_of(found, self._names)


def frame_of(found: Any, names: Names) -> pd.DataFrame:
    """Give counts by period and cohort as a frame.

    Raises
    ------
    PanelError
        There are no rows, or more pairs of period and cohort than there can be.
    """
    if found.num_rows > MANY:
        raise PanelError(
            f"the columns '{names['time']}' and '{names['cohort']}' have more than {MANY} pairs of "
            "values",
            hint="a period and a first treated period are shared by many units",
        )
    columns = Arrow(found).read(found.column_names)
    seen = pd.DataFrame({name: plain(values) for name, values in columns.items()})
    if len(seen) == 0 or int(seen["n"].sum()) == 0:
        raise PanelError("the table has no rows", hint="see what was selected from it")
    return seen
