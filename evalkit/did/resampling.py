"""Errors of synthetic difference-in-differences: placebo, jackknife and bootstrap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

import numpy as np

from evalkit.did.block_rows import Key, summarise
from evalkit.did.clusters import clusters_of
from evalkit.did.cohort_blocks import Block, Weighting, cohort_blocks
from evalkit.did.period_name import name_at
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
Errors = Literal["placebo", "jackknife", "bootstrap", "none"]

Draws = Iterator[tuple[Floats, Ints]]
"""Outcomes and cohorts of the units of each draw."""


def resampled_covariance(
    panel: Panel,
    blocks: list[Block],
    keys: list[Key],
    how: tuple[Errors, int, int],
    weighting: Weighting,
) -> Floats:
    """Covariance of the rows: `how` are the kind, the number of draws and their seed."""
    kind, draws, seed = how
    clock = panel.clock.values
    if kind == "none":
        return np.full((len(keys), len(keys)), np.nan)
    _refuse_few(panel, kind)
    if kind == "jackknife":
        return _jackknife(panel, blocks, keys)
    if draws < 2:
        raise PanelError(f"{draws} draws give no standard error", hint="give draws=200 or more")
    make = _placebo_draws if kind == "placebo" else _bootstrap_draws
    rows = [
        summarise(cohort_blocks(*drawn, clock, weighting), clock, keys)
        for drawn in make(panel, draws, np.random.default_rng(seed))
    ]
    return _spread(np.array(rows))


def _spread(rows: Floats) -> Floats:
    """Covariance of draws, divided by their number; a cohort may be absent from a draw."""
    gaps = rows - np.nanmean(rows, axis=0)
    known = np.isfinite(gaps).astype(np.float64)
    gaps = np.nan_to_num(gaps)
    found: Floats = gaps.T @ gaps / np.maximum(known.T @ known, 1)
    return found


def _refuse_few(panel: Panel, kind: Errors) -> None:
    controls, treated = (panel.cohorts == NEVER), (panel.cohorts != NEVER)
    if kind == "placebo" and panel.clusters is not None:
        raise PanelError(
            "placebo errors draw single units, not clusters",
            hint="use inference='bootstrap' or 'jackknife', or a panel without `cluster`",
        )
    if kind == "placebo" and controls.sum() <= treated.sum():
        raise PanelError(
            f"placebo errors need more untreated units ({controls.sum()}) than treated ones "
            f"({treated.sum()})",
            hint="use inference='bootstrap' or 'jackknife'",
        )
    groups = clusters_of(panel)
    few = [len(np.unique(groups[part])) for part in (controls, treated)]
    if kind != "placebo" and min(few) < 2:
        raise PanelError(
            f"{kind} errors need two treated and two untreated units or clusters, not {few[1]} "
            f"and {few[0]}",
            hint="use inference='placebo'",
        )


def all_placebos(panel: Panel, draws: int) -> bool:
    """Whether each untreated unit can have its turn, so that nothing need be drawn."""
    controls = int((panel.cohorts == NEVER).sum())
    return panel.n_units - controls == 1 and controls <= draws


def _placebo_draws(panel: Panel, draws: int, random: np.random.Generator) -> Draws:
    """Give the treated units' dates to untreated ones, and leave the treated out."""
    controls = panel.wide[panel.cohorts == NEVER]
    dates = np.full(len(controls), NEVER, dtype=np.int64)
    treated = panel.cohorts[panel.cohorts != NEVER]
    dates[: len(treated)] = treated
    if all_placebos(panel, draws):
        yield from ((controls, np.roll(dates, turn)) for turn in range(len(controls)))
        return
    for _ in range(draws):
        yield controls, random.permutation(dates)


def _bootstrap_draws(panel: Panel, draws: int, random: np.random.Generator) -> Draws:
    """Draw units or clusters with replacement, again while nobody is treated or everyone is."""
    groups = clusters_of(panel)
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    done = 0
    while done < draws:
        drawn = random.integers(len(members), size=len(members))
        rows = np.concatenate([members[at] for at in drawn])
        treated = panel.cohorts[rows] != NEVER
        if treated.any() and not treated.all():
            done += 1
            yield panel.wide[rows], panel.cohorts[rows]


def _jackknife(panel: Panel, blocks: list[Block], keys: list[Key]) -> Floats:
    """Algorithm 3: leave each unit out; the others keep their weights, made to sum to 1."""
    rows = np.array([summarise(left, panel.clock.values, keys) for left in _without(panel, blocks)])
    count = len(rows)
    gaps = rows - rows.mean(axis=0)
    found: Floats = (count - 1) / count * gaps.T @ gaps
    return found


def _without(panel: Panel, blocks: list[Block]) -> Iterator[list[Block]]:
    groups = clusters_of(panel)
    control_groups = groups[panel.cohorts == NEVER]
    controls = panel.wide[panel.cohorts == NEVER]
    for group in np.unique(groups):
        kept = groups != group
        stays = control_groups != group
        left = []
        for block in blocks:
            treated = panel.wide[(panel.cohorts == block.cohort) & kept]
            omega = np.where(stays, block.omega, 0.0)
            if len(treated) == 0 or omega.sum() <= 0:
                shown = name_at(panel.clock, block.cohort)
                raise PanelError(
                    f"the jackknife cannot leave out the only unit or cluster of cohort {shown}",
                    hint="use inference='placebo' or 'bootstrap'",
                )
            synthetic = omega / omega.sum() @ controls
            left.append(
                Block(
                    block.cohort,
                    block.before,
                    len(treated),
                    omega,
                    block.lam,
                    treated.mean(axis=0),
                    synthetic,
                )
            )
        yield left
