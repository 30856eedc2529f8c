"""CSV files as they come: read right, or refused with the line and what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError

ROLES = {"unit": "u", "time": "t", "outcome": "y", "cohort": "g"}
HEAD = "u;t;y;g"


def file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    (folder / "firms.csv").write_bytes(text.encode(encoding))
    return folder / "firms.csv"


def outcome(folder: Path, numbers: list[str], sep: str = ";", encoding: str = "utf-8") -> Panel:
    """Read numbers as the outcome of one unit."""
    rows = [f"1{sep}{2000 + at}{sep}{number}{sep}0" for at, number in enumerate(numbers)]
    text = "\n".join([HEAD.replace(";", sep), *rows])
    return Panel(file(folder, text, encoding), **ROLES)


def refused(folder: Path, text: str, encoding: str = "utf-8") -> str:
    with pytest.raises(PanelError) as caught:
        Panel(file(folder, text, encoding), **ROLES)
    assert caught.value.hint
    return str(caught.value)


# Numbers ------------------------------------------------------------------------------------


def test_the_first_decimal_comma_may_stand_at_the_end_of_the_file(tmp_path: Path) -> None:
    numbers = [str(at) for at in range(3000)]
    assert outcome(tmp_path, [*numbers, "1,5"]).y[-2:].tolist() == [2999, 1.5]


@pytest.mark.parametrize("sep", [";", "\t"])
def test_points_between_thousands_are_read_where_a_comma_shows_them(
    tmp_path: Path, sep: str
) -> None:
    numbers = ["1.234,5", "-12.345.678,25", "999,5", "1.234", "12", " 7,5 "]
    found = outcome(tmp_path, numbers, sep)
    assert found.y.tolist() == [1234.5, -12345678.25, 999.5, 1234, 12, 7.5]


def test_each_column_shows_how_it_is_to_be_read(tmp_path: Path) -> None:
    rows = ["1;2001;1,5;0;1.5;1.234;a", "1;2002;2,5;0;1.234;2.500;b"]
    path = file(tmp_path, "\n".join(["u;t;y;g;point;doubtful;word", *rows]))
    found = Panel(path, **ROLES)
    assert found.y.tolist() == [1.5, 2.5]
    assert found.covariates(["point"]).ravel().tolist() == [1.5, 1.234]
    with pytest.raises(PanelError, match=r"'doubtful' .* read two ways \('1.234'\) in rows 2, 3"):
        found.covariates(["doubtful"])
    with pytest.raises(PanelError, match=r"holds text \('a'\) in rows 2, 3"):
        found.covariates(["word"])


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_rows_in_use_are_read_as_the_whole_column_is(tmp_path: Path) -> None:
    found = outcome(tmp_path, ["1.234", "2.500", "1,5"]).before(2002, "later")
    assert found.y.tolist() == [1234, 2500]


def test_points_and_commas_for_decimals_in_one_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PanelError, match=r"holds text \('2.5'\) in row 3") as caught:
        outcome(tmp_path, ["1,5", "2.5"])
    assert "write them all alike" in str(caught.value)


def test_thousands_alone_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    small = [str(at % 900) for at in range(600)]
    with pytest.raises(PanelError, match=r"such as 1.234 can be read two ways"):
        outcome(tmp_path, [*small, "1.234"])
    assert outcome(tmp_path, [*small, "1.234", "12.5"]).y[-2:].tolist() == [1.234, 12.5]
    with pytest.raises(PanelError, match=r"such as 1,234 can be read two ways"):
        outcome(tmp_path, ["1,234", "2"], "\t")


def test_numbers_in_quotes_are_numbers(tmp_path: Path) -> None:
    assert outcome(tmp_path, ['"1"', '"2,5"']).y.tolist() == [1, 2.5]
    with pytest.raises(PanelError, match=r"holds text \('2,5'\) in row 3") as caught:
        outcome(tmp_path, ["1", '"2,5"'], ",")
    assert "with a point" in str(caught.value)


def test_a_comma_in_a_name_is_no_decimal(tmp_path: Path) -> None:
    rows = ['"Jansen, P.";2001;1.5;0', "Straat 3,5;2001;2.5;0"]
    assert Panel(file(tmp_path, "\n".join([HEAD, *rows])), **ROLES).y.tolist() == [1.5, 2.5]


def test_a_name_is_one_unit_in_all_parts_of_a_long_file(tmp_path: Path) -> None:
    # pandas reads in parts: the last has a word, and 12 would be text there and a number before.
    units = [str(at % 1000) for at in range(150_000)]
    frame = pd.DataFrame({"u": units, "t": np.arange(150_000) // 1000, "y": 1.5, "g": 0})
    extra = pd.DataFrame({"u": ["twelve"], "t": [0], "y": [2.5], "g": [0]})
    pd.concat([frame, extra]).to_csv(tmp_path / "long.csv", index=False)
    found = Panel(tmp_path / "long.csv", **ROLES)
    assert found.n_units == 1001


def test_names_that_are_too_long_for_numbers_stay_apart(tmp_path: Path) -> None:
    long = [f"123456789012345678901{at};2001;1,5;0" for at in range(3)]
    assert Panel(file(tmp_path, "\n".join([HEAD, *long])), **ROLES).n_units == 3
    frame = pd.DataFrame({"u": [2.0**60, 2.0**60 + 1024], "t": 1, "y": 1.0, "g": 0})
    with pytest.raises(PanelError, match="numbers too long to tell apart, in rows 0, 1"):
        Panel(frame, **ROLES)


# Heads --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "head", ['u,t,y,"g;a,b;c;d;e"', '"u","t","y","g;a,b;c;d;e"', ' u ,t , y," g;a,b;c;d;e"']
)
def test_a_separator_inside_quotes_is_none(tmp_path: Path, head: str) -> None:
    path = file(tmp_path, f"{head}\n1,2001,1.5,2002\n1,2002,2.5,2002\n".replace('" g', '"g'))
    found = Panel(path, **(ROLES | {"cohort": "g;a,b;c;d;e"}))
    assert found.y.tolist() == [1.5, 2.5]
    assert found.cohorts.tolist() == [2002]


@pytest.mark.parametrize("start", ["\ufeff", "\n\n", "\ufeff\n"])
def test_a_mark_or_a_blank_line_before_the_head_does_no_harm(tmp_path: Path, start: str) -> None:
    path = file(tmp_path, f"{start}{HEAD}\r\n1;2001;1,5;0\r\n1;2002;x;0\r\n")
    with pytest.raises(PanelError, match=rf"holds text \('x'\) in row {3 + start.count(chr(10))}"):
        Panel(path, **ROLES)


def test_columns_without_a_name_are_let_be(tmp_path: Path) -> None:
    path = file(tmp_path, f"{HEAD};;\n1;2001;1,5;0;;\n1;2002;2,5;0;;\n")
    assert Panel(path, **ROLES).y.tolist() == [1.5, 2.5]


BROKEN = [
    ("", "utf-8", "firms.csv: the file has no head"),
    ("\n\n", "utf-8", "firms.csv: the file has no head"),
    (HEAD, "utf-8", "firms.csv: the file has a head and no rows"),
    ("u;t;y;y\n1;2001;1;0", "utf-8", "firms.csv:1: there are two columns 'y'"),
    (f"{HEAD}\n1;2001;1,5;0\n1;2002;2,5", "utf-8", "firms.csv:3: 3 cells, and the head has 4"),
    (f'{HEAD}\n1;2001;"1,5";0\n1;2002;2,5', "utf-8", "firms.csv:3: 3 cells, and the head has 4"),
    (f"{HEAD}\n1;2001;1,5;0\n1;2002;2;5;0", "utf-8", "firms.csv:3: 5 cells, and the head has 4"),
    (f"{HEAD}\n1;2001;1,5;0;6\n", "utf-8", "firms.csv: rows are longer than its head"),
    (f"{HEAD}\n1;2001;1,5;0\nAndré;2002;2,5;0", "latin-1", "firms.csv:3: this line is not UTF-8"),
    (f"{HEAD};naam-é\n1;2001;1,5;0;x", "latin-1", "firms.csv:1: this line is not UTF-8"),
    (f"{HEAD}\n1;2001;1,5;0", "utf-16", "firms.csv: this is UTF-16 text"),
    ("PK\x03\x04 and so on", "utf-8", "firms.csv: this is a workbook"),
    (f"{HEAD}\n1;\0;1,5;0", "utf-8", "firms.csv: this is not text"),
    (f'{HEAD}\n1;2001;"1,5;0\n', "utf-8", "firms.csv:2: a quote is opened and never closed"),
    ('u;t;y;"g\n1;2001;1,5;0\n', "utf-8", "firms.csv:1: a quote is opened and never closed"),
]


@pytest.mark.parametrize(("text", "encoding", "said"), BROKEN)
def test_a_broken_file_is_refused_at_its_line(
    tmp_path: Path, text: str, encoding: str, said: str
) -> None:
    assert refused(tmp_path, text, encoding).startswith(said)


def test_a_late_line_in_another_encoding_is_found(tmp_path: Path) -> None:
    rows = [f"x;{at};1,5;0" for at in range(20_000)]
    rows[15_000] = "André;1;1,5;0"
    said = refused(tmp_path, "\n".join([HEAD, *rows]), "latin-1")
    assert said.startswith("firms.csv:15002: this line is not UTF-8 text")


def test_an_empty_last_cell_is_not_a_missing_one(tmp_path: Path) -> None:
    for rows in ("1;2001;1,5;\n2;2001;2,5;2001\n", '"1";2001;1,5;\n\n2;2001;2,5;2001\n'):
        assert Panel(file(tmp_path, f"{HEAD}\n{rows}"), **ROLES).cohorts.tolist() == [0, 2001]
