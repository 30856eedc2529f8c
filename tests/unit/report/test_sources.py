"""The lists of sources."""

from __future__ import annotations

import re

from evalkit.model.case import Case
from evalkit.report.sections.theme import theme_html
from evalkit.report.tables.sources import references_list


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
