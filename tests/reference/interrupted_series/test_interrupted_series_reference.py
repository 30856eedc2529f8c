"""California's cigarette sales around Proposition 99, the textbook series of this design.

`lm` is what R prints for this series and model (`cigsale ~ year0 * post`, to the digits shown in
public course material); errors are checked against the Newey-West formula written out.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.did.interrupted_series import interrupted_series

DATA = Path(__file__).parents[1] / "data"
PRINTED_BY_R = {
    "level_before": 98.41579,
    "slope_before": -1.77947,
    "level_change": -20.05810,
    "slope_change": -1.49465,
}


@pytest.fixture(scope="module")
def california() -> pd.Series:
    frame = pd.read_csv(DATA / "prop99.csv")
    return frame[frame.State == "California"].set_index("Year").PacksPerCapita


@pytest.mark.parametrize("term", PRINTED_BY_R)
def test_estimates_are_those_of_r(california, term):
    table = interrupted_series(california, 1989).table.set_index("term")
    assert table.estimate[term] == pytest.approx(PRINTED_BY_R[term], abs=6e-6)


@pytest.mark.parametrize("lags", [0, 1, 3])
def test_errors_follow_the_formula_of_newey_and_west(california, lags):
    y, years = california.to_numpy(), california.index.to_numpy()
    since, post = years - 1989.0, (years >= 1989) * 1.0
    x = np.column_stack([post, post * since, np.ones(len(y)), since])
    bread = np.linalg.inv(x.T @ x)
    scores = x * (y - x @ bread @ x.T @ y)[:, None]
    meat = scores.T @ scores
    for lag in range(1, lags + 1):
        shifted = scores[lag:].T @ scores[:-lag]
        meat += (1 - lag / (lags + 1)) * (shifted + shifted.T)
    covariance = bread @ meat @ bread * len(y) / (len(y) - 4)
    found = interrupted_series(california, 1989, lags=lags)
    terms = ["level_change", "slope_change", "level_before", "slope_before"]
    np.testing.assert_allclose(found.covariance.loc[terms, terms], covariance, rtol=1e-9)
    mean = np.array([1, np.arange(12).mean(), 0, 0])
    att = found.table.set_index("term").loc["ATT"]
    assert att.std_error == pytest.approx(np.sqrt(mean @ covariance @ mean), rel=1e-9)
