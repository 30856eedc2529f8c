"""How sources are named in prose, and a letter that bears a number and no year."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.model import Source
from evalkit.report.edition import Edition
from evalkit.report.sections.effect_words import EffectWords
from evalkit.report.style.style import load_style
from evalkit.report.text.citations import author_year, in_brackets, reference, work_named
from evalkit.report.text.prose import Prose

ROOT = Path(__file__).parents[3]
LETTER = Source(kind="kamerstuk", title="Kamerbrief", authors=("EZ",), dossier="26 643", number="9")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("[@seo, p. 9]", "(SEO, 2020, p. 9)"),
        ("[@cbs, geciteerd in seo, p. 9]", "(CBS &amp; UWV, 2021, geciteerd in SEO, 2020, p. 9)"),
        (
            "[@cbs, tabel 2, geciteerd in @seo, p. 9]",
            "(CBS &amp; UWV, 2021, tabel 2, geciteerd in SEO, 2020, p. 9)",
        ),
        ("[@cbs, geciteerd in seo]", "(CBS &amp; UWV, 2021, geciteerd in SEO, 2020)"),
    ],
)
def test_where_a_source_was_read_is_named(written: str, printed: str, edition: Edition) -> None:
    assert Prose(edition, "x.md").html(written) == f"<p>{printed}</p>\n"
    assert edition.problems == []
    assert "seo" in edition.cited


def test_a_source_that_it_was_read_in_must_be_there(edition: Edition) -> None:
    Prose(edition, "x.md").html("[@cbs, geciteerd in seoo, p. 9]")
    (problem,) = edition.problems
    assert problem.message == "no source 'seoo' in sources.bib"
    assert "seo" in problem.hint


def test_a_letter_with_a_number_needs_no_year() -> None:
    assert author_year(LETTER, "nl") == "EZ"
    assert in_brackets(LETTER, "nl", "p. 2") == "EZ, p. 2"
    dated = LETTER.model_copy(update={"year": 2025})
    assert author_year(dated, "nl") == "EZ (2025)"
    assert "z.d." not in author_year(LETTER, "nl")
    report = Source(kind="report", title="Rapport", authors=("SEO",))
    assert author_year(report, "nl") == "SEO (z.d.)"
    assert reference(LETTER, "nl") == "EZ. Kamerbrief. Kamerstukken 26 643, nr. 9."
    unnumbered = LETTER.model_copy(update={"dossier": "", "number": "", "year": 2023})
    assert reference(unnumbered, "nl") == "EZ (2023). Kamerbrief."


@pytest.mark.parametrize(
    ("given", "printed"),
    [
        ({"authors": ("SER",), "year": 2023}, "SER (2023). Rapport."),
        (
            {"short": "SEO", "authors": ("SEO Economisch Onderzoek",)},
            "SEO Economisch Onderzoek (",
        ),
        ({"short": "SE", "authors": ("SEO",)}, "SE [SEO] (z.d.). Rapport."),
        (
            {"short": "Aanjaagteam-Roemer", "authors": ("Aanjaagteam Arbeidsmigranten",)},
            "Aanjaagteam-Roemer [Aanjaagteam Arbeidsmigranten] (z.d.). Rapport.",
        ),
        ({"short": "Motie A/B", "authors": ("A", "B")}, "Motie A/B (z.d.). Rapport."),
        ({"short": "Lux e.a.", "authors": ("Lux", "Tak", "Bos", "Wit")}, "Lux, Tak, Bos & Wit (z"),
        ({"year": 2020, "publisher": "CBS"}, "Rapport (2020). CBS."),
        ({"authors": ("ESB",), "mark": "b"}, "ESB (z.d.-b). Rapport."),
        (
            {"authors": ("ESB",), "url": "https://esb.nu/a", "note": "Jaar niet vermeld"},
            "ESB (z.d.). Rapport. https://esb.nu/a. Jaar niet vermeld.",
        ),
        (
            {"authors": ("ESB",), "url": "https://esb.nu", "accessed": "3 mei 2026"},
            "ESB (z.d.). Rapport. https://esb.nu (geraadpleegd 3 mei 2026).",
        ),
    ],
)
def test_an_entry_begins_with_what_the_text_cites(given: dict[str, Any], printed: str) -> None:
    source = Source(kind="report", title="Rapport", **given)
    assert reference(source, "nl").startswith(printed)
    assert reference(source, "nl").startswith(source.name.removesuffix(" e.a."))
    assert reference(source, "nl").endswith(".")


def test_a_kamerstuk_under_its_numbers_does_not_repeat_them() -> None:
    named = LETTER.model_copy(update={"short": "Kamerstuk 26 643, nr. 9"})
    assert reference(named, "nl") == "Kamerstuk 26 643, nr. 9 [EZ]. Kamerbrief."


@pytest.mark.parametrize("name", ["talentstrategie", "productiviteitsagenda", "minimumloon"])
def test_each_short_form_begins_an_entry_of_the_list(name: str) -> None:
    case = load_case(ROOT / "cases" / name)
    for source in case.sources.values():
        listed = reference(source, case.language)
        assert listed.startswith(source.name.removesuffix(" e.a.")), listed
        assert listed.endswith((".", "?", "!")), listed
        assert ".." not in listed


def test_a_method_is_cited_as_the_list_of_sources_has_it() -> None:
    case = load_case(ROOT / "cases" / "minimumloon")
    edition = Edition(evaluate(case), "nl", load_style("seo"))
    for key, finding in edition.evaluation.findings.items():
        told = EffectWords(finding, case.analyses[key], edition).method()
        assert "(Callaway & Sant'Anna, 2021b)" in told
    assert "callaway2021" in edition.cited


@pytest.mark.parametrize(
    ("told", "key"),
    [
        ("groep-tijdeffecten (Callaway en Sant’Anna, 2021)", "group"),
        ("imputatie (Borusyak, Jaravel en Spiess, 2024)", "imputation"),
        ("synthetisch (Abadie e.a., 2010)", "synthetic"),
        ("gewogen (Sun en Abraham, 2021)", ""),
        ("onderbroken tijdreeks", ""),
    ],
)
def test_a_work_is_known_by_its_authors_and_year(told: str, key: str) -> None:
    def work(kind: str, year: int, *authors: str) -> Source:
        return Source.model_validate({"kind": kind, "title": "T", "authors": authors, "year": year})

    sources = {
        "data": work("dataset", 2021, "Callaway", "Sant'Anna"),
        "group": work("article", 2021, "Callaway", "Sant'Anna"),
        "imputation": work("article", 2024, "Borusyak", "Jaravel", "Spiess"),
        "synthetic": work("article", 2010, "Abadie", "Diamond", "Hainmueller"),
    }
    assert work_named(told, sources) == key
