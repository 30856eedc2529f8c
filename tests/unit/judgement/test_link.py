"""Which link a next step begins with, and how links are counted."""

from __future__ import annotations

import pytest

from evalkit.judgement.facts import theory_complete
from evalkit.judgement.known import Known
from evalkit.judgement.link import nearest, share
from evalkit.model import Case, Instrument

NODES = {
    "name": "Bon", "type": "subsidie", "period": "2021",
    "input": {"geld": {"text": "Geld"}},
    "activities": {"bonnen": {"text": "Bonnen"}, "folders": {"text": "Folders"}},
    "output": {"cursus": {"text": "Cursus"}, "lezers": {"text": "Lezers"}},
    "intermediate": {"kennis": {"text": "Kennis"}, "aandacht": {"text": "Aandacht"}},
    "outcome": {"animo": {"text": "Animo"}, "werk": {"text": "Werk"}},
    "evidence": {"e": {"source": "s", "design": "interviews", "about": "outcome"}},
}  # fmt: skip


def begins(*links, **more):
    written = {key: {"evidence": more.get("shown", {}).get(key, [])} for key in links}
    return nearest(links, Instrument.model_validate({**NODES, "links": written}))["nl"]


@pytest.mark.parametrize(
    ("links", "first"),
    [
        # money beside an outcome is no step of an effect, whatever its name sorts to
        (["geld -> animo", "geld -> cursus", "kennis -> werk"], "‘Kennis’ naar ‘Werk’"),
        (["cursus -> animo", "kennis -> werk"], "‘Kennis’ naar ‘Werk’"),
        (["bonnen -> cursus", "cursus -> kennis"], "‘Cursus’ naar ‘Kennis’"),
        # more of the chain runs through it
        (
            ["aandacht -> animo", "bonnen -> cursus", "cursus -> kennis", "kennis -> werk"],
            "‘Kennis’ naar ‘Werk’",
        ),
        # a tie stands in the order of the case
        (["kennis -> werk", "aandacht -> animo"], "‘Kennis’ naar ‘Werk’"),
        (["aandacht, kennis -> werk"], "‘Aandacht’ en ‘Kennis’ naar ‘Werk’"),
    ],
)
def test_the_first_link_is_the_one_that_most_of_the_claim_rests_on(links, first):
    assert begins(*links) == f"die van {first}"


def test_a_link_from_several_steps_is_named_by_where_it_leads():
    told = begins("aandacht, kennis, lezers -> werk")
    assert told == "die naar ‘Werk’, onder meer vanuit ‘Aandacht’"


def test_a_link_of_which_nothing_was_found_goes_before_one_with_evidence():
    links = ["aandacht -> animo", "kennis -> werk"]
    assert begins(*links) == "die van ‘Aandacht’ naar ‘Animo’"
    assert begins(*links, shown={links[0]: ["e"]}) == "die van ‘Kennis’ naar ‘Werk’"


def test_two_numbers_in_one_phrase_are_written_alike():
    starts = [f"a{n}" for n in range(23)]
    nodes = {key: {"text": key} for key in starts}
    links = {f"{key} -> werk": {} for key in starts}
    instrument = Instrument.model_validate({**NODES, "activities": nodes, "links": links})
    assert share(list(links)[:19], instrument)["nl"] == "19 van de 23 schakels"
    few = Instrument.model_validate(
        {**NODES, "activities": nodes, "links": dict([*links.items()][:12])}
    )
    assert share(list(links)[:3], few)["nl"] == "drie van de twaalf schakels"


STUDY = {"source": "s", "design": "norm", "about": "output", "finds": "negative",
         "author": "independent", "year": 2022}  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "against"),
    [
        ({}, True),
        ({"finds": "none", "design": "description"}, True),
        ({"finds": "positive"}, False),
        ({"finds": "mixed"}, False),
        ({"author": "executor"}, False),
        ({"self_report": True}, False),
        ({"design": "interviews"}, False),
        ({"year": 2020}, False),  # of before the start
        ({"execution": "planned"}, False),
    ],
)
def test_links_that_independent_evidence_speaks_against_are_named(keys, against):
    links = {
        "bonnen -> cursus": {"because": "x", "evidence": "e"},
        "kennis -> werk": {"because": "y"},
    }
    bon = {**NODES, "links": links, "evidence": {"e": {**STUDY, **keys}}}
    source = {"kind": "report", "title": "Evaluatie", "short": "Bureau", "year": 2022}
    case = Case.model_validate({"slug": "p", "title": "P", "period": "2020–2024",
                                "sources": {"s": source}, "instruments": {"bon": bon}})  # fmt: skip
    gap = theory_complete(Known(case.instruments["bon"], case)).words()["theory_gap"]["nl"]
    lacks = "bij beide schakels ontbreekt een onafhankelijke onderbouwing van de verwachte werking"
    assert gap.startswith(lacks)
    told = "bij die van ‘Bonnen’ naar ‘Cursus’ kwam de verwachte stap er volgens de bronnen niet"
    assert (told in gap) is against
    # What did not come about may be looked for later; the other link comes first.
    step = theory_complete(Known(case.instruments["bon"], case)).words()["weak_links"]["nl"]
    assert step == "die van ‘Kennis’ naar ‘Werk’"


@pytest.mark.parametrize(
    ("design", "told"),
    [
        (
            "norm",
            "kwam de verwachte stap er volgens de bronnen niet of nauwelijks (Bureau, 2022), maar",
        ),
        ("description", "kwam de verwachte stap er volgens de bronnen niet of nauwelijks"),
        ("did", "spreekt onafhankelijk bewijs de verwachte werking tegen (Bureau, 2022)"),
    ],
)
def test_only_what_was_measured_speaks_against_an_idea(design, told):
    links = {
        "bonnen -> cursus": {"because": "x", "evidence": "e"},
        "kennis -> werk": {"because": "y"},
    }
    piece = STUDY | {"design": design, "about": ["output", "outcome"]}
    bon = {**NODES, "links": links, "evidence": {"e": piece}}
    source = {"kind": "report", "title": "Evaluatie", "short": "Bureau", "year": 2022}
    case = Case.model_validate({"slug": "p", "title": "P", "period": "2020–2024",
                                "sources": {"s": source}, "instruments": {"bon": bon}})  # fmt: skip
    gap = theory_complete(Known(case.instruments["bon"], case)).words()["theory_gap"]["nl"]
    assert told in gap
