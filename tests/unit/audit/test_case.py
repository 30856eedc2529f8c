"""The audit of a case: every rule fires where it should, and only there."""

from __future__ import annotations

import copy
import time
from typing import Any

import pytest

from evalkit.audit.case.audit import RULES, audit_case
from evalkit.audit.case.prose import sentences
from evalkit.io.case import load_case
from evalkit.judgement.score import score_case
from evalkit.language.packaged import packaged_toml
from evalkit.model.case import Case

SOUND: dict[str, Any] = {
    "slug": "proef",
    "title": "Proef",
    "period": "2018–2022",
    "abbreviations": {"RVO": "Rijksdienst voor Ondernemend Nederland"},
    "sources": {
        "rapport": {"kind": "report", "title": "R", "independence": "independent"},
        "uitvoerder": {"kind": "report", "title": "U", "short": "RVO", "independence": "executor"},
        "jaargids": {"kind": "report", "title": "J", "year": 2021, "independence": "independent"},
    },
    "indicators": {
        "krapte": {
            "text": "Krapte", "source": ["rapport"],
            "per_year": {2018: "4", 2019: "7", 2020: "7", 2021: "9"},
        },
    },
    "instruments": {
        "bon": {
            "name": "Scholingsbon", "type": "subsidie", "status": "lopend",
            "period": "2019–heden",
            "output": {
                "bonnen": {"text": "Bonnen", "actual": "100 in 2020", "source": ["rapport"]},
                "mbo": {
                    "text": "In het mbo", "actual": "60 in 2020", "part_of": "bonnen",
                    "source": ["rapport"],
                },
            },
            "outcome": {
                "uren": {"text": "Uren scholing", "actual": "12 in 2021", "source": ["rapport"]},
            },
            "evidence": {
                "meting": {
                    "source": ["rapport"], "design": "monitoring", "about": ["outcome"],
                    "year": 2021,
                },
                "meting-2": {
                    "source": ["rapport"], "design": "monitoring", "about": ["outcome"],
                    "year": 2021,
                },
                "enquete": {
                    "source": ["rapport"], "design": "survey", "about": ["output"],
                    "year": 2021, "text": "80 procent van de deelnemers is tevreden",
                },
            },
            "links": {
                "bonnen -> uren": {
                    "because": "wie een bon krijgt, volgt er een cursus mee",
                    "source": ["jaargids"],
                },
            },
            "prose": "De bon is een bewijs van deelname.",
        },
        "pact": {
            "name": "Pact", "type": "convenant", "status": "gestopt", "period": "2018–2020",
        },
    },
    "chapters": {
        "01-mix": (
            "# Mix {#sec-mix}\n\n::: figure ladder {#fig-ladder}\n:::\n\n"
            "De twee instrumenten staan in @fig-ladder. De krapte was het hoogst, de hoogste van "
            "alle jaren, in 2021: {{ indicators.krapte.per_year[2021] }}.\n"
        ),
    },
}  # fmt: skip

BON = ("instruments", "bon")
MIX = ("chapters", "01-mix")


def two_tests(second: str, **more: Any) -> dict[str, Any]:
    seen = {"expect": "meer uren", "test": "hoop", "result": "found", **more}
    tests = {"a": {**seen, "evidence": ["meting"]}, "b": {**seen, "evidence": [second]}}
    return {"bon": {"claims": {"start": {"text": "de bon leidt tot scholing", "tests": tests}}}}


def old(section: str, key: str, fact: dict[str, Any]) -> dict[str, Any]:
    """Give the instrument as one that began long ago, with one fact of that time."""
    bon = copy.deepcopy(SOUND["instruments"]["bon"])
    bon["period"] = "2009–heden"
    bon[section][key] |= fact
    return bon


FAULTS: list[tuple[str, tuple[str, ...], Any]] = [
    ("two-values", (*BON, "output", "mbo"),
     {"text": "bonnen", "actual": "90 in 2020", "source": ["rapport"]}),
    ("two-values", ("indicators", "bonnen"),
     {"text": "Bonnen", "actual": "90 in 2020", "source": ["rapport"]}),
    ("parts-above-whole", (*BON, "output", "hbo"),
     {"text": "hbo", "actual": "50 in 2020", "part_of": "bonnen", "source": ["rapport"]}),
    ("parts-above-whole", (*BON, "output", "mbo", "actual"), "101 in 2020"),
    ("shares-above-hundred", (*BON, "output"), {
        "bonnen": {"text": "Bonnen", "source": ["rapport"]},
        "a": {"text": "mbo", "actual": "60 procent", "part_of": "bonnen", "source": ["rapport"]},
        "b": {"text": "hbo", "actual": "50 procent", "part_of": "bonnen", "source": ["rapport"]},
    }),
    ("table-total", ("tables",), {"t": {"file": "tables/t.csv", "rows": (
        ("Soort", "Aantal"), ("mbo", "5"), ("hbo", "6"), ("Totaal", "12"))}}),
    ("table-total", ("tables",), {"t": {"file": "tables/t.csv", "rows": (  # notes are no numbers
        ("Soort", "Aantal"), ("mbo", "5[^a]"), ("hbo", "6"), ("Totaal^[Alle.]", "12[^b]"))}}),
    ("period-status", ("instruments", "pact", "status"), "lopend"),
    ("period-status", (*BON, "status"), "gestopt"),
    ("period-status", (*BON, "status"), "voorgenomen"),
    ("measured-before-start", (*BON, "outcome", "uren", "actual"), "12 in 2018"),
    ("studied-before-start", (*BON, "evidence", "meting", "year"), 2018),
    ("expired", BON, old("evidence", "meting", {"year": 2010})),
    # Figures that are past their shelf life are found as studies are.
    ("expired", BON, old("outcome", "uren", {"per_year": {2009: "8", 2011: "9"}, "actual": None})),
    ("undated-evidence", (*BON, "evidence", "meting", "year"), None),
    ("standing-unknown", ("sources", "jaargids", "independence"), None),
    ("count", MIX, "# Mix\n\nDe dertien instrumenten verschillen.\n"),
    ("count", MIX, "# Mix\n\nWij bespreken alle 3 instrumenten.\n"),
    ("wrong-superlative", MIX,
     "# Mix\n\nDe hoogste krapte is {{ indicators.krapte.per_year[2020] }}.\n"),
    ("tied-superlative", ("indicators", "krapte", "per_year"),
     {2018: "4", 2019: "9", 2020: "7", 2021: "9"}),
    ("number-without-source", (*BON, "output", "mbo", "source"), []),
    ("self-report", (*BON, "outcome", "uren", "measured"), "self-report"),
    ("executor-only", (), None),
    ("executor-only-output", ("instruments", "pact", "output"), {
        "leden": {
            "text": "Leden", "actual": "40 in 2020", "target": {"value": "50", "source": "rapport"},
            "source": ["uitvoerder, geciteerd in rapport, § 2"],
        }}),
    ("one-source-twice", ("contributions",), two_tests("meting-2")),
    ("typed-number", (*BON, "links", "bonnen -> uren", "because"), "70 procent gebruikt de bon"),
    ("typed-number", ("contributions",), {"bon": {"rivals": {"markt": {
        "text": "70 procent was ook zonder de bon begonnen", "type": "direct rival"}}}}),
    ("decimal-count", (*BON, "output", "mbo", "actual"), "3,120 bonnen in 2020"),
    ("decimal-count", (*BON, "output", "mbo", "actual"), "2-3,500 bonnen in 2020"),
    ("cut-list", (*BON, "aims"), ["Scholen hebben plaats", "maar niet in de zomer"]),
    ("proven", (*BON, "prose"), "De bon is bewezen effectief gebleken."),
    ("attainment-as-effect", MIX,
     "# Mix\n\nHet doel is bereikt en daarmee was het beleid doeltreffend.\n"),
    ("override", (*BON, "override"),
     {"level": 2, "reason": "Nieuw.", "signed": "A. Bakker", "date": "2022-05-01"}),
    ("attainment-as-effect", MIX,
     "# Mix\n\nDe streefwaarde is gehaald, dus het instrument is effectief.\n"),
    ("wrong-superlative", MIX,
     "# Mix\n\nIn 2020 bereikte de krapte een piek van {{ indicators.krapte.per_year[2020] }}.\n"),
    ("count", MIX, "# Mix\n\nDe dertien instrumenten in dit rapport verschillen.\n"),
    ("unused-exhibit", MIX, "# Mix\n\n::: figure ladder {#fig-ladder}\n:::\n"),
    ("broken-reference", MIX, "# Mix\n\nZie @fig-trap.\n"),
    ("broken-reference", MIX, "# Mix\n\nZie @tbl-theory-links.\n\n::: figure theory\n:::\n"),
    ("unused-abbreviation", ("abbreviations",), {"UWV": "Uitvoeringsinstituut"}),
    ("missing-abbreviation", MIX, "# Mix\n\nOok het UWV doet mee.\n"),
]  # fmt: skip
SILENT: list[tuple[str, tuple[str, ...], Any]] = [
    # Two breakdowns of one whole: 60 + 40, and 55 of another kind.
    ("parts-above-whole", (*BON, "output"), {
        "bonnen": {"text": "Bonnen", "actual": "100 in 2020", "source": ["rapport"]},
        "a": {"text": "mbo", "actual": "60 in 2020", "part_of": "bonnen", "source": ["rapport"]},
        "b": {"text": "hbo", "actual": "40 in 2020", "part_of": "bonnen", "source": ["rapport"]},
        "c": {"text": "mkb", "actual": "55 in 2020", "part_of": "bonnen", "source": ["rapport"]},
    }),
    ("two-values", ("indicators", "bonnen"),
     {"text": "Bonnen", "actual": "ongeveer 90 in 2020", "source": ["rapport"]}),
    ("two-values", ("indicators", "bonnen"),
     {"text": "Bonnen", "actual": "90 in 2021", "source": ["rapport"]}),
    ("two-values", ("instruments", "pact", "output"),
     {"bonnen": {"text": "Bonnen", "actual": "90 in 2020", "source": ["rapport"]}}),
    ("count", MIX, "# Mix\n\nVan de twee instrumenten loopt er één. Drie instrumenten stopten.\n"),
    ("proven", (*BON, "prose"), "Niet is aangetoond dat de bon bewezen effectief is."),
    ("attainment-as-effect", MIX,
     "# Mix\n\nHet doel is bereikt; dat maakt het beleid daarmee niet doeltreffend.\n"),
    ("table-total", ("tables",), {"t": {"file": "tables/t.csv", "rows": (
        ("Soort", "Aantal"), ("mbo", "5,1"), ("hbo", "6,1"), ("Totaal", "11,3"))}}),
    ("broken-reference", MIX, "# Mix\n\nZie @sec-bon en @tbl-bon.\n"),
    # Tables that a directive composes; without the directive they are not there.
    ("broken-reference", MIX,
     "# Mix\n\nZie @tbl-theory-links en @tbl-sources.\n\n::: theory\n:::\n\n::: sources\n:::\n"),
    *(("missing-abbreviation", MIX, f"# Mix\n\n{text}\n") for text in (
        "De Rijksdienst voor Ondernemend Nederland (RVO) betaalt. Daarna telt RVO.",
        "ZZP (zonder personeel) telt niet mee. Van ZZP is niets bekend.",
        "Zo was het ook onder Rutte IV, met PM als bedrag en {{ case.ABC }}.",
        "In het AGDB-plan staat `CODE` en een STEP-plan.",
    )),
    # Another design is another study; a package counts once.
    ("one-source-twice", ("contributions",), two_tests("enquete")),
    ("one-source-twice", ("contributions",), two_tests("meting-2", package="uren")),
    # Of a source with a year the evidence has one; a plan, and a text that says nothing, need none.
    *(("undated-evidence", (*BON, "evidence", "meting"), {
        "source": ["rapport"], "design": "monitoring", "about": ["outcome"], **keys})
      for keys in (
        {"year": 2021}, {"execution": "planned"}, {"design": "description"},
        {"source": ["jaargids"]},
    )),
    # What the evidence says, what the model holds, small counts in words and a source of its own.
    *(("typed-number", (*BON, "links", "bonnen -> uren", "because"), text) for text in (
        "80 procent van de deelnemers is tevreden",
        "met 100 bonnen komt de scholing op gang",
        "de helft volgt in 2020 een cursus van drie jaar",
    )),
    ("typed-number", ("contributions",), {"bon": {"rivals": {"markt": {
        "text": "70 procent was ook zonder de bon begonnen", "type": "direct rival",
        "source": "rapport, § 3"}}}}),
    # Thousands as thousands, parts of one, percentages; and lists that were meant as lists.
    *(("decimal-count", (*BON, "output", "mbo", "actual"), f"{written} in 2020") for written in (
        "3.120 bonnen", "0,125 bonnen", "3,125 procent", "3,12 bonnen", "3,120 mln. bonnen",
        "1,625 bonnen per school", "12,375 km", "3,125 fte", "1,999 euro")),
    *(("cut-list", (*BON, "aims"), texts) for texts in (
        ["ICT", "techniek"], ["Programmaraad Regionale Arbeidsmarkt", "scholen"],
        ["SEO noemt het onderzoek", "niet de omvang"],
        ["Ministerie van Onderwijs", "gemeenten", "Kamer van Koophandel", "werkgevers"],
        ["Scholen hebben plaats", "Zij openen in de zomer"],
        ["scholen hebben plaats", "zij openen in de zomer"])),
    # An independent count of the outputs, and results that are known.
    ("executor-only-output", ("instruments", "pact", "output"), {
        "leden": {"text": "Leden", "actual": {"value": "40", "source": "rapport"},
                  "source": ["uitvoerder"]}}),
    ("executor-only-output", (*BON, "output", "mbo", "source"), ["uitvoerder"]),
    # Nor are plans results, whoever wrote them.
    ("executor-only", ("instruments", "pact", "outcome"), {
        "leden": {"text": "Leden", "target": "40 in 2020", "source": ["uitvoerder"]}}),
    # An address, code, a comment and an escaped sign refer to nothing.
    ("broken-reference", MIX,
     "# Mix\n\nMail info@sec-rapport.nl; `@fig-a`; \\@fig-a. <!-- @fig-b -->\n"),
    # Averages and shares add up to nothing; "of which" is inside another row; whole shares round.
    *(("table-total", ("tables",), {"t": {"file": "tables/t.csv", "rows": rows}}) for rows in (
        (("Soort", "Leeftijd"), ("mbo", "30"), ("hbo", "40"), ("wo", "35"), ("Totaal", "35")),
        (("Soort", "Aantal"), ("mbo", "3"), ("w.v. bol", "1"), ("hbo", "4"), ("Totaal", "7")),
        (("Soort", "Aandeel"), ("mbo", "26"), ("hbo", "31"), ("wo", "44"), ("Totaal", "100")),
    )),
    *(("count", MIX, f"# Mix\n\n{text}\n") for text in (
        "De vijf instrumenten van SZW blijven buiten beschouwing.",
        "The five instruments of the ministry are not part of this.",
    )),
    *(("wrong-superlative", MIX,
       f"# Mix\n\n{text}\n".replace("#2020", "{{ indicators.krapte.per_year[2020] }}"))
      for text in (
        "Ten minste #2020 scholen hadden krapte.",
        "At least #2020 schools.",
        "De meeste scholen telden #2020.",
        "Het grootste probleem is de krapte, met #2020.",
        "Dat was #2020, het hoogste niveau tot dan toe.",
        "Dat was #2020, niet de hoogste waarde.",
        "De krapte was #2020, de op een na hoogste waarde.",
        "De krapte was #2020; de hoogste waarde volgde een jaar later.",
        "De krapte was het hoogst in de bouw: #2020.",
        "The public record shows #2020.",
    )),
    *(("proven", (*BON, "prose"), text) for text in (
        "Bewezen effectief kan de bon nog niet heten.",
        "Aantoonbaar effectief is de bon pas na een vergelijking.",
        "De interventies zijn in de VS bewezen effectief.",
        "De bon is bewezen effectief, zo meent de minister.",
    )),
    *(("attainment-as-effect", MIX, f"# Mix\n\n{text}\n") for text in (
        "Het doel hangt samen met de keten, zodat een effectief stelsel ontstaat.",
        "The targets were met, so the effective date was moved.",
        "Is het doel bereikt en is het beleid daarmee doeltreffend?",
        "Als het doel is gehaald, is het beleid daarmee doeltreffend.",
    )),
]  # fmt: skip


def changed(path: tuple[str, ...], value: Any) -> Case:
    data = copy.deepcopy(SOUND)
    if not path:  # the only source of all results is the executor
        bon = data["instruments"]["bon"]
        bon["outcome"]["uren"]["source"] = ["uitvoerder"]
        for name in ("meting", "meting-2"):
            bon["evidence"][name]["source"] = ["uitvoerder, geciteerd in rapport"]
        return Case.model_validate(data)
    here = data
    for key in path[:-1]:
        here = here.setdefault(key, {})
    here[path[-1]] = value
    return Case.model_validate(data)


def rules(case: Case) -> list[str]:
    return [found.rule for found in audit_case(case, score_case(case))]


def test_a_sound_case_gives_nothing() -> None:
    assert rules(Case.model_validate(SOUND)) == []


@pytest.mark.parametrize(("rule", "path", "value"), FAULTS)
def test_a_fault_is_found(rule: str, path: tuple[str, ...], value: Any) -> None:
    case = changed(path, value)
    found = [one for one in audit_case(case, score_case(case)) if one.rule == rule]
    assert found
    for one in found:
        assert one.where
        for lang in ("nl", "en"):
            assert one.prose(lang)[0].isupper() or one.prose(lang)[0] == "‘"
            assert one.prose(lang).endswith(".")
            assert "{" not in one.prose(lang)


@pytest.mark.parametrize(("rule", "path", "value"), SILENT)
def test_what_may_be_right_is_left_alone(rule: str, path: tuple[str, ...], value: Any) -> None:
    assert rule not in rules(changed(path, value))


@pytest.mark.parametrize(("design", "alone"), [("description", True), ("monitoring", False)])
def test_a_judgement_of_another_measures_nothing(design: str, alone: bool) -> None:
    data = copy.deepcopy(SOUND)
    bon = data["instruments"]["bon"]
    bon["outcome"]["uren"]["source"] = ["uitvoerder"]
    bon["evidence"]["meting"]["source"] = ["uitvoerder, geciteerd in rapport"]
    bon["evidence"]["meting-2"] |= {"design": design, "finds": "positive"}
    assert ("executor-only" in rules(Case.model_validate(data))) is alone


@pytest.mark.parametrize(
    ("short", "text", "unused"),
    [
        ("PPS", "De PPS-en groeien.", False),
        ("zzp\N{RIGHT SINGLE QUOTATION MARK}er", "zzp\N{RIGHT SINGLE QUOTATION MARK}ers", False),
        ("SME", "De SMEs groeien.", False),
        ("PPS", "De PPSO groeit.", True),
    ],
)  # fmt: skip
def test_a_plural_uses_an_abbreviation(short: str, text: str, unused: bool) -> None:
    data = copy.deepcopy(SOUND)
    data["abbreviations"][short] = "voluit"
    data["chapters"]["01-mix"] += f"\n{text}\n"
    assert ("unused-abbreviation" in rules(Case.model_validate(data))) is unused


def test_every_rule_has_a_fault_here() -> None:
    assert {rule for rule, _, _ in FAULTS} == set(packaged_toml("evalkit.audit.case", "rules.toml"))


def test_places_are_lines_of_files() -> None:
    case = load_case("menselijk-kapitaal")
    for found in audit_case(case, score_case(case)):
        for where in found.where:
            file, _, line = where.rpartition(":")
            assert case.folder is not None
            assert int(line) <= len((case.folder / file).read_text().splitlines())


def test_shipped_cases_hold_no_errors() -> None:
    for slug in ("menselijk-kapitaal", "minimumloon"):
        case = load_case(slug)
        found = audit_case(case, score_case(case))
        assert [one for one in found if one.severity == "error"] == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (("De krapte steeg van {{ indicators.krapte.per_year[2018] }} naar 8, een stijging van "
         "50 procent."), "change"),
        ("In 2020 kregen 40 van de 80 scholen een bon (40%).", "percentage"),
    ],
)  # fmt: skip
def test_typed_numbers_are_held_against_those_of_the_model(text: str, rule: str) -> None:
    case = changed(MIX, f"# Mix\n\n{text}\n")
    (found,) = [one for one in audit_case(case, score_case(case)) if one.rule == rule]
    assert found.where[0].startswith("chapters/01-mix.md:3")


def test_a_text_that_fits_gives_nothing() -> None:
    text = (
        "De krapte steeg van {{ indicators.krapte.per_year[2018] }} naar 8, een stijging van "
        "100 procent. In 2020 kregen 40 van de 80 scholen een bon (50%)."
    )
    assert rules(changed(MIX, f"# Mix\n\n{text}\n")) == []


def test_sentences_keep_their_lines() -> None:
    text = "# Kop\n\nEen zin, bijv. deze. Een\ntweede.\n\n::: box\nIn de doos.\n:::\n"
    found = [(one.where, one.text) for one in sentences(text, "a.md")]
    assert ("a.md:3", "Een tweede.") in found
    assert ("a.md:7", "In de doos.") in found
    assert len(RULES) == len(set(RULES))


def test_a_large_case_is_audited_in_seconds() -> None:
    data = copy.deepcopy(SOUND)
    bon = data["instruments"]["bon"]
    # Breakdowns too: comparing every part with every number would take minutes.
    for n in range(8):
        bon["output"][f"deel-{n}"] = {
            "text": f"Deel {n}", "part_of": "bonnen", "source": ["rapport"],
            "per_year": dict.fromkeys(range(2019, 2023), "1"),
        }  # fmt: skip
    data["instruments"] = {f"bon-{n}": copy.deepcopy(bon) for n in range(200)}
    data["chapters"] = {}
    case = Case.model_validate(data)
    scores = score_case(case)
    begun = time.perf_counter()
    audit_case(case, scores)
    assert time.perf_counter() - begun < 5
