"""Values in prose: what they print, and what prose may not do."""

from __future__ import annotations

import pytest

from evalkit.model.quantity import Quantity
from evalkit.report.edition import Edition
from evalkit.report.text.arithmetic import difference, share
from evalkit.report.text.values import evaluate
from evalkit.report.text.view import ProseValueError, view


def printed(expression: str, edition: Edition, lang: str = "nl") -> str:
    scope = {name: view(value, lang, name) for name, value in edition.names.items()}  # type: ignore[arg-type]
    return evaluate(expression, scope, lang)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("case.title", "Proef & co"),
        ("case.period", "2020–2024"),
        ("instruments | length | words", "één"),
        ("instruments.bon_regeling.input.budget.total", "3,5 mln. euro"),
        ("instruments.bon_regeling.budget", "3,5 mln. euro"),
        ("instruments.bon_regeling.input.budget.per_year[2021]", "1,5 mln. euro"),
        ("instruments.bon_regeling.activities.bonnen.actual", "1.337 bonnen"),
        ("instruments.bon_regeling.activities.bonnen.actual | number", "1.337"),
        ("instruments['bon-regeling'].period.start", "2021"),
        (
            (
                "share(instruments.bon_regeling.input.budget.per_year[2021], "
                "instruments.bon_regeling.input.budget.total)"
            ),
            "42,9 procent",
        ),
        (
            (
                "difference(instruments.bon_regeling.input.budget.per_year[2022], "
                "instruments.bon_regeling.input.budget.per_year[2021])"
            ),
            "0,5 mln. euro",
        ),
    ],
)
def test_a_value_prints_as_it_was_written(expression: str, text: str, edition: Edition) -> None:
    assert printed(expression, edition).replace("\N{NO-BREAK SPACE}", " ") == text


def test_percentages_differ_by_points(edition: Edition) -> None:
    high, low = Quantity.parse("36 procent"), Quantity.parse("31,5 procent")
    between = difference(high, low)
    assert between.prose("nl") == "4,5\N{NO-BREAK SPACE}procentpunt"
    assert between.prose("en") == "4.5\N{NO-BREAK SPACE}percentage points"
    # Part of a change of percentages is a share like any other.
    assert share(between, high).prose("nl") == "12,5\N{NO-BREAK SPACE}procent"
    assert difference(high, between).prose("nl") == "31,5\N{NO-BREAK SPACE}procent"


def test_numbers_follow_the_language_of_the_report(edition: Edition) -> None:
    found = printed("instruments.bon_regeling.activities.bonnen.actual | number", edition, "en")
    assert found == "1,337"


@pytest.mark.parametrize(
    ("expression", "says", "hint"),
    [
        ("case.titel", "'case' has no 'titel'", "'title'"),
        ("instrument", "no value 'instrument'", "'instruments'"),
        ("case", "'case' is not a single value", "slug"),
        ("instruments.bon_regeling.input.budget.target", "has no 'target'", "fill it in"),
        ("instruments.bon_regeling.input.budget.per_year[2019]", "has no '2019'", ""),
        ("'a' * 1000000000", "does not calculate with '*'", "share"),
        ("1 + 1", "does not calculate with '+'", "share"),
        ("''.__class__", "not allowed", ""),
        ("case.__class__.__mro__", "not allowed", ""),
        ("case._value", "not allowed", ""),
        ("case.model_dump()", "has no 'model_dump'", ""),
        ("range(10)", "no value 'range'", ""),
        ("lipsum()", "no value 'lipsum'", ""),
        ("cycler", "no value 'cycler'", ""),
        ("case.title | upper", "No filter named 'upper'", ""),
        ("case.title |", "is not a value", ""),
        (
            "share(instruments.bon_regeling.activities.bonnen.actual, case.title)",
            "not a quantity",
            "",
        ),
        (
            (
                "share(instruments.bon_regeling.activities.bonnen.actual, "
                "instruments.bon_regeling.input.budget.total)"
            ),
            "their units differ",
            "unlike",
        ),
        ("ratio(instruments.bon_regeling.budget, 0)", "cannot be divided by zero", ""),
        ("case.title" + " " * 3000, "too long", ""),
    ],
)
def test_prose_that_asks_too_much_is_told_so(
    expression: str, says: str, hint: str, edition: Edition
) -> None:
    with pytest.raises(ProseValueError) as caught:
        printed(expression, edition)
    assert says in str(caught.value)
    assert hint in caught.value.hint


def test_every_wrong_value_is_reported_at_its_line(edition: Edition) -> None:
    text = "goed {{ case.title }}\nfout {{ case.x }}\n\n{% for a in b %}\n{{ nope }}"
    edition.values.fill(text, edition.names, "chapters/a.md")
    assert [problem.line for problem in sorted(edition.values.problems)] == [2, 4, 5]


def test_a_value_is_never_read_as_markup(edition: Edition) -> None:
    filled = edition.values.fill("{{ instruments.bon_regeling.name }}", edition.names, "a.md")
    assert "<" not in filled
    assert edition.finish(filled) == "Bon &lt;regeling&gt;"
