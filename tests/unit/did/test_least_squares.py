"""The logit where Newton's full steps run away."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evalkit.did.least_squares import Undetermined, logit

DATA = Path(__file__).parents[2] / "reference" / "data" / "lalonde.csv"
NAMES = ("constant", "age", "educ", "black", "marr", "nodegree", "hisp", "re74")


def test_few_treated_among_many_are_fitted_as_elsewhere() -> None:
    people = pd.read_csv(DATA)
    people = people[((people["sample"] == 1) & (people["treat"] == 1)) | (people["sample"] == 2)]
    X = people[list(NAMES[1:])].to_numpy(float)
    X = np.column_stack([np.ones(len(X)), (X - X.mean(0)) / X.std(0)])
    treated = people["treat"].to_numpy(float)

    found = logit(X, treated, None, NAMES)

    other = sm.GLM(treated, X, family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
    assert np.allclose(found.coefficients, other.params, rtol=1e-6, atol=1e-8)
    assert np.allclose(found.inverse, other.cov_params(), rtol=1e-5, atol=1e-10)


def test_groups_that_a_covariate_separates_are_refused() -> None:
    x = np.arange(10.0)
    X = np.column_stack([np.ones(10), x])
    with pytest.raises(Undetermined, match="separate"):
        logit(X, (x > 4).astype(float), None, ("constant", "x"))
