"""Mixes for the rules on money, and the budget per unit."""

from __future__ import annotations

from .conftest import YEARS, instrument, money, output

# rule, finding, mix, more of the case, what the Dutch says, its numbers
SPEAKS = [
    (
        "money_total",
        "money_total",
        {
            "p": instrument(input=money(**YEARS)),
            "q": instrument(input=money(total="30 mln. euro"), period="2022–2030"),
            "r": instrument(input=money(total="5 mln. euro"), part_of="q", period="2022–2023"),
        },
        {"period": "2020–2024"},
        (
            "Van alle drie instrumenten is een totaalbudget in euro bekend, samen 40 mln. euro "
            "over de hele looptijd: Q 30 mln. euro en P 10 mln. euro. Daarvan is 75 procent "
            "voor het instrument met het grootste budget, Q. Van het totaal valt 2 mln. euro (P) "
            "buiten de periode 2020–2024. Welk deel van het budget in de periode valt, is niet "
            "bekend voor Q."
        ),
        {"total": 40_000_000, "outside": 2_000_000},
    ),
    (
        "money_total",
        "money_total.dollar",
        {
            "p": instrument(input=money(total="3 dollar")),
            "q": instrument(input=money(total="2 euro")),
        },
        {},
        "een totaalbudget in dollar bekend: P 3 dollar, over de hele looptijd",
        {"total": 3},
    ),
    (
        "money_total",
        "money_total.left_out",
        {
            "p": instrument(input=money(total="3 euro")),
            "q": instrument(input=money(total="2 euro"), status="voorgenomen"),
        },
        {},
        "Niet meegeteld is het budget van Q: het instrument liep niet in de periode 2018–2024.",
        {"q": 2},
    ),
    (
        "money_years",
        "money_years",
        {
            "p": instrument(input=money(**YEARS)),
            "q": instrument(input=money(actual="1 mln. euro in 2020")),
        },
        {"period": "2019–2021"},
        (
            "Samen is dat 2 mln. euro in 2019 (P) en 9 mln. euro in 2020 (P en Q). Voor 2021 is "
            "van geen instrument een budget naar jaar bekend."
        ),
        {"2019": 2_000_000, "2020": 9_000_000},
    ),
    (
        "money_years",
        "money_years",
        {"p": instrument(input=money(**YEARS)), "q": instrument(input=money(**YEARS), part_of="p")},
        {"period": "2019–2020"},
        "Samen is dat 2 mln. euro in 2019 (P) en 8 mln. euro in 2020 (P).",
        {"2019": 2_000_000, "2020": 8_000_000},
    ),
    (
        "money_unknown",
        "money_unknown.rate",
        {"p": instrument(input=money(actual="~1 mln. euro per jaar"))},
        {},
        "geldt, is bekend van P (ongeveer 1 mln. euro per jaar). Een totaal is daaruit niet",
        {},
    ),
    (
        "money_unknown",
        "money_unknown.pm",
        {"p": instrument(input=money(total="PM")), "q": instrument(input=money(total="1 euro"))},
        {},
        "PM staat als budget bij P. Er is geld",
        {"instruments": 1},
    ),
    (
        "money_unknown",
        "money_unknown.none",
        {"p": instrument(), "q": instrument(input=money(total="1 euro"))},
        {},
        "Van één van de twee instrumenten is geen budget vastgelegd: P.",
        {"instruments": 1},
    ),
    (
        "money_apart",
        "money_apart.p.inside",
        {
            "p": instrument(
                input={
                    **money(total="10 euro"),
                    "beheer": {"text": "Beheer", "total": "2 euro", "part_of": "budget"},
                }
            )
        },
        {},
        "P: van het budget maakt 2 euro (‘Beheer’) deel uit.",
        {"beheer": 2},
    ),
    (
        "money_apart",
        "money_apart.p.result",
        {"p": instrument(**output(target="3 mln. euro in 2030"))},
        {},
        "van het instrument. Het gaat om 3 mln. euro als streefwaarde voor 2030 (‘X’).",
        {"x.target.2030": 3_000_000},
    ),
    (
        "money_apart",
        "money_apart.p.input",
        {
            "p": instrument(
                input={**money(), "bijdrage": {"text": "Bijdrage", "target": "12 mln. euro"}}
            )
        },
        {},
        "Het gaat om 12 mln. euro gepland (‘Bijdrage’).",
        {"bijdrage.target": 12_000_000},
    ),
    (
        "cost_average",
        "cost_average.p.output.x",
        {
            "p": instrument(
                input=money(**YEARS), **output(per_year={2019: "20 bonnen", 2020: "40 bonnen"})
            )
        },
        {},
        (
            "P: het budget over 2019 en 2020 (10 mln. euro), gedeeld door 60 bonnen uit "
            "dezelfde jaren (‘X’), komt neer op gemiddeld ongeveer 167.000 euro per bon. "
            "Per jaar was het gemiddelde het laagst in 2019 (100.000 euro) en het hoogst in "
            "2020 (200.000 euro)."
        ),
        {"budget": 10_000_000, "delivered": 60, "2019": 100_000, "2020": 200_000},
    ),
    (
        "cost_open",
        "cost_open",
        {
            "p": instrument(input=money(**YEARS), **output(actual="3 bonnen")),
            "q": instrument(**output(actual="3 bonnen")),
            "r": instrument(input=money(total="5 euro")),
            "s": instrument(),
        },
        {},
        (
            "niet berekend waar budget en aantallen niet aantoonbaar van dezelfde jaren zijn: P. "
            "Zonder budget is het ook niet te berekenen: Q en S. Bij R is wel een budget "
            "bekend, maar geen aantal activiteiten of output."
        ),
        {"unmatched": 1, "no_budget": 2, "no_counts": 1},
    ),
]

# rule, mix, more of the case
SILENT = [
    ("money_total", {}, {}),
    ("money_years", {"p": instrument()}, {}),
    ("money_unknown", {"p": instrument(input=money(total="1 euro"))}, {}),
    ("money_apart", {"p": instrument(input=money(total="1 euro"), **output(actual="9"))}, {}),
    ("cost_average", {"p": instrument(input=money(**YEARS), **output(actual="9"))}, {}),
    ("cost_open", {"p": instrument(input=money(**YEARS), **output(actual="9 in 2020"))}, {}),
    ("cost_open", {"p": instrument(**output(actual="9"))}, {}),
]
