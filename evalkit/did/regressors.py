"""Covariates and weights of units at a period, for models of who is treated and of outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from evalkit.did.sample import Sample
from evalkit.panel.dropped import PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class Regressors:
    """A constant and covariates, each standardised, with sampling weights.

    Estimates do not depend on the origin and unit of a covariate; the numbers that are lost to
    rounding do, hence the standardising.

    Attributes
    ----------
    names
        Names of the columns, the constant first.
    columns
        The covariates: shape (units,) when they stand still, else (units, periods).
    weights : ndarray, shape (units,) or (units, periods), or None
        Sampling weights; None when all are one.
    """

    names: tuple[str, ...]
    columns: tuple[Floats, ...]
    weights: Floats | None

    @property
    def fixed(self) -> bool:
        """Whether nothing moves in time."""
        parts = (*self.columns, *([] if self.weights is None else [self.weights]))
        return all(part.ndim == 1 for part in parts)

    @property
    def moving(self) -> tuple[str, ...]:
        """Names of the covariates that move in time."""
        pairs = zip(self.names[1:], self.columns, strict=True)
        return tuple(name for name, column in pairs if column.ndim == 2)

    def at(self, period: int, units: Ints) -> Floats:
        """Give the matrix of a constant and covariates, shape (units, 1 + covariates)."""
        found = np.ones((len(units), 1 + len(self.columns)))
        for place, column in enumerate(self.columns, start=1):
            found[:, place] = _at(column, period, units)
        return found

    def weights_at(self, period: int, units: Ints) -> Floats | None:
        """Give the weights, shape (units,); None when all are one."""
        return None if self.weights is None else _at(self.weights, period, units)


def _at(column: Floats, period: int, units: Ints) -> Floats:
    return column[units] if column.ndim == 1 else column[units, period]


def read_regressors(sample: Sample, names: Sequence[str]) -> Regressors:
    """Read covariates and weights of a balanced sample.

    Raises
    ------
    PanelError
        A covariate is the same for all units.
    """
    columns = tuple(
        standardised(_still(sample.by_period(sample.panel.covariates([name])[:, 0])), name)
        for name in names
    )
    weights = sample.panel.weights
    by_unit = None if weights is None else _still(sample.by_period(weights))
    if by_unit is not None:
        by_unit = by_unit / float(by_unit.mean())
    return Regressors(("constant", *names), columns, by_unit)


def standardised(values: Floats, name: str) -> Floats:
    """Give a covariate mean nought and standard deviation one.

    Raises
    ------
    PanelError
        It is the same everywhere.
    """
    spread = float(values.std())
    centre = float(values.mean())
    if spread <= 1e-12 * max(abs(centre), 1e-300):
        raise PanelError(
            f"the covariate '{name}' is the same in all rows ({centre:g})",
            hint="leave it out: it cannot explain a difference",
        )
    return (values - centre) / spread


def _still(wide: Floats) -> Floats:
    """Give a column as one value a unit when it does not move in time."""
    return wide[:, 0].copy() if bool((wide == wide[:, :1]).all()) else wide
