"""The error that a design will have before there are data, and the least effect that shows then.

It loads neither data frames nor distributions: a report of plans needs the number alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, stdtrit

from evalkit.errors import EvalkitError


class DesignError(NamedTuple):
    """The standard error of a design.

    Attributes
    ----------
    std_error
        In the unit of the outcome.
    design_effect
        By how much clusters make its square larger.
    clusters
        How many there are; units, when treatment is not given to clusters.
    """

    std_error: float
    design_effect: float
    clusters: float


def design_error(
    units: int,
    *,
    pre: int,
    post: int,
    variance: float,
    treated: float = 0.5,
    autocorrelation: float = 0.0,
    cluster_size: int = 1,
    icc: float = 0.0,
) -> DesignError:
    """Compute the standard error of a comparison over time; see :func:`power_of_design`.

    Raises
    ------
    EvalkitError
        A number lies outside its range, or there are fewer than three clusters.

    Examples
    --------
    >>> round(design_error(100, pre=1, post=1, variance=1.0).std_error, 4)  # sqrt(2 / (0.25 * 100))
    0.2828
    """
    _refuse(units, pre, post, variance, treated, autocorrelation, cluster_size, icc)
    clusters = units / cluster_size
    if clusters < 3:
        raise EvalkitError(f"{clusters:g} clusters are too few", hint="three at the least")
    least = min(treated, 1 - treated) * clusters
    if least < 1 - 1e-9:
        side = "treated" if treated <= 0.5 else "untreated"
        raise EvalkitError(
            f"a treated share of {treated:g} of {clusters:g} clusters or units is too few: "
            f"{least:.2g} of them {side}",
            hint="one at the least on each side: give another share, or more units",
        )
    before, after, across = _covariances(pre, post, autocorrelation)
    spread = (pre + post) / (pre * post) + (pre - 1) / pre * before
    spread += (post - 1) / post * after - 2 * across
    deff = 1 + (cluster_size - 1) * icc
    error = float(np.sqrt(deff * variance * spread / (treated * (1 - treated) * units)))
    return DesignError(error, deff, clusters)


def least_effect(error: float, *, wanted: float, alpha: float, df: float | None) -> float:
    """Compute the least effect that an error lets one find, with the power that is `wanted`.

    Examples
    --------
    >>> round(least_effect(1.0, wanted=0.8, alpha=0.05, df=None), 4)
    2.8016
    """
    low, high = (ndtri(p) if df is None else stdtrit(df, p) for p in (alpha / 2, wanted))
    return float(high - low) * error


def _covariances(pre: int, post: int, autocorrelation: float) -> tuple[float, float, float]:
    """Mean correlation of errors of different periods before, after, and across treatment."""
    time = np.arange(pre + post)
    gap = np.abs(time[:, None] - time[None, :])
    matrix = np.where(gap == 0, 1.0, float(autocorrelation) ** np.maximum(gap, 1))
    first, last = matrix[:pre, :pre], matrix[pre:, pre:]
    before = (first.sum() - pre) / (pre * (pre - 1)) if pre > 1 else 0.0
    after = (last.sum() - post) / (post * (post - 1)) if post > 1 else 0.0
    return float(before), float(after), float(matrix[:pre, pre:].mean())


def _refuse(
    units: int,
    pre: int,
    post: int,
    variance: float,
    treated: float,
    autocorrelation: float,
    cluster_size: int,
    icc: float,
) -> None:
    wrong = {
        f"{units} units": units < 3,
        f"{pre} periods before treatment": pre < 1,
        f"{post} periods after treatment": post < 1,
        f"a variance of {variance:g}": not (np.isfinite(variance) and variance > 0),
        f"a treated share of {treated:g}": not 0 < treated < 1,
        f"an autocorrelation of {autocorrelation:g}": not -1 < autocorrelation < 1,
        f"a cluster size of {cluster_size}": cluster_size < 1,
        f"an intra-cluster correlation of {icc:g}": not 0 <= icc <= 1,
    }
    for what, is_wrong in wrong.items():
        if is_wrong:
            raise EvalkitError(f"{what} is out of range")
