"""Cells of tables: numbers, PM, nothing, and their sums."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.model.amount import Amount, language_of_cells, total


@pytest.mark.parametrize(
    ("cell", "printed"),
    [
        ("14,4 + PM", "14,4 + PM"),
        ("4,4 ± PM", "4,4 ± PM"),
        ("2,0 – PM", "2,0 − PM"),
        ("PM", "PM"),
        ("–PM", "−PM"),
        ("-2,50", "−2,50"),
        ("− 3", "−3"),
        ("~ 1.337", "~1.337"),
        (">= 5", "≥5"),
        ("35%", "35%"),
        ("12345", "12.345"),
        ("0", "0"),
        ("", "–"),
        ("-", "–"),
        ("n.b.", "–"),
    ],
)
def test_a_cell_prints_as_a_reader_expects(cell: str, printed: str) -> None:
    assert Amount.parse(cell).prose("nl") == printed


@pytest.mark.parametrize("cell", ["x", "3 mln.", "2-3", "1.33", "PM – PM", "+", "%", "~", "1,2,3"])
def test_what_is_no_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match=r"not a number|two ways"):
        Amount.parse(cell)


def test_nothing_is_not_nought() -> None:
    nothing, nought = Amount.parse("–"), Amount.parse("0")
    assert (nothing.known, nought.known) == (False, True)
    assert total([nothing, nothing]).empty
    assert total([nothing, nought]).prose("nl") == "0"


def test_pm_is_kept_in_a_sum_with_its_sign() -> None:
    cells = {"PM": "5 + PM", "-PM": "5 − PM", "–": "5", "0": "5"}
    for cell, printed in cells.items():
        assert (Amount.parse("5") + Amount.parse(cell)).prose("nl") == printed
    both = total(map(Amount.parse, ("5", "PM", "-PM")))
    assert both.prose("nl") == "5 ± PM"


def test_a_doubtful_part_makes_a_doubtful_sum() -> None:
    assert (Amount.parse(">5") + Amount.parse("3")).prose("nl") == ">8"
    assert (Amount.parse(">5") + Amount.parse("<3")).prose("nl") == "~8"


@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=20))
def test_sums_are_exact_in_any_order(values: list[Decimal]) -> None:
    parts = [Amount(value=value) for value in values]
    assert total(parts).value == sum(values) == total(reversed(parts)).value


def test_points_are_read_as_decimals_only_when_nothing_else_fits() -> None:
    assert language_of_cells(["7.4", "1.337"], "nl") == "en"
    assert language_of_cells(["7,4", "1.337"], "nl") == "nl"
    assert language_of_cells(["1.337"], "nl") == "nl"
    assert language_of_cells(["7.4", "7,4"], "nl") == "nl"  # and then 7.4 is a fault
