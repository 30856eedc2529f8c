"""The static two-way fixed effects regression: one coefficient for treatment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evalkit.did.coefficients import collinear_notes, effect_of, warn_thin
from evalkit.did.cohort_grid import Bools, CohortGrid, cohort_grid
from evalkit.did.comparison_group import refuse_without_weight
from evalkit.did.effect import Effect
from evalkit.did.fixed_effects import regress
from evalkit.did.method import Method
from evalkit.did.options import check_alpha, check_panel, covariate_names
from evalkit.did.sandwich import Errors
from evalkit.did.suppression import few
from evalkit.language.told import Told, told
from evalkit.panel import Panel, PanelError
from evalkit.panel.clock import NEVER

METHOD = Method(
    name="twfe",
    title="Two-way fixed effects",
    question=(
        "Is the outcome of treated units higher while they are treated than unit and period "
        "effects predict?"
    ),
    estimand=(
        "the coefficient of treatment: the average effect on the treated when the effect is the "
        "same in all cohorts and periods, and otherwise a weighted average of comparisons in which "
        "units treated earlier serve as controls, with weights on effects that may be negative"
    ),
    equation=(
        r"Y_{it} = \alpha_i + \lambda_t + \beta\, 1\{t \geq G_i\} + X_{it}'\gamma + "
        r"\varepsilon_{it}"
    ),
    assumptions=(
        (
            "parallel trends: without treatment, the outcomes of all cohorts and of the never "
            "treated would have moved alike"
        ),
        "no anticipation: before treatment the outcome is the untreated one",
        "no spillovers: the treatment of some leaves the outcome of the others untouched",
        "homogeneous effects: the same in all cohorts and in all periods since treatment",
        "covariates are not themselves moved by the treatment",
        "clusters are independent of each other",
    ),
    standard_errors=(
        "clustered by unit or above it, with fixest's factors (n-1)/(n-K) and G/(G-1), where n "
        "counts rows and G clusters; K counts the slopes, the period effects less one, and one for "
        "all unit effects together, since they are nested in the clusters; t distribution with G-1 "
        "degrees of freedom. errors='hetero' has n/(n-K), and errors='iid' the residual variance "
        "over n-K; both count every unit effect in K, have n-K degrees of freedom and are as a "
        "rule too small, because a unit's errors are correlated in time. In repeated "
        "cross-sections the effects are those of cohorts, and all of them count."
    ),
    edge_cases=(
        "units treated from the first period on stay, as comparison, and a note counts them",
        "when all units are treated in the same period there is no comparison: an error",
        (
            "fewer than five treated or untreated clusters (units, when these are the clusters), "
            "or fewer than ten in all: a warning says that the error is too small; see "
            "`randomisation` and `wild_bootstrap`"
        ),
        "a single cluster is an error, and so is an outcome that never varies",
        (
            "collinear covariates, and those fixed in time, leave, with a warning; a missing one "
            "is an error"
        ),
        (
            "missing rows leave one by one; a unit seen once is fitted by its own effect and adds "
            "to n only"
        ),
        "a regression that fits every row has no standard error, and says so",
    ),
    differs=(
        "fixest::feols(y ~ D | unit + time) and pyfixest give the same numbers",
        (
            "linearmodels counts the unit effects in its clustered errors, which are larger by "
            "about the square root of T/(T-1): 5% with ten periods"
        ),
    ),
    reference=(
        "Goodman-Bacon, A. (2021). Difference-in-differences with variation in treatment timing. "
        "Journal of Econometrics 225(2), 254-277; de Chaisemartin, C. and D'Haultfoeuille, X. "
        "(2020). Two-Way Fixed Effects Estimators with Heterogeneous Treatment Effects. American "
        "Economic Review 110(9), 2964-2996, both on what the coefficient means"
    ),
)


def twfe(
    panel: Panel,
    covariates: str | Sequence[str] | None = None,
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
    Estimand: the coefficient of treatment, which is the average effect on the treated when that
    is the same in all cohorts and periods, and else a weighted average in which weights may be
    negative. Assumptions: parallel trends, no anticipation, no spillovers, homogeneous effects.
    ``fit.assumptions`` has these in full, and ``fit.method`` what docs/methodology/twfe.md says
    of equation, errors, edge cases and other software. A balanced panel without covariates and
    weights needs only its moments.

    References
    ----------
    Goodman-Bacon (2021), Journal of Econometrics 225(2), 254-277.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({"firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...                       "jobs": [5.0, 8, 5, 7, 4, 5, 6, 6], "start": [2021] * 4 + [0] * 4})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = ek.did.twfe(panel)
    >>> fit.tidy()[["term", "estimate", "n_units"]]
          term  estimate  n_units
    0  treated       2.0        2
    """
    check_panel(panel)
    check_alpha(alpha)
    refuse_without_weight(panel)
    grid = cohort_grid(panel)
    on = grid.treated & (grid.event >= 0)
    names = covariate_names(covariates)
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
    if panel.weights is None:
        units = sum(panel.cohort_sizes[int(g)] for g in grid.cohorts[starts])
    else:
        cohorts = panel.cohorts[np.unique(panel.unit[panel.weights > 0])]
        units = int(np.isin(cohorts, grid.cohorts[starts]).sum())
    always = (grid.cohorts != NEVER) & (grid.cohorts <= panel.clock.values[0])
    notes = [*_always(grid, always, panel.minimum_cell), *collinear_notes(found, names)]
    lone = [told("regression.treatment")] if units == 1 else []
    notes += warn_thin(panel, found, errors, lone)
    return effect_of(
        METHOD, panel, found, errors, alpha, notes,
        shown=[0], terms=["treated"], n_units=[units],
    )  # fmt: skip


def _always(grid: CohortGrid, always: Bools, minimum: int | None) -> list[Told]:
    units = int(grid.units[always].max(axis=1, initial=0).sum())
    return [told("twfe.always", units=few(units, minimum))] if units else []
