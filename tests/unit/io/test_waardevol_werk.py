"""The shipped case holds what its source, the reaction of 14 July 2023, says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest

from evalkit.io.case import load_case
from evalkit.model import Case, Quantity
from evalkit.model.counts import counts
from evalkit.model.instrument import Instrument
from evalkit.model.milestone import Milestone
from evalkit.model.record import walk
from evalkit.model.response import Action, Response

MLN, MLD = 10**6, 10**9

# The twenty-four measures of the inventory, each with its place in the case: an instrument, or an
# action (`response.action`) where the letter says too little of a measure to describe it.
INVENTORY = {
    "krapteaanpak 3 lijnen": "krapteaanpak",
    "arbeidsmarktpakket": "arbeidsmarktpakket",
    "arbeidsbesparende technologie": "slimmer-per-sector.technologie",
    "sectorale loopbaanpaden": "loopbaanpaden",
    "groepshulpregeling": "groepshulpregeling",
    "loopbaanpaden groen/digitaal": "loopbaanpaden-transitie",
    "statushouders plan + subsidie + startbanen": "statushouders",
    "Vaardig met vaardigheden": "vaardig-met-vaardigheden",
    "VUM": "vum",
    "jobcarving AWVN": "jobcarving",
    "SLIM": "slim",
    "Levenlanglerenkrediet": "leerrekening.levenlanglerenkrediet",
    "NGF-projecten": "leerrekening.groeifonds",
    "STAP stop 2024": "stap",
    "menukaart zorg": "slimmer-per-sector.menukaart",
    "kinderopvang–onderwijs/combinatiebanen": "kinderopvang-onderwijs",
    "[Ont]Regel de Zorg 2022–25": "ontregel-de-zorg",
    "MBO-brigade": "regeldruk.mbo-brigade",
    "werkprogramma zzp": "werkprogramma-zzp",
    "WaU": "werk-aan-uitvoering",
    "UDO": "udo",
    "Vereenvoudigingsagenda": "vereenvoudigingsagenda",
    "kinderopvangtoeslag 2027": "kinderopvangtoeslag",
    "arbeidsmarkteffecten in Miljoenennota": "arbeidsmarkteffecten",
}
# Status and period of each instrument, as far as the letter goes.
INSTRUMENTS = {
    "krapteaanpak": ("lopend", "2022–heden"),
    "arbeidsmarktpakket": ("voorgenomen", "vanaf 2023"),
    "loopbaanpaden": ("voorgenomen", "vanaf 2023"),
    "groepshulpregeling": ("voorgenomen", "onbekend"),
    "loopbaanpaden-transitie": ("verkenning", "vanaf 2023"),
    "statushouders": ("lopend", "2023–heden"),
    "vaardig-met-vaardigheden": ("lopend", "onbekend–heden"),
    "vum": ("lopend", "onbekend–heden"),
    "jobcarving": ("lopend", "onbekend–heden"),
    "slim": ("lopend", "onbekend–heden"),
    "stap": ("gestopt", "t/m 2023"),
    "kinderopvang-onderwijs": ("lopend", "2023–heden"),
    "ontregel-de-zorg": ("lopend", "2022–2025"),
    "werkprogramma-zzp": ("lopend", "2022–heden"),
    "werk-aan-uitvoering": ("lopend", "onbekend–heden"),
    "udo": ("lopend", "onbekend–heden"),
    "vereenvoudigingsagenda": ("lopend", "onbekend–heden"),
    "kinderopvangtoeslag": ("voorgenomen", "vanaf 2027"),
    "arbeidsmarkteffecten": ("voorgenomen", "vanaf 2023"),
}
# What the letter still promises, by what its milestone says and when.
PROMISED = {
    "de uitgewerkte regeling gaat naar de Tweede Kamer": "vóór 2024",
    "de handreiking over combinatiebanen verschijnt": "tweede helft 2023",
    "de minister informeert de Tweede Kamer opnieuw over de voortgang": "vierde kwartaal 2023",
    "de Miljoenennota 2024 informeert de Tweede Kamer verder": "2023",
    "voor STAP is geen geld meer beschikbaar": "vanaf 2024",
    "de looptijd van het programma eindigt": "t/m 2025",
    "het nieuwe stelsel wordt ingevoerd": "2027",
}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("waardevol-werk")


def actions(case: Case) -> Iterator[tuple[Response, Action]]:
    for response in case.responses.values():
        for action in response.actions.values():
            yield response, action


def test_every_measure_of_the_inventory_has_its_place(case: Case) -> None:
    assert len(INVENTORY) == 24
    for place in INVENTORY.values():
        response, _, action = place.partition(".")
        if action:
            assert case.responses[response].actions[action].instrument is None
        else:
            assert isinstance(case.instruments[place], Instrument)
    as_instruments = {place for place in INVENTORY.values() if "." not in place}
    assert as_instruments == set(case.instruments), "nothing beyond the inventory is an instrument"


def test_the_counts_and_how_they_differ_from_the_inventory(case: Case) -> None:
    found = counts(case)
    # 24 measures: 19 instruments and 5 that are only actions. The inventory counts about 8
    # milestones, those to come; the case has 7 of those and 10 that the letter looks back on.
    assert (found["instruments"], found["responses"], found["actions"]) == (19, 15, 44)
    assert (found["milestones"], found["sources"], found["themes"]) == (17, 37, 6)


def test_status_and_period_of_each_instrument(case: Case) -> None:
    found = {key: (one.status, str(one.period)) for key, one in case.instruments.items()}
    assert found == INSTRUMENTS


def test_what_was_promised_and_what_had_come(case: Case) -> None:
    milestones = [part for _, part in walk(case) if isinstance(part, Milestone)]
    assert Counter(one.status for one in milestones) == {"reached": 10, "planned": 7}
    planned = {one.text: str(one.when) for one in milestones if one.status == "planned"}
    assert planned == PROMISED
    last = max(one.when.end.last for one in milestones if one.status == "reached" and one.when.end)
    assert last == (2023, 7, 11), "nothing was reached after the date of the letter"


def test_the_four_amounts(case: Case) -> None:
    budget = case.instruments["groepshulpregeling"].budget
    assert budget is not None
    assert (budget.amount, budget.unit) == (Fraction(6 * MLN), "euro")
    assert case.responses["leren-op-het-werk"].actions["groepshulp"].budget == budget
    expected: dict[str, tuple[Fraction | None, str, str]] = {
        "leermiddelen": (Fraction(700 * MLN), "euro", ""),
        "privaat": (Fraction(3_600 * MLN), "euro", "circa"),
        "defensie": (Fraction(5 * MLD), "euro", ""),
        "defensie-groei": (Fraction(40), "procent", "circa"),
        "informeel": (Fraction(94), "procent", ""),
        "formeel": (Fraction(6), "procent", ""),
    }
    found: dict[str, tuple[Fraction | None, str, str]] = {}
    for key, indicator in case.indicators.items():
        assert indicator.actual is not None
        value = indicator.actual.value
        found[key] = (value.amount, value.unit, value.qualifier or "")
    assert found == expected


def test_no_measure_has_a_target_but_money(case: Case) -> None:
    for key, instrument in case.instruments.items():
        for loc, part in walk(instrument):
            if isinstance(part, Quantity) and loc[0] not in ("input", "activities"):
                pytest.fail(f"{key}: {loc} holds a number that the letter does not have")


def test_stance_and_status_at_the_date_of_the_letter(case: Case) -> None:
    stances = Counter(one.stance for one in case.responses.values())
    assert stances == {"adopted": 10, "partly adopted": 1, "under study": 3, "no answer": 1}
    statuses = Counter(action.status for _, action in actions(case))
    assert statuses == {"under way": 27, "announced": 11, "done": 5, "stopped": 1}
    assert {str(action.checked) for _, action in actions(case)} == {"14 juli 2023"}


def test_every_recommendation_answer_and_action_has_its_place(case: Case) -> None:
    for response in case.responses.values():
        assert response.by
        assert response.source
    assert all(action.source for _, action in actions(case))


def test_two_of_the_announced_actions_have_a_moment_to_come(case: Case) -> None:
    dated = {
        action.text
        for _, action in actions(case)
        if action.status == "announced" and action.instrument is not None
        if any(
            one.status == "planned"
            for one in case.instruments[action.instrument].milestones.values()
        )
    }
    assert dated == {
        "Tijdelijke regeling voor de groepshulp",
        "Werken aan goed werkgeverschap en regionale samenwerking",
    }


def test_the_table_of_answers_is_that_of_the_model(case: Case) -> None:
    words = {
        "adopted": "overgenomen",
        "partly adopted": "deels overgenomen",
        "under study": "in onderzoek",
        "no answer": "geen antwoord",
    }
    rows = case.tables["reacties"].rows[1:]
    assert rows[-1] == ("Totaal", "", "44", "11")
    found = [
        (
            words[one.stance],
            str(len(one.actions)),
            str(sum(action.status == "announced" for action in one.actions.values())),
        )
        for one in case.responses.values()
    ]
    assert [row[1:] for row in rows[:-1]] == found


def test_the_figure_counts_every_action_once(case: Case) -> None:
    rows = case.tables["telling"].rows[1:]
    totals = tuple(sum(int(row[at]) for row in rows) for at in range(1, 5))
    statuses = Counter(action.status for _, action in actions(case))
    told = tuple(statuses[key] for key in ("announced", "under way", "done", "stopped"))
    assert totals == told


def test_plans_of_evaluation_are_proposals(case: Case) -> None:
    # The letter says nothing of evaluation; a plan without a source is printed as proposed.
    plans = {key: one.evaluability for key, one in case.instruments.items() if one.evaluability}
    assert len(plans) == 5
    for key, plan in plans.items():
        assert not plan.source, key
        assert plan.by == "een onafhankelijk bureau", key


def test_who_is_named_as_responsible(case: Case) -> None:
    named = [one.ministries for one in case.instruments.values() if one.ministries]
    assert len(named) == 8
    assert all("SZW" in one for one in named)


def test_shared_instruments_have_their_identity(case: Case) -> None:
    found = {getattr(part, "identity", None) for _, part in walk(case)} - {None}
    assert found == {"slim", "stap", "leerrekening", "startbanen", "kinderopvang", "groeifonds"}
