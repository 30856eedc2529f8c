"""The three routes of a two-way regression give one answer; collinear regressors are found."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from evalkit.did.absorb import absorb
from evalkit.did.fit_moments import from_moments
from evalkit.did.fit_rows import from_rows
from evalkit.did.fit_wide import fits_wide, from_wide
from evalkit.did.fixed_effects import cluster_codes, regress
from evalkit.did.normal_equations import Normal, independent
from evalkit.did.sandwich import small_sample
from evalkit.panel import Panel


def simulated(gaps: float = 0.0, **roles: str) -> tuple[Panel, np.ndarray]:
    draw = np.random.default_rng(4)
    units, periods = 40, 6
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(units), periods),
            "t": np.tile(np.arange(1, 7), units),
            "g": np.repeat(draw.permutation(np.resize([0, 3, 5], units)), periods),
            "y": draw.normal(size=units * periods) + 20,
            "x": draw.normal(size=units * periods) + 5,
            "z": draw.normal(size=units * periods),
            "w": draw.choice([0.0, 0.5, 1, 2], units * periods, p=[0.1, 0.3, 0.3, 0.3]),
            "state": np.repeat(np.arange(units) % 9, periods),
        }
    )
    frame = frame[draw.uniform(size=len(frame)) >= gaps]
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **roles)
    event = np.arange(1, 7)[None, :] - np.array([0, 3, 5])[:, None]
    hot = [(event == e) & (np.array([0, 3, 5]) > 0)[:, None] for e in (-2, 0, 1)]
    return panel, np.stack(hot, axis=2).astype(float)


def same(one: Normal, other: Normal, rtol: float = 1e-9) -> None:
    np.testing.assert_array_equal(one.kept, other.kept)
    np.testing.assert_allclose(one.beta, other.beta, rtol=rtol)
    np.testing.assert_allclose(one.gram, other.gram, rtol=rtol, atol=1e-10)
    np.testing.assert_allclose(one.meat, other.meat, rtol=rtol, atol=1e-10)
    np.testing.assert_allclose(one.residual, other.residual, rtol=rtol)
    np.testing.assert_allclose(one.total, other.total, rtol=rtol)
    for name in ("rows", "clusters", "groups", "periods"):
        assert getattr(one, name) == getattr(other, name)


@pytest.mark.parametrize("errors", ["cluster", "hetero"])  # iid needs no meat
@pytest.mark.parametrize("cluster", [{}, {"cluster": "state"}])
@pytest.mark.parametrize("weights", [{}, {"weights": "w"}])
@pytest.mark.parametrize("covariates", [[], ["x"], ["x", "z"]])
def test_units_by_periods_and_rows_agree(errors, cluster, weights, covariates) -> None:
    panel, design = simulated(0.15, **cluster, **weights)
    assert fits_wide(panel)
    wide = from_wide(panel, design, covariates, errors)
    same(wide, from_rows(panel, design, covariates, errors))
    assert wide.rows < panel.n_units * panel.n_periods


@pytest.mark.parametrize("errors", ["cluster", "hetero"])  # iid needs no meat
@pytest.mark.parametrize("cluster", [{}, {"cluster": "state"}])
def test_moments_and_rows_agree(errors, cluster) -> None:
    panel, design = simulated(**cluster)
    same(
        from_moments(panel, design, errors, cluster_codes(panel)[1]),
        from_rows(panel, design, [], errors),
    )


def test_a_panel_of_few_rows_a_unit_is_not_laid_out() -> None:
    frame = pd.DataFrame({"unit": np.repeat(np.arange(50), 2), "t": np.arange(100)})
    frame = frame.assign(y=1.0 * frame["t"], g=0)
    assert not fits_wide(Panel(frame, unit="unit", time="t", outcome="y", cohort="g"))


@pytest.mark.parametrize("weights", [None, "some"])
def test_absorb_is_least_squares_with_all_dummies(weights: str | None) -> None:
    draw = np.random.default_rng(1)
    group, time = draw.integers(0, 7, 60), draw.integers(0, 4, 60)
    columns = draw.normal(size=(60, 3))
    w = None if weights is None else draw.uniform(0.5, 2, 60)
    root = np.sqrt(np.ones(60) if w is None else w)[:, None]
    dummies = np.column_stack([np.eye(7)[group], np.eye(4)[time]])
    fitted = dummies @ np.linalg.lstsq(root * dummies, root * columns, rcond=None)[0]
    np.testing.assert_allclose(absorb(columns, group, time, w), columns - fitted, atol=1e-12)


def test_unconnected_parts_are_no_trouble() -> None:
    """Two groups of units that share no period: each has its own level of time."""
    group, time = np.array([0, 0, 1, 1, 2, 2, 3, 3]), np.array([0, 1, 0, 1, 2, 3, 2, 3])
    y = np.array([[0.0], [1], [0], [3], [5], [6], [5], [6]])
    expected = np.array([0.5, -0.5, -0.5, 0.5, 0, 0, 0, 0])
    np.testing.assert_allclose(absorb(y, group, time).ravel(), expected, atol=1e-12)


def test_the_later_of_collinear_regressors_goes() -> None:
    draw = np.random.default_rng(2)
    X = draw.normal(size=(30, 2))
    X = np.column_stack([X[:, 0], np.zeros(30), X[:, 1], X @ [2, -3]])
    kept = independent(X.T @ X, (X**2).sum(axis=0))
    assert kept.tolist() == [True, False, True, False]


def test_factors_by_hand() -> None:
    assert small_sample("cluster", 100, 10, 5).value == pytest.approx(99 / 95 * 10 / 9)
    assert small_sample("hetero", 100, 10, 5).value == pytest.approx(100 / 95)
    assert small_sample("iid", 100, 10, 5).df == 95
    assert small_sample("cluster", 100, 10, 5, apply=False).value == 1
    assert np.isinf(small_sample("iid", 5, 5, 5).value)


def test_collinear_covariates_are_nan_and_the_rest_is_untouched() -> None:
    panel, design = simulated()
    panel.frame["double"] = panel.frame["x"] * 2
    both, one = regress(panel, design, ["x", "double"]), regress(panel, design, ["x"])
    assert both.kept.tolist() == [True] * 4 + [False]
    np.testing.assert_allclose(both.coefficients[:4], one.coefficients, rtol=1e-10)
    np.testing.assert_allclose(both.covariance[:4, :4], one.covariance, rtol=1e-10)
    assert np.isnan(both.covariance[4]).all()
