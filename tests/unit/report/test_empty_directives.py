"""A directive that the case has nothing for says so, with what to add."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evalkit.model import Case
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.text.prose import Prose

EMPTY = {"slug": "p", "title": "P", "period": "2020"}


@pytest.mark.parametrize(
    ("directive", "hint"),
    [
        ("verdicts", "the case has no instrument: add one"),
        ("instruments", "the case has no instrument: add one"),
        ("workings", "the case has no instrument: add one"),
        ("recommendations", "add `recommendations` to case.yaml"),
        ("recommendations titles", "add `recommendations` to case.yaml"),
        ("abbreviations", "add `abbreviations` to case.yaml"),
        ("sources", "cite a source of sources.bib"),
        ('table scores {#tbl-a caption="b"}', "take the directive out"),
        ('table stages {#tbl-a caption="b"}', "take the directive out"),
        ('table periods {#tbl-a caption="b"}', "take the directive out"),
    ],
)
def test_nothing_to_show_is_told(
    directive: str, hint: str, edition_of: Callable[..., Edition]
) -> None:
    edition = edition_of(Case.model_validate(EMPTY))
    html = Prose(edition, "chapters/a.md", handlers=HANDLERS).html(f"x\n\n::: {directive}\n:::")
    (problem,) = edition.problems
    name = directive.partition(" {")[0]
    assert (problem.line, problem.message) == (3, f"`::: {name}` has nothing to show")
    assert hint in problem.hint
    assert html == "<p>x</p>\n"


@pytest.mark.parametrize(
    ("directive", "ways"),
    [("verdicts x", "write `::: verdicts`"), ("recommendations x", "`::: recommendations titles`")],
)
def test_a_word_that_is_not_read_is_told(directive: str, ways: str, edition: Edition) -> None:
    Prose(edition, "chapters/a.md", handlers=HANDLERS).html(f"::: {directive}\n:::")
    (problem,) = edition.problems
    assert "does not know 'x'" in problem.message
    assert ways in problem.hint


def test_sources_without_instruments_are_a_list_alone(edition_of: Callable[..., Edition]) -> None:
    source = {"kind": "report", "title": "Evaluatie", "authors": ["SEO"], "year": 2020}
    edition = edition_of(Case.model_validate({**EMPTY, "sources": {"seo": source}}))
    html = Prose(edition, "a.md", handlers=HANDLERS).html("[@seo]\n\n::: sources\n:::")
    assert not edition.problems
    assert '<ul class="references"><li>SEO (2020). Evaluatie.</li></ul>' in html
    assert "<table" not in html
