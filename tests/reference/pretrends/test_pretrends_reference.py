"""Against pyfixest's joint test, and power against sums and integrals done another way.

`make_numbers.py` made `numbers.json` with pyfixest on mpdta. There is no other software for the
power of the joint test (R's pretrends computes that of another rule), so the non-central
chi-squared is summed as a Poisson mixture and the mean after passing is integrated.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

from evalkit.checks import pretrends
from evalkit.did import event_study
from evalkit.panel import Panel

HERE = Path(__file__).parent
NUMBERS = json.loads((HERE / "numbers.json").read_text())["numbers"]


def mpdta(by):
    frame = pd.read_csv(HERE.parent / "data" / "mpdta.csv")
    frame["state"] = frame["countyreal"] // 1000
    cluster = None if by == "countyreal" else by
    return event_study(
        Panel(
            frame, unit="countyreal", time="year", outcome="lemp", cohort="first.treat",
            cluster=cluster,
        )
    )  # fmt: skip


@pytest.mark.parametrize("by", NUMBERS)
def test_the_joint_test_is_that_of_pyfixest(by):
    found, theirs = pretrends(mpdta(by)).figures, NUMBERS[by]
    assert found["statistic"] == pytest.approx(theirs["statistic"], rel=1e-8)
    count = theirs["restrictions"]
    assert found["df"] == found["pre_periods"] == count
    # fixest tests with F(k, G - 1).
    law = stats.f(count, theirs["clusters"] - 1)
    assert found["p_value"] == pytest.approx(law.sf(theirs["statistic"] / count), rel=1e-8)
    for name in ("average_effect", "average_std_error"):
        assert found[name] == pytest.approx(theirs[name], rel=1e-8)


def poisson_mixture(law, centre):
    """Sum P(k + 2j) over j ~ Poisson(centre / 2): the definition of a non-central law."""
    j = np.arange(400)
    return float((stats.poisson.pmf(j, centre / 2) * law(j)).sum())


@pytest.mark.parametrize("share", [50, 80])
def test_power_is_a_poisson_mixture(share):
    """Of the F law with G - 1 degrees of freedom that the errors state."""
    effect = mpdta("state")
    found = pretrends(effect).figures
    pre = [term for term, e in zip(effect.table["term"], effect.table["event_time"], strict=True)
           if e < -1]  # fmt: skip
    block = effect.covariance.loc[pre, pre].to_numpy()
    line = found[f"slope_{share}"] * np.array([-3.0, -2.0, -1.0])
    centre = line @ np.linalg.solve(block, line)
    k, df = len(pre), effect.inference.df
    limit = stats.f.isf(0.05, k, df) * k / df

    def beyond(j):
        # chi2(k + 2j) / chi2(df) > limit, as a share of a beta variable
        return stats.beta.sf(limit / (1 + limit), k / 2 + j, df / 2)

    assert poisson_mixture(beyond, centre) == pytest.approx(share / 100, rel=1e-8)
    assert found[f"bias_{share}"] == pytest.approx(found[f"slope_{share}"] * 2.5, rel=1e-12)


def test_the_mean_after_passing_is_that_of_an_integral():
    """Two pre-periods: the normal density over the disc that the test does not reject."""
    sigma = np.array([[0.04, 0.01, 0.008], [0.01, 0.03, 0.012], [0.008, 0.012, 0.05]])
    from tests.unit.checks.conftest import make_study

    found = pretrends(make_study([-3, -2, 0], [0.0, 0.0, 1.0], sigma)).figures
    root = np.linalg.cholesky(sigma[:2, :2])
    for share in (50, 80):
        slope = found[f"slope_{share}"]
        mean = np.linalg.solve(root, slope * np.array([-2.0, -1.0]))
        radius = np.sqrt(stats.chi2.isf(0.05, 2))

        def density(r, angle, mean=mean):
            x = r * np.array([np.cos(angle), np.sin(angle)])
            return r * np.exp(-((x - mean) ** 2).sum() / 2) / (2 * np.pi)

        def moment(part, density=density, radius=radius):
            return integrate.dblquad(
                lambda r, a: density(r, a) * (1.0, r * np.cos(a), r * np.sin(a))[part],
                0, 2 * np.pi, 0, radius, epsabs=1e-12, epsrel=1e-12,
            )[0]  # fmt: skip

        passed = moment(0)
        assert passed == pytest.approx(1 - share / 100, abs=1e-9)
        kept = np.array([moment(1), moment(2)]) / passed
        # The effect follows the pre-periods by its regression on them.
        follows = np.linalg.solve(root.T, np.linalg.solve(root, sigma[:2, 2]))
        expected = slope + follows @ (root @ kept - slope * np.array([-2.0, -1.0]))
        assert found[f"bias_if_passed_{share}"] == pytest.approx(expected, rel=1e-7)
