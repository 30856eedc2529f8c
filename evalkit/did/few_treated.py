"""Inference that rests on a handful of treated or untreated clusters."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.did.enough import ENOUGH
from evalkit.did.suppression import few
from evalkit.language.told import Told, told
from evalkit.panel import Panel
from evalkit.panel.warned import warn_user

Bools = np.ndarray[Any, np.dtype[np.bool_]]


def sides(panel: Panel) -> tuple[Bools, Bools]:
    """Tell the treated units from those they are compared with, shape (units,) each.

    Units treated from the first period on compare; without any other, the last cohort does.
    """
    treated = panel.cohorts > panel.clock.values[0]
    if treated.all():
        treated = treated & (panel.cohorts < panel.cohorts.max())
    return treated, ~treated


def count_sides(panel: Panel) -> tuple[int, int]:
    """Count the clusters with treated units, and those with units they are compared with."""
    cohorts = list(panel.cohort_sizes)
    treated = [g for g in cohorts if g > panel.clock.values[0]]
    if len(treated) == len(cohorts):
        treated.remove(max(cohorts))
    others = [g for g in cohorts if g not in treated]
    return panel.clusters_with(treated), panel.clusters_with(others)


def few_treated(panel: Panel) -> list[Told]:
    """Say that few clusters are treated, or few untreated, with a warning.

    Parameters
    ----------
    panel
        The units in use.
    """
    treated, others = count_sides(panel)
    notes = []
    if treated < ENOUGH:
        so_many, count = _so_many(panel, treated), few(treated, panel.minimum_cell)
        notes.append(told("few-treated.treated", so_many=so_many, count=count))
    if others < ENOUGH:
        so_many, count = _so_many(panel, others), few(others, panel.minimum_cell)
        notes.append(told("few-treated.untreated", so_many=so_many, count=count))
    for note in notes:
        warn_user(note)
    return notes


def _so_many(panel: Panel, count: int) -> Told:
    """Name what errors are clustered by, and how many there are."""
    shown = few(count, panel.minimum_cell)
    if panel.clustered:
        return told("few-treated.clusters", count=shown)
    row = panel.names["unit"] is None
    return told("few-treated.rows" if row else "few-treated.units", count=shown)
