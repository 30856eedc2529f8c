"""The Wald test of estimates before treatment, with its power."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq


@dataclass(frozen=True, slots=True)
class Wald:
    """The joint test of some estimates, and its power against a trend.

    Attributes
    ----------
    statistic
        The quadratic form of the estimates.
    rank
        How many of them it can tell apart.
    df
        Degrees of freedom of the errors; None for the chi-squared distribution.
    alpha
        Size of the test.
    along
        Non-centrality of a trend of 1 a period.
    """

    statistic: float
    rank: int
    df: float | None
    alpha: float
    along: float

    @property
    def p_value(self) -> float:
        """Chance of a statistic as large when all are nought."""
        if self.df is None:
            return float(stats.chi2.sf(self.statistic, self.rank))
        return float(stats.f.sf(self.statistic / self.rank, self.rank, self.df))

    @property
    def critical(self) -> float:
        """The statistic from which on the test rejects."""
        if self.df is None:
            return float(stats.chi2.isf(self.alpha, self.rank))
        return float(stats.f.isf(self.alpha, self.rank, self.df)) * self.rank

    def power(self, slope: float) -> float:
        """Chance that the test rejects under a trend of so much a period."""
        centre = slope**2 * self.along
        if self.df is None:
            return float(stats.ncx2.sf(self.critical, self.rank, centre))
        return float(stats.ncf.sf(self.critical / self.rank, self.rank, self.df, centre))

    def slope(self, power: float) -> float:
        """Find the slope that the test detects with a given power; infinite when it cannot."""
        if self.along <= 0:
            return float("inf")
        high = 1 / np.sqrt(self.along)
        while self.power(high) < power:
            high *= 2
        return float(brentq(lambda one: self.power(one) - power, 0.0, high, xtol=1e-14 * high))

    def kept(self, slope: float) -> float:
        """Mean pre-period estimate when the test passes, as a share of the violation.

        For z ~ N(m, I) in k dimensions E[z | z'z <= c] = m P(chi2_{k+2} <= c) / P(chi2_k <= c),
        both with non-centrality m'm.
        """
        centre = slope**2 * self.along
        above = stats.ncx2.cdf(self.critical, self.rank + 2, centre)
        return float(above / stats.ncx2.cdf(self.critical, self.rank, centre))
