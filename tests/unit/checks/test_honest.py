from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from evalkit.checks import honest, honest_from, pretrends
from evalkit.checks.sensitivity.fixed_length import fixed_length
from evalkit.checks.sensitivity.vectors import breakdown_values
from evalkit.did.event_study import event_study
from evalkit.did.group_time import group_time
from evalkit.errors import EvalkitError
from evalkit.panel import Panel

from .conftest import make_study

TIMES = [-4, -3, -2, 0, 1]


def example(seed=0, n_pre=4, n_post=3, effect=3.0):
    random = np.random.default_rng(seed)
    total = n_pre + n_post
    root = random.normal(size=(total, 2 * total))
    estimate = random.normal(size=total) * 0.3
    estimate[n_pre:] += effect
    return estimate, root @ root.T / total / 20, n_pre, n_post


def test_one_pre_period_by_hand():
    # betahat = (-0.1, 1), independent errors of 0.1. A trend is taken away only by adding the
    # pre-period: 1 + (-0.1) = 0.9 with variance 0.02, and the bend at the base biases it by M.
    found = fixed_length(np.array([-0.1, 1.0]), 0.01 * np.eye(2), 1, np.ones(1), 0.3)
    assert found.centre == pytest.approx(0.9)
    assert found.std_error == pytest.approx(0.02**0.5)
    assert found.bias == pytest.approx(0.3)
    share = stats.norm.cdf((found.reach - 0.3) / 0.02**0.5)
    share -= stats.norm.cdf((-found.reach - 0.3) / 0.02**0.5)
    assert share == pytest.approx(0.95)


def test_without_a_violation_relative_magnitudes_give_the_original_interval():
    # With Mbar = 0 the test is that of |z|: its stages reject |z| > c with 2(1 - F(c)) = kappa,
    # and then (F(c) - F(|z|)) / (F(c) - 1/2) < (alpha - kappa) / (1 - kappa): F(|z|) > 0.975.
    table = honest_from(*example(n_post=1), mbar=[0])
    assert table.loc[1, "conf_low"] == pytest.approx(table.loc[0, "conf_low"], abs=1e-6)
    assert table.loc[1, "conf_high"] == pytest.approx(table.loc[0, "conf_high"], abs=1e-6)


def test_sets_grow_with_the_bound():
    table = honest_from(*example(), mbar=[0, 0.5, 1, 2, 4], smoothness=[0, 0.1, 0.2, 0.5, 1])
    relative = table[table["restriction"] == "relative magnitudes"]
    assert (np.diff(relative["conf_low"]) < 0).all()
    assert (np.diff(relative["conf_high"]) > 0).all()
    # Fixed-length intervals grow as well, but their centre moves.
    smooth = table[table["restriction"] == "smoothness"]
    assert (np.diff(smooth["conf_high"] - smooth["conf_low"]) > 0).all()


@pytest.mark.parametrize("seed", range(3))
def test_breakdown_values_are_where_the_sets_reach_nought(seed):
    given = example(seed)
    found = breakdown_values(*given)
    table = honest_from(*given, mbar=[found["breakdown_mbar"]], smoothness=[found["breakdown_m"]])
    assert table.loc[1, "conf_low"] == pytest.approx(0, abs=1e-4)
    assert table.loc[2, "conf_low"] == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("seed", range(3))
def test_sign_and_scale_carry_over(seed):
    estimate, sigma, n_pre, n_post = example(seed)
    weights = np.full(n_post, 1 / n_post)
    bounds = {"mbar": [0.5, 2], "smoothness": [0, 0.2]}
    table = honest_from(estimate, sigma, n_pre, n_post, weights, **bounds)
    bounds["smoothness"] = [0, 20.0]
    other = honest_from(-100 * estimate, 1e4 * sigma, n_pre, n_post, weights, **bounds)
    assert -other["conf_high"].to_numpy() / 100 == pytest.approx(
        table["conf_low"].to_numpy(), rel=1e-5
    )
    assert -other["conf_low"].to_numpy() / 100 == pytest.approx(
        table["conf_high"].to_numpy(), rel=1e-5
    )


def test_covers_when_the_violation_lies_in_the_set():
    """The worst linear trend has no bend: M = 0 covers 95% whatever its slope."""
    random = np.random.default_rng(4)
    n_pre, n_post = 3, 2
    _, sigma, *_ = example(1, n_pre, n_post)
    trend = 5.0 * np.array([-3, -2, -1, 1, 2])
    draws = random.multivariate_normal(trend, sigma, size=2000)
    weights = np.eye(n_post)[0]
    found = fixed_length(draws[0], sigma, n_pre, weights, 0.0)
    covered = np.abs(draws @ found.weights) <= found.reach
    assert covered.mean() == pytest.approx(0.95, abs=0.015)


def test_relative_magnitudes_cover():
    """The violation steps after treatment by exactly Mbar times the largest step before."""
    random = np.random.default_rng(5)
    sigma = 0.02 * (np.eye(4) + 0.5)
    violation = np.array([-1.0, -0.4, 0.6, 0.9])  # steps before 0.6 and 0.4; after 0.6
    covered = 0
    for draw in random.multivariate_normal(violation, sigma, size=80):
        row = honest_from(draw, sigma, 2, 2, mbar=[1.0]).loc[1]
        covered += row["conf_low"] <= 0 <= row["conf_high"]
    assert covered / 80 >= 0.9


def test_outcomes():
    sigma = 0.01 * np.eye(5)
    strong = honest(make_study(TIMES, [0.1, -0.1, 0.1, 3, 3], sigma), weights="first")
    assert strong.outcome == "passed"
    assert strong.figures["breakdown_mbar"] > 1
    assert f"{strong.figures['breakdown_mbar']:.3g} times" in strong.says
    weak = honest(make_study(TIMES, [-2.0, 1.0, -1.0, 1, 1], sigma), weights="first")
    assert weak.outcome == "failed"
    none = honest(make_study(TIMES, [0.1, -0.1, 0.1, 0.1, 3], sigma), weights="first")
    assert none.outcome == "not decisive"
    assert none.to_json()


def test_weights_choose_the_effect():
    study = make_study(TIMES, [0.1, -0.1, 0.1, 0.1, 3], 0.01 * np.eye(5))
    average = honest(study, weights="average", smoothness=[0.1])
    given = honest(study, weights=[0.5, 0.5], smoothness=[0.1])
    assert average.table.equals(given.table)
    low, high = average.table.loc[0, ["conf_low", "conf_high"]]
    assert (low + high) / 2 == pytest.approx(1.55)


def test_anticipation_moves_the_base():
    """With the base at -2 the period -1 may show an effect, and carries no weight."""
    study = make_study([-4, -3, -1, 0], [0.1, -0.1, 0.5, 3], 0.01 * np.eye(4))
    found = honest(study, mbar=[1.0], smoothness=[])
    given = honest_from(
        study.table["estimate"].to_numpy(), 0.01 * np.eye(4), 2, 2, np.array([0.0, 1]), mbar=[1.0]
    )
    assert found.table.equals(given)


@pytest.mark.parametrize(
    ("times", "match"),
    [
        ([-3, -2, -1, 0], "varying|single base"),
        ([0, 1], "before"),
        ([-5, -2, 0], "event time .4|event time .3"),
        ([-3, -2], "after treatment"),
        ([-3, -2, 0, 2], "event time 1"),
        ([2, 3], "before"),  # nothing stands before the base, nor at it
        ([1], "before"),
    ],
)
def test_refusals(times, match):
    with pytest.raises(EvalkitError, match=match):
        honest(make_study(times, np.ones(len(times)), np.eye(len(times))))


def test_refused_vectors():
    estimate, sigma, n_pre, n_post = example()
    with pytest.raises(EvalkitError, match="bound"):
        honest_from(estimate, sigma, n_pre, n_post, mbar=[-1])
    with pytest.raises(EvalkitError, match="need 6 estimates"):
        honest_from(estimate, sigma, n_pre - 1, n_post)
    with pytest.raises(EvalkitError, match="positive definite"):
        honest_from(estimate, np.ones((7, 7)), n_pre, n_post)
    with pytest.raises(EvalkitError, match="weights"):
        honest_from(estimate, sigma, n_pre, n_post, np.zeros(n_post))
    with pytest.raises(EvalkitError, match="missing"):
        honest_from(estimate * np.nan, sigma, n_pre, n_post)


MPDTA = Path(__file__).parents[2] / "reference" / "data" / "mpdta.csv"


def mpdta():
    roles = {"unit": "countyreal", "time": "year", "outcome": "lemp", "cohort": "first.treat"}
    return Panel(MPDTA, **roles)


def test_reads_the_results_of_the_estimators():
    fit = group_time(mpdta(), base_period="universal")
    found = honest(fit, weights="average", mbar=[1], smoothness=[])
    # The mean over event times of mpdta is -0.0772398, its standard error 0.0199650 (R did).
    low, high = found.table.loc[0, ["conf_low", "conf_high"]]
    assert (low + high) / 2 == pytest.approx(-0.0772398, abs=1e-6)
    assert (high - low) / 2 / stats.norm.ppf(0.975) == pytest.approx(0.0199650, abs=1e-6)
    assert found.outcome == "failed"
    assert pretrends(event_study(mpdta())).figures["pre_periods"] == 3
    with pytest.raises(EvalkitError, match="universal"):
        honest(group_time(mpdta()))


@pytest.mark.parametrize("leads", [None, 2])
def test_imputation_is_refused_in_words(leads):
    from evalkit.did.imputation import imputation

    from .conftest import make_panel

    fit = imputation(make_panel(), pretrends=leads)
    with pytest.raises(EvalkitError, match=r"before|no single base"):
        honest(fit)


def test_as_many_estimates_as_clusters_are_refused():
    times = [*range(-30, -1), *range(21)]  # 50 estimates, as many as make_study has clusters
    with pytest.raises(EvalkitError, match="50 clusters cannot tell 50 estimates apart"):
        honest(make_study(times, np.ones(50), np.eye(50)))


def test_by_default_it_is_about_the_average_as_in_a_case() -> None:
    study = make_study(TIMES, [0.1, -0.1, 0.1, 1.0, 3.0], 0.1 * np.eye(5))

    found, average, first = (
        honest(study, **given) for given in ({}, {"weights": "average"}, {"weights": "first"})
    )

    assert found.figures == average.figures
    assert found.figures != first.figures
