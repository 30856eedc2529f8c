"""Each kind of flaw: a record where it is found, with its place, and one where it is not."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from evalkit.model import Case, Indicator
from evalkit.model.record import all_flaws

NODES: dict[str, Any] = {
    "input": {"geld": {"text": "Geld"}},
    "activities": {"werk": {"text": "Werk"}, "plan": {"text": "Plan"}},
    "output": {"banen": {"text": "Banen"}},
}
INSTRUMENT: dict[str, Any] = {"name": "A", "type": "subsidie", "period": "2018–2021", **NODES}


def indicator(**fields: Any) -> list[tuple[tuple, str]]:
    record = Indicator.model_validate({"text": "x", **fields}, context={"lang": "nl"})
    return [(flaw.loc, flaw.message) for flaw in record.flaws()]


YEARS = {"2018": "2,0 mln. euro", "2019": "7,8 mln. euro"}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # the sum of the years
        ({"per_year": YEARS, "total": "9,8 mln. euro"}, None),
        ({"per_year": YEARS, "total": "9.800 duizend euro"}, None),
        ({"per_year": YEARS, "total": "sum"}, None),
        ({"per_year": YEARS, "total": "~10 mln. euro"}, None),
        ({"total": "9,9 mln. euro"}, None),
        ({"per_year": YEARS, "total": "9,9 mln. euro"},
         ("total", "total 9,9 mln. euro is not the sum of its years, 9,8 mln. euro")),
        ({"per_year": YEARS, "total": "PM euro"}, ("total", "is not the sum of its years")),
        ({"per_year": {"2018": "1 euro", "2019": "2 banen"}, "total": "3"},
         ("total", "cannot be added up: they have different units (banen and euro)")),
        ({"per_year": {"2018": "1-2", "2019": "2"}, "total": "3"}, ("total", "a range")),
        ({"per_year": {"2018": "PM", "2019": "2"}, "total": "2"}, ("total", "a PM")),
        # years in their order
        ({"baseline": "3 in 2013", "target": "4 in 2020"}, None),
        ({"baseline": "3 in 2013", "target": "4 in 2013"}, None),
        ({"baseline": "3", "target": "4 in 2010"}, None),
        ({"baseline": "3 in 2013", "target": "4 in 2010"},
         ("target", "the target is of 2010, before its baseline of 2013")),
        ({"baseline": "3 in 2013", "actual": "4 in 2010"}, ("actual", "before its baseline")),
        # two values for a year
        ({"per_year": {"2018": "3"}, "actual": "3 in 2018"}, None),
        ({"per_year": {"2018": "3"}, "actual": "4 in 2019"}, None),
        ({"per_year": {"2018": "3"}, "target": "4 in 2018"}, None),
        ({"per_year": {"2018": "3"}, "actual": "4 in 2018"},
         ("actual", "2018 has two values, 4 and 3")),
        ({"per_year": {"2018": "3"}, "baseline": "4 (2018)"}, ("baseline", "has two values")),
    ],
)  # fmt: skip
def test_indicator(fields: dict[str, Any], expected: tuple[str, str] | None) -> None:
    found = indicator(**fields)
    if expected is None:
        assert found == []
    else:
        ((loc, message),) = found
        assert loc == (expected[0],)
        assert expected[1] in message.replace("\N{NO-BREAK SPACE}", " ")


def test_a_total_that_is_computed_says_so() -> None:
    record = Indicator.model_validate(
        {"text": "x", "per_year": YEARS, "total": "sum"}, context={"lang": "nl"}
    )
    assert record.total_computed
    assert record.total is not None
    assert record.total.amount == 9_800_000
    assert Indicator.from_json(record.to_json()) == record


@pytest.mark.parametrize("fields", [{"total": "sum"}, {"total": "9", "total_computed": "true"}])
def test_a_total_cannot_pose_as_computed(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="total: sum"):
        Indicator.model_validate({"text": "x", **fields}, context={"lang": "nl"})


def test_no_number_of_a_year_is_read_in_foreign_digits() -> None:
    record = Indicator.model_validate({"text": "x", "actual": "35 procent in 2013"})
    assert record.actual is not None
    assert record.actual.year == 2013
    with pytest.raises(ValidationError):
        Indicator.model_validate({"text": "x", "actual": "35 in 1500"})


def line(funder: str, **more: str) -> dict[str, str]:
    return {"funder": funder, **more}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line("a", share="60%"), line("b", share="40%")], None),
        ([line("a", share="een derde"), line("b", share="2/3")], None),
        ([line("a", share="60%"), line("b", share="PM")], None),
        ([line("a", share="~60%"), line("b", share="30%")], None),
        ([line("a", share="60%"), line("b", amount="5 euro")], None),
        ([line("a", amount="PM")], None),
        ([line("a", share="60%"), line("b", share="30%")],
         (("lines",), "the shares add up to 90 percent, not to 100")),
        ([line("a", share="99,9%"), line("b", share="0,2%")], (("lines",), "100.1 percent")),
        # a breakdown within a funder
        ([line("a", share="60%"), line("b", share="40%"),
          line("a", share="10%", within="a"), line("a", share="90%", within="a")], None),
        ([line("a", share="100%"), line("x", share="10%", within="a")],
         (("lines",), "the shares within a add up to 10 percent")),
        ([line("a", share="100%"), line("x", share="100%", within="c")],
         (("lines",), "no line has the funder 'c'")),
        ([line("a")], (("lines", 0), "has neither `amount` nor `share`")),
        ([line("a", share="5 euro")], (("lines", 0, "share"), "is not a share")),
    ],
)  # fmt: skip
def test_budget_lines(lines: list[dict[str, str]], expected) -> None:
    data = case()
    data["instruments"]["a"]["input"]["geld"]["lines"] = lines
    place = ("instruments", "a", "input", "geld")
    if expected is None:
        assert flaws(data) == []
    else:
        assert any(
            loc == (*place, *expected[0]) and expected[1] in message
            for loc, message, _ in flaws(data)
        )


def case() -> dict[str, Any]:
    return {
        "slug": "c",
        "title": "C",
        "period": "2018–2021",
        "sources": {"seo2020": {"kind": "report", "title": "S"}},
        "theory": {"goals": {"banen": {"name": "Banen"}}, **deepcopy(NODES)},
        "instruments": {"a": deepcopy(INSTRUMENT), "b": deepcopy(INSTRUMENT)},
    }


def flaws(data: dict[str, Any]) -> list[tuple[tuple, str, str]]:
    record = Case.model_validate(data, context={"lang": "nl"})
    return [(flaw.loc, flaw.message, flaw.hint) for flaw in all_flaws(record)]


def at(data: dict[str, Any], path: str) -> dict[str, Any]:
    for part in path.split("."):
        data = data.setdefault(part, {})
    return data


A = "instruments.a"
EVIDENCE = {"source": "seo2020", "design": "survey", "about": "output"}

# What is added where -> nothing, or the place, the message and the hint.
BROKEN = [
    (A, {"links": {"geld -> werk": {}, "werk, plan -> banen": {}}}, None),
    (A, {"links": {"werk -> plan": {}}}, None),  # within a stage
    (f"{A}.output", {"geld": {"text": "x"}},
     (f"{A}.output.geld", "'geld' stands in input and again in output", "another id")),
    (A, {"links": {"geld -> bannen": {}}},
     (f"{A}.links.geld -> bannen", "no node 'bannen' in this chain", "did you mean 'banen'?")),
    (A, {"links": {"banen -> geld": {}}},
     (f"{A}.links.banen -> geld", "runs backwards, from output to input", "`geld -> banen`")),
    (A, {"links": {"geld naar banen": {}}},
     (f"{A}.links.geld naar banen", "is not a link", "`from -> to`")),
    (A, {"links": {"geld -> werk -> banen": {}}},
     (f"{A}.links.geld -> werk -> banen", "is not a link", "`from -> to`")),
    (A, {"links": {"geld -> ": {}}}, (f"{A}.links.geld ->", "is not a link", "")),
    (A, {"links": {"werk -> plan": {}, "plan -> werk": {}}},
     (f"{A}.links.werk -> plan", "the links go round: ", "take one of them out")),
    (A, {"links": {"werk -> werk": {}}}, (f"{A}.links.werk -> werk", "the links go round", "")),
    (A, {"evidence": {"e": EVIDENCE}, "links": {"geld -> werk": {"evidence": ["e"]}}}, None),
    (A, {"evidence": {"enquete": EVIDENCE}, "links": {"geld -> werk": {"evidence": "enquette"}}},
     (f"{A}.links.geld -> werk.evidence.0", "no evidence 'enquette'", "mean 'enquete'?")),
    (f"{A}.output.banen", {"part_of": "werk"}, None),
    (f"{A}.output.banen", {"part_of": "wek"},
     (f"{A}.output.banen.part_of", "no node 'wek'", "did you mean 'werk'?")),
    (f"{A}.output.banen", {"instrument": "b"}, None),
    (f"{A}.output.banen", {"instrument": "z"},
     (f"{A}.output.banen.instrument", "no instrument 'z'", "choose from: a, b")),
    (A, {"impact": {"i": {"text": "x"}}}, (f"{A}.impact", "ends at its outcomes", "theory.yaml")),
    (A, {"goals": ["banen"]}, None),
    (A, {"goals": {"banen": {"role": "side"}}}, None),
    (A, {"goals": ["bannen"]},
     (f"{A}.goals.bannen", "no goal 'bannen'", "did you mean 'banen'?")),
    (A, {"successor": "b"}, None),
    (A, {"successor": "SLIM-regeling"}, None),  # outside the case
    (A, {"successor": "c1"}, (f"{A}.successor", "no instrument 'c1'", "with a capital")),
    (A, {"predecessor": ["b", "oude"]}, (f"{A}.predecessor", "no instrument 'oude'", "capital")),
    (A, {"part_of": "b"}, None),
    (A, {"part_of": "z"}, (f"{A}.part_of", "no instrument 'z'", "choose from: a, b")),
    (A, {"part_of": "a"}, (f"{A}.part_of", "is part of itself", "take one of them out")),
    (A, {"successor": "a"}, (f"{A}.successor", "is its own successor", "take one")),
    (f"{A}.output.banen", {"source": "seo2020, p. 1"}, None),
    (f"{A}.output.banen", {"source": ["seo2020", "seo202"]},
     (f"{A}.output.banen.source.1", "no source 'seo202' in sources.bib", "mean 'seo2020'?")),
    (f"{A}.output.banen", {"source": "seo2020, geciteerd in xyz"},
     (f"{A}.output.banen.source.0.via", "no source 'xyz'", "add it to sources.bib")),
    (f"{A}.output.banen", {"actual": {"value": "5", "source": "xyz"}},
     (f"{A}.output.banen.actual.source.0", "no source 'xyz'", "")),
    ("theory.output.banen", {"goal": "banen", "instruments": ["a"]}, None),
    ("theory.output.banen", {"goal": "bannen"},
     ("theory.output.banen.goal", "no goal 'bannen'", "did you mean 'banen'?")),
    ("theory.output.banen", {"instruments": ["a", "z"]},
     ("theory.output.banen.instruments.1", "no instrument 'z'", "choose from")),
    ("theory", {"external": {"x": {"text": "x", "bears_on": ["banen"]}}}, None),
    ("theory", {"external": {"x": {"text": "x", "bears_on": ["banen", "bann"]}}},
     ("theory.external.x.bears_on.1", "no node 'bann'", "did you mean 'banen'?")),
    ("theory", {"impact": {"i": {"text": "x"}}}, None),
    ("", {"order": ["b", "a"]}, None),
    ("", {"order": ["b", "z"]}, ("order.1", "no instrument 'z' in instruments/", "a, b")),
    ("", {"recommendations": {"r": {"title": "x", "instruments": ["z"]}}},
     ("recommendations.r.instruments.0", "no instrument 'z'", "")),
]  # fmt: skip


@pytest.mark.parametrize(("where", "what", "expected"), BROKEN)
def test_flaw(where: str, what: dict[str, Any], expected: tuple[str, str, str] | None) -> None:
    data = case()
    (at(data, where) if where else data).update(what)
    found = [(".".join(map(str, loc)), message, hint) for loc, message, hint in flaws(data)]
    if expected is None:
        assert found == []
    else:
        ((loc, message, hint),) = found
        assert loc == expected[0]
        assert expected[1] in message
        assert expected[2] in hint


@pytest.mark.parametrize("key", ["part_of", "successor"])
def test_circles_of_two_instruments(key: str) -> None:
    data = case()
    data["instruments"]["a"][key] = "b"
    assert flaws(data) == []
    data["instruments"]["b"][key] = "a"
    ((loc, message, _),) = flaws(data)
    assert loc[0] == "instruments"
    assert loc[2] == key
    assert message.count("->") == 2


def test_a_predecessor_names_the_older_one() -> None:
    data = case()
    data["instruments"]["a"]["predecessor"] = "a"
    ((loc, message, _),) = flaws(data)
    assert loc == ("instruments", "a", "predecessor")
    assert "is its own predecessor" in message
