"""The lists of sources."""

from __future__ import annotations

import re

from evalkit.model.case import Case
from evalkit.report.sections.instrument import instrument_html
from evalkit.report.sections.theme import theme_html
from evalkit.report.tables.sources import references_list, sources_table


def test_an_address_in_the_list_is_never_broken_with_a_hyphen(case: Case, edition_of) -> None:
    data = case.model_dump(mode="json")
    data["sources"]["seo"]["url"] = "https://www.seo.nl/a?b=1&c=2"
    edition = edition_of(Case.model_validate(data))
    edition.cited.add("seo")

    made = edition.finish(references_list(edition))
    whole = '<span class="together">https://www.seo.nl/</span>'
    assert f'<span class="url">{whole}a?b=1&amp;c=2' in made
    assert re.sub(r"<[^>]+>", "", made).endswith("c=2.")


def test_the_source_of_a_theme_is_a_line_of_sources(case: Case, edition_of) -> None:
    data = case.model_dump(mode="json")
    data["themes"] = {"a": {"name": "A", "problem": "Krap.", "source": ["seo, p. 2"]}}
    made = theme_html("a", edition_of(Case.model_validate(data)))
    assert made.endswith('<p class="source">Bron: SEO (2020), p. 2.</p>')


def test_the_sources_of_an_instrument_are_in_the_order_in_which_they_are_printed(
    case: Case, edition_of
) -> None:
    data = case.model_dump(mode="json")
    for key, mark in (("seo", "a"), ("cbs", "b")):
        data["sources"][key] = {**data["sources"]["seo"], "mark": mark}
    (first, *_) = data["instruments"].values()
    first["output"] = {"banen": {"text": "banen", "source": ["seo", "cbs"]}}
    made = sources_table(edition_of(Case.model_validate(data))).markup
    assert made.index("2020a") < made.index("2020b")
    assert '<ul class="references"><li>' in made


def test_the_aims_of_an_instrument_end_as_one_sentence(case: Case, edition_of) -> None:
    data = case.model_dump(mode="json")
    key, first = next(iter(data["instruments"].items()))
    first["aims"] = ["banen behouden", "loon verhogen?", "kennis delen", "tijd winnen"]
    made = instrument_html(key, edition_of(Case.model_validate(data)), {})
    ends = ["banen behouden;", "loon verhogen?", "kennis delen; en", "tijd winnen."]
    assert "".join(f"<li>{one}</li>" for one in ends) in made


def test_aims_with_capitals_stand_by_themselves(case: Case, edition_of) -> None:
    data = case.model_dump(mode="json")
    key, first = next(iter(data["instruments"].items()))
    first["aims"] = ["Banen behouden", "Loon verhogen"]
    made = instrument_html(key, edition_of(Case.model_validate(data)), {})
    assert "<li>Banen behouden</li><li>Loon verhogen</li>" in made
