# ruff: noqa: S608  columns are named in quotes, and values are written as SQL writes them
"""One look at all rows: counts by period and cohort, and what is amiss with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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
    names, kinds
        Column of each role, and the type of each column.
    needed
        The columns without which a row is left out.
    faults
        What may be amiss.
    ok
        Condition on the rows in use.
    """

    def __init__(self, names: Names, kinds: Mapping[str, str]) -> None:
        self.names, self.kinds = names, kinds
        self.needed = needed_of(names)
        self.faults = faults_of(names, kinds)
        self.ok = " AND ".join(f"NOT {absent(n, kinds[n])}" for n in self.needed)

    def condition(self, fault: Fault) -> str:
        """Say in SQL that a row has a fault."""
        name = str(self.names[fault.role])
        value = number(name, self.kinds[name])
        return {
            "infinite": f"isinf({value})",
            "text": f"({value} IS NULL OR isnan({value}))",
            "negative": f"{value} < 0",
            "inexact": f"abs({quoted(name)}) > {LARGEST}",
        }[fault.sort]

    def asked(self) -> dict[str, str]:
        """Ask for the number of rows in use, of those that lack a column and with each fault."""
        found = {"used": f"count(*) FILTER (WHERE {self.ok})"}
        for at, name in enumerate(self.needed):
            found[f"lacks{at}"] = f"count(*) FILTER (WHERE {absent(name, self.kinds[name])})"
        for fault in self.faults:
            found[fault.mark] = f"count(*) FILTER (WHERE {self.ok} AND {self.condition(fault)})"
        return found | {"total": f"sum({self._value()}) FILTER (WHERE {self.ok})"}

    def _value(self) -> str:
        name = str(self.names["outcome"])
        return number(name, self.kinds[name])

    @property
    def is_plain(self) -> bool:
        """Whether all that may be amiss shows in sums, counts and the least weight."""
        kinds = {role: self.kinds[name] for role, name in self.names.items() if name is not None}
        text = any(is_text(kinds.get(role, "")) for role in ("outcome", "weights"))
        return not text and not any(
            is_broken(kinds.get(role, "")) for role in ("unit", "time", "cluster")
        )

    def asked_quickly(self) -> dict[str, str]:
        """Ask for sums and counts by which most rows show that nothing is amiss."""
        found = {f"has{at}": f"count({quoted(name)})" for at, name in enumerate(self.needed)}
        found["total"] = f"sum({self._value()})"
        weights = self.names["weights"]
        if weights is not None:
            value = number(weights, self.kinds[weights])
            found |= {"weight": f"sum({value})", "least": f"min({value})"}
        return found

    def quick(self, found: pd.DataFrame) -> pd.DataFrame | None:
        """Read the quick answer; None where more is amiss than empty outcomes.

        A sum tells of all its terms: it is finite when they are.
        """
        outcome = self.needed.index(str(self.names["outcome"]))
        lacks = {at: found["n"] - found[f"has{at}"] for at in range(len(self.needed))}
        sums = found["total"].to_numpy(dtype=np.float64)[found[f"has{outcome}"] > 0]
        good = np.isfinite(sums).all() and not any(
            count.any() for at, count in lacks.items() if at != outcome
        )
        if self.names["weights"] is not None:
            sums = found[["weight", "least"]].to_numpy(dtype=np.float64)
            good &= np.isfinite(sums).all() and (sums[:, 1] >= 0).all()
        if not good:
            return None
        name = self.needed[outcome]
        self.ok = f"NOT {absent(name, self.kinds[name])}" if lacks[outcome].any() else "true"
        return found.assign(
            used=found[f"has{outcome}"],
            **{f"lacks{at}": count for at, count in lacks.items()},
            **dict.fromkeys((fault.mark for fault in self.faults), 0),
        )


def seen_by(session: Session, looks: Sequence[Look]) -> list[pd.DataFrame]:
    """Count rows by period and cohort for looks that differ in their outcome, all at once.

    A quick question suffices where nothing is amiss but outcomes that are empty. Where more is,
    each fault is counted by a second one.

    Raises
    ------
    PanelError
        There are no rows, or more pairs of period and cohort than there can be.
    """
    found: dict[int, pd.DataFrame] = {}
    plain_ones = {at: look.asked_quickly() for at, look in enumerate(looks) if look.is_plain}
    for at, frame in _put(session, looks[0], plain_ones).items():
        quick = looks[at].quick(frame)
        if quick is not None:
            found[at] = quick
    rest = {at: look.asked() for at, look in enumerate(looks) if at not in found}
    found |= _put(session, looks[0], rest)
    return [found[at] for at in range(len(looks))]


def _put(
    session: Session, look: Look, asked: Mapping[int, Mapping[str, str]]
) -> dict[int, pd.DataFrame]:
    """Put what several looks ask in one question, and part the answers."""
    if not asked:
        return {}
    time, cohort = (quoted(str(look.names[role])) for role in ("time", "cohort"))
    sums = (f"{sql} AS {n}_{at}" for at, own in asked.items() for n, sql in own.items())
    rows = (
        f"SELECT {time} AS label, {cohort} AS cohort, count(*) AS n, {', '.join(sums)} "
        f"FROM evalkit_rows GROUP BY ALL LIMIT {MANY + 1}"
    )
    words = "CAST(label AS VARCHAR) AS words, CAST(cohort AS VARCHAR) AS cohort_words"
    found = frame_of(session.table(f"SELECT {words}, * FROM ({rows})"), look.names)
    return {at: _part(found, at, own) for at, own in asked.items()}


def _part(found: pd.DataFrame, at: int, asked: Iterable[str]) -> pd.DataFrame:
    """Give what one look asked, under the names that it knows."""
    named = {f"{name}_{at}": name for name in asked}
    return found[["label", "cohort", "words", "cohort_words", "n", *named]].rename(columns=named)


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
