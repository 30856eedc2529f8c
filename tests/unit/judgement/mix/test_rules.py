"""Each rule on the mix: a mix in which it speaks, with its numbers, and one in which it is silent."""

from __future__ import annotations

import pytest

from evalkit.judgement.mix.rules import RULES

from .conftest import instrument, money

YEARS = {"per_year": {2019: "2 mln. euro", 2020: "8 mln. euro"}}


def output(**node):
    return {"output": {"x": {"text": "X", **node}}}


# rule, finding, mix, more of the case, what the Dutch says, its numbers
SPEAKS = [
    (
        "coverage_weight", "coverage_weight.a",
        {"p": instrument("ab"), "q": instrument("aB"), "r": instrument("aC"), "s": instrument("a")},
        {},
        "‘Doel a’ is oververtegenwoordigd: in de periode 2018–2024 dienen vier instrumenten dit "
        "doel, elk als hoofddoel. De mediaan is 1,5 per doel",
        {"instruments": 4, "main": 4, "side": 0, "weighed": 4, "median": 1.5},
    ),
    (
        "coverage_weight", "coverage_weight.c",
        {"p": instrument("ab"), "q": instrument("abC")},
        {},
        "dient één instrument dit doel, als nevendoel. Met een nevendoel voor de helft komt dat op "
        "0,5, tegenover een mediaan van twee per doel",
        {"weighed": 0.5, "median": 2},
    ),
    (
        "coverage_weight", "coverage_weight",
        {"p": instrument("abc"), "q": instrument("abc")},
        {},
        "Geen doel is over- of ondervertegenwoordigd",
        {"median": 2},
    ),
    (
        "coverage_blank", "coverage_blank",
        {"p": instrument("a")}, {},
        "‘Doel b’ en ‘Doel c’ zijn witte vlekken: geen instrument dient deze doelen",
        {"blank": 2, "goals": 3},
    ),
    (
        "coverage_gap", "coverage_gap.a",
        {"p": instrument("a", "2020–2021"), "q": instrument("a", "2023–heden")}, {},
        "diende in 2018, 2019 en 2022 geen instrument ‘Doel a’",
        {"years_without": 3, "years_in_doubt": 0},
    ),
    (
        "coverage_gap", "coverage_gap.a",
        {"p": instrument("a", "t/m 2024", period_note="Begin niet vermeld.")}, {},
        "Of in 2018–2023 een instrument ‘Doel a’ diende, is niet zeker: van P is begin",
        {"years_without": 0, "years_in_doubt": 6},
    ),
    (
        "coverage_after", "coverage_after",
        {"p": instrument("a"), "q": instrument("b", "2019–heden")}, {},
        "Na 2024 loopt geen instrument meer door voor ‘Doel a’.",
        {"goals": 1},
    ),
    (
        "coverage_trend", "coverage_trend",
        {"p": instrument("ab", "2018–heden"), "q": instrument("a", "2020–heden")}, {},
        "‘Doel a’ van één naar twee; ‘Doel b’ bleef op één.",
        {"a.2018": 1, "a.2024": 2, "b.2018": 1, "b.2024": 1},
    ),
    (
        "coverage_money", "coverage_money",
        {
            "p": instrument("ab", input=money(total="10 mln. euro")),
            "q": instrument("a", input=money(total="5 mln. euro")),
            "r": instrument("aC", input=money(actual="2 euro per jaar")),
        },
        {},
        "‘Doel a’ 15 mln. euro (bekend van twee van de drie instrumenten); ‘Doel b’ 10 mln. euro "
        "(bekend van het enige instrument). Een budget dat meer doelen dient, staat bij elk "
        "hoofddoel in zijn geheel",
        {"a.euro": 15_000_000, "b.euro": 10_000_000},
    ),
    (
        "coverage_money", "coverage_money",
        {
            "p": instrument("a", input=money(total="10 euro")),
            "q": instrument("b", input=money(total="10 euro")),
            "r": instrument("c", input=money(total="1 euro")),
        },
        {},
        "Naar geld ondervertegenwoordigd, met minstens de helft minder dan de mediaan: ‘Doel c’.",
        {"c.euro": 1},
    ),
    (
        "coverage_outside", "coverage_outside.outside",
        {"p": instrument("a"), "q": instrument("b", status="voorgenomen")}, {},
        "Q liep niet in de periode 2018–2024", {"instruments": 1},
    ),
    (
        "coverage_outside", "coverage_outside.aimless",
        {"p": instrument("a"), "q": instrument("")}, {},
        "Van Q is niet vastgelegd welk doel het dient.", {"instruments": 1},
    ),
    (
        "overlap_parts", "overlap_parts.p",
        {"p": instrument("ab"), "q": instrument("ac", part_of="p")}, {},
        "Q is onderdeel van P. Voor de doelen die beide dienen, telt het niet apart mee: ‘Doel a’.",
        {"parts": 1, "goals": 1},
    ),
    (
        "overlap_elsewhere", "overlap_elsewhere.p.q",
        {"p": instrument(output={"x": {"text": "X", "instrument": "q"}}), "q": instrument()}, {},
        "Bij P staat ook ‘X’. Dat resultaat hoort bij Q", {"results": 1},
    ),
    (
        "overlap_money", "overlap_money.q",
        {
            "p": instrument(input=money(total="9 mln. euro")),
            "q": instrument(input=money(total="2 mln. euro"), part_of="p"),
        },
        {},
        "Het budget van Q (2 mln. euro) zit in dat van P (9 mln. euro)",
        {"part": 2_000_000, "whole": 9_000_000},
    ),
    (
        "overlap_goals", "overlap_goals.a.b",
        {"p": instrument("aB", "2018–2020"), "q": instrument("aB", "2020–2021")}, {},
        "P en Q dienen dezelfde doelen, met dezelfde hoofd- en nevendoelen (‘Doel a’ als hoofddoel "
        "en ‘Doel b’ als nevendoel), en liepen in 2020 naast elkaar.",
        {"instruments": 2, "years": 1},
    ),
    (
        "overlap_result", "overlap_result.q.output.x",
        {"p": instrument(**output(actual="9")), "q": instrument(**output(actual="2"), part_of="p")},
        {},
        "‘X’ staat zowel bij P (9) als bij het onderdeel Q (2).", {},
    ),
    (
        "time_running", "time_running",
        {"p": instrument(period="2019–2020"), "q": instrument(period="t/m 2020")},
        {"period": "2018–2020"},
        "Er liepen geen of één instrument in 2018, één of twee in 2019 en twee in 2020. Waar twee "
        "aantallen staan, is niet bekend of Q in dat jaar liep.",
        {"2020": 2},
    ),
    (
        "time_starts", "time_starts",
        {
            "p": instrument(period="2010–2020"), "q": instrument(period="2020"),
            "r": instrument(period="t/m 2020"), "s": instrument(status="verkenning"),
        },
        {},
        "Van de vier instrumenten begonnen er één vóór 2018 (P, 2010) en één in de periode "
        "2018–2024 (Q, 2020). Van één is niet bekend wanneer het begon: R. Nog niet begonnen: S.",
        {"before": 1, "within": 1, "no_start": 1, "planned": 1},
    ),
    (
        "time_stops", "time_stops",
        {
            "p": instrument(period="2010–2020"), "q": instrument(period="2020–2030"),
            "r": instrument(period="2020–heden"), "s": instrument(period="vanaf 2020"),
            "t": instrument(period="2020–2024", status="lopend"),
        },
        {},
        "eindigde één instrument: P (2020). Een einde na de periode is vastgelegd voor Q (2030). "
        "Zonder vastgelegd einde lopen door: R. Aan het eind van de periode nog lopend: T. "
        "Niet vastgelegd is wanneer S eindigde",
        {"stopped": 1, "ends_later": 1, "runs_on": 1, "still": 1, "no_end": 1},
    ),
    (
        "time_lineage", "time_lineage",
        {"p": instrument(successor=["q", "SLIM"]), "q": instrument(predecessor=["p"])}, {},
        "Opvolgers zijn vastgelegd voor P (Q en SLIM). Daarvan valt SLIM buiten deze mix.",
        {"successions": 2},
    ),
    (
        "time_lineage", "time_lineage.p.q",
        {
            "p": instrument(period="2018–2019", successor=["q"]),
            "q": instrument(period="2022–2023"),
        },
        {},
        "P eindigde in 2019 en de opvolger Q begon in 2022; daartussen ligt twee jaar",
        {"years": 2},
    ),
    (
        "time_orphan", "time_orphan",
        {"p": instrument(), "q": instrument(successor=["Iets"])}, {},
        "P eindigde in de periode; een opvolger is niet vastgelegd.", {"instruments": 1},
    ),
    (
        "time_uncertain", "time_uncertain",
        {"p": instrument(period_note="Geschat."), "q": instrument()}, {},
        "Bij de looptijd van één van de twee instrumenten staat een kanttekening: P.",
        {"instruments": 1, "of": 2},
    ),
    (
        "money_total", "money_total",
        {
            "p": instrument(input=money(**YEARS)),
            "q": instrument(input=money(total="30 mln. euro"), period="2022–2030"),
            "r": instrument(input=money(total="5 mln. euro"), part_of="q", period="2022–2023"),
        },
        {"period": "2020–2024"},
        "Van alle drie instrumenten is een totaalbudget in euro bekend, samen 40 mln. euro over de "
        "hele looptijd: Q 30 mln. euro; P 10 mln. euro. Daarvan komt 75 procent voor rekening van "
        "Q. Van het totaal valt 2 mln. euro (P) buiten de periode 2020–2024. Hoeveel van Q in de "
        "periode valt, is niet bekend.",
        {"total": 40_000_000, "outside": 2_000_000},
    ),
    (
        "money_total", "money_total.dollar",
        {"p": instrument(input=money(total="3 dollar")), "q": instrument(input=money(total="2 euro"))},
        {},
        "een totaalbudget in dollar bekend: P 3 dollar, over de hele looptijd", {"total": 3},
    ),
    (
        "money_total", "money_total.left_out",
        {
            "p": instrument(input=money(total="3 euro")),
            "q": instrument(input=money(total="2 euro"), status="voorgenomen"),
        },
        {},
        "Niet meegeteld is het budget van Q: het instrument liep niet in de periode 2018–2024.",
        {"q": 2},
    ),
    (
        "money_years", "money_years",
        {"p": instrument(input=money(**YEARS)), "q": instrument(input=money(actual="1 mln. euro in 2020"))},
        {"period": "2019–2021"},
        "Samen is dat 2 mln. euro in 2019 (P); 9 mln. euro in 2020 (P en Q). Voor 2021 is van geen "
        "instrument een budget naar jaar bekend.",
        {"2019": 2_000_000, "2020": 9_000_000},
    ),
    (
        "money_years", "money_years",
        {"p": instrument(input=money(**YEARS)), "q": instrument(input=money(**YEARS), part_of="p")},
        {"period": "2019–2020"},
        "Samen is dat 2 mln. euro in 2019 (P); 8 mln. euro in 2020 (P).",
        {"2019": 2_000_000, "2020": 8_000_000},
    ),
    (
        "money_unknown", "money_unknown.rate",
        {"p": instrument(input=money(actual="~1 mln. euro per jaar"))}, {},
        "Van P (ongeveer 1 mln. euro per jaar) is alleen een bedrag per jaar bekend", {},
    ),
    (
        "money_unknown", "money_unknown.pm",
        {"p": instrument(input=money(total="PM")), "q": instrument(input=money(total="1 euro"))}, {},
        "Het budget van P is PM", {"instruments": 1},
    ),
    (
        "money_unknown", "money_unknown.none",
        {"p": instrument(), "q": instrument(input=money(total="1 euro"))}, {},
        "Van één van de twee instrumenten is geen budget vastgelegd: P.", {"instruments": 1},
    ),
    (
        "money_apart", "money_apart.p.inside",
        {
            "p": instrument(
                input={
                    **money(total="10 euro"),
                    "beheer": {"text": "Beheer", "total": "2 euro", "part_of": "budget"},
                }
            )
        },
        {}, "Van het budget van P maakt deel uit: 2 euro (‘Beheer’).", {"beheer": 2},
    ),
    (
        "money_apart", "money_apart.p.result",
        {"p": instrument(**output(target="3 mln. euro in 2030"))}, {},
        "Bij P staat een bedrag bij de resultaten: 3 mln. euro als streefwaarde voor 2030 (‘X’).",
        {"x.target.2030": 3_000_000},
    ),
    (
        "cost_average", "cost_average.p.output.x",
        {
            "p": instrument(
                input=money(**YEARS), **output(per_year={2019: "20 bonnen", 2020: "40 bonnen"})
            )
        },
        {},
        "Het budget van P over 2019 en 2020 (10 mln. euro), gedeeld door 60 bonnen uit dezelfde "
        "jaren (‘X’), komt neer op gemiddeld ongeveer 167.000 euro per eenheid. Per jaar was het "
        "gemiddelde het laagst in 2019 (100.000 euro) en het hoogst in 2020 (200.000 euro).",
        {"budget": 10_000_000, "delivered": 60, "2019": 100_000, "2020": 200_000},
    ),
    (
        "cost_open", "cost_open",
        {
            "p": instrument(input=money(**YEARS), **output(actual="3 bonnen")),
            "q": instrument(**output(actual="3 bonnen")),
            "r": instrument(input=money(total="5 euro")),
        },
        {},
        "niet berekend voor P: het budget en de aantallen zijn niet aantoonbaar van dezelfde jaren. "
        "Zonder budget is het ook niet te berekenen voor Q. Bij R is wel een budget bekend",
        {"unmatched": 1, "no_budget": 1, "no_counts": 1},
    ),
    (
        "progress_pace", "progress_pace.p.output.x",
        {"p": instrument(**output(baseline="10 in 2018", actual="16 in 2021", target="40 in 2029"))},
        {},
        "‘X’ (P): 16 in 2021 tegenover een streefwaarde van 40 in 2029. Vanaf 10 in 2018 is daarmee "
        "20 procent van de beoogde verandering gerealiseerd. Tot nu toe veranderde dit per jaar "
        "gemiddeld +2; om de streefwaarde in 2029 te halen is +3 per jaar nodig. Met het tempo tot "
        "nu toe wordt de streefwaarde niet gehaald.",
        {"target": 40, "actual": 16, "baseline": 10, "covered": 20, "pace": 2, "needed": 3},
    ),
    (
        "progress_pace", "progress_pace.p.output.x",
        {"p": instrument(**output(actual="16 in 2021", target="40 in 2029"))}, {},
        "Dat is 40 procent van de streefwaarde. Om de streefwaarde in 2029 te halen is een "
        "verandering van +3 per jaar nodig. Het tempo tot nu toe is niet te berekenen: een "
        "vergelijkbare nulmeting ontbreekt.",
        {"share": 40, "needed": 3},
    ),
    (
        "progress_open", "progress_open.no_actual",
        {
            "p": instrument(
                output={
                    "x": {"text": "X", "target": "19.000"},
                    "y": {"text": "Y", "actual": "99", "headline": True},
                }
            )
        },
        {},
        "Bij één streefwaarde is geen realisatie in dezelfde maat vastgelegd: 19.000 ‘X’ (P). Bij P "
        "is wel 99 vastgelegd voor ‘Y’, maar dat is een andere maat.",
        {"p.output.x": 19_000},
    ),
    (
        "progress_open", "progress_open.no_year.p",
        {"p": instrument(**output(actual="4", target="5 in 2030"))}, {},
        "Bij P is van ‘X’ (gerealiseerd 4, streefwaarde 5 in 2030) het jaar van de realisatie niet",
        {"x.target": 5, "x.actual": 4},
    ),
    (
        "progress_open", "progress_open.unlike.output.x",
        {"p": instrument(**output(actual="4 procent", target="5 scholen"))}, {},
        "hebben verschillende eenheden en zijn niet vergeleken", {"target": 5, "actual": 4},
    ),
    (
        "progress_open", "progress_open.beyond.output.x",
        {"p": instrument(**output(per_year={2030: "4-5"}, target="6 in 2030"))}, {},
        "Tegenover de streefwaarde van 6 in 2030 voor ‘X’ (P) staat een waarde van 4–5 in 2030.",
        {"target": 6},
    ),
    (
        "reach_targets", "reach_targets",
        {
            "p": instrument(**output(actual="6", target="minimaal 5")),
            "q": instrument(**output(actual="3 in 2020", target="minimaal 5 in 2020")),
            "r": instrument(**output(target="5")),
        },
        {},
        "De mix heeft drie streefwaarden voor resultaten. Daarvan is er één gehaald, is er één niet "
        "gehaald en is er één waarvan het niet is vast te stellen. Een gehaalde streefwaarde is "
        "doelrealisatie",
        {"reached": 1, "missed": 1, "unclear": 1, "total": 3},
    ),
    (
        "reach_targets", "reach_targets",
        {"p": instrument(**output(target="5 in 2030"))},
        {"indicators": {"y": {"text": "x", "target": "5 in 2030"}}},
        "De mix heeft één streefwaarde voor resultaten. Of die is gehaald of binnen bereik ligt, is "
        "niet vast te stellen. Een streefwaarde die op twee plaatsen staat, telt eenmaal.",
        {"total": 1},
    ),
    (
        "reach_targets", "reach_targets", {"p": instrument()}, {},
        "Voor geen enkel resultaat van de mix is een streefwaarde vastgelegd.", {},
    ),
    (
        "reach_unaimed", "reach_unaimed",
        {
            "p": instrument(
                output={
                    "x": {"text": "X", "actual": "1", "target": "2"},
                    "y": {"text": "Y", "actual": "3"},
                    "z": {"text": "Z", "actual": "3 euro"},
                }
            )
        },
        {},
        "zijn twee aantallen of aandelen vastgelegd; bij één daarvan staat ook een streefwaarde",
        {"measured": 2, "with_target": 1},
    ),
    (
        "reach_group", "reach_group",
        {"p": instrument(**output(actual="3 bedrijven")), "q": instrument(**output(actual="3%"))}, {},
        "Van één van de twee instrumenten zijn aantallen bij de output bekend (P).",
        {"with_counts": 1, "instruments": 2},
    ),
]  # fmt: skip

# rule, mix, more of the case
SILENT = [
    ("coverage_weight", {"p": instrument("ab")}, {}),
    ("coverage_blank", {"p": instrument("abc")}, {}),
    ("coverage_gap", {"p": instrument("abc", "2018–2024")}, {}),
    ("coverage_gap", {"p": instrument("a", "2018–2024")}, {}),
    ("coverage_after", {"p": instrument("a", "2018–heden")}, {}),
    ("coverage_after", {"p": instrument("a", "2018–2024", status="lopend")}, {}),
    ("coverage_trend", {"p": instrument("a")}, {}),
    ("coverage_trend", {"p": instrument(""), "q": instrument("")}, {}),
    ("coverage_money", {"p": instrument("A"), "q": instrument("A")}, {}),
    ("coverage_outside", {"p": instrument("a")}, {}),
    ("overlap_parts", {"p": instrument("a"), "q": instrument("b", part_of="p")}, {}),
    ("overlap_elsewhere", {"p": instrument(output={"x": {"text": "X", "instrument": "p"}})}, {}),
    ("overlap_money", {"p": instrument(), "q": instrument(input=money(**YEARS), part_of="p")}, {}),
    ("overlap_goals", {"p": instrument("a", "2018"), "q": instrument("a", "2019")}, {}),
    ("overlap_goals", {"p": instrument("a"), "q": instrument("A")}, {}),
    ("overlap_goals", {"p": instrument("a"), "q": instrument("a", part_of="p")}, {}),
    (
        "overlap_result",
        {"p": instrument(**output(actual="9")), "q": instrument(**output(actual="2"))},
        {},
    ),
    ("time_running", {"p": instrument()}, {}),
    ("time_running", {"p": instrument(), "q": instrument()}, {"period": "vanaf 2018"}),
    ("time_starts", {}, {}),
    ("time_stops", {}, {}),
    ("time_lineage", {"p": instrument()}, {}),
    ("time_orphan", {"p": instrument(period="2019–heden")}, {}),
    ("time_uncertain", {"p": instrument()}, {}),
    ("money_total", {}, {}),
    ("money_years", {"p": instrument()}, {}),
    ("money_unknown", {"p": instrument(input=money(total="1 euro"))}, {}),
    ("money_apart", {"p": instrument(input=money(total="1 euro"), **output(actual="9"))}, {}),
    ("cost_average", {"p": instrument(input=money(**YEARS), **output(actual="9"))}, {}),
    ("cost_open", {"p": instrument(input=money(**YEARS), **output(actual="9 in 2020"))}, {}),
    ("cost_open", {"p": instrument(**output(actual="9"))}, {}),
    ("progress_pace", {"p": instrument(**output(actual="9"))}, {}),
    ("progress_open", {"p": instrument(**output(actual="9", target="9"))}, {}),
    ("reach_targets", {}, {}),
    ("reach_unaimed", {"p": instrument(**output(actual="9", target="9"))}, {}),
    ("reach_group", {}, {}),
]


@pytest.mark.parametrize(("rule", "finding", "mix", "keys", "nl", "numbers"), SPEAKS)
def test_a_rule_speaks(find, plain, rule, finding, mix, keys, nl, numbers):
    one = find(mix, **keys)[finding]
    assert one.rule == rule
    assert nl in plain(one.text["nl"])
    assert numbers.items() <= {name: a.exact for name, a in one.numbers.items()}.items()
    assert one.text["en"].endswith(".")
    assert not set("{}") & set(one.text["en"])


@pytest.mark.parametrize(("rule", "mix", "keys"), SILENT)
def test_a_rule_is_silent(find, rule, mix, keys):
    assert [one.id for one in find(mix, **keys).findings if one.rule == rule] == []


def test_every_rule_has_both():
    names = {rule.__name__ for rule in RULES}
    assert names == {row[0] for row in SPEAKS} == {row[0] for row in SILENT}


def test_no_goals_and_no_years_are_said(find):
    two = {"p": instrument(""), "q": instrument("")}
    assert "noemt geen doelen" in find(two, theory={})["coverage_weight"].prose()
    mix = find({"p": instrument(), "q": instrument()}, period="vanaf 2018")
    assert "open begin of einde" in mix["coverage_trend.open"].prose()


def test_what_is_uncertain_about_a_period_stands_with_the_gap(find):
    mix = find({"p": instrument("a", "t/m 2024", period_note="Begin niet vermeld.")})
    assert mix["coverage_gap.a"].prose().endswith("Kanttekening: ‘Begin niet vermeld.’")
    assert mix["coverage_gap.a"].prose("en").endswith("Remark: ‘Begin niet vermeld.’")
