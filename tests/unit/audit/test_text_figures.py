"""Reading numbers out of running text."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evalkit.audit.text.figures import figures_of

NL = [
    ("In 2018 maakten 1.337 basisscholen gebruik", [("1337", "", "", "basisscholen")]),
    ("een waarde van 26,8 mln. euro", [("26800000", "euro", "", "")]),
    ("opgeteld ~1 mln. euro per jaar", [("1000000", "euro", "about", "")]),
    (">900 mln. euro", [("900000000", "euro", "least", "")]),
    ("6+ bijeenkomsten", [("6", "", "plus", "bijeenkomsten")]),
    ("81 procent en 32%", [("81", "percent", "", ""), ("32", "percent", "", "")]),
    ("een kwart van de bedrijven", [("25", "percent", "", "")]),
    ("eén op de vijf bedrijven", [("20", "percent", "", "")]),
    ("dertien instrumenten", [("13", "", "", "instrumenten")]),
    ("vijfentwintig unieke bezoekers", [("25", "", "", "bezoekers")]),
    ("groei van 1.5%", [("1.5", "percent", "", "")]),
    ("€ 70 miljoen", [("70000000", "euro", "", "")]),
    ("een tekort van −2,25 procent", [("-2.25", "percent", "", "")]),
    ("0,5 procentpunt meer", [("0.5", "point", "", "")]),
    ("zo’n 18.000 statushouders", [("18000", "", "about", "statushouders")]),
    ("2000 euro in het jaar 2000", [("2000", "euro", "", "")]),
]
EN = [
    ("1,337 schools took part", [("1337", "", "", "schools")]),
    ("about £12.4 million a year", [("12400000", "pound", "about", "")]),
    ("two thirds of the firms", [("66.66666666666666666666666667", "percent", "", "")]),
    ("twenty-five grants", [("25", "", "", "grants")]),
    ("fewer than 40 per cent", [("40", "percent", "under", "")]),
]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [("nl", *case) for case in NL] + [("en", *case) for case in EN],
)
def test_numbers_are_read_as_people_write_them(lang, text, expected):
    read = [(f.value, f.unit, f.hedge, f.noun) for f in figures_of(text, lang)]
    assert read == [(Decimal(value), *rest) for value, *rest in expected]


@pytest.mark.parametrize(
    "text",
    [
        "in 2018, tussen 2018–2023 en in het schooljaar 2014/15",
        "op 3 februari 2023 en 24 juni jl.",
        "zie paragraaf 3.1, tabel 2.4, figuur 4 en bijlage 3",
        "artikel 3.1, lid 2 van de wet (Stb. 2016, 123)",
        "Kamerstukken II 2021/22, 29544 nr. 1115, p. 12",
        "https://example.org/2025/07/01/stuk-12 en RFC 2616.",
        "op de arbeidsmarkt.1 En zoals aangeboden2,",
        "O2LAB, WP8, het 3%-actieplan, de 24-weken-eis en 21e-eeuwse vaardigheden",
        "pijler 4, fase 2, niveau 1 en trede 3",
        "versie 1.0.2 van Studiegids 2.0",
        "om 14.30 uur",
    ],
)
def test_digits_that_count_nothing_are_no_figures(text):
    assert [figure.text for figure in figures_of(text, "nl")] == []


def test_a_range_is_one_figure_and_from_to_are_two():
    (span,) = figures_of("tussen 20-50 onderzoekers", "nl")
    assert (span.value, span.upto) == (20, 50)
    assert len(figures_of("van 35 tot 57 procent", "nl")) == 2
    (wide,) = figures_of("een afname van de vacatures met 15 procent tot 25 procent", "nl")
    assert (wide.value, wide.upto) == (15, 25)
