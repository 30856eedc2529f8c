"""Noise that is autoregressive of order one: by hand, and against the likelihood written out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.linalg import toeplitz
from scipy.optimize import minimize

from evalkit.did.autoregressive import autoregressive
from evalkit.did.interrupted_series import interrupted_series
from evalkit.errors import EvalkitError


def _noise(points: int, rho: float, seed: int) -> np.ndarray:
    fresh = np.random.default_rng(seed).normal(size=points)
    for t in range(1, points):
        fresh[t] += rho * fresh[t - 1]
    return fresh


def test_by_hand():
    """A mean of three points 1, -2, 1.

    With u = 1 - rho^2 the inverse correlation is (1/u) [1, -rho, 0; -rho, 1 + rho^2, -rho;
    0, -rho, 1]. Its sum is S = (3 - 4 rho + rho^2) / u = (1 - rho)(3 - rho) / u
    = (3 - rho) / (1 + rho). Its row sums are (1 - rho, (1 - rho)^2, 1 - rho) / u, so the mean is
    (2 (1 - rho) - 2 (1 - rho)^2) / ((1 - rho)(3 - rho)) = 2 rho / (3 - rho).
    """
    found = autoregressive(np.array([1.0, -2.0, 1.0]), np.ones((3, 1)), np.ones((1, 1)))
    rho = found.rho
    assert rho < -0.3
    assert found.values[0] == pytest.approx(2 * rho / (3 - rho))
    assert found.coefficients[0] == pytest.approx(found.values[0])
    left = np.array([1.0, -2.0, 1.0]) - found.values[0]
    u = 1 - rho**2
    inverse = np.array([[1, -rho, 0], [-rho, 1 + rho**2, -rho], [0, -rho, 1]]) / u
    # In units of the noise's innovations, whose variance is u times that of a point.
    variance = left @ inverse @ left / 2
    assert found.covariance[0, 0] == pytest.approx(variance * (1 + rho) / (3 - rho))


def test_against_the_likelihood_written_out():
    """Dense matrices and a general optimiser, with other parameters: log variance and artanh."""
    points = 30
    X = np.column_stack([np.ones(points), np.arange(points)])
    y = 2 + 0.1 * np.arange(points) + _noise(points, 0.5, seed=4)
    rows = np.array([[0.0, 1.0], [1.0, 30.0]])

    def pieces(at):
        sigma = np.exp(at[0]) * toeplitz(np.tanh(at[1]) ** np.arange(points))
        inverse = np.linalg.inv(sigma)
        information = X.T @ inverse @ X
        return sigma, inverse, information

    def deviance(at):
        sigma, inverse, information = pieces(at)
        left = y - X @ np.linalg.solve(information, X.T @ inverse @ y)
        return (
            np.linalg.slogdet(sigma)[1] + np.linalg.slogdet(information)[1] + left @ inverse @ left
        )

    best = minimize(deviance, [0.0, 0.3], method="Nelder-Mead", options={"xatol": 1e-9}).x
    found = autoregressive(y, X, rows)
    assert found.rho == pytest.approx(np.tanh(best[1]), abs=1e-5)
    _, inverse, information = pieces(best)
    np.testing.assert_allclose(
        found.coefficients, np.linalg.solve(information, X.T @ inverse @ y), rtol=1e-5
    )
    np.testing.assert_allclose(
        found.covariance, rows @ np.linalg.inv(information) @ rows.T, rtol=1e-4
    )
    # Satterthwaite's degrees of freedom do not hang on how the variance is parametrised.
    step = 1e-4
    moves = step * np.eye(2)

    def of_rows(at):
        return np.diag(rows @ np.linalg.inv(pieces(at)[2]) @ rows.T)

    gradient = np.stack([(of_rows(best + m) - of_rows(best - m)) / (2 * step) for m in moves])
    step = 1e-3
    moves = step * np.eye(2)
    hessian = np.array(
        [
            [
                (
                    deviance(best + a + b) - deviance(best + a - b)
                    - deviance(best - a + b) + deviance(best - a - b)
                ) / (4 * step**2)
                for b in moves
            ]
            for a in moves
        ]
    )  # fmt: skip
    spread = np.diag(gradient.T @ (2 * np.linalg.inv(hessian)) @ gradient)
    np.testing.assert_allclose(found.df, 2 * of_rows(best) ** 2 / spread, rtol=1e-2)


def test_a_series_with_such_noise():
    values = pd.Series(0.2 * np.arange(60) + 3 * (np.arange(60) >= 30) + _noise(60, 0.5, seed=1))
    plain = interrupted_series(values, 30)
    fit = interrupted_series(values, 30, errors="ar1")
    assert fit.inference.kind == "restricted maximum likelihood"
    assert (fit.table.df < plain.inference.df).all()
    row = fit.table.set_index("term").loc["ATT"]
    reach = stats.t(row.df).ppf(0.975) * row.std_error
    assert row.conf_high - row.estimate == pytest.approx(reach)
    assert fit.inference.df == row.df
    assert row.conf_low < 3 < row.conf_high
    # The line carried on is that of the fit whose effects are shown.
    gap = (fit.paths.fitted - fit.paths.expected)[30:].mean()
    assert gap == pytest.approx(row.estimate)
    assert any("errors='ar1'" in note for note in plain.notes)
    assert not any("errors='ar1'" in note for note in fit.notes)


def test_the_unit_of_measurement_is_moot():
    values = pd.Series(_noise(40, 0.3, seed=2))
    one = interrupted_series(values, 20, errors="ar1").table
    other = interrupted_series(1e6 * values + 5, 20, errors="ar1").table
    np.testing.assert_allclose(other.estimate[:3], 1e6 * one.estimate[:3], rtol=1e-5)
    np.testing.assert_allclose(other.std_error, 1e6 * one.std_error, rtol=1e-5)
    np.testing.assert_allclose(other.df, one.df, rtol=1e-3)


def test_a_series_on_its_lines_has_no_errors():
    fit = interrupted_series(pd.Series(np.arange(20.0)), 10, errors="ar1")
    assert fit.table.std_error.isna().all()


def test_unknown_errors_are_refused():
    with pytest.raises(EvalkitError, match="errors='ols' is unknown"):
        interrupted_series(pd.Series(_noise(20, 0, seed=1)), 10, errors="ols")  # type: ignore[arg-type]
