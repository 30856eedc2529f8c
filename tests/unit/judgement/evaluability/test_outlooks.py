"""What a plan could show: decided by the rules of the ladder, on the facts of the plan."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from evalkit.judgement.evaluability import Outlook, outlooks
from evalkit.judgement.evaluability.draft import KEY
from evalkit.judgement.evaluability.words import words
from evalkit.judgement.profile import ladder_names, load_ladder
from evalkit.model import Case
from evalkit.model.evaluability import PlannedDesign
from tests.unit.judgement.evaluability.look_ahead import FULL, SAMPLING, look, without


def remarks(found: Outlook) -> list[str]:
    return [one.id for one in found.remarks]


def test_a_full_plan_reaches_the_causal_rung_once_its_assumptions_are_tested() -> None:
    found = look(FULL)
    assert (found.now, found.carries, found.reach, found.untested) == (2, 4, 4, 3)
    assert [(one.lacks) for one in found.needs] == [(), ()]
    assert [one.threat for one in found.doubts if one.kind == "settle"] == ["pre-trends"]
    assert [one.rule for one in found.doubts if one.kind == "settle"] == ["pre-trends"]
    assert remarks(found) == []


@pytest.mark.parametrize(
    ("plan", "carries", "lacks"),
    [
        (without("comparison"), 3, {"compared"}),
        (without("author"), 2, {"author"}),
        (without("author", author="executor"), 2, {"author"}),
        (without("indicator"), 2, {"stage"}),
        (without("indicator", indicator="plannen"), 2, {"stage"}),
        (without("data"), 4, {"data"}),
        (without("baseline", "collect", collect="2029–2030"), 3, {"before"}),
        (without(sampling=SAMPLING | {"before": 1}), 3, {"several"}),
        (without("collect", "baseline", baseline="2025", collect="2024–2027"), 2, {"after"}),
        (without("design"), 4, set()),
    ],
)
def test_what_is_missing_lowers_what_can_be_shown_and_is_named(
    plan: dict[str, Any], carries: int, lacks: set[str]
) -> None:
    found = look(plan)
    assert found.carries == carries
    assert set(found.need(4).lacks) == lacks


@pytest.mark.parametrize("lacking", [*FULL])
@pytest.mark.parametrize("ladder", ladder_names())
def test_a_plan_that_says_more_never_shows_less(ladder: str, lacking: str) -> None:
    assert look(without(lacking), ladder).carries <= look(FULL, ladder).carries


@pytest.mark.parametrize("ladder", ladder_names())
def test_what_a_plan_is_said_to_lack_is_enough(ladder: str) -> None:
    """Following the advice brings the rung, on every ladder."""
    found = look({"indicator": "plannen", "by": "het ministerie"}, ladder)
    assert found.needs
    top = found.needs[-1]
    assert top.lacks != ("design",)
    best = look(without("design"), ladder)
    assert best.carries >= top.level > found.carries


def test_a_lottery_needs_no_baseline_and_no_named_comparison() -> None:
    found = look({
        "indicator": "deelname", "design": "rct", "collect": "2028–2030", "author": "independent",
    })  # fmt: skip
    assert (found.carries, found.untested) == (4, 4)
    assert found["baseline"].state == "not needed"
    assert found["comparison"].state == "there"
    assert {one.threat for one in found.doubts} == {"attrition", "contamination", "spill-over"}


def test_few_units_are_a_threat_also_where_periods_are_few() -> None:
    few = SAMPLING | {"treated": 6, "compared": 8, "before": 1}
    found = look(without(sampling=few))
    assert found.carries == 3
    threats = {one.threat for one in found.doubts}
    assert {"pre-trends", "few clusters"} <= threats
    assert "few clusters" not in {one.threat for one in look(without(sampling=SAMPLING)).doubts}


@pytest.mark.parametrize("design", get_args(PlannedDesign))
@pytest.mark.parametrize("ladder", ladder_names())
def test_every_design_is_told_on_every_ladder(ladder: str, design: str) -> None:
    for plan in (without("design", design=design), {"design": design, "indicator": "deelname"}):
        found = look(plan, ladder)
        assert found.carries <= found.top
        assert found.carries <= found.needs[-1].level
        for need in found.needs:
            assert all(words("short", part)["nl"] for part in need.lacks)
        assert found.summary("en")


def test_chance_reaches_a_higher_rung_where_the_ladder_has_one() -> None:
    chance = look(without("design", design="rct"), "sms-wwg")
    assert chance.carries > look(without("design"), "sms-wwg").carries
    assert chance.needs[-1].level == chance.top


def test_a_threshold_must_be_tested_for_manipulation() -> None:
    found = look(without("design", "comparison", design="rdd"))
    kinds = {one.threat: one.kind for one in found.doubts}
    assert kinds["manipulation"] == "settle"
    assert (found.carries, found.untested) == (4, 3)
    assert "manipulation" not in {one.threat for one in look(FULL).doubts}


def test_a_variable_must_be_strong_and_work_through_participation_alone() -> None:
    found = look(without("design", "comparison", design="iv"))
    settled = {one.threat: one.text["nl"] for one in found.doubts if one.kind == "settle"}
    assert set(settled) == {"weak instrument", "exclusion"}
    assert "die de uitkomst ook langs een andere weg raakt" in settled["exclusion"]
    assert (found.carries, found.untested) == (4, 3)


def test_a_series_without_comparison_stops_below_the_causal_rung() -> None:
    found = look(without("comparison", "design", design="interrupted series"))
    assert found.carries == 3
    assert look(without("design", design="interrupted series")).carries == 4


def test_a_target_gives_goal_attainment_and_it_says_so() -> None:
    node = {"deelname": {"text": "Deelname", "target": "40 procent in 2030"}}
    plan = {"indicator": "deelname", "collect": "2030", "author": "independent"}
    found = look(plan, outcome=node)
    assert found.carries == 3
    assert any("doelrealisatie" in one["nl"] for one in found.reasons)


def test_self_report_does_not_carry_a_rung() -> None:
    node = {"deelname": {"text": "Deelname", "measured": "self-report"}}
    found = look(without("comparison", "design"), outcome=node)
    assert found.carries == 2
    assert "own_word" in found.need(3).lacks
    assert found["data"].state == "partly"


def test_without_a_plan_everything_is_needed_from_the_start() -> None:
    found = look()
    assert (found.planned, found.carries) == (False, 2)
    assert found.need(3).lacks == ("stage", "before", "after", "author", "data")
    assert set(found.need(4).lacks) == {*found.need(3).lacks, "compared"}
    assert "‘Deelname aan scholing’" in found["indicator"].told["nl"]
    assert "afgewezen aanvragers" in found["comparison"].told["nl"]
    assert [(one.threat, one.kind) for one in found.doubts] == [("selection", "settle")]


def test_without_a_plan_what_the_chain_holds_is_named() -> None:
    node = {"deelname": {"text": "Deelname", "baseline": "31 procent in 2024"}}
    found = look(outcome=node)
    assert found["baseline"].state == "partly"
    assert "31\N{NO-BREAK SPACE}procent (2024)" in found["baseline"].told["nl"]


def test_a_running_instrument_without_a_plan_has_no_outlook() -> None:
    case = Case.model_validate({
        "slug": "p", "title": "P", "period": "2026", "instruments": {
            "bon": {"name": "Bon", "type": "subsidie", "period": "2020", "status": "lopend"}},
    })  # fmt: skip
    assert outlooks(case, load_ladder()) == {}


def test_what_is_not_underpinned_keeps_the_instrument_low_whatever_the_study() -> None:
    found = look(FULL, links={})
    assert (found.carries, found.reach) == (4, 1)
    assert any("eisen van de lagere treden" in one["nl"] for one in found.reasons)
    assert any("eisen van de lagere treden" in one["nl"] for one in look(links={}).reasons)


def test_evidence_that_is_there_already_is_not_lost() -> None:
    study = {
        "source": "boek", "design": "rct", "about": "outcome", "author": "independent",
        "execution": "carried out", "finds": "none", "year": 2030,
    }  # fmt: skip
    found = look({"indicator": "plannen"}, status="lopend", evidence={"proef": study})
    assert (found.now, found.carries, found.reach) == (4, 4, 4)
    assert "Dit plan brengt het bewijs niet verder" in found.reasons[0]["nl"]
    assert found.need(4).lacks == ()


@pytest.mark.parametrize(
    ("plan", "more", "name"),
    [
        (without("baseline", baseline="2029"), {}, "baseline-late"),
        (without("baseline", baseline="2023"), {"period": "2021–heden"}, "baseline-late-begun"),
        (without("baseline", "collect", baseline="2028"), {}, "baseline-same"),
        (without("baseline", "collect", collect="2026–2027"), {}, "no-follow-up"),
        (
            without("baseline", "collect", collect="2026–2028"),
            {"period": "2023–heden", "status": "lopend"},
            "too-late",
        ),
        (without("baseline", "collect", collect="2026–2028"), {"period": "2025"}, "start-passed"),
        (without("baseline", baseline="2024"), {}, "unrecorded"),
        (without(sampling=SAMPLING | {"before": 5}), {}, "short-before"),
        (without(sampling=SAMPLING | {"after": 5}), {}, "short-after"),
        (
            without("baseline", "collect", collect="2028–2031", sampling=SAMPLING),
            {},
            "none-before",
        ),
        (FULL, {"period": "onbekend"}, "no-date-baseline"),
        (without("baseline"), {"period": "onbekend"}, "no-date"),
        (without("design", design="rct"), {"period": "onbekend"}, "no-date-after"),
        (FULL, {"period": "onbekend", "status": "lopend"}, "no-begun-baseline"),
        (without("baseline"), {"period": "t/m 2030", "status": "lopend"}, "no-begun"),
        (
            without("design", design="iv"),
            {"period": "t/m 2030", "status": "lopend"},
            "no-begun-after",
        ),
        (without("baseline", baseline="2023"), {"period": "2023"}, "baseline-same-begun"),
        (
            without(
                "baseline",
                "collect",
                "design",
                collect="2028–2031",
                sampling=SAMPLING,
                design="rct",
            ),
            {},
            "none-before-counted",
        ),
    ],
)
def test_a_moment_that_does_not_fit_is_remarked(
    plan: dict[str, Any], more: dict[str, Any], name: str
) -> None:
    found = look(plan, **more)
    assert name in remarks(found)
    assert name not in remarks(look(without(sampling=SAMPLING)))


@pytest.mark.parametrize(
    ("plan", "more"),
    [
        (without("baseline", baseline="2024"), {}),
        (without("baseline", "collect"), {"period": "onbekend"}),
        (without("baseline", "collect"), {"period": "2023–heden", "status": "lopend"}),
        (without("baseline", "collect", collect="2026–2028"), {"period": "2025"}),
        (None, {}),
    ],
)
def test_what_may_be_no_more_than_a_proposal_is_not_called_recorded(
    plan: dict[str, Any] | None, more: dict[str, Any]
) -> None:
    found = look(plan, **more)
    told = [one.text for one in found.remarks] + [one.told for one in found.parts]
    for one in [*told, *found.reasons]:
        assert "niet vastgelegd" not in one["nl"]
        assert "moment vastgelegd" not in one["nl"]
        assert "not recorded" not in one["en"]
        assert "was voorzien" not in one["nl"]


def test_no_year_that_has_passed_is_asked_for() -> None:
    soon, later = (look({"indicator": "deelname"}, period=p).need(3).text for p in ("2026", "2028"))
    assert not any("2025" in one["nl"] for one in soon)
    assert any("uiterlijk in 2027" in one["nl"] for one in later)


def test_a_baseline_in_the_year_of_the_start_is_there_in_part() -> None:
    part = look(without("baseline", "collect", baseline="2028"))["baseline"]
    assert part.state == "partly"
    assert part.told["nl"] == "voorzien (2028), op hetzelfde moment als de start"


def test_a_baseline_that_was_measured_is_not_asked_for_again() -> None:
    node = {"deelname": {"text": "Deelname", "baseline": "31 procent in 2024"}}
    found = look(without("baseline", baseline="2024"), outcome=node)
    assert remarks(found) == []
    late = look(without("baseline", "collect"), outcome=node, period="2025–heden", status="lopend")
    assert "too-late" not in remarks(late)


@pytest.mark.parametrize(
    ("by", "state"),
    [
        ("een onafhankelijk bureau", "there"), ("an Independent party", "there"),
        ("een niet onafhankelijk bureau", "partly"), ("het ministerie", "partly"), ("", "lacking"),
    ],
)  # fmt: skip
def test_an_evaluator_is_independent_when_it_is_said(by: str, state: str) -> None:
    assert look(without("author", by=by))["evaluator"].state == state


@pytest.mark.parametrize("ladder", ladder_names())
def test_no_sentence_tells_an_effect_or_shows_the_inner_name_of_the_plan(ladder: str) -> None:
    bare = {"indicator": "deelname", "sampling": SAMPLING}
    plans = (None, FULL, bare, without("author"), {"indicator": "plannen"}, without("comparison"))
    for plan in plans:
        for lang in ("nl", "en"):
            told = look(plan, ladder).summary(lang)
            assert KEY not in told
            assert "{" not in told
            for word in ("werkzaam", "doeltreffend", "efficacious", "positive", "positief"):
                assert word not in told


def test_it_survives_json_and_reads_in_the_language_of_the_case() -> None:
    found = look(FULL)
    assert Outlook.from_json(found.to_json()) == found
    assert "Nulmeting" in found._repr_html_()
    assert "Baseline" in found.model_copy(update={"language": "en"})._repr_html_()
    assert found.as_json("en")["parts"][0]["told"] == "‘Deelname aan scholing’, an outcome"


def test_rungs_that_ask_the_same_stand_together_and_a_higher_one_adds_to_the_lower() -> None:
    assert [head for head, _ in look(FULL).lacking()] == ["Nodig voor trede 3 en 4"]
    (_, first), (head, second) = look(without("author", "comparison")).lacking()
    assert head == "Daarnaast nodig voor trede 4"
    assert len(second) == 1
    assert not set(first) & set(second)
