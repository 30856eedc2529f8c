"""What the table calls there or not needed is not asked for, and advice can be followed."""

from __future__ import annotations

from typing import Any

import pytest

from evalkit.judgement.evaluability import Outlook
from evalkit.judgement.profile import ladder_names
from tests.unit.judgement.evaluability.look_ahead import FULL, SAMPLING, look, planned, without

NOBODY = "geen; de regels gelden overal tegelijk"
SERIES = without("design", "comparison", design="interrupted series")


def asked(found: Outlook, level: int) -> str:
    return " ".join(one["nl"] for one in found.need(level).text)


def remarked(found: Outlook) -> str:
    return " ".join(one.text["nl"] for one in found.remarks)


@pytest.mark.parametrize("design", ["rct", "rdd", "iv"])
def test_a_baseline_that_is_not_needed_is_not_asked_for_by_the_way(design: str) -> None:
    found = look(without("design", "baseline", "collect", design=design), period="onbekend")
    assert found["baseline"].state == "not needed"
    assert "nulmeting" not in remarked(found)
    assert "wanneer er moet worden gemeten" in remarked(found)


def test_a_planned_baseline_that_is_not_needed_is_not_missed_when_its_moment_has_passed() -> None:
    found = look(without("design", "baseline", design="rdd", baseline="2024"))
    assert found["baseline"].state == "not needed"
    told = "voor deze opzet niet nodig; het plan noemt er wel een (2024)"
    assert found["baseline"].told["nl"] == told
    assert found.remarks == ()


def test_the_follow_up_of_a_lottery_is_not_measured_as_the_baseline_was() -> None:
    plan = {"indicator": "deelname", "design": "rct", "data": "d", "collect": "t/m 2027"}
    assert "Meet de indicator na de start." in asked(look(plan), 4)
    assert "op dezelfde manier als ervoor" in asked(look(), 4)


@pytest.mark.parametrize("period", ["t/m 2030", "onbekend", "2020–heden"])
@pytest.mark.parametrize("status", ["lopend", "gestopt"])
def test_what_runs_already_is_not_told_to_measure_before_it_starts(
    status: str, period: str
) -> None:
    plan = without("baseline", "collect", collect="2027–2030", sampling=SAMPLING | {"before": 1})
    node = {"deelname": {"text": "Deelname", "target": "40 procent in 2030"}}
    told = asked(look(plan, status=status, period=period, outcome=node), 4)
    assert "Meet" not in told
    assert "ten minste twee perioden" in told
    bare = without("baseline", "comparison", "collect", collect="2027–2030")
    found = look(bare, status=status, period=period)
    if found["baseline"].state == "lacking":
        assert "die toen al zijn vastgelegd" in asked(found, 3)


def test_what_should_have_begun_can_still_be_measured_when_it_has_not() -> None:
    told = asked(look({"indicator": "deelname"}, period="2025"), 3)
    assert "de voorziene start (2025)" in told
    assert "Is het instrument nog niet begonnen" in told


def test_what_begins_this_year_may_have_begun() -> None:
    told = asked(look({"indicator": "deelname"}, period="2026"), 3)
    assert "Meet de indicator vóór de start (2026). Is het instrument al begonnen" in told


@pytest.mark.parametrize("ladder", ladder_names())
def test_a_series_is_not_asked_for_a_group(ladder: str) -> None:
    found = look(SERIES, ladder)
    assert all("compared" not in need.lacks for need in found.needs)
    assert not [doubt.text["nl"] for doubt in found.doubts if "groep" in doubt.text["nl"]]
    assert found["comparison"].state == "not needed"


def test_of_a_series_alone_it_is_said_that_the_highest_rung_takes_another_design() -> None:
    found = look(SERIES)
    assert found.need(4).lacks == ("design",)
    assert "Met alleen een onderbroken tijdreeks" in asked(found, 4)
    assert found["design"].state == "partly"
    assert "trede 4 is met deze opzet niet te bereiken" in found["design"].told["nl"]


def test_a_series_beside_a_group_is_tested_as_one() -> None:
    threats = {one.threat for one in look(without("design", design="interrupted series")).doubts}
    assert {"pre-trends", "contamination", "spill-over"} <= threats


def test_a_comparison_with_nobody_is_none() -> None:
    found = look(SERIES | {"comparison": NOBODY})
    told = f"{NOBODY}; trede 4 vraagt wel een vergelijking"
    assert (found["comparison"].state, found["comparison"].told["nl"]) == ("not needed", told)
    assert f"Vergelijking: {NOBODY}." in found.paragraph["nl"]
    assert "vergeleken wordt" not in found.paragraph["nl"]
    did = look(without("comparison", comparison=NOBODY))
    assert (did["comparison"].state, did.carries) == ("lacking", 3)
    assert "volgens het plan is er niemand om mee te vergelijken" in asked(did, 4)


def test_units_to_compare_beside_the_remark_that_there_are_none_is_a_flaw() -> None:
    plan = planned(SERIES).instruments["bon"].evaluability
    assert plan is not None
    both = plan.model_validate(SERIES | {"comparison": NOBODY, "sampling": SAMPLING})
    (flaw,) = both.flaws()
    assert flaw.loc == ("comparison",)
    assert not list(plan.model_validate(FULL | {"sampling": SAMPLING}).flaws())


def test_a_part_stands_at_the_rung_that_asks_for_it() -> None:
    """Groups that can be compared bring rung 3 by themselves; a baseline is needed from 4 on."""
    found = look(without("baseline", "collect", collect="2029–2030"))
    assert (found["baseline"].state, found["baseline"].rung) == ("lacking", 4)
    assert found.need(3).lacks == ()
    assert "Het plan voorziet" in asked(found, 3)


def test_a_rung_is_not_called_within_reach_while_its_moments_are_missing() -> None:
    found = look(without("collect"))
    assert found.pending == ("collect",)
    assert found["collection"].state == "lacking"
    assert "Wordt dit plan aangevuld met meetmomenten en dan uitgevoerd" in found.reasons[0]["nl"]
    assert "als het wordt aangevuld" in found.summary()
    assert look(FULL).pending == ()
    assert "Wordt dit plan uitgevoerd zoals het er ligt" in look(FULL).reasons[0]["nl"]


def test_a_baseline_whose_moment_has_passed_is_there_in_part() -> None:
    found = look(without("baseline", "collect", baseline="2024", collect="2028–2030"))
    assert found["baseline"].state == "partly"
    assert "dat moment is voorbij" in found["baseline"].told["nl"]
    assert "al is de nulmeting onzeker" in asked(found, 4)


def test_one_measurement_beforehand_is_not_enough_where_two_are_asked() -> None:
    found = look(without(sampling=SAMPLING | {"before": 1}))
    assert "several" in found.need(4).lacks
    assert found["baseline"].state == "partly"
    assert "één meting vooraf is te weinig" in found["baseline"].told["nl"]


def test_data_from_before_the_start_are_not_called_unplanned() -> None:
    plan = without("baseline", "collect", "data", data="loon, vanaf enkele jaren voor de wet")
    found = look(plan)
    assert found["baseline"].state == "lacking"
    assert "terug tot vóór de start" in found["baseline"].told["nl"]
    assert "Leg vast wanneer de indicator vóór de start" in asked(found, 4)
    assert any("noemt het plan geen moment" in one["nl"] for one in found.reasons)
    late = look(plan, status="lopend", period="2024–2030")
    assert "Leg vast over welke jaren vóór de start (2024) er gegevens zijn." in asked(late, 4)
    assert "niet gepland" in look(without("baseline", "collect"))["baseline"].told["nl"]


@pytest.mark.parametrize(
    ("status", "period", "told"),
    [
        ("lopend", "t/m 2030", "Leg vast wanneer het instrument begon en over welke jaren"),
        ("voorgenomen", "onbekend", "Leg vast wanneer het instrument begint en wanneer de"),
    ],
)
def test_data_do_not_go_back_to_a_start_that_nobody_knows(
    status: str, period: str, told: str
) -> None:
    plan = without("baseline", "collect", "data", data="loon, vanaf enkele jaren voor de wet")
    found = look(plan, status=status, period=period)
    assert "maar wanneer die was of is, is niet bekend" in found["baseline"].told["nl"]
    assert told in asked(found, 4)


def test_moments_before_the_start_are_not_asked_for_twice() -> None:
    bare = {name: SERIES[name] for name in SERIES if name not in ("baseline", "collect")}
    found = look(bare | {"data": "loon, enkele jaren voor de wet"}, period="onbekend")
    assert [one["nl"] for one in found.need(3).text][1:] == [
        "Leg vast wanneer er na de start wordt gemeten."
    ]


def test_a_value_of_no_year_is_no_baseline_of_the_year_that_is_planned() -> None:
    node = {"deelname": {"text": "Deelname", "baseline": "31 procent"}}
    found = look(without("baseline", "collect", baseline="2024", collect="2028–2030"), outcome=node)
    assert found["baseline"].state == "partly"
    assert "31\N{NO-BREAK SPACE}procent) is het jaar niet bekend" in found["baseline"].told["nl"]
    assert "al is de nulmeting onzeker" in asked(found, 4)
    assert [one.id for one in found.remarks] == ["undated"]
    assert "van welk jaar die is, is nog na te gaan" in found.paragraph["nl"]
    ahead = look(FULL, outcome=node)["baseline"]
    assert ahead.state == "there"
    assert "de keten bevat een waarde zonder jaar" in ahead.told["nl"]


def test_a_value_of_no_year_is_not_sure_to_be_of_before_the_start() -> None:
    plan = without("baseline", "collect", collect="2028–2030")
    node = {"text": "Deelname", "baseline": "31 procent"}
    found = look(plan, outcome={"deelname": node})
    assert found["baseline"].state == "partly"
    assert "maar het jaar daarvan is niet bekend" in found["baseline"].told["nl"]
    assert "al is de nulmeting onzeker" in asked(found, 4)
    since = look(plan, outcome={"deelname": node | {"per_year": {2020: "30 procent"}}})
    assert since["baseline"].state == "there"
    assert since["baseline"].told["nl"] == "gemeten vanaf 2020"
    after = look(plan, outcome={"deelname": node | {"per_year": {2029: "30 procent"}}})
    assert "31" in after["baseline"].told["nl"]


def test_a_design_that_is_not_named_is_what_the_plan_comes_to() -> None:
    found = look(without("design"))
    assert found["design"].state == "partly"
    assert "is het een vergelijking tussen groepen" in found["design"].told["nl"]
    assert "onderzoeksopzet" not in found.paragraph["nl"]


def test_evidence_that_is_enough_already_asks_for_nothing() -> None:
    study = {
        "source": "boek", "design": "rct", "about": "outcome", "author": "independent",
        "execution": "carried out", "finds": "none", "year": 2030,
    }  # fmt: skip
    found = look({"indicator": "deelname"}, status="lopend", evidence={"proef": study})
    assert found["baseline"].state == "not needed"
    assert found["baseline"].told["nl"] == "het bewijs dat er is, volstaat"


@pytest.mark.parametrize("kind", ["regelgeving", "flankerend", "voorlichting", "fiscaal"])
def test_a_suggestion_reads_well_whether_it_is_one_or_many(kind: str) -> None:
    found = look({"indicator": "deelname"}, type=kind)
    told = found["comparison"].told["nl"] + asked(found, 4)
    assert "liggen" not in told
    assert told.count("enken is aan") == 2


@pytest.mark.parametrize(
    ("part", "value", "told"),
    [
        ("data", "per school de datum", "Gegevens: per school de datum."),
        ("collect", "vanaf 2026", "Er wordt gemeten (vanaf 2026)."),
        ("baseline", "t/m 2026", "De nulmeting is voorzien (t/m 2026)."),
    ],
)
def test_whatever_the_plan_says_the_draft_is_a_sentence(part: str, value: Any, told: str) -> None:
    assert told in look(without(part, **{part: value})).paragraph["nl"]
