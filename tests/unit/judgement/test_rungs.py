"""A hand-made instrument for each rung, and what sets level and direction apart."""

from __future__ import annotations

import pytest

from evalkit.errors import EvalkitError


def rules(reasons):
    return [reason.rule for reason in reasons]


def test_rung_0_says_what_is_missing(judge, starts):
    verdict = judge(starts["bare"], activities={"a": {"text": "Iets doen"}})
    assert (verdict.level, verdict.label["nl"]) == (0, "impliciet")
    assert "het doel en de doelgroep." in verdict.reasons[0].prose("nl")
    assert "het doel en de doelgroep" in verdict.next_step["nl"]
    assert "the goal and the target group" in verdict.next_step["en"]


def test_rung_0_however_good_the_evidence(judge, starts, study):
    verdict = judge(starts["bare"], evidence={"proef": study()})
    assert verdict.level == 0
    assert "counterfactual-withheld" in rules(verdict.reasons)


def test_rung_1_names_the_links_that_lack_a_source(judge, starts):
    verdict = judge(starts["described"])
    assert (verdict.level, verdict.spoken["nl"]) == (1, "potentieel (in)effectief")
    assert "underpinned-unmet" in rules(verdict.reasons)
    assert "beide schakels" in verdict.next_step["nl"]
    assert "‘Gevolgde cursussen’ naar ‘Behouden banen’" in verdict.next_step["nl"]


def test_rung_1_names_the_links_that_are_not_explained(judge, starts):
    links = {"bonnen -> cursussen": {}, "cursussen -> banen": {"because": "x"}}
    verdict = judge(starts["described"], links=links)
    assert verdict.level == 1
    assert "één van de twee schakels" in verdict.next_step["nl"]
    assert "‘Bonnen uitdelen’ naar ‘Gevolgde cursussen’" in verdict.next_step["nl"]


def test_rung_1_asks_for_a_chain_that_reaches_an_outcome(judge, starts):
    links = {"bonnen -> cursussen": {"because": "x", "source": "handboek"}}
    verdict = judge(starts["described"], links=links)
    assert verdict.level == 1
    assert "resultaatketen" in verdict.next_step["nl"]


def test_rung_2_asks_for_a_measurement_of_its_own_outcome(judge):
    verdict = judge()
    assert (verdict.level, verdict.recognition["nl"]) == (2, "goed onderbouwd")
    assert "‘Behouden banen’" in verdict.next_step["nl"]
    assert not verdict.caps


@pytest.mark.parametrize("source", ["uitvoerder", "onbekend"])
def test_a_link_needs_a_source_that_is_known_to_be_independent(judge, starts, source):
    links = {key: link | {"source": source} for key, link in starts["described"]["links"].items()}
    assert judge(starts["described"], links=links).level == 1


@pytest.mark.parametrize(
    ("keys", "level"),
    [
        ({}, 3),  # it carries the links, and the outcome was compared
        ({"design": "before-after"}, 1),  # that a count rose does not say why
        ({"design": "theory", "finds": "unknown"}, 2),
        ({"author": "executor"}, 1),
        ({"self_report": True}, 1),
        ({"design": "interviews"}, 1),
        ({"finds": "none"}, 1),
        ({"source": "onbekend"}, 1),
        ({"about": "output"}, 1),  # it says nothing of the link that ends at an outcome
        ({"design": "norm"}, 1),  # that a norm was reached does not say why
    ],
)
def test_a_link_may_rest_on_independent_evidence(judge, starts, study, keys, level):
    links = {key: link | {"evidence": "a"} for key, link in starts["described"]["links"].items()}
    piece = study(**{"design": "comparison group", "about": ["output", "outcome"], **keys})
    assert judge(starts["described"], links=links, evidence={"a": piece}).level == level


def test_rung_3_asks_for_a_comparison_that_fits_the_type(judge, study):
    verdict = judge(evidence={"reeks": study(design="before-after")})
    assert (verdict.level, verdict.recognition["nl"]) == (3, "eerste aanwijzingen")
    assert "afgewezen aanvragers" in verdict.next_step["nl"]
    assert "Bureau, 2022" in verdict.reasons[2].prose("nl")


def test_rung_3_asks_for_the_comparison_that_a_study_had(judge, study):
    verdict = judge(evidence={"reeks": study(design="before-after", comparison="Vlaanderen")})
    assert "Vlaanderen" in verdict.next_step["nl"]


@pytest.mark.parametrize(
    ("node", "level"),
    [
        ({"baseline": "10 in 2019", "actual": "12 in 2022"}, 3),
        ({"per_year": {"2019": "10", "2022": "12"}}, 3),
        ({"target": "12", "actual": "11"}, 3),
        ({"actual": "11"}, 2),
        ({"target": "11"}, 2),
        ({"target": "PM", "actual": "11"}, 2),
        ({"baseline": "10 in 2019", "actual": "12 in 2022", "measured": "self-report"}, 2),
        ({"baseline": "10 in 2019", "actual": "12 in 2022", "source": "uitvoerder"}, 2),
        ({"baseline": "10 in 2019", "actual": "12 in 2022", "instrument": "ander"}, 2),
    ],
)
def test_an_indicator_can_be_the_evidence(judge, node, level):
    written = {"text": "Behouden banen", "source": "bureau", **node}
    verdict = judge(outcome={"banen": written})
    assert verdict.level == level
    if level == 3:
        assert ("outcome.banen",) in [reason.evidence for reason in verdict.reasons]


def test_rung_4_asks_for_a_second_study(judge, study):
    verdict = judge(evidence={"proef": study()})
    assert (verdict.level, verdict.direction) == (4, "positive")
    assert (verdict.recognition["nl"], verdict.replicated) == ("goede aanwijzingen", False)
    assert "tweede onafhankelijk onderzoek" in verdict.next_step["nl"]


def test_rung_4_replicated(judge, study):
    verdict = judge(evidence={"een": study(), "twee": study(source="instituut")})
    assert (verdict.recognition["nl"], verdict.replicated) == ("sterke aanwijzingen", True)
    assert "Een hogere trede is er niet" in verdict.next_step["nl"]


@pytest.mark.parametrize("other", [{"source": "bureau"}, {"source": "instituut", "finds": "none"}])
def test_one_source_or_two_that_disagree_are_no_replication(judge, study, other):
    verdict = judge(evidence={"een": study(), "twee": study(**other)})
    assert not verdict.replicated


def test_a_sound_null_keeps_the_level_and_turns_the_direction(judge, study):
    verdict = judge(evidence={"proef": study(finds="none")})
    assert (verdict.level, verdict.direction, verdict.spoken["nl"]) == (4, "none", "niet effectief")
    assert "rigorous-null" in rules(verdict.reasons)


def test_content_people_do_not_outvote_a_sound_study(judge, study):
    told = study(design="interviews", source="instituut", self_report=True)
    verdict = judge(evidence={"proef": study(finds="none"), "tevreden": told})
    assert (verdict.direction, verdict.experience) == ("none", "positive")


@pytest.mark.parametrize(
    ("findings", "direction"),
    [
        (["positive", "positive"], "positive"),
        (["positive", "negative"], "mixed"),
        (["positive", "none"], "mixed"),
        (["none", "negative"], "none"),
        (["positive", "unknown"], "positive"),
        (["unknown", "unknown"], "unknown"),
    ],
)
def test_findings_of_equal_strength(judge, study, findings, direction):
    pieces = {f"e{n}": study(design="before-after", finds=f) for n, f in enumerate(findings)}
    assert judge(evidence=pieces).direction == direction


@pytest.mark.parametrize(
    "keys",
    [
        {"design": "norm"},
        {"design": "monitoring"},
        {"design": "additionality survey"},
        {"design": "before-after", "about": "output"},
        {"design": "interviews", "author": "executor"},
        {"design": "before-after", "author": "executor"},
        {"design": "before-after", "self_report": True},
        {"design": "rct", "author": "stakeholder"},
        {"design": "interviews", "source": "onbekend"},
        {"design": "rct", "criterion": "efficiency"},
    ],
)
def test_what_tells_no_direction(judge, study, keys):
    assert judge(evidence={"e": study(**keys)}).direction == "unknown"


def test_goal_attainment_is_named_as_such(judge, study):
    verdict = judge(evidence={"e": study(design="norm")})
    assert "goal-attainment" in rules(verdict.reasons)
    assert "doelrealisatie" in verdict.summary("nl")


@pytest.mark.parametrize(
    ("keys", "status"),
    [
        ({"status": "voorgenomen"}, "not-carried-out"),
        ({"status": "lopend"}, ""),
        ({"evidence": {"e": {"execution": "planned"}}}, "not-carried-out"),
        ({"evidence": {"e": {"execution": "planned"}, "f": {"execution": "started"}}}, ""),
        ({"evidence": {"e": {"execution": "too early"}}}, "too-early"),
        (
            {"evidence": {
                "e": {"execution": "too early"},
                "f": {"execution": "carried out", "design": "before-after", "finds": "none"},
            }},
            "",
        ),
    ],
)  # fmt: skip
def test_when_the_outcome_cannot_be_told_yet(judge, study, keys, status):
    pieces = {
        key: study(**{"design": "description", "finds": "unknown", **piece})
        for key, piece in keys.get("evidence", {}).items()
    }
    verdict = judge(**{**keys, "evidence": pieces})
    assert verdict.status == status
    assert verdict.level >= 2
    if status:
        assert verdict.direction == "unknown"
        assert verdict.direction_label("nl") == "nog niet te bepalen"


@pytest.mark.parametrize(("year", "expired"), [(2016, ("e",)), (2017, ()), (None, ())])
def test_evidence_expires_counted_from_the_end_of_the_period(judge, study, year, expired):
    verdict = judge(evidence={"e": study(year=year)}, period="2015–2024")
    assert verdict.expired == expired
    assert ("expired" in rules(verdict.reasons)) == bool(expired)
    assert verdict.level == 4


def test_an_override_replaces_the_level_and_is_printed_as_one(judge, starts):
    signed = {"level": 3, "reason": "de reeks is alsnog gevonden", "signed": "A. Auteur",
              "date": "2025-11-01"}  # fmt: skip
    verdict = judge(starts["described"], override=signed)
    assert (verdict.level, verdict.derived, verdict.base) == (3, 1, 1)
    assert verdict.label["en"] == "effective (indicative)"
    told = verdict.reasons[0].prose("nl")
    assert all(part in told for part in ("A. Auteur", "2025-11-01", "de reeks is", "trede 1"))
    assert verdict.as_json()["override"]["signed"] == "A. Auteur"


def test_an_override_to_a_rung_that_is_not_there(judge):
    signed = {"level": 9, "reason": "x", "signed": "A", "date": "2025"}
    with pytest.raises(EvalkitError, match="level 9"):
        judge(override=signed)
