"""The shipped case holds what its source, the letter on the Talentstrategie (2026), prints."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from evalkit.errors import EvalkitError
from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.judgement.profile import load_ladder
from evalkit.judgement.score import score_case
from evalkit.model import Case, Evidence, Instrument, Link, Quantity
from evalkit.model.chain import ChainNode
from evalkit.model.counts import counts
from evalkit.model.record import walk

MLN = 10**6
BACK = "deltaplan-techniek"
# The inventory of the document, line by line: what it counted as one, and what that is here.
INVENTORY: dict[str, dict[str, tuple[str, ...]]] = {
    "slimmer-werken": {
        "doorlichting alle ministeries": ("doorlichting",),
        "slagvaardige overheid": ("slagvaardige-overheid",),
        "Productiviteitsagenda en -raad": ("productiviteitsagenda", "productiviteitsraad"),
        "Fonds onderzoek en wetenschap": ("onderzoek",),
        "RIF mbo en EFRO": ("rif", "efro"),
    },
    "opleiden": {
        "basisvaardigheden": ("basisvaardigheden",),
        "Sterk Techniekonderwijs structureel": ("sterk-techniekonderwijs",),
        "Techkwadraat": ("techkwadraat",),
        "vmbo-profielen": ("vmbo-profielen",),
        "praktijkgerichte vakken": ("praktijkgerichte-vakken",),
        "mbo-pact": ("mbo-pact",),
        "proposities hbo en wo": ("proposities",),
        "knelpunten samenwerking": ("knelpunten-samenwerking",),
        "mbo-bekostiging met samenwerkingsbudget": ("mbo-bekostiging", "samenwerkingsbudget"),
    },
    "meedoen": {
        "LLO-regeling": ("llo-regeling",),
        "CompetentNL": ("competentnl",),
        "LLO-Katalysator": ("llo-katalysator",),
        "LLO Collectief": ("llo-collectief",),
        "arbeidsmarktinfrastructuur": ("arbeidsmarktinfrastructuur",),
        "Nederland Werkt": ("nederland-werkt",),
        "goed werkgeverschap": ("goed-werkgeverschap",),
        "transitievergoeding": ("transitievergoeding",),
        "startbanen": ("startbanen",),
        "werkplekken nieuwkomers": ("werkplekken-nieuwkomers",),
        "kinderopvangstelsel": ("kinderopvang",),
        "verlofstelsel": ("verlofstelsel",),
        "voltijdbonus, meerurenvoordeel en arbeidskorting per uur": ("meer-uren-lonen",),
        "Meer uren werkt": ("meer-uren-werkt",),
    },
    "migratie": {
        "internationale talentstrategie": ("wervingsstrategie",),
        "NPoE": ("npoe",),
        "vakkrachtenpilot": ("vakkrachtenpilot",),
        "expatregeling": ("expatregeling",),
        "Benelux en Skills Portability": ("skills-portability",),
        "internationale studenten en de wet": (
            "internationale-studenten",
            "wet-internationalisering",
        ),
        "154 miljoen hbo en wo": ("intensivering-ho",),
        "wet flexwerkers": ("flexwerkers",),
        "boetes": ("boetes",),
        "toelatingsstelsel": ("toelatingsstelsel",),
        "huurbescherming": ("huurbescherming",),
    },
}
# In the letter and not in the inventory.
MISSED = {"opleiden": ("algemene-vakken",), "meedoen": ("wettelijke-taak-llo",)}
# indicator, field, amount, unit, year
INDICATORS = [
    ("groei", "target", Fraction("1.5"), "procent", None),
    ("economie", "target", 92 * 10**9, "euro", None),
    ("vacatures-techniek", "actual", 70_000, "vacatures", 2025),
    ("vacatures-ict", "actual", 20_000, "vacatures", 2025),
    ("keuze-techniek", "actual", 40, "procent", None),
    ("motivatie-kinderen", "actual", 60, "procent", None),
    ("tekort-onderwijs", "actual", 7400, "fte", None),
    ("tekort-kinderopvang", "no_policy", 35_000, "medewerkers", 2035),
    ("vmbo-profielen-aanbod", "actual", Fraction(2, 3), "", 2025),
    ("vmbo-profielen-aantal", "actual", 10, "profielen", None),
    ("deeltijd", "actual", 49, "procent", 2026),
    ("meer-uren", "actual", 12, "procent", 2026),
    ("bevolking", "target", 19 * MLN, "inwoners", 2050),
    ("bevolking", "no_policy", 23 * MLN, "inwoners", 2050),
]


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("talentstrategie")


def test_every_measure_of_the_inventory_is_there_and_every_other_is_explained(case: Case) -> None:
    found: dict[str, set[str]] = {theme: set() for theme in case.themes}
    for key, one in case.instruments.items():
        if key != BACK:
            assert one.theme is not None
            found[one.theme].add(key)
    expected = {
        theme: {key for keys in lines.values() for key in keys} | set(MISSED.get(theme, ()))
        for theme, lines in INVENTORY.items()
    }
    assert found == expected
    assert sum(map(len, INVENTORY.values())) == 39
    assert sum(map(len, found.values())) == 45


def test_the_table_in_the_report_tells_the_same_difference(case: Case) -> None:
    rows = {row[0]: row[1:3] for row in case.tables["telling"].rows[1:]}
    for theme, name in zip(case.themes, list(rows)[:-1], strict=True):
        mine = sum(one.theme == theme for key, one in case.instruments.items() if key != BACK)
        assert rows[name] == (str(len(INVENTORY[theme])), str(mine)), name
    assert rows["Totaal"] == ("39", "45")


def test_the_counts_that_check_prints(case: Case) -> None:
    found = counts(case)
    assert found["instruments"] == 46  # the Deltaplan looks back, and is no measure
    assert found["themes"] == 4
    assert found["commitments"] == 14
    assert found["milestones"] == 17
    assert found["sources"] == 29


def test_the_twelve_letters_of_the_annex(case: Case) -> None:
    rows = case.tables["brieven"].rows[1:]
    assert [row[1] for row in rows] == ["voor de zomer"] * 7 + ["na de zomer"] * 5
    named = {row[2] for row in rows} - {"–"}
    labels = {one.label: one for one in case.instruments.values()} | {
        one.name: one for one in case.instruments.values()
    }
    assert named <= labels.keys()
    assert all(labels[name].milestones for name in named)
    assert len(case.tables["tekst-brieven"].rows[1:]) == 5


@pytest.mark.parametrize(("key", "field", "amount", "unit", "year"), INDICATORS)
def test_figure(case: Case, key: str, field: str, amount: object, unit: str, year: object) -> None:
    value = getattr(case.indicators[key], field)
    found: Quantity = value.value
    assert (found.amount, found.unit, value.year) == (amount, unit, year)
    assert case.indicators[key].source, "every figure has a source"


def test_hedges_stay(case: Case) -> None:
    found = {
        "economie": case.indicators["economie"].target,
        "keuze-techniek": case.indicators["keuze-techniek"].actual,
        "tekort-onderwijs": case.indicators["tekort-onderwijs"].actual,
        "deeltijd": case.indicators["deeltijd"].actual,
    }
    assert {key: one.value.qualifier for key, one in found.items() if one} == {
        "economie": "about",
        "keuze-techniek": "<",
        "tekort-onderwijs": "circa",
        "deeltijd": "about",
    }


def test_the_two_amounts_and_no_other(case: Case) -> None:
    totals = {
        key: one.input["budget"].total.amount
        for key, one in case.instruments.items()
        if "budget" in one.input and one.input["budget"].total is not None
    }
    assert totals == {"onderzoek": 428 * MLN, "intensivering-ho": 154 * MLN}
    assert case.instruments["intensivering-ho"].cover == "reserved"
    assert case.instruments["llo-regeling"].cover == "awaiting approval"


def test_no_measure_has_a_target_and_one_has_a_minister(case: Case) -> None:
    for loc, node in walk(case):
        if loc[:1] == ("instruments",):
            assert getattr(node, "target", None) is None, loc
    assert [key for key, one in case.instruments.items() if one.ministries] == ["nederland-werkt"]


def test_what_the_summary_counts_is_so(case: Case) -> None:
    measures = {key: one for key, one in case.instruments.items() if key != BACK}
    status = Counter(one.status for one in measures.values())
    assert status == {"lopend": 13, "voorgenomen": 26, "verkenning": 5, "besluit nodig": 1}
    text = case.chapters["00-samenvatting"]
    assert "Dertien lopen al, 26 zijn voorgenomen, vijf worden verkend en over één" in text
    assert Counter(one.cover for one in measures.values())["unknown"] == 12
    assert "Bij twaalf maatregelen is geld nodig" in case.chapters["03-overzicht"]
    assert sum(bool(one.milestones) for one in measures.values()) == 14
    assert "hebben er veertien een mijlpaal" in case.chapters["09-mijlpalen"]


def test_the_three_points_of_the_series_stand_once_and_alike(case: Case) -> None:
    points = {2003: 29, 2014: 43, 2025: 36}
    series = case.instruments[BACK].outcome["n-profiel"].per_year
    assert {year: value.amount for year, value in series.items()} == points
    indicator = case.indicators["n-profiel-havo"].per_year
    assert {year: value.amount for year, value in indicator.items()} == points
    rows = case.tables["n-profiel"].rows[1:]
    assert {int(row[0]): int(row[1]) for row in rows} == points


def test_the_estimator_refuses_three_points(small_case: Path) -> None:
    """What the chapter on the Deltaplan says of it is so."""
    rows = "".join(
        f"{year};{value};2014;havo\n" for year, value in ((2003, 29), (2014, 43), (2025, 36))
    )
    (small_case / "data").mkdir()
    (small_case / "data" / "havo.csv").write_text(
        f"jaar;aandeel;start;reeks\n{rows}", encoding="utf-8"
    )
    (small_case / "analyses.yaml").write_text(
        "havo:\n"
        "  title: N-profielen\n"
        "  question: Steeg het aandeel?\n"
        "  data: data/havo.csv\n"
        "  source: cbs2021\n"
        "  design: interrupted_series\n"
        "  outcome: {column: aandeel, name: het aandeel, unit: procent, intended: higher}\n"
        "  unit: reeks\n"
        "  units: reeksen\n"
        "  time: jaar\n"
        "  cohort: start\n",
        encoding="utf-8",
    )
    with pytest.raises(EvalkitError) as raised:
        evaluate(load_case(small_case))
    assert "at least 4 of each" in str(raised.value)


def _placed(case: Case, instrument: Instrument, ladder: str = "effectladder") -> int:
    changed = case.model_copy(update={"instruments": {**case.instruments, BACK: instrument}})
    return score_case(changed, load_ladder(ladder))[BACK].level


def test_what_holds_the_deltaplan_down(case: Case) -> None:
    """The three reasons of the chapter, each taken away in its turn."""
    as_told = case.instruments[BACK]
    evidence: Evidence = as_told.evidence["reeks"]
    assert evidence.author == "commissioner"
    assert not evidence.comparison
    described = as_told.model_copy(
        update={"activities": {"beleid": ChainNode.model_validate({"text": "Gericht beleid"})}}
    )
    underpinned = described.model_copy(
        update={
            "links": {
                "beleid -> n-profiel": Link.model_validate(
                    {"because": "wie techniek kent, kiest haar", "source": "vanlangen2019"}
                )
            },
            "evidence": {"reeks": evidence.model_copy(update={"author": "independent"})},
        }
    )
    assert _placed(case, as_told) == 0
    assert _placed(case, described) == 1
    assert _placed(case, underpinned) == 3, "without a comparison rung 4 stays out of reach"
    for one in (as_told, described, underpinned):
        assert _placed(case, one, "sms-wwg") == 1


def test_every_other_explanation_of_the_rise_is_open(case: Case) -> None:
    rivals = case.contributions[BACK].rivals
    assert len(rivals) == 5
    assert {one.status for one in rivals.values()} == {"open"}


def test_every_number_has_a_source(case: Case) -> None:
    for loc, node in walk(case):
        for observation in getattr(node, "observations", {}).values():
            assert observation.source or node.source, loc  # type: ignore[attr-defined]
        if getattr(node, "per_year", None) or getattr(node, "total", None):
            assert node.source, loc  # type: ignore[attr-defined]


def test_no_plan_is_placed_above_a_description(case: Case) -> None:
    levels = {one.id: one.level for one in evaluate(case).scores.instruments}
    assert levels.pop(BACK) == 0
    assert set(levels.values()) == {1}


def test_seven_measures_could_still_reach_the_highest_rung(case: Case) -> None:
    found = evaluate(case).evaluability
    assert {key for key, one in found.items() if one.carries == one.top} == {
        "onderzoek",
        "sterk-techniekonderwijs",
        "mbo-pact",
        "llo-regeling",
        "startbanen",
        "meer-uren-lonen",
        "vakkrachtenpilot",
    }
