"""Mixes for the rules on targets and reach."""

from __future__ import annotations

from .conftest import instrument, output

# rule, finding, mix, more of the case, what the Dutch says, its numbers
SPEAKS = [
    (
        "progress_open",
        "progress_open.apart.p",
        {"p": instrument(**output(actual="34 in 2021", target="40 in 2030", comparable=False))},
        {},
        "meten realisatie en streefwaarde volgens de gegevens niet hetzelfde",
        {"x.target": 40, "x.actual": 34},
    ),
    (
        "progress_pace",
        "progress_pace.p.output.x",
        {
            "p": instrument(
                **output(baseline="40% in 2018", actual="34% in 2021", target="10% in 2030")
            )
        },
        {},
        (
            "Dat is gemiddeld een afname van 2 procentpunt per jaar; om de streefwaarde in "
            "2030 te halen is een afname van ongeveer 2,67 procentpunt per jaar nodig."
        ),
        {"pace": -2, "covered": 20},
    ),
    (
        "progress_pace",
        "progress_pace.p.output.x",
        {"p": instrument(**output(per_year={2019: "1", 2020: "2"}, total="sum", target="5"))},
        {},
        "‘X’ (P): 3 tot en met 2020 tegenover een streefwaarde van 5.",
        {"share": 60},
    ),
    (
        "progress_pace",
        "progress_pace.p.output.x",
        {
            "p": instrument(
                **output(baseline="10 in 2018", actual="16 in 2021", target="40 in 2029")
            )
        },
        {},
        (
            "‘X’ (P): 16 in 2021 tegenover een streefwaarde van 40 in 2029. Vanaf 10 in 2018 is"
            " daarmee 20 procent van de beoogde verandering gerealiseerd. Dat is gemiddeld een "
            "toename van 2 per jaar; om de streefwaarde in 2029 te halen is een toename van 3 "
            "per jaar nodig. Met het tempo tot nu toe zou de streefwaarde niet worden gehaald."
        ),
        {"target": 40, "actual": 16, "baseline": 10, "covered": 20, "pace": 2, "needed": 3},
    ),
    (
        "progress_pace",
        "progress_pace.p.output.x",
        {"p": instrument(**output(actual="16 in 2021", target="40 in 2029"))},
        {},
        (
            "Dat is 40 procent van de streefwaarde. Om de streefwaarde in 2029 te halen is een "
            "toename van 3 per jaar nodig. Het tempo tot nu toe is niet te berekenen: een "
            "vergelijkbare nulmeting ontbreekt."
        ),
        {"share": 40, "needed": 3},
    ),
    (
        "progress_open",
        "progress_open.no_actual",
        {
            "p": instrument(
                output={
                    "x": {"text": "X", "target": "19.000"},
                    "y": {"text": "Y", "actual": "99", "headline": True},
                }
            )
        },
        {},
        (
            "Bij één streefwaarde is geen realisatie in dezelfde maat vastgelegd: 19.000 voor ‘X’ "
            "(P). Wel vastgelegd is 99 voor ‘Y’ (P), maar dat is een andere maat."
        ),
        {"p.output.x": 19_000},
    ),
    (
        "progress_open",
        "progress_open.no_year.p",
        {"p": instrument(**output(actual="4", target="5 in 2030"))},
        {},
        "P: van ‘X’ (gerealiseerd 4, streefwaarde 5 in 2030) is het jaar van de realisatie niet",
        {"x.target": 5, "x.actual": 4},
    ),
    (
        "progress_open",
        "progress_open.unlike.output.x",
        {"p": instrument(**output(actual="4 procent", target="5 scholen"))},
        {},
        "hebben verschillende eenheden en zijn niet vergeleken",
        {"target": 5, "actual": 4},
    ),
    (
        "progress_open",
        "progress_open.beyond.output.x",
        {"p": instrument(**output(per_year={2030: "4-5"}, target="6 in 2030"))},
        {},
        "Tegenover de streefwaarde van 6 in 2030 voor ‘X’ (P) staat een waarde van 4–5 in 2030.",
        {"target": 6},
    ),
    (
        "reach_targets",
        "reach_targets",
        {
            "p": instrument(**output(actual="6", target="minimaal 5")),
            "q": instrument(**output(actual="3 in 2020", target="minimaal 5 in 2020")),
            "r": instrument(**output(target="5")),
        },
        {},
        (
            "De mix heeft drie streefwaarden voor resultaten. Daarvan is er één gehaald, is er "
            "één niet gehaald en is er één waarvan het niet uit gelijksoortige cijfers is te "
            "berekenen. Een gehaalde streefwaarde is doelrealisatie"
        ),
        {"reached": 1, "missed": 1, "unclear": 1, "total": 3},
    ),
    (
        "reach_targets",
        "reach_targets",
        {"p": instrument(**output(target="5 in 2030"))},
        {"indicators": {"y": {"text": "x", "target": "5 in 2030"}}},
        (
            "De mix heeft één streefwaarde voor resultaten. Of die is gehaald of nabij is, is "
            "niet met een realisatie in dezelfde maat te berekenen. Een streefwaarde die op twee "
            "plaatsen staat, telt eenmaal."
        ),
        {"total": 1},
    ),
    (
        "reach_targets",
        "reach_targets",
        {"p": instrument()},
        {
            "indicators": {
                "y": {"text": "Y", "target": "circa 5 in 2030", "per_year": {2030: "2–4"}}
            }
        },
        (
            "Of die is gehaald of nabij is, is niet met een realisatie in dezelfde maat te "
            "berekenen. Voor ‘Y’ ligt wat voor de tijd na de onderzochte periode wordt geraamd "
            "(2–4 in 2030) in zijn geheel onder de streefwaarde (circa 5 in 2030)."
        ),
        {"total": 1},
    ),
    (
        "reach_targets",
        "reach_targets",
        {"p": instrument()},
        {},
        "Voor geen enkel resultaat van de mix is een streefwaarde vastgelegd.",
        {},
    ),
    (
        "reach_unaimed",
        "reach_unaimed",
        {
            "p": instrument(
                output={
                    "x": {"text": "X", "actual": "1", "target": "2"},
                    "y": {"text": "Y", "actual": "3"},
                    "z": {"text": "Z", "actual": "3 euro"},
                }
            )
        },
        {},
        "zijn twee aantallen of aandelen vastgelegd; bij één daarvan staat ook een streefwaarde",
        {"measured": 2, "with_target": 1},
    ),
    (
        "reach_group",
        "reach_group",
        {"p": instrument(**output(actual="3 bedrijven")), "q": instrument(**output(actual="3%"))},
        {},
        "Van één van de twee instrumenten zijn aantallen bij de output bekend (P).",
        {"with_counts": 1, "instruments": 2},
    ),
]

# rule, mix, more of the case
SILENT = [
    ("progress_pace", {"p": instrument(**output(actual="9"))}, {}),
    ("progress_open", {"p": instrument(**output(actual="9", target="9"))}, {}),
    ("reach_targets", {}, {}),
    ("reach_unaimed", {"p": instrument(**output(actual="9", target="9"))}, {}),
    ("reach_group", {}, {}),
]
