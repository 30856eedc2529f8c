"""Inference that rests on a handful of treated or untreated clusters."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelWarning

Bools = np.ndarray[Any, np.dtype[np.bool_]]

ENOUGH = 5
"""Fewer treated or untreated clusters than this give errors that are far too small.

Conley and Taber (2011) and MacKinnon and Webb (2017): with few treated clusters the residuals
that a clustered error is made of are shrunk by the fit, with one to nearly nought.
"""


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


def few_treated(panel: Panel, *, stacklevel: int = 3) -> list[Told]:
    """Say that few clusters are treated, or few untreated, with a warning.

    Parameters
    ----------
    panel
        The units in use.
    stacklevel
        Whom the warning is put down to.
    """
    treated, others = count_sides(panel)
    notes = []
    if treated < ENOUGH:
        so_many = _so_many(panel, treated)
        notes.append(told("few-treated.treated", so_many=so_many, count=treated))
    if others < ENOUGH:
        so_many = _so_many(panel, others)
        notes.append(told("few-treated.untreated", so_many=so_many, count=others))
    for note in notes:
        warnings.warn(note, PanelWarning, stacklevel=stacklevel + 1)
    return notes


def _so_many(panel: Panel, count: int) -> Told:
    """Name what errors are clustered by, and how many there are."""
    if panel.clustered:
        return told("few-treated.clusters", count=count)
    row = panel.names["unit"] is None
    return told("few-treated.rows" if row else "few-treated.units", count=count)
