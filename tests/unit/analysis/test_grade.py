"""How diagnostics become threats, and threats the fate of a rung."""

from __future__ import annotations

import pytest

from evalkit.analysis.grade import direction_of, threats_of
from evalkit.model.analysis import Analysis
from evalkit.model.finding import CheckFinding, Errors, Estimate, Sample

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
    assert threats_of("group_time", checks, MANY, SAMPLE)["pre-trends"] == expected


def test_a_threat_that_was_not_looked_at_is_not_there_but_sensitivity_is() -> None:
    assert threats_of("imputation", [], MANY, SAMPLE) == {}
    assert threats_of("group_time", [], MANY, SAMPLE) == {"sensitivity": "not handled"}


def test_a_failed_check_holds_for_synthetic_designs_too() -> None:
    short = SAMPLE.model_copy(update={"before": 1})
    assert threats_of("synthetic_did", [], FEW, SAMPLE) == {"pre-trends": "not handled"}
    found = threats_of("synthetic_did", [check("placebo", "failed")], FEW, short)
    assert found == {"pre-trends": "not handled", "few pre-periods": "not handled"}


def test_few_clusters_and_few_periods_are_threats_unasked() -> None:
    short = SAMPLE.model_copy(update={"before": 1})
    found = threats_of("imputation", [], FEW, short)
    assert found == {"few pre-periods": "not handled", "few clusters": "not handled"}
    exact = [check("wild_bootstrap", "passed", p_value=0.01)]
    assert threats_of("imputation", exact, FEW, SAMPLE) == {"few clusters": "handled"}
    open_ = [*exact, check("jackknife", "not decisive", p_value=0.3)]
    assert threats_of("imputation", open_, FEW, SAMPLE) == {"few clusters": "not handled"}


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
