"""Against statsmodels' Logit and a likelihood maximised by scipy, on mpdta and on LaLonde's data.

Every figure of the table is computed anew from the propensity: Kish's effective number, the share
above, the differences in means.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import optimize, stats

from evalkit.checks import overlap
from evalkit.panel import Panel

DATA = Path(__file__).parents[1] / "data"


def mpdta():
    frame = pd.read_csv(DATA / "mpdta.csv")
    frame = frame.rename(
        columns={"countyreal": "unit", "year": "t", "lemp": "y", "first.treat": "g"}
    )
    # A covariate that moves shows which period it is taken in.
    return frame.assign(
        x=frame["lpop"], z=np.sin(frame["unit"] + frame["t"]), w=np.exp(frame["lpop"])
    )


def lalonde():
    """The trained of the experiment beside the comparison of the survey: two years, wide."""
    wide = pd.read_csv(DATA / "lalonde.csv")
    wide = wide[(wide["treat"] == 1) | (wide["sample"] == 2)].reset_index(drop=True)
    wide = wide.assign(unit=wide.index, x=wide["age"], z=wide["educ"], w=1.0)
    long = pd.concat([wide.assign(t=1975, y=wide["re75"]), wide.assign(t=1978, y=wide["re78"])])
    return long.assign(g=np.where(long["treat"] == 1, 1978, 0))


def panel_of(frame, **roles):
    return Panel(frame, unit="unit", time="t", outcome="y", cohort="g", **roles)


def newton(treated, X, w):
    """Maximise the weighted likelihood of a logit."""

    def loss(b):
        index = X @ b
        return (w * (np.logaddexp(0, index) - treated * index)).sum() / w.sum()

    def slope(b):
        return X.T @ (w * (1 / (1 + np.exp(-X @ b)) - treated)) / w.sum()

    def bend(b):
        p = 1 / (1 + np.exp(-X @ b))
        return (X * (w * p * (1 - p))[:, None]).T @ X / w.sum()

    start = np.zeros(X.shape[1])
    found = optimize.minimize(loss, start, jac=slope, hess=bend, method="Newton-CG", tol=1e-14)
    b = found.x
    for _ in range(3):  # the last digits
        b = b - np.linalg.solve(bend(b), slope(b))
    return 1 / (1 + np.exp(-X @ b))


def expected(rows, names, propensity, w):
    own = (rows["g"] > 0).to_numpy()
    p, q = propensity[own], propensity[~own]
    odds = w[~own] * q / (1 - q)
    values = rows[names].to_numpy(float)
    first, others = values[own], values[~own]
    spread = np.sqrt(
        (np.cov(first.T, aweights=w[own], bias=True, ddof=0).reshape(len(names), -1).diagonal()
         + np.cov(others.T, aweights=w[~own], bias=True, ddof=0).reshape(len(names), -1).diagonal())
        / 2
    )  # fmt: skip
    mean = np.average(first, axis=0, weights=w[own])
    above = int((p > q.max()).sum())
    return {
        "treated": own.sum(),
        "controls": (~own).sum(),
        "least_treated": p.min(),
        "greatest_treated": p.max(),
        "least_control": q.min(),
        "greatest_control": q.max(),
        "outside": w[own][p > q.max()].sum() / w[own].sum(),
        # The `above` highest of all are treated ones, by lot.
        "by_chance": stats.hypergeom(len(own), own.sum(), above).pmf(above),
        "effective_controls": odds.sum() ** 2 / (odds**2).sum(),
        "difference": (np.abs(mean - np.average(others, axis=0, weights=w[~own])) / spread).max(),
        "difference_weighted": np.abs(
            (mean - np.average(others, axis=0, weights=odds)) / spread
        ).max(),
    }


@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("names", [["x"], ["x", "z"]])
@pytest.mark.parametrize("data", [mpdta, lalonde])
def test_every_figure_follows_from_the_propensity(data, names, weights):
    frame = data()
    table = overlap(panel_of(frame, weights=weights), names).table
    assert set(table["cohort"]) == set(frame["g"]) - {0}
    for row in table.itertuples():
        before = frame["t"][frame["t"] < row.cohort].max()
        rows = frame[(frame["t"] == before) & frame["g"].isin([0, row.cohort])]
        treated = (rows["g"] > 0).to_numpy(float)
        X = sm.add_constant(rows[names]).to_numpy(float)
        X[:, 1:] = (X[:, 1:] - X[:, 1:].mean(axis=0)) / X[:, 1:].std(axis=0)
        if weights is None:
            p = sm.Logit(treated, X).fit(disp=0, method="newton", tol=1e-14).predict()
            w = np.ones(len(rows))
        else:
            w = rows[weights].to_numpy(float)
            p = newton(treated, X, w)
        for name, value in expected(rows, names, np.asarray(p), w).items():
            # The means are balanced to the digits that an iteration stops at.
            absolute = 1e-8 if name == "difference_weighted" else 0.0
            assert getattr(row, name) == pytest.approx(value, rel=1e-7, abs=absolute), name


def test_lalondes_survey_is_no_comparison():
    """Dehejia and Wahba (1999): most of the survey is unlike the trained."""
    found = overlap(panel_of(lalonde()), ["age", "educ", "black", "marr", "nodegree", "re75"])
    assert found.table["controls"][0] == 15_992
    assert found.figures["effective_controls"] < 0.05 * 15_992
    assert found.table["difference"][0] > 1
