"""The static two-way fixed effects regression: one coefficient for treatment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalkit.did.coefficients import collinear_notes, effect_of, warn_thin
from evalkit.did.cohort_grid import Bools, CohortGrid, cohort_grid
from evalkit.did.effect import Effect
from evalkit.did.fixed_effects import regress
from evalkit.did.method import Method
from evalkit.did.sandwich import Errors
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

METHOD = Method(
    name="twfe",
    title="Two-way fixed effects",
    question="Is the outcome of treated units higher while they are treated than unit and period "
    "effects predict?",
    estimand="the coefficient of treatment: the average effect on the treated when the effect is "
    "the same in all cohorts and periods, and otherwise a weighted average of comparisons in which "
    "units treated earlier serve as controls, with weights on effects that may be negative",
    equation=r"Y_{it} = \alpha_i + \lambda_t + \beta\, 1\{t \geq G_i\} + X_{it}'\gamma + "
    r"\varepsilon_{it}",
    assumptions=(
        (
            "parallel trends: without treatment, the outcomes of all cohorts and of the never "
            "treated would have moved alike"
        ),
        "no anticipation: before treatment the outcome is the untreated one",
        "homogeneous effects: the same in all cohorts and in all periods since treatment",
        "covariates are not themselves moved by the treatment",
        "clusters are independent of each other",
    ),
    standard_errors="clustered by unit or above it, with fixest's factors (n-1)/(n-K) and G/(G-1); "
    "K counts slopes and period effects, and unit effects once, since they are nested in the "
    "clusters; t distribution with G-1 degrees of freedom. errors='hetero' has n/(n-K) and "
    "errors='iid' the residual variance over n-K, with K counting every effect and n-K degrees of "
    "freedom.",
    edge_cases=(
        "units treated from the first period on stay, as comparison, and a note counts them",
        "when all units are treated in the same period there is no comparison: an error",
        (
            "when one cluster is treated, or fewer than ten are observed, a warning says that the "
            "error is too small"
        ),
        "collinear covariates leave, with a warning",
        "a regression that fits every row has no standard error, and says so",
    ),
    differs=(
        "fixest::feols(y ~ D | unit + time) and pyfixest give the same numbers",
        (
            "linearmodels counts the unit effects in its clustered errors, which are larger by "
            "about the square root of T/(T-1)"
        ),
    ),
    reference="Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment "
    "timing. Journal of Econometrics 225(2), 254-277.",
)


def twfe(
    panel: Panel,
    covariates: Sequence[str] | None = None,
    alpha: float = 0.05,
    *,
    errors: Errors = "cluster",
    small_sample: bool = True,
) -> Effect:
    """Regress the outcome on treatment, unit effects and period effects.

    Parameters
    ----------
    panel
        Units by periods, balanced or not; its weights are analytic weights. In repeated
        cross-sections the unit effects are those of cohorts.
    covariates
        Columns that move in time, taken at each row's own period.
    alpha
        One less the confidence level.
    errors
        ``cluster`` by the panel's cluster, ``hetero`` by row, or ``iid``.
    small_sample
        Whether to apply fixest's small-sample factors.

    Returns
    -------
    Effect
        One row, ``treated``, in the outcome's unit. ``n_units`` counts the units that start
        treatment within the panel.

    Raises
    ------
    PanelError
        Nobody starts treatment within the panel, all do in the same period, there is one cluster,
        or the outcome is constant.

    Notes
    -----
    Estimand, assumptions, errors and source: see ``METHOD``. A balanced panel without covariates
    and weights needs only its moments.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...                       "jobs": [5.0, 8, 5, 7, 4, 5, 6, 6], "start": [2021] * 4 + [0] * 4})
    >>> panel = Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = twfe(panel)
    >>> fit.tidy()[["term", "estimate", "n_units"]]
          term  estimate  n_units
    0  treated       2.0        2
    """
    grid = cohort_grid(panel)
    on = grid.treated & (grid.event >= 0)
    names = list(covariates or ())
    starts = grid.treated.any(axis=1) & (grid.cohorts > panel.clock.values[0])
    if not starts.any():
        raise PanelError(
            "no unit starts treatment within the panel", hint="see the column of the cohort"
        )
    design = on[:, :, None].astype(np.float64)
    found = regress(panel, design, names, errors=errors, small_sample=small_sample)
    if not found.kept[0]:
        raise PanelError(
            "treatment cannot be told from the period effects: no unit serves as comparison",
            hint="some units must be treated later or never",
        )
    cohorts = panel.cohorts
    if panel.weights is not None:
        cohorts = cohorts[np.unique(panel.unit[panel.weights > 0])]
    units = int(np.isin(cohorts, grid.cohorts[starts]).sum())
    notes = [*_always(grid, ~starts), *collinear_notes(found, names)]
    notes += warn_thin(panel, found, errors, ["treatment"], [units])
    return effect_of(
        METHOD, panel, found, errors, alpha, notes,
        shown=[0], terms=["treated"], n_units=[units],
    )  # fmt: skip


def _always(grid: CohortGrid, elsewhere: Bools) -> list[str]:
    always = grid.units[elsewhere & (grid.cohorts != NEVER)]
    if not always.size:
        return []
    return [
        (
            f"{int(always.max(axis=1).sum())} units are treated from the first period on and serve "
            "as comparison; that is valid when the effect does not grow or fade with time"
        )
    ]
