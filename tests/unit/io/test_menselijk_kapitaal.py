"""The shipped case holds what its source, the report of SEO and Birch (2025), prints."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evalkit.model import Case, Quantity
from evalkit.model.record import walk

MLN = 10**6
INSTRUMENTS = {
    "techniekpact": "2013–2023",
    "talent-coalition": "vanaf 2022",
    "mkb-idee": "2018–2021",
    "o2lab": "t/m 2023",
    "hca-topsectoren": "2020–2023",
    "mkb-route": "vanaf 2021",
    "omscholingsregeling": "september 2021 – 2022",
    "techniek-inclusief": "2023–heden",
    "ngf-pps": "2023–2030",
    "agdb": "3 februari 2023 – heden",
    "hca-ict": "2021–heden",
}
# instrument, stage.node.field, amount, unit, year
FIGURES = [
    ("techniekpact", "input.budget.actual", 1 * MLN, "euro", None),
    ("techniekpact", "output.scholen.baseline", 35, "procent", 2013),
    ("techniekpact", "output.scholen.per_year.2016", 57, "procent", 2016),
    ("techniekpact", "output.scholen.actual", 100, "procent", 2020),
    ("techniekpact", "output.ondersteunde-scholen.actual", 1337, "basisscholen", 2018),
    ("techniekpact", "output.techniekcoaches.actual", 65, "techniekcoaches", 2018),
    ("techniekpact", "output.pabo.baseline", Fraction(1, 3), "", 2013),
    ("techniekpact", "output.pabo.actual", Fraction(2, 3), "", 2017),
    ("talent-coalition", "input.leden.actual", 13, "leden", None),
    ("talent-coalition", "output.bezoekers.actual", 669_000, "unieke bezoekers", None),
    ("talent-coalition", "output.jobportal.actual", Fraction("2.5") * MLN, "raadplegingen", None),
    ("talent-coalition", "output.app.actual", 3295, "gebruikers", None),
    ("mkb-idee", "input.budget.per_year.2018", 2 * MLN, "euro", 2018),
    ("mkb-idee", "input.budget.per_year.2019", Fraction("7.8") * MLN, "euro", 2019),
    ("mkb-idee", "input.budget.per_year.2020", 10 * MLN, "euro", 2020),
    ("mkb-idee", "input.budget.per_year.2021", 7 * MLN, "euro", 2021),
    ("mkb-idee", "input.budget.total", Fraction("26.8") * MLN, "euro", None),
    ("mkb-idee", "activities.projecten.per_year.2018", 14, "projecten", 2018),
    ("mkb-idee", "activities.projecten.per_year.2019", 47, "projecten", 2019),
    ("mkb-idee", "activities.projecten.per_year.2020", 63, "projecten", 2020),
    ("mkb-idee", "activities.projecten.per_year.2021", 45, "projecten", 2021),
    ("mkb-idee", "activities.projecten.total", 169, "projecten", None),
    ("mkb-idee", "output.aandacht.actual", 81, "procent", None),
    ("mkb-idee", "output.aanbod.actual", 53, "procent", None),
    ("mkb-idee", "output.tijd.actual", 64, "procent", None),
    ("mkb-idee", "output.samenwerking.actual", 32, "procent", None),
    ("mkb-idee", "intermediate.afgewezen.actual", Fraction(1, 4), "", None),
    ("mkb-idee", "outcome.niet-begonnen.actual", 70, "procent", None),
    ("o2lab", "input.budget.actual", 2 * MLN, "euro", None),
    ("o2lab", "input.team.actual", 4, "medewerkers", None),
    ("o2lab", "output.meetings.actual", 6, "bijeenkomsten", None),
    ("o2lab", "output.meeting-deelnemers.actual", 20, "deelnemers", None),
    ("o2lab", "output.community-leden.actual", 76, "leden", None),
    ("o2lab", "output.webinar.actual", 100, "deelnemers", None),
    ("o2lab", "output.projecten.actual", 7, "projecten", None),
    ("o2lab", "output.aantal-hubs.baseline", 3, "hubs", None),
    ("o2lab", "output.aantal-hubs.actual", 5, "hubs", None),
    ("mkb-route", "output.routes.baseline", 7, "routes", None),
    ("mkb-route", "output.routes.actual", 24, "routes", None),
    ("omscholingsregeling", "input.budget.per_year.2021", Fraction("34.6") * MLN, "euro", 2021),
    ("omscholingsregeling", "input.budget.per_year.2022", 40 * MLN, "euro", 2022),
    ("omscholingsregeling", "input.subsidie.actual", 3750, "euro", None),
    ("omscholingsregeling", "input.investering.actual", 7500, "euro", None),
    ("omscholingsregeling", "input.vergoeding.actual", 50, "procent", None),
    ("omscholingsregeling", "input.ruimte.per_year.2021", 9000, "", 2021),
    ("omscholingsregeling", "input.ruimte.per_year.2022", 10_000, "", 2022),
    ("omscholingsregeling", "output.beoogd.target", 19_000, "", None),
    ("omscholingsregeling", "output.aanvragen.actual", 142, "", None),
    ("omscholingsregeling", "output.toegekend.actual", 99, "", None),
    ("omscholingsregeling", "output.bedrijven.actual", 58, "", None),
    ("omscholingsregeling", "output.bedrijven-techniek.actual", 28, "", None),
    ("omscholingsregeling", "output.bedrijven-ict.actual", 30, "", None),
    ("omscholingsregeling", "output.aandeel-ict.actual", 60, "procent", None),
    ("techniek-inclusief", "activities.themasessies.actual", 6, "", None),
    ("techniek-inclusief", "output.deelnemers.actual", 20, "", None),
    ("techniek-inclusief", "output.bedrijven.actual", 11, "", None),
    ("ngf-pps", "input.budget.total", 210 * MLN, "euro", None),
    ("ngf-pps", "input.beheer.total", 30 * MLN, "euro", None),
    ("ngf-pps", "input.pps-en.target", 15, "", None),
    ("ngf-pps", "input.bijdrage.target", 12 * MLN, "euro", None),
    ("ngf-pps", "input.besteed.actual", 20 * MLN, "euro", 2023),
    ("ngf-pps", "input.besteed-aandeel.actual", 38, "procent", None),
    ("ngf-pps", "output.bedrijven.actual", 440, "", None),
    ("ngf-pps", "output.studenten.actual", 550, "", None),
    ("ngf-pps", "output.werknemers.actual", 1600, "", None),
    ("ngf-pps", "output.producten.actual", 361, "", None),
    ("agdb", "output.techkwadraat.actual", 352 * MLN, "euro", None),
    ("agdb", "output.voorstellen.actual", 57, "", None),
    ("agdb", "output.microchip.actual", 450 * MLN, "euro", None),
    ("agdb", "output.slim.actual", 73 * MLN, "euro", None),
    ("agdb", "output.ontwikkelpaden.actual", 7, "", 2025),
    ("hca-ict", "outcome.icters.target", 1 * MLN, "", 2030),
]


def test_the_eleven_instruments_and_their_periods(shipped: Case) -> None:
    assert {key: str(one.period) for key, one in shipped.instruments.items()} == INSTRUMENTS


@pytest.mark.parametrize(("instrument", "place", "amount", "unit", "year"), FIGURES)
def test_figure(shipped: Case, instrument: str, place: str, amount, unit: str, year) -> None:
    stage, key, field, *in_year = place.split(".")
    node = getattr(shipped.instruments[instrument], stage)[key]
    if in_year:
        found, at = node.per_year[int(in_year[0])], int(in_year[0])
    else:
        value = getattr(node, field)
        found, at = (value, None) if isinstance(value, Quantity) else (value.value, value.year)
    assert (found.amount, found.unit, at) == (amount, unit, year)
    assert node.source, "every figure has a source"


def test_what_the_source_hedges_stays_hedged(shipped: Case) -> None:
    one = shipped.instruments
    hedged = {
        "techniekpact": one["techniekpact"].input["budget"].actual,
        "o2lab": one["o2lab"].output["meetings"].actual,
        "omscholingsregeling": one["omscholingsregeling"].intermediate["bereik"].actual,
    }
    assert {key: value.value.qualifier for key, value in hedged.items() if value} == {
        "techniekpact": "~",
        "o2lab": "+",
        "omscholingsregeling": "<",
    }
    meeting = one["o2lab"].output["meeting-deelnemers"].actual
    assert meeting is not None
    assert meeting.value.upper == 50


def test_the_shares_of_the_growth_fund(shipped: Case) -> None:
    node = shipped.instruments["ngf-pps"].input["financiering"]
    assert [line.share.amount for line in node.lines if line.share] == [22, 20, 16, 42]
    private = shipped.instruments["ngf-pps"].input["privaat"]
    assert [(line.share.amount, line.form) for line in private.lines if line.share] == [
        (10, "cash"),
        (90, "in kind"),
    ]


def test_the_five_ambitions_and_the_tension_on_the_labour_market(shipped: Case) -> None:
    assert [goal.name for goal in shipped.theory.goals.values()] == [
        "Hogere deelname bètatechnisch onderwijs",
        "Hogere deelname omscholingsprogramma's",
        "Minder openstaande vacatures technisch geschoold personeel in ICT en techniek",
        "Behoud van talent in ICT en techniek",
        "Lagere drempel aantrekken (internationaal) talent",
    ]
    rows = {row[0]: row[1:] for row in shipped.tables["spanning"].rows}
    assert rows["ICT-beroepen"] == ("7,4", "7,99", "5,24", "10,68", "16", "11,21", "8,5")
    assert rows["Technische beroepen"] == ("2,14", "2,72", "1,69", "3,49", "5,83", "5,41", "5,03")


def test_every_number_has_a_source(shipped: Case) -> None:
    for loc, node in walk(shipped):
        for observation in getattr(node, "observations", {}).values():
            assert observation.source or node.source, loc  # type: ignore[attr-defined]
        if getattr(node, "per_year", None) or getattr(node, "total", None):
            assert node.source, loc  # type: ignore[attr-defined]


def test_every_instrument_names_its_lineage(shipped: Case) -> None:
    one = shipped.instruments
    assert "SLIM-regeling" in one["mkb-idee"].successor
    assert "agdb" in one["techniekpact"].successor
    assert one["hca-ict"].part_of == "agdb"
