"""What used to slip through: each with a case where the rule holds and one where it does not."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from evalkit.judgement.profile import load_ladder
from evalkit.judgement.score import score
from evalkit.model import Case
from evalkit.model.record import all_flaws

NODE = {"text": "Behouden banen", "source": "bureau"}


def rules(verdict):
    return {reason.rule for reason in (*verdict.reasons, *verdict.caps)}


@pytest.mark.parametrize(
    ("node", "level", "rule"),
    [
        ({"per_year": {"2017": "8", "2018": "9"}}, 2, "mistimed"),
        ({"baseline": "8 in 2015", "actual": "9 in 2018"}, 2, "mistimed"),
        ({"baseline": "8 in 2019", "actual": "9 in 2023"}, 3, "outcome-moved"),
        ({"baseline": "8", "actual": "9"}, 3, "outcome-moved"),
        ({"per_year": {"2019": "8", "2021": "9"}}, 3, "outcome-moved"),
        ({"per_year": {"2020": "8", "2021": "9"}}, 3, "outcome-moved"),
        # What came in the first year is no earlier state; what came in the year before it is.
        ({"per_year": {"2020": "8", "2021": "9"}, "total": "17"}, 2, "outcome-moved-unmet"),
        ({"per_year": {"2019": "8", "2021": "9"}, "total": "17"}, 3, "outcome-moved"),
        ({"per_year": {"2021": "8", "2022": "9"}}, 2, "outcome-moved-unmet"),  # no before
        ({"baseline": "8 in 2021", "per_year": {"2021": "8"}}, 2, "outcome-moved-unmet"),
        ({"baseline": "8", "actual": "9", "source": ()}, 2, "unsourced"),
    ],
)
def test_a_measurement_counts_when_it_lies_before_and_after_and_has_a_source(
    judge, node, level, rule
):
    verdict = judge(outcome={"banen": {**NODE, **node}})
    assert (verdict.level, rule in rules(verdict)) == (level, True)
    others = {"mistimed", "unsourced"} - {rule}
    assert not others & rules(verdict)


@pytest.mark.parametrize(("year", "ahead"), [(2019, True), (2020, False), (None, False)])
def test_a_study_from_before_the_instrument_is_named_and_does_not_count(judge, study, year, ahead):
    piece = study(design="before-after", year=year)
    if year is None:
        del piece["year"]
    verdict = judge(evidence={"e": piece})
    assert (verdict.level == 2, "measured-ahead" in rules(verdict)) == (ahead, ahead)


@pytest.mark.parametrize("status", ["voorgenomen", "verkenning", "besluit nodig"])
def test_a_plan_stays_below_what_is_measured(judge, study, status):
    verdict = judge(evidence={"e": study()}, status=status)
    assert (verdict.level, verdict.direction_label("nl")) == (2, "nog niet te bepalen")
    assert "plan-only" in rules(verdict)
    assert "plan-only" not in rules(judge(evidence={"e": study()}, status="lopend"))


def test_a_remark_that_it_is_too_early_does_not_undo_a_finding(judge, study):
    remark = study(design="description", finds="unknown", execution="too early")
    with_finding = judge(evidence={"e": study(), "f": remark})
    assert (with_finding.level, with_finding.direction, with_finding.status) == (4, "positive", "")
    without = judge(evidence={"e": study(finds="unknown"), "f": remark})
    assert (without.level, without.status) == (2, "too-early")


def test_a_plan_on_paper_does_not_undo_a_finding(judge, study):
    plan = study(design="description", finds="unknown", execution="planned")
    assert judge(evidence={"e": study(), "f": plan}).level == 4
    assert judge(evidence={"e": study(finds="unknown"), "f": plan}).status == "not-carried-out"


def test_studies_of_which_one_disagrees_do_not_find_the_same(judge, study):
    two = {"e": study(), "f": study(source="instituut")}
    agreed = judge(evidence=two)
    contrary = judge(evidence={**two, "g": study(source="handboek", finds="negative")})
    assert (agreed.replicated, "contradicted" in rules(agreed)) == (True, False)
    assert (contrary.replicated, "contradicted" in rules(contrary)) == (False, True)
    assert contrary.level == 4


@pytest.mark.parametrize(
    ("other", "replicated"),
    [
        ({"title": "Het effect van de bon op scholing", "authors": ["Bureau"]}, False),
        ({"title": "Een ander onderzoek naar de bon", "url": "https://x.nl/studie/"}, False),
        ({"title": "Een ander onderzoek naar de bon", "url": "https://x.nl/"}, True),
        ({"title": "Een ander onderzoek naar de bon", "authors": ["Bureau"]}, True),
        ({"title": "Het effect van de bon op scholing", "authors": ["Instituut"]}, True),
    ],
)  # fmt: skip
def test_one_work_under_two_keys_is_one_study(ladder, make_case, starts, study, other, replicated):
    first = {"title": "Het effect van de bon op scholing", "authors": ["Bureau"], "year": 2022,
             "url": "https://x.nl/studie"}  # fmt: skip
    fields = {"kind": "report", "independence": "independent"}
    case = make_case(
        {"bon": starts["underpinned"] | {
            "evidence": {"e": study(source="een"), "f": study(source="twee")}}}
    )  # fmt: skip
    written = case.model_dump(by_alias=True)
    written["sources"] |= {"een": fields | first, "twee": fields | other}
    case = Case.model_validate(written)
    assert score(case.instruments["bon"], ladder, case).replicated == replicated


def test_an_unknown_author_is_not_independent(judge, study):
    unknown = study(source="onbekend")
    alone = judge(evidence={"e": unknown})
    assert (alone.level, "unknown-author" in rules(alone)) == (2, True)
    assert "Notitie, 2023" in next(c for c in alone.caps if c.rule == "unknown-author").prose("nl")
    beside = judge(evidence={"e": unknown, "f": study(design="before-after")})
    assert (beside.level, "unknown-author-causal" in rules(beside)) == (3, True)
    known = judge(evidence={"e": unknown | {"author": "independent"}})
    assert (known.level, {"unknown-author", "unknown-author-causal"} & rules(known)) == (4, set())


def test_an_analysis_may_carry_a_link():
    written = {
        "slug": "p", "title": "P", "period": "2018–2024",
        "sources": {"s": {"kind": "dataset", "title": "S", "independence": "independent"}},
        "instruments": {"bon": {
            "name": "Bon", "type": "subsidie", "period": "2018", "aims": "x", "target_group": "y",
            "activities": {"doen": {"text": "Doen"}}, "outcome": {"effect": {"text": "Effect"}},
            "links": {"doen -> effect": {"because": "x", "evidence": "schatting"}},
        }},
    }  # fmt: skip
    analysis = {
        "title": "Schatting", "question": "Werkt het?", "design": "two_by_two", "data": "d.csv",
        "source": "s", "unit": "u", "time": "t", "cohort": "c",
        "outcome": {"column": "y", "name": "banen", "intended": "higher"},
        "evidence_for": "bon.outcome.effect",
    }  # fmt: skip
    flaws = [flaw.message for flaw in all_flaws(Case.model_validate(written))]
    assert flaws == ["no evidence 'schatting' in this instrument"]
    case = Case.model_validate({**written, "analyses": {"schatting": analysis}})
    assert not [flaw for flaw in all_flaws(case) if "no evidence" in flaw.message]
    found = {"source": "s", "design": "did", "about": "outcome", "finds": "positive",
             "threats": {"pre-trends": "handled"}}  # fmt: skip
    bon = case.instruments["bon"]
    scored = type(bon).model_validate(bon.model_dump() | {"evidence": {"schatting": found}})
    case = case.model_copy(update={"instruments": {"bon": scored}})
    assert score(scored, load_ladder(), case).level == 4


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"about": "impact"}, "cannot be about impact"),
        ({"about": "outcome"}, None),
    ],
)
def test_evidence_about_impact_is_a_flaw(make_case, starts, study, keys, message):
    case = make_case({"bon": starts["underpinned"] | {"evidence": {"e": study(**keys)}}})
    found = [flaw for flaw in all_flaws(case) if flaw.loc[:2] == ("instruments", "bon")]
    assert [message in flaw.message for flaw in found] == ([True] if message else [])
    assert all(flaw.loc == ("instruments", "bon", "evidence", "e", "about") for flaw in found)


def test_evidence_speaks_to_some_criterion(make_case, starts, study):
    with pytest.raises(ValidationError, match="criterion"):
        make_case({"bon": starts["underpinned"] | {"evidence": {"e": study(criterion=[])}}})


@pytest.mark.parametrize(
    ("ladder", "level", "loc", "message"),
    [
        ("efectladder", 3, ("ladder",), "there is no ladder 'efectladder'"),
        ("effectladder", 5, ("instruments", "bon", "override", "level"), "ends at 4"),
        ("sms-wwg", 5, None, None),
        ("execution", 1, ("ladder",), "there is no ladder 'execution'"),
    ],
)
def test_a_ladder_that_is_not_there_is_reported_at_its_place(
    make_case, starts, ladder, level, loc, message
):
    signed = {"level": level, "reason": "x", "signed": "A", "date": "2025"}
    case = make_case({"bon": starts["described"] | {"override": signed}}, ladder=ladder)
    found = [(flaw.loc, flaw.message) for flaw in all_flaws(case)]
    assert [f[0] for f in found] == ([loc] if loc else [])
    assert all(message in f[1] for f in found)


def test_a_departure_holds_on_the_ladder_that_it_was_signed_for(make_case, starts):
    signed = {"level": 3, "reason": "x", "signed": "A", "date": "2025"}
    case = make_case({"bon": starts["described"] | {"override": signed}})
    levels = {
        name: score(case.instruments["bon"], load_ladder(name), case).level
        for name in ("effectladder", "sms-wwg", "nesta")
    }
    assert levels == {"effectladder": 3, "sms-wwg": 0, "nesta": 1}


@pytest.mark.parametrize("design", ["interviews", "description"])
@pytest.mark.parametrize(
    ("keys", "counts"),
    [
        ({"year": 2019}, False),  # the instrument began in 2020
        ({"year": None, "source": "handboek"}, False),  # published in 2019
        ({"execution": "planned"}, False),
        ({"execution": "carried out"}, True),
        ({"year": 2020}, True),
    ],
)
def test_what_was_said_before_the_start_sets_no_direction(judge, study, design, keys, counts):
    heard = judge(evidence={"e": study(design=design, **keys)})
    assert (heard.direction == "positive") == (counts and design == "interviews")
    assert ("concluded" in rules(heard)) == (counts and design == "description")
    told = judge(evidence={"e": study(design=design, author="executor", **keys)})
    assert (told.experience == "positive") == counts
    ahead = not counts and "execution" not in keys
    assert ("said-ahead" in rules(heard), "said-ahead" in rules(told)) == (ahead, ahead)


PAID = {
    "input": {"budget": {"text": "Budget", "total": "2 mln. euro", "source": "bureau"}},
    "status": "lopend",
}


@pytest.mark.parametrize(
    ("stage", "keys", "levels"),
    [
        ("activities", {"about": "activities", "design": "interviews"}, (1, 3)),
        ("activities", {"about": "activities", "design": "description"}, (1, 2)),
        ("activities", {"about": "output", "execution": "carried out", "design": "theory"}, (1, 2)),
        ("output", {"about": "output", "design": "monitoring"}, (1, 2)),
        ("output", {"about": "output", "design": "norm"}, (1, 3)),
        ("efficiency", {"design": "description", "criterion": "efficiency"}, (1, 2)),
        ("efficiency", {"design": "theory", "criterion": "efficiency"}, (1, 2)),
        ("efficiency", {"design": "norm", "about": "output"}, (1, 2)),
    ],
)
def test_what_is_of_before_the_start_raises_no_stage(judge, starts, study, stage, keys, levels):
    for year, level in zip((2019, 2020), levels, strict=True):
        verdict = judge(starts["underpinned"] | PAID, evidence={"e": study(**keys, year=year)})
        found = verdict.efficiency if stage == "efficiency" else verdict.stages[stage]
        assert found.level == level
        assert ("said-ahead" in {one.rule for one in found.reasons}) == (year == 2019)
        assert year == 2020 or found.direction == "unknown"


@pytest.mark.parametrize(
    ("piece", "undated"),
    [
        ({"source": "los"}, True),
        ({"source": "los", "year": 2021}, False),
        ({"source": "bureau"}, False),  # its source has a year
        ({"source": "los", "execution": "planned"}, False),  # a plan counts for nothing anyway
        ({"source": "los", "design": "description", "finds": "unknown"}, False),
    ],
)
def test_evidence_of_no_year_says_so(ladder, make_case, starts, study, piece, undated):
    """It can be of before the start, or expired; leaving the year out must not hide that."""
    written = study(**{"year": None, **piece})
    case = make_case({"bon": starts["underpinned"] | {"evidence": {"e": written}}})
    loose = case.sources["bureau"].model_copy(update={"year": None, "short": "Los stuk"})
    case = case.model_copy(update={"sources": {**case.sources, "los": loose}})
    verdict = score(case.instruments["bon"], ladder, case)
    told = [one.prose("nl") for one in verdict.reasons if one.rule == "undated"]
    assert len(told) == undated
    assert not told or "Van een deel van het bewijs is geen jaar bekend (Los stuk)" in told[0]


@pytest.mark.parametrize(
    ("period", "piece", "adrift"),
    [
        ("voor 2023–2025", {}, True),
        ("voor 2022–2025", {}, False),  # the study is of 2022: it had begun
        ("tot 2030", {}, True),
        ("2020–2025", {}, False),
        ("voor 2023–2025", {"execution": "carried out"}, False),
        ("voor 2023–2025", {"execution": "planned"}, False),
        ("voor 2023–2025", {"year": None, "source": "los"}, False),  # then the year is unknown
    ],
)
def test_evidence_on_an_instrument_of_unknown_start_says_so(
    ladder, make_case, starts, study, period, piece, adrift
):
    written = study(**{"year": 2022, **piece})
    case = make_case(
        {"bon": starts["underpinned"] | {"period": period, "evidence": {"e": written}}}
    )
    loose = case.sources["bureau"].model_copy(update={"year": None, "short": "Los stuk"})
    case = case.model_copy(update={"sources": {**case.sources, "los": loose}})
    verdict = score(case.instruments["bon"], ladder, case)
    told = [one.prose("nl") for one in verdict.reasons if one.rule == "adrift"]
    assert len(told) == adrift
    assert not told or "het telt mee" in told[0]


@pytest.mark.parametrize(
    ("keys", "part"),
    [
        ({"covers": "de eerste ronde"}, True),
        ({"covers": "de eerste ronde", "finds": "unknown"}, False),
        ({}, False),
    ],
)
def test_evidence_on_a_part_of_the_instrument_says_so(judge, study, keys, part):
    verdict = judge(evidence={"e": study(**keys)})
    told = [one.prose("nl") for one in verdict.reasons if one.rule == "partly-covered"]
    assert len(told) == part
    assert not part or told[0].endswith("maar alleen over de eerste ronde (Bureau, 2022).")


@pytest.mark.parametrize(
    ("reached", "results"), [("outcome", "de gevolgen"), ("intermediate", "tussentijdse gevolgen")]
)
def test_a_step_on_the_way_is_not_called_the_result(judge, study, reached, results):
    piece = study(design="description", about=reached)
    told = [
        one.prose("nl") for one in judge(evidence={"e": piece}).reasons if one.rule == "concluded"
    ]
    assert f"onderzoekers over {results} schrijven, is gunstig" in told[0]


@pytest.mark.parametrize(("published", "level"), [(2019, 2), (2021, 3)])
def test_numbers_of_no_year_are_as_old_as_their_source(make_case, starts, ladder, published, level):
    node = {"text": "Behouden banen", "baseline": "8 in 2015", "actual": "9", "source": "bureau"}
    case = make_case({"bon": starts["underpinned"] | {"outcome": {"banen": node}}})
    dated = case.sources["bureau"].model_copy(update={"year": published})
    case = case.model_copy(update={"sources": {**case.sources, "bureau": dated}})
    verdict = score(case.instruments["bon"], ladder, case)
    assert verdict.level == level
    assert ("measured-ahead" in rules(verdict)) == (published == 2019)


@pytest.mark.parametrize("name", ["effectladder", "nesta", "sms-wwg"])
@pytest.mark.parametrize(
    ("other", "disagrees"),
    [
        ({"design": "before-after", "finds": "none"}, True),
        ({"design": "before-after", "finds": "mixed"}, True),
        ({"design": "interviews", "finds": "negative"}, True),
        ({"design": "before-after", "finds": "none", "author": "executor"}, True),
        ({"design": "before-after", "finds": "positive"}, False),
        ({"design": "before-after", "finds": "unknown"}, False),
        ({"design": "before-after", "finds": "none", "year": 2019}, False),  # before the start
        ({"design": "norm", "finds": "none"}, False),  # a target missed is no other effect
        ({"design": "rct", "finds": "none"}, False),  # as strong: that is another note
    ],
)
def test_weaker_evidence_that_disagrees_is_named(make_case, starts, study, name, other, disagrees):
    pieces = {"e": study(), "f": study(source="instituut", **other)}
    case = make_case({"bon": starts["underpinned"] | {"evidence": pieces}})
    verdict = score(case.instruments["bon"], load_ladder(name), case)
    told = [one for one in verdict.reasons if one.rule == "weaker-disagrees"]
    assert [one.evidence for one in told] == ([("f",)] if disagrees else [])
    assert all("Instituut, 2023" in one.prose("nl") for one in told)
    if other["design"] != "rct":
        assert verdict.direction == "positive"


def test_one_sound_study_with_a_mixed_finding_contradicts_nothing(judge, study):
    mixed = study(finds="mixed")
    assert "contradicted" not in rules(judge(evidence={"e": mixed}))
    two = {"e": mixed, "f": study(source="instituut")}
    assert "contradicted" in rules(judge(evidence=two))
