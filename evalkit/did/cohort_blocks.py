"""Cohorts with the never treated, and the weights of units and periods that compare them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from evalkit.did.comparison import noise, unit_labels
from evalkit.did.simplex import simplex_weights
from evalkit.did.suppression import FLAG
from evalkit.panel import Panel
from evalkit.panel.clock import NEVER

if TYPE_CHECKING:
    from evalkit.did.synthetic_did import SyntheticDidEffect

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Weighting = Literal["sdid", "sc", "did"]


@dataclass(frozen=True)
class Block:
    """A cohort with the never treated: mean treated path, controls, weights of both kinds."""

    cohort: int
    before: int
    n_treated: int
    omega: Floats
    lam: Floats
    treated: Floats
    synthetic: Floats

    @property
    def curve(self) -> Floats:
        """Effect in each treated period."""
        gap = self.treated - self.synthetic
        found: Floats = gap[self.before :] - self.lam @ gap[: self.before]
        return found

    @property
    def mass(self) -> int:
        """Number of treated unit-periods."""
        return self.n_treated * len(self.curve)


def cohort_blocks(wide: Floats, cohorts: Ints, clock: Ints, weighting: Weighting) -> list[Block]:
    """Weight the never treated for each cohort; outcomes have shape (units, periods)."""
    controls = wide[cohorts == NEVER]
    return [
        _block(wide[cohorts == cohort], controls, int(cohort), clock, weighting)
        for cohort in np.unique(cohorts[cohorts != NEVER])
    ]


def _block(
    treated: Floats, controls: Floats, cohort: int, clock: Ints, weighting: Weighting
) -> Block:
    before = int((clock < cohort).sum())
    omega, lam = _weights(treated, controls, before, weighting)
    return Block(cohort, before, len(treated), omega, lam, treated.mean(axis=0), omega @ controls)


def _weights(
    treated: Floats, controls: Floats, before: int, weighting: Weighting
) -> tuple[Floats, Floats]:
    """Algorithm 1: weights of units and periods, with the penalties of equation (5)."""
    count, after = len(controls), controls.shape[1] - before
    if weighting == "did":
        return np.full(count, 1 / count), np.full(before, 1 / before)
    sigma = noise(controls[:, :before])
    past, target = controls[:, :before].T, treated[:, :before].mean(axis=0)
    if weighting == "sc":
        return simplex_weights(past, target, (1e-6 * sigma) ** 2 * before), np.zeros(before)
    zeta = (len(treated) * after) ** 0.25 * sigma
    omega = _with_intercept(past, target, zeta**2 * before)
    # Hardly a penalty: only to make the period weights unique (footnote 6 of the paper).
    lam = _with_intercept(past.T, controls[:, before:].mean(axis=1), (1e-6 * sigma) ** 2 * count)
    return omega, lam


def _with_intercept(columns: Floats, target: Floats, ridge: float) -> Floats:
    """Weights with a free intercept: it takes the mean out of every column."""
    return simplex_weights(columns - columns.mean(axis=0), target - target.mean(), ridge)


def unit_weights_frame(panel: Panel, blocks: list[Block]) -> pd.DataFrame:
    """Put the weights of the untreated units in a frame, by cohort."""
    labels = unit_labels(panel)[panel.cohorts == NEVER]
    frames = [
        pd.DataFrame(
            {"cohort": panel.clock.label(block.cohort), "unit": labels, "weight": block.omega}
        )
        for block in blocks
    ]
    return pd.concat(frames, ignore_index=True)


def _times(panel: Panel) -> list[Any]:
    return [panel.clock.label(int(value)) for value in panel.clock.values]


def time_weights_frame(panel: Panel, blocks: list[Block]) -> pd.DataFrame:
    """Put the weights of the periods before treatment in a frame, by cohort."""
    times = _times(panel)
    frames = [
        pd.DataFrame(
            {
                "cohort": panel.clock.label(block.cohort),
                "time": times[: block.before],
                "weight": block.lam,
            }
        )
        for block in blocks
    ]
    return pd.concat(frames, ignore_index=True)


def conceal(effect: SyntheticDidEffect) -> None:
    """Take out the weights of single units; and paths, where one would tell of a hidden cohort."""
    if effect.behind is None:
        return
    told_of = ["unit_weights"]
    if effect.table[FLAG].any():
        told_of += ["time_weights", "paths"]
    for name in told_of:
        object.__setattr__(effect, name, getattr(effect, name).iloc[:0])


def paths_of_blocks(panel: Panel, blocks: list[Block]) -> pd.DataFrame:
    """Put the paths of each cohort in a frame, the synthetic moved to the level of the treated."""
    frames = []
    for block in blocks:
        level = float(block.lam @ (block.treated - block.synthetic)[: block.before])
        columns = {"treated": block.treated, "synthetic": block.synthetic + level}
        frame = pd.DataFrame({"time": _times(panel)} | columns)
        frame.insert(0, "cohort", panel.clock.label(block.cohort))
        frames.append(frame.assign(gap=frame["treated"] - frame["synthetic"]))
    return pd.concat(frames, ignore_index=True)
