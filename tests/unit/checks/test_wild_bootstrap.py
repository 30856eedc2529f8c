import json
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.checks import wild_bootstrap
from evalkit.checks.fixed_effects import design
from evalkit.checks.wild_bootstrap import sign_vectors, wild_test
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError

DATA = Path(__file__).parents[2] / "reference" / "data"
COLUMNS = {
    "mpdta": ("countyreal", "year", "lemp", "first.treat"),
    "castle": ("sid", "year", "l_homicide", "effyear"),
    "sim_panel": ("unit", "t", "y", "g"),
    "sim_unbalanced": ("unit", "t", "y", "g"),
}
GOLDEN = [
    one
    for one in json.loads((DATA / "golden.json").read_text())
    if one["estimator"] == "fixest TWFE static" and one["options"]["vcov"].startswith("cluster")
]


def golden_panel(entry):
    name = entry["dataset"]
    file = "sim_panel" if name.startswith("sim") else name
    frame = pd.read_csv(DATA / f"{file}.csv")
    if name == "sim_unbalanced":
        frame = frame[frame["kept"] == 1]
    unit, time, outcome, cohort = COLUMNS[name]
    roles = {"unit": unit, "time": time, "outcome": outcome, "cohort": cohort}
    cluster = entry["options"]["vcov"].split(":")[1]
    weights = entry["options"].get("weightsname")
    return Panel(frame, **roles, cluster=cluster, weights=weights)


@pytest.mark.parametrize("entry", GOLDEN, ids=[str(one["id"]) for one in GOLDEN])
def test_the_regression_is_that_of_fixest(entry):
    found, row = design(golden_panel(entry)), entry["results"][0]
    assert found.estimate == pytest.approx(row["estimate"], rel=1e-8)
    raw = entry["options"]["ssc"].startswith("none")
    error = found.raw_error if raw else found.std_error
    assert error == pytest.approx(row["std_error"], rel=1e-8)


def small(seed=0, clusters=7, weights=None, drop=True, effect=0.8, treated=4):
    random = np.random.default_rng(seed)
    rows = []
    for c in range(clusters):
        shock = random.normal(size=5)
        for i in range(3):
            for t in range(5):
                if drop and random.uniform() < 0.1:
                    continue
                g = 3 + c % 2 if c < treated else 0
                y = random.normal() + shock[t] * 0.3 + effect * (g > 0 and t >= g)
                rows.append((c * 3 + i, t, y, g, c, random.uniform(0.5, 2)))
    frame = pd.DataFrame(rows, columns=["unit", "t", "y", "g", "c", "w"])
    roles = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g", "cluster": "c"}
    return Panel(frame, **roles, weights=weights)


def by_definition(panel, null, signs):
    """Every bootstrap sample made and estimated anew, with dummies."""
    frame = panel.frame.reset_index(drop=True)
    w = np.sqrt(frame["w"].to_numpy() if panel.weights is not None else np.ones(len(frame)))
    x = ((frame["g"] > 0) & (frame["t"] >= frame["g"])).to_numpy(float)
    dummies = pd.get_dummies(frame[["unit", "t"]].astype(str)).to_numpy(float)
    Z, X = dummies * w[:, None], np.column_stack([x, dummies]) * w[:, None]
    y, c = frame["y"].to_numpy() * w, frame["c"].to_numpy()

    def t_statistic(outcome):
        coefficients = np.linalg.lstsq(X, outcome, rcond=None)[0]
        residual = outcome - X @ coefficients
        own = X[:, 0] - Z @ np.linalg.lstsq(Z, X[:, 0], rcond=None)[0]
        scores = np.array([(own * residual)[c == g].sum() for g in np.unique(c)])
        return (coefficients[0] - null) / np.sqrt((scores**2).sum()) * (own @ own)

    rest = y - null * X[:, 0]
    fitted = Z @ np.linalg.lstsq(Z, rest, rcond=None)[0]
    residual = rest - fitted
    own = t_statistic(y)
    drawn = [t_statistic(null * X[:, 0] + fitted + residual * v[c]) for v in signs]
    return np.mean(np.abs(drawn) >= abs(own) * (1 - 1e-9))


@pytest.mark.parametrize("weights", [None, "w"])
@pytest.mark.parametrize("null", [0.0, 0.4])
def test_p_is_that_of_samples_made_one_by_one(weights, null):
    panel = small(weights=weights)
    signs = np.array(list(product([-1.0, 1.0], repeat=7)))
    test = wild_test(design(panel), "rademacher", 200, 0)
    assert test.exact
    assert test.p_value(null) == by_definition(panel, null, signs)


def test_webb_points():
    signs = sign_vectors(3, "webb", 1000, 0)
    assert signs.shape == (216, 3)
    assert signs.mean(axis=0) == pytest.approx(0)
    assert (signs**2).mean(axis=0) == pytest.approx(1)
    panel = small(clusters=3, treated=2)
    test = wild_test(design(panel), "webb", 1000, 0)
    assert test.p_value(0.0) == by_definition(panel, 0.0, signs)


def test_the_interval_is_where_the_test_turns():
    panel = small(effect=2.0)
    test = wild_test(design(panel), "rademacher", 999, 0)
    low, high = wild_bootstrap(panel, draws=999).table.loc[1, ["conf_low", "conf_high"]]
    step = 1e-6 * (high - low)
    assert test.p_value(low - step) < 0.05 <= test.p_value(low + step)
    assert test.p_value(high + step) < 0.05 <= test.p_value(high - step)


def test_rejects_as_often_as_it_says():
    rejected = 0
    for seed in range(200):
        panel = small(seed, clusters=8, effect=0.0, drop=False)
        test = wild_test(design(panel), "rademacher", 256, 0)
        rejected += test.p_value(0.0) <= 0.10
    assert 0.04 <= rejected / 200 <= 0.16


def test_outcomes():
    assert wild_bootstrap(small(clusters=10, effect=3.0, treated=5)).outcome == "passed"
    few = wild_bootstrap(small(clusters=4, effect=3.0, treated=2))
    assert few.outcome == "not decisive"
    assert few.figures["least_p_value"] == 0.125
    one_treated = wild_bootstrap(small(clusters=10, effect=3.0, treated=1))
    assert one_treated.outcome == "not decisive"
    assert "fewer than three" in one_treated.says


def test_event_times():
    panel = small(clusters=10, effect=3.0, treated=5)
    assert wild_bootstrap(panel, event_time=0).figures["p_value"] < 0.2
    with pytest.raises(PanelError, match="is the reference"):
        wild_bootstrap(panel, event_time=-1)
    with pytest.raises(PanelError, match="does not occur"):
        wild_bootstrap(panel, event_time=7)


@pytest.mark.parametrize("change", ["order", "constant", "scale", "labels"])
def test_invariants(change):
    panel = small()
    frame = panel.frame.copy()
    first = wild_bootstrap(panel)
    if change == "order":
        frame = frame.sample(frac=1, random_state=0)
    elif change == "constant":
        frame["y"] += 1000
    elif change == "scale":
        frame["y"] *= -10
    else:
        frame["unit"] = 500 - frame["unit"]
    second = wild_bootstrap(Panel(frame, **panel.names))
    assert second.figures["p_value"] == first.figures["p_value"]
    assert second.figures["p_value_t"] == pytest.approx(first.figures["p_value_t"], rel=1e-6)


def test_refusals():
    panel = small()
    with pytest.raises(EvalkitError, match="is unknown"):
        wild_bootstrap(panel, signs="normal")
    frame = panel.frame.assign(c=1)
    with pytest.raises(PanelError, match="one cluster"):
        wild_bootstrap(Panel(frame, **panel.names))
    with pytest.raises(PanelError, match="constant"):
        wild_bootstrap(Panel(panel.frame.assign(y=3.0), **panel.names))
    with pytest.raises(PanelError, match="nobody is treated"):
        wild_bootstrap(Panel(panel.frame.assign(g=0), **panel.names))
    with pytest.raises(PanelError, match="cannot be told"):
        wild_bootstrap(Panel(panel.frame.assign(g=2), **panel.names))
