"""The reading of a panel by queries: rows validated where they are, and units added up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from evalkit.language.told import told
from evalkit.panel.asked import Fault, Faulty, Meaning, Names, Rows, faults_of, needed_of
from evalkit.panel.clock import Clock, read_times
from evalkit.panel.cohorts import read_cohorts
from evalkit.panel.dropped import Dropped, PanelError
from evalkit.panel.plan import is_number, is_text
from evalkit.panel.tally import Tally

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
_Read = TypeVar("_Read")
_CLEAN = "clean the column, or make such cells empty: they count as missing"


class Counting:
    """What queries say of periods and cohorts, checked; and of units, once these are added up.

    Parameters
    ----------
    rows
        The rows.
    names
        Column of each role; None where a role has none.

    Attributes
    ----------
    dropped
        What was left out, and why.
    clock
        The periods.
    near : ndarray, shape (cohorts, periods)
        The mean of each cell.
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

    def __init__(self, rows: Rows, names: Names) -> None:
        for role in ("time", "outcome", "cohort"):
            if names[role] is None:
                raise PanelError(f"the {role} is not given", hint=f"name its column: {role}='…'")
        self._rows, self._names = rows, names
        self.dropped: tuple[Dropped, ...] = ()
        with rows.opened():
            self._kinds = rows.kinds()
            for role in ("outcome", "weights"):
                self._refuse_kind(role)
            seen = rows.seen()
            self._refuse_faults(seen)
            self._tell_missing(seen)
            self.near = self._understood(seen[seen["used"] > 0])

    def _refuse_kind(self, role: str) -> None:
        name = self._names[role]
        if name is None or is_number(self._kinds[name]) or is_text(self._kinds[name]):
            return
        raise PanelError(
            f"the column '{name}' for the {role} holds no numbers ({self._kinds[name]})",
            hint=_CLEAN,
        )

    # What is amiss --------------------------------------------------------------------------

    def _refuse_faults(self, seen: pd.DataFrame) -> None:
        for fault in faults_of(self._names, self._kinds):
            if int(seen[fault.mark].sum()):
                raise self._refusal(fault)

    def _refusal(self, fault: Fault) -> PanelError:
        role, name = fault.role, self._names[fault.role]
        rows = self._rows.at_fault(fault)
        if fault.sort == "infinite":
            hint = "mend these rows, or make them empty: they count as missing"
            what = f"the column '{name}' for the {role} is infinite in {rows}"
        elif fault.sort == "text":
            shown, hint = self._rows.shown(fault), _CLEAN
            what = f"the column '{name}' for the {role} holds text ('{shown}') in {rows}"
        elif fault.sort == "negative":
            hint = "a sampling weight is nought or more"
            what = f"the weights '{name}' are negative in {rows}"
        else:
            hint = "write a letter before them, or read the column as text"
            what = f"the {role} '{name}' has numbers too long to tell apart, in {rows}"
        return PanelError(what, hint=hint)

    def _tell_missing(self, seen: pd.DataFrame) -> None:
        """Count the rows that lack a role; a missing cohort means never treated."""
        needed = needed_of(self._names)
        if int(seen["used"].sum()) == 0:
            raise PanelError("every row lacks a value", hint=f"see the columns {', '.join(needed)}")
        before: list[str] = []
        for at, name in enumerate(needed):
            count = int(seen[f"lacks{at}"].sum())
            if count == 0:
                continue
            why = told("dropped.column", name=name)
            why = told("dropped.outcome") if name == self._names["outcome"] else why
            units, names = self._rows.lost("unit", before, name)
            clusters = 0
            if self._names["cluster"] != self._names["unit"]:
                clusters, _ = self._rows.lost("cluster", before, name)
            self.dropped += (Dropped(why, count, 0, units, names, clusters),)
            before.append(name)

    # Periods and cohorts --------------------------------------------------------------------

    def _understood(self, used: pd.DataFrame) -> Floats:
        """Find out what periods and cohorts mean, and give the mean of each cell."""
        times = used.drop_duplicates("words")
        name = str(self._names["time"])
        clock, at = self._named(
            name, times["label"], times["words"], lambda values: read_times(values, name)
        )
        self.clock: Clock = clock
        cohorts = used.drop_duplicates("cohort_words")
        label = str(self._names["cohort"])
        values = self._named(
            label, cohorts["cohort"], cohorts["cohort_words"],
            lambda found: read_cohorts(found, clock, label, dutch=clock.day_first),
        )  # fmt: skip
        words = [None if pd.isna(one) else str(one) for one in cohorts["cohort_words"]]
        known = self._rows.understand(Meaning(clock, list(times["words"]), at, words, values))
        time = at[_numbered(used["words"])]
        cohort = np.searchsorted(known, values)[_numbered(used["cohort_words"])]
        return _means(used, cohort, time, (len(known), len(clock)))

    def _named(
        self,
        name: str,
        labels: pd.Series[Any],
        words: pd.Series[Any],
        read: Callable[[pd.Series[Any]], _Read],
    ) -> _Read:
        """Read labels; where one is amiss, read them again under the names of their rows."""
        values = pd.Series(labels.to_numpy() if labels.dtype.kind in "iuf" else labels.array)
        try:
            return read(values)
        except PanelError:
            first = self._rows.first_rows(name)
            values.index = pd.Index([first.get(None if pd.isna(w) else w, "?") for w in words])
            return read(values)

    # Units ----------------------------------------------------------------------------------

    def add_up(self) -> None:
        """Add up the units.

        Raises
        ------
        PanelError
            A unit has a row twice, or more than one cohort or cluster.
        """
        try:
            tally = self._rows.add_up(self.near)
        except Faulty as fault:
            self._refuse(str(fault))
            raise
        self.take(tally)

    def take(self, tally: Tally) -> None:
        """Take in sums over units."""
        self.whole, self.rest = tally.profiles()
        self.low, self.high, self.moving = tally.low, tally.high, tally.moving

    def _refuse(self, fault: str) -> None:
        """Name the rows in which a unit is not what a unit is."""
        if fault == "twice":
            count, first = self._rows.twice()
            raise PanelError(
                f"{count} unit-period pairs have more than one row, the first in {first}",
                hint="aggregate them first, or give unit=None for repeated cross-sections",
            )
        hint = f"a unit has one {fault} in all its periods"
        if fault == "cohort":
            hint += ": the first one in which it is treated, not whether it is treated now"
        raise PanelError(
            f"the {fault} '{self._names[fault]}' varies within a unit, in "
            f"{self._rows.varying(fault)}",
            hint=hint,
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
