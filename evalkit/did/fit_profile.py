"""Group-time effects without covariates from sums over units, whose rows are not in memory.

Effects are differences of weighted means by cohort and period. Within a cohort the influence of a
unit on an effect is linear in its features (:class:`~evalkit.panel.profile.Profile`), so that
their Gram matrix, or their sums by cluster, gives the covariance of all effects and shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalkit.did.cells import Cell
from evalkit.did.joint import Joint
from evalkit.did.sample import Sample
from evalkit.did.undetermined import Among, no_weight
from evalkit.language.told import Told
from evalkit.panel import Panel, PanelError
from evalkit.panel.profile import Profile
from evalkit.panel.scanned import ScannedPanel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
_GROUPS: tuple[Among, ...] = (
    "treated-after", "treated-before", "comparison-after", "comparison-before",
)  # fmt: skip


def from_profile(
    sample: Sample, cells: Sequence[Cell]
) -> tuple[Joint, list[tuple[int, int]], list[tuple[int, Told]]]:
    """Compute all effects and their joint covariance from the profile of the panel.

    Parameters
    ----------
    sample
        The units and periods in use, of a panel whose rows are not in memory.
    cells
        The comparisons.

    Returns
    -------
    joint
        Effects, shares and their covariance.
    sizes
        Treated and compared units of each cell.
    lacking
        Cells without an estimate, and why.

    Raises
    ------
    PanelError
        Weights move within a unit that is followed over time.
    """
    panel, found = sample.panel, profile_of(sample.panel)
    if sample.balanced and isinstance(panel, ScannedPanel) and panel.weights_move:
        raise PanelError(
            f"the weights '{panel.names['weights']}' move within a unit, and {panel.reader} reads "
            "its rows where they are",
            hint="give one weight a unit, or Panel(..., engine='memory')",
        )
    fit = _Fit(found, cells, sample.treated)
    covariance = fit.covariance()
    sizes = [_sizes(found, cell) for cell in cells]
    return Joint(fit.effects, fit.shares, covariance), sizes, fit.lacking


def profile_of(panel: Panel) -> Profile:
    """Give the profile of a panel whose rows are not in memory."""
    if not isinstance(panel, ScannedPanel):
        raise PanelError("this panel has its rows in memory", hint="use the other route")
    return panel.profile


class _Fit:
    """Effects, and the slopes of the influence of a unit in its features, cohort by cohort."""

    def __init__(self, found: Profile, cells: Sequence[Cell], treated: Sequence[int]) -> None:
        self.found = found
        self.place = {g: at for at, g in enumerate(found.cohorts)}
        self.effects: Floats = np.full(len(cells), np.nan)
        self.lacking: list[tuple[int, Told]] = []
        size = len(cells) + len(treated)
        self.slopes = np.zeros((len(found.cohorts), size, found.gram.shape[1]))
        for k, cell in enumerate(cells):
            self._cell(k, cell)
        total, mass = float(found.counts.sum()), float(found.masses.sum())
        at = [self.place[g] for g in treated]
        self.shares: Floats = found.masses[at] / mass
        # A unit's weight over the mean weight, less the share, over the number of units.
        self.slopes[:, len(cells) :, 0] = -self.shares / total
        for row, place in enumerate(at, start=len(cells)):
            self.slopes[place, row, 1] += 1 / mass

    def _cell(self, k: int, cell: Cell) -> None:
        if cell.is_base:
            self.effects[k] = 0.0
            return
        sides = ([self.place[cell.cohort]], [self.place[h] for h in cell.controls])
        parts = [(side, period) for side in sides for period in (cell.time, cell.base)]
        for name, (side, period) in zip(_GROUPS, parts, strict=True):
            if not self.found.weights[side, period].sum() > 0:
                self.lacking.append((k, no_weight(name).reason))
                return
        signs = (1.0, -1.0, -1.0, 1.0)
        # Means are taken from a common level, or their difference would lose digits.
        level = float(self.found.near[sides[0][0], cell.time])
        self.effects[k] = sum(
            sign * self._mean(k, np.array(side), period, sign, level)
            for sign, (side, period) in zip(signs, parts, strict=True)
        )

    def _mean(self, k: int, side: Ints, period: int, sign: float, level: float) -> float:
        """Give the weighted mean of some cohorts in a period, and add what units move it."""
        found = self.found
        weight = float(found.weights[side, period].sum())
        off = found.near[side, period] - level
        mean = float((found.sums[side, period] + off * found.weights[side, period]).sum()) / weight
        self.slopes[side, k, 2 + found.periods + period] += sign / weight
        self.slopes[side, k, 2 + period] += sign * (off - mean) / weight
        return mean

    def covariance(self) -> Floats:
        """Sum the outer products of the influence of units, or of clusters."""
        if self.found.clusters is None:
            inner = self.slopes @ self.found.gram @ self.slopes.transpose(0, 2, 1)
            found: Floats = inner.sum(axis=0)
            return found
        moved = np.einsum("cgf,gkf->ck", self.found.clusters, self.slopes, optimize=True)
        summed: Floats = moved.T @ moved
        return summed


def _sizes(found: Profile, cell: Cell) -> tuple[int, int]:
    """Count the units of each side that are observed in one period or the other."""

    def count(cohorts: Sequence[int]) -> int:
        pairs = found.pairs[np.isin(found.cohorts, list(cohorts))].sum(axis=0)
        either = pairs[cell.time, cell.time] + pairs[cell.base, cell.base]
        return int(either - pairs[cell.time, cell.base])

    return count([cell.cohort]), count(cell.controls)


def thinnest(panel: Panel, cohorts: Sequence[int]) -> list[int]:
    """Count the rows of each cohort in the period in which it has least."""
    found = profile_of(panel)
    rows = np.einsum("gtt->gt", found.pairs)
    return [int(rows[found.cohorts.index(g)].min()) for g in cohorts]
