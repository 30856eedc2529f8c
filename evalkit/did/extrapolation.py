"""Outcome regressions that are carried beyond the comparison units they were fitted on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from evalkit.did.cells import Cell
from evalkit.did.overlap import CHANCE, OUTSIDE, by_chance
from evalkit.did.period_name import name_at
from evalkit.did.sample import Sample
from evalkit.errors import EvalkitWarning
from evalkit.language.told import Told, told
from evalkit.panel.warned import warn_user

Floats = np.ndarray[Any, np.dtype[np.float64]]


def beyond_controls(
    own: Floats, others: Floats, names: Sequence[str], who: Told, *, limits: bool = True
) -> list[Told]:
    """Say which covariates of the treated lie outside those of the comparison units.

    More than 10% of the treated do so, and more than would by lot alone.

    Parameters
    ----------
    own, others
        Covariates of the treated and of the comparison units, shape (units, covariates).
    names
        Names of the covariates.
    who
        Who is treated, for the sentence.
    limits
        Whether to give the least and the largest value, which are those of single units.
    """
    if not len(own) or not len(others):
        return []
    pairs = zip(names, own.T, others.T, strict=True)
    return [note for name, a, b in pairs for note in _beyond(a, b, name, who, limits)]


def _beyond(own: Floats, others: Floats, name: str, who: Told, limits: bool) -> list[Told]:
    low, high = float(others.min()), float(others.max())
    below, above = int((own < low).sum()), int((own > high).sum())
    chance = 2 * by_chance(max(below, above), len(own), len(others))  # on either side
    if (below + above) / len(own) <= OUTSIDE or chance > CHANCE:
        return []
    share = (below + above) / len(own)
    if not limits:
        return [told("extrapolation.outside", share=share, who=who, name=name)]
    note = told(
        "extrapolation.beyond", share=share, who=who, name=name,
        low=own.min(), high=own.max(), least=low, most=high,
    )  # fmt: skip
    return [note]


def extrapolated(
    sample: Sample, cells: Sequence[Cell], names: tuple[str, ...], kind: type[EvalkitWarning]
) -> list[Told]:
    """Say for which cohorts an outcome regression extrapolates, with a warning.

    Parameters
    ----------
    sample, cells
        The units in use, and the comparisons.
    names
        The covariates; those of a balanced sample are taken in a comparison's earlier period.
    kind
        Of the warnings.
    """
    if not names:
        return []
    panel = sample.panel
    found: list[Told] = []
    values, cohort = panel.covariates(names), panel.cohorts[panel.unit]
    for g in dict.fromkeys(cell.cohort for cell in cells):
        who = told("extrapolation.cohort", cohort=name_at(panel.clock, g))
        own = cohort == g
        said: list[Told] = []
        for controls, periods in _comparisons(sample, cells, g):
            here = np.isin(panel.time, periods)
            others = here & np.isin(cohort, controls)
            said = said or beyond_controls(
                values[here & own], values[others], names, who, limits=panel.minimum_cell is None
            )
        found += said  # once a cohort: its cells differ by little
    for note in found:
        warn_user(note, kind)
    return found


def _comparisons(sample: Sample, cells: Sequence[Cell], g: int) -> list[tuple[Any, Any]]:
    """Give the controls of a cohort with the periods in which covariates are taken."""
    own = [cell for cell in cells if cell.cohort == g and not cell.is_base]
    if sample.balanced:
        return list(dict.fromkeys((cell.controls, (cell.earlier,)) for cell in own))
    return list(dict.fromkeys((cell.controls, (cell.time, cell.base)) for cell in own))
