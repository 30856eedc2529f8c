"""What the case records is printed somewhere: theory, indicators, notes and threats."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from evalkit.model import Case
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.tables.links import links_table
from evalkit.report.text.prose import Prose
from tests.unit.report.conftest import CASE

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def shown(edition_of: Callable[..., Edition]) -> Callable[..., str]:
    """Render prose of a changed case; its text without tags."""

    def make(text: str, change: Change, lang: str = "nl") -> str:
        data: dict[str, Any] = deepcopy(CASE)
        change(data)
        edition = edition_of(Case.model_validate(data), lang)
        edition.numbering.chapter()
        html = Prose(edition, "chapters/a.md", handlers=HANDLERS).html(text)
        assert not edition.problems
        return " ".join(re.sub(r"<[^>]+>", " ", edition.finish(html)).split())

    return make


def theory(data: dict[str, Any]) -> None:
    data["theory"] |= {
        "question": "Helpt geld?",
        "note": "Zelf *afgeleid*.",
        "source": "seo, p. 1",
        "links": {
            "geld -> tekort": {"because": "geld helpt", "assumes": ["er is geld"], "risks": ["op"]}
        },
        "external": {
            "groei": {"text": "De conjunctuur", "bears_on": ["tekort"], "source": "cbs, p. 2"}
        },
    }
    data["theory"]["outcome"]["tekort"]["note"] = "niet gemeten"


TOLD = [
    "De vraag. Helpt geld?", "Zelf afgeleid .", "SEO (2020), p. 1", "Geld → Minder tekorten",
    "geld helpt", "aanname: er is geld", "risico: op", "De conjunctuur Minder tekorten",
    "CBS & UWV (2021), p. 2", "niet gemeten",
]  # fmt: skip


@pytest.mark.parametrize("directive", ["theory", "workings"])
def test_the_theory_is_told_in_words(directive: str, shown: Callable[..., str]) -> None:
    text = shown(f"::: {directive}\n:::", theory).replace("&amp;", "&")
    for told in TOLD:
        assert told.replace(" .", "") in text.replace(" .", ""), told


def test_several_nodes_of_a_link_are_parted_and_the_arrow_goes_with_what_it_leads_to(
    edition_of: Callable[..., Edition],
) -> None:
    data: dict[str, Any] = deepcopy(CASE)
    theory(data)
    data["theory"]["input"]["tijd"] = {"text": "Tijd, ook van anderen"}
    data["theory"]["links"] = {"geld, tijd -> tekort": {"because": "geld helpt"}}
    edition = edition_of(Case.model_validate(data), "nl")
    made = links_table(edition.case.theory, edition)
    assert made.data[1][0] == "Geld; Tijd, ook van anderen →\N{NO-BREAK SPACE}Minder tekorten"


@pytest.mark.parametrize("directive", ["theory", "workings"])
def test_tables_of_the_theory_name_their_sources_once(
    directive: str, shown: Callable[..., str]
) -> None:
    def sourced(data: dict[str, Any]) -> None:
        theory(data)
        data["theory"]["input"]["geld"]["source"] = ["cbs, p. 1", "seo, p. 2", "cbs, p. 3"]

    text = shown(f"::: {directive}\n:::", sourced)
    assert "Bron: CBS &amp; UWV (2021); SEO (2020)." in text
    assert "p. 2 Bron: CBS &amp; UWV (2021)." in text


def test_a_table_of_evidence_names_its_sources_once(shown: Callable[..., str]) -> None:
    def found(data: dict[str, Any]) -> None:
        (instrument,) = data["instruments"].values()
        piece = {"design": "description", "about": ["output"], "finds": "unknown", "year": 2020}
        instrument["evidence"] = {
            "een": {**piece, "source": "seo, p. 4"}, "twee": {**piece, "source": "seo, p. 9"},
        }  # fmt: skip

    assert shown("::: workings\n:::", found).count("Bron: SEO (2020).") == 1


def test_a_theory_that_a_chapter_places_does_not_stand_in_the_workings_too(
    shown: Callable[..., str],
) -> None:
    def placed(data: dict[str, Any]) -> None:
        theory(data)
        data["chapters"] = {"01": "# A\n\n::: theory\n:::"}

    assert "Helpt geld?" not in shown("::: workings\n:::", placed)


def test_a_theme_shows_its_indicators(shown: Callable[..., str]) -> None:
    def themed(data: dict[str, Any]) -> None:
        data["indicators"] = {
            "krapte": {
                "text": "Krapte", "baseline": "35 procent in 2013", "target": "20 procent in 2030",
                "source": "cbs, tabel 1", "note": "Zonder zzp.",
            }
        }  # fmt: skip
        data["themes"] = {
            "a": {"name": "A", "problem": "Krap.", "indicators": ["krapte"], "source": "seo, p. 2"}
        }

    text = shown("::: theme a\n:::", themed).replace("\N{NO-BREAK SPACE}", " ")
    told = "Krapte: nulmeting van 35 procent in 2013; streefwaarde van 20 procent in 2030"
    assert f"Indicatoren {told}" in text
    assert "(CBS &amp; UWV, 2021, tabel 1). Zonder zzp." in text
    assert "Bron: SEO (2020), p. 2." in text


def test_the_note_of_an_investment_agenda_stands_above_its_table(shown: Callable[..., str]) -> None:
    def invested(data: dict[str, Any]) -> None:
        data["investments"] = {
            "note": "Plus is *slechter*.",
            "columns": {"jaar": "2030"},
            "lines": {"een": {"text": "Een", "amounts": {"jaar": "2 mld. euro"}}},
        }

    text = shown('::: table investments {#tbl-a caption="b"}\n:::', invested)
    assert "mld. euro. Plus is slechter ." in text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_total_that_the_source_prints_stands_below_the_sum(shown: Callable[..., str]) -> None:
    def invested(data: dict[str, Any]) -> None:
        data["investments"] = {
            "columns": {"jaar": "2030", "later": "2035"},
            "lines": {
                "een": {"text": "Een", "amounts": {"jaar": "2 mld. euro", "later": "3 mld. euro"}}
            },
            "totals": {"later": "3 mld. euro"},
            "printed": {"jaar": "700 mln. euro + PM"},
        }

    text = shown('::: table investments {#tbl-a caption="b"}\n:::', invested)
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Totaal 2 mld. euro 3 mld. euro" in text
    assert "Totaal volgens de bron 700 mln. euro + PM 3 mld. euro" in text


def test_a_measure_prints_the_notes_on_its_numbers(shown: Callable[..., str]) -> None:
    assert "Groei niet gemeten" in shown("::: measures\n:::", lambda _: None)


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        (
            "nl",
            "Bedreigingen: een vergelijkingsgroep die niet op de deelnemers lijkt (ondervangen);",
        ),
        ("en", "Threats: a comparison group that is not like the participants (handled);"),
    ],
)
def test_the_threats_to_evidence_are_told(lang: str, told: str, shown: Callable[..., str]) -> None:
    def threatened(data: dict[str, Any]) -> None:
        data["instruments"]["bon-regeling"]["evidence"] = {
            "e": {
                "source": "seo", "design": "comparison group", "about": "outcome",
                "finds": "positive",
                "threats": {"selection": "handled", "attrition": "not handled"},
            }
        }  # fmt: skip

    text = shown("::: workings\n:::", threatened, lang)
    assert told in text
    assert ("(niet ondervangen)" if lang == "nl" else "(not handled)") in text


def test_a_measure_prints_why_it_has_its_period_and_its_goals(shown: Callable[..., str]) -> None:
    def noted(data: dict[str, Any]) -> None:
        measure = data["instruments"]["bon-regeling"]
        measure["period_note"] = "De brief noemt *geen* einde."
        measure["goals"] = {"instroom": {"because": "de brief zegt het (§ 2)"}, "behoud": {}}

    text = shown("::: measures\n:::", noted)
    assert "Periode De brief noemt geen einde." in text.replace(" geen ", " geen ")
    assert "Draagt bij aan het doel ‘Meer instroom’: de brief zegt het" in text
    assert "Meer behoud" not in text


def test_a_card_leaves_no_unknown_without_saying_of_what(shown: Callable[..., str]) -> None:
    def adrift(data: dict[str, Any]) -> None:
        budget = {"text": "Budget", "total": "9 euro"}
        more = {"period": "onbekend–heden", "status": "lopend", "cover": "unknown"}
        data["instruments"]["bon-regeling"] |= more | {"input": {"budget": budget}}

    text = shown("::: measures\n:::", adrift)
    assert "begin onbekend" in text
    assert "onbekend–heden" not in text
    assert "richting onbekend" in text
    assert "dekking niet vermeld" in text


@pytest.mark.parametrize(
    ("status", "head"),
    [
        ("lopend", "Vastgelegd in"), ("voorgenomen", "Aangekondigd in"),
        ("verkenning", "Genoemd in"), ("besluit nodig", "Voorgesteld in"),
    ],
)  # fmt: skip
def test_only_what_is_decided_is_laid_down(
    status: str, head: str, shown: Callable[..., str]
) -> None:
    def referred(data: dict[str, Any]) -> None:
        data["instruments"]["bon-regeling"] |= {"status": status, "references": ["seo"]}

    assert f"{head} SEO (2020)" in shown("::: measures\n:::", referred)


@pytest.mark.parametrize(
    ("status", "told"), [("planned", "2021: Start"), ("reached", "2021: Start (gehaald)")]
)
def test_a_milestone_that_lies_behind_says_so(
    status: str, told: str, shown: Callable[..., str]
) -> None:
    def behind(data: dict[str, Any]) -> None:
        start = {"text": "Start", "when": "2021", "status": status}
        data["instruments"]["bon-regeling"]["milestones"] = {"start": start}

    text = shown('::: table measures {#tbl-a caption="c"}\n:::', behind)
    assert told in text
    assert ("(gehaald)" in text) == (status == "reached")


def test_a_card_says_of_what_nothing_is_known(shown: Callable[..., str]) -> None:
    def unknown(data: dict[str, Any]) -> None:
        start = {"text": "Start", "when": "2021", "status": "unknown"}
        data["instruments"]["bon-regeling"]["milestones"] = {"start": start}

    assert "2021 : Start (stand onbekend)" in shown("::: measures\n:::", unknown)
    table = shown('::: table milestones {#tbl-a caption="c"}\n:::', unknown)
    assert table.endswith("Maatregel Status 2021 Start Bon &lt;regeling&gt; onbekend")


def test_a_calendar_names_the_recommendation_of_what_no_measure_does(
    shown: Callable[..., str],
) -> None:
    def answered(data: dict[str, Any]) -> None:
        promised = {"text": "Brief", "when": "2021", "status": "planned"}
        action = {"text": "Schrijven", "status": "announced", "milestones": {"brief": promised}}
        data["responses"] = {
            "a": {
                "recommendation": "Schrijf een brief.", "stance": "adopted",
                "actions": {"brief": action},
            }
        }  # fmt: skip

    text = shown('::: table milestones {#tbl-a caption="c"}\n:::', answered)
    assert text.endswith("Maatregel of aanbeveling Status 2021 Brief Schrijf een brief gepland")


def test_a_factor_without_a_source_has_a_dash(shown: Callable[..., str]) -> None:
    def bare(data: dict[str, Any]) -> None:
        theory(data)
        del data["theory"]["external"]["groei"]["source"]

    told = "De conjunctuur Minder tekorten \N{EN DASH}"
    assert told in shown("::: theory\n:::", bare)


@pytest.mark.parametrize(
    ("source", "head"), [("seo, p. 1", "Aannames, risico’s en bron"), ("", "Aannames en risico’s")]
)
def test_a_table_of_links_promises_sources_where_it_has_them(
    source: str, head: str, shown: Callable[..., str]
) -> None:
    def sourced(data: dict[str, Any]) -> None:
        theory(data)
        if source:
            data["theory"]["links"]["geld -> tekort"]["source"] = source

    assert f"Mechanisme {head} Geld" in shown("::: theory\n:::", sourced)


def agreed(data: dict[str, Any]) -> None:
    data["indicators"] = {
        "krapte": {"text": "Krapte", "target": "20 procent in 2030", "source": "cbs"},
        "los": {"text": "Los", "target": "9 procent in 2030"},
    }
    data["instruments"]["bon-regeling"] |= {
        "theme": "b",
        "output": {
            "bon": {
                "text": "Bonnen", "baseline": "1 bon in 2019", "actual": "3 bonnen in 2021",
                "target": "9 bonnen in 2024", "source": "seo, p. 2",
            }
        },
    }  # fmt: skip
    data["themes"] = {
        "a": {
            "name": "Wonen",
            "indicators": ["krapte"],
            "commitments": {"huis": {"text": "Huizen bouwen", "target": "7 huizen in 2030"}},
        },
        "b": {"name": "Leren", "commitments": {"les": {"text": "Lessen geven"}}},
    }


def test_targets_stand_beside_where_they_come_from(shown: Callable[..., str]) -> None:
    text = shown('::: table targets {#tbl-a caption="c"}\n:::', agreed)
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    bonnen = "Bonnen 1 bon (2019) 3 bonnen (2021) 9 bonnen (2024) SEO (2020), p. 2"
    assert f"Bon &lt;regeling&gt; {bonnen} Indicatoren Krapte – – 20 procent (2030)" in text
    assert "Los – – 9 procent (2030) Afspraken Huizen bouwen – – 7 huizen (2030)" in text


@pytest.mark.parametrize(
    ("theme", "there", "absent"),
    [
        ("a", ["Krapte", "Huizen"], ["Bonnen", "Los", "Lessen"]),
        ("b", ["Bonnen"], ["Krapte", "Los", "Huizen"]),
    ],
)
def test_targets_of_a_theme(
    theme: str, there: list[str], absent: list[str], shown: Callable[..., str]
) -> None:
    text = shown(f'::: table targets {theme} {{#tbl-a caption="c"}}\n:::', agreed)
    assert all(word in text for word in there)
    assert not any(word in text for word in absent)


@pytest.mark.parametrize(
    ("status", "head"),
    [("besluit nodig", "Voorstel"), ("verkenning", "Voorstel"), ("voorgenomen", "Toezegging")],
)
def test_what_nobody_decided_on_is_called_a_proposal(
    status: str, head: str, shown: Callable[..., str]
) -> None:
    def undecided(data: dict[str, Any]) -> None:
        agreed(data)
        for instrument in data["instruments"].values():
            instrument["status"] = status

    text = shown('::: table commitments {#tbl-a caption="c"}\n:::', undecided)
    assert f"{head} Doel" in text


def test_commitments_of_a_theme_stand_without_its_name(shown: Callable[..., str]) -> None:
    text = shown('::: table commitments a {#tbl-a caption="c"}\n:::', agreed)
    assert "Huizen bouwen" in text
    assert "Lessen" not in text
    assert "Wonen" not in text


@pytest.mark.parametrize(
    ("directive", "says"),
    [
        ("table targets wone", "no theme 'wone'"),
        ("table commitments", ""),
        ("table measures wonen", "'wonen' is not read here"),
    ],
)
def test_a_word_behind_the_name_of_a_table_is_read_or_refused(
    directive: str, says: str, edition_of: Callable[..., Edition]
) -> None:
    data: dict[str, Any] = deepcopy(CASE)
    agreed(data)
    edition = edition_of(Case.model_validate(data), "nl")
    text = f'::: {directive} {{#tbl-a caption="c"}}\n:::'
    Prose(edition, "chapters/a.md", handlers=HANDLERS).html(text)
    assert [one.message for one in edition.problems] == ([says] if says else [])


def test_the_list_of_all_sources_is_a_numbered_section(
    edition_of: Callable[..., Edition],
) -> None:
    edition = edition_of(Case.model_validate(CASE), "nl")
    edition.numbering.chapter(appendix=True)
    text = "::: sources\n:::\n\n## Afkortingen {#sec-af}"
    html = Prose(edition, "chapters/a.md", handlers=HANDLERS).html(text)
    assert '<span class="secno">A.1</span> Alle bronnen</h2>' in html
    assert '<span class="secno">A.2</span> Afkortingen</h2>' in html
    assert [one.title for one in edition.sections] == ["Alle bronnen", "Afkortingen"]


@pytest.mark.parametrize("directive", ["instruments", "measures"])
@pytest.mark.parametrize(("ladder", "name"), [("effectladder", "Effectladder"), ("nesta", "Nesta")])
def test_an_instrument_names_its_ladder_by_its_own_title(
    directive: str, ladder: str, name: str, shown: Callable[..., str]
) -> None:
    text = shown(f"::: {directive}\n:::", lambda data: data.update(ladder=ladder))
    assert f" {name}" in text
    assert "Bewijsladder" not in text
