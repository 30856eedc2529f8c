"""A value with its year, as it is written in a case file."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from evalkit.model.indicator import Observation


@pytest.mark.parametrize(
    "text", ["31% in 20l8", "100 bonnen in 2O20", "5 euro (201S)", "12 in 20222", "12 in 202"]
)
def test_a_year_that_was_mistyped_is_no_unit(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a year; write a year of four digits"):
        Observation.model_validate(text)


@pytest.mark.parametrize(
    ("text", "unit", "year"),
    [
        ("31% in 2018", "procent", 2018),
        ("40 bonnen (2020)", "bonnen", 2020),
        ("3 pilots in fase 2", "pilots in fase 2", None),
        ("10 scholen (100)", "scholen (100)", None),
    ],
)
def test_other_numbers_behind_a_value_stay(text: str, unit: str, year: int | None) -> None:
    found = Observation.model_validate(text)
    assert (found.value.unit, found.year) == (unit, year)
