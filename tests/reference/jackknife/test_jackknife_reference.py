"""Against pyfixest's CRV3 errors and csdid's refits, and the closed form of a regression.

`make_numbers.py` made `numbers.json` on castle (with and without weights) and on mpdta clustered
by state.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit.checks import jackknife
from evalkit.did import group_time, twfe
from evalkit.panel import Panel

HERE = Path(__file__).parent
NUMBERS = json.loads((HERE / "numbers.json").read_text())["numbers"]
NAMES = {
    "mpdta": ("countyreal", "year", "lemp", "first.treat"),
    "castle": ("sid", "year", "l_homicide", "effyear"),
}

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")


def read(data, **roles):
    frame = pd.read_csv(HERE.parent / "data" / f"{data}.csv")
    if data == "mpdta":
        frame["state"] = frame["countyreal"] // 1000
        roles["cluster"] = "state"
    names = dict(zip(("unit", "time", "outcome", "cohort"), NAMES[data], strict=True))
    return Panel(frame, **names, **roles)


@pytest.mark.parametrize("name", NUMBERS)
def test_errors_are_those_of_other_software(name):
    data, *rest = name.replace(" by state", "").split(", ")
    panel = read(data, weights="popwt" if "weighted" in rest else None)
    found = jackknife(panel, group_time if "group_time" in rest else twfe)
    theirs = NUMBERS[name]
    assert found.table["estimate"][1] == pytest.approx(theirs["estimate"], rel=1e-8)
    assert found.figures["std_error"] == pytest.approx(theirs["std_error"], rel=1e-8)
    assert found.figures["clusters"] == theirs["clusters"]
    law = stats.t(theirs["clusters"] - 1)
    p_value = 2 * law.sf(abs(theirs["estimate"]) / theirs["std_error"])
    assert found.figures["p_value"] == pytest.approx(p_value, rel=1e-7)


def test_the_error_is_the_closed_form_of_bell_and_mccaffrey():
    """CV3 needs no refit in a regression: scores of residuals that (I - H_gg) has blown up."""
    panel = read("castle")
    frame = panel.frame
    x = ((frame["effyear"] > 0) & (frame["year"] >= frame["effyear"])).to_numpy(float)
    dummies = pd.get_dummies(frame[["sid", "year"]].astype(str), dtype=float).to_numpy()[:, :-1]
    X, y = np.column_stack([x, dummies]), frame["l_homicide"].to_numpy()
    # A state's own effect is not identified without it: take states out first, as they are nested.
    state = frame["sid"].to_numpy()
    columns = np.column_stack([x, dummies[:, frame["sid"].nunique() :], y])
    means = pd.DataFrame(columns).groupby(state).transform("mean").to_numpy()
    X, y = (columns - means)[:, :-1], (columns - means)[:, -1]
    inverse = np.linalg.inv(X.T @ X)
    residual = y - X @ inverse @ X.T @ y
    moves = []
    for one in np.unique(state):
        own = state == one
        hat = X[own] @ inverse @ X[own].T
        # The rows of a state sum to nought within it, so only that far is I - H to be inverted.
        blown = np.linalg.pinv(np.eye(own.sum()) - hat) @ residual[own]
        moves.append((inverse @ X[own].T @ blown)[0])
    count = len(moves)
    error = np.sqrt((count - 1) / count * np.square(moves).sum())
    assert jackknife(panel, twfe).figures["std_error"] == pytest.approx(error, rel=1e-8)
