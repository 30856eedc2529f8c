"""When a check can say nothing it says so: few clusters, no error, no single event time."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evalkit import checks, did
from evalkit.errors import EvalkitError
from evalkit.panel import Panel
from tests.unit.did.test_thin_data import panel, staggered

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")

FRAME = staggered().assign(z=np.random.default_rng(5).normal(size=560))
PANEL = panel(FRAME)
STUDY = did.event_study(PANEL)

CHECKS = {
    "composition": lambda alpha: checks.composition(PANEL, "z", alpha=alpha),
    "honest": lambda alpha: checks.honest(STUDY, alpha=alpha),
    "honest_from": lambda alpha: checks.honest_from(np.ones(2), np.eye(2), 1, 1, alpha=alpha),
    "jackknife": lambda alpha: checks.jackknife(PANEL, did.twfe, alpha=alpha),
    "leave_one_out": lambda alpha: checks.leave_one_out(PANEL, did.twfe, alpha=alpha),
    "placebo": lambda alpha: checks.placebo(PANEL, did.twfe, alpha=alpha),
    "placebo_groups": lambda alpha: checks.placebo_groups(PANEL, did.twfe, alpha=alpha),
    "power": lambda alpha: checks.power(1.0, alpha=alpha),
    "power_of_design": lambda alpha: checks.power_of_design(
        50, pre=2, post=2, variance=1.0, alpha=alpha
    ),
    "pretrends": lambda alpha: checks.pretrends(STUDY, alpha=alpha),
    "randomisation": lambda alpha: checks.randomisation(PANEL, did.twfe, alpha=alpha),
    "wild_bootstrap": lambda alpha: checks.wild_bootstrap(PANEL, alpha=alpha),
}


@pytest.mark.parametrize("alpha", [0, 1, 2, float("nan"), "0.05"])
@pytest.mark.parametrize("name", CHECKS)
def test_alpha_is_between_nought_and_one(name, alpha):
    with pytest.raises(EvalkitError, match=r"alpha is .*\n.*between 0 and 1, such as 0\.05"):
        CHECKS[name](alpha)


# Leads of imputation ------------------------------------------------------------------------


@pytest.mark.parametrize("covariates", [None, "z"])
def test_a_trend_adds_to_leads_and_effects_what_is_stated(covariates):
    """Estimates are linear in the outcome: add the trend, and see what it does."""
    fit = did.imputation(PANEL, covariates, pretrends=3)
    moved = FRAME.assign(y=FRAME.y + 0.7 * np.where(FRAME.g > 0, FRAME.t - FRAME.g, 0))
    other = did.imputation(panel(moved), covariates, pretrends=3)
    change = (other.table["estimate"] - fit.table["estimate"]) / 0.7
    np.testing.assert_allclose([fit.trend[term] for term in fit.table["term"]], change, atol=1e-9)


def test_leads_share_their_base_by_hand():
    """One cohort from 5 on beside never treated; leads -1 and -2 are measured from -4 and -3.

    A line e of the treated has the mean -3.5 over these two, so the leads are 2.5 and 1.5; the
    effects are measured from the mean of all four periods before, -2.5.
    """
    frame = staggered((0,) * 40 + (5,) * 40, periods=6)
    fit = did.imputation(panel(frame), pretrends=2)
    expected = {"lead(-2)": 1.5, "lead(-1)": 2.5, "ATT(0)": 2.5, "ATT(1)": 3.5, "ATT": 3.0}
    assert fit.trend == pytest.approx(expected)
    found = checks.pretrends(fit)
    assert any("leads share a base" in note for note in found.notes)
    assert not any("varying base" in note for note in found.notes)
    assert found.figures["bias_80"] == pytest.approx(3.0 * found.figures["slope_80"])
    terms = ["lead(-2)", "lead(-1)"]
    line = found.figures["slope_80"] * np.array([1.5, 2.5])
    centre = line @ np.linalg.solve(fit.covariance.loc[terms, terms], line)
    assert stats.ncx2(2, centre).sf(stats.chi2(2).isf(0.05)) == pytest.approx(0.8)


def test_leads_do_not_see_a_line_that_everyone_follows():
    fit = did.imputation(panel(staggered((4,) * 20 + (7,) * 20)), pretrends=2)
    found = checks.pretrends(fit)
    assert "slope_80" not in found.figures
    if found.outcome != "failed":
        assert "would not see a linear trend however steep" in found.says


def test_leads_are_no_single_base_for_honest():
    with pytest.raises(EvalkitError, match=r"all earlier periods together.*\n.*event_study"):
        checks.honest(did.imputation(PANEL, pretrends=3))


# No error -----------------------------------------------------------------------------------


def exact():
    treated = (FRAME.g > 0) & (FRAME.t >= FRAME.g)
    return panel(FRAME.assign(y=3 * FRAME.x + 0.2 * FRAME.t + treated))


@pytest.mark.parametrize("estimator", [did.imputation, did.twfe, did.group_time])
def test_nothing_is_decided_on_an_error_of_rounding(estimator):
    for found in (
        checks.placebo(exact(), estimator),
        checks.placebo_groups(exact(), estimator, draws=6),
        checks.leave_one_out(exact(), estimator),
        checks.randomisation(exact(), estimator, draws=5),
        checks.jackknife(panel(staggered().assign(y=2.0)), did.imputation)
        if estimator is did.imputation
        else checks.power(estimator(exact())),
    ):
        assert found.outcome == "not decisive"
        assert "nan" not in found.says
        assert "error" in found.says
        assert found.to_json()
        assert found.summary()


def test_pretrends_without_an_error_say_so():
    found = checks.pretrends(did.imputation(exact(), pretrends=2))
    assert found.outcome == "not decisive"
    assert "no estimate before treatment with a standard error" in found.says
    with pytest.raises(EvalkitError, match="no estimate after treatment has a standard error"):
        checks.honest(did.event_study(exact()))


def test_power_needs_errors():
    with pytest.raises(EvalkitError, match="bacon has no standard errors"):
        checks.power(did.bacon(PANEL))
    found = checks.power(did.imputation(exact()))
    with pytest.raises(EvalkitError, match="no picture"):
        found.plot()


# Bins, few clusters, small groups -----------------------------------------------------------


def test_ends_of_a_binned_window_are_no_event_times():
    binned = did.event_study(PANEL, window=(-3, 2), binned=True)
    assert binned.binned == (-3, 2)
    own = did.event_study(PANEL, window=(-5, 4), binned=True)  # which hold nothing beyond
    assert own.binned == ()
    found = checks.honest(binned, weights="first")
    assert any("event time \N{MINUS SIGN}3 is left out" in note for note in found.notes)
    table = binned.table.set_index("event_time")
    first = found.table.iloc[0]
    assert (first["conf_low"] + first["conf_high"]) / 2 == pytest.approx(table["estimate"][0])
    before = checks.pretrends(binned)
    assert list(before.table["event_time"]) == [-2]
    assert len(before.notes) == 2


@pytest.mark.parametrize("clusters", [1, 2, 4])
def test_composition_decides_nothing_with_few_clusters(clusters):
    few = panel(FRAME.assign(c=FRAME.unit % clusters), cluster="c")
    found = checks.composition(few, ["z"])
    assert found.outcome == "not decisive"
    assert "nan" not in found.says
    assert f"{clusters} treated and {clusters} untreated clusters" in found.says


def test_composition_has_a_t_distribution():
    table = checks.composition(panel(FRAME.assign(c=FRAME.unit % 9), cluster="c"), ["z"]).table
    statistic = abs(table["change"] / table["std_error"])[0]
    assert table["p_value"][0] == pytest.approx(2 * stats.t(8).sf(statistic))


def overlap_of(treated, others, above, seed=0):
    """Some treated units lie above all others; the rest are spread alike."""
    random = np.random.default_rng(seed)
    x = np.concatenate([random.uniform(-1, 1, treated), random.uniform(-1, 1, others)])
    if above:
        x[:treated], x[treated:] = np.linspace(-0.3, 0.3, treated), np.linspace(-0.8, 0.4, others)
        x[:above] = 1.2
    unit = np.arange(treated + others)
    g = np.where(unit < treated, 2, 0)
    frame = pd.DataFrame({"unit": np.repeat(unit, 2), "t": [1, 2] * len(unit)})
    frame = frame.assign(y=frame.index * 1.0, g=np.repeat(g, 2), x=np.repeat(x, 2))
    return checks.overlap(Panel(frame, unit="unit", time="t", outcome="y", cohort="g"), "x")


def test_overlap_of_small_groups_is_not_decisive():
    small = overlap_of(5, 15, 1)
    assert small.figures["outside"] == pytest.approx(0.2)
    assert small.table["by_chance"][0] == pytest.approx(0.25)
    assert small.outcome == "not decisive"
    assert "too small to tell" in small.says
    assert overlap_of(50, 150, 10).outcome == "failed"


def test_overlap_of_like_groups_seldom_fails():
    outcomes = [overlap_of(6, 12, 0, seed).outcome for seed in range(60)]
    assert outcomes.count("failed") <= 3


# Sentences ----------------------------------------------------------------------------------


def test_leave_one_out_counts_cohorts_that_start():
    two = panel(staggered((4,) * 20 + (6,) * 20))
    found = checks.leave_one_out(two, lambda one: did.group_time(one, control="not_yet"))
    assert found.outcome == "not decisive"
    assert "There are 2 treated cohorts" in found.says
    always = panel(staggered((0,) * 20 + (1,) * 5 + (4,) * 20 + (6,) * 20))
    found = checks.leave_one_out(always, did.imputation)
    assert list(found.table["cohort"]) == [4, 6]
    assert found.outcome == "passed"
    with pytest.raises(EvalkitError, match="nobody starts treatment"):
        checks.leave_one_out(panel(staggered((0,) * 5 + (1,) * 5)), did.twfe)


def test_few_draws_are_not_put_down_to_clusters():
    found = checks.wild_bootstrap(PANEL, draws=10)
    assert found.outcome == "not decisive"
    assert "so few draws cannot give less" in found.says


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (lambda: checks.placebo(PANEL, did.twfe, shifts=()), "no shifts"),
        (lambda: checks.placebo(PANEL, did.twfe, shifts=[0]), "before treatment is 0"),
        (lambda: checks.placebo_groups(PANEL, did.twfe, draws=0), "draws is 0"),
        (lambda: checks.randomisation(PANEL, did.twfe, draws=0), "draws is 0"),
        (lambda: checks.randomisation(PANEL, did.twfe, by="units"), "did you mean 'unit'"),
        (lambda: checks.wild_bootstrap(PANEL, draws=0), "draws is 0"),
        (lambda: checks.wild_bootstrap(PANEL, signs="web"), "did you mean 'webb'"),
        (lambda: checks.honest(STUDY, weights="frist"), "did you mean 'first'"),
        (lambda: checks.power_of_design(
            100, pre=2, post=2, variance=1.0, treated=0.001), r"0\.1 of them treated"),
        (lambda: checks.power_of_design(
            100, pre=2, post=2, variance=1.0, treated=0.999), "untreated"),
        (lambda: checks.power_of_design(10.5, pre=2, post=2, variance=1.0), "units is 10.5"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked(asked, says):
    with pytest.raises(EvalkitError, match=says):
        asked()
