"""Robust confidence sets against HonestDiD's published ones and a second witness."""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.optimize import linprog
from scipy.stats import norm

from evalkit.checks import honest_from
from evalkit.checks.sensitivity.fixed_length import fixed_length, folded_quantile
from evalkit.checks.sensitivity.relative import polyhedra

GOLDEN = json.loads((Path(__file__).parents[1] / "data" / "golden.json").read_text())
HONEST = [one for one in GOLDEN if one["estimator"].startswith("HonestDiD")]
ROWS = [
    pytest.param(one, row, id=f"{one['id']}-{row['M']:g}")
    for one in HONEST
    for row in one["results"]
]


def vectors(entry):
    options = entry["options"]
    return (
        np.array(options["betahat"]),
        np.array(options["sigma"]),
        options["num_pre_periods"],
        options["num_post_periods"],
    )


def test_there_are_goldens():
    assert len(HONEST) == 2
    assert len(ROWS) == 10


@pytest.mark.parametrize(("entry", "row"), ROWS)
def test_sets_are_those_of_honestdid(entry, row):
    smooth = entry["estimator"].endswith("SD")
    kind = {"smoothness": [row["M"]]} if smooth else {"mbar": [row["M"]]}
    table = honest_from(*vectors(entry), alpha=entry["options"]["alpha"], **kind)
    ours = table.loc[1, ["conf_low", "conf_high"]].to_numpy(dtype=float)
    witness = np.array([row["lower_witness"], row["upper_witness"]])
    # The witness of C-LF is on a grid of 3.7e-4, and ours is the edge itself.
    assert ours == pytest.approx(witness, abs=5e-5 if smooth else 1e-3)
    if smooth:
        assert ours == pytest.approx(witness, abs=1e-7)
    else:
        published = np.array([row["lower"], row["upper"]])
        assert ours == pytest.approx(published, abs=6e-4)
    original = table.loc[0, ["conf_low", "conf_high"]].to_numpy(dtype=float)
    assert original == pytest.approx(entry["options"]["original_ci"], abs=1e-9)


def example(seed, n_pre, n_post):
    random = np.random.default_rng(seed)
    total = n_pre + n_post
    root = random.normal(size=(total, total + 3))
    return random.normal(size=total), root @ root.T / total, random.normal(size=n_post)


@pytest.mark.parametrize(("n_pre", "n_post"), [(1, 1), (2, 3), (4, 2), (6, 5)])
def test_largest_bias_is_that_of_a_linear_programme(n_pre, n_post):
    betahat, sigma, weights = example(n_pre, n_pre, n_post)
    found = fixed_length(betahat, sigma, n_pre, weights, 0.3)
    # Violations with their base, and second differences between -0.3 and 0.3.
    total = n_pre + n_post + 1
    bends = np.zeros((total - 2, total))
    for at in range(total - 2):
        bends[at, at : at + 3] = [1, -2, 1]
    v = np.insert(found.weights, n_pre, 0.0)
    bounds = [(None, None)] * total
    bounds[n_pre] = (0, 0)
    solved = linprog(
        -v,
        A_ub=np.vstack([bends, -bends]),
        b_ub=np.full(2 * (total - 2), 0.3),
        bounds=bounds,
        method="highs",
    )
    assert -solved.fun == pytest.approx(found.bias, rel=1e-7)


@pytest.mark.parametrize("bound", [0.0, 0.05, 0.4, 3.0])
def test_no_other_weights_give_a_shorter_interval(bound):
    n_pre, n_post = 5, 3
    betahat, sigma, weights = example(8, n_pre, n_post)
    found = fixed_length(betahat, sigma, n_pre, weights, bound)
    random = np.random.default_rng(1)
    time = np.arange(-n_pre, 0)
    for size in (1e-4, 1e-2, 1.0):
        for _ in range(200):
            step = random.normal(size=n_pre) * size
            step -= time * (time @ step) / (time @ time)  # keeps a linear trend out
            v = found.weights.copy()
            v[:n_pre] += step
            deviation = np.sqrt(v @ sigma @ v)
            pre = np.array([sum(v[i] * max(n_pre - i - j, 0) for i in range(n_pre))
                            for j in range(1, n_pre)])  # fmt: skip
            post = np.array([sum(weights[t] * max(t + 1 - j, 0) for t in range(n_post))
                             for j in range(n_post)])  # fmt: skip
            bias = bound * (np.abs(pre).sum() + np.abs(post).sum())
            assert deviation * folded_quantile(bias / deviation, 0.05) >= found.reach * (1 - 1e-9)


@pytest.mark.parametrize("n_post", [1, 2, 4])
def test_the_statistic_is_that_of_the_linear_programme(n_post):
    n_pre, mbar, theta = 3, 0.7, 0.4
    betahat, sigma, weights = example(n_post, n_pre, n_post)
    tests = polyhedra(betahat, sigma, n_pre, weights, mbar)
    with_base = np.insert(np.eye(n_pre + n_post), n_pre, 0.0, axis=0)
    changes = np.diff(with_base, axis=0)
    at = 0
    for row in changes[:n_pre]:
        for sign in (1, -1):
            A = np.vstack([side * changes[n_pre:] - mbar * sign * row for side in (1, -1)])
            sd = np.sqrt(np.diag(A @ sigma @ A.T))
            # min eta: A (betahat - tau) <= sd eta, weights'tau_post = theta
            post = A[:, n_pre:]
            solved = linprog(
                np.r_[1.0, np.zeros(n_post)],
                A_ub=np.column_stack([-sd, -post]),
                b_ub=-A @ betahat,
                A_eq=np.r_[0.0, weights][None, :],
                b_eq=[theta],
                bounds=[(None, None)] * (n_post + 1),
                method="highs",
            )
            test = tests[at]
            ours = (test.values - theta * test.slopes).max()
            assert ours == pytest.approx(solved.fun, rel=1e-7, abs=1e-9)
            at += 1


def test_the_least_favourable_value_is_that_of_a_simulation():
    betahat, sigma, weights = example(3, 3, 3)
    random = np.random.default_rng(0)
    for test in polyhedra(betahat, sigma, 3, weights, 0.8)[:4]:
        draws = random.multivariate_normal(
            np.zeros(len(test.values)), test.covariance, size=400_000, method="eigh"
        )
        simulated = np.quantile(draws.max(axis=1), 0.95)
        assert test.least_favourable(0.05) == pytest.approx(simulated, rel=6e-3)


def test_the_conditional_test_is_that_of_its_definition():
    """Truncation points by search for where the same corner stays the highest."""
    betahat, sigma, weights = example(5, 3, 2)
    alpha, kappa = 0.05, 0.005
    checked = 0
    for test in polyhedra(betahat, sigma, 3, weights, 0.5):
        for theta in np.linspace(-4, 4, 161):
            values = test.values - theta * test.slopes
            top = int(values.argmax())
            eta, variance = values[top], test.covariance[top, top]
            first = test.least_favourable(kappa)
            ours = bool(test.keeps(np.array([theta]), alpha, kappa)[0])
            if eta > first or eta <= 0:
                assert ours == (eta <= 0)
                continue
            rest = values - test.covariance[top] / variance * eta
            grid = np.linspace(-60, 60, 120_001)
            others = rest[:, None] + test.covariance[top][:, None] / variance * grid
            stays = grid[others.max(axis=0) <= grid + 1e-9]
            low, high = stays.min() / variance**0.5, min(stays.max(), first) / variance**0.5
            cdf = norm.cdf
            tail = (cdf(high) - cdf(eta / variance**0.5)) / (cdf(high) - cdf(low))
            level = (alpha - kappa) / (1 - kappa)
            if abs(tail - level) > 0.01:
                assert ours == (tail >= level)
                checked += 1
    assert checked > 20
