"""Against wildboottest, and against samples that statsmodels fits one by one.

`make_numbers.py` made `numbers.json` with wildboottest: nine states of mpdta, so that every sign
vector is run through. It counts draws that are strictly larger; here ties count as well.
"""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from evalkit.checks import wild_bootstrap
from evalkit.checks.fixed_effects import design
from evalkit.panel import Panel

HERE = Path(__file__).parent
NUMBERS = json.loads((HERE / "numbers.json").read_text())["numbers"]
STATES = (8, 12, 17, 24, 27, 22, 38, 40, 45)


def counties(states=STATES, **roles):
    frame = pd.read_csv(HERE.parent / "data" / "mpdta.csv")
    frame = frame.assign(state=frame["countyreal"] // 1000, w=np.exp(frame["lpop"]))
    frame = frame[frame["state"].isin(states)]
    return Panel(
        frame, unit="countyreal", time="year", outcome="lemp", cohort="first.treat",
        cluster="state", **roles,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "roles", "event_time"),
    [
        ("treated", {}, None),
        ("treated, weighted", {"weights": "w"}, None),
        ("event time 0", {}, 0),
    ],
)
def test_every_sign_vector_falls_as_in_wildboottest(name, roles, event_time):
    panel, theirs = counties(**roles), NUMBERS[name]
    found = wild_bootstrap(panel, event_time=event_time)
    assert found.figures["draws"] == theirs["draws"] == 2**9
    own = design(panel, event_time)
    assert abs(own.estimate) / own.raw_error == pytest.approx(theirs["t_stat"], rel=1e-8)
    assert theirs["ties"] == 2  # the data themselves and their mirror image
    assert found.figures["p_value"] == (theirs["larger"] + theirs["ties"]) / 2**9


def test_webb_weights_fall_as_in_random_draws_of_wildboottest():
    """All 6^5 weight vectors here, 99,999 random ones there: within four standard errors."""
    theirs = NUMBERS["treated, webb"]
    found = wild_bootstrap(counties(STATES[2:7]), signs="webb")
    assert found.figures["draws"] == 6**5
    share = (theirs["larger"] + theirs["ties"]) / theirs["draws"]
    error = np.sqrt(share * (1 - share) / theirs["draws"])
    assert found.figures["p_value"] == pytest.approx(share, abs=4 * error)


def by_statsmodels(frame, null):
    """Impose the null, sign the residuals of whole clusters, and fit each sample with dummies."""
    treated = ((frame["g"] > 0) & (frame["t"] >= frame["g"])).astype(float)
    dummies = pd.get_dummies(frame[["unit", "t"]].astype(str), dtype=float, drop_first=True)
    others = sm.add_constant(dummies)
    full = pd.concat([treated.rename("treated"), others], axis=1)
    codes = frame["c"].to_numpy()

    def statistic(y):
        fit = sm.OLS(y, full).fit(cov_type="cluster", cov_kwds={"groups": codes})
        return abs(fit.params["treated"] - null) / fit.bse["treated"]

    restricted = sm.OLS(frame["y"] - null * treated, others).fit()
    base = null * treated + restricted.fittedvalues
    drawn = [
        statistic(base + restricted.resid * np.array(signs)[codes])
        for signs in product([-1.0, 1.0], repeat=codes.max() + 1)
    ]
    return np.mean(np.array(drawn) >= statistic(frame["y"]) * (1 - 1e-9))


@pytest.mark.parametrize("gaps", [False, True])
def test_p_and_interval_are_those_of_samples_fitted_by_statsmodels(gaps):
    random = np.random.default_rng(5)
    frame = pd.DataFrame(
        [(unit, t, unit // 2, (0, 3, 4)[unit // 2 % 3]) for unit in range(12) for t in range(1, 6)],
        columns=["unit", "t", "c", "g"],
    )
    frame["y"] = random.normal(size=60) + 2.0 * ((frame["g"] > 0) & (frame["t"] >= frame["g"]))
    frame = frame[random.uniform(size=60) > 0.1 * gaps].reset_index(drop=True)
    panel = Panel(frame, unit="unit", time="t", outcome="y", cohort="g", cluster="c")
    found = wild_bootstrap(panel, alpha=0.1)
    assert found.figures["p_value"] == by_statsmodels(frame, 0.0)
    low, high = found.table.loc[1, ["conf_low", "conf_high"]]
    step = 1e-6 * (high - low)
    for end, outwards in ((low, -step), (high, step)):
        assert by_statsmodels(frame, end + outwards) < 0.1 <= by_statsmodels(frame, end - outwards)
