"""The crosswalk follows from the rules, and the page of the ladders from the profiles."""

from __future__ import annotations

import importlib.util
from importlib.resources import files
from pathlib import Path

import pytest

from evalkit.judgement.crosswalk import Crosswalk, crosswalk, specimens
from evalkit.judgement.profile import ladder_names, load_ladder, read_ladder, scales

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def levels():
    return {row.id: row.levels for row in crosswalk().rows}


@pytest.mark.parametrize(
    ("specimen", "effectladder", "sms", "nesta"),
    [
        ("nothing", 0, 0, 0),
        ("underpinned", 2, 0, 1),
        ("before-after", 3, 1, 2),
        ("matched", 3, 2, 2),
        ("did", 4, 3, 3),
        ("did-rejected", 3, 2, 2),
        ("rdd", 4, 4, 3),
        ("iv", 4, 4, 3),
        ("rct", 4, 5, 3),
        ("additionality", 2, 0, 1),
        ("replicated", 4, 5, 4),
        ("transferable", 4, 5, 5),
    ],
)
def test_the_published_descriptions(levels, specimen, effectladder, sms, nesta):
    """A difference-in-differences study is 3 on the Maryland scale, a threshold 4, a trial 5."""
    assert levels[specimen] == {"effectladder": effectladder, "sms-wwg": sms, "nesta": nesta}


def test_every_rung_has_a_specimen(levels):
    for name in ladder_names():
        reached = {found[name] for found in levels.values()}
        assert reached == {rung.level for rung in load_ladder(name).rungs}


def test_between_which_rungs_the_same_evidence_stands():
    found = crosswalk()
    assert found.alike("sms-wwg", 5, "effectladder") == (2, 4)
    assert found.alike("nesta", 0, "sms-wwg") == (0, 0)
    assert found.alike("sms-wwg", 9, "nesta") is None


def test_a_new_ladder_joins_by_itself():
    text = (files("evalkit.ladders") / "nesta.yaml").read_text("utf-8")
    mine = read_ladder(text.replace("name: nesta", "name: mijn-ladder"), "mijn-ladder.yaml")
    found = crosswalk((mine,))
    assert found.ladders == ("mijn-ladder",)
    assert [row.levels["mijn-ladder"] for row in found.rows] == [
        row.levels["nesta"] for row in crosswalk().rows
    ]


def test_the_crosswalk_is_data_for_an_appendix():
    found = crosswalk()
    assert Crosswalk.from_json(found.to_json()) == found
    assert all(row.name["nl"] != row.name["en"] for row in found.rows)
    assert len({specimen.id for specimen in specimens()}) == len(found.rows)


def test_the_page_of_the_ladders_is_fresh():
    spec = importlib.util.spec_from_file_location("ladders_page", DOCS / "ladders.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    page = module.page()
    assert page == (DOCS / "ladders.md").read_text("utf-8"), "run `python docs/ladders.py`"
    for ladder in (*map(load_ladder, ladder_names()), *scales()):
        assert f"(`{ladder.name}`)" in page
