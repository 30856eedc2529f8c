"""Mixes for the rules on overlap and double counting."""

from __future__ import annotations

from .conftest import YEARS, instrument, money, output

# rule, finding, mix, more of the case, what the Dutch says, its numbers
SPEAKS = [
    (
        "overlap_parts",
        "overlap_parts.p",
        {"p": instrument("ab"), "q": instrument("ac", part_of="p")},
        {},
        (
            "Onderdeel van een ander instrument (P): Q. Voor de doelen die beide dienen, telt Q "
            "niet apart mee: ‘Doel a’."
        ),
        {"parts": 1, "goals": 1},
    ),
    (
        "overlap_elsewhere",
        "overlap_elsewhere.p.q",
        {"p": instrument(output={"x": {"text": "X", "instrument": "q"}}), "q": instrument()},
        {},
        "P noemt ook ‘X’. Dat resultaat hoort bij Q",
        {"results": 1},
    ),
    (
        "overlap_money",
        "overlap_money.q",
        {
            "p": instrument(input=money(total="9 mln. euro")),
            "q": instrument(input=money(total="2 mln. euro"), part_of="p"),
        },
        {},
        "Q: het budget (2 mln. euro) zit in dat van P (9 mln. euro)",
        {"part": 2_000_000, "whole": 9_000_000},
    ),
    (
        "overlap_goals",
        "overlap_goals.a.b",
        {"p": instrument("aB", "2018–2020"), "q": instrument("aB", "2020–2021")},
        {},
        (
            "P en Q dienen dezelfde doelen, met dezelfde hoofd- en nevendoelen (‘Doel a’ als "
            "hoofddoel en ‘Doel b’ als nevendoel), en liepen in 2020 naast elkaar."
        ),
        {"instruments": 2, "years": 1},
    ),
    (
        "overlap_result",
        "overlap_result.q.output.x",
        {"p": instrument(**output(actual="9")), "q": instrument(**output(actual="2"), part_of="p")},
        {},
        "‘X’ staat zowel bij P (9) als bij het onderdeel Q (2).",
        {},
    ),
]

# rule, mix, more of the case
SILENT = [
    ("overlap_parts", {"p": instrument("a"), "q": instrument("b", part_of="p")}, {}),
    ("overlap_elsewhere", {"p": instrument(output={"x": {"text": "X", "instrument": "p"}})}, {}),
    ("overlap_money", {"p": instrument(), "q": instrument(input=money(**YEARS), part_of="p")}, {}),
    ("overlap_goals", {"p": instrument("a", "2018"), "q": instrument("a", "2019")}, {}),
    ("overlap_goals", {"p": instrument("a"), "q": instrument("A")}, {}),
    ("overlap_goals", {"p": instrument("a"), "q": instrument("a", part_of="p")}, {}),
    (
        "overlap_result",
        {"p": instrument(**output(actual="9")), "q": instrument(**output(actual="2"))},
        {},
    ),
]
