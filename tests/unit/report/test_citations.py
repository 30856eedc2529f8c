"""How sources are named in prose, and a letter that bears a number and no year."""

from __future__ import annotations

import pytest

from evalkit.model import Source
from evalkit.report.citations import author_year, in_brackets, reference
from evalkit.report.edition import Edition
from evalkit.report.prose import Prose

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
    assert reference(LETTER, "nl").startswith("EZ (z.d.)")
