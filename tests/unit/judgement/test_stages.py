"""Activities, output, outcome and efficiency, each placed apart."""

from __future__ import annotations

import json

import pytest

COUNTED = {"cursussen": {"text": "Gevolgde cursussen", "actual": "40 in 2022", "source": "bureau"}}
WHOLE = {"budget": {"text": "Budget", "total": "2 mln. euro", "source": "bureau"}}
BUDGET = {"budget": WHOLE["budget"] | {"per_year": {"2022": "2 mln. euro"}}}
RATE = {"budget": {"text": "Budget", "actual": "2 mln. euro per jaar", "source": "bureau"}}
AIMED = {"cursussen": COUNTED["cursussen"] | {"target": "50"}}
REACHED = {"cursussen": COUNTED["cursussen"] | {"target": "40"}}
UNDATED = {"cursussen": COUNTED["cursussen"] | {"actual": "40"}}
NORM = {"design": "norm", "about": "output"}


def rules(verdict):
    return {reason.rule for reason in (*verdict.reasons, *verdict.caps)}


@pytest.mark.parametrize(
    ("keys", "level", "direction"),
    [
        (None, 1, "unknown"),
        ({"design": "description", "execution": "planned", "finds": "unknown"}, 1, "unknown"),
        ({"design": "description", "execution": "carried out", "source": "uitvoerder",
          "finds": "unknown"}, 2, "unknown"),
        ({"design": "interviews", "self_report": True}, 2, "positive"),
        ({"design": "interviews", "source": "onbekend", "finds": "mixed"}, 2, "mixed"),
        ({"design": "interviews", "finds": "negative"}, 3, "negative"),
        ({"design": "norm", "finds": "mixed"}, 3, "mixed"),
        # a sentence by someone independent says how it went, and not how that was found out
        ({"design": "description", "execution": "stopped"}, 2, "positive"),
        # what takers say they would have done otherwise is no finding on the execution
        ({"design": "additionality survey"}, 1, "unknown"),
        ({"design": "additionality survey", "execution": "carried out"}, 2, "unknown"),
        ({"design": "rct", "about": "outcome"}, 1, "unknown"),
    ],
)  # fmt: skip
def test_execution(judge, study, keys, level, direction):
    pieces = {} if keys is None else {"e": study(**{"about": "activities", **keys})}
    found = judge(evidence=pieces).stages["activities"]
    assert (found.level, found.direction, found.top) == (level, direction, 3)
    assert found.next_step["nl"]
    assert found.next_step["en"]


def test_a_plan_has_not_been_carried_out(judge, study):
    piece = {"e": study(about="activities", design="interviews")}
    assert judge(evidence=piece, status="voorgenomen").stages["activities"].level == 1
    assert judge(evidence=piece, status="lopend").stages["activities"].level == 3


@pytest.mark.parametrize(
    ("node", "level"),
    [
        ({}, 1),
        ({"target": "50"}, 1),
        ({"actual": "40 in 2022"}, 1),  # nobody vouches for it
        ({"actual": "40 in 2022", "source": "bureau"}, 2),
        ({"actual": "40 in 2022", "target": "50", "source": "bureau"}, 3),
        ({"actual": "40 in 2022", "baseline": "10 in 2019", "source": "bureau"}, 3),
        ({"actual": "40 in 2022", "target": "50", "source": "uitvoerder"}, 2),
    ],
)
def test_output(judge, node, level):
    verdict = judge(output={"cursussen": {"text": "Gevolgde cursussen", **node}})
    assert verdict.stages["output"].level == level
    assert verdict.level == 2  # output that was delivered is no outcome


@pytest.mark.parametrize(
    ("node", "told"),
    [
        ({}, "De output is niet naast een doel, een eerdere stand of een norm gelegd."),
        (
            {"target": "50", "comparable": False},
            "Er zijn streefwaarden, maar die meten niet hetzelfde als de realisatie",
        ),
    ],
)
def test_why_output_was_not_compared(judge, node, told):
    counted = {"text": "Gevolgde cursussen", "actual": "40 in 2022", "source": "bureau", **node}
    output = judge(output={"cursussen": counted}).stages["output"]
    lacks = [one.prose("nl") for one in output.reasons if one.rule == "output-compared-unmet"]
    assert len(lacks) == 1
    assert lacks[0].startswith(told)


def test_a_target_on_another_node_says_that_no_like_value_is_known(judge):
    counted = {"text": "Aanvragen", "actual": "40 in 2022", "source": "bureau"}
    aimed = {"text": "Trajecten", "target": "50"}
    output = judge(output={"aanvragen": counted, "trajecten": aimed}).stages["output"]
    lacks = [one.prose("nl") for one in output.reasons if one.rule == "output-compared-unmet"]
    assert lacks == [
        "Er zijn streefwaarden, maar geen realisatie in dezelfde maat; daarom is niet vergeleken."
    ]


@pytest.mark.parametrize(
    ("keys", "start"),
    [
        ({}, "Wat onafhankelijke onderzoekers over de output vonden, geeft een gunstig beeld"),
        ({"self_report": True}, "Wat betrokkenen of anderen over de output melden, geeft"),
        ({"author": "executor"}, "Wat betrokkenen of anderen over de output melden, geeft"),
    ],
)
def test_what_only_those_involved_say_is_no_independent_finding(judge, study, keys, start):
    piece = study(design="survey", about="output", **keys)
    found = judge(evidence={"e": piece}).stages["output"]
    assert [r.prose("nl").startswith(start) for r in found.reasons if r.rule == "direction"] == [
        True
    ]


def test_a_count_of_the_executor_beside_a_target_of_the_researchers_names_the_executor(judge):
    node = {
        "text": "Cursussen", "actual": "40 in 2022", "source": "uitvoerder",
        "target": {"value": "50", "source": "bureau"},
    }  # fmt: skip
    found = judge(output={"cursussen": node}).stages["output"]
    (cap,) = found.caps
    assert "(Uitvoerder, 2023)" in cap.prose("nl")
    assert "Bureau" not in cap.prose("nl")
    compared = next(reason for reason in found.reasons if reason.rule == "output-compared")
    assert "Bureau, 2022" in compared.prose("nl")


@pytest.mark.parametrize(
    ("finds", "told"),
    [("positive", "Het beeld is gunstig."), ("mixed", "Het beeld is gemengd."), ("unknown", "")],
)
def test_the_finding_on_a_stage_is_a_sentence(judge, study, finds, told):
    piece = study(design="interviews", about="activities", finds=finds, execution="carried out")
    stage = judge(evidence={"e": piece}).stages["activities"]
    assert stage.finding["nl"] == told
    assert told in stage.summary("nl")


def test_output_says_which_evidence_it_rests_on(judge):
    found = judge(output=COUNTED).stages["output"]
    counted = next(reason for reason in found.reasons if reason.rule == "output-counted")
    assert (counted.evidence, "Bureau, 2022" in counted.prose("nl")) == (
        ("output.cursussen",),
        True,
    )


def test_the_outcome_stage_is_the_level_of_the_instrument(judge, study):
    verdict = judge(evidence={"e": study(finds="none")})
    outcome = verdict.stages["outcome"]
    assert (outcome.level, outcome.direction) == (verdict.level, verdict.direction) == (4, "none")


COSTS = {"criterion": "efficiency", "design": "description", "comparison": "andere bonnen"}


@pytest.mark.parametrize(
    ("keys", "pieces", "level"),
    [
        ({}, [], 0),
        ({"input": {"budget": {"text": "Budget", "total": "2 mln. euro"}}}, [], 0),  # no source
        ({"input": {"budget": {"text": "B", "total": "PM", "source": "bureau"}}}, [], 0),
        ({"input": BUDGET}, [], 1),
        ({"input": BUDGET, "output": COUNTED}, [], 2),
        # of other years, or of years that are not known, costs and output stand apart
        ({"input": WHOLE, "output": COUNTED}, [], 1),
        ({"input": RATE, "output": COUNTED}, [], 1),
        (
            {
                "input": BUDGET,
                "output": {
                    "cursussen": {"text": "C", "actual": "40 procent in 2022", "source": "bureau"}
                },
            },
            [],
            1,
        ),
        # the whole budget beside what the whole instrument was to deliver
        ({"input": WHOLE, "output": REACHED}, [], 2),
        ({"input": RATE, "output": REACHED}, [], 1),
        # where less was delivered, part of the budget may be left: it is no cost
        ({"input": WHOLE, "output": AIMED}, [], 1),
        ({"input": WHOLE}, [NORM], 2),
        ({"input": RATE}, [NORM], 1),
        *(({"input": WHOLE}, [{**NORM, "finds": finds}], 1) for finds in ("negative", "none")),
        ({"input": WHOLE}, [NORM, {**NORM, "finds": "negative"}], 2),
        ({"input": BUDGET, "output": COUNTED}, [COSTS], 3),
        ({"input": BUDGET, "output": COUNTED}, [{**COSTS, "source": "uitvoerder"}], 2),
        ({"input": BUDGET, "output": COUNTED}, [{**COSTS, "comparison": ""}], 2),
        ({"input": BUDGET, "output": COUNTED}, [COSTS, {}], 4),
        ({"input": BUDGET, "output": COUNTED}, [{**COSTS, "about": "output"}, {}], 3),
        ({"input": BUDGET, "output": COUNTED}, [COSTS, {"design": "did"}], 3),
        ({"output": COUNTED}, [COSTS, {}], 0),
    ],
)
def test_efficiency(judge, study, keys, pieces, level):
    written = {f"e{n}": study(**piece) for n, piece in enumerate(pieces)}
    verdict = judge(evidence=written, **keys)
    assert verdict.efficiency.level == level
    assert verdict.efficiency.next_step["nl"]


def test_efficiency_does_not_move_effectiveness(judge, study):
    cheap = judge(evidence={"e": study(**COSTS, finds="positive")}, input=BUDGET, output=COUNTED)
    assert (cheap.level, cheap.direction) == (2, "unknown")
    assert (cheap.efficiency.level, cheap.efficiency.direction) == (3, "positive")


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"input": RATE, "output": COUNTED}, "alleen een bedrag per jaar bekend, zonder de jaren"),
        ({"input": WHOLE, "output": COUNTED}, "dat het over dezelfde jaren gaat als het budget"),
        ({"input": WHOLE}, "de output is niet in aantallen geteld"),
        ({"input": WHOLE, "output": AIMED}, "en wat daarvan is uitgegeven, is niet bekend"),
        (
            {"input": BUDGET, "output": UNDATED, "activities": COUNTED},
            "gaat als het budget; van aantallen bij de activiteiten wel",
        ),
        (
            {
                "input": WHOLE,
                "evidence": {
                    "e": {
                        "source": "bureau",
                        "year": 2022,
                        "design": "norm",
                        "about": "output",
                        "finds": "negative",
                    }
                },
            },
            "er is minder opgeleverd dan met het budget was bedoeld",
        ),
    ],
)
def test_why_costs_and_output_stand_apart(judge, keys, why):
    found = judge(**keys).efficiency
    assert any(why in reason.prose("nl") for reason in found.reasons)


def test_no_budget_of_its_own_is_more_than_none_on_record(judge):
    told = [reason.prose("nl") for reason in judge(no_budget="bureau, § 2").efficiency.reasons]
    assert told[0] == "Het instrument heeft geen eigen budget (Bureau, 2022)."
    assert judge().efficiency.reasons[0].prose("nl") == "Geen bron noemt een budget in euro."


@pytest.mark.parametrize(
    ("keys", "level", "label"),
    [
        ({"design": "description"}, 1, "gemeld, niet geteld"),
        ({"design": "survey"}, 2, "geteld"),
        # a report of what was delivered need not say whether that was much
        (
            {"design": "description", "finds": "unknown", "execution": "carried out"},
            1,
            "gemeld, niet geteld",
        ),
    ],
)
def test_a_report_of_the_output_is_no_count(judge, study, keys, level, label):
    found = judge(evidence={"e": study(about="output", **keys)}).stages["output"]
    assert (found.level, found.label["nl"]) == (level, label)


@pytest.mark.parametrize(
    ("status", "more", "step"),
    [
        ("lopend", {}, "Houd bij wat is opgeleverd."),
        (
            "gestopt",
            {},
            "Leg vast wat er tot het einde van het instrument is uitgevoerd en afgerond.",
        ),
        (
            "gestopt",
            {"rest": {"text": "Diploma's"}},
            "Zoek uit hoeveel er tot het einde van het instrument is gerealiseerd van ‘Diploma's’.",
        ),
    ],
)
def test_what_has_ended_is_not_kept_track_of(judge, status, more, step):
    counted = {"text": "Cursussen", "actual": "40 in 2022", "target": "50", "source": "bureau"}
    found = judge(status=status, output={"cursussen": counted, **more}).stages["output"]
    assert (found.level, found.next_step["nl"]) == (3, step)


def test_that_a_start_was_made_is_no_report_of_the_output(judge, study):
    begun = study(about="output", design="description", finds="unknown", execution="started")
    assert judge(evidence={"e": begun}).stages["output"].level == 1


def test_numbers_that_cannot_be_compared_are_not(judge):
    node = {"text": "Cursussen", "actual": "40 in 2022", "target": "50", "source": "bureau"}
    assert judge(output={"c": node}).stages["output"].level == 3
    assert judge(output={"c": node | {"comparable": False}}).stages["output"].level == 2
    moved = {"text": "Banen", "actual": "4 in 2022", "baseline": "3 in 2019", "source": "bureau"}
    assert judge(outcome={"banen": moved}).level == 3
    assert judge(outcome={"banen": moved | {"comparable": False}}).level == 2


def test_too_early_for_efficiency_is_said(judge, study):
    piece = study(**COSTS, execution="too early", finds="unknown")
    found = judge(evidence={"e": piece}, input=BUDGET).efficiency
    assert (found.level, "efficiency-too-early" in rules(found)) == (1, True)


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_json_has_stages_and_efficiency(judge, study, lang):
    verdict = judge(evidence={"e": study()}, input=BUDGET, output=COUNTED)
    found = json.loads(json.dumps(verdict.as_json(lang)))
    assert set(found["stages"]) == {"activities", "output", "outcome"}
    for part in (*found["stages"].values(), found["efficiency"]):
        assert {"level", "top", "label", "direction", "reasons", "caps", "next_step"} <= set(part)
        assert part["ladder"]["edition"]
    assert found["effectiveness"]["level"] == found["level"] == verdict.effectiveness.level
    told = verdict.summary(lang)
    title = {"nl": "Doelmatigheid: stand 2 van 4", "en": "Efficiency: rung 2 of 4"}[lang]
    assert title in told
