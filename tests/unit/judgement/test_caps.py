"""Every cap has a case where it fires and one where it does not."""

from __future__ import annotations

import pytest

from evalkit.judgement.profile import load_ladder
from evalkit.judgement.score import score
from tests.unit.judgement.instrument_pool import case_of, instruments

OK = {"pre-trends": "handled"}
MATCHED = {"selection": "handled"}
STRONG = {"weak instrument": "handled"}
ALONE = {"exclusion": "handled"}
GROUPS = {"design": "comparison group", "before": True, "after": True}
NO = "not handled"
SOUND = {"design": "rct", "source": "instituut"}
SELF = {"design": "survey", "self_report": True}
EXEC = {"design": "monitoring", "source": "uitvoerder"}
BASELINE = {"design": "monitoring", "before": True, "after": False, "about": "outcome"}


def did(**threats: str):
    return {
        "design": "did",
        "threats": {**OK, **{k.replace("_", " "): v for k, v in threats.items()}},
    }


# rule, instrument, evidence with which it fires, its level then, evidence with which it does not
TABLE = [
    ("own-word", "described", [SELF], 1, [{**SELF, "self_report": False}]),
    ("own-word", "described", [EXEC], 1, [EXEC, SOUND]),
    # what those involved say of the output is no claim on the outcome
    ("own-word", "described", [SELF], 1, [{**SELF, "about": "output"}]),
    ("word-of-unknown", "described", [{"design": "description", "source": "onbekend"}], 1,
     [{"design": "description"}]),
    ("word-of-unknown", "described", [{"design": "description", "source": "onbekend"}, SELF], 1,
     [SELF]),
    ("own-word", "described", [EXEC, {**EXEC, "design": "before-after"}], 1, [EXEC, SELF]),
    ("own-word-agreeing", "underpinned", [EXEC, SELF], 2, [EXEC, {**SELF, "finds": "none"}]),
    ("own-word-agreeing", "underpinned", [SELF, {**SELF, "source": "instituut"}], 2, [SELF, SELF]),
    # what a document quotes and what it heard itself is one voice
    ("own-word-agreeing", "underpinned", [SELF, {**SELF, "source": "instituut"}], 2,
     [SELF, {**SELF, "source": "instituut, geciteerd in bureau, § 2"}]),
    ("own-word-literature", "underpinned", [{**EXEC, "design": "before-after"}], 2,
     [{"design": "before-after"}]),
    ("own-word-causal", "underpinned",
     [{"design": "rct", "author": "executor"}, {"design": "before-after"}], 3, [SOUND]),
    ("only-outputs", "underpinned", [{"design": "before-after", "about": "output"}], 2,
     [{"design": "before-after", "about": "output"}, {"design": "before-after"}]),
    ("no-follow-up", "underpinned", [BASELINE], 2, [{**BASELINE, "after": True}]),
    ("additionality-only", "underpinned", [{"design": "additionality survey"}], 2,
     [{"design": "additionality survey"}, {"design": "before-after"}]),
    ("pre-trends", "underpinned", [{"design": "did"}], 3, [did()]),
    ("pre-trends", "underpinned", [{"design": "did", "threats": {"pre-trends": NO}}], 3,
     [{"design": "did"}, SOUND]),
    ("few-pre-periods", "underpinned",
     [{"design": "did", "threats": {**OK, "few pre-periods": NO}}], 3,
     [{"design": "did", "threats": {**OK, "few pre-periods": "handled"}}]),
    ("few-clusters", "underpinned", [did(few_clusters=NO)], 3, [did(few_clusters="handled")]),
    ("sensitivity", "underpinned", [did(sensitivity=NO)], 3, [did(sensitivity="handled")]),
    ("attrition", "underpinned", [{"threats": {"attrition": NO}}], 3,
     [{"threats": {"attrition": "handled"}}]),
    ("contamination", "underpinned", [{"threats": {"contamination": NO}}], 3, [{}]),
    ("spill-over", "underpinned", [{"threats": {"spill-over": NO}}], 3,
     [{"threats": {"spill-over": NO}}, SOUND]),
    ("manipulation", "underpinned", [{"design": "rdd", "threats": {"manipulation": NO}}], 3,
     [{"design": "rdd", "threats": {"manipulation": "handled"}}]),
    ("weak-instrument", "underpinned", [{"design": "iv", "threats": {"weak instrument": NO}}], 3,
     [{"design": "iv"}]),
    ("untested-manipulation", "underpinned", [{"design": "rdd"}], 3,
     [{"design": "rdd", "threats": {"manipulation": "handled"}}]),
    ("untested-manipulation", "underpinned", [{"design": "rdd"}], 3, [{"design": "rdd"}, SOUND]),
    ("untested-strength", "underpinned", [{"design": "iv", "threats": ALONE}], 3,
     [{"design": "iv", "threats": {**ALONE, **STRONG}}]),
    ("untested-exclusion", "underpinned", [{"design": "iv", "threats": STRONG}], 3,
     [{"design": "iv", "threats": {**ALONE, **STRONG}}]),
    ("exclusion", "underpinned", [{"design": "iv", "threats": {**STRONG, "exclusion": NO}}], 3,
     [{"design": "iv", "threats": {**ALONE, **STRONG}}]),
    ("selection", "underpinned",
     [{**GROUPS, "threats": {"selection": NO}}], 3, [{**GROUPS, "threats": MATCHED}]),
    ("selection-untested", "underpinned", [GROUPS], 3, [{**GROUPS, "threats": OK}]),
    ("plan-only", "underpinned",
     [{"execution": "planned", "design": "description", "finds": "unknown"}, {"finds": "unknown"}],
     2, [{"execution": "planned", "design": "description", "finds": "unknown"}, {}]),
    ("too-soon-to-carry", "underpinned",
     [{"execution": "too early", "design": "description"}, {"finds": "unknown"}], 2,
     [{"execution": "too early", "design": "description"}, {}]),
    ("unknown-author", "underpinned", [{"design": "before-after", "source": "onbekend"}], 2,
     [{"design": "before-after", "source": "onbekend"}, {"design": "norm"}]),
    ("unknown-author-causal", "underpinned", [{"source": "onbekend"}, {"design": "norm"}], 3,
     [{"source": "onbekend", "author": "independent"}]),
]  # fmt: skip


def fired(verdict):
    return {cap.rule for cap in verdict.caps}


@pytest.mark.parametrize(("rule", "start", "with_it", "level", "without"), TABLE)
def test_a_cap_fires_and_does_not(
    judge, starts, study, ladder, rule, start, with_it, level, without
):
    with_it, without = (
        {f"e{n}": study(**piece) for n, piece in enumerate(pieces)} for pieces in (with_it, without)
    )
    verdict = judge(starts[start], evidence=with_it)
    assert rule in fired(verdict)
    assert verdict.level <= level == next(cap.level for cap in ladder.caps if cap.id == rule)
    assert rule not in fired(judge(starts[start], evidence=without))


def test_no_cap_is_left_out_of_the_table():
    assert {row[0] for row in TABLE} == {cap.id for cap in load_ladder().caps}


@pytest.mark.parametrize(
    ("piece", "level"),
    [
        ({"design": "did"}, 3),
        ({"design": "did", "threats": OK}, 4),
        ({"design": "rdd"}, 3),
        ({"design": "rdd", "threats": {"manipulation": "handled"}}, 4),
        ({"design": "iv"}, 3),
        ({"design": "iv", "threats": STRONG}, 3),
        ({"design": "iv", "threats": {**STRONG, **ALONE}}, 4),
        ({"design": "synthetic control"}, 3),
        ({"design": "synthetic control", "threats": OK}, 4),
        ({"design": "comparison group", "before": True, "after": True}, 3),
        ({"design": "comparison group", "before": True, "after": True, "threats": OK}, 4),
        ({"design": "comparison group", "before": True, "after": True, "threats": MATCHED}, 4),
        ({"design": "interrupted series", "comparison": "Vlaanderen"}, 3),
        ({"design": "interrupted series", "comparison": "Vlaanderen", "threats": OK}, 4),
        ({"design": "meta-analysis", "comparison": "twaalf studies"}, 3),
        ({"design": "meta-analysis", "comparison": "twaalf studies", "threats": MATCHED}, 4),
        ({"design": "rct", "execution": "planned"}, 2),
        ({"design": "rct", "execution": "too early"}, 2),
        ({"design": "rct", "year": 2019}, 2),  # before the instrument began
        ({"design": "rct", "source": "onbekend"}, 2),
        ({"design": "before-after", "source": "onbekend"}, 2),
        ({"design": "comparison group"}, 3),
        ({"design": "interrupted series"}, 3),
        ({"design": "dose-response"}, 3),
        ({"design": "rct", "about": "output"}, 2),
        ({"design": "before-after", "self_report": True}, 2),
        ({"design": "rct", "self_report": True}, 4),
        ({"design": "rct", "author": "executor"}, 2),
        ({"design": "survey", "before": True, "after": True}, 3),
        ({"design": "interviews"}, 2),
    ],
)
def test_what_one_study_carries(judge, study, piece, level):
    assert judge(evidence={"e": study(**piece)}).level == level


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            {"self_report": True},
            "Wat over ervaringen met het instrument is gemeld, is gunstig (opgetekend in",
        ),
        (
            {"author": "executor"},
            "Wat over ervaringen met het instrument is gemeld, is gunstig (opgetekend in",
        ),
        ({}, ""),  # a judgement of someone independent is no experience
    ],
)
def test_an_experience_says_whose_it_is_and_sets_no_direction(judge, study, keys, told):
    verdict = judge(evidence={"e": study(design="interviews", **keys)})
    found = [one.prose("nl") for one in verdict.reasons if one.rule == "experience"]
    assert [text.startswith(told) for text in found] == [True] * bool(told)
    assert verdict.direction == ("unknown" if told else "positive")


@pytest.mark.parametrize("finds", ["positive", "negative", "none", "mixed"])
def test_a_conclusion_without_its_method_sets_no_direction_either_way(judge, study, finds):
    bare = judge(evidence={"e": study(design="description", finds=finds)})
    told = [one.prose("nl") for one in bare.reasons if one.rule == "concluded"]
    assert (bare.direction, len(told)) == ("unknown", 1)
    assert "(Bureau, 2022). Hoe zij dat hebben onderzocht, is niet vastgelegd" in told[0]
    asked = judge(evidence={"e": study(design="interviews", finds=finds)})
    assert asked.direction == finds
    assert "concluded" not in {one.rule for one in asked.reasons}


QUOTED = "bureau, geciteerd in handboek"
BY_EXECUTOR = {"source": QUOTED, "author": "executor", "finds": "unknown", "about": "activities"}


@pytest.mark.parametrize(
    ("keys", "read"),
    [
        ({"source": QUOTED}, True),
        ({"source": QUOTED, "design": "before-after"}, False),  # its method is known
        ({"source": QUOTED, "finds": "unknown"}, True),  # nothing of it was used
        ({"source": QUOTED, "finds": "unknown", "design": "monitoring"}, True),
        ({"source": QUOTED, "author": "executor"}, False),  # it could underpin no link
        ({"source": QUOTED, "author": "executor", "finds": "unknown"}, False),
        (BY_EXECUTOR, False),
        (BY_EXECUTOR | {"author": "independent"}, True),
        (BY_EXECUTOR | {"author": "independent", "year": 2013}, False),  # past its shelf life
        ({"source": QUOTED, "year": 2019}, False),  # of before the start
        ({}, False),  # it was read itself
    ],
)
@pytest.mark.parametrize("start", ["described", "underpinned"])
def test_what_was_only_quoted_is_read_first(judge, starts, study, keys, read, start):
    piece = {**study(design="description"), **keys}
    step = judge(starts[start], evidence={"e": piece}).next_step["nl"]
    assert step.startswith("Lees eerst wat is aangehaald (Bureau, 2022)") == read


@pytest.mark.parametrize(
    ("keys", "noted"),
    [
        ({"source": "onbekend"}, True),
        ({"source": "onbekend", "design": "interviews"}, True),
        ({}, False),  # independent
        ({"source": "uitvoerder"}, False),
        ({"source": "onbekend", "self_report": True}, False),
        ({"source": "onbekend", "finds": "unknown"}, False),
    ],
)
def test_who_wrote_it_may_not_be_known_to_be_independent(judge, study, keys, noted):
    verdict = judge(evidence={"e": {**study(design="description"), **keys}})
    told = [one.prose("nl") for one in verdict.reasons if one.rule == "unplaced"]
    assert bool(told) is noted
    if noted:
        assert "onafhankelijk zijn, staat niet vast (Notitie, 2023)" in told[0]
        assert verdict.direction == "unknown"


def test_a_talk_that_is_quoted_cannot_be_read(make_case, starts, ladder, study):
    sources = {
        "gesprek": {"kind": "interview", "title": "Gesprek", "year": 2022,
                    "independence": "independent"},
        "bureau": {"kind": "report", "title": "Evaluatie", "year": 2022,
                   "independence": "independent"},
    }  # fmt: skip
    piece = study(design="interviews", source="gesprek, geciteerd in bureau")
    case = make_case({"bon": starts["described"] | {"evidence": {"e": piece}}}, sources=sources)
    assert "Lees eerst" not in score(case.instruments["bon"], ladder, case).next_step["nl"]


def test_the_step_of_the_limit_that_comes_next_is_printed_after_it(judge, starts, study):
    baseline = study(design="monitoring", about="outcome", before=True, finds="unknown")
    step = judge(starts["described"], evidence={"e": baseline}).next_step["nl"]
    assert "Om daarna boven trede 2 te komen: herhaal de nulmeting (Bureau, 2022)." in step
    of_output = study(design="monitoring", about="output", before=True, finds="unknown")
    step = judge(starts["described"], evidence={"e": of_output}).next_step["nl"]
    assert "Om daarna boven trede 2 te komen: meet ook de outcome" in step
    assert "Herhaal" not in step
    assert "Om daarna" not in judge(starts["described"]).next_step["nl"]


def test_what_has_ended_gets_its_step_for_a_successor(judge):
    assert "gestopt" not in judge(status="lopend").next_step["nl"]
    told = judge(status="gestopt").next_step["nl"]
    assert told.endswith("van belang voor een vergelijkbaar instrument.")
    named = judge(status="gestopt", successor="De Tegoedregeling").next_step["nl"]
    assert named.endswith("voor de opvolger (De Tegoedregeling).")
    both = judge(status="gestopt", successor=["De Tegoedregeling", "het Fonds"]).next_step["nl"]
    assert both.endswith("voor de opvolgers (De Tegoedregeling en het Fonds).")


@pytest.mark.parametrize("finds", ["positive", "unknown"])
def test_only_what_finds_something_expires(judge, study, finds):
    old = study(design="description", year=2001, finds=finds)
    verdict = judge(evidence={"oud": old})
    assert verdict.expired == (("oud",) if finds == "positive" else ())
    assert any(one.rule == "expired" for one in verdict.reasons) == (finds == "positive")


def test_a_cap_that_binds_gives_the_next_step(judge, study):
    verdict = judge(evidence={"e": study(design="did", threats={"attrition": NO})})
    assert (verdict.base, verdict.level) == (4, 3)
    assert "Toets op meerdere jaren vooraf" in verdict.next_step["nl"]
    assert "wie uitviel" in verdict.next_step["nl"]


def test_a_reason_names_the_evidence_in_both_languages(judge, study):
    verdict = judge(evidence={"uitval": study(threats={"attrition": NO})})
    (cap,) = verdict.caps
    assert cap.evidence == ("uitval",)
    assert "Bureau, 2022" in cap.prose("nl")
    assert "Bureau, 2022" in cap.prose("en")


def test_a_word_of_someone_else_does_not_lift_the_cap_on_a_claim_of_the_executor(judge, study):
    claim = study(design="before-after", source="uitvoerder")
    remark = study(design="interviews", source="instituut")
    assert judge(evidence={"claim": claim, "remark": remark}).level == 2


def test_a_baseline_of_an_indicator_counts_as_well(judge):
    node = {"text": "Behouden banen", "baseline": "10 in 2019"}
    verdict = judge(outcome={"banen": node})
    assert "no-follow-up" in fired(verdict)
    assert "Herhaal de nulmeting (‘Behouden banen’)" in verdict.next_step["nl"]


def test_an_own_comparison_and_a_flawed_independent_one_do_not_make_a_sound_one(judge, study):
    own = study(source="uitvoerder")
    flawed = study(design="did", source="instituut")
    verdict = judge(evidence={"own": own, "flawed": flawed})
    assert verdict.level == 3
    assert "pre-trends" in fired(verdict)


def test_the_limit_that_binds_stands_first_wherever_the_ladder_writes_it(ladder):
    levels = {cap.id: cap.level for cap in ladder.caps}
    turned = ladder.model_copy(update={"caps": ladder.caps[::-1]})
    spreads = set()
    for data in instruments():
        case = case_of(data)
        found = [levels[c.rule] for c in score(case.instruments["bon"], turned, case).caps]
        assert found == sorted(found)
        spreads.add(len(set(found)))
    assert max(spreads) > 1  # some have limits on different rungs
