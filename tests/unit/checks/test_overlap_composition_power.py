import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit.checks import composition, overlap, power, power_of_design
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError

from .conftest import make_panel, make_study

NAMES = {"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"}


def with_covariate(shift, units=60, seed=0, cohorts=(0, 4)):
    panel = make_panel(units=units, cohorts=cohorts)
    random = np.random.default_rng(seed)
    by_unit = random.normal(size=panel.n_units) + shift * (panel.cohorts > 0)
    return Panel(panel.frame.assign(x=by_unit[panel.unit]), **NAMES)


# Overlap ------------------------------------------------------------------------------------


def test_overlap_by_hand():
    # x is 0 or 1: of 4 treated 3 have 1, of 6 others 2. The logit gives shares within x:
    # x = 1: 3 of 5, x = 0: 1 of 5; odds 1.5 and 0.25 weigh the others.
    x = [1, 1, 1, 0, 1, 1, 0, 0, 0, 0]
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(10), 2),
            "t": [1, 2] * 10,
            "y": np.arange(20.0),
            "g": np.repeat([2] * 4 + [0] * 6, 2),
            "x": np.repeat(x, 2),
        }
    )
    row = overlap(Panel(frame, **NAMES), ["x"]).table.loc[0]
    assert row["greatest_treated"] == pytest.approx(0.6)
    assert row["least_control"] == pytest.approx(0.2)
    assert row["outside"] == 0
    total, squares = 2 * 1.5 + 4 * 0.25, 2 * 1.5**2 + 4 * 0.25**2
    assert row["effective_controls"] == pytest.approx(total**2 / squares)
    assert row["difference_weighted"] == pytest.approx(0, abs=1e-8)  # a saturated logit balances


def test_overlap_outcomes():
    assert overlap(with_covariate(0.0), ["x"]).outcome == "passed"
    apart = overlap(with_covariate(50.0), ["x"])
    assert apart.outcome == "failed"
    assert apart.figures["greatest"] >= 0.999
    assert apart.to_json()


def test_overlap_without_pre_period_or_controls():
    found = overlap(with_covariate(0.0, cohorts=(1, 4)), ["x"])
    assert found.outcome == "not decisive"
    assert len(found.notes) == 2


def test_overlap_refusals():
    panel = with_covariate(0.0)
    with pytest.raises(EvalkitError, match="needs covariates"):
        overlap(panel, [])
    twice = Panel(panel.frame.assign(z=2 * panel.frame["x"], one=1.0), **NAMES)
    with pytest.raises(EvalkitError, match="follow from each other"):
        overlap(twice, ["x", "z"])
    with pytest.raises(EvalkitError, match="'one' is constant"):
        overlap(twice, ["one"])
    with pytest.raises(PanelError, match="no column"):
        overlap(panel, ["height"])


# Composition --------------------------------------------------------------------------------


def test_composition_of_a_balanced_panel():
    found = composition(with_covariate(1.0), ["x"])
    assert found.outcome == "passed"
    assert any("fixed in time" in note for note in found.notes)


def test_composition_by_hand():
    # Of two treated units one leaves in period 2; both others stay: presence falls by a half.
    frame = pd.DataFrame(
        {"unit": [1, 1, 2, 3, 3, 4, 4], "t": [1, 2, 1, 1, 2, 1, 2], "y": np.arange(7.0),
         "g": [2, 2, 2, 0, 0, 0, 0]}
    )  # fmt: skip
    found = composition(Panel(frame, **NAMES))
    assert found.table.loc[0, "term"] == "observed"
    assert found.table.loc[0, "change"] == pytest.approx(-0.5)


def test_composition_finds_leavers_and_newcomers():
    panel = with_covariate(0.0, units=100)
    frame = panel.frame
    leave = (frame["g"] == 4) & (frame["t"] >= 4) & (frame["x"] < 0)
    found = composition(Panel(frame[~leave], **NAMES), ["x"])
    assert found.outcome == "failed"
    assert set(found.table.loc[found.table["p_adjusted"] < 0.05, "term"]) == {"observed", "x"}
    by_chance = frame.sample(frac=0.95, random_state=1)
    assert composition(Panel(by_chance, **NAMES), ["x"]).outcome == "passed"


def test_composition_of_cross_sections():
    random = np.random.default_rng(0)
    n = 4000
    frame = pd.DataFrame({"t": random.integers(1, 5, n), "y": random.normal(size=n)})
    frame["g"] = np.where(random.uniform(size=n) < 0.4, 3, 0)
    frame["x"] = random.normal(size=n)
    names = {**NAMES, "unit": None}
    assert composition(Panel(frame, **names), ["x"]).outcome == "passed"
    gone = (frame["g"] == 3) & (frame["t"] >= 3) & (random.uniform(size=n) < 0.5)
    rest = frame[~gone]
    found = composition(Panel(rest, **names), ["x"])
    assert found.outcome == "failed"
    own, after = (rest["g"] == 3), (rest["t"] >= 3)
    assert found.table.loc[0, "change"] == pytest.approx(own[after].mean() - own[~after].mean())


# Power --------------------------------------------------------------------------------------


def test_power_by_hand():
    # (1.95996 + 0.84162) standard errors
    found = power(0.5, relevant=1.5)
    assert found.figures["mde"] == pytest.approx(0.5 * (1.959963985 + 0.841621234))
    assert found.outcome == "passed"
    assert power(0.5, relevant=1.0).outcome == "failed"
    assert power(0.5).outcome == "not decisive"
    at_mde = found.table.loc[10]
    assert at_mde["effect"] == pytest.approx(found.figures["mde"])
    assert at_mde["power"] == pytest.approx(0.8, abs=1e-4)


def test_power_of_an_effect():
    study = make_study([-2, 0, 1], [0, 1, 3], np.diag([1, 0.04, 0.12]), df=20, alpha=0.1)
    found = power(study)
    assert found.figures["std_error"] == pytest.approx(0.2)  # sqrt(0.16 / 4)
    reach = stats.t(20).isf(0.05) + stats.t(20).ppf(0.8)
    assert found.figures["mde"] == pytest.approx(0.2 * reach)


@pytest.mark.parametrize("autocorrelation", [0.0, 0.6])
def test_power_of_a_design_is_that_of_a_simulation(autocorrelation):
    pre, post, units, share = 3, 4, 40, 0.25
    found = power_of_design(
        units, pre=pre, post=post, variance=2.0, treated=share, autocorrelation=autocorrelation
    )
    random = np.random.default_rng(0)
    gap = np.abs(np.subtract.outer(np.arange(7), np.arange(7)))
    sigma = 2.0 * np.where(gap == 0, 1.0, autocorrelation ** np.maximum(gap, 1))
    errors = random.multivariate_normal(np.zeros(7), sigma, size=(20_000, units))
    change = errors[:, :, pre:].mean(axis=2) - errors[:, :, :pre].mean(axis=2)
    did = change[:, :10].mean(axis=1) - change[:, 10:].mean(axis=1)
    assert did.std() == pytest.approx(found.figures["std_error"], rel=0.02)


def test_power_of_clusters():
    alone = power_of_design(100, pre=2, post=2, variance=1.0).figures["std_error"]
    found = power_of_design(100, pre=2, post=2, variance=1.0, cluster_size=5, icc=0.25)
    assert found.figures["design_effect"] == 2.0
    assert found.figures["std_error"] == pytest.approx(alone * 2**0.5)


@pytest.mark.parametrize("error", [0.0, np.nan, -1.0])
def test_power_refuses_an_error_that_is_none(error):
    with pytest.raises(EvalkitError, match="standard error"):
        power(error)


@pytest.mark.parametrize(
    "given",
    [
        {"pre": 0},
        {"post": 0},
        {"variance": -1.0},
        {"treated": 1.0},
        {"autocorrelation": 1.0},
        {"icc": 2.0},
        {"cluster_size": 60},
    ],
)
def test_power_of_design_refuses(given):
    with pytest.raises(EvalkitError, match=r"out of range|too few"):
        power_of_design(100, **{"pre": 2, "post": 2, "variance": 1.0, **given})
