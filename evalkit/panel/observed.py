"""What a panel observes: rows by unit and period, its shape, and what is computed of it once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from evalkit.panel.clock import NEVER, Clock, Ints
from evalkit.panel.codes import distinct
from evalkit.panel.dropped import PanelError
from evalkit.panel.layout import Layout
from evalkit.panel.moments import Moments, moments
from evalkit.panel.numbers import numbers
from evalkit.panel.table import Table

Floats = np.ndarray[Any, np.dtype[np.float64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]


class Observed:
    """Rows of units and periods, as a panel has read them; :class:`Panel` has the attributes."""

    _table: Table
    _layout: Layout
    clock: Clock
    y: Floats
    cohorts: Ints
    clusters: Ints | None
    weights: Floats | None

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

    def _whole(self, periods: int) -> Bools:
        """Say which units are observed in each of the first so many periods."""
        seen = np.bincount(self.unit[self.time < periods], minlength=self.n_units)
        found: Bools = seen == periods
        return found

    def whole_through(self, periods: int) -> int:
        """Count the units that are observed in each of the first so many periods."""
        return int(self._whole(periods).sum())

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

    # What estimates ask of the whole, whether its rows are in memory or not ------------------

    @property
    def scanned(self) -> bool:
        """Whether the rows are read by queries and are not in memory."""
        return False

    @property
    def clustered(self) -> bool:
        """Whether errors are clustered by something else than the unit."""
        return self.clusters is not None

    @property
    def weighted(self) -> bool:
        """Whether there are sampling weights."""
        return self.weights is not None

    @property
    def total_weight(self) -> float:
        """Sum of the sampling weights of all rows."""
        return float(self.n_rows if self.weights is None else self.weights.sum())

    @property
    def extremes(self) -> Floats:
        """The least and the largest outcome."""
        return np.array([self.y.min(), self.y.max()])

    @property
    def squares(self) -> float:
        """Sum of squares of the outcome."""
        return float(self.y @ self.y)

    @property
    def n_clusters(self) -> int:
        """Number of clusters; units where there are no others."""
        return self.n_units if self.clusters is None else len(np.unique(self.clusters))

    def clusters_with(self, cohorts: Sequence[int]) -> int:
        """Count the clusters with a unit of one of some cohorts."""
        own = np.isin(self.cohorts, list(cohorts))
        return int(own.sum()) if self.clusters is None else len(np.unique(self.clusters[own]))

    @cached_property
    def cluster_sums(self) -> tuple[Floats, Floats]:
        """Units by cluster and cohort, and the sums of their outcomes less the moments' centre."""
        if self.clusters is None:
            raise PanelError("units are the clusters here", hint="name a column of clusters")
        cohorts = np.array(self.moments.cohorts)
        shape = (int(self.clusters.max()) + 1, len(cohorts))
        cell = self.clusters * len(cohorts) + np.searchsorted(cohorts, self.cohorts)
        size = shape[0] * shape[1]
        counts = np.bincount(cell, minlength=size).astype(np.float64)
        sums = np.empty((size, self.n_periods))
        for at, values in enumerate(self.wide.T):
            sums[:, at] = np.bincount(cell, weights=values, minlength=size)
        sums -= counts[:, None] * self.moments.centre
        return counts.reshape(shape), sums.reshape(*shape, -1)

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
            self._layout.ordered(numbers(self._table.column(name, role), name, role, self._table))
            for name in names
        ]
        if len(found) == 1:
            return found[0][:, None]  # no copy where that can be
        return np.column_stack(found) if found else np.empty((self.n_rows, 0))
