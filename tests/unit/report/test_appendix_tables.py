"""Tables of an appendix are numbered like others, and each value has the name that fits it."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from evalkit.model import Case
from evalkit.model.source import Citation
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.pages.attachments import data_files
from evalkit.report.sections.contribution import stories_html
from evalkit.report.sections.trail import with_trail
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.tables.numbers import numbers_table
from evalkit.report.tables.targets import targets_table
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose
from evalkit.report.text.typeset import typeset
from tests.unit.report.conftest import CASE

Make = Callable[..., Edition]
NUMBER = "instruments.bon_regeling"


@pytest.fixture
def changed(edition_of: Make) -> Callable[..., Edition]:
    """Make an edition of a case of which the instrument was changed."""

    def make(**parts: Any) -> Edition:
        data: dict[str, Any] = deepcopy(CASE)
        data["instruments"]["bon-regeling"] |= parts
        edition = edition_of(Case.model_validate(data))
        edition.numbering.chapter(appendix=True)
        return edition

    return make


def rendered(edition: Edition, text: str) -> str:
    html = Prose(edition, "chapters/x.md", handlers=HANDLERS).html(text)
    assert not edition.problems
    return edition.finish(with_trail(html, edition))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_sources_of_each_instrument_are_a_numbered_table(
    changed: Callable[..., Edition],
) -> None:
    html = rendered(changed(), "::: sources\n:::")
    assert '<span class="exhibit-label">Tabel A.1</span> Bronnen per instrument' in html


def test_the_trail_is_a_numbered_table_with_its_data(changed: Callable[..., Edition]) -> None:
    edition = changed()
    text = f"Er zijn {{{{ {NUMBER}.activities.bonnen.actual }}}}.\n\n::: trail\n:::"
    html = rendered(edition, text)
    assert rendered_once(html, "Tabel A.1</span> De getallen in de tekst")
    (made,) = edition.exhibits
    assert made.drawing.data[0] == ("Getal in de tekst", "Wat het is", "Bron")
    assert any("1.337" in row[0] for row in made.drawing.data)


def rendered_once(html: str, text: str) -> bool:
    return html.count(text) == 1


def test_the_data_of_a_table_hold_no_marks_and_part_what_stands_on_lines_of_its_own(
    changed: Callable[..., Edition],
) -> None:
    edition = changed()
    edition.target("sec-deel", "section", "2.1", "chapters/x.md", 1)
    cells = (edition.references.ask("sec-deel", "chapters/x.md", 1), 'A<br>B<span class="sub">C')
    drawing = grid([Column("Waar"), Column("Wat")], [Row(cells)])
    edition.exhibit("table", "tbl-a", "c", drawing, "", "chapters/x.md", 1)
    (made,) = data_files(edition.exhibits, "nl", edition.finish)
    row = made.text.splitlines()[1].replace("\N{NO-BREAK SPACE}", " ")
    assert row == "paragraaf 2.1;A B C"


def test_a_trail_without_numbers_has_no_caption(changed: Callable[..., Edition]) -> None:
    edition = changed()
    assert "Tabel A.1" not in rendered(edition, "::: trail\n:::")
    assert edition.exhibits == []


def test_what_is_to_go_in_is_planned_and_a_pilot_is_called_so(
    changed: Callable[..., Edition],
) -> None:
    edition = changed(
        links={},
        input={"geld": {"text": "Geld", "target": "5 mln. euro"}},
        output={"routes": {"text": "Routes", "baseline": {"value": "7", "called": "pilot"}}},
    )
    paths = (f"{NUMBER}.input.geld.target", f"{NUMBER}.output.routes.baseline")
    text = " ".join(f"{{{{ {path} }}}}" for path in paths)
    told = words(rendered(edition, f"Tekst {text}.\n\n::: trail\n:::"))
    assert "Geld (gepland)" in told
    assert "Routes (pilot)" in told
    assert "nulmeting" not in told
    assert "streefwaarde" not in told


def test_a_pilot_is_named_in_the_column_of_baselines(changed: Callable[..., Edition]) -> None:
    routes = {"text": "Routes", "baseline": {"value": "7", "called": "pilot"}, "target": "9"}
    made = targets_table(changed(output={"routes": routes}))
    assert made is not None
    assert "7 (pilot)" in made.data[2]


def test_so_much_a_year_is_no_total(changed: Callable[..., Edition]) -> None:
    given = {"text": "Bijdrage", "total": "46 mln. euro per jaar"}
    edition = changed(input={"budget": given})
    told = words(rendered(edition, f"{{{{ {NUMBER}.input.budget.total }}}}\n\n::: trail\n:::"))
    assert "Bijdrage" in told
    shown = words(rendered(changed(input={"budget": given}), "::: measures\n:::"))
    assert "Bijdrage: 46 mln. euro per jaar" in shown
    assert "totaal" not in told + shown


def test_a_role_and_its_year_stay_on_one_line(changed: Callable[..., Edition]) -> None:
    routes = {"text": "Routes", "actual": "8", "target": {"value": "9", "year": 2030}}
    edition = changed(output={"routes": routes})
    drawing, _ = numbers_table(edition.case.instruments["bon-regeling"], edition)
    assert "streefwaarde\N{NO-BREAK SPACE}2030" in drawing.markup


def test_the_letters_below_a_matrix_stand_at_the_beginning_of_a_line(edition_of: Make) -> None:
    data: dict[str, Any] = deepcopy(CASE)
    pieces = {
        name: {"source": name, "design": "survey", "about": "outcome", "finds": "positive"}
        for name in ("seo", "cbs")
    }
    tests = {
        name: {"expect": "iets", "test": "hoop", "result": "found", "evidence": name}
        for name in pieces
    }
    data["instruments"]["bon-regeling"]["evidence"] = pieces
    data["contributions"] = {"bon-regeling": {"claims": {"a": {"text": "het", "tests": tests}}}}
    edition = edition_of(Case.model_validate(data))
    stories_html(edition)
    (made,) = edition.exhibits
    first, second = made.source.split("<br>")
    assert first.startswith("<b>a</b>\N{NO-BREAK SPACE}")
    assert second.startswith("<b>b</b>\N{NO-BREAK SPACE}")
    assert first.endswith(".")
    assert '<span class="together">++ bevestigt</span>' in made.drawing.legend


@pytest.mark.parametrize(
    ("places", "told"),
    [
        (("§ 3.10", "§ 3.10 en § 6.1"), "SEO (2020), § 3.10 en § 6.1"),
        (("p. 9", "", "p. 12", "p. 9", "p. 14"), "SEO (2020), p. 9, p. 12 en p. 14"),
        (("§ 3.7", "§ 3.7, voetnoot 12"), "SEO (2020), § 3.7, met voetnoot 12"),
        (("waarom en hoe", "bijlage 1"), "SEO (2020), bijlage 1; waarom en hoe"),
        (("",), "SEO (2020)"),
    ],
)
def test_a_source_is_named_once_with_its_places(
    places: tuple[str, ...], told: str, edition: Edition
) -> None:
    citations = [Citation(source="seo", place=place) for place in places]
    assert cited_all(citations, edition.case.sources, "nl") == told
    behind = cited_all([*citations, Citation(source="cbs")], edition.case.sources, "nl")
    assert behind == f"{told}; CBS & UWV (2021)"


def test_a_name_with_a_sign_in_it_stays_whole() -> None:
    made = typeset("<p>Voor het MKB!dee is dat zo! Dat is het.</p>")
    assert '<span class="together">MKB!dee</span>' in made
    assert made.count("together") == 1


def test_periods_stay_together_and_other_tables_of_as_many_rows_do_not(
    edition_of: Make,
) -> None:
    data: dict[str, Any] = deepcopy(CASE)
    one = data["instruments"]["bon-regeling"]
    data["instruments"] = {f"i{n}": {**one, "name": f"Regeling {n}"} for n in range(14)}
    edition = edition_of(Case.model_validate(data))
    edition.numbering.chapter()
    text = "\n\n".join(
        f'::: table {name} {{#tbl-{name} caption="c"}}\n:::' for name in ("periods", "scores")
    )
    html = rendered(edition, text)
    classes = dict(re.findall(r'<figure class="([^"]*)" id="(tbl-[^"]*)"', html))
    assert {name: "compact" in held for held, name in classes.items()} == {
        "tbl-periods": True,
        "tbl-scores": False,
    }
