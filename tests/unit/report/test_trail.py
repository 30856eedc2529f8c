"""The audit trail: each printed number with its place, meaning and source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.edition import Edition
from evalkit.report.pages.layout import markup
from evalkit.report.style.style import load_style
from evalkit.report.text.origin import origins
from evalkit.report.text.traced import Traced
from evalkit.report.text.values import Printed
from tests.unit.report.conftest import CASE


@pytest.fixture(scope="module")
def html() -> str:
    document, edition = assemble(evaluate(load_case("menselijk-kapitaal")), load_style("seo"), "nl")
    return markup(document, edition)


def rows(html: str) -> list[list[str]]:
    trail = html.split('id="bijlage-herkomst"')[1]
    found = re.findall(r"<tr>(.*?)</tr>", trail, re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in found
    ]


def test_a_share_names_both_of_its_parts(html: str) -> None:
    row = next(row for row in rows(html) if row[1].startswith("aandeel: 99"))
    assert row[0] == "0,5\N{NO-BREAK SPACE}procent"
    assert row[1] == (
        "aandeel: 99 (Toegekende aanvragen) gedeeld door "
        "19.000 (Omscholingstrajecten met subsidie, streefwaarde)"
    )
    assert row[2] == "SEO/Birch (2025), §\N{NO-BREAK SPACE}3.7"


def test_numbers_written_as_words_are_there_too(html: str) -> None:
    assert ["elf", "aantal instrumenten in dit rapport, geteld", "\N{EN DASH}"] in rows(html)


def test_a_count_of_commitments_says_so(edition_of: Callable[..., Edition]) -> None:
    edition = edition_of(Case.model_validate(CASE), "nl")
    one = Printed("themes.wonen.commitments | length", "9", "chapters/a.md", 1)
    assert Traced(one, edition).told() == "aantal vastgelegde voorstellen, geteld"


def test_a_sum_is_known_as_one_that_evalkit_made() -> None:
    names = {"instruments": load_case("menselijk-kapitaal").instruments}
    path = "instruments.{}.input.budget.total"
    (summed,) = origins(path.format("omscholingsregeling"), names, {})
    assert (summed.what, summed.role, summed.computed) == ("Subsidiebudget", "total", True)
    (given,) = origins(path.format("ngf_pps"), names, {})
    assert not given.computed


def test_every_printed_number_is_in_it(html: str) -> None:
    _, edition = assemble(evaluate(load_case("menselijk-kapitaal")), load_style("seo"), "nl")
    printed = [one for one in edition.values.printed if any(c.isdigit() for c in one.text)]
    shown = [row[0].replace("\N{NO-BREAK SPACE}", " ") for row in rows(html)]
    years = " ".join(row[1] for row in rows(html) if len(row) > 1)
    for one in printed:
        text = one.text.replace("\N{NO-BREAK SPACE}", " ")
        # A year may stand with the number that it belongs to.
        assert text in shown or (one.expression.endswith(".year") and text in years)


def test_each_section_has_one_place_and_no_line_twice(html: str) -> None:
    places: list[str] = []
    lines: set[str] = set()
    trail = html.split('id="bijlage-herkomst"')[1]
    for kind, row in re.findall(r'<tr( class="group")?>(.*?)</tr>', trail, re.DOTALL):
        if kind:
            places.append(row)
            lines = set()
        else:
            assert row not in lines
            lines.add(row)
    assert len(places) == len(set(places)) > 10


def test_an_estimate_is_traced_to_its_analysis() -> None:
    evaluation = evaluate(load_case("minimumloon"))
    names = {"analyses": evaluation.findings}
    (found,) = origins("analyses.banen.average", names, evaluation.case.analyses)
    assert (found.what, found.computed) == ("Banen van jongeren", True)
    assert found.source[0].source == "mpdta"


def test_an_observation_with_its_own_source_keeps_it() -> None:
    case = load_case("menselijk-kapitaal")
    names = {"indicators": case.indicators}
    (target,) = origins("indicators.icters.target", names, {})
    assert [one.source for one in target.source] == ["seo2025"]
    (series,) = origins("indicators.spanning_ict.per_year[2018]", names, {})
    assert (series.year, series.role) == (2018, "per_year")


def test_text_in_quotes_is_no_path() -> None:
    assert list(origins("'indicators.a.b'", {}, {})) == []
