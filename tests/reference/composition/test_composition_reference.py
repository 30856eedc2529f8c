"""Against pyfixest on the simulated panel with gaps and on the simulated cross-sections.

`make_numbers.py` made `numbers.json`. A test of a share without weights is also a chi-squared
test of a two by two table.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from evalkit.checks import composition
from evalkit.panel import Panel

HERE = Path(__file__).parent
MADE = json.loads((HERE / "numbers.json").read_text())
NUMBERS = MADE["numbers"]


def with_gaps(**roles):
    frame = pd.read_csv(HERE.parent / "data" / "sim_panel.csv")
    return Panel(frame[frame["kept"] == 1], unit="unit", time="t", outcome="y", cohort="g", **roles)


def sections(**roles):
    frame = pd.read_csv(HERE.parent / "data" / "sim_rcs.csv")
    return Panel(frame, unit=None, time="t", outcome="y", cohort="g", **roles)


def row(found, term):
    return found.table.set_index("term").loc[term, ["change", "std_error"]].to_list()


@pytest.mark.parametrize(
    ("how", "roles", "clusters"),
    [
        ("by unit", {}, 1000),
        ("by state", {"cluster": "state"}, 40),
        ("weighted", {"weights": "w"}, 1000),
    ],
)
def test_a_panel_with_gaps(how, roles, clusters):
    found = composition(with_gaps(**roles), ["x3"])
    for term in ("observed", "x3"):
        assert row(found, term) == pytest.approx(NUMBERS[f"{term}, {how}"], rel=1e-8)
    table = found.table
    law = stats.t(clusters - 1)
    p_values = 2 * law.sf((table["change"] / table["std_error"]).abs())
    np.testing.assert_allclose(table["p_value"], p_values, rtol=1e-10)
    adjusted = multipletests(p_values, method="holm")[1]
    np.testing.assert_allclose(table["p_adjusted"], adjusted, rtol=1e-10)


@pytest.mark.parametrize("weights", [None, "w"])
def test_cross_sections(weights):
    found = composition(sections(weights=weights), ["x1"])
    for term, both in MADE["shares"].items():
        assert row(found, term) == pytest.approx(both[weights is not None], rel=1e-8)
    if weights is None:
        assert row(found, "x1") == pytest.approx(NUMBERS["x1 of cross-sections"], rel=1e-8)


def test_a_share_is_tested_as_in_a_two_by_two_table():
    """With the shares of both periods apart, as here, the squared statistic is Wald's of the table.

    Its Pearson statistic takes the pooled share, which is the same to a share's squared change.
    """
    panel = sections()
    frame = panel.frame
    table = composition(panel).table.set_index("term")
    for g in (4, 5, 6, 7, 8):
        counts = pd.crosstab(frame["t"] >= g, frame["g"] == g).to_numpy()
        shares, rows = counts[:, 1] / counts.sum(axis=1), counts.sum(axis=1)
        found = table.loc[f"share of cohort {g}"]
        wald = (shares[1] - shares[0]) ** 2 / (shares * (1 - shares) / rows).sum()
        n = len(frame)
        ours = (found["change"] / found["std_error"]) ** 2 * n / (n - 1)
        assert ours == pytest.approx(wald, rel=1e-8)
        pearson = stats.chi2_contingency(counts, correction=False).statistic
        assert ours == pytest.approx(pearson, rel=0.02, abs=1e-3)
