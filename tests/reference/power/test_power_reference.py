"""Against statsmodels.stats.power, a dense covariance matrix and the table of Bloom (1995).

statsmodels is other software for the power of a normal test; the variance of a design is that of
the contrast itself, with the covariance of every pair of observations written out.
"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower, TTestPower

from evalkit.checks import power, power_of_design


@pytest.mark.parametrize("wanted", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.1])
def test_the_least_effect_is_that_of_statsmodels(alpha, wanted):
    error = 0.37
    mde = power(error, wanted=wanted, alpha=alpha).figures["mde"]
    # One sample of one observation has an effect over its error as its effect size. Bloom's
    # formula leaves the far tail out, so it is the one-sided test of alpha / 2.
    reached = NormalIndPower(ddof=0).power(
        mde / error, nobs1=1, alpha=alpha / 2, ratio=0, alternative="larger"
    )
    assert reached == pytest.approx(wanted, rel=1e-10)


@pytest.mark.parametrize("alpha", [0.01, 0.05])
def test_the_curve_is_that_of_statsmodels(alpha):
    """Both tails count in the table."""
    found = power(2.0, alpha=alpha).table
    theirs = [
        NormalIndPower(ddof=0).power(effect / 2.0, nobs1=1, alpha=alpha, ratio=0)
        for effect in found["effect"]
    ]
    np.testing.assert_allclose(found["power"], theirs, rtol=1e-10)


@pytest.mark.parametrize(("df", "within"), [(8, 0.02), (30, 0.005), (200, 0.001)])
def test_with_a_t_the_least_effect_is_close_to_that_of_the_non_central_t(df, within):
    """Bloom's sum of two quantiles shifts a central t; the exact law of the test is non-central."""
    mde = power(1.0, df=df).figures["mde"]
    solved = TTestPower().solve_power(
        nobs=df + 1, alpha=0.025, power=0.8, alternative="larger"
    ) * np.sqrt(df + 1)
    assert mde == pytest.approx(solved, rel=within)


def test_the_multiples_of_bloom():
    """Bloom (1995): 2.8 errors in a two-sided test at 5% with 80% power, and 2.49 one-sided."""
    assert round(power(1.0).figures["mde"], 2) == 2.80
    assert round(power(1.0, alpha=0.10).figures["mde"], 2) == 2.49


@pytest.mark.parametrize(
    ("pre", "post", "rho", "size", "icc", "share"),
    [(1, 1, 0.0, 1, 0.0, 0.5), (3, 4, 0.6, 1, 0.0, 0.25), (5, 2, -0.3, 4, 0.2, 0.5)],
)
def test_a_design_has_the_variance_of_its_contrast(pre, post, rho, size, icc, share):
    """Mean change of the treated less that of the others, c'Vc with V = clusters x AR(1)."""
    units, variance = 24, 1.7
    periods = pre + post
    gap = np.abs(np.subtract.outer(np.arange(periods), np.arange(periods)))
    in_time = np.where(gap == 0, 1.0, np.power(rho, np.maximum(gap, 1.0)) if rho >= 0
                       else np.sign(rho) ** gap * np.abs(rho) ** gap)  # fmt: skip
    cluster = np.arange(units) // size
    alike = np.where(cluster[:, None] == cluster[None, :], icc, 0.0)
    np.fill_diagonal(alike, 1.0)
    V = variance * np.kron(alike, in_time)
    treated = np.arange(units) < share * units
    by_unit = np.where(treated, 1 / treated.sum(), -1 / (~treated).sum())
    by_period = np.r_[np.full(pre, -1 / pre), np.full(post, 1 / post)]
    c = np.kron(by_unit, by_period)
    found = power_of_design(
        units, pre=pre, post=post, variance=variance, treated=share, autocorrelation=rho,
        cluster_size=size, icc=icc,
    ).figures  # fmt: skip
    assert found["std_error"] == pytest.approx(np.sqrt(c @ V @ c), rel=1e-10)
    law = stats.t(units / size - 2)
    assert found["mde"] == pytest.approx(
        (law.isf(0.025) + law.ppf(0.8)) * found["std_error"], rel=1e-10
    )


def test_the_stated_power_is_reached_in_a_simulation():
    found = power_of_design(40, pre=3, post=2, variance=1.0, autocorrelation=0.4)
    random = np.random.default_rng(2)
    gap = np.abs(np.subtract.outer(np.arange(5), np.arange(5)))
    errors = random.multivariate_normal(np.zeros(5), 0.4**gap, size=(20_000, 40))
    change = errors[:, :, 3:].mean(axis=2) - errors[:, :, :3].mean(axis=2)
    change[:, :20] += found.figures["mde"]
    tests = stats.ttest_ind(change[:, :20], change[:, 20:], axis=1)
    assert np.mean(tests.pvalue < 0.05) == pytest.approx(0.8, abs=0.015)
