"""Against pyfixest and csdid on the panels that a placebo makes, written out by hand.

`make_numbers.py` made `numbers.json`: mpdta with its cohorts pretended to start one and two years
earlier, and with the untreated counties of each state pretended to be treated.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests

from evalkit.checks import placebo, placebo_groups
from evalkit.did import group_time, twfe
from evalkit.panel import Panel

HERE = Path(__file__).parent
MADE = json.loads((HERE / "numbers.json").read_text())
ROLES = {"unit": "countyreal", "time": "year", "outcome": "lemp", "cohort": "first.treat"}

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


def mpdta():
    frame = pd.read_csv(HERE.parent / "data" / "mpdta.csv")
    return Panel(frame.assign(state=frame["countyreal"] // 1000), **ROLES)


@pytest.mark.parametrize("name", ["twfe", "group_time"])
def test_dates(name):
    found = placebo(mpdta(), {"twfe": twfe, "group_time": group_time}[name]).table
    found = found.set_index(["cohort", "shift"])
    assert found.loc[2004, "estimate"].isna().all()  # one year lies before 2004
    for one in MADE["dates"]:
        row = found.loc[(one["cohort"], one["shift"])]
        assert row["estimate"] == pytest.approx(one[name][0], rel=1e-8)
        assert row["std_error"] == pytest.approx(one[name][1], rel=1e-8)
    known = found["p_value"].notna()
    theirs = multipletests(found.loc[known, "p_value"], method="holm")[1]
    np.testing.assert_allclose(found.loc[known, "p_adjusted"], theirs, rtol=1e-12)
    if name == "twfe":
        p_values = [one[name][2] for one in MADE["dates"]]
        np.testing.assert_allclose(found.loc[known, "p_value"], p_values, rtol=1e-7)


def test_groups():
    found = placebo_groups(mpdta(), twfe, groups="state")
    theirs = pd.DataFrame([one["twfe"] for one in MADE["groups"]], columns=["b", "se", "p"])
    assert list(found.table["term"]) == [str(one["state"]) for one in MADE["groups"]]
    np.testing.assert_allclose(found.table["estimate"], theirs["b"], rtol=1e-8)
    np.testing.assert_allclose(found.table["std_error"], theirs["se"], rtol=1e-8)
    rejected = int((theirs["p"] < 0.05).sum())
    count = len(theirs)
    assert found.figures["rejected"] == rejected / count
    law = stats.binomtest(rejected, count, 0.05, alternative="greater")
    assert found.figures["p_value"] == pytest.approx(law.pvalue, rel=1e-10)
    assert found.outcome == ("failed" if law.pvalue < 0.01 else "passed")
    ratio = theirs["b"].std() / theirs["se"].mean()
    assert found.figures["error_ratio"] == pytest.approx(ratio, rel=1e-8)
