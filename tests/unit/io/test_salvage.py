"""One broken part is one problem: what only follows from it is not told."""

from __future__ import annotations

from typing import Any

import pytest

from evalkit.io.salvage import salvage
from evalkit.model.record import all_flaws

ANALYSIS: dict[str, Any] = {
    "title": "Uren", "question": "Meer uren?", "data": "d.csv", "source": "s", "time": "t",
    "design": "group_time", "outcome": {"column": "y"}, "unit": "u", "cohort": "g",
}  # fmt: skip
INSTRUMENT: dict[str, Any] = {
    "name": "Bon", "type": "subsidie", "period": "2018", "input": {"geld": {"text": "Geld"}},
}  # fmt: skip


def told(**parts: Any) -> list[tuple[tuple[Any, ...], str, str]]:
    data = {"slug": "x", "title": "Zaak", "period": "2018", **parts}
    _, flaws = salvage(data)
    return [(flaw.loc, flaw.message, flaw.hint) for flaw in flaws]


def of_analysis(**changes: Any) -> list[tuple[tuple[Any, ...], str, str]]:
    return told(analyses={"a": ANALYSIS | changes})


@pytest.mark.parametrize(
    ("changes", "loc", "message"),
    [
        ({"outcome": {"column": ["y"]}}, ("outcome", "column"), "text is expected here"),
        ({"outcome": {"column": ""}}, ("outcome", "column"), "this is empty"),
        ({"outcome": {}}, ("outcome", "column"), "the key 'column' is missing"),
        ({"source": ""}, ("source", 0), "is not a citation"),
        ({"source": []}, ("source",), "this is empty"),
        ({"source": None}, ("source",), "the key 'source' is missing"),
        ({"title": ["a"]}, ("title",), "text is expected here, not a list"),
        (
            {"outcome": {"column": "y", "relevant": "0"}},
            ("outcome", "relevant"),
            "'0' is too small",
        ),
        ({"anticipation": "1001"}, ("anticipation",), "'1001' is too large"),
    ],
)
def test_one_broken_part_is_one_problem(
    changes: dict[str, Any], loc: tuple[Any, ...], message: str
) -> None:
    (found,) = of_analysis(**changes)
    assert found[0][: 2 + len(loc)] == ("analyses", "a", *loc)
    assert message in found[1]


def test_every_kind_of_failure_says_what_to_do() -> None:
    changes = {"title": ["a"], "outcome": {"column": "y", "relevant": "0"}, "seed": "-1"}
    assert {hint for _, _, hint in of_analysis(**changes)} == {
        "write it behind the colon, in quotes when it begins with [ or { or holds `: `",
        "give a number above 0",
        "the smallest that makes sense here is 0",
    }


@pytest.mark.parametrize("word", ["null", "Null", "NULL", "~"])
@pytest.mark.parametrize("key", ["title", "unit", "compared", "covariates"])
def test_the_words_of_yaml_for_nothing_are_no_text(key: str, word: str) -> None:
    value = ["omvang", word] if key == "covariates" else word
    at = ("analyses", "a", key, 1) if key == "covariates" else ("analyses", "a", key)
    (found,) = of_analysis(**{key: value})
    assert found == (at, f"'{word}' says nothing here", "write a text, or leave the key out")


def test_what_stands_behind_nothing_in_a_list_keeps_its_place() -> None:
    found = of_analysis(covariates=["null", ["b"]])
    assert [loc for loc, _, _ in found] == [
        ("analyses", "a", "covariates", 0), ("analyses", "a", "covariates", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["nul", "null en niets", "~1 mln. euro", "None", "0"])
def test_other_words_are_text(text: str) -> None:
    assert of_analysis(title=text) == []


def test_two_broken_parts_are_two_problems() -> None:
    found = told(
        analyses={"a": ANALYSIS | {"source": ""}},
        instruments={"bon": INSTRUMENT | {"name": ["x"]}, "bus": {"name": "Bus"}},
    )
    assert sorted((str(loc), message) for loc, message, _ in found) == [
        ("('analyses', 'a', 'source', 0)",
         "'' is not a citation"),
        ("('instruments', 'bon', 'name')", "text is expected here, not a list"),
        ("('instruments', 'bus', 'period')", "the key 'period' is missing"),
        ("('instruments', 'bus', 'type')", "the key 'type' is missing"),
    ]  # fmt: skip


def of_contribution(**changes: Any) -> list[tuple[tuple[Any, ...], str, str]]:
    test = {"expect": "sporen", "test": "hoop", "result": "found", "evidence": "telling"}
    record = {"claims": {"a": {"text": "het werkte", "tests": {"t": test | changes}}}}
    data = {"slug": "x", "title": "Zaak", "period": "2018", "contributions": {"bon": record}}
    case, flaws = salvage(data)
    assert case is not None
    follows = all_flaws(case.contributions["bon"])
    return [(flaw.loc, flaw.message, flaw.hint) for flaw in (*flaws, *follows)]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"test": "hoepel"}, "'hoepel' is not one of the words for this"),
        ({"result": "gevonden"}, "'gevonden' is not one of the words for this"),
        ({"if_true": "90", "if_false": "0,2"}, "is no probability"),
        ({"if_true": "0,8", "if_false": "weinig"}, "'weinig' is not a number"),
    ],
)
def test_a_wrong_word_brings_no_second_message(changes: dict[str, Any], message: str) -> None:
    (found,) = of_contribution(**changes)
    assert message in found[1]


def test_a_wrong_word_hides_no_fault_beside_it() -> None:
    found = of_contribution(test="hoepel", evidence=[])
    assert [message for _, message, _ in found] == [
        "'hoepel' is not one of the words for this", "'found' says so without evidence",
    ]  # fmt: skip


def test_a_required_key_that_is_misspelt_is_not_missing_too() -> None:
    data = {key: value for key, value in INSTRUMENT.items() if key != "period"}
    (found,) = told(instruments={"bon": data | {"periode": "2018"}})
    assert found[1:] == ("unknown key 'periode'", "did you mean 'period'?")


def test_an_unknown_key_is_told_where_a_record_lacks_it() -> None:
    budget = {"text": "Geld", "total": "sum", "per_jaar": {2018: "1 mln. euro"}}
    (found,) = told(instruments={"bon": INSTRUMENT | {"input": {"geld": budget}}})
    assert found == (
        ("instruments", "bon", "input", "geld", "per_jaar"),
        "unknown key 'per_jaar'", "did you mean 'per_year'?",
    )  # fmt: skip


def test_keys_that_are_expected_are_named_for_a_collection_too() -> None:
    (found,) = told(contributions={"bon": {"rivals": "geen"}})
    assert found[1] == "keys are expected here, not 'geen'"
    assert found[2] == "give each an id, with below it keys such as text, external, type, claims"
