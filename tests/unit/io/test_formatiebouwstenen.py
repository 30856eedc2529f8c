"""The shipped case holds what its source, the building blocks for a coalition agreement, prints."""

from __future__ import annotations

from collections import Counter

import pytest

from evalkit.io.case import load_case
from evalkit.model import Case, Quantity
from evalkit.model.counts import counts
from evalkit.model.record import walk

# Points of the texts for the agreement, by block, as the inventory counts them: a list below a
# point counts line by line. Counted again in the document, they are the same.
POINTS = {
    "ruimte": 10,
    "economie": 28,  # 24 points, and 4 below the one on space
    "bestaanszekerheid": 10,
    "jeugd": 16,
    "gezondheid": 47,
    "asiel": 16,
    "weerbaarheid": 9,  # 4 points, with 3 and 2 below two of them
    "begroten": 10,  # numbered 1, then 1 to 9 over two headings
}
# What the same texts agree without a bullet or a number, which the inventory leaves out.
IN_RUNNING_TEXT = {"bestaanszekerheid": 3, "begroten": 5}
BILLION = 10**9
# line: (structural, debt-financed) in billions; None is a PM, a dash nothing
LINES = {
    "onderzoek": ("2.0", "-"),
    "digitalisering": ("0.3", "-"),
    "menselijk-kapitaal": ("0.7", "-"),
    "gezonde-generatie": ("0.8", "-"),
    "onderwijshuisvesting": ("-", "5.2"),
    "investeringsinstelling": ("-", "10.0"),
    "landbouw-natuur": ("0.9", "15.0"),
    "infrastructuur": ("4.1", "-"),
    "wonen": (None, "4.8"),
    "energie": ("0.9", "20.0"),
    "klimaatadaptatie": ("1.0", "-"),
    "openbaar-bestuur": ("1.0", "-"),
    "zorg": ("1.2", "-"),
    "defensie": (None, "-"),
    "weerbaarheid": ("1.0", "-"),
    "sociaal-minimum": ("0.5", "-"),
}
TARGETS = {
    "ruimte.woningbouw": ("100.000 woningen per jaar", None),
    "ruimte.bereikbaarheid": ("circa 2 procent van het bbp", None),
    "economie.regeldruk": ("20–25 procent", None),
    "economie.onderzoek": ("3 procent van het bbp", 2030),
    "economie.mkb-ecosystemen": ("19 regio's", None),
    "jeugd.kinderopvang-toegankelijk": ("2 dagen (of dagdelen) per week", None),
    "jeugd.kinderopvang-iedereen": ("2 dagen (of dagdelen) per week", None),
    "asiel.gematigde-groei": ("19–20 mln. inwoners", 2050),
    "asiel.arbeidsmigranten": ("circa 40.000 arbeidsmigranten minder", None),
}


@pytest.fixture(scope="module")
def case() -> Case:
    return load_case("formatiebouwstenen")


def plain(value: object) -> str:
    return str(value).replace("\xa0", " ").replace("\N{MINUS SIGN}", "-")


def test_the_counts_against_the_inventory(case: Case) -> None:
    found = counts(case)
    # 146 bullets, and 8 agreements in running text: 162 of the inventory were 146 and 16 lines.
    assert sum(POINTS.values()) == 146
    assert found["commitments"] == 146 + 8
    assert found["lines of investment"] == 16
    assert found["themes"] == 8
    # Means and goal are described well enough to evaluate for eight measures only.
    assert found["instruments"] == 8
    # The document gives a date for none of its measures: the inventory counts years of targets.
    assert found["milestones"] == 0
    # The document itself, and what it names with a title or as the basis of an amount.
    assert found["sources"] == 1 + 24
    # The inventory counts 16 lines and some 15 targets; the text holds many more numbers. The
    # lines hold 17 amounts, two of them PM; the rest are targets, sums and their parts.
    assert found["quantities"] == 100


def test_the_points_of_each_block(case: Case) -> None:
    points, running = Counter[str](), Counter[str]()
    for key, theme in case.themes.items():
        for one in theme.commitments.values():
            (citation,) = one.source
            counted = running if "lopende tekst" in citation.place else points
            counted[key] += 1
    assert dict(points) == POINTS
    assert dict(running) == IN_RUNNING_TEXT


def test_no_place_is_given_twice(case: Case) -> None:
    places = Counter(
        citation.place
        for theme in case.themes.values()
        for one in theme.commitments.values()
        for citation in one.source
        if "lopende tekst" not in citation.place
    )
    assert [place for place, number in places.items() if number > 1] == []


def test_the_sixteen_lines(case: Case) -> None:
    assert case.investments is not None
    assert list(case.investments.lines) == list(LINES)
    for key, wanted in LINES.items():
        amounts = case.investments.lines[key].amounts
        for column, amount in zip(("structureel", "schuld"), wanted, strict=True):
            found = amounts.get(column)
            if amount == "-":
                assert found is None, key
            elif amount is None:
                assert found is not None, key
                assert found.pm, key
            else:
                assert found is not None, key
                assert plain(found) == f"{amount.replace('.', ',')} mld. euro", key


def test_the_totals_as_computed(case: Case) -> None:
    agenda = case.investments
    assert agenda is not None
    structural, debt = agenda.total("structureel"), agenda.total("schuld")
    assert plain(structural) == "14,4 mld. euro + PM"
    assert structural.known is not None
    assert structural.known.amount == 144 * BILLION / 10
    # The document prints `55 mld. + PM`, but no line of that column is PM: it names two amounts
    # that are PM in its notes, without a column. The sum of the lines is 55,0 and no PM.
    assert plain(debt) == "55,0 mld. euro"
    assert debt.known is not None
    assert debt.known.amount == 55 * BILLION
    assert debt.pm is False
    assert set(agenda.totals) == {"structureel"}
    assert {column: plain(one) for column, one in agenda.printed.items()} == {
        "schuld": "55,0 mld. euro + PM"
    }
    printed = case.tables["onderbouwing-streep"].rows[1]
    assert printed[1:] == ("14,4 mld. euro + PM", "55 mld. euro + PM")


def test_targets_with_their_years(case: Case) -> None:
    found = {
        f"{key}.{name}": (plain(one.target), one.target.year)
        for key, theme in case.themes.items()
        for name, one in theme.commitments.items()
        if one.target is not None
    }
    assert found == TARGETS


def test_the_arithmetic_of_the_asylum_block(case: Case) -> None:
    homes = case.instruments["statushouders-huisvesting"]

    def amount(stage: str, node: str, role: str = "baseline") -> int:
        observation = getattr(getattr(homes, stage)[node], role)
        return int(observation.value.amount)

    people, a_day = amount("intermediate", "wachtenden"), amount("input", "opvangkosten")
    saved = amount("outcome", "besparing-opvang", "target")
    assert round(365 * a_day * people / 10**6) * 10**6 == saved
    places, each = amount("input", "regeling-plekken"), amount("input", "regeling-uitkering")
    assert round(2 * places * each / 10**6) * 10**6 == amount(
        "outcome", "besparing-regeling", "target"
    )


def test_nothing_is_decided_and_nobody_signed_by_name(case: Case) -> None:
    assert {one.status for one in case.instruments.values()} == {"besluit nodig"}
    assert all(not one.ministries for one in case.instruments.values())
    # The names stand as pictures in the document; only two blocks say in words who they are.
    assert {key for key, one in case.themes.items() if one.signatories} == {
        "ruimte",
        "bestaanszekerheid",
    }


def test_the_places_that_contradict_each_other_are_counted(case: Case) -> None:
    told = case.indicators["tegenspraken"].actual
    assert told is not None
    assert told.value.amount == len(case.tables["tegenspraak"].rows) - 1


def test_plans_of_evaluation_are_proposals(case: Case) -> None:
    # The document names no evaluation, so no plan rests on it; a part without a source is printed
    # as proposed.
    for key, one in case.instruments.items():
        plan = one.evaluability
        assert plan is not None, key
        assert not plan.source, key
        assert plan.by == "een onafhankelijk bureau", key
        assert plan.baseline is not None, key


def test_the_tables_of_numbers_say_what_the_records_say(case: Case) -> None:
    known = {plain(part) for _, part in walk(case) if isinstance(part, Quantity)}
    tables = {key: one for key, one in case.tables.items() if key.startswith("getallen-")}
    assert len(tables) == 6
    for key, table in tables.items():
        for row in table.rows[1:]:
            assert row[1].replace("\N{MINUS SIGN}", "-") in known, (key, row)


def test_every_number_has_a_source(case: Case) -> None:
    for loc, node in walk(case):
        for observation in getattr(node, "observations", {}).values():
            assert observation.source or node.source, loc  # type: ignore[attr-defined]
        if getattr(node, "per_year", None) or getattr(node, "total", None):
            source = getattr(node, "source", None)
            assert source, loc
