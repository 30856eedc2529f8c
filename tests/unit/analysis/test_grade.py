"""How diagnostics become threats, and threats the fate of a rung."""

from __future__ import annotations

from typing import get_args

import pytest

from evalkit.analysis.grade import direction_of, threats_of, told_apart
from evalkit.model.analysis import Analysis, CheckName, DesignName
from evalkit.model.design_limits import NO_CHECKS
from evalkit.model.finding import CheckFinding, Errors, Estimate, LeftOut, Sample

MANY = Errors(kind="analytic", cluster="firm", clusters=200)
FEW = Errors(kind="analytic", cluster="state", clusters=8)
SAMPLE = Sample(units=200, treated=80, rows=1000, first="2015", last="2020", before=4, sha256="")


def check(name: str, outcome: str, **figures: float) -> CheckFinding:
    return CheckFinding(name=name, outcome=outcome, says="", figures=figures)


def analysis(**outcome: str) -> Analysis:
    return Analysis.model_validate(
        {
            "title": "x", "question": "x?", "data": "x.csv", "source": "x", "design": "group_time",
            "outcome": {"column": "y", **outcome}, "unit": "u", "time": "t", "cohort": "g",
        }
    )  # fmt: skip


ANALYSED = analysis()
IMPUTED = ANALYSED.model_copy(update={"design": "imputation"})
SERIES = ANALYSED.model_copy(update={"design": "interrupted_series"})
SYNTHETIC = ANALYSED.model_copy(update={"design": "synthetic_did"})


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        (["passed"], "handled"),
        (["failed"], "not handled"),
        (["not decisive"], "not handled"),
        (["passed", "failed"], "not handled"),
        (["failed", "passed"], "not handled"),
        (["passed", "passed"], "handled"),
    ],
)
def test_every_check_of_a_threat_must_pass(outcomes: list[str], expected: str) -> None:
    names = ("pretrends", "placebo")
    checks = [check(name, one) for name, one in zip(names, outcomes, strict=False)]
    assert threats_of(ANALYSED, checks, MANY, SAMPLE)["pre-trends"] == expected


@pytest.mark.parametrize("design", get_args(DesignName))
def test_a_weaker_design_does_not_climb_past_a_stronger_one(design: str) -> None:
    """Every check that a design takes has passed; only `honest` may handle sensitivity."""
    asked = ANALYSED.model_copy(update={"design": design})
    able = set(get_args(CheckName)) - set(NO_CHECKS.get(design, ()))
    found = threats_of(asked, [check(name, "passed") for name in able], MANY, SAMPLE)
    if design.startswith(("synthetic", "interrupted")):
        assert "sensitivity" not in found
        return
    assert found["sensitivity"] == ("handled" if "honest" in able else "not handled")
    without = threats_of(asked, [check(name, "passed") for name in able - {"honest"}], MANY, SAMPLE)
    assert without["sensitivity"] == "not handled"


def test_a_threat_that_was_not_looked_at_is_not_there_but_sensitivity_is() -> None:
    assert threats_of(SERIES, [], MANY, SAMPLE) == {}
    for design in (ANALYSED, IMPUTED):
        assert threats_of(design, [], MANY, SAMPLE) == {"sensitivity": "not handled"}


def test_the_ladder_holds_imputation_and_says_why() -> None:
    """The printed reason is true of a design whose sensitivity nobody can tell."""
    from evalkit.judgement.profile import load_ladder

    (cap,) = [cap for cap in load_ladder("effectladder").caps if cap.id == "sensitivity"]
    assert cap.level == 3
    assert cap.text["nl"].startswith("Het is niet aangetoond dat de uitkomst standhoudt")


def test_a_failed_check_holds_for_synthetic_designs_too() -> None:
    short = SAMPLE.model_copy(update={"before": 1})
    assert threats_of(SYNTHETIC, [], FEW, SAMPLE) == {"pre-trends": "not handled"}
    found = threats_of(SYNTHETIC, [check("placebo", "failed")], FEW, short)
    assert found == {"pre-trends": "not handled", "few pre-periods": "not handled"}


def test_few_clusters_and_few_periods_are_threats_unasked() -> None:
    short = SAMPLE.model_copy(update={"before": 1})
    found = threats_of(IMPUTED, [], FEW, short)
    assert found["few pre-periods"] == found["few clusters"] == "not handled"
    exact = [check("wild_bootstrap", "passed", p_value=0.01)]
    assert threats_of(IMPUTED, exact, FEW, SAMPLE)["few clusters"] == "handled"
    open_ = [*exact, check("jackknife", "not decisive", p_value=0.3)]
    assert threats_of(IMPUTED, open_, FEW, SAMPLE)["few clusters"] == "not handled"


def test_with_few_clusters_only_the_exact_test_tells_a_direction() -> None:
    effect = Estimate(term="average", estimate=1.0, conf_low=0.2, conf_high=1.8)
    wanted = analysis(intended="higher")
    assert direction_of(wanted, effect, [], FEW) == "positive"  # the cap on few clusters says so
    not_told = [check("wild_bootstrap", "not decisive", p_value=0.2)]
    assert direction_of(wanted, effect, not_told, FEW) == "unknown"
    assert direction_of(wanted, effect, [check("randomisation", "failed")], MANY) == "unknown"


@pytest.mark.parametrize(
    ("intended", "low", "high", "expected"),
    [
        ("higher", 0.1, 0.5, "positive"),
        ("lower", 0.1, 0.5, "negative"),
        ("not lower", -0.5, -0.1, "negative"),
        ("not lower", -0.05, -0.01, "positive"),  # a fall, and none that matters
        ("not higher", 0.01, 0.05, "positive"),
        ("higher", 0.01, 0.05, "none"),
        ("not lower", -0.05, 0.5, "positive"),  # no fall that matters
        ("not lower", -0.5, 0.5, "unknown"),
        ("not higher", -0.5, 0.05, "positive"),
        ("higher", -0.05, 0.05, "none"),
        ("higher", -0.5, 0.05, "unknown"),
    ],
)
def test_the_direction_follows_from_what_was_intended(
    intended: str, low: float, high: float, expected: str
) -> None:
    effect = Estimate(term="average", estimate=(low + high) / 2, conf_low=low, conf_high=high)
    wanted = analysis(intended=intended, relevant="0.1")
    assert direction_of(wanted, effect, [], MANY) == expected


def test_a_finer_estimate_does_not_turn_what_the_margin_said() -> None:
    wanted = analysis(intended="not lower", relevant="0.1")
    found = {
        width: direction_of(
            wanted, Estimate(term="average", estimate=-0.03, conf_low=-0.03 - width,
                             conf_high=-0.03 + width), [], MANY)
        for width in (0.2, 0.06, 0.02, 0.001)
    }  # fmt: skip
    assert list(found.values()) == ["unknown", "positive", "positive", "positive"]


def test_weighing_by_covariates_asks_for_overlap() -> None:
    weighed = analysis().model_copy(update={"covariates": ("size",)})
    assert threats_of(weighed, [], MANY, SAMPLE)["selection"] == "not handled"
    passed = [check("overlap", "passed")]
    assert threats_of(weighed, passed, MANY, SAMPLE)["selection"] == "handled"
    adjusted = weighed.model_copy(update={"method": "reg"})
    assert "selection" not in threats_of(adjusted, [], MANY, SAMPLE)


def test_a_result_that_hangs_on_one_group_is_sensitive() -> None:
    honest, one_out = check("honest", "passed"), check("leave_one_out", "failed")
    for checks in ([honest, one_out], [one_out, honest]):
        assert threats_of(ANALYSED, checks, MANY, SAMPLE)["sensitivity"] == "not handled"
    passed = [check("leave_one_out", "passed")]
    assert threats_of(ANALYSED, passed, MANY, SAMPLE)["sensitivity"] == "not handled"


def test_a_test_that_finds_effects_among_the_untreated_tells_nothing_apart() -> None:
    effect = Estimate(term="average", estimate=1.0, conf_low=0.2, conf_high=1.8)
    wanted = analysis(intended="higher")
    assert direction_of(wanted, effect, [check("placebo_groups", "passed")], MANY) == "positive"
    assert direction_of(wanted, effect, [check("placebo_groups", "failed")], MANY) == "unknown"


@pytest.mark.parametrize(("units", "threat"), [(10, None), (11, "not handled")])
def test_units_that_were_lost_ask_for_a_look_at_composition(units: int, threat: str | None) -> None:
    lost = LeftOut(reason="niet in elke periode gemeten", rows=30, units=units, kind="period")
    sample = SAMPLE.model_copy(update={"dropped": (lost,)})
    assert threats_of(ANALYSED, [], MANY, sample).get("attrition") == threat
    passed = [check("composition", "passed")]
    assert threats_of(ANALYSED, passed, MANY, sample)["attrition"] == "handled"
    always = sample.model_copy(
        update={"dropped": (lost.model_copy(update={"kind": "always", "units": 90}),)}
    )
    assert "attrition" not in threats_of(ANALYSED, [], MANY, always)


@pytest.mark.parametrize(("p_value", "apart"), [(0.02, True), (0.2, False), (None, False)])
def test_a_synthetic_control_is_told_apart_by_its_own_permutations(
    p_value: float | None, apart: bool
) -> None:
    effect = Estimate(term="ATT", estimate=2.0, p_value=p_value)
    permuted = Errors(kind="permutation", cluster="u", clusters=40)
    assert told_apart(effect, [], permuted) is apart
    wanted = analysis(intended="higher")
    assert direction_of(wanted, effect, [], permuted) == ("positive" if apart else "unknown")
