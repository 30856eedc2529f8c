"""Tables: alignment on the comma, escaping, groups."""

from __future__ import annotations

import pytest

from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid


def test_numbers_get_the_decimals_of_their_column_out_of_sight() -> None:
    rows = [Row(("a", "2,25")), Row(("b", "10")), Row(("c", "3,5")), Row(("d", "PM"))]
    markup = grid([Column("wat"), Column("hoeveel", "num")], rows).markup
    assert '<td class="num">10<span class="pad">,00</span></td>' in markup
    assert '<td class="num">3,5<span class="pad">0</span></td>' in markup
    assert '<td class="num">2,25</td>' in markup
    assert '<td class="num">PM</td>' in markup


def test_an_english_table_aligns_on_the_point() -> None:
    rows = [Row(("a", "2.25")), Row(("b", "1,337"))]
    markup = grid([Column("what"), Column("n", "num")], rows, ".").markup
    assert '1,337<span class="pad">.00</span>' in markup


def test_a_group_spans_the_table_and_a_row_names_itself() -> None:
    rows = [Row(("Groep",), "group"), Row(("a", "b"))]
    markup = grid([Column("x"), Column("y")], rows).markup
    assert '<th scope="colgroup" colspan="2">Groep</th>' in markup
    assert '<th scope="row">a</th>' in markup


def test_a_column_of_dashes_is_said_once_and_left_out() -> None:
    columns = [Column("Wie"), Column("Wat"), Column("Kosten & baten")]
    rows = [Row(("Groep",), "group"), Row(("a", "b", "–")), Row(("c", "–", "–"))]
    made = grid(columns, rows)
    assert made.bare == ("Kosten & baten",)
    assert made.data == (("Wie", "Wat"), ("Groep",), ("a", "b"), ("c", "–"))
    assert 'colspan="2">Groep' in made.markup


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ([Row(("a", "b", "–")), Row(("b", "c", "–"))], True),
        ([Row(("a", "b", "–"))], False),
        ([Row(("a", "–", "–")), Row(("b", "–", "–"))], False),
    ],
)
def test_a_table_of_ones_own_and_a_single_row_keep_their_dashes(
    rows: list[Row], whole: bool
) -> None:
    made = grid([Column("Wie"), Column("Wat"), Column("Geld")], rows, whole=whole)
    assert made.bare == ()
    assert all(len(row) == 3 for row in made.data)


def test_a_row_of_another_width_is_a_fault() -> None:
    with pytest.raises(ValueError, match="zip"):
        grid([Column("x"), Column("y")], [Row(("a",))])


def test_what_is_left_out_is_said_above_the_table(edition: Edition) -> None:
    rows = [Row(("a", "b", "–", "–")), Row(("c", "d", "–", "–"))]
    drawing = grid([Column("Wie"), Column("Wat"), Column("Geld & tijd"), Column("Doel")], rows)
    made = edition.exhibit("table", "tbl-x", "X", drawing, "", "x.md", 1)
    said = "De kolommen ‘Geld &amp; tijd’ en ‘Doel’ zijn in elke rij leeg en zijn weggelaten."
    assert said in edition.framed(made)
    assert made.label.startswith("Tabel ")
