"""Group-time effects of a balanced panel from individual units: dr, ipw and reg."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalkit.did.cells import Cell
from evalkit.did.contrasts import contrast_matrix
from evalkit.did.family import Family, Group
from evalkit.did.regressors import Regressors
from evalkit.did.sample import Sample
from evalkit.did.undetermined import Undetermined
from evalkit.language.told import Told

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


class PanelInfluence:
    """Effects of a balanced panel and the influence of its units.

    Attributes
    ----------
    effects : ndarray, shape (cells,)
        Estimates; NaN where a model is not determined.
    lacking
        Which cells have no estimate, and why.
    """

    def __init__(
        self, sample: Sample, cells: Sequence[Cell], regressors: Regressors, method: str
    ) -> None:
        self.wide, self.regressors = sample.wide, regressors
        self.effects: Floats = np.array([0.0 if cell.is_base else np.nan for cell in cells])
        self.lacking: list[tuple[int, Told]] = []
        self.families: list[Family] = []
        cohorts = sample.cohorts
        self._units = {g: np.flatnonzero(cohorts == g) for g in sample.panel.cohort_sizes}
        asked: tuple[tuple[int, ...], int] | None = None
        for family in _families(cells, self.wide.shape[1], fixed=regressors.fixed):
            if asked != (family.controls, family.period):  # often the same as the family's before
                asked = (family.controls, family.period)
                others = self._group(*asked)
            own = self._group((family.cohort,), family.period)
            try:
                family.fit(own, others, method, regressors.names)
            except Undetermined as why:
                self.lacking += [(column, why.reason) for column in family.columns]
                continue
            self.effects[family.columns] = family.effects
            self.families.append(family)

    def _group(self, cohorts: tuple[int, ...], period: int) -> Group:
        units = np.concatenate([self._units[h] for h in cohorts])
        weights = self.regressors.weights_at(period, units)
        return Group(self._at(period, units), weights, self.wide.take(units, axis=0))

    def _at(self, period: int, units: Ints) -> Floats:
        """Give the covariates, each in one piece of memory: sums over units are then quicker."""
        return np.asfortranarray(self.regressors.at(period, units))

    def add(self, cohort: int, units: Ints, out: Floats) -> None:
        """Add the influence of units of one cohort to `out`, shape (units, cells)."""
        Y = self.wide.take(units, axis=0)
        period, X, weights, residual = -1, np.zeros((0, 0)), None, np.zeros((0, 0))
        beta: Floats | None = None
        for family in self.families:
            if cohort != family.cohort and cohort not in family.controls:
                continue
            if family.period != period:
                period, beta = family.period, None
                X = self._at(period, units)
                weights = self.regressors.weights_at(period, units)
            if beta is None or not np.array_equal(beta, family.beta):  # often the same controls
                beta = family.beta
                residual = Y - X @ beta
            out[:, family.place] += family.influence(cohort, residual, X, weights)


def _families(cells: Sequence[Cell], periods: int, *, fixed: bool) -> list[Family]:
    """Group the cells that share both models; the base period itself belongs to none."""
    contrasts = contrast_matrix(cells, periods)
    grouped: dict[tuple[int, tuple[int, ...], int], list[int]] = {}
    for k, cell in enumerate(cells):
        if not cell.is_base:
            key = (cell.cohort, cell.controls, 0 if fixed else cell.earlier)
            grouped.setdefault(key, []).append(k)
    return [Family(*key, columns, contrasts[:, columns]) for key, columns in grouped.items()]
