"""The one number of an aggregate."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import ndtr, ndtri


@dataclass(frozen=True, slots=True)
class Overall:
    """One number for a whole aggregate, in the outcome's unit.

    Attributes
    ----------
    estimate, std_error, statistic, p_value, conf_low, conf_high
        As in the tidy frame.
    """

    estimate: float
    std_error: float
    statistic: float
    p_value: float
    conf_low: float
    conf_high: float


def overall_of(estimate: float, std_error: float, alpha: float) -> Overall:
    """Give the number with its test and interval; all are missing where the estimate is."""
    reach = float(ndtri(1 - alpha / 2)) * std_error
    statistic = estimate / std_error
    p_value = float(2 * ndtr(-abs(statistic)))
    return Overall(estimate, std_error, statistic, p_value, estimate - reach, estimate + reach)
