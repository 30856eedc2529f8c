"""Small tables from CSV, as spreadsheets save it."""

from __future__ import annotations

import pytest

from evalkit.io.tables import TableError, read_rows


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\n1;2", [["a", "b"], ["1", "2"]]),
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("jaar;2018\nict;7,4", [["jaar", "2018"], ["ict", "7,4"]]),
        ('jaar,2018\nict,"7,4"', [["jaar", "2018"], ["ict", "7,4"]]),
        ('a;b\n"x;y";2', [["a", "b"], ["x;y", "2"]]),
        ('a;b\n"hij zei ""ja""";2', [["a", "b"], ['hij zei "ja"', "2"]]),
        ("\n a ; b \n\n1;2\n;\n", [["a", "b"], ["1", "2"]]),
        (";2018\nict;7,4", [["", "2018"], ["ict", "7,4"]]),
        ("a;b\n1;", [["a", "b"], ["1", ""]]),
    ],
)
def test_reading(text: str, rows: list[list[str]]) -> None:
    assert [list(row) for row in read_rows(text)] == rows


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a;b\n1;2\n1;2;3", 3, "this row has 3 cells, the head has 2 (separated by ';')"),
        ("a;b\n\n1", 3, "this row has 1 cell, the head has 2"),
        ("a,b\n1,5,2", 2, "(separated by ',')"),
        ("", 0, "needs a head"),
        ("\n\n", 0, "needs a head"),
        ("a;b", 0, "at least one row and two columns"),
        ("a\n1", 0, "(separated by ; or ,)"),
        ("a\tb\n1\t2", 0, "(separated by ; or ,)"),
        ('a;b\n"x;2', 2, "a quote is opened and never closed"),
        ('a;b\n"x"y;2', 2, "this is not CSV"),
    ],
)
def test_refusing(text: str, line: int, says: str) -> None:
    with pytest.raises(TableError) as caught:
        read_rows(text)
    assert caught.value.line == line
    assert says in str(caught.value)
