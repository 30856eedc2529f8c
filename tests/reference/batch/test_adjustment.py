"""Adjusted p-values against statsmodels, which follows the same papers."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests

from evalkit.did.adjustment import benjamini_hochberg, holm


@pytest.mark.parametrize("seed", range(5))
def test_holm_is_that_of_statsmodels(seed: int) -> None:
    p = np.random.default_rng(seed).random(60) ** 3
    np.testing.assert_allclose(holm(p), multipletests(p, method="holm")[1], rtol=1e-14)


@pytest.mark.parametrize("seed", range(5))
def test_benjamini_hochberg_is_that_of_statsmodels(seed: int) -> None:
    p = np.random.default_rng(seed).random(60) ** 3
    np.testing.assert_allclose(
        benjamini_hochberg(p), multipletests(p, method="fdr_bh")[1], rtol=1e-14
    )


def test_missing_p_values_are_no_tests() -> None:
    p = np.array([0.01, np.nan, 0.04, 0.03])
    known = ~np.isnan(p)
    for ours, theirs in ((holm, "holm"), (benjamini_hochberg, "fdr_bh")):
        assert np.isnan(ours(p)[1])
        np.testing.assert_allclose(ours(p)[known], multipletests(p[known], method=theirs)[1])
