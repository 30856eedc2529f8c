"""The test of pre-trends on untreated observations."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from scipy import stats

from evalkit.did.imputed_average import Score, line_score
from evalkit.did.options import whole_number
from evalkit.did.untreated_fit import Bools, Grid, fit_untreated
from evalkit.panel import PanelError

Floats = np.ndarray[Any, np.dtype[np.float64]]


def lead_times(grid: Grid, asked: int | None) -> list[int]:
    """Find the last event times before treatment; at least one before them is the reference."""
    asked = 0 if asked is None else whole_number("pretrends", asked, 0)
    if not asked:
        return []
    before = grid.untreated & (grid.event > np.iinfo(np.int64).min)
    known = [int(event) for event in np.unique(grid.event[before])]
    if asked >= len(known):
        raise PanelError(
            f"{asked} pre-trends leave no reference: there are {len(known)} event times before "
            "treatment",
            hint=f"ask for at most {len(known) - 1}" if len(known) > 1 else "add earlier periods",
        )
    return known[-asked:]


def estimate_leads(grid: Grid, names: list[str], leads: list[int]) -> list[tuple[float, Score]]:
    """Regress untreated outcomes on indicators of the periods before treatment."""
    marks = np.stack([(grid.event == lead) for lead in leads], axis=2).astype(np.float64)
    longer = replace(grid, covariates=np.concatenate([grid.covariates, marks], axis=2))
    fit = fit_untreated(longer, [*names, *(f"lead({lead})" for lead in leads)])
    values = fit.coefficients(grid.y)
    left = np.where(grid.untreated, fit.residual(grid.y), 0.0)
    places = range(len(values) - len(leads), len(values))
    return [
        (float(values[at]), line_score(grid, fit.base * fit.times(fit.inverse[:, at]), left))
        for at in places
    ]


def trend_of(grid: Grid, names: list[str], effects: list[Bools], leads: list[int]) -> list[float]:
    """Give what a linear trend of the treated, of 1 a period, adds to effects and leads.

    Estimates are linear in the outcome, so this is what they are of an outcome that is the time
    since (and before) treatment of those ever treated, and nought for the others.

    Parameters
    ----------
    grid, names
        The data and the names of the covariates.
    effects
        The observations that each effect is averaged over.
    leads
        The event times of the leads.
    """
    ever = grid.event > np.iinfo(np.int64).min
    line = replace(grid, y=np.where(ever, grid.event, 0).astype(np.float64))
    gaps = fit_untreated(line, names).residual(line.y)
    found = [float(np.average(gaps, weights=mask * grid.weight)) for mask in effects]
    return found + [value for value, _ in estimate_leads(line, names, leads)]


def joint_test(values: Floats, covariance: Floats, n_clusters: int) -> dict[str, float]:
    """Test that all leads are nought, F(k, G-1)."""
    count, df = len(values), n_clusters - 1
    usable = np.isfinite(covariance).all() and np.linalg.matrix_rank(covariance) == count
    statistic = float("nan")
    if usable:
        statistic = float(values @ np.linalg.solve(covariance, values)) / count
    p_value = float(stats.f.sf(statistic, count, df)) if usable else float("nan")
    return {"statistic": statistic, "df_1": count, "df_2": df, "p_value": p_value}
