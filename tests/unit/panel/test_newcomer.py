"""What who brings a file of their own is told."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import evalkit as ek

ROLES: dict[str, Any] = {"unit": "id", "time": "year", "outcome": "y", "cohort": "start"}


def table(**columns: list[object]) -> pd.DataFrame:
    given: dict[str, Any] = {
        "id": ["a", "a", "b", "b", "c", "c"],
        "year": [2019, 2020] * 3,
        "start": [2020, 2020, 2021, 2021, 0, 0],
        "y": [1.0, 2.0, 1.5, 2.5, 1.0, 3.0],
    }
    return pd.DataFrame(given | columns)


def hint_of(data: pd.DataFrame, **options: object) -> str:
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
