"""Mixes for the rules on coverage of the goals."""

from __future__ import annotations

from .conftest import instrument, money

# rule, finding, mix, more of the case, what the Dutch says, its numbers
SPEAKS = [
    (
        "coverage_weight",
        "coverage_weight.a",
        {"p": instrument("ab"), "q": instrument("aB"), "r": instrument("aC"), "s": instrument("a")},
        {},
        (
            "‘Doel a’ is oververtegenwoordigd: in de periode 2018–2024 dienen vier instrumenten"
            " dit doel, elk als hoofddoel. De mediaan is 1,5 per doel"
        ),
        {"instruments": 4, "main": 4, "side": 0, "weighed": 4, "median": 1.5},
    ),
    (
        "coverage_weight",
        "coverage_weight.c",
        {"p": instrument("ab"), "q": instrument("abC")},
        {},
        (
            "dient één instrument dit doel, als nevendoel. Met een nevendoel voor de helft komt"
            " dat op 0,5, tegenover een mediaan van twee per doel"
        ),
        {"weighed": 0.5, "median": 2},
    ),
    (
        "coverage_weight",
        "coverage_weight",
        {"p": instrument("abc"), "q": instrument("abc")},
        {},
        "Geen doel is over- of ondervertegenwoordigd",
        {"median": 2},
    ),
    (
        "coverage_blank",
        "coverage_blank",
        {"p": instrument("a")},
        {},
        "‘Doel b’ en ‘Doel c’ zijn witte vlekken: geen instrument dient deze doelen",
        {"blank": 2, "goals": 3},
    ),
    (
        "coverage_gap",
        "coverage_gap.a",
        {"p": instrument("a", "2020–2021"), "q": instrument("a", "2023–heden")},
        {},
        "diende in 2018, 2019 en 2022 geen instrument ‘Doel a’",
        {"years_without": 3, "years_in_doubt": 0},
    ),
    (
        "coverage_gap",
        "coverage_gap.a",
        {"p": instrument("a", "t/m 2024", period_note="Begin niet vermeld.")},
        {},
        "een instrument ‘Doel a’ diende, is niet zeker: begin of einde is niet bekend (P).",
        {"years_without": 0, "years_in_doubt": 6},
    ),
    (
        "coverage_after",
        "coverage_after",
        {"p": instrument("a"), "q": instrument("b", "2019–heden")},
        {},
        "Na 2024 is voor ‘Doel a’ geen instrument meer bekend.",
        {"goals": 1},
    ),
    (
        "coverage_trend",
        "coverage_trend",
        {"p": instrument("ab", "2018–heden"), "q": instrument("a", "2020–heden")},
        {},
        "‘Doel a’ van één naar twee en ‘Doel b’ bleef op één.",
        {"a.2018": 1, "a.2024": 2, "b.2018": 1, "b.2024": 1},
    ),
    (
        "coverage_money",
        "coverage_money",
        {
            "p": instrument("ab", input=money(total="10 mln. euro")),
            "q": instrument("a", input=money(total="5 mln. euro")),
            "r": instrument("aC", input=money(actual="2 euro per jaar")),
        },
        {},
        (
            "‘Doel a’ 15 mln. euro (bekend van twee van de drie instrumenten) en ‘Doel b’ 10 mln."
            " euro (bekend van het enige instrument). Een budget dat meer doelen dient, staat "
            "bij elk hoofddoel in zijn geheel"
        ),
        {"a.euro": 15_000_000, "b.euro": 10_000_000},
    ),
    (  # a budget that serves side aims only is named
        "coverage_money",
        "coverage_money",
        {
            "p": instrument("a", input=money(total="10 mln. euro")),
            "q": instrument("A", input=money(total="5 mln. euro")),
        },
        {},
        "een instrument dat alleen nevendoelen heeft: Q 5 mln. euro.",
        {"a.euro": 10_000_000},
    ),
    (  # a main aim of a part is one of its umbrella
        "coverage_money",
        "coverage_money",
        {
            "p": instrument("a", input=money(total="10 mln. euro")),
            "q": instrument("A"),
            "r": instrument("a", part_of="q"),
        },
        {},
        "‘Doel a’ 10 mln. euro (bekend van één van de twee instrumenten)",
        {"a.euro": 10_000_000},
    ),
    (  # a part of an umbrella with the same goal is no instrument apart
        "coverage_money",
        "coverage_money",
        {
            "p": instrument("a", input=money(total="10 mln. euro")),
            "q": instrument("a"),
            "r": instrument("a", part_of="q"),
        },
        {},
        "‘Doel a’ 10 mln. euro (bekend van één van de twee instrumenten)",
        {"a.euro": 10_000_000},
    ),
    (
        "coverage_money",
        "coverage_money",
        {
            "p": instrument("a", input=money(total="10 euro")),
            "q": instrument("b", input=money(total="10 euro")),
            "r": instrument("c", input=money(total="1 euro")),
        },
        {},
        "Naar geld ondervertegenwoordigd, met minstens de helft minder dan de mediaan: ‘Doel c’.",
        {"c.euro": 1},
    ),
    (
        "coverage_outside",
        "coverage_outside.outside",
        {"p": instrument("a"), "q": instrument("b", status="voorgenomen")},
        {},
        "Q liep niet in de periode 2018–2024",
        {"instruments": 1},
    ),
    (
        "coverage_outside",
        "coverage_outside.aimless",
        {"p": instrument("a"), "q": instrument("")},
        {},
        "Van één instrument is niet vastgelegd welk doel ermee wordt gediend: Q. Dit",
        {"instruments": 1},
    ),
]

# rule, mix, more of the case
SILENT = [
    ("coverage_weight", {"p": instrument("ab")}, {}),
    ("coverage_blank", {"p": instrument("abc")}, {}),
    ("coverage_gap", {"p": instrument("abc", "2018–2024")}, {}),
    ("coverage_gap", {"p": instrument("a", "2018–2024")}, {}),
    ("coverage_after", {"p": instrument("a", "2018–heden")}, {}),
    ("coverage_after", {"p": instrument("a", "2018–2024", status="lopend")}, {}),
    ("coverage_trend", {"p": instrument("a")}, {}),
    ("coverage_trend", {"p": instrument(""), "q": instrument("")}, {}),
    ("coverage_money", {"p": instrument("A"), "q": instrument("A")}, {}),
    ("coverage_outside", {"p": instrument("a")}, {}),
]
