"""The lists of sources."""

from __future__ import annotations

from evalkit.model.case import Case
from evalkit.report.tables.sources import references_list


def test_an_address_in_the_list_is_never_broken_with_a_hyphen(case: Case, edition_of) -> None:
    data = case.model_dump(mode="json")
    data["sources"]["seo"]["url"] = "https://www.seo.nl/a?b=1&c=2"
    edition = edition_of(Case.model_validate(data))
    edition.cited.add("seo")

    assert '<span class="url">https://www.seo.nl/a?b=1&amp;c=2</span>' in references_list(edition)
