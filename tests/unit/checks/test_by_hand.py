"""Diagnostics worked out on paper: tables so small that every step stands in the docstring.

Those of pretrends, placebo dates, randomisation, jackknife, overlap, honest and power stand with
the other tests of these.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit.checks import (
    composition,
    leave_one_out,
    placebo_groups,
    power_of_design,
    wild_bootstrap,
)
from evalkit.panel import Panel

from .conftest import plain_did

NAMES = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}


def units(*paths, g, **columns):
    """One path of outcomes a unit, over periods 1, 2 and so on."""
    periods = len(paths[0])
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(len(paths)), periods),
            "t": np.tile(np.arange(1, periods + 1), len(paths)),
            "y": np.ravel(paths).astype(float),
            "g": np.repeat(g, periods),
        }
    )
    return frame.assign(**{name: np.repeat(one, periods) for name, one in columns.items()})


def test_wild_bootstrap():
    """The treated change by 6 and 0, the others by 1 and -1: the effect is 3.

    Residuals within groups are 3, -3 and 1, -1, so its bare variance is 18/4 + 2/4 = 5. Under the
    null all change by 1.5, and the residuals are 4.5 and -1.5, -0.5 and -2.5. Signing these alike
    or not within each group gives sums of the treated of 3 or 6 (squared differences 36 or 9), of
    the others of 3 or 2 (4 or 9). With half their sum as the effect and an eighth of the squared
    differences as its variance, the squared statistics are, each in two of the 16 sign vectors:

    alike, alike: 3^2/5 = 1.8 and 0; alike, not: 2.5^2/5.625 = 1.11 and 0.04;
    not, alike: 4.5^2/1.625 = 12.46 and 1.38; neither: 4^2/2.25 = 7.11 and 2^2/2.25 = 1.78.

    Six are 1.8 or more.
    """
    frame = units((0, 6), (0, 0), (0, 1), (0, -1), g=[2, 2, 0, 0])
    found = wild_bootstrap(Panel(frame, **NAMES))
    assert found.table["estimate"][0] == pytest.approx(3)
    assert found.figures["p_value"] == 6 / 16
    assert found.figures["least_p_value"] == 2 / 16
    # n = 8 rows, K = 3 (slope, two periods), G = 4: 7/5 x 4/3.
    error = np.sqrt(5 * 7 / 5 * 4 / 3)
    assert found.table["std_error"][0] == pytest.approx(error)
    assert found.figures["p_value_t"] == pytest.approx(2 * stats.t(3).sf(3 / error))
    assert found.outcome == "not decisive"


def test_leave_one_out():
    """Cohort 2 changes by 4 and 6 against 0 and 1, cohort 3 by 2 and 4 against 0 and 0.5.

    That is 4.5 and 2.75. The two weigh the same: 3.625 in all, 2.75 without cohort 2, 4.5 without
    cohort 3.
    """
    frame = units(
        (0, 4, 4), (0, 6, 6), (0, 0, 2), (0, 0, 4), (0, 0, 0), (0, 1, 1), g=[2, 2, 3, 3, 0, 0]
    )
    found = leave_one_out(Panel(frame, **NAMES), plain_did)
    assert found.figures["estimate"] == pytest.approx(3.625)
    assert found.table["estimate"].tolist() == pytest.approx([2.75, 4.5])
    assert found.table["change"].tolist() == pytest.approx([-0.875, 0.875])
    assert found.table["units_left_out"].tolist() == [2, 2]
    assert found.outcome == "not decisive"  # two treated units are too few for an error


def test_placebo_groups():
    """Five towns of two untreated units that change by k - 1 and k + 1, k = 0, 3, 6, 9 and 12.

    Called treated, a town stands against the other four, whose mean is (30 - k) / 4. Its effect
    is 1.25 (k - 6): -7.5, -3.75, 0, 3.75 and 7.5, with a standard deviation of 3.75 x sqrt(2.5).
    The variance of two units is 2, of the others the squared distances to their mean over seven.
    """
    middle = np.repeat([0, 3, 6, 9, 12], 2)
    changes = middle + np.tile([-1, 1], 5)
    towns = np.repeat(["a", "b", "c", "d", "e"], 2)
    frame = units(
        *[(0, one) for one in changes], (0, 50), (0, 60),
        g=[0] * 10 + [2, 2], town=[*towns, "z", "z"],
    )  # fmt: skip
    found = placebo_groups(Panel(frame, **NAMES), plain_did, groups="town")
    assert found.table["term"].tolist() == ["a", "b", "c", "d", "e"]
    assert found.table["estimate"].tolist() == pytest.approx([-7.5, -3.75, 0, 3.75, 7.5])
    # Of the others: eight residuals of one, and twice the spread of the four middles.
    spreads = [8 + 2 * one for one in (45, 78.75, 90, 78.75, 45)]
    errors = [np.sqrt(2 / 2 + one / 7 / 8) for one in spreads]
    assert found.table["std_error"].tolist() == pytest.approx(errors)
    ratio = 3.75 * np.sqrt(2.5) / np.mean(errors)
    assert found.figures["error_ratio"] == pytest.approx(ratio)


def test_composition():
    """Of the treated x goes from 1 and 3 to 4 and 8, of the others from 0 and 2 to 1 and 3.

    The change is (6 - 2) - (2 - 1) = 3. Treatment without cohort and period effects is a quarter
    up or down in each row, so its square sums to 1/2. Residuals are -1 and 1, then -2 and 2, of
    the treated and -1 and 1 twice of the others: scores are -1/4, 1/4, 0 and 0. The variance is
    (1/8) / (1/4) = 1/2, times 4/3 for four clusters.
    """
    frame = units((0, 0), (0, 0), (0, 0), (0, 0), g=[2, 2, 0, 0])
    frame["x"] = [1.0, 4, 3, 8, 0, 1, 2, 3]
    row = composition(Panel(frame, **NAMES), "x").table.loc[0]
    assert row["change"] == pytest.approx(3)
    assert row["std_error"] == pytest.approx(np.sqrt(2 / 3))
    assert row["p_value"] == pytest.approx(2 * stats.t(3).sf(3 / np.sqrt(2 / 3)))
    # The mean of x is 22/8, of its square 104/8: the spread is the root of 13 - 7.5625.
    assert row["standardised"] == pytest.approx(3 / np.sqrt(13 - 7.5625))


def test_composition_with_weights():
    """The second treated unit weighs three: its cohort goes from 2.5 to 7, the others by 1: 3.5."""
    frame = units((0, 0), (0, 0), (0, 0), (0, 0), g=[2, 2, 0, 0], w=[1.0, 3, 1, 1])
    frame["x"] = [1.0, 4, 3, 8, 0, 1, 2, 3]
    row = composition(Panel(frame, **NAMES, weights="w"), "x").table.loc[0]
    assert row["change"] == pytest.approx(3.5)


def test_power_of_a_design():
    """Two periods before and one after, correlated 0.5 and 0.25: 3/2 + 0.5/2 - 2 x 0.375 = 1.

    Twenty units, half of them treated: a variance of 1 / (20/4) = 0.2, and 18 degrees of freedom.
    """
    found = power_of_design(20, pre=2, post=1, variance=1.0, autocorrelation=0.5).figures
    assert found["std_error"] == pytest.approx(np.sqrt(0.2))
    # The quantiles of t(18) stand in every table: 2.101 (97.5%) and 0.862 (80%).
    assert found["mde"] == pytest.approx((2.101 + 0.862) * np.sqrt(0.2), rel=1e-3)
