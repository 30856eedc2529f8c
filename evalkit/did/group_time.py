"""Effects of each cohort in each period, for treatment that starts at different times."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np

from evalkit.did.cells import Cell, cells
from evalkit.did.comparison_group import refuse_without_weight
from evalkit.did.contrasts import from_moments
from evalkit.did.cross_section import RowInfluence
from evalkit.did.doubly_robust import PanelInfluence
from evalkit.did.extrapolation import extrapolated
from evalkit.did.fit_profile import from_profile
from evalkit.did.group_time_method import METHOD
from evalkit.did.group_time_result import Aggregate, GroupTime
from evalkit.did.group_time_table import GroupTimeWarning, Lacking, Sizes, notes_of, result_of
from evalkit.did.joint import Joint, joint
from evalkit.did.options import (
    check_alpha,
    check_choice,
    check_panel,
    covariate_names,
    whole_number,
)
from evalkit.did.regressors import read_regressors
from evalkit.did.rounding import cancelled
from evalkit.did.sample import Sample, prepare
from evalkit.errors import EvalkitError
from evalkit.panel.dropped import PanelError
from evalkit.panel.panel import Panel

__all__ = ["METHOD", "Aggregate", "GroupTime", "GroupTimeWarning", "group_time"]


def group_time(
    panel: Panel,
    method: Literal["dr", "ipw", "reg"] = "dr",
    control: Literal["never", "not_yet"] = "never",
    covariates: str | Sequence[str] | None = None,
    anticipation: int = 0,
    base_period: Literal["varying", "universal"] = "varying",
    panel_data: bool = True,
    balanced: bool = True,
    inference: Literal["analytic", "bootstrap"] = "analytic",
    seed: int | None = None,
    alpha: float = 0.05,
    draws: int = 999,
) -> GroupTime:
    """Estimate the effect on each cohort in each period.

    Parameters
    ----------
    panel
        The data; errors are clustered by its cluster column, by default the unit.
    method
        ``dr``: doubly robust; ``ipw``: inverse probability weights; ``reg``: outcome regression.
        Without covariates they are the same.
    control
        Compare with units that are ``never`` treated, or with those ``not_yet`` treated.
    covariates
        Columns; those that move in time are taken in the earlier period of each comparison.
    anticipation
        For how many periods before treatment units may react to it, in units of the clock.
    base_period
        ``varying``: before treatment each period is compared with the one before it;
        ``universal``: all periods with the last one before treatment.
    panel_data
        False for repeated cross-sections, where rows of two periods are not the same units.
    balanced
        False to keep units that lack a period; they are then compared as cross-sections.
    inference
        ``analytic``, or ``bootstrap`` for the multiplier bootstrap.
    seed
        Start of the random numbers. Given, the tables have a uniform band; the bootstrap takes 0
        when it is not given.
    alpha
        One less the confidence level.
    draws
        How many draws the bootstrap and the uniform band take.

    Returns
    -------
    GroupTime
        Effects in the outcome's unit; ``aggregate`` takes them together.

    Raises
    ------
    PanelError
        There is no comparison group, no treated unit, a covariate is the same in all rows, or
        there is only one cluster.
    EvalkitError
        An option is unknown.

    Notes
    -----
    Estimand: the average effect on the cohort first treated in period g, in period t.
    Assumptions: parallel trends given covariates, no anticipation before the stated periods, no
    spillovers, treatment that does not end, overlap. ``fit.assumptions`` has these in full, and
    ``fit.method`` what docs/methodology/group_time.md says of equation, errors, edge cases and
    other software.

    References
    ----------
    Callaway & Sant'Anna (2021), Journal of Econometrics 225(2), 200-230; Sant'Anna & Zhao
    (2020), Journal of Econometrics 219(1), 101-122.

    Examples
    --------
    >>> import warnings
    >>> import pandas as pd
    >>> import evalkit as ek
    >>> frame = pd.DataFrame({
    ...     "firm": [1, 1, 2, 2, 3, 3, 4, 4], "year": [2020, 2021] * 4,
    ...     "jobs": [5.0, 8.0, 6.0, 8.0, 4.0, 4.5, 3.0, 4.5], "start": [2021] * 4 + [0] * 4})
    >>> panel = ek.Panel(frame, unit="firm", time="year", outcome="jobs", cohort="start")
    >>> with warnings.catch_warnings():  # four firms are few
    ...     warnings.simplefilter("ignore")
    ...     fit = ek.did.group_time(panel)
    >>> fit.tidy()[["term", "estimate", "std_error"]].round(4)
                 term  estimate  std_error
    0  ATT(2021,2021)       1.5        0.5
    >>> fit.aggregate("event").overall.estimate
    1.5
    """
    check_panel(panel)
    _check_options(method, control, base_period, inference, anticipation, alpha, draws)
    names = covariate_names(covariates)
    sample = prepare(
        panel,
        control=control,
        covariates=names,
        anticipation=anticipation,
        panel_data=panel_data,
        balanced=balanced,
    )
    refuse_without_weight(sample.panel)
    _check_clusters(sample)
    compared, without = cells(
        sample.periods,
        sample.treated,
        list(sample.panel.cohort_sizes),
        control=control,
        anticipation=anticipation,
        base_period=base_period,
    )
    if not compared:
        raise PanelError(
            "no treated cohort has a period before treatment to compare with",
            hint="give earlier periods, or a lower anticipation",
        )
    seed = 0 if seed is None and inference == "bootstrap" else seed
    signs = np.random.default_rng(seed) if inference == "bootstrap" else None
    found, sizes, lacking, moving = _estimate(sample, compared, names, method, signs, draws)
    notes = (*sample.notes, *notes_of(sample, compared, without, lacking, moving, len(names)))
    if method == "reg":
        notes += tuple(extrapolated(sample, compared, names, GroupTimeWarning))
    return result_of(sample, compared, found, sizes, notes, inference, seed, alpha, draws)


def _estimate(
    sample: Sample,
    compared: list[Cell],
    names: tuple[str, ...],
    method: str,
    signs: np.random.Generator | None,
    draws: int,
) -> tuple[Joint, Sizes, Lacking, tuple[str, ...]]:
    """Take the shortest route to the effects and their covariance."""
    method = method if names else "reg"  # without covariates all methods are the same
    if sample.panel.scanned:
        return _from_queries(sample, compared, signs)
    if not sample.balanced:
        by_row = RowInfluence(sample, compared, names, method)
        return joint(by_row, sample, signs, draws), by_row.sizes, by_row.lacking, ()
    panel = sample.panel
    sizes = _sizes(sample, compared)
    if not names and panel.weights is None and panel.clusters is None and signs is None:
        found = from_moments(sample.moments, compared, sample.treated)
        errors = np.sqrt(np.clip(np.diag(found.covariance)[: len(compared)], 0, None))
        real = np.array([not cell.is_base for cell in compared])
        if not cancelled(errors[real], panel.extremes):
            return found, sizes, [], ()
    regressors = read_regressors(sample, names)
    by_unit = PanelInfluence(sample, compared, regressors, method)
    return joint(by_unit, sample, signs, draws), sizes, by_unit.lacking, regressors.moving


def _from_queries(
    sample: Sample, compared: list[Cell], signs: np.random.Generator | None
) -> tuple[Joint, Sizes, Lacking, tuple[str, ...]]:
    """Estimate from what queries tell of a panel whose rows are not in memory."""
    panel = sample.panel
    if signs is not None:
        raise PanelError(
            "the bootstrap gives every unit a sign, and the rows are not in memory",
            hint="use inference='analytic' (with a seed for a uniform band), or "
            "Panel(..., engine='memory')",
        )
    if sample.balanced and panel.balanced and not panel.weighted and not panel.clustered:
        found = from_moments(sample.moments, compared, sample.treated)
        return found, _sizes(sample, compared), [], ()
    joined, sizes, lacking = from_profile(sample, compared)
    return joined, sizes, lacking, ()


def _sizes(sample: Sample, compared: list[Cell]) -> Sizes:
    """Count the treated and compared units of each cell of a balanced sample."""
    count = sample.panel.cohort_sizes
    return [(count[cell.cohort], sum(count[h] for h in cell.controls)) for cell in compared]


def _check_clusters(sample: Sample) -> None:
    if sample.panel.clustered and sample.panel.n_clusters < 2:
        raise PanelError(
            f"there is only one cluster in column '{sample.panel.names['cluster']}'",
            hint="cluster by the unit (cluster=None), or by a column with more values",
        )


def _check_options(
    method: Any,
    control: Any,
    base_period: Any,
    inference: Any,
    anticipation: Any,
    alpha: Any,
    draws: Any,
) -> None:
    """Refuse options that do not exist."""
    check_choice("method", method, ("dr", "ipw", "reg"))
    check_choice("control", control, ("never", "not_yet"))
    check_choice("base_period", base_period, ("varying", "universal"))
    check_choice("inference", inference, ("analytic", "bootstrap"))
    whole_number("anticipation", anticipation, 0)
    check_alpha(alpha)
    if whole_number("draws", draws) < 100:
        raise EvalkitError(f"{draws} draws are too few", hint="give 100 or more; 999 is usual")
