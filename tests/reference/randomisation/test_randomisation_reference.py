"""Against pyfixest on every assignment, and against Fisher's exact test.

`make_numbers.py` made `numbers.json`: eight states of castle, 168 ways to deal three starts.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit.checks import randomisation
from evalkit.did import twfe
from evalkit.panel import Panel

HERE = Path(__file__).parent
MADE = json.loads((HERE / "numbers.json").read_text())

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


def castle():
    frame = pd.read_csv(HERE.parent / "data" / "castle.csv")
    frame = frame[frame["sid"].isin(MADE["states"])]
    return Panel(frame, unit="sid", time="year", outcome="l_homicide", cohort="effyear")


@pytest.mark.parametrize("statistic", ["t", "estimate"])
def test_every_assignment_is_that_of_pyfixest(statistic):
    panel = castle()
    found = randomisation(panel, twfe, statistic=statistic)
    theirs = np.array(MADE["assignments"])
    deals, estimate, error = theirs[:, :-2], theirs[:, -2], theirs[:, -1]
    assert found.figures["assignments"] == len(theirs) == 168
    np.testing.assert_allclose(found.table["estimate"], estimate, rtol=1e-8, atol=1e-12)
    np.testing.assert_allclose(found.table["std_error"], error, rtol=1e-8)
    drawn = np.abs(estimate / error if statistic == "t" else estimate)
    own = drawn[(deals == panel.cohorts).all(axis=1)]
    assert len(own) == 1
    assert found.figures["p_value"] == np.mean(drawn >= own[0] * (1 - 1e-9))


def test_a_binary_outcome_gives_fishers_exact_test():
    """Who rises from 0 to 1: by lot over units, the number among the treated is hypergeometric.

    Of four treated three rise, of five others one. Fisher's two-sided test adds the tables that
    are no likelier, the permutation test those with a difference as large; here they agree.
    """
    rises = np.array([1, 1, 1, 0, 1, 0, 0, 0, 0])
    frame = pd.DataFrame({"unit": np.repeat(np.arange(9), 2), "t": [1, 2] * 9})
    frame["y"] = np.column_stack([np.zeros(9), rises]).ravel()
    frame["g"] = np.repeat([2] * 4 + [0] * 5, 2)
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g")
    found = randomisation(panel, twfe, statistic="estimate")
    assert found.figures["assignments"] == 126
    k = np.arange(5)
    gap = np.abs(k / 4 - (4 - k) / 5)
    p_value = stats.hypergeom(9, 4, 4).pmf(k)[gap >= gap[3] - 1e-12].sum()
    assert found.figures["p_value"] == pytest.approx(p_value, rel=1e-12)
    assert p_value == pytest.approx(stats.fisher_exact([[3, 1], [1, 4]])[1], rel=1e-10)
