"""Mixes for the rules on development over time."""

from __future__ import annotations

from .conftest import instrument

# rule, finding, mix, more of the case, what the Dutch says, its numbers
SPEAKS = [
    (
        "time_running",
        "time_running",
        {"p": instrument(period="2019–2020"), "q": instrument(period="t/m 2020")},
        {"period": "2018–2020"},
        (
            "Het aantal lopende instrumenten was nul of één in 2018, één of twee in 2019 en "
            "twee in 2020. Waar twee aantallen staan, is niet bekend of één "
            "instrument in dat jaar liep: Q."
        ),
        {"2020": 2},
    ),
    (
        "time_starts",
        "time_starts",
        {
            "p": instrument(period="2010–2020"),
            "q": instrument(period="2020"),
            "r": instrument(period="t/m 2020"),
            "s": instrument(status="verkenning"),
        },
        {},
        (
            "Van de vier instrumenten begon er één vóór 2018 (P, 2010) en één in de periode "
            "2018–2024 (Q, 2020). Van één is de begindatum niet bekend: R. Nog niet "
            "begonnen: S."
        ),
        {"before": 1, "within": 1, "no_start": 1, "planned": 1},
    ),
    (
        "time_stops",
        "time_stops",
        {
            "p": instrument(period="2010–2020"),
            "q": instrument(period="2020–2030"),
            "r": instrument(period="2020–heden"),
            "s": instrument(period="vanaf 2020"),
            "t": instrument(period="2020–2024", status="lopend"),
        },
        {},
        (
            "eindigde één instrument: P (2020). Met een vastgelegd einde na de periode: Q "
            "(2030). Zonder vastgelegd einde lopen door: R. Aan het eind van de periode nog "
            "lopend: T. Wanneer het instrument eindigde of zal eindigen, is niet"
        ),
        {"stopped": 1, "ends_later": 1, "runs_on": 1, "still": 1, "no_end": 1},
    ),
    (
        "time_lineage",
        "time_lineage",
        {"p": instrument(successor=["q", "SLIM"]), "q": instrument(predecessor=["p"])},
        {},
        "haakjes: P (Q en SLIM). Van deze opvolgers valt SLIM buiten deze mix.",
        {"successions": 2},
    ),
    (
        "time_lineage",
        "time_lineage.p.q",
        {
            "p": instrument(period="2018–2019", successor=["q"]),
            "q": instrument(period="2022–2023"),
        },
        {},
        "P eindigde in 2019 en de opvolger Q begon in 2022; daartussen ligt twee jaar",
        {"years": 2},
    ),
    (
        "time_orphan",
        "time_orphan",
        {"p": instrument(), "q": instrument(successor=["Iets"])},
        {},
        "eindigde één instrument waarvoor geen opvolger is vastgelegd: P.",
        {"instruments": 1},
    ),
    (
        "time_uncertain",
        "time_uncertain",
        {"p": instrument(period_note="Geschat."), "q": instrument()},
        {},
        "Bij de looptijd van één van de twee instrumenten staat een kanttekening: P.",
        {"instruments": 1, "of": 2},
    ),
]

# rule, mix, more of the case
SILENT = [
    ("time_running", {"p": instrument()}, {}),
    ("time_starts", {}, {}),
    ("time_stops", {}, {}),
    ("time_lineage", {"p": instrument()}, {}),
    ("time_orphan", {"p": instrument(period="2019–heden")}, {}),
    ("time_uncertain", {"p": instrument()}, {}),
]
