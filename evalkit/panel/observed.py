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
            self._layout.ordered(numbers(self._table.column(name, role), name, role, self._table))
            for name in names
        ]
        if len(found) == 1:
            return found[0][:, None]  # no copy where that can be
        return np.column_stack(found) if found else np.empty((self.n_rows, 0))
