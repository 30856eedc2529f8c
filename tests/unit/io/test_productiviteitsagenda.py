"""The shipped case holds what its source prints: the letter Productiviteitsagenda of 2025."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest

from evalkit import load_case
from evalkit.evaluation import evaluate
from evalkit.model import Case, Milestone, Quantity
from evalkit.model.chain import ChainNode
from evalkit.model.counts import counts
from evalkit.model.record import walk
from evalkit.model.stage import Stage

MLN = 10**6
FISCAL = "medewerkersparticipatie"
# Of each theme: its measures. The letter numbers 21; the four sectors of A stand in boxes.
MEASURES = {
    "digitalisering": 4 + 4,
    "markt": 4,
    "financiering": 6,
    "onderwijs": 4,
    "arbeidsmarkt": 3,
    "raad": 1,
}
# instrument, stage.node.field, amount, unit, hedge, year
FIGURES = [
    ("rd-uitgaven", "activities.acties.total", 9, "", "", None),
    ("rd-uitgaven", "activities.mobiliseren.total", 3000 * MLN, "euro", "", None),
    ("rd-uitgaven", "outcome.aandeel.baseline", Fraction("2.2"), "procent", "", 2025),
    ("rd-uitgaven", "outcome.aandeel.target", 3, "procent", "", 2030),
    ("rd-uitgaven", "outcome.aandeel.no_policy", 2, "procent", "", 2030),
    ("ai-fabriek", "input.budget.total", 70 * MLN, "euro", "", None),
    ("ai-fabriek", "input.euro-hpc.total", 70 * MLN, "euro", "", None),
    ("ai-fabriek", "input.regio.total", 60 * MLN, "euro", "max", None),
    ("edih", "activities.hubs.total", 5, "", "", None),
    ("edih", "intermediate.mkb-digitaal.target", 75, "procent", "min", 2030),
    ("landbouw", "input.robotisering.per_year.2026", 4 * MLN, "euro", "", 2026),
    ("landbouw", "input.digitalisering.per_year.2026", 1 * MLN, "euro", "", 2026),
    ("landbouw", "input.budget.per_year.2030", 20 * MLN, "euro", "", 2030),
    ("zorg", "intermediate.administratietijd.target", 50, "procent", "", 2030),
    ("overheid", "activities.prioriteiten.total", 6, "", "", None),
    ("etikettering", "activities.medestanders.total", 12, "", "", None),
    ("regeldruk", "output.regels.target", 500, "regels", "", None),
    (FISCAL, "activities.tarief.baseline", Fraction("49.5"), "procent", "", None),
    (FISCAL, "activities.tarief.target", Fraction("32.175"), "procent", "max", 2027),
    ("basisvaardigheden", "outcome.fundamenteel.target", 100, "procent", "", 2028),
    ("lob", "input.aanvullend.total", 32 * MLN, "euro", "", None),
    ("lob", "input.orientatie.total", 14 * MLN, "euro", "", None),
    ("digitale-professionals", "outcome.geschoolden.target", 1 * MLN, "", "", 2030),
    ("loondoorbetaling", "activities.loonsanctie.total", 52, "weken", "max", None),
    ("matching", "input.budget.total", Fraction(600_000), "euro", "", None),
    ("matching", "output.werkcentra.target", 1, "Werkcentrum", "", 2026),
]  # fmt: skip
# As the footnotes of the letter write them; 26 and 27 are the same.
KAMERSTUKKEN = {
    ("33 009", "165"), ("26 643", "1354"), ("26 643", "1309"), ("32 140", "256"),
    ("32 637", "646"), ("36 410", "XIII-100"), ("32 637", "580"), ("21 501-30", "642"),
    ("32 637", "702"), ("36 410", "63"), ("21 501-07", "2099"), ("22 112", "4043"),
    ("30 012", "147"), ("31 293", "827"), ("21 293", "670"), ("36 600-VIII", "171"),
    ("29 544", "1173"), ("26 448", "846"), ("31 311", "281"), ("29 861", "142"),
}  # fmt: skip


@pytest.fixture(scope="module")
def agenda() -> Case:
    return load_case("productiviteitsagenda")


def _results(case: Case) -> Iterator[tuple[str, ChainNode]]:
    stages = (Stage.OUTPUT, Stage.INTERMEDIATE, Stage.OUTCOME)
    for key, one in case.instruments.items():
        yield from ((key, node) for stage in stages for node in one.at(stage).values())


def test_counts_beside_the_inventory(agenda: Case) -> None:
    found = counts(agenda)
    # The inventory counts 26 measures: 21 numbered, the council, and four sectors in boxes.
    assert found["instruments"] == 26
    # Five lettered themes; the council has a chapter of its own, and so a theme.
    assert found["themes"] == 6
    # The inventory names about twenty milestones: those of its rows. Here each promise with a
    # moment counts, with what was reached before the letter (7), what ends money (4) and what
    # has no date (2).
    assert found["milestones"] == 37
    # The inventory names about fourteen targets and budgets. Here the other numbers of the letter
    # count too: tariffs, counts of activities, and those that show a problem.
    assert found["quantities"] == 40
    # 47 footnotes are not 47 sources: some are remarks, one is a placeholder, some share a source;
    # the letter itself, charts and an appendix come on top.
    assert found["sources"] == 47
    # It takes no stock of commitments, investments or answers to others.
    assert [found[kind] for kind in ("commitments", "responses", "actions")] == [0, 0, 0]


def test_measures_by_theme_in_the_order_of_the_letter(agenda: Case) -> None:
    themes = [one.theme for one in agenda.instruments.values()]
    assert Counter(themes) == MEASURES
    assert list(dict.fromkeys(themes)) == list(agenda.themes)


@pytest.mark.parametrize(("instrument", "place", "amount", "unit", "hedge", "year"), FIGURES)
def test_figure(
    agenda: Case,
    instrument: str,
    place: str,
    amount: int | Fraction,
    unit: str,
    hedge: str,
    year: int | None,
) -> None:
    stage, key, field, *in_year = place.split(".")
    node = getattr(agenda.instruments[instrument], stage)[key]
    value = node.per_year[int(in_year[0])] if in_year else getattr(node, field)
    found = value if isinstance(value, Quantity) else value.value
    at = int(in_year[0]) if in_year else getattr(value, "year", None)
    assert (found.amount, found.unit, found.qualifier, at) == (amount, unit, hedge, year)
    assert node.source, "every figure has a source"


def test_sums_that_the_letter_does_not_print_say_so(agenda: Case) -> None:
    farms, choice = agenda.instruments["landbouw"].input, agenda.instruments["lob"].input
    first = farms["budget"].per_year[2026].amount
    parts = [farms[key].per_year[2026].amount for key in ("robotisering", "digitalisering")]
    assert first == sum(part or 0 for part in parts)
    assert "de som van" in farms["budget"].note
    total = choice["budget"].total
    halves = [choice[key].total for key in ("aanvullend", "orientatie")]
    assert total is not None
    assert total.amount == sum(half.amount or 0 for half in halves if half)
    assert "de som van" in choice["budget"].note


def test_only_one_result_has_a_baseline(agenda: Case) -> None:
    aimed = [(key, node) for key, node in _results(agenda) if node.target is not None]
    assert len(aimed) == 8
    assert [key for key, node in aimed if node.baseline is not None] == ["rd-uitgaven"]
    assert [key for key, node in aimed if node.no_policy is not None] == ["rd-uitgaven"]


def test_the_table_of_targets_repeats_what_the_measures_hold(agenda: Case) -> None:
    rows = agenda.tables["doelen"].rows[1:]
    aimed = {agenda.instruments[key].label: node for key, node in _results(agenda) if node.target}
    assert {row[0] for row in rows} == set(aimed)
    told = {"gehalveerd": "50", "alle": "100"}
    for name, _, start, target, year, *_ in rows:
        node = aimed[name]
        assert node.target is not None
        number = "".join(re.findall(r"\d+", told.get(target, target)))
        assert number == str(node.target.value.value), name
        assert (start == "2,2%") == (node.baseline is not None)
        if node.target.year is None:
            assert year == "niet vermeld"
        else:
            assert str(node.target.year) in year


def test_a_ministry_only_where_the_letter_names_one(agenda: Case) -> None:
    named = {
        key: one.ministries
        for key, one in agenda.instruments.items()
        if one.ministries not in ((), ("kabinet",))
    }
    assert named == {
        "ai-fabriek": ("EZ",),
        "beleidsexperimenten": ("EZ",),
        "non-bancair": ("EZ",),
        "lob": ("OCW",),
        "digitale-professionals": ("EZ", "KGG", "SZW", "OCW"),
        "loondoorbetaling": ("SZW",),
        "productiviteitsraad": ("EZ",),
    }


def test_what_the_summary_counts_is_so(agenda: Case) -> None:
    text = agenda.chapters["00-samenvatting"]
    status = Counter(one.status for one in agenda.instruments.values())
    assert status == {"lopend": 10, "voorgenomen": 6, "verkenning": 8, "besluit nodig": 2}
    assert "lopen er tien. Zes zijn voorgenomen, acht worden verkend en over twee" in text
    cover = Counter(one.cover for one in agenda.instruments.values())
    assert cover == {"reserved": 4, "awaiting approval": 2, "none": 4, "unknown": 16}
    assert "Bij vier maatregelen is geld gereserveerd. Bij twee" in text
    assert (
        "bij vier is er geen of niet langer geld, of wacht het op een besluit, en bij zestien"
        in text
    )
    made = [part for _, part in walk(agenda) if isinstance(part, Milestone)]
    assert Counter(one.status for one in made) == {"planned": 30, "reached": 7}
    assert "37 mijlpalen. Zeven daarvan" in text
    undated = [one for one in made if one.when.start is None and one.when.end is None]
    assert len(undated) == 2
    assert all(one.source for one in made)


def test_the_kamerstukken_are_those_of_the_footnotes(agenda: Case) -> None:
    found = [one for one in agenda.sources.values() if one.kind == "kamerstuk" and one.dossier]
    assert {(one.dossier, one.number) for one in found} == KAMERSTUKKEN
    assert len(found) == len(KAMERSTUKKEN)


def test_each_measure_can_be_evaluated_later_without_made_up_numbers(agenda: Case) -> None:
    for key, one in agenda.instruments.items():
        assert one.evaluability is not None, key
        assert one.evaluability.data, key
        # The letter prints no number of units and no spread, so no smallest effect can be told.
        assert one.evaluability.sampling is None, key


def test_what_the_chapter_says_of_later_evidence_is_so(agenda: Case) -> None:
    text = agenda.chapters["10-evalueerbaarheid"]
    found = evaluate(agenda).evaluability
    assert Counter(one.carries for one in found.values()) == {4: 10, 3: 14, 1: 2}
    assert "Bij tien maatregelen kan het bewijs trede 4 bereiken en bij veertien trede 3" in text
    assert "bij tien van de 26 maatregelen de hoogste trede" in text
    assert found["productiviteitsraad"].carries == 1
    assert sum(one["baseline"].state == "lacking" for one in found.values()) == 16
    assert "Bij zestien maatregelen ontbreekt" in text
    complete = {"there", "not needed"}
    assert {
        key for key, one in found.items() if {part.state for part in one.parts} <= complete
    } == {
        "rd-uitgaven",
        FISCAL,
        "lob",
        "matching",
    }


def test_nothing_is_known_of_effects_yet(agenda: Case) -> None:
    found = {piece.finds for one in agenda.instruments.values() for piece in one.evidence.values()}
    assert found == {"unknown"}
    designs = {
        piece.design for one in agenda.instruments.values() for piece in one.evidence.values()
    }
    assert designs == {"description", "theory"}
