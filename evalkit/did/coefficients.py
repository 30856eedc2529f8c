"""Coefficients of a two-way regression as an effect, with what a reader has to know of them."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from evalkit.did.effect import Effect, Inference, estimates
from evalkit.did.few_treated import few_treated
from evalkit.did.fixed_effects import Regression
from evalkit.did.method import Method
from evalkit.did.rounding import known_errors
from evalkit.did.sandwich import Errors
from evalkit.panel import Panel, PanelWarning

FEW = 10
"""Number of clusters below which clustered errors are known to be too small."""


def collinear_notes(found: Regression, names: Sequence[str]) -> list[str]:
    """Say which covariates were collinear, with a warning."""
    first = len(found.kept) - len(names)
    lost = [name for j, name in enumerate(names) if not found.kept[first + j]]
    notes = [
        f"the covariate '{name}' is left out: the other regressors and the unit and period "
        "effects explain it, as they do anything that never moves in time"
        for name in lost
    ]
    for note in notes:
        warnings.warn(note, PanelWarning, stacklevel=4)
    return notes


def warn_thin(
    panel: Panel,
    found: Regression,
    errors: Errors,
    names: Sequence[str] = (),
    units: Sequence[float] = (),
) -> list[str]:
    """Say where errors cannot be trusted, with a warning.

    Parameters
    ----------
    panel, found, errors
        The regression.
    names, units
        What each coefficient is of, and how many treated units it rests on.
    """
    notes = []
    if found.exact:
        notes.append("the regression fits every row exactly, so there are no standard errors")
    elif np.isinf(found.factor.value):
        notes.append("there are no rows to spare for an error: every one is used by an effect")
    else:
        few = few_treated(panel, stacklevel=4)
        notes = [] if few else _few_clusters(found, errors)
        if not any("is treated" in note for note in few):  # which says it all
            notes += _lone_units(names, units)
        for note in notes:
            warnings.warn(note, PanelWarning, stacklevel=4)
        return few + notes
    warnings.warn(notes[0], PanelWarning, stacklevel=4)
    return notes


def _few_clusters(found: Regression, errors: Errors) -> list[str]:
    if errors != "cluster" or found.clusters >= FEW:
        return []
    remedy = "use a wild cluster bootstrap or randomisation inference"
    return [f"{found.clusters} clusters are few: clustered errors are too small; {remedy}"]


def _lone_units(names: Sequence[str], units: Sequence[float]) -> list[str]:
    lone = [name for name, count in zip(names, units, strict=True) if count == 1]
    if not lone:
        return []
    return [
        (
            f"one treated unit is observed at {', '.join(lone)}: the standard error is far too "
            "small, since a lone unit's residual is nearly nought"
        )
    ]


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
    **columns: Sequence[Any],
) -> Effect:
    """Make the effect of a regression from those of its coefficients that are shown."""
    at = np.array(shown, dtype=np.int64)
    std_error, covariance, nought = known_errors(
        terms, found.covariance[np.ix_(at, at)], panel.y, stacklevel=4
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
    )


def inference_of(panel: Panel, found: Regression, errors: Errors, alpha: float) -> Inference:
    """Say how errors were computed."""
    unit = str(panel.names["unit"] or "row")
    cluster = str(panel.names["cluster"] or unit) if errors == "cluster" else "row"
    count = found.clusters if errors == "cluster" else found.rows
    return Inference("analytic", cluster, count, alpha, found.factor.df, found.factor.words)
