"""The frame of group-time effects, and what a reader has to know of them."""

from __future__ import annotations

import numpy as np

from evalkit.did.aggregate import Grid, named
from evalkit.did.bands import simulate, with_band
from evalkit.did.cells import Cell
from evalkit.did.clusters import few_clusters
from evalkit.did.effect import estimates
from evalkit.did.few_treated import few_treated
from evalkit.did.group_time_method import METHOD
from evalkit.did.group_time_result import GroupTime, settle
from evalkit.did.inference import Inference
from evalkit.did.joint import Joint
from evalkit.did.period_name import cohort_name, name_at
from evalkit.did.rounding import no_error, rounding
from evalkit.did.sample import Sample
from evalkit.did.suppression import few
from evalkit.errors import EvalkitWarning
from evalkit.language.told import Told, told
from evalkit.panel.clock import NEVER
from evalkit.panel.warned import warn_user

Sizes = list[tuple[int, int]]
"""Treated and compared units of each cell."""
Lacking = list[tuple[int, Told]]
"""Cells without an estimate, and why."""


class GroupTimeWarning(EvalkitWarning):
    """Some effect could not be estimated, or its error rests on few units."""


def notes_of(
    sample: Sample,
    compared: list[Cell],
    without: list[int],
    lacking: Lacking,
    moving: tuple[str, ...],
    covariates: int,
) -> list[Told]:
    """Say what a reader has to know; what spoils a number is a warning as well."""
    clock, minimum = sample.panel.clock, sample.panel.minimum_cell
    said = [told("group-time.no-base", cohort=name_at(clock, g)) for g in without]
    reasons: dict[Told, list[str]] = {}
    for k, why in lacking:
        reasons.setdefault(why, []).append(_term(sample, compared[k]))
    said += [told("group-time.no-estimate", terms=all_, why=why) for why, all_ in reasons.items()]
    small = [
        told("group-time.size", cohort=cohort_name(clock, g), size=few(n, minimum))
        for g, n in sample.panel.cohort_sizes.items()
        if n < 5 + covariates and (g == NEVER or int(g) in sample.treated)
    ]
    if small:
        said.append(told("group-time.few-units", cohorts=small))
    bases = {int(sample.periods[cell.time]) - int(cell.cohort) for cell in compared if cell.is_base}
    if len(bases) > 1:  # periods are spaced unevenly, so that one event time holds both
        said.append(told("group-time.bases", events=[f"−{-one}" for one in sorted(bases)]))
    for one in said:
        warn_user(one, GroupTimeWarning)
    if moving:
        said.append(told("group-time.moving", names=moving))
    if not sample.balanced and sample.panel.names["unit"] is not None:
        said.append(told("group-time.cross-sections"))
    if sample.panel.clustered or NEVER not in sample.panel.cohort_sizes:
        said += few_treated(sample.panel)  # the sizes of cohorts have not said it
    return said + few_clusters(sample.panel, told("clusters.jackknife"))


def _term(sample: Sample, cell: Cell) -> str:
    clock = sample.panel.clock
    return f"ATT({name_at(clock, cell.cohort)},{name_at(clock, sample.periods[cell.time])})"


def result_of(
    sample: Sample,
    compared: list[Cell],
    found: Joint,
    sizes: Sizes,
    notes: tuple[str, ...],
    kind: str,
    seed: int | None,
    alpha: float,
    draws: int,
) -> GroupTime:
    """Put the effects in a frame, with errors and, when asked, a uniform band."""
    found, notes = _without_rounding(sample, compared, found, notes)
    size = len(compared)
    deviations = found.draws
    if deviations is None and seed is not None:
        deviations = simulate(found.covariance[:size, :size], draws, seed)
    own = None if deviations is None else deviations[:, :size]
    std_error, covariance, critical = settle(found.covariance[:size, :size], own, kind, alpha)
    grid = _grid(sample, compared)
    terms = [_term(sample, cell) for cell in compared]
    label = sample.panel.clock.label
    table = estimates(
        terms,
        found.effects,
        np.where(np.isfinite(found.effects), std_error, np.nan),
        alpha=alpha,
        cohort=[label(int(g)) for g in grid.cohort],
        time=[label(int(t)) for t in grid.time],
        event_time=grid.time - grid.cohort,
        n_units=[treated + others for treated, others in sizes],
        n_treated=[treated for treated, _ in sizes],
        n_control=[others for _, others in sizes],
    )
    missing = ~np.isfinite(found.effects)
    covariance[missing, :] = np.nan
    covariance[:, missing] = np.nan
    return GroupTime(
        method=METHOD,
        outcome=str(sample.panel.names["outcome"]),
        table=table if critical is None else with_band(table, critical),
        inference=_inference(sample, kind, alpha),
        covariance=named(covariance, terms),
        dropped=sample.panel.dropped,
        notes=notes,
        joint=found,
        grid=grid,
        clock_labels={int(value): label(int(value)) for value in sample.panel.clock.values},
        seed=seed,
        draws=draws,
        critical_value=critical,
        minimum_cell=sample.panel.minimum_cell,
    )


def _without_rounding(
    sample: Sample, compared: list[Cell], found: Joint, notes: tuple[str, ...]
) -> tuple[Joint, tuple[str, ...]]:
    """Call an error nought when it is no more than rounding, and say so."""
    size = len(compared)
    y = sample.panel.extremes
    errors = np.sqrt(np.clip(np.diag(found.covariance)[:size], 0, None))
    nought = errors <= rounding(y)
    odd = [
        _term(sample, cell)
        for cell, none, effect in zip(compared, nought, found.effects, strict=True)
        if none and not cell.is_base and np.isfinite(effect)
    ]
    if odd:
        note = no_error(odd)
        warn_user(note, GroupTimeWarning)
        notes = (*notes, note)
    covariance = found.covariance.copy()
    covariance[:size][nought] = 0
    covariance[:, :size][:, nought] = 0
    return Joint(found.effects, found.shares, covariance, found.draws), notes


def _grid(sample: Sample, compared: list[Cell]) -> Grid:
    cohort = np.array([cell.cohort for cell in compared], dtype=np.int64)
    time = sample.periods[[cell.time for cell in compared]]
    place = np.searchsorted(sample.treated, cohort).astype(np.int64)
    return Grid(cohort, time, place, int(sample.periods[0]), int(sample.periods[-1]))


def _inference(sample: Sample, kind: str, alpha: float) -> Inference:
    panel = sample.panel
    name = panel.names["cluster"] if panel.clustered else panel.names["unit"]
    return Inference(kind, "row" if name is None else name, panel.n_clusters, alpha)
