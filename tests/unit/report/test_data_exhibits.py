"""Directives that make figures and tables from data: what they place, and what they refuse."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import CaseError
from evalkit.io.case import load_case
from evalkit.io.new_case import new_case
from evalkit.io.tables import read_rows
from evalkit.model import Case
from evalkit.report.data_exhibits import data_kinds
from evalkit.report.directives import HANDLERS
from evalkit.report.edition import Edition
from evalkit.report.text.proofread import proofread
from evalkit.report.text.prose import Prose

Rendered = Callable[..., tuple[str, Edition]]


@pytest.fixture
def rendered(edition_of: Callable[..., Edition]) -> Rendered:
    def make(directive: str, text: str, lang: str = "nl", **keys: object) -> tuple[str, Edition]:
        table = {"file": "tables/x.csv", "rows": read_rows(text), **keys}
        fields = {"slug": "p", "title": "P", "period": "2020", "tables": {"x": table}}
        edition = edition_of(Case.model_validate(fields), lang)
        head, _, options = directive.partition("|")
        prose = Prose(edition, "chapters/01.md", handlers=HANDLERS)
        html = prose.html(f'::: {head} {{#fig-x caption="Kop"{options}}}\n:::')
        return edition.finish(html), edition

    return make


def messages(edition: Edition) -> str:
    return "\n".join(map(str, edition.problems))


def cells(html: str) -> list[list[str]]:
    """The cells of a table, without what stands out of sight."""
    seen = re.sub(r'<span class="pad">[^<]*</span>', "", html)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", seen)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in rows]


def test_a_figure_stands_in_its_place(rendered: Rendered) -> None:
    html, edition = rendered("figure lines x", "jaar;a\n2020;1\n2021;2", unit="procent")
    assert not edition.problems
    assert '<p class="legend">procent</p>' in html
    assert edition.exhibits[0].drawing.alt in html


@pytest.mark.parametrize(
    ("directive", "said"),
    [
        ("figure lines", "`lines` names no table"),
        ("figure lines y", "no table 'y' in case.yaml"),
        ('figure lines x| base="2020"', "'base' is not read here"),
        ('figure lines x| highlight="b"', "`highlight` names 'b'"),
        ("figure lines x y", "'y' is not read here"),
        ("figure line x", "no figure 'line'"),
        ('figure index x| base="b"', "`base` names 'b'"),
        ("figure target x", "no indicator 'x'"),
        ("table budgets", "no instrument has a budget by year"),
        ("figure investments", "no investment agenda"),
        ('figure theory| highlight="b"', "'highlight' is not read here"),
    ],
)
def test_a_directive_that_cannot_be_read_is_refused(
    directive: str, said: str, rendered: Rendered
) -> None:
    _, edition = rendered(directive, "jaar;a\n2020;1\n2021;2")
    assert said in messages(edition)
    assert "chapters/01.md:1:" in messages(edition)


@pytest.mark.parametrize("kind", ["figure theory", "figure matrix"])
def test_what_the_case_does_not_have_is_refused(kind: str, rendered: Rendered) -> None:
    html, edition = rendered(kind, "jaar;a\n2020;1")
    assert "has nothing to show" in messages(edition)
    assert html == ""


@pytest.mark.parametrize("kind", ["lines", "bars", "stacked", "index", "bubbles", "budget"])
def test_every_wrong_cell_is_named_at_once(kind: str, rendered: Rendered) -> None:
    _, edition = rendered(f"figure {kind} x", "jaar;a;b;c\n2020;hoog;1;2\n2021;1.33;laag;7,4")
    said = messages(edition)
    assert "column 2 'a': 'hoog' is not a number" in said
    assert "column 2 'a': '1.33' can be read two ways" in said
    assert "column 3 'b': 'laag' is not a number" in said
    assert "tables/x.csv" in said


@pytest.mark.parametrize(
    ("directive", "text", "said"),
    [
        ("figure lines x", "jaar;a\n2021;1\n2020;2", "'2020' stands behind '2021'"),
        ("figure lines x", "jaar;a;b\n2021;1;\n2022;2;–", "this series has no number"),
        ("figure bubbles x", "s;x;y\na;1;2", "three columns of numbers"),
        ("figure bubbles x", "s;x;y;z\na;1;2;-3", "below nought"),
        ('figure index x| base="EU"', "s;a;EU\nx;1;0", "cannot be a hundred"),
        ("table budget x", "r;2026;2027\na;1;2\nTotaal;1;3", "total 3 is not the sum"),
        ("table budget x", "r;2026;2027\na;1;PM\nTotaal;1;–", "total – is not the sum"),
        ("table budget x", "r;2026;totaal\na;1;2", "total 2 is not the sum of its row"),
        ("table scenarios x", "d;a;b\nx;1;", "'x' has nothing for 'b'"),
        ("table comparison x", "d;a\nles;b", "none stands above it"),
        ("table perspectives x", "d;a\n;b", "the first row has nothing for 'd'"),
        ("figure process x", "s;wat\neen;b", "'een' is not the number of a step"),
        ("figure process x", "s;wat\n1a;b", "no step stands before it"),
        ("figure process x", "s;wat\n1;", "this step has no words"),
    ],
)
def test_data_that_cannot_be_so_are_refused(
    directive: str, text: str, said: str, rendered: Rendered
) -> None:
    html, edition = rendered(directive, text)
    assert said in messages(edition)
    assert html == ""


def test_numbers_of_a_table_are_printed_in_the_language_of_the_report(rendered: Rendered) -> None:
    text = "wat;waarde;jaar;soort;code\na;1337,5;2018;x;1850\nb;-2;2024;PM;1999"
    for lang, shown in (("nl", ["1.337,5", "−2"]), ("en", ["1,337.5", "−2"])):
        html, edition = rendered("table csv x", text, lang)
        assert not edition.problems
        rows = cells(html)[1:]
        assert [row[1] for row in rows] == shown
        assert [row[2:] for row in rows] == [["2018", "x", "1850"], ["2024", "PM", "1999"]]


def test_a_table_from_elsewhere_with_points_is_read_as_such(rendered: Rendered) -> None:
    html, _ = rendered("table csv x", "wat,waarde\na,7.4\nb,1234.5")
    assert [row[1] for row in cells(html)[1:]] == ["7,4", "1.234,5"]


@pytest.mark.parametrize("kind", ["table csv", "figure bars"])
def test_a_number_that_could_be_read_two_ways_is_not_guessed_at(
    kind: str, rendered: Rendered
) -> None:
    html, edition = rendered(f"{kind} x", "wat;waarde\na;7.4\nb;1.337")
    assert "'1.337' can be read two ways" in messages(edition)
    assert html == ""


def test_totals_of_a_budget_are_computed_with_pm(rendered: Rendered) -> None:
    text = "regel;2026;2027\nEen;;\na;1,5;PM\nb;2;3\nTwee;;\nc;–;0,25"
    html, edition = rendered("table budget x", text)
    assert not edition.problems
    assert cells(html)[1:] == [
        ["Een"],
        ["a", "1,5", "PM", "1,5 + PM"],
        ["b", "2", "3", "5"],
        ["Subtotaal (berekend)", "3,5", "3 + PM", "6,5 + PM"],
        ["Twee"],
        ["c", "–", "0,25", "0,25"],
        ["Totaal (berekend)", "3,5", "3,25 + PM", "6,75 + PM"],
    ]


def test_columns_that_are_no_years_are_not_added_up(rendered: Rendered) -> None:
    html, _ = rendered("table budget x", "regel;structureel;schuld\na;1;PM\nb;2;3")
    assert cells(html)[-1] == ["Totaal (berekend)", "3", "3 + PM"]


def test_a_lesson_stands_with_its_dimension(rendered: Rendered) -> None:
    html, _ = rendered("table comparison x", "d;NL;DK\nAgenda;lang;kort\nles;leg vast;")
    assert cells(html)[2] == ["<b>Les</b>", "leg vast", ""]
    assert "break-after: avoid" in html


def test_a_goal_spans_its_measures(rendered: Rendered) -> None:
    html, edition = rendered("table perspectives x", "d;p;m\nA;b;c\n;;d\n;e;f\nB;g;h")
    assert 'rowspan="3"' in html
    assert edition.exhibits[0].drawing.data[2] == ("A", "b", "d")


def test_check_names_file_and_line_of_a_wrong_cell(tmp_path: Path) -> None:
    case = new_case("proef", tmp_path)
    table = case / "tables" / "voorbeeld.csv"
    rows = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([rows[0], "", *rows[1:-1], "w;x;y;z"]), "utf-8")
    chapter = case / "chapters" / "01-inleiding.md"
    text = chapter.read_text("utf-8").replace("table csv voorbeeld", "figure bars voorbeeld")
    chapter.write_text(text, "utf-8")
    with pytest.raises(CaseError, match=rf"tables/voorbeeld.csv:{len(rows) + 1}: column 2"):
        proofread(case)


def test_a_break_that_is_not_there_is_found_at_its_line(tmp_path: Path) -> None:
    case = new_case("proef", tmp_path)
    file = case / "case.yaml"
    text = file.read_text("utf-8")
    key = "    file: tables/voorbeeld.csv\n"
    file.write_text(text.replace(key, f"{key}    breaks:\n      1066: anders\n"), "utf-8")
    line = text[: text.index(key)].count("\n") + 3
    with pytest.raises(CaseError, match=rf"case.yaml:{line}: no row '1066'"):
        load_case(case)


def test_every_kind_has_a_name_of_its_own_for_writers() -> None:
    for kind in ("figure", "table"):
        names = data_kinds(kind)
        assert len(set(names)) == len(names)
