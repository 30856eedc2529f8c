"""What a diagnostic shows: its sentence first, and no more of its table than can be read."""

import pandas as pd
import pytest

import evalkit as ek
from evalkit.checks.power_method import METHOD
from evalkit.checks.result import CheckResult


def shown(rows):
    table = pd.DataFrame({"estimate": [float(row) for row in range(rows)]})
    return CheckResult(METHOD, "passed", "It holds.", table)


@pytest.mark.parametrize(
    ("rows", "more"), [(30, ""), (31, "1 of 31 rows"), (999, "969 of 999 rows")]
)
def test_a_long_table_is_cut_and_says_so(rows, more):
    found = shown(rows)
    text, page = found.summary(), found._repr_html_()
    assert len(text.splitlines()) <= 3 + 1 + 30 + 1
    assert more in text
    assert more in page
    assert ("see tidy()" in text) == ("see tidy()" in page) == bool(more)
    assert len(found.tidy()) == rows


def test_an_empty_table_is_not_shown():
    found = shown(0)
    assert found.summary().splitlines()[-1] == "It holds."
    assert "<table" not in found._repr_html_()


def test_a_result_is_a_line_at_the_prompt_and_a_summary_in_print():
    found = ek.checks.power(1.0, relevant=3.0)
    assert repr(found) == "Power(power: passed)"
    assert str(found) == found.summary()
