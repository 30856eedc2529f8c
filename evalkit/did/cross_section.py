"""Group-time effects from rows of two periods: repeated cross-sections and unbalanced panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from evalkit.did.cells import Cell
from evalkit.did.overlap import refuse_without_overlap
from evalkit.did.regressors import standardised
from evalkit.did.sample import Sample
from evalkit.did.two_groups import Part, TwoGroups, compare
from evalkit.did.undetermined import Among, Undetermined, no_weight
from evalkit.language.told import Told

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]


_PICKED: tuple[Among, ...] = (
    "treated-after", "treated-before", "comparison-after", "comparison-before",
)  # fmt: skip


class RowInfluence:
    """Effects from rows of two periods and the influence of their units.

    A unit that is observed in both periods adds up what its rows move.

    Attributes
    ----------
    effects : ndarray, shape (cells,)
        Estimates; NaN where a model is not determined.
    lacking
        Which cells have no estimate, and why.
    sizes : list of (int, int)
        Treated and compared units of each cell.
    """

    def __init__(
        self, sample: Sample, cells: Sequence[Cell], covariates: Sequence[str], method: str
    ) -> None:
        self.effects: Floats = np.full(len(cells), np.nan)
        self.lacking: list[tuple[int, Told]] = []
        self.sizes: list[tuple[int, int]] = []
        table = _Table(sample, covariates)
        entries: list[tuple[Ints, Floats, int]] = []
        for k, cell in enumerate(cells):
            picked = table.pick(cell)
            self.sizes.append(table.sizes(picked))
            if cell.is_base:
                self.effects[k] = 0.0
                continue
            try:
                found = compare(table.groups(picked), method)
                refuse_without_overlap(found.highest)
            except Undetermined as why:
                self.lacking.append((k, why.reason))
                continue
            self.effects[k] = found.value
            entries.append((table.unit[np.concatenate(picked)], found.influence, k))
        self._sparse = _assemble(entries, sample.panel.n_units, len(cells))

    def add(self, cohort: int, units: Ints, out: Floats) -> None:  # noqa: ARG002  as for a panel
        """Add the influence of units to `out`, shape (units, cells)."""
        out += self._sparse[units].toarray()


def _assemble(entries: list[tuple[Ints, Floats, int]], units: int, cells: int) -> sparse.csr_matrix:
    """Add up by unit and cell, leaving out the noughts."""
    if not entries:
        return sparse.csr_matrix((units, cells))
    at = np.concatenate([unit for unit, _, _ in entries])
    values = np.concatenate([moved for _, moved, _ in entries])
    column = np.repeat([k for _, _, k in entries], [len(moved) for _, moved, _ in entries])
    return sparse.csr_matrix((values, (at, column)), shape=(units, cells))


class _Table:
    """The rows of a sample by cohort and period."""

    def __init__(self, sample: Sample, covariates: Sequence[str]) -> None:
        panel = sample.panel
        self.names = ("constant", *covariates)
        self.unit, self.y = panel.unit, panel.y
        self.X = np.ones((panel.n_rows, 1 + len(covariates)))
        for place, name in enumerate(covariates, start=1):
            self.X[:, place] = standardised(panel.covariates([name])[:, 0], name)
        weights = panel.weights
        self.w = np.ones(panel.n_rows) if weights is None else weights / float(weights.mean())
        self.periods = panel.n_periods
        self.cohorts, codes = np.unique(panel.cohorts, return_inverse=True)
        place_of = codes[panel.unit] * self.periods + panel.time
        self.order = np.argsort(place_of, kind="stable")
        self.starts = np.searchsorted(
            place_of[self.order], np.arange(len(self.cohorts) * self.periods + 1)
        )

    def pick(self, cell: Cell) -> list[Ints]:
        """Give the rows of treated after and before, and of controls after and before."""
        found = []
        for cohorts in ((cell.cohort,), cell.controls):
            for period in (cell.time, cell.base):
                parts = [self._rows_of(cohort, period) for cohort in cohorts]
                found.append(np.concatenate(parts))
        return found

    def _rows_of(self, cohort: int, period: int) -> Ints:
        at = int(np.searchsorted(self.cohorts, cohort)) * self.periods + period
        return self.order[self.starts[at] : self.starts[at + 1]]

    def sizes(self, picked: list[Ints]) -> tuple[int, int]:
        """Count the treated and compared units."""
        units = [self.unit[rows] for rows in picked]
        return len(np.union1d(units[0], units[1])), len(np.union1d(units[2], units[3]))

    def groups(self, picked: list[Ints]) -> TwoGroups:
        """Read the picked rows.

        Raises
        ------
        Undetermined
            One of the four groups is empty.
        """
        for name, rows in zip(_PICKED, picked, strict=True):
            if not self.w[rows].sum() > 0:
                raise no_weight(name)
        at = np.concatenate(picked)
        sizes = [len(rows) for rows in picked]
        treated, after = np.repeat([1.0, 1, 0, 0], sizes), np.repeat([1.0, 0, 1, 0], sizes)
        parts = (Part(1.0, after, "after"), Part(-1.0, 1 - after, "before"))
        return TwoGroups(self.y[at], treated, self.X[at], self.w[at], parts, self.names)
