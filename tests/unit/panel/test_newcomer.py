"""What who brings a file of their own is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import evalkit as ek
from evalkit.panel import DuckDB

ROLES: dict[str, Any] = {"unit": "id", "time": "year", "outcome": "y", "cohort": "start"}


def table(**columns: list[object]) -> pd.DataFrame:
    given: dict[str, Any] = {
        "id": ["a", "a", "b", "b", "c", "c"],
        "year": [2019, 2020] * 3,
        "start": [2020, 2020, 2021, 2021, 0, 0],
        "y": [1.0, 2.0, 1.5, 2.5, 1.0, 3.0],
    }
    return pd.DataFrame(given | columns)


def hint_of(data: pd.DataFrame | Path, **options: object) -> str:
    with pytest.raises(ek.PanelError) as caught:
        ek.did.group_time(ek.Panel(data, **ROLES), **options)
    return str(caught.value.hint)


def test_a_file_of_semicolons_read_with_commas() -> None:
    with pytest.raises(ek.PanelError, match=r'sep=";"'):
        ek.Panel(pd.DataFrame({"id;year;start;y": ["a;2019;0;1"]}), **ROLES)


def test_words_that_keep_a_column_of_dutch_decimals_text_are_named() -> None:
    said = hint_of(table(y=["1,5", "2,5", "n.b.", "1,0", ".", "2,0"]))

    assert 'decimal=","' in said
    assert "'n.b.', '.'" in said
    assert "na_values" in said


def test_dutch_decimals_alone_need_no_word_on_other_values() -> None:
    assert "na_values" not in hint_of(table(y=["1,5", "2,5", "1,0", "1,0", "3,0", "2,0"]))


def test_a_covariate_of_words_asks_for_dummies() -> None:
    said = hint_of(table(region=["n", "n", "z", "z", "z", "z"]), covariates=["region"])

    assert "get_dummies(data, columns=['region'])" in said
    assert "empty" not in said


@pytest.mark.filterwarnings("ignore::evalkit.PanelWarning")  # -1 is before the first period
def test_another_number_for_never_treated_is_thought_of() -> None:
    whole = table(
        id=[name for name in "abc" for _ in range(4)],
        year=[2018, 2019, 2020, 2021] * 3,
        start=[start for start in (2020, 2021, -1) for _ in range(4)],
        y=[float(n % 5) for n in range(12)],
    )

    assert "have 0 in that column" in hint_of(whole)


def test_dutch_thousands_are_named_in_the_hint() -> None:
    said = hint_of(table(y=["2,5", "1.234,5", "1,0", "1,0", "3,0", "2,0"]))

    assert 'pd.read_csv(..., decimal=",", thousands=".")' in said


@pytest.mark.parametrize("word", ["n.v.t.", "-", ".", "onbekend"])
@pytest.mark.parametrize("years", [["2019", "2020"], ["2019Q1", "2020Q1"]])
def test_a_word_in_the_column_of_first_treatment_says_what_to_do(
    word: str, years: list[str]
) -> None:
    said = hint_of(table(year=years * 3, start=[years[1]] * 4 + [word] * 2))

    assert "make such cells empty, 0 or `nooit` where they mean never treated" in said
    assert f"data['start'].replace({word!r}, 0)" in said
    assert "leave out units whose start is not known" in said


def test_a_start_between_periods_names_them() -> None:
    with pytest.raises(ek.PanelError, match=r"cohort 2021 .* two periods \(2020 and 9999\)"):
        ek.Panel(table(year=[2019, 9999, 2019, 2020, 2019, 2020]), **ROLES)


def written(folder: Path, *rows: str) -> Path:
    file = folder / "gas.csv"
    file.write_text("\n".join(["id;year;start;y", *rows, ""]), encoding="utf-8")
    return file


ROWS = ("a;2019;2020;1,5", "a;2020;2020;n.b.", "b;2019;;1,5", "b;2020;;-9")


def test_words_of_ones_own_for_missing_are_told_for_a_path(tmp_path: Path) -> None:
    said = hint_of(written(tmp_path, *ROWS))

    assert "Panel(..., na_values=[…])" in said
    assert "analyses.yaml" in said


@pytest.mark.parametrize("words", ["n.b.", ["n.b."]])
def test_words_of_ones_own_mean_missing(tmp_path: Path, words: str | list[str]) -> None:
    with pytest.warns(ek.PanelWarning, match="1 row left out: the outcome is missing"):
        panel = ek.Panel(written(tmp_path, *ROWS), **ROLES, na_values=words)

    assert (panel.n_rows, panel.y.tolist()) == (3, [1.5, 1.5, -9.0])


def test_numbers_may_mean_missing_too(tmp_path: Path) -> None:
    with pytest.warns(ek.PanelWarning, match="2 rows left out"):
        panel = ek.Panel(written(tmp_path, *ROWS), **ROLES, na_values=["n.b.", -9])

    assert panel.n_rows == 2


def test_a_word_makes_nobody_never_treated(tmp_path: Path) -> None:
    rows = [row.replace(";;", ";n.b.;") for row in ROWS]

    with pytest.raises(ek.PanelError, match="cohort column 'start' holds text"):
        ek.Panel(written(tmp_path, *rows), **ROLES, na_values="n.b.")


def test_a_frame_has_a_reader_of_its_own() -> None:
    with pytest.raises(ek.PanelError, match="path of a CSV file") as caught:
        ek.Panel(table(), **ROLES, na_values=["x"])

    assert "pd.read_csv(..., na_values=[…])" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("gas.ods", "save the sheet as CSV UTF-8"),
        ("gas.xlsx", "save the sheet as CSV UTF-8"),
        ("gas.dta", 'pd.read_stata("gas.dta").to_csv("gas.csv", index=False)'),
        ("gas.zip", "convert it first"),
    ],
)
def test_a_file_of_another_kind_says_how_it_becomes_csv(
    tmp_path: Path, name: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(b"PK")

    assert hint in hint_of(tmp_path / name)


def test_a_file_of_windows_letters_says_what_pandas_takes(tmp_path: Path) -> None:
    file = tmp_path / "gas.csv"
    file.write_bytes("id;year;start;y\ncafé;2019;2020;1\n".encode("cp1252"))

    assert 'encoding="cp1252"' in hint_of(file)


def test_the_month_first_says_how_pandas_reads_it() -> None:
    assert 'format="%m/%d/%Y"' in hint_of(table(year=["01/31/2020", "02/28/2020"] * 3))


@pytest.mark.parametrize("limit", ["-1GB", "0GB", "0", "GB", 4])
def test_a_limit_of_memory_that_is_none_is_refused(limit: Any) -> None:
    with pytest.raises(ek.PanelError, match=r"the memory limit .* cannot be read"):
        DuckDB(memory_limit=limit)


def test_no_threads_are_too_few() -> None:
    with pytest.raises(ek.PanelError, match="threads=0 is too few"):
        DuckDB(threads=0)


def test_a_warning_points_at_the_line_of_who_asked() -> None:
    with pytest.warns(ek.PanelWarning) as told:
        panel = ek.Panel(table(start=[2020, 2020, 0, 0, 0, 0], y=[1, 2, 3, 4, 5, None]), **ROLES)
    with pytest.warns(ek.PanelWarning) as deeper:
        ek.did.twfe(panel)

    assert deeper.list
    assert {one.filename for one in (*told, *deeper)} == {__file__}
