"""The figure of a chain draws the links that the chain has, and no other."""

from __future__ import annotations

import re
from functools import cache
from itertools import combinations, product
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.model.instrument import Instrument
from evalkit.model.stage import FIVE_STAGES
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.arrow import STROKES
from evalkit.report.figures.chain import GAP, WIDTH
from evalkit.report.figures.chain_told import ELSEWHERE
from evalkit.report.figures.instrument_chain import instrument_chain
from evalkit.report.style.style import load_style
from tests.unit.report.figures.drawn_words import collisions

SVG = "{http://www.w3.org/2000/svg}"
STEP = (WIDTH - 4 * GAP) / 5 + GAP
BARE = {"name": "Bon", "type": "subsidie", "period": "2018–2022"}
SOURCES = {"a": {"kind": "report", "title": "A", "year": 2020, "independence": "independent"}}
RCT = {"source": "a", "design": "rct", "about": "outcome", "finds": "positive", "year": 2021}
REST = {"assumed": {}, "supported": {"source": "a"}, "compared": {"evidence": ["proef"]}}
SAID = {"assumed": "verondersteld", "supported": "met bron", "compared": "vergeleken"}


@cache
def edition() -> Edition:
    case = {"slug": "x", "title": "X", "period": "2020", "date": "2026-11", "sources": SOURCES}
    return Edition(evaluate(Case.model_validate(case)), "nl", load_style("seo"))


def built(nodes: dict[str, Any], links: dict[str, str]) -> Instrument:
    """Make an instrument of texts by stage and node, and of what each link rests on."""
    made = {stage: {k: v if isinstance(v, dict) else {"text": v} for k, v in here.items()}
            for stage, here in nodes.items()}  # fmt: skip
    rest = {key: REST[kind] for key, kind in links.items()}
    return Instrument.model_validate(
        BARE | made | {"links": rest, "evidence": {"proef": RCT}}, context={"lang": "nl"}
    )


def drawn(instrument: Instrument) -> Drawing:
    return instrument_chain(instrument, edition())


def arrows(drawing: Drawing) -> dict[tuple[int, int], str]:
    """Read off the drawing from which box to which its arrows go, and how they are drawn."""
    kinds = {(stroke.colour, stroke.dashes): kind for kind, stroke in STROKES.items()}
    found: dict[tuple[int, int], str] = {}
    for path in ET.fromstring(drawing.markup).iter(f"{SVG}path"):  # noqa: S314 - our own drawing
        kind = kinds.get((path.get("stroke", ""), path.get("stroke-dasharray")))
        if kind is not None and path.get("fill") == "none":
            places = [float(x) for x in re.findall(r"[MHQ] ?(-?[\d.]+)", path.get("d", ""))]
            far = "Q" in path.get("d", "")
            pair = (int(min(places) // STEP), int((max(places) + (0 if far else GAP)) // STEP))
            assert pair not in found
            found[pair] = kind
    return found


def printed(drawing: Drawing) -> list[str]:
    return [one.text or "" for one in ET.fromstring(drawing.markup).iter(f"{SVG}text")]  # noqa: S314


@st.composite
def instruments(draw: st.DrawFn) -> Instrument:
    stages = [[f"{stage}-{at}" for at in range(draw(st.integers(0, 3)))] for stage in FIVE_STAGES]
    nodes = {
        str(stage): {
            key: {"text": key, "headline": draw(st.booleans())}
            | ({"actual": "3 keer"} if draw(st.booleans()) else {})
            for key in keys
        }
        for stage, keys in zip(FIVE_STAGES, stages, strict=True)
    }
    able = [pair for one, other in combinations(stages, 2) for pair in product(one, other)]
    able += [pair for keys in stages for pair in combinations(keys, 2)]
    chosen = draw(st.lists(st.sampled_from(able), unique=True)) if able else []
    return built(nodes, {f"{a} -> {b}": draw(st.sampled_from(list(REST))) for a, b in chosen})


@settings(deadline=None, max_examples=40)
@given(instruments())
def test_every_arrow_is_a_link_and_every_link_between_stages_has_its_arrow(
    instrument: Instrument,
) -> None:
    order = {key: FIVE_STAGES.index(stage) for key, stage in instrument.stages.items()}
    linked = {
        (order[start], order[end])
        for start, end, _ in instrument.arrows
        if order[start] != order[end]
    }

    assert set(arrows(drawn(instrument))) == linked


@settings(deadline=None, max_examples=40)
@given(instruments())
def test_the_table_says_what_is_drawn(instrument: Instrument) -> None:
    drawing = drawn(instrument)
    heads, *rows = drawing.data
    names = [row[0] for row in rows]

    said = {
        (at, names.index(end)): words
        for at, row in enumerate(rows)
        for end, words in re.findall(r"naar ([^:;]+): ([^;(]+)", row[-1])
    }

    assert heads == ("Stap", "Waarde", "Omschrijving", "Schakels")
    assert {pair: words.strip() for pair, words in said.items()} == {
        pair: SAID[kind] for pair, kind in arrows(drawing).items()
    }
    assert all(
        f"van {names[start]} naar {names[end]} {SAID[kind]}" in drawing.alt
        for (start, end), kind in arrows(drawing).items()
    )


@settings(deadline=None, max_examples=40)
@given(instruments())
def test_an_arrow_without_a_mark_links_the_two_nodes_that_are_shown(
    instrument: Instrument,
) -> None:
    drawing = drawn(instrument)
    shown = [row[2] for row in drawing.data[1:]]  # the text of a node is its id here
    linked = {(start, end) for start, end, _ in instrument.arrows}
    bare = sum((shown[a], shown[b]) in linked for a, b in combinations(range(5), 2))

    marked = sum(words.endswith(ELSEWHERE) for words in printed(drawing))

    assert marked == len(arrows(drawing)) - bare
    assert any(words.startswith(ELSEWHERE) for words in printed(drawing)) == bool(marked)


@settings(deadline=None, max_examples=40)
@given(instruments())
def test_words_never_lie_over_each_other(instrument: Instrument) -> None:
    assert not collisions(drawn(instrument).markup)


def test_the_nodes_shown_are_a_way_through_the_chain() -> None:
    nodes = {
        "input": {"a": {"text": "Geld", "actual": "3 euro"}, "b": "Mensen"},
        "activities": {"c": {"text": "Folder", "actual": "4 folders"}, "d": "Lessen"},
        "output": {"e": "Diploma's"},
    }
    drawing = drawn(built(nodes, {"b -> d": "assumed", "d -> e": "assumed"}))

    assert [row[2] for row in drawing.data[1:4]] == ["Mensen", "Lessen", "Diploma's"]


def test_a_headline_stands_for_its_stage_though_another_node_is_linked() -> None:
    nodes = {
        "activities": {"a": "Lessen"},
        "output": {"b": "Folders", "c": {"text": "Diploma's", "headline": True}},
    }
    drawing = drawn(built(nodes, {"a -> b": "assumed"}))

    assert drawing.data[3][2] == "Diploma's"
    assert "verondersteld*" in printed(drawing)
    assert "tussen andere onderdelen dan die hier staan" in drawing.data[2][3]


def test_a_result_of_another_instrument_does_not_stand_for_a_stage() -> None:
    other = {"text": "Vreemd", "actual": "9 keer", "instrument": "elders"}
    drawing = drawn(built({"output": {"a": other, "b": "Eigen"}}, {"a -> b": "assumed"}))

    assert drawing.data[3][1:3] == ("", "Eigen")


def test_of_several_strengths_none_is_left_unsaid() -> None:
    nodes = {"input": {"a": "A", "b": "B", "c": "C"}, "activities": {"d": "D"}}
    links = {"a -> d": "supported", "b -> d": "assumed", "c -> d": "assumed"}
    drawing = drawn(built(nodes, links))

    assert arrows(drawing) == {(0, 1): "supported"}
    assert "2 van de 3 verondersteld" in " ".join(printed(drawing))
    assert drawing.data[1][3] == "naar Activiteiten: met bron (2 van de 3 verondersteld)"


def test_between_other_nodes_the_weakest_link_is_drawn() -> None:
    nodes = {
        "input": {"a": {"text": "A", "headline": True}, "b": "B", "c": "C"},
        "activities": {"d": "D"},
    }
    drawing = drawn(built(nodes, {"b -> d": "compared", "c -> d": "assumed"}))

    assert arrows(drawing) == {(0, 1): "assumed"}
    assert "1 van de 2 vergeleken" in " ".join(printed(drawing))


def test_a_link_with_two_starts_counts_once_as_in_the_verdict() -> None:
    nodes = {"input": {"a": "A", "b": "B", "c": "C"}, "activities": {"d": "D"}}
    drawing = drawn(built(nodes, {"a -> d": "supported", "b, c -> d": "assumed"}))

    assert "1 van de 2 verondersteld" in " ".join(printed(drawing))


def test_a_chain_within_one_stage_has_no_arrow() -> None:
    drawing = drawn(built({"output": {"a": "A", "b": "B"}}, {"a -> b": "assumed"}))

    assert not arrows(drawing)
    assert "geen schakel" in drawing.alt


@pytest.mark.parametrize(
    ("text", "actual", "unit"),
    [
        ("Afspraken tussen student en werkgever", "3 partijen per overeenkomst",
         "partijen per overeenkomst"),
        ("Digitale studiegids", "2 versies", "versies"),
        ("Partijen die het programma steunen", "5 partijen", ""),
        ("Duale opleidingsroutes", "24 routes", ""),
        ("O2LAB-hubs", "5 hubs", ""),
        ("Structuur van het overleg", "3 uur", "uur"),
        ("Bezoekers van de site", "669.000 unieke bezoekers", "unieke bezoekers"),
        ("Deel van de kosten", "50 procent", ""),
        ("Groei", "2 procent per jaar", "per jaar"),
        ("Budget", "26,8 mln. euro", "euro"),
    ],
)  # fmt: skip
def test_a_number_says_what_it_counts(text: str, actual: str, unit: str) -> None:
    nodes = {"activities": {"a": {"text": text, "actual": actual}}, "output": {"b": "B"}}
    drawing = drawn(built(nodes, {"a -> b": "assumed"}))
    words = " ".join(printed(drawing))

    assert drawing.data[2][1].endswith(unit)
    assert unit in words.replace("- ", "")
    if not unit:
        assert re.fullmatch(r"[\d.,]+%?", drawing.data[2][1])
