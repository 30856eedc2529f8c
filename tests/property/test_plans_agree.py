"""Whatever a plan says: the table of its parts, the advice and the remarks never contradict."""

from __future__ import annotations

from typing import Any, get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.judgement.evaluability import Outlook, outlooks
from evalkit.judgement.evaluability.outlook import PartName
from evalkit.judgement.profile import ladder_names, load_ladder
from evalkit.language.numbers import LANGUAGES
from evalkit.model.evaluability import PlannedDesign
from tests.unit.judgement.evaluability.look_ahead import planned

ROW: dict[str, PartName] = {
    "stage": "indicator", "before": "baseline", "several": "baseline", "compared": "comparison",
    "after": "collection", "collect": "collection", "data": "data", "own_word": "data",
    "author": "evaluator", "design": "design",
}  # fmt: skip
BY_ITSELF = ("rct", "rdd", "iv")
GROUPS = ("groep", "group")  # words that only a study with two of them can use
MEASURE_FIRST = ("Meet de indicator vóór", "Meet in ten minste", "kan een nulmeting nog")
ASKED = "vraagt een vergelijking met de situatie zonder"
NOBODY = "geen; de regel geldt overal tegelijk"

designs = st.sampled_from(get_args(PlannedDesign))
periods = st.sampled_from(["2021", "2024–2025", "2025", "2026", "2026–2027", "2027–2031", "2029"])
comparisons = st.sampled_from([NOBODY, "gemeenten zonder bon"])
clauses = st.sampled_from(["registraties", "registraties, enkele jaren voor de wet en daarna"])
samplings = st.fixed_dictionaries({
    "treated": st.sampled_from([2, 40]), "compared": st.just(40), "after": st.just(2),
    "before": st.sampled_from([1, 3]), "spread": st.just("2 uur"),
})  # fmt: skip
plans = st.fixed_dictionaries(
    {},
    optional={
        "indicator": st.sampled_from(["deelname", "plannen"]), "baseline": periods,
        "comparison": comparisons, "design": designs, "data": clauses, "collect": periods,
        "sampling": samplings, "by": st.sampled_from(["een onafhankelijk bureau", "de provincie"]),
        "author": st.sampled_from(["independent", "executor"]),
    },
).filter(lambda plan: not (plan.get("comparison") == NOBODY and "sampling" in plan))  # fmt: skip
nodes = st.fixed_dictionaries(
    {"text": st.just("Deelname aan scholing")},
    optional={
        "baseline": st.sampled_from(["31 procent in 2020", "31 procent"]),
        "target": st.just("40 procent in 2030"), "measured": st.just("self-report"),
        "per_year": st.just({2019: "20 procent", 2020: "31 procent"}),
    },
)  # fmt: skip
begun = st.fixed_dictionaries({
    "status": st.sampled_from(["lopend", "gestopt", "voorgenomen", "besluit nodig"]),
    "period": st.sampled_from(
        ["2023–heden", "2026–2030", "2028–2032", "vanaf 2028", "t/m 2030", "onbekend"]
    ),
})  # fmt: skip
ladders = st.sampled_from(["effectladder"] * len(ladder_names()) + list(ladder_names()))


studies = st.sampled_from(["before-after", "rct"]).map(
    lambda design: {
        "evidence": {
            "proef": {
                "source": "boek", "design": design, "about": "outcome", "author": "independent",
                "execution": "carried out", "finds": "none", "year": 2030,
            }
        }
    }
)  # fmt: skip


@settings(max_examples=120)
@given(st.none() | plans, nodes, begun, st.just({}) | studies, ladders)
def test_table_and_text_agree(
    plan: dict[str, Any] | None,
    node: dict[str, Any],
    when: dict[str, str],
    more: dict[str, Any],
    ladder: str,
) -> None:
    whole = planned(plan, type="regelgeving", outcome={"deelname": node}, **when, **more)
    found = outlooks(whole, load_ladder(ladder)).get("bon")
    if found is None:
        return  # runs, without a plan
    what_is_asked_for_is_missing_or_doubtful(found)
    what_is_missing_is_asked_for(found)
    what_is_not_needed_is_not_spoken_of(found)
    a_rung_that_is_provided_for_lacks_nothing(found)
    a_running_instrument_is_not_measured_first(found, when)
    design = None if plan is None else plan.get("design")
    if design in BY_ITSELF:
        asked = {part for need in found.needs for part in need.lacks}
        assert not asked & {"before", "several", "compared"}
    if design == "interrupted series" and not set(plan or {}) & {"comparison", "sampling"}:
        assert not [text for text in said(found) if any(word in text for word in GROUPS)]
    if plan is not None and plan.get("comparison") == NOBODY and design not in BY_ITSELF:
        assert found["comparison"].state in ("lacking", "not needed")
        assert found["comparison"].told["nl"].startswith(NOBODY)
    a_start_that_is_not_known_has_no_time_before_it(found)
    a_comparison_that_a_rung_asks_for_is_not_called_needless(found)
    what_is_to_be_completed_is_so_everywhere(found)
    a_value_of_no_year_is_no_baseline(found, plan or {}, node)


def what_is_asked_for_is_missing_or_doubtful(found: Outlook) -> None:
    for need in found.needs:
        for name in need.lacks:
            row = found[ROW[name]]
            assert row.state in ("lacking", "partly"), name
            assert row.rung is not None or name == "design", name
            assert row.rung is None or row.rung <= need.level, name


def what_is_missing_is_asked_for(found: Outlook) -> None:
    for row in found.parts:
        if row.state == "lacking" and row.rung is not None:
            asked = {ROW[name] for name in found.need(row.rung).lacks}
            assert row.name in asked, row.name


def what_is_not_needed_is_not_spoken_of(found: Outlook) -> None:
    idle = {row.name for row in found.parts if row.state == "not needed"}
    assert not {ROW[name] for need in found.needs for name in need.lacks} & idle
    for remark in found.remarks if "baseline" in idle else ():
        assert "nulmeting" not in remark.text["nl"].lower(), remark.id
        assert "baseline" not in remark.text["en"].lower(), remark.id
    drafted = found.paragraph["nl"].partition("Nog in te vullen: ")[2]
    for row in found.parts:
        if row.state != "lacking" and found.planned:
            assert row.label().lower() not in drafted


def a_rung_that_is_provided_for_lacks_nothing(found: Outlook) -> None:
    lacking = {row.rung for row in found.parts if row.state == "lacking" and row.rung is not None}
    for need in found.needs:
        provided = any("Het plan voorziet" in text["nl"] for text in need.text)
        assert not provided or not [rung for rung in lacking if rung <= need.level]
    told = [one["nl"] for one in found.reasons if "zoals het er ligt, dan kan" in one["nl"]]
    assert not told or not [rung for rung in lacking if rung <= found.carries]


def a_running_instrument_is_not_measured_first(found: Outlook, when: dict[str, str]) -> None:
    if when["status"] in ("lopend", "gestopt"):
        told = said(found)
        assert not [text for text in told if any(head in text for head in MEASURE_FIRST)]
        assert not [text for text in told if "instrument begint" in text]


def a_start_that_is_not_known_has_no_time_before_it(found: Outlook) -> None:
    """What the table says to be of before the start, no remark says to be of any time."""
    told = found["baseline"].told
    adrift = [one for one in found.remarks if one.id.startswith(("no-date", "no-begun"))]
    if adrift and "vóór de start" in told["nl"]:
        assert "niet bekend" in told["nl"]
        assert "not known" in told["en"]


def a_comparison_that_a_rung_asks_for_is_not_called_needless(found: Outlook) -> None:
    asking = [text for need in found.needs for text in need.text if ASKED in text["nl"]]
    if asking and found["comparison"].state == "not needed":
        assert "vraagt wel een vergelijking" in found["comparison"].told["nl"]


def what_is_to_be_completed_is_so_everywhere(found: Outlook) -> None:
    told = [one for one in found.reasons if "Wordt dit plan aangevuld" in one["nl"]]
    asked = {part for need in found.needs if need.level == found.carries for part in need.lacks}
    assert bool(told) <= bool(found.pending)
    if found.planned and found.pending:
        assert set(found.pending) == asked
        assert "als het wordt aangevuld" in found.summary()
    if told:
        assert not [one for one in found.reasons if "zoals het er ligt, dan" in one["nl"]]


def a_value_of_no_year_is_no_baseline(
    found: Outlook, plan: dict[str, Any], node: dict[str, Any]
) -> None:
    undated = node.get("baseline") == "31 procent" and "per_year" not in node
    over = plan.get("baseline") in ("2021", "2024–2025", "2025")
    if undated and over and plan.get("indicator") == "deelname":
        assert found["baseline"].state in ("partly", "not needed")


def said(found: Outlook) -> list[str]:
    """All advice, in both languages."""
    told = [*found.reasons, *(text for need in found.needs for text in need.text)]
    told += [one.text for one in (*found.doubts, *found.remarks)]
    return [one[lang] for one in told for lang in LANGUAGES]
