"""Against pyfixest and csdid, estimated anew without each cohort.

`make_numbers.py` made `numbers.json` on mpdta and on castle, the latter also with weights.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.checks import leave_one_out
from evalkit.did import group_time, twfe
from evalkit.panel import Panel

HERE = Path(__file__).parent
NUMBERS = json.loads((HERE / "numbers.json").read_text())["numbers"]
NAMES = {
    "mpdta": ("countyreal", "year", "lemp", "first.treat"),
    "castle": ("sid", "year", "l_homicide", "effyear"),
}

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


@pytest.mark.parametrize("name", NUMBERS)
def test_every_estimate_is_that_of_other_software(name):
    data, estimator, *weighted = name.split(", ")
    roles = dict(zip(("unit", "time", "outcome", "cohort"), NAMES[data], strict=True))
    frame = pd.read_csv(HERE.parent / "data" / f"{data}.csv")
    panel = Panel(frame, **roles, weights="popwt" if weighted else None)
    found = leave_one_out(panel, {"twfe": twfe, "group_time": group_time}[estimator])
    theirs = dict(NUMBERS[name])
    own = [found.figures[one] for one in ("estimate", "std_error")]
    assert own == pytest.approx(theirs.pop("all"), rel=1e-8)
    assert [str(g) for g in found.table["cohort"]] == list(theirs)
    both = found.table[["estimate", "std_error"]].to_numpy()
    np.testing.assert_allclose(both, list(theirs.values()), rtol=1e-8)
    assert found.figures["least"] == pytest.approx(min(b for b, _ in theirs.values()), rel=1e-8)
    assert found.figures["greatest"] == pytest.approx(max(b for b, _ in theirs.values()), rel=1e-8)
