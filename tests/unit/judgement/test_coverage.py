"""Which goals get much, little or nothing."""

from __future__ import annotations

import pytest

from evalkit.judgement.coverage import coverage, runs_after, runs_within
from evalkit.model import Instrument, Period

GOALS = {"goals": {key: {"name": f"Doel {key}"} for key in "abcd"}}


def instrument(goals="", period="2019–2022", **keys):
    served = {g.lower(): {"role": "main" if g.islower() else "side"} for g in goals}
    return {"name": "I", "type": "subsidie", "period": period, "goals": served, **keys}


def spread(make_case, *goals, **keys):
    return coverage(
        make_case({f"i{n}": instrument(g) for n, g in enumerate(goals)}, theory=GOALS, **keys)
    )


def test_over_under_and_blank(make_case):
    found = spread(make_case, "ab", "ab", "a", "a", "bc")
    assert [row.count for row in found.rows] == [4, 3, 1, 0]
    assert (found.middle, found.over, found.under, found.blank) == ("2", ("a", "b"), ("c",), ("d",))
    assert (
        "Oververtegenwoordigd: ‘Doel a’ (vier als hoofddoel, geen als nevendoel)"
        in (found.finding["nl"])
    )
    assert "Blank spots, goals that no instrument serves: ‘Doel d’." in found.finding["en"]


def test_equal_counts_are_neither_over_nor_under(make_case):
    found = spread(make_case, "abcd", "abcd")
    assert (found.over, found.under, found.blank) == ((), (), ())
    assert "Geen doel wijkt" in found.finding["nl"]


def test_a_side_aim_counts_for_half(make_case):
    found = spread(make_case, "aB", "aB", "cd", "cd")
    assert [row.weighed for row in found.rows] == ["2", "1", "2", "2"]
    assert found.under == ("b",)


def test_order_of_the_instruments_does_not_change_the_finding(make_case):
    goals = ["ab", "ab", "a", "a", "bc"]
    assert spread(make_case, *goals).finding == spread(make_case, *reversed(goals)).finding


def test_an_umbrella_counts_once_for_a_goal_that_it_serves_itself(make_case):
    case = make_case(
        {"paraplu": instrument("a"), "deel": instrument("ab", part_of="paraplu")}, theory=GOALS
    )
    a, b, *_ = coverage(case).rows
    assert (a.count, a.nested, b.count, b.nested) == (1, ("deel",), 1, ())
    assert "Niet apart geteld" in coverage(case).finding["nl"]


def test_a_part_counts_when_its_umbrella_had_ended(make_case):
    case = make_case(
        {
            "paraplu": instrument("a", "2010–2012"),
            "deel": instrument("a", part_of="paraplu"),
        },
        theory=GOALS,
    )
    assert coverage(case).rows[0].count == 1


def test_goals_that_lose_their_last_instrument(make_case):
    case = make_case({"kort": instrument("a"), "lang": instrument("b", "2019–heden")}, theory=GOALS)
    a, b, *_ = coverage(case).rows
    assert (a.count_after, b.count_after, b.continuing) == (0, 1, ("lang",))
    assert "loopt geen instrument meer door voor ‘Doel a’" in coverage(case).finding["nl"]


@pytest.mark.parametrize(
    ("period", "status", "within", "after"),
    [
        ("2010–2017", None, False, False),
        ("2010–2018", None, True, False),
        ("tot 2018", None, False, False),
        ("2025–2026", None, False, True),
        ("2024–heden", None, True, True),
        ("vanaf 2020", "gestopt", True, False),
        ("2019–2030", "voorgenomen", False, True),
        ("2019–2024", "lopend", True, True),
        ("2019–2023", "lopend", True, False),
        ("voor 2017–2023", None, True, False),
    ],
)
def test_when_an_instrument_runs(period, status, within, after):
    found = Instrument.model_validate(instrument(period=period, status=status))
    review = Period.parse("2018–2024")
    assert (runs_within(found, review), runs_after(found, review)) == (within, after)


def test_without_goals_or_service(make_case):
    assert coverage(make_case()).finding["nl"] == "De beleidstheorie noemt geen doelen."
    assert "Geen enkel instrument" in spread(make_case, "").finding["nl"]
    assert spread(make_case, "").blank == ("a", "b", "c", "d")
