"""Each rule on the mix: a mix in which it speaks, and one in which it is silent."""

from __future__ import annotations

import pytest

from evalkit.judgement.mix.rules import RULES

from . import of_coverage, of_money, of_overlap, of_progress, of_time
from .conftest import instrument, money

KINDS = (of_coverage, of_overlap, of_time, of_money, of_progress)
SPEAKS = [row for kind in KINDS for row in kind.SPEAKS]
SILENT = [row for kind in KINDS for row in kind.SILENT]


@pytest.mark.parametrize(("rule", "finding", "mix", "keys", "nl", "numbers"), SPEAKS)
def test_a_rule_speaks(find, plain, rule, finding, mix, keys, nl, numbers):
    one = find(mix, **keys)[finding]
    assert one.rule == rule
    assert nl in plain(one.text["nl"])
    assert numbers.items() <= {name: a.exact for name, a in one.numbers.items()}.items()
    assert one.text["en"].endswith(".")
    assert not set("{}") & set(one.text["en"])


@pytest.mark.parametrize(("rule", "mix", "keys"), SILENT)
def test_a_rule_is_silent(find, rule, mix, keys):
    assert [one.id for one in find(mix, **keys).findings if one.rule == rule] == []


def test_every_rule_has_both():
    names = {rule.__name__ for rule in RULES}
    assert names == {row[0] for row in SPEAKS} == {row[0] for row in SILENT}


def test_a_budget_that_serves_a_main_aim_is_not_said_to_stand_at_no_goal(find):
    two = {"p": instrument("aB", input=money(total="3 euro")), "q": instrument("a")}
    assert "nevendoelen" not in find(two)["coverage_money"].prose()
    part = {"q": instrument("A", input=money(total="2 euro"), part_of="p")}  # within the three
    assert "nevendoelen" not in find(two | part)["coverage_money"].prose()


def test_no_goals_and_no_years_are_said(find):
    two = {"p": instrument(""), "q": instrument("")}
    assert "noemt geen doelen" in find(two, theory={})["coverage_weight"].prose()
    mix = find({"p": instrument(), "q": instrument()}, period="vanaf 2018")
    assert "open begin of einde" in mix["time_running.open"].prose()


def test_what_is_uncertain_about_a_period_stands_with_the_gap(find):
    mix = find({"p": instrument("a", "t/m 2024", period_note="Begin niet vermeld.")})
    assert mix["coverage_gap.a"].prose().endswith("Daarbij is aangetekend: ‘Begin niet vermeld.’")
    assert mix["coverage_gap.a"].prose("en").endswith("The remark with it: ‘Begin niet vermeld.’")


def test_money_by_goal_keeps_what_the_case_remarks_on_a_budget(find):
    budget = {"text": "Budget", "total": "10 mln. euro", "note": "een vijfde is voor doel a"}
    mix = {
        "p": instrument("a", input={"budget": budget}),
        "q": instrument("b", input=money(total="5 mln. euro")),
    }
    told = find(mix)["coverage_money"].prose().replace("Een vijfde", "een vijfde")
    assert "Daarbij is aangetekend: ‘een vijfde is voor doel a" in told


def test_of_several_remarks_each_says_what_it_is_about(find):
    one = {"text": "Beurs", "actual": "3 mln. euro", "note": "Loopt tot 2031."}
    two = {"text": "Fonds", "actual": "4 mln. euro", "note": "Van het Rijk."}
    told = find({"p": instrument("a", output={"x": one, "y": two})})["money_apart.p.result"].prose()
    assert told.endswith(
        "Bij ‘Beurs’ is aangetekend: ‘Loopt tot 2031.’ Bij ‘Fonds’ is aangetekend: ‘Van het Rijk.’"
    )


def test_a_number_that_stays_the_same_for_years_is_told_once(find):
    mix = {"p": instrument(period="2018–2024"), "q": instrument(period="2023–2024")}
    told = find(mix, period="2018–2024")["time_running"].prose()
    assert "was één in 2018–2022, twee in 2023 en twee in 2024." in told


def test_parts_of_a_budget_agree_with_their_number(find, plain):
    whole = {"budget": {"text": "Budget", "total": "9 euro"}}
    parts = {
        name: {"text": name, "total": f"{n} euro", "part_of": "budget"}
        for n, name in enumerate(("Beheer", "Advies", "Subsidie"), start=1)
    }
    one = find({"p": instrument(input=whole | {"beheer": parts["Beheer"]})})
    assert "van het budget maakt 1 euro (‘Beheer’) deel uit" in plain(
        one["money_apart.p.inside"].prose()
    )
    all_ = find({"p": instrument(input=whole | {k.lower(): one for k, one in parts.items()})})
    told = "maken 1 euro (‘Beheer’); 2 euro (‘Advies’); en 3 euro (‘Subsidie’) deel uit"
    assert told in plain(all_["money_apart.p.inside"].prose())
