import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit.checks import pretrends
from evalkit.did import group_time
from evalkit.did.effect import Effect
from evalkit.did.inference import Inference
from evalkit.errors import EvalkitError
from evalkit.panel import Panel

from .conftest import make_study

TIMES = [-4, -3, -2, 0, 1]


def test_by_hand():
    # Independent errors of 0.1: W = (0.1^2 + 0.2^2 + 0.1^2) / 0.1^2 = 6 on 3 degrees of freedom.
    found = pretrends(make_study(TIMES, [0.1, -0.2, 0.1, 2, 2], 0.01 * np.eye(5)))
    assert found.figures["statistic"] == pytest.approx(6.0)
    assert found.figures["p_value"] == pytest.approx(stats.chi2.sf(6.0, 3))
    # A slope of 1 from the base -1 shows as -3, -2, -1: non-centrality 14 / 0.01 slope^2.
    slope = found.figures["slope_80"]
    power = stats.ncx2.sf(stats.chi2.isf(0.05, 3), 3, slope**2 * 1400)
    assert power == pytest.approx(0.8)
    # The bias at event times 0 and 1 is 1 and 2 slopes, on average 1.5.
    assert found.figures["bias_80"] == pytest.approx(1.5 * slope)
    assert found.figures["average_effect"] == pytest.approx(2.0)
    assert found.outcome == "passed"


def test_rejects_a_trend():
    found = pretrends(make_study(TIMES, [-0.6, -0.4, -0.2, 2, 2], 0.01 * np.eye(5)))
    assert found.outcome == "failed"
    assert "p < 0.001" in found.says


def test_a_weak_test_is_not_decisive():
    found = pretrends(make_study(TIMES, [0.1, -0.2, 0.1, 0.4, 0.4], np.diag([1, 1, 1, 0.01, 0.01])))
    assert found.outcome == "not decisive"


def test_power_is_that_against_the_trend_that_would_overturn_the_finding():
    # An effect of 2 is undone by a bias of 2: a slope of 2 / 1.5 a period, 14 / 0.01 along it.
    found = pretrends(make_study(TIMES, [0.1, -0.2, 0.1, 2, 2], 0.01 * np.eye(5)), relevant=0.1)
    assert found.figures["matters"] == pytest.approx(2.0)
    power = stats.ncx2.sf(stats.chi2.isf(0.05, 3), 3, (2 / 1.5) ** 2 * 1400)
    assert found.figures["power"] == pytest.approx(power)


@pytest.mark.parametrize(
    ("relevant", "matters", "outcome"),
    [(None, 0.1386, "passed"), (0.05, 0.05, "not decisive"), (-0.5, 0.5, "passed")],
)
def test_without_an_effect_it_is_the_effect_that_matters_which_may_not_hide(
    relevant, matters, outcome
):
    # The average of two effects with errors of 0.1 has one of 0.0707, a margin of 0.1386.
    study = make_study(TIMES, [0.1, -0.1, 0.1, 0.01, 0.01], 0.01 * np.eye(5))
    found = pretrends(study, relevant=relevant)
    assert found.figures["matters"] == pytest.approx(matters, abs=1e-4)
    assert found.outcome == outcome
    assert (found.figures["power"] >= 0.8) == (outcome == "passed")


@pytest.mark.parametrize("relevant", [0, float("nan"), "much", True])
def test_an_effect_that_cannot_matter_is_refused(relevant):
    study = make_study(TIMES, [0.1, -0.1, 0.1, 0.01, 0.01], 0.01 * np.eye(5))
    with pytest.raises(EvalkitError, match="relevant is"):
        pretrends(study, relevant=relevant)


def test_degrees_of_freedom_make_it_an_f_test():
    found = pretrends(make_study(TIMES, [0.1, -0.2, 0.1, 2, 2], 0.01 * np.eye(5), df=9))
    assert found.figures["p_value"] == pytest.approx(stats.f.sf(2.0, 3, 9))
    slope = found.figures["slope_50"]
    assert stats.ncf.sf(stats.f.isf(0.05, 3, 9), 3, 9, slope**2 * 1400) == pytest.approx(0.5)


def test_power_and_bias_after_passing_are_those_of_a_simulation():
    random = np.random.default_rng(0)
    root = random.normal(size=(5, 8))
    sigma = root @ root.T / 8
    found = pretrends(make_study(TIMES, np.zeros(5), sigma)).figures
    violation = np.array([-3, -2, -1, 1, 2]) * found["slope_50"]
    draws = random.multivariate_normal(violation, sigma, size=400_000)
    pre = draws[:, :3]
    wald = np.einsum("ij,jk,ik->i", pre, np.linalg.inv(sigma[:3, :3]), pre)
    passed = wald <= stats.chi2.isf(0.05, 3)
    assert passed.mean() == pytest.approx(0.5, abs=0.004)
    bias = draws[passed, 3:].mean()
    assert bias == pytest.approx(found["bias_if_passed_50"], rel=0.01)


def test_a_varying_base_sees_a_trend_as_a_constant():
    found = pretrends(make_study([-3, -2, -1, 0], [0.1, 0, 0, 2], 0.01 * np.eye(4)))
    slope = found.figures["slope_80"]
    power = stats.ncx2.sf(stats.chi2.isf(0.05, 3), 3, slope**2 * 300)
    assert power == pytest.approx(0.8)
    assert found.figures["bias_80"] == pytest.approx(slope)
    assert "varying base" in found.notes[0]


@pytest.mark.parametrize(
    ("times", "estimate", "outcome"),
    [
        ([0, 1], [2, 2], "not decisive"),
        ([-2, 0], [0.1, 2], "not decisive"),
        ([-2, 0], [1.0, 2], "failed"),
        ([-3, -2], [0.1, 0.1], "not decisive"),
    ],
)
def test_few_periods(times, estimate, outcome):
    found = pretrends(make_study(times, estimate, 0.01 * np.eye(len(times))))
    assert found.outcome == outcome
    assert found.to_json()


def test_a_singular_covariance_is_named():
    sigma = 0.01 * np.eye(5)
    sigma[0, 1] = sigma[1, 0] = 0.01
    found = pretrends(make_study(TIMES, [0.1, 0.1, 0.1, 2, 2], sigma))
    assert found.figures["df"] == 2
    assert "rank 2" in found.notes[0]


def test_the_base_row_is_not_an_estimate():
    sigma = np.diag([0.01, 0.01, 0, 0.01])
    study = make_study([-3, -2, -1, 0], [0.1, 0.1, 0.0, 2], sigma)
    assert pretrends(study).figures["pre_periods"] == 2


def test_rescaling_and_order_change_nothing():
    random = np.random.default_rng(3)
    root = random.normal(size=(5, 9))
    sigma, estimate = root @ root.T, random.normal(size=5)
    first = pretrends(make_study(TIMES, estimate, sigma))
    order = [4, 1, 3, 0, 2]
    mixed = make_study(
        [TIMES[i] for i in order], 10 * estimate[order], 100 * sigma[np.ix_(order, order)]
    )
    second = pretrends(mixed)
    assert second.figures["p_value"] == pytest.approx(first.figures["p_value"])
    assert second.figures["slope_80"] == pytest.approx(10 * first.figures["slope_80"])
    assert second.outcome == first.outcome


def test_refusals():
    study = make_study(TIMES, np.ones(5), np.eye(5))
    without = Effect(study.method, "y", study.table.drop(columns="event_time"), study.inference)
    with pytest.raises(EvalkitError, match="no event times"):
        pretrends(without)
    bare = Effect(study.method, "y", study.table, study.inference)
    with pytest.raises(EvalkitError, match="no covariance"):
        pretrends(bare)
    twice = make_study([-2, -2, 0], np.ones(3), np.eye(3))
    with pytest.raises(EvalkitError, match="several estimates"):
        pretrends(twice)


@pytest.mark.parametrize(("clusters", "estimates", "noted"), [(50, 3, 1), (51, 3, 0), (50, 1, 0)])
def test_few_clusters_for_a_joint_test_have_a_note(clusters, estimates, noted):
    times = TIMES[3 - estimates :]
    study = make_study(times, np.arange(len(times)) / 10, 0.01 * np.eye(len(times)))
    found = pretrends(replace(study, inference=Inference("analytic", "unit", clusters)))
    assert sum("clusters are few for a joint test" in note for note in found.notes) == noted


def test_a_base_that_differs_between_cohorts_gives_no_power():
    random = np.random.default_rng(5)
    starts = np.repeat([0, 2003, 2008], 40)
    for years, mixed in (([2000, 2001, 2002, 2003, 2004], False),
                         ([2000, 2001, 2003, 2004, 2008, 2009], True)):  # fmt: skip
        cohorts = starts if mixed else np.where(starts == 2008, 2004, starts)
        frame = pd.DataFrame({
            "unit": np.repeat(np.arange(120), len(years)), "year": years * 120,
            "start": np.repeat(cohorts, len(years)),
        })  # fmt: skip
        frame["y"] = random.normal(size=len(frame))
        panel = Panel(frame, unit="unit", time="year", outcome="y", cohort="start")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = pretrends(group_time(panel, base_period="universal"))
        assert ("bias_80" not in found.figures) == mixed
        assert ("power" not in found.figures) == mixed
        if mixed:
            assert found.outcome == "not decisive"
            assert "cannot be told" in found.says
