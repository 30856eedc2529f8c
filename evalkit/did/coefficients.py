"""Coefficients of a two-way regression as an effect, with what a reader has to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.effect import Effect, estimates
from evalkit.did.few_treated import count_sides, few_treated
from evalkit.did.fixed_effects import Regression
from evalkit.did.inference import Inference
from evalkit.did.method import Method
from evalkit.did.rounding import known_errors
from evalkit.did.sandwich import Errors
from evalkit.did.suppression import untreated_at_first
from evalkit.language.told import Told, told
from evalkit.panel import Panel
from evalkit.panel.warned import warn_user

FEW = 10
"""Number of clusters below which clustered errors are known to be too small."""


def collinear_notes(found: Regression, names: Sequence[str]) -> list[Told]:
    """Say which covariates were collinear, with a warning."""
    first = len(found.kept) - len(names)
    lost = [name for j, name in enumerate(names) if not found.kept[first + j]]
    notes = [told("regression.collinear", name=name) for name in lost]
    for note in notes:
        warn_user(note)
    return notes


def warn_thin(
    panel: Panel,
    found: Regression,
    errors: Errors,
    lone: Sequence[Told] = (),
) -> list[Told]:
    """Say where errors cannot be trusted, with a warning.

    Parameters
    ----------
    panel, found, errors
        The regression.
    lone
        What the coefficients are of that rest on one treated unit.
    """
    if found.exact:
        notes = [told("regression.exact")]
    elif np.isinf(found.factor.value):
        notes = [told("regression.no-rows")]
    else:
        few = few_treated(panel)
        notes = [] if few else _few_clusters(found, errors)
        if count_sides(panel)[0] != 1:  # that has been said
            say = lone and panel.minimum_cell is None  # else these are suppressed, and counted
            notes += [told("regression.lone", places=lone)] if say else []
        for note in notes:
            warn_user(note)
        return few + notes
    warn_user(notes[0])
    return notes


def _few_clusters(found: Regression, errors: Errors) -> list[Told]:
    if errors != "cluster" or found.clusters >= FEW:
        return []
    return [told("regression.few-clusters", count=found.clusters)]


def effect_of(
    method: Method,
    panel: Panel,
    found: Regression,
    errors: Errors,
    alpha: float,
    notes: Sequence[str],
    *,
    shown: Sequence[int],
    terms: Sequence[str],
    base: Sequence[int] = (),
    binned: Sequence[int] = (),
    **columns: Sequence[Any],
) -> Effect:
    """Make the effect of a regression from those of its coefficients that are shown."""
    at = np.array(shown, dtype=np.int64)
    std_error, covariance, nought = known_errors(
        terms, found.covariance[np.ix_(at, at)], panel.extremes
    )
    table = estimates(
        terms, found.coefficients[at], std_error,
        alpha=alpha, df=found.factor.df, **columns,
    )  # fmt: skip
    return Effect(
        method=method,
        outcome=str(panel.names["outcome"]),
        table=table,
        inference=inference_of(panel, found, errors, alpha),
        covariance=pd.DataFrame(covariance, index=list(terms), columns=list(terms)),
        dropped=panel.dropped,
        notes=(*notes, *nought),
        base=tuple(base),
        binned=tuple(binned),
        minimum_cell=panel.minimum_cell,
        compared=untreated_at_first(panel),
    )


def inference_of(panel: Panel, found: Regression, errors: Errors, alpha: float) -> Inference:
    """Say how errors were computed."""
    unit = str(panel.names["unit"] or "row")
    cluster = str(panel.names["cluster"] or unit) if errors == "cluster" else "row"
    count = found.clusters if errors == "cluster" else found.rows
    return Inference("analytic", cluster, count, alpha, found.factor.df, found.factor.words)
