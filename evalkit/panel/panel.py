"""The panel: roles resolved, rows validated, moments computed once."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.clock import NEVER, Ints, read_cohorts, read_times
from evalkit.panel.columns import Table, as_frame, column, matrix, numbers
from evalkit.panel.dropped import Dropped, PanelError, PanelWarning, some
from evalkit.panel.moments import Moments, moments

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Panel:
    """Units observed over periods, some treated from a period on.

    Parameters
    ----------
    data
        A pandas or polars frame, a pyarrow table, or the path of a CSV or Parquet file.
    unit
        Column that names the unit; None for repeated cross-sections, where each row is its own.
    time
        Column of the period: whole numbers, years, quarters or dates.
    outcome
        Column of the outcome.
    cohort
        Column of the first treated period; 0, missing or infinite is never treated.
    cluster
        Column to cluster errors by; by default the unit.
    weights
        Column of sampling weights.

    Attributes
    ----------
    unit : ndarray of int, shape (rows,)
        Unit of each row, counted from 0; rows are ordered by unit and then period.
    time : ndarray of int, shape (rows,)
        Period of each row, counted from 0.
    y : ndarray of float, shape (rows,)
        Outcome.
    cohorts : ndarray of int, shape (units,)
        First treated period of each unit, a value of ``clock``; 0 is never.
    clusters : ndarray of int, shape (units,) or None
        Cluster of each unit, counted from 0; None when clusters are the units.
    weights : ndarray of float, shape (rows,) or None
        Sampling weights.
    clock
        The periods.
    dropped
        What was left out, and why.

    Raises
    ------
    PanelError
        A column is missing, holds text or infinite values, a unit has two rows for a period, a
        cohort varies within a unit or lies between periods, or a weight is negative.

    Examples
    --------
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2], "year": [2020, 2021] * 2,
    ...                       "jobs": [5.0, 6.0, 4.0, 4.5], "start": [2021, 2021, 0, 0]})
    >>> Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    Panel(2 units x 2 periods, 1 treated cohort, balanced)
    """

    def __init__(
        self,
        data: Table,
        *,
        unit: str | None,
        time: str,
        outcome: str,
        cohort: str,
        cluster: str | None = None,
        weights: str | None = None,
    ) -> None:
        frame = as_frame(data)
        self.names = {"unit": unit, "time": time, "outcome": outcome, "cohort": cohort}
        self.names |= {"cluster": cluster, "weights": weights}
        self.dropped: tuple[Dropped, ...] = ()
        self.frame = self._without_missing(frame)
        self.clock, times = read_times(column(self.frame, time, "time"), time)
        self._order(times)
        self._read_units(times)
        self._refuse_duplicates()
        self._read_cohorts()
        self._read_clusters()

    # Reading --------------------------------------------------------------------------------

    def _without_missing(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Leave out rows that lack a role; a missing cohort means never treated."""
        for role, name in self.names.items():
            if name is not None:
                column(frame, name, role)
        if len(frame) == 0:
            raise PanelError("the table has no rows")
        needed = [name for role, name in self.names.items() if name and role != "cohort"]
        outcome = str(self.names["outcome"])
        missing = frame[needed].isna().to_numpy()
        if not missing.any():
            return frame
        for at, name in enumerate(needed):
            count = int(missing[:, at].sum())
            if count:
                what = "outcome" if name == outcome else f"column '{name}'"
                self._note(Dropped(f"the {what} is missing", count))
        kept = frame.iloc[np.flatnonzero(~missing.any(axis=1))]
        if len(kept) == 0:
            raise PanelError("every row lacks a value", hint=f"see the columns {', '.join(needed)}")
        return kept

    def _note(self, dropped: Dropped) -> None:
        self.dropped = (*self.dropped, dropped)
        warnings.warn(str(dropped), PanelWarning, stacklevel=4)

    def _order(self, times: Ints) -> None:
        """Find the order of rows by unit and period; None when they stand in it already."""
        name = self.names["unit"]
        if name is None:
            self.order: Ints | None = None
            self._codes = np.arange(len(self.frame), dtype=np.int64)
            return
        units = column(self.frame, name, "unit")
        if units.dtype.kind in "iu" and _sorted(units.to_numpy(), times):
            values = units.to_numpy()
            self.order = None
            self._codes = np.concatenate([[0], np.cumsum(values[1:] != values[:-1])])
            return
        codes, _ = pd.factorize(units)
        self.order = np.lexsort((times, codes))
        self._codes = codes[self.order]

    def _in_order(self, values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        return values if self.order is None else values[self.order]

    def _read_units(self, times: Ints) -> None:
        self.unit: Ints = self._codes.astype(np.int64, copy=False)
        self.time: Ints = self._in_order(times)
        self.y: Floats = self._in_order(numbers(self.frame, str(self.names["outcome"]), "outcome"))
        changes = np.flatnonzero(self.unit[1:] != self.unit[:-1]) + 1
        self.first_rows: Ints = np.concatenate([[0], changes]).astype(np.int64)
        self.weights: Floats | None = None
        if self.names["weights"]:
            self.weights = self._in_order(
                numbers(self.frame, str(self.names["weights"]), "weights")
            )
            negative = np.flatnonzero(self.weights < 0)
            if negative.size:
                raise PanelError(
                    f"the weights '{self.names['weights']}' are negative in "
                    f"{some(self._where(negative))}",
                    hint="a sampling weight is nought or more",
                )

    def _where(self, rows: np.ndarray[Any, Any]) -> list[int]:
        """Give the places of ordered rows in the table as it came."""
        order = np.arange(len(self.frame)) if self.order is None else self.order
        return [int(order[row]) for row in rows]

    def _refuse_duplicates(self) -> None:
        same = (self.unit[1:] == self.unit[:-1]) & (self.time[1:] == self.time[:-1])
        if not same.any():
            return
        at = np.flatnonzero(same)
        raise PanelError(
            f"{len(at)} unit-period pairs have more than one row, the first in "
            f"{some(sorted(self._where(np.array([at[0], at[0] + 1]))))}",
            hint="aggregate them first, or give unit=None for repeated cross-sections",
        )

    def _read_cohorts(self) -> None:
        name = str(self.names["cohort"])
        quick = self._cohorts_of_units(column(self.frame, name, "cohort"), name)
        if quick is not None:
            self.cohorts: Ints = quick
            return
        by_row = self._in_order(read_cohorts(column(self.frame, name, "cohort"), self.clock, name))
        self.cohorts = by_row[self.first_rows]
        self._refuse_varying(by_row, self.cohorts, "cohort", name)

    def _cohorts_of_units(self, found: pd.Series[Any], name: str) -> Ints | None:
        """Read numbers unit by unit; None when something is amiss, whose rows are then named."""
        if found.dtype.kind not in "iuf":
            return None
        values = self._in_order(found.to_numpy())
        moves = values[1:] != values[:-1]
        if found.dtype.kind == "f":
            moves &= ~(np.isnan(values[1:]) & np.isnan(values[:-1]))
        moves &= self.unit[1:] == self.unit[:-1]
        if moves.any():
            return None
        try:
            return read_cohorts(pd.Series(values[self.first_rows]), self.clock, name)
        except PanelError:
            return None

    def _read_clusters(self) -> None:
        self.clusters: Ints | None = None
        name = self.names["cluster"]
        if name is None or name == self.names["unit"]:
            return
        codes, _ = pd.factorize(column(self.frame, name, "cluster"))
        by_row = self._in_order(codes.astype(np.int64))
        self.clusters = by_row[self.first_rows]
        self._refuse_varying(by_row, self.clusters, "cluster", name)

    def _refuse_varying(self, by_row: Ints, by_unit: Ints, role: str, name: str) -> None:
        bad = np.flatnonzero(by_row != by_unit[self.unit])
        if bad.size:
            raise PanelError(
                f"the {role} '{name}' varies within a unit, in {some(self._where(bad))}",
                hint=f"a unit has one {role} in all its periods",
            )

    # Shape ----------------------------------------------------------------------------------

    @property
    def n_rows(self) -> int:
        """Number of rows in use."""
        return len(self.y)

    @property
    def n_units(self) -> int:
        """Number of units in use."""
        return len(self.cohorts)

    @property
    def n_periods(self) -> int:
        """Number of distinct periods."""
        return len(self.clock)

    @cached_property
    def balanced(self) -> bool:
        """Whether every unit is observed once in every period."""
        return self.n_rows == self.n_units * self.n_periods

    @cached_property
    def treated_cohorts(self) -> tuple[int, ...]:
        """The cohorts that are treated at some time, ascending."""
        return tuple(int(g) for g in np.unique(self.cohorts) if g != NEVER)

    @cached_property
    def wide(self) -> Floats:
        """The outcome as a matrix of units by periods.

        Raises
        ------
        PanelError
            The panel is not balanced.
        """
        if not self.balanced:
            raise PanelError("the panel is not balanced", hint="use `panel.complete()` first")
        return self.y.reshape(self.n_units, self.n_periods)

    @cached_property
    def unit_weights(self) -> Floats:
        """Weight of each unit, its mean over periods scaled to mean 1; ones when there are none."""
        if self.weights is None:
            return np.ones(self.n_units)
        sums = np.add.reduceat(self.weights, self.first_rows)
        counts = np.diff(np.append(self.first_rows, self.n_rows))
        means: Floats = sums / counts
        return means / float(means.mean())

    @cached_property
    def moments(self) -> Moments:
        """Sufficient statistics per cohort of a balanced panel; see :class:`Moments`."""
        return moments(self.wide, self.cohorts)

    def covariates(self, names: Sequence[str]) -> Floats:
        """Read covariates as a matrix of rows by columns, in the order of the panel's rows."""
        if len(names) == 1:  # no copy where that can be
            return self._in_order(numbers(self.frame, names[0], "covariates"))[:, None]
        found: Floats = self._in_order(matrix(self.frame, names, "covariates"))
        return found

    # Smaller panels -------------------------------------------------------------------------

    def keep(self, units: np.ndarray[Any, np.dtype[np.bool_]], reason: str) -> Panel:
        """Give the panel of some units; what is left out is counted under `reason`.

        Parameters
        ----------
        units
            Whether to keep each unit, shape (units,).
        reason
            Why the others leave.
        """
        if units.all():
            return self
        rows = units[self.unit]
        kept = self._sub(rows)
        gone = Dropped(reason, int((~rows).sum()), int((~units).sum()))
        kept.dropped = self.dropped
        kept._note(gone)  # noqa: SLF001  a panel of one's own kind
        return kept

    def before(self, period: int, reason: str) -> Panel:
        """Give the panel of the periods before one; rows left out are counted under `reason`.

        Parameters
        ----------
        period
            A value of the clock. Units first treated from then on become never treated.
        reason
            Why the later periods leave.
        """
        rows = self.clock.values[self.time] < period
        if not rows.any():
            raise PanelError(f"no period lies before {self.clock.label(period)}")
        kept = self._sub(rows)
        kept.dropped = self.dropped
        kept._note(Dropped(reason, int((~rows).sum())))  # noqa: SLF001  a panel of one's own kind
        return kept

    def complete(self) -> Panel:
        """Give the panel of the units that are observed in every period."""
        counts = np.diff(np.append(self.first_rows, self.n_rows))
        whole = counts == self.n_periods
        if not whole.any():
            raise PanelError("no unit is observed in every period", hint="use balanced=False")
        return self.keep(whole, "the unit lacks a period")

    def without_missing(self, names: Sequence[str]) -> Panel:
        """Give the panel of the rows in which no column of `names` is missing."""
        panel = self
        for name in names:
            lacks = np.isnan(panel.covariates([name])[:, 0])
            if lacks.all():
                raise PanelError(f"the covariate '{name}' is missing in every row")
            if not lacks.any():
                continue
            kept = panel._sub(~lacks)
            kept.dropped = panel.dropped
            gone = Dropped(f"the covariate '{name}' is missing", int(lacks.sum()))
            kept._note(gone)  # noqa: SLF001  a panel of one's own kind
            panel = kept
        return panel

    def without_always_treated(self) -> Panel:
        """Give the panel without units that were treated in or before the first period."""
        always = (self.cohorts != NEVER) & (self.cohorts <= int(self.clock.values[0]))
        if always.all():
            raise PanelError("every unit is treated from the first period on")
        return self.keep(~always, "the unit is treated from the first period on")

    def _sub(self, rows: np.ndarray[Any, np.dtype[np.bool_]]) -> Panel:
        order = np.arange(len(self.frame)) if self.order is None else self.order
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PanelWarning)  # nothing new is missing
            return Panel(self.frame.iloc[order[rows]], **self.names)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        cohorts = len(self.treated_cohorts)
        shape = f"{self.n_units} units x {self.n_periods} periods"
        kind = "balanced" if self.balanced else "not balanced"
        return f"Panel({shape}, {cohorts} treated cohort{'s' * (cohorts != 1)}, {kind})"


def _sorted(units: np.ndarray[Any, Any], times: Ints) -> bool:
    """Whether rows stand by unit and then period already, as most files do."""
    step = units[1:] - units[:-1]
    return bool(np.all((step > 0) | ((step == 0) & (times[1:] >= times[:-1]))))
