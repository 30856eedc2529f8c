"""At the edges of the data a diagnostic says that it cannot tell, and why: never a silent number.

One or two clusters, one treated or one untreated unit, one period, everybody treated at once, an
outcome that does not vary, weights of nought, missing cells and repeated cross-sections.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit import checks, did
from evalkit.checks.footing import rests_on_few, weighing
from evalkit.checks.single import single
from evalkit.errors import EvalkitError
from evalkit.panel import Panel, PanelError

pytestmark = pytest.mark.filterwarnings("ignore::evalkit.errors.EvalkitWarning")

CASTLE = Path(__file__).parents[2] / "reference" / "data" / "castle.csv"


def drawn(cohorts=(0,) * 10 + (4,) * 6 + (5,) * 6, periods=6):
    random = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "unit": np.repeat(np.arange(len(cohorts)), periods),
            "t": np.tile(np.arange(1, periods + 1), len(cohorts)),
            "g": np.repeat(cohorts, periods),
        }
    )
    treated = (frame["g"] > 0) & (frame["t"] >= frame["g"])
    size = len(frame)
    return frame.assign(
        y=random.normal(size=size) + 0.3 * frame["t"] + treated, x=random.normal(size=size), w=1.0
    )


def panel_of(frame, **roles):
    return Panel(frame, **({"unit": "unit", "time": "t", "outcome": "y", "cohort": "g"} | roles))


FRAME = drawn()


def weights(weigh):
    return panel_of(FRAME.assign(w=np.where(weigh, 1.0, 0.0)), weights="w")


UNTELLABLE = {
    "one cluster": lambda: panel_of(FRAME.assign(c=1), cluster="c"),
    "two clusters": lambda: panel_of(FRAME.assign(c=FRAME["g"] > 0), cluster="c"),
    "two clusters of all cohorts": lambda: panel_of(FRAME.assign(c=FRAME.unit % 2), cluster="c"),
    "one treated unit": lambda: panel_of(drawn((0,) * 12 + (4,))),
    "one untreated unit": lambda: panel_of(drawn((0,) + (4,) * 12)),
    "one unit of each": lambda: panel_of(drawn((0, 4))),
    "all treated at once": lambda: panel_of(drawn((4,) * 12)),
    "all treated from the first period on": lambda: panel_of(drawn((1,) * 12)),
    "one period": lambda: panel_of(FRAME[FRAME["t"] == 4]),
    "an outcome that does not vary": lambda: panel_of(FRAME.assign(y=2.0)),
    "treated units that weigh nothing": lambda: weights(FRAME["g"] == 0),
    "nothing that weighs": lambda: weights(FRAME["g"] < 0),
    "one treated cluster that weighs": lambda: weights(FRAME["g"].eq(0) | FRAME["unit"].eq(12)),
}
TELLABLE = {
    "one period before": lambda: panel_of(drawn((0,) * 8 + (2,) * 8)),
    "missing cells": lambda: panel_of(FRAME[np.random.default_rng(2).random(len(FRAME)) > 0.1]),
    "missing values": lambda: panel_of(
        FRAME.assign(
            x=FRAME["x"].where(FRAME.index % 7 > 0), y=FRAME["y"].where(FRAME.index % 9 > 0)
        )
    ),
    "some weights of nought": lambda: weights(FRAME["unit"] % 5 > 0),
    "cross-sections": lambda: panel_of(FRAME, unit=None),
    "cross-sections in clusters": lambda: panel_of(
        FRAME.assign(c=FRAME["unit"] // 2), unit=None, cluster="c"
    ),
    "a gap between periods": lambda: panel_of(FRAME[FRAME["t"] != 3]),
    "nobody never treated": lambda: panel_of(drawn((4,) * 8 + (6,) * 8)),
}  # fmt: skip
ESTIMATORS = {
    "twfe": did.twfe,
    "group_time": lambda panel: did.group_time(
        panel, base_period="universal", balanced=panel.names["unit"] is not None
    ),
    "imputation": did.imputation,
}
STUDIES = {
    "twfe": did.event_study,
    "group_time": ESTIMATORS["group_time"],
    "imputation": did.sun_abraham,
}
CHECKS = {
    "pretrends": lambda panel, name: checks.pretrends(STUDIES[name](panel)),
    "honest": lambda panel, name: checks.honest(STUDIES[name](panel)),
    "placebo": lambda panel, name: checks.placebo(panel, ESTIMATORS[name]),
    "placebo_groups": lambda panel, name: checks.placebo_groups(panel, ESTIMATORS[name], draws=6),
    "leave_one_out": lambda panel, name: checks.leave_one_out(panel, ESTIMATORS[name]),
    "randomisation": lambda panel, name: checks.randomisation(panel, ESTIMATORS[name], draws=21),
    "jackknife": lambda panel, name: checks.jackknife(panel, ESTIMATORS[name]),
    "power": lambda panel, name: checks.power(ESTIMATORS[name](panel), relevant=1.0),
    "wild_bootstrap": lambda panel, _: checks.wild_bootstrap(panel, draws=99),
    "overlap": lambda panel, _: checks.overlap(panel, ["x"]),
    "composition": lambda panel, _: checks.composition(panel, ["x"]),
}
ALONE = {"wild_bootstrap", "overlap", "composition"}  # they take no estimator
PAIRS = [
    *((check, "twfe") for check in CHECKS),
    *((check, "group_time") for check in CHECKS if check not in ALONE),
    *((check, "imputation") for check in ("pretrends", "honest", "power", "placebo")),
]
# What does not rest on what the edge takes away may tell all the same.
MAY_TELL = {
    "overlap": {
        "one cluster", "two clusters", "two clusters of all cohorts", "one treated unit",
        "one untreated unit", "one unit of each", "an outcome that does not vary",
        "one treated cluster that weighs",
    },
    "composition": {"an outcome that does not vary"},
    # It asks whether stated errors are too small, so it takes them as they are stated.
    "placebo_groups": {
        "two clusters of all cohorts", "one treated unit", "one treated cluster that weighs",
    },
    # Cohorts that vary within clusters are dealt over units, and a note says so.
    "randomisation": {"two clusters", "two clusters of all cohorts"},
    # They see the effect and not the panel, and group_time counts also those who weigh nothing.
    "pretrends": {"one treated cluster that weighs"},
    "honest": {"one treated cluster that weighs"},
    "power": {"one treated cluster that weighs"},
}  # fmt: skip


def outcome(check, panel, estimator):
    """Run it: what it found, or that it refused with something to do about it."""
    try:
        found = CHECKS[check](panel(), estimator)
    except EvalkitError as error:
        return ("refused" if error.hint else f"no hint: {error}"), None
    assert found.outcome in {"passed", "failed", "not decisive"}
    assert found.says
    assert "nan" not in str(found.says)
    assert found.to_json()
    assert found.summary()
    return found.outcome, found


@pytest.mark.parametrize("edge", UNTELLABLE)
@pytest.mark.parametrize(("check", "estimator"), PAIRS)
def test_what_cannot_be_told_is_not(check, edge, estimator):
    told, _ = outcome(check, UNTELLABLE[edge], estimator)
    if edge not in MAY_TELL.get(check, ()):
        assert told in {"refused", "not decisive"}


@pytest.mark.parametrize("edge", TELLABLE)
@pytest.mark.parametrize(("check", "estimator"), [one for one in PAIRS if one[1] == "twfe"])
def test_what_is_told_has_its_numbers(check, edge, estimator):
    told, found = outcome(check, TELLABLE[edge], estimator)
    assert not told.startswith("no hint")
    if told in {"passed", "failed"}:
        assert all(np.isfinite(value) for value in found.figures.values())


@pytest.mark.parametrize("check", sorted(set(CHECKS) - {"overlap", "randomisation"}))
def test_the_plain_panel_can_be_told(check):
    """Else the tests above would show nothing."""
    told, _ = outcome(check, lambda: panel_of(drawn((0,) * 60 + (4,) * 50 + (5,) * 50)), "twfe")
    assert told in {"passed", "failed"} or check == "composition"


# Few treated ----------------------------------------------------------------------------------


def test_a_cohort_of_a_single_state_is_not_tested_by_an_error_of_nought():
    """Montana alone (2009) would reject with p = 0.0002, on an error that leaves it out."""
    panel = Panel(CASTLE, unit="sid", time="year", outcome="l_homicide", cohort="effyear")
    found = checks.placebo(panel, did.twfe)
    table = found.table.set_index(["cohort", "shift"])
    known = table["p_value"].notna()
    assert set(table.index[known]) == {(2006, 1), (2006, 2)}
    assert table["estimate"].notna().all()
    assert found.figures["placebos"] == 2
    assert found.outcome == "passed"
    alone = Panel(
        panel.frame[panel.frame["effyear"].isin([0, 2009])],
        unit="sid", time="year", outcome="l_homicide", cohort="effyear",
    )  # fmt: skip
    assert did.twfe(alone).table["std_error"][0] > 0
    assert checks.placebo(alone, did.twfe).outcome == "not decisive"


FEW = {
    "twfe": did.twfe,
    "event_study": did.event_study,
    "imputation": did.imputation,
    "sun_abraham": did.sun_abraham,
    "group_time": did.group_time,
    "group_time by event time": lambda panel: did.group_time(panel).aggregate("event"),
    "two_by_two": lambda panel: did.two_by_two(
        Panel(panel.frame[panel.frame["t"].isin([3, 4])], **panel.names)
    ),
}


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize(
    ("cohorts", "few"),
    [
        ((0,) * 12 + (4,), True),
        ((0,) + (4,) * 12, True),
        ((0,) * 12 + (4,) * 3, True),
        ((0,) * 12 + (4,) * 12, False),
    ],
)
def test_an_effect_knows_that_it_rests_on_few(name, cohorts, few):
    assert rests_on_few(FEW[name](panel_of(drawn(cohorts)))) == few


@pytest.mark.parametrize("name", sorted(set(FEW) - {"two_by_two"}))
def test_clusters_count_and_not_their_units(name):
    frame = drawn((0,) * 12 + (4,) * 12)
    clustered = panel_of(frame.assign(c=frame["unit"].clip(upper=13)), cluster="c")
    assert rests_on_few(FEW[name](clustered))


def test_errors_of_the_untreated_do_not_need_many_treated():
    panel = panel_of(drawn((0,) * 12 + (4,)))
    effect = did.synthetic_did(panel, inference="placebo", draws=20)
    assert effect.inference.kind == "placebo"
    assert not rests_on_few(effect)
    assert checks.power(effect, relevant=1.0).outcome in {"passed", "failed"}


def test_without_a_cohort_too_few_may_be_left():
    frame = drawn((0,) * 12 + (4,) * 8 + (5,) * 3)
    found = checks.leave_one_out(panel_of(frame), did.twfe)
    assert found.table["estimate"].notna().all()
    assert found.table["std_error"].isna().tolist() == [True, False]
    assert found.outcome == "not decisive"


# Weights --------------------------------------------------------------------------------------


def test_what_weighs_nothing_is_no_cluster():
    panel = weights(FRAME["g"].eq(0) | FRAME["unit"].eq(12))
    found = checks.wild_bootstrap(panel, draws=99)
    assert found.figures["clusters"] == 11
    assert found.figures["treated_clusters"] == 1
    assert checks.jackknife(weights(FRAME["unit"] % 5 > 0), did.twfe).figures["clusters"] == 17
    assert checks.overlap(weights(FRAME["unit"] % 5 > 0), "x").table["controls"][0] == 8


def test_weighing_leaves_a_panel_alone_that_weighs():
    panel = panel_of(FRAME, weights="w")
    assert weighing(panel) is panel
    assert weighing(panel_of(FRAME)).weights is None
    with pytest.raises(PanelError, match="nought"):
        weighing(weights(FRAME["g"] < 0))


def test_weights_that_change_are_a_change_of_composition():
    """Nobody leaves, but the heavier of the treated count for less after their start."""
    random = np.random.default_rng(3)
    frame = drawn((0,) * 60 + (4,) * 60)
    frame["x"] = random.normal(size=120)[frame["unit"]]
    assert checks.composition(panel_of(frame), "x").outcome == "passed"
    light = (frame["g"] == 4) & (frame["t"] >= 4) & (frame["x"] > 0)
    found = checks.composition(
        panel_of(frame.assign(w=np.where(light, 0.2, 1.0)), weights="w"), "x"
    )
    assert found.table["term"].tolist() == ["x"]
    assert found.table["change"][0] < 0
    assert found.outcome == "failed"


# What is not there ----------------------------------------------------------------------------


def test_cross_sections_without_a_before_show_no_composition():
    after = FRAME[FRAME["t"] >= 5]
    found = checks.composition(panel_of(after, unit=None))
    assert found.outcome == "not decisive"
    assert len(found.table) == 0


@pytest.mark.parametrize("study", [did.event_study, did.sun_abraham])
def test_an_estimate_before_treatment_is_no_effect(study):
    """After the pretended start nobody treated is observed: a lone lead is left."""
    frame = drawn((0,) * 8 + (3,) * 8, periods=3)
    frame = frame[(frame["g"] == 0) | (frame["t"] < 3)]
    effect = study(panel_of(frame))
    assert effect.table["event_time"].tolist() == [-2]
    with pytest.raises(EvalkitError, match="no single estimate"):
        single(effect)


def test_an_event_time_that_does_not_occur_has_a_hint():
    with pytest.raises(PanelError) as caught:
        checks.wild_bootstrap(panel_of(drawn((0,) * 8 + (2,) * 8, periods=2)), event_time=5)
    assert caught.value.hint
    with pytest.raises(EvalkitError) as caught:
        checks.honest(
            did.event_study(panel_of(FRAME[(FRAME["g"] == 0) | (FRAME["t"] < FRAME["g"])]))
        )
    assert caught.value.hint
