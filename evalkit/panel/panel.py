"""The panel: roles resolved, rows validated, moments computed once."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.clock import NEVER, Ints
from evalkit.panel.codes import distinct
from evalkit.panel.columns import numbers
from evalkit.panel.dropped import Dropped, PanelError, PanelWarning
from evalkit.panel.moments import Moments, moments
from evalkit.panel.reading import Reading
from evalkit.panel.table import Table

Floats = np.ndarray[Any, np.dtype[np.float64]]


class Panel:
    """Units observed over periods, some treated from a period on.

    Parameters
    ----------
    data
        A pandas or polars frame, a pyarrow table, a DuckDB relation, an Ibis table, or the path
        of a CSV or Parquet file. Of a Parquet file only the columns that are needed are read.
    unit
        Column that names the unit; None for repeated cross-sections, where each row is its own.
    time
        Column of the period: whole numbers, years, quarters or dates.
    outcome
        Column of the outcome.
    cohort
        Column of the first treated period; 0, missing or infinite is never treated. Number periods
        from 1 or as years: where treatment starts in a period 0, it would be read as never.
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
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2], "year": [2020, 2021] * 2,
    ...                       "jobs": [5.0, 6.0, 4.0, 4.5], "start": [2021, 2021, 0, 0]})
    >>> ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    Panel(2 units x 2 periods, 1 treated cohort, balanced)
    """

    def __init__(
        self,
        data: Any,
        *,
        unit: str | None,
        time: str,
        outcome: str,
        cohort: str,
        cluster: str | None = None,
        weights: str | None = None,
    ) -> None:
        self.names = {"unit": unit, "time": time, "outcome": outcome, "cohort": cohort}
        self.names |= {"cluster": cluster, "weights": weights}
        self.dropped: tuple[Dropped, ...] = ()
        found = Reading(Table(data), self.names)
        for gone in found.dropped:
            self._note(gone)
        self._table, self._layout, self.clock = found.table, found.layout, found.clock
        self.y: Floats = found.y
        self.cohorts: Ints = found.cohorts
        self.clusters: Ints | None = found.clusters
        self.weights: Floats | None = found.weights

    def _note(self, dropped: Dropped) -> None:
        self.dropped = (*self.dropped, dropped)
        warnings.warn(str(dropped), PanelWarning, stacklevel=3)

    # Rows -----------------------------------------------------------------------------------

    @property
    def frame(self) -> pd.DataFrame:
        """All columns of the rows in use, in the order of the table."""
        return self._table.frame

    @property
    def order(self) -> Ints | None:
        """The rows of `frame` by unit and period; None when they stand so already."""
        return self._layout.order

    @property
    def unit(self) -> Ints:
        """Unit of each row, counted from 0."""
        return self._layout.unit

    @property
    def time(self) -> Ints:
        """Period of each row, counted from 0."""
        return self._layout.time

    @property
    def first_rows(self) -> Ints:
        """First row of each unit."""
        return self._layout.first_rows

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
    def cohort_sizes(self) -> dict[int, int]:
        """Number of units of each cohort, ascending; 0 is never treated."""
        cohorts, codes = distinct(self.cohorts)
        counts = np.bincount(codes)
        return {int(g): int(count) for g, count in zip(cohorts, counts, strict=True)}

    @property
    def treated_cohorts(self) -> tuple[int, ...]:
        """The cohorts that are treated at some time, ascending."""
        return tuple(g for g in self.cohort_sizes if g != NEVER)

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
        """Read covariates as a matrix of rows by columns, in the order of the panel's rows.

        Parameters
        ----------
        names
            Columns of numbers; missing values become NaN.

        Returns
        -------
        ndarray of float, shape (rows, names)
            The columns, each in the unit of the data.

        Raises
        ------
        PanelError
            There is no such column, or it holds text or infinite values.
        """
        role = "covariates"
        found = [
            self._layout.ordered(numbers(self._table.column(name, role), name, role))
            for name in names
        ]
        if len(found) == 1:
            return found[0][:, None]  # no copy where that can be
        return np.column_stack(found) if found else np.empty((self.n_rows, 0))

    # Smaller panels -------------------------------------------------------------------------

    def keep(self, units: np.ndarray[Any, np.dtype[np.bool_]], reason: str) -> Panel:
        """Give the panel of some units; what is left out is counted under `reason`.

        Parameters
        ----------
        units
            Whether to keep each unit, shape (units,).
        reason
            Why the others leave.

        Returns
        -------
        Panel
            The smaller panel, or this one when all stay. What leaves is counted in its ``dropped``,
            and a warning says so.
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

        Returns
        -------
        Panel
            The smaller panel. What leaves is counted in its ``dropped``, and a warning says so.

        Raises
        ------
        PanelError
            No period lies before it.
        """
        rows = self.clock.values[self.time] < period
        if not rows.any():
            raise PanelError(f"no period lies before {self.clock.label(period)}")
        kept = self._sub(rows)
        kept.dropped = self.dropped
        kept._note(Dropped(reason, int((~rows).sum())))  # noqa: SLF001  a panel of one's own kind
        return kept

    def complete(self) -> Panel:
        """Give the panel of the units that are observed in every period.

        Returns
        -------
        Panel
            The smaller panel, which is balanced, or this one when it is so already.

        Raises
        ------
        PanelError
            No unit is observed in every period.
        """
        counts = np.diff(np.append(self.first_rows, self.n_rows))
        whole = counts == self.n_periods
        if not whole.any():
            raise PanelError("no unit is observed in every period", hint="use balanced=False")
        return self.keep(whole, "the unit lacks a period")

    def without_missing(self, names: Sequence[str]) -> Panel:
        """Give the panel of the rows in which no column of `names` is missing.

        Parameters
        ----------
        names
            Columns of numbers.

        Returns
        -------
        Panel
            The smaller panel, or this one when nothing is missing.

        Raises
        ------
        PanelError
            A column is missing in every row, or there is no such column.
        """
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
        """Give the panel without units that were treated in or before the first period.

        Returns
        -------
        Panel
            The smaller panel, or this one when there are no such units.

        Raises
        ------
        PanelError
            Every unit is treated from the first period on.
        """
        always = (self.cohorts != NEVER) & (self.cohorts <= int(self.clock.values[0]))
        if always.all():
            raise PanelError("every unit is treated from the first period on")
        return self.keep(~always, "the unit is treated from the first period on")

    def _sub(self, rows: np.ndarray[Any, np.dtype[np.bool_]]) -> Panel:
        at = self._layout.places(np.flatnonzero(rows))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PanelWarning)  # nothing new is missing
            return Panel(self._table.rows(at), **self.names)  # type: ignore[arg-type]

    def __repr__(self) -> str:
        cohorts = len(self.treated_cohorts)
        shape = f"{self.n_units} units x {self.n_periods} periods"
        kind = "balanced" if self.balanced else "not balanced"
        return f"Panel({shape}, {cohorts} treated cohort{'s' * (cohorts != 1)}, {kind})"
