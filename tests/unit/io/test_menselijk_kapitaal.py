"""The shipped case holds what its source, the report of SEO and Birch (2025), prints."""

from __future__ import annotations

from fractions import Fraction

import pytest

from evalkit.model import Case, Quantity
from evalkit.model.counts import counts
from evalkit.model.record import walk

MLN = 10**6
INSTRUMENTS = {
    "techniekpact": "2013–2023",
    "talent-coalition": "vóór 2023–heden",
    "mkb-idee": "2018–2021",
    "o2lab": "vóór 2022–2023",
    "hca-topsectoren": "2020–2023",
    "mkb-route": "vóór 2022–heden",
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
    ("omscholingsregeling", "output.trajecten.target", 19_000, "", None),
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
        "omscholingsregeling": one["omscholingsregeling"].output["bereik"].actual,
    }
    assert {key: value.value.qualifier for key, value in hedged.items() if value} == {
        "techniekpact": "~",
        "o2lab": "min",
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
    years, ict, technicians = zip(*shipped.tables["spanning"].rows, strict=True)
    assert years == ("Jaar", "2018", "2019", "2020", "2021", "2022", "2023", "2024")
    assert ict[1:] == ("7,4", "7,99", "5,24", "10,68", "16", "11,21", "8,5")
    assert technicians[1:] == ("2,14", "2,72", "1,69", "3,49", "5,83", "5,41", "5,03")


def test_the_years_stand_in_the_classes_of_the_scale(shipped: Case) -> None:
    _, *scale = shipped.tables["schaal"].rows
    assert [row[1] for row in scale] == [
        "0,06–0,25", "0,25–0,67", "0,67–1,50", "1,50–4,00", "4,00–16,00",
    ]  # fmt: skip
    _, *tension = shipped.tables["spanning"].rows
    for column, name in ((1, "ICT"), (2, "technicians")):
        found: dict[str, list[int]] = {}
        for row in tension:
            value = _number(row[column])
            (label,) = (
                label
                for label, span, *_ in scale
                if _number(span.split("–")[0]) < value <= _number(span.split("–")[1])
            )
            found.setdefault(label, []).append(int(row[0]))
        told = {label: f"{years[0]} tot en met {years[-1]}" for label, years in found.items()}
        assert told == {row[0]: row[column + 1] for row in scale if row[column + 1] != "–"}, name


SCENARIOS = {  # table 5.1: 2024, Markt, Autonoom, Duurzaam, Samen
    "Bevolking": "17,9 21,0 18,3 19,6 19,6",
    "Beroepsbevolking": "9,7 11,6 9,4 10,3 10,5",
    "Arbeidsparticipatie": "73 80 75 76 78",
    "Migratiesaldo": "122 84 19 51 51",
    "Groei van de arbeidsproductiviteit, gemiddeld 2025–2050": "– 1,5 0,5 1,0 0,5",
    "Groei van het bbp, gemiddeld 2025–2050": "– 2,2 0,4 1,3 0,8",
    "Bbp in 2050": "100 172 110 136 121",
    "Bbp per hoofd in 2050": "100 147 106 123 110",
    "Bruto collectieve uitgaven zonder rente": "43 40 49 51 53",
    "Collectieve lasten": "38 35 44 47 49",
    "Collectieve zorguitgaven per hoofd": "100 207 152 202 180",
    "Ongelijkheid": "– 15 10 0 -10",
}


def test_the_twelve_rows_of_the_four_scenarios(shipped: Case) -> None:
    head, *rows = shipped.tables["scenarios"].rows
    assert head[2:] == ("2024", "Markt", "Autonoom", "Duurzaam", "Samen")
    assert {row[0]: " ".join(row[2:]) for row in rows if any(row[1:])} == SCENARIOS


def test_what_is_taken_from_the_scenarios_is_the_same_there(shipped: Case) -> None:
    names = shipped.tables["scenarios"].rows[0][2:]
    table = {key: dict(zip(names, row.split(), strict=True)) for key, row in SCENARIOS.items()}
    growth = table["Groei van de arbeidsproductiviteit, gemiddeld 2025–2050"]
    drawn = {row[0]: row[1] for row in shipped.tables["groei"].rows[1:]}
    for name in names[1:]:
        assert drawn[f"{name}, 2025–2050"] == growth[name]
        told = shipped.indicators[f"productiviteit-{name.lower()}"].actual
        assert told is not None
        assert told.value.amount == _number(growth[name])
    assert (drawn["1970–2000"], drawn["2001–2023"]) == ("2,2", "0,6")
    for name, income, care in shipped.tables["zorg"].rows[1:]:
        assert income == table["Bbp per hoofd in 2050"][name]
        assert care == table["Collectieve zorguitgaven per hoofd"][name]


def test_each_scenario_has_five_goals_with_perspective_and_measure(shipped: Case) -> None:
    for name in ("autonoom", "samen", "markt", "duurzaam"):
        head, *rows = shipped.tables[name].rows
        assert head == ("Doel", "Handelingsperspectief", "Voorbeeldmaatregel")
        assert len(rows) == 5
        assert all(cell for row in rows for cell in row), name


def test_the_countries_are_compared_on_five_dimensions_with_a_lesson_each(shipped: Case) -> None:
    head, *rows = shipped.tables["landen"].rows
    assert head == ("Dimensie", "Ierland", "Denemarken", "België")
    assert [row[0] for row in rows[::2]] == [
        "Agendering", "Coördinatie", "Financiering", "Variatie in instrumenten",
        "Context en randvoorwaarden",
    ]  # fmt: skip
    assert {row[0] for row in rows[1::2]} == {"Les"}
    assert all(cell for row in rows for cell in row)


def test_the_instruments_of_the_countries(shipped: Case) -> None:
    number: dict[str, int] = {}
    country = ""
    for name, what in shipped.tables["instrumenten-landen"].rows[1:]:
        if what:
            number[country] += 1
        else:
            country = name
            number[country] = 0
    assert number == {"Ierland": 5, "Denemarken": 7, "België": 5}


ABROAD = {
    "ierland-uitgaven": {2018: 417 * MLN, 2023: 900 * MLN},
    "ierland-fonds": 1000 * MLN,
    "ierland-overschot": 1500 * MLN,
    "denemarken-groei": 134 * MLN,
    "denemarken-veiligheid": 36 * MLN,
    "belgie-herstel": 5300 * MLN,
    "belgie-herstel-tabel": 6900 * MLN,
    "belgie-digitaal": 27,
}


@pytest.mark.parametrize(("key", "expected"), ABROAD.items())
def test_amounts_abroad(shipped: Case, key: str, expected: int | dict[int, int]) -> None:
    node = shipped.indicators[key]
    if isinstance(expected, dict):
        assert {year: found.amount for year, found in node.per_year.items()} == expected
    else:
        assert node.actual is not None
        assert node.actual.value.amount == expected
    assert node.source


# Appendix A of the source: the documents consulted for each instrument.
CONSULTED = {
    "techniekpact": "seo2020techniekpact",
    "talent-coalition": "awti2017 tk2024",
    "mkb-idee": "seo2020mkbidee oplossingenboek2021 cbs2023 ezrvo2023",
    "o2lab": "dialogic2021 han2023",
    "hca-topsectoren": "topsectoren2019",
    "mkb-route": "vnoncw2021 hanze2022",
    "omscholingsregeling": "seo2022",
    "techniek-inclusief": "industriecoalitie2023",
    "ngf-pps": "katapult2021 katapult2023ambitie katapult2023aanscherping katapult2024",
    "agdb": "ez2023governance agdb2024acties mkbnl2023",
    "hca-ict": "hcaict2021",
}


def test_the_documents_of_appendix_a_stand_with_their_instruments(shipped: Case) -> None:
    for key, documents in CONSULTED.items():
        used = {
            citation.source
            for evidence in shipped.instruments[key].evidence.values()
            for citation in evidence.source
        }
        assert set(documents.split()) <= used, key
    assert len({one for row in CONSULTED.values() for one in row.split()}) == 22


def test_counts_against_the_inventory(shipped: Case) -> None:
    found = counts(shipped)
    assert found["instruments"] == len(INSTRUMENTS) == 11
    assert len(shipped.recommendations) == 7
    # Appendix A; elsewhere in the report: labour market, actors and scenarios, three countries;
    # the report itself; the literature on the steps; the monitor that chapter 1 names.
    assert found["sources"] == 22 + (21 + 5 + 8 + 7) + 1 + 1 + 1
    quantities = [loc for loc, part in walk(shipped) if type(part) is Quantity]
    # Instruments; asides; seven years of tension in two groups, and the other indicators.
    assert found["quantities"] == 99 + 2 + (2 * 7 + 28)
    per_instrument = {
        key: sum(loc[:2] == ("instruments", key) for loc in quantities) for key in INSTRUMENTS
    }
    assert per_instrument == {
        "techniekpact": 11,
        "talent-coalition": 4,
        "mkb-idee": 17,
        "o2lab": 10,
        "hca-topsectoren": 1,
        "mkb-route": 4,
        "omscholingsregeling": 17,
        "techniek-inclusief": 3,
        "ngf-pps": 24,
        "agdb": 5,
        "hca-ict": 1,
    }


def test_no_chapter_holds_only_its_title(shipped: Case) -> None:
    for name, text in shipped.chapters.items():
        said = [
            line
            for line in text.splitlines()
            if line.strip() and not line.startswith(("# ", "<!--"))
        ]
        assert len(said) > 1, name


def test_each_recommendation_rests_on_findings(shipped: Case) -> None:
    carried = [set(one.because) for one in shipped.recommendations.values()]
    assert all(carried)
    assert any("sec-lessen" in labels for labels in carried)
    assert any("sec-gemeen" in labels for labels in carried)


def _number(cell: str) -> Fraction:
    return Fraction(cell.replace(",", "."))


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


def test_an_experience_of_nobody_named_is_not_a_finding_of_researchers(shipped: Case) -> None:
    felt = {
        key: one.evidence[name]
        for key, one in shipped.instruments.items()
        for name in ("oordeel", "ervaring")
        if name in one.evidence
    }
    assert set(felt) == {"talent-coalition", "mkb-idee", "mkb-route", "ngf-pps", "o2lab"}
    for key, evidence in felt.items():
        assert "ervaren" in evidence.text or "bevallen" in evidence.text, key
        assert evidence.self_report, key


def test_fewer_vacancies_are_a_main_goal_only_where_smaller_shortages_are_the_aim(
    shipped: Case,
) -> None:
    served = {
        key: goals["vacatures"]
        for key, one in shipped.instruments.items()
        if "vacatures" in (goals := one.goals)
    }
    assert len(served) == len(INSTRUMENTS)
    main = {key for key, goal in served.items() if goal.role == "main"}
    assert main == {"omscholingsregeling", "agdb"}
    assert all("tekorten" in served[key].because for key in main)


def test_a_line_of_action_with_its_own_target_is_a_main_goal(shipped: Case) -> None:
    one = shipped.instruments["ngf-pps"]
    assert one.output["werknemers"].target is not None
    assert one.goals["omscholing"].role == "main"


def test_the_monitor_of_outcomes_is_on_record_as_a_monitor_that_was_not_read(shipped: Case) -> None:
    monitor = shipped.instruments["techniekpact"].evidence["monitor"]
    assert (monitor.design, monitor.finds) == ("monitoring", "unknown")
    assert any("niet gelezen" in limit for limit in monitor.limits)


def test_an_intention_is_no_source_of_a_mechanism(shipped: Case) -> None:
    assert not shipped.theory.links["regie -> besparing"].source
