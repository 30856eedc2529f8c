"""No golden entry exists for the imputation estimator, so the paper's own formulas are the witness.

Two independent routes: dense matrices written out from Theorems 1 and 3, and the identity that on
a balanced panel the saturated two-way regression (statsmodels, clustered without a small-sample
factor) has the same estimates and errors.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evalkit.did.imputation import imputation
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"


def _mpdta() -> pd.DataFrame:
    frame = pd.read_csv(DATA / "mpdta.csv")
    return frame.rename(
        columns={"countyreal": "unit", "year": "t", "lemp": "y", "first.treat": "g", "lpop": "x1"}
    )


def _sim(**keep: int) -> pd.DataFrame:
    """Give four units of each of the first ten states: small enough for dense matrices."""
    frame = pd.read_csv(DATA / "sim_panel.csv")
    frame = frame[frame.g != 4]
    first = frame[frame.state <= sorted(frame.state.unique())[9]].drop_duplicates("unit")
    frame = frame[frame.unit.isin(first.groupby("state").head(4).unit)]
    for name, value in keep.items():
        frame = frame[frame[name] == value]
    return frame.reset_index(drop=True)


def _dense(frame, names, weights, cluster, horizon, leave_one_out=False):
    """Theorem 1 and equation (8) of Theorem 3 with every matrix written out."""
    w = np.ones(len(frame)) if weights is None else frame[weights].to_numpy(float)
    treated = ((frame.g > 0) & (frame.t >= frame.g)).to_numpy()
    z = pd.get_dummies(frame[["unit", "t"]].astype(str), dtype=float)
    z = np.column_stack([z.to_numpy(), frame[names].to_numpy(float)])
    y = frame.y.to_numpy(float)
    z0, w0 = z[~treated], w[~treated]
    inverse = np.linalg.pinv(z0.T @ (w0[:, None] * z0), rcond=1e-12)
    theta = inverse @ z0.T @ (w0 * y[~treated])
    residual = y - z @ theta
    chosen = treated & ((frame.t - frame.g == horizon).to_numpy() if horizon is not None else True)
    v = np.where(chosen, w, 0.0)
    v /= v.sum()
    estimate = v @ residual
    v[~treated] = -w0 * (z0 @ inverse @ (z.T @ v))
    assert v @ y == pytest.approx(estimate, abs=1e-9)  # tau is a weighted sum of outcomes
    for _, cell in frame[chosen].groupby(["g", "t"]):
        at = cell.index.to_numpy()
        label = frame.loc[at, cluster].to_numpy()
        sums = {c: (v[at][label == c].sum(), (v * residual)[at][label == c].sum()) for c in label}
        for c in sums:
            used = [pair for other, pair in sums.items() if not (leave_one_out and other == c)]
            average = sum(a * b for a, b in used) / sum(a * a for a, _ in used)
            residual[at[label == c]] -= average
    clusters = pd.Series(v * residual).groupby(frame[cluster].to_numpy()).sum()
    return estimate, float(np.sqrt((clusters**2).sum()))


CASES = {
    "balanced": (_sim(), [], None, "unit"),
    "clusters above the unit": (_sim(), [], None, "state"),
    "unbalanced": (_sim(kept=1), [], None, "unit"),
    "covariate that moves": (_sim(), ["x3"], None, "unit"),
    "weights": (_sim(), [], "w", "unit"),
    "everything at once": (_sim(kept=1), ["x3"], "w", "state"),
}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("leave_one_out", [False, True])
def test_equals_the_formulas_of_the_paper_in_dense_matrices(name, leave_one_out):
    frame, names, weights, cluster = CASES[name]
    panel = Panel(
        frame, unit="unit", time="t", outcome="y", cohort="g", cluster=cluster, weights=weights
    )
    fit = imputation(panel, covariates=names, leave_one_out=leave_one_out).table
    for horizon, row in zip([None, 0, 1], fit[:3].itertuples(), strict=True):
        estimate, std_error = _dense(frame, names, weights, cluster, horizon, leave_one_out)
        assert row.estimate == pytest.approx(estimate, rel=1e-8, abs=1e-10)
        assert row.std_error == pytest.approx(std_error, rel=1e-8)


def _saturated(frame: pd.DataFrame) -> tuple[pd.Series, np.ndarray, pd.DataFrame]:
    """Two-way regression with a dummy for each treated cohort and period, clustered by unit."""
    frame = frame.reset_index(drop=True)
    treated = (frame.g > 0) & (frame.t >= frame.g)
    cell = frame.g.astype(int).astype(str) + ":" + frame.t.astype(str)
    cells = pd.get_dummies(cell.where(treated), dtype=float)
    periods = pd.get_dummies(frame.t.astype(str), dtype=float).iloc[:, 1:]
    x = pd.concat([cells, periods], axis=1)
    x -= x.groupby(frame.unit).transform("mean")
    y = frame.y - frame.groupby("unit").y.transform("mean")
    fit = sm.OLS(y, x).fit(
        cov_type="cluster", cov_kwds={"groups": frame.unit, "use_correction": False}
    )
    count = len(cells.columns)
    shares = cell[treated].value_counts()[cells.columns]
    return fit.params[:count], fit.cov_params().to_numpy()[:count, :count], shares


@pytest.mark.parametrize("data", ["mpdta", "sim"])
def test_equals_the_saturated_regression_on_a_balanced_panel(data):
    frame = _mpdta() if data == "mpdta" else pd.read_csv(DATA / "sim_panel.csv")
    params, covariance, shares = _saturated(frame)
    fit = imputation(Panel(frame, unit="unit", time="t", outcome="y", cohort="g"))
    weights = [shares / shares.sum()]
    age = np.array([int(t) - int(g) for g, t in (cell.split(":") for cell in shares.index)])
    for event in fit.table.event_time[1:]:
        own = shares.where(age == event, 0)
        weights.append(own / own.sum())
    weights = np.array(weights)
    np.testing.assert_allclose(fit.table.estimate, weights @ params, rtol=1e-8)
    np.testing.assert_allclose(
        fit.covariance, weights @ covariance @ weights.T, rtol=1e-7, atol=1e-12
    )


def test_the_pre_trend_test_equals_a_regression_on_untreated_observations():
    frame = pd.read_csv(DATA / "sim_panel.csv")
    fit = imputation(Panel(frame, unit="unit", time="t", outcome="y", cohort="g"), pretrends=3)
    own = frame[(frame.g == 0) | (frame.t < frame.g)].reset_index(drop=True)
    leads = [((own.g > 0) & (own.t - own.g == lead)).astype(float) for lead in (-3, -2, -1)]
    x = pd.concat([*leads, pd.get_dummies(own.t.astype(str), dtype=float).iloc[:, 1:]], axis=1)
    x -= x.groupby(own.unit).transform("mean")
    y = own.y - own.groupby("unit").y.transform("mean")
    ols = sm.OLS(y.to_numpy(), x.to_numpy()).fit(
        cov_type="cluster", cov_kwds={"groups": own.unit, "use_correction": False}
    )
    clusters = frame.unit.nunique()
    found = fit.table[fit.table.event_time < 0]
    np.testing.assert_allclose(found.estimate, ols.params[:3], rtol=1e-8)
    factor = np.sqrt(clusters / (clusters - 1))
    np.testing.assert_allclose(found.std_error, ols.bse[:3] * factor, rtol=1e-8)
    wald = ols.params[:3] @ np.linalg.solve(ols.cov_params()[:3, :3] * factor**2, ols.params[:3])
    assert fit.pretrend["statistic"] == pytest.approx(wald / 3, rel=1e-8)
