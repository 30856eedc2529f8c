"""Power: the least effect that a design can find."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from evalkit.checks.design_error import design_error, least_effect
from evalkit.checks.footing import rests_on_few
from evalkit.checks.power_method import METHOD
from evalkit.checks.result import CheckResult, Outcome
from evalkit.checks.single import single
from evalkit.did.drawing import PETROL_900, Axes, axes, head, name_value
from evalkit.did.options import check_alpha, smallest_effect, whole_number
from evalkit.errors import EvalkitError
from evalkit.language.told import told

__all__ = ["METHOD", "Power", "power", "power_of_design"]


class Power(CheckResult):
    """The result of :func:`power` and :func:`power_of_design`."""

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the power against the size of the effect."""
        if self.table.empty:
            raise EvalkitError("power without a standard error has no picture", hint="see `says`")
        ax = axes(ax)
        ax.plot(self.table["effect"], self.table["power"], color=PETROL_900, linewidth=1.8)
        name_value(ax, self.figures["mde"], f"least effect found: {self.figures['mde']:.3g}")
        ax.set_xlabel("true effect")
        ax.set_ylim(0, 1.02)
        head(ax, "power", named=True)
        return ax


def power(
    effect: Any,
    *,
    relevant: float | None = None,
    wanted: float = 0.8,
    alpha: float | None = None,
    df: float | None = None,
) -> Power:
    """Compute the least effect that an estimate could have found.

    Parameters
    ----------
    effect
        A standard error, or an Effect of which the one number is taken.
    relevant
        The least effect that matters, in the unit of the outcome.
    wanted
        Power asked for.
    alpha
        Size of the two-sided test; by default 0.05, or that of the effect.
    df
        Degrees of freedom; by default those of the effect, or the normal distribution.

    Returns
    -------
    Power
        The rule for passed and failed stands in ``METHOD.edge_cases``; the figure `mde` is the
        minimum detectable effect, and the table gives power by size of the effect.

    Raises
    ------
    EvalkitError
        A number given as standard error is missing or not above 0, or a share lies outside
        (0, 1), or `relevant` is nought.

    Notes
    -----
    The estimate is close to normal, or t with the degrees of freedom given.

    References
    ----------
    Bloom (1995), Evaluation Review 19(5), 547-556.

    Examples
    --------
    >>> import evalkit as ek
    >>> round(ek.checks.power(1.0).figures["mde"], 4)
    2.8016
    """
    level = 0.05 if alpha is None else check_alpha(alpha)
    if isinstance(effect, int | float | np.floating):
        return _result(float(effect), relevant, wanted, level, df, {})
    found = single(effect)
    if not found.known:
        return Power(
            METHOD,
            "not decisive",
            told("single.no-error"),
            pd.DataFrame(columns=["effect", "power"]),
        )
    if rests_on_few(effect):
        return Power(
            METHOD,
            "not decisive",
            told("single.too-few"),
            pd.DataFrame(columns=["effect", "power"]),
        )
    level = effect.inference.alpha if alpha is None else level
    return _result(found.std_error, relevant, wanted, level, found.df if df is None else df, {})


def power_of_design(
    units: int,
    *,
    pre: int,
    post: int,
    variance: float,
    treated: float = 0.5,
    autocorrelation: float = 0.0,
    cluster_size: int = 1,
    icc: float = 0.0,
    relevant: float | None = None,
    wanted: float = 0.8,
    alpha: float = 0.05,
) -> Power:
    """Compute the least effect that a design will find, before there are data.

    Parameters
    ----------
    units
        Number of units, treated and not.
    pre, post
        Number of periods before and after treatment.
    variance
        Variance of the error once unit and period effects are out, in squared outcome units.
    treated
        Share of treated units.
    autocorrelation
        Correlation of a unit's errors in adjacent periods; it falls geometrically with distance.
    cluster_size
        Units per cluster, when treatment is given to clusters.
    icc
        Correlation of errors of two units of a cluster.
    relevant, wanted, alpha
        As in :func:`power`.

    Returns
    -------
    Power
        With t distribution of (clusters - 2) degrees of freedom, as in a comparison of means.

    Raises
    ------
    EvalkitError
        A number lies outside its range, or there are fewer than three clusters.

    Notes
    -----
    One date of treatment; errors of equal variance, alike in both groups, whose correlation in
    time is that of an AR(1).

    References
    ----------
    Burlig, Preonas & Woerman (2020), Journal of Development Economics 144, equation 2.

    Examples
    --------
    >>> import evalkit as ek
    >>> design = ek.checks.power_of_design(100, pre=1, post=1, variance=1.0)
    >>> round(design.figures["std_error"], 4)  # sqrt(2 / (0.25 * 100))
    0.2828
    """
    check_alpha(alpha)
    for what, value in (("units", units), ("pre", pre), ("post", post)):
        whole_number(what, value)
    design = design_error(
        units,
        pre=pre,
        post=post,
        variance=variance,
        treated=treated,
        autocorrelation=autocorrelation,
        cluster_size=cluster_size,
        icc=icc,
    )
    return _result(design.std_error, relevant, wanted, alpha, design.clusters - 2, design._asdict())


def _result(
    error: float,
    relevant: float | None,
    wanted: float,
    alpha: float,
    df: float | None,
    figures: dict[str, float],
) -> Power:
    if not (np.isfinite(error) and error > 0):
        raise EvalkitError(
            f"a standard error of {error:g} says nothing of power", hint="it must be above 0"
        )
    if not (0 < alpha < wanted < 1):
        raise EvalkitError(
            f"a power of {wanted:g} at a size of {alpha:g} is out of range",
            hint="0 < alpha < wanted < 1",
        )
    law = stats.norm if df is None else stats.t(df)
    critical = float(law.isf(alpha / 2))
    mde = least_effect(error, wanted=wanted, alpha=alpha, df=df)
    sizes = np.linspace(0, 2 * mde, 21)
    reached = law.sf(critical - sizes / error) + law.cdf(-critical - sizes / error)
    table = pd.DataFrame({"effect": sizes, "power": reached})
    figures = {"mde": mde, "std_error": error, **figures}
    found = told("power.found", mde=mde, wanted=wanted, alpha=alpha)
    relevant = smallest_effect(relevant)
    if relevant is None:
        return Power(METHOD, "not decisive", told("power.open", found=found), table, figures)
    figures["relevant"] = relevant
    outcome: Outcome = "passed" if mde <= relevant else "failed"
    key = told(
        "power.passed" if outcome == "passed" else "power.failed", found=found, relevant=relevant
    )
    return Power(METHOD, outcome, key, table, figures)
