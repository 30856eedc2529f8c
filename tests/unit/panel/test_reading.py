"""What a panel refuses, with the rows named as the table has them, and what it leaves out."""

import numpy as np
import pandas as pd
import pytest

from evalkit.panel import Panel, PanelError, PanelWarning

ROLES = {"unit": "u", "time": "t", "outcome": "y", "cohort": "g"}


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "u": np.repeat([1, 2, 3], 2),
            "t": [2001, 2002] * 3,
            "y": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
            "g": np.repeat([2002.0, 0.0, np.nan], 2),
            "w": 1.0,
            "c": np.repeat(["x", "y", "y"], 2),
        }
    )


def refused(frame: pd.DataFrame, **roles: str) -> str:
    with pytest.raises(PanelError) as caught:
        Panel(frame, **(ROLES | roles))
    return str(caught.value)


def test_missing_rows_leave_and_are_counted_by_reason(frame: pd.DataFrame) -> None:
    frame.loc[1, "y"] = np.nan
    frame.loc[2, "w"] = np.nan
    with pytest.warns(PanelWarning) as warned:
        panel = Panel(frame, **ROLES, weights="w")
    assert [str(one) for one in panel.dropped] == [
        "1 row left out: the outcome is missing",
        "1 row left out: the column 'w' is missing",
    ]
    assert len(warned) == 2
    assert panel.y.tolist() == [1.0, 4.0, 5.0, 6.0]
    assert panel.frame.index.tolist() == [0, 3, 4, 5]


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_rows_are_named_as_the_table_has_them_also_after_some_left(frame: pd.DataFrame) -> None:
    frame.loc[0, "y"] = np.nan
    assert "row 5" in refused(frame.assign(w=[1, 1, 1, 1, 1, -1.0]), weights="w")
    assert "row 4" in refused(frame.assign(y=[np.nan, 1, 1, 1, np.inf, 1]))
    assert "row 3" in refused(frame.assign(t=[2001, 2002, 2001, 2002.5, 2001, 2002]))
    assert "row 3" in refused(frame.assign(g=[2002.0, 2002, 0, 2001, 0, 0]))
    assert "row 5" in refused(frame.assign(c=list("xxyyzx")), cluster="c")


@pytest.mark.filterwarnings("ignore::evalkit.panel.PanelWarning")
def test_the_rows_of_a_shuffled_table_are_named_as_it_has_them(frame: pd.DataFrame) -> None:
    mixed = frame.iloc[[5, 3, 1, 4, 2, 0]].assign(w=[1, 1, -1.0, 1, 1, 1])
    assert "the weights 'w' are negative in row 2" in refused(mixed, weights="w")


def test_text_in_a_column_of_numbers_is_shown(frame: pd.DataFrame) -> None:
    said = refused(frame.assign(y=["1", "2", "n/a", "4", "5", "6"]))
    assert "holds text ('n/a') in row 2" in said


def test_a_cohort_between_two_periods_is_refused(frame: pd.DataFrame) -> None:
    said = refused(frame.assign(t=[2001, 2003] * 3))
    assert (
        "the cohort 2002 in column 'g' lies between two periods (2001 and 2003), in rows 0, 1"
        in said
    )


def test_nothing_left_is_an_error(frame: pd.DataFrame) -> None:
    assert "the table has no rows" in refused(frame.iloc[:0])
    assert "every row lacks a value" in refused(frame.assign(y=np.nan))


@pytest.mark.parametrize("never", [[0.0, 0.0], [np.nan, np.nan], [0.0, np.nan], [np.inf, 0.0]])
def test_all_ways_to_write_never_are_one(frame: pd.DataFrame, never: list[float]) -> None:
    panel = Panel(frame.assign(g=[2002.0, 2002.0, *never, *never[::-1]]), **ROLES)
    assert panel.cohorts.tolist() == [2002, 0, 0]
    assert panel.cohort_sizes == {0: 2, 2002: 1}


def test_a_cohort_without_any_treated_is_read(frame: pd.DataFrame) -> None:
    assert Panel(frame.assign(g=np.nan), **ROLES).treated_cohorts == ()


@pytest.mark.parametrize("kind", ["Int64", "Float64", "int32", "float32", "category"])
def test_pandas_own_types_are_read(frame: pd.DataFrame, kind: str) -> None:
    whole = frame.assign(g=frame["g"].fillna(0))
    expected = Panel(whole, **ROLES)
    panel = Panel(whole.astype({"u": kind, "g": kind}), **ROLES)
    np.testing.assert_array_equal(panel.cohorts, expected.cohorts)
    np.testing.assert_array_equal(panel.y, expected.y)


def test_quarters_are_counted_and_each_label_is_read_once(frame: pd.DataFrame) -> None:
    quarters = frame.assign(t=["2024Q1", "2024-Q2"] * 3, g=np.repeat(["2024Q2", "", "0"], 2))
    panel = Panel(quarters, **ROLES)
    assert panel.cohorts.tolist() == [2, 0, 0]
    assert [str(label) for label in panel.clock.labels] == ["2024Q1", "2024Q2"]
    odd = quarters.assign(t=["2024Q1", "2024Q2", "2024Q1", "soon", "2024Q1", "2024Q2"])
    assert "is no period ('soon') in row 3" in refused(odd)
