"""themes.yaml, investments.yaml, responses.yaml: read as written, each fault at its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import CaseError
from evalkit.io.case import load_case
from evalkit.model import Case, Milestone, Sum

THEMES = """\
wonen:
  name: Wonen
  problem: Er zijn te weinig woningen.
  signatories: [VNG, VNO-NCW]
  commitments:
    bouwen:
      text: Bouw meer woningen
      target: 100.000 woningen per jaar in 2030
      instruments: [premie]
      source: cbs2021, p. 9
"""
INVESTMENTS = """\
columns: {structureel: Structureel, schuld: Ten laste van de schuld}
groups: {kennis: Kennis}
lines:
  onderzoek:
    text: Onderzoek
    group: kennis
    amounts: {structureel: "2,0 mld. euro"}
  huizen:
    text: Schoolgebouwen
    group: kennis
    amounts: {structureel: PM, schuld: "5,2 mld. euro"}
totals:
  structureel: 2,0 mld. euro + PM
  schuld: 5,2 mld. euro
"""
RESPONSES = """\
loopbanen:
  recommendation: Maak loopbaanpaden per sector
  by: cbs2021, p. 3
  stance: partly adopted
  actions:
    paden:
      text: Er komt een subsidie voor loopbaanpaden
      instrument: premie
      status: announced
      milestones:
        regeling: {text: de regeling gaat open, when: 2024-Q1}
"""
FILES = {"themes.yaml": THEMES, "investments.yaml": INVESTMENTS, "responses.yaml": RESPONSES}


@pytest.fixture
def with_file(small_case: Path) -> Callable[[str, str], Path]:
    def written(name: str, text: str) -> Path:
        (small_case / name).write_text(text, encoding="utf-8")
        return small_case

    return written


def test_all_three_are_read_and_survive_json(small_case: Path) -> None:
    for name, text in FILES.items():
        (small_case / name).write_text(text, encoding="utf-8")
    case = load_case(small_case)
    target = case.themes["wonen"].commitments["bouwen"].target
    assert target is not None
    assert target.year == 2030
    assert case.investments is not None
    assert str(case.investments.total("structureel")).replace("\xa0", " ") == "2,0 mld. euro + PM"
    assert case.investments.total("schuld", "kennis").pm is False
    action = case.responses["loopbanen"].actions["paden"]
    assert action.milestones["regeling"].order[0] == (2024, 3, 31)
    assert Case.from_json(case.to_json()) == case


@pytest.mark.parametrize(
    ("file", "right", "wrong", "line", "message"),
    [
        ("themes.yaml", "[premie]", "[premies]", 9, "no instrument 'premies'"),
        ("themes.yaml", "cbs2021", "cbs2022", 10, "no source 'cbs2022'"),
        ("themes.yaml", "text: Bouw", "tekst: Bouw", 7, "unknown key 'tekst'"),
        ("investments.yaml", "2,0 mld. euro + PM", "2,0 mld. euro", 13, "is not the sum of its"),
        ("investments.yaml", "2,0 mld. euro + PM", "2,1 mld. euro + PM", 13, "is not the sum"),
        ("investments.yaml", "{structureel: PM,", "{structurel: PM,", 11, "no column 'structurel'"),
        ("investments.yaml", "group: kennis", "group: kenis", 6, "no group 'kenis'"),
        ("investments.yaml", '"5,2 mld. euro"', '"5,2 mld. dollar"', 14, "is not the sum of its"),
        ("responses.yaml", "instrument: premie", "instrument: premies", 8, "no instrument"),
        ("responses.yaml", "partly adopted", "half", 4, "not one of the words"),
        ("responses.yaml", "2024-Q1", "2024-Q5", 11, "is not a moment"),
    ],
)
def test_each_fault_has_its_line(
    with_file: Callable[[str, str], Path],
    file: str,
    right: str,
    wrong: str,
    line: int,
    message: str,
) -> None:
    text = FILES[file]
    assert right in text
    folder = with_file(file, text.replace(right, wrong, 1))
    with pytest.raises(CaseError) as raised:
        load_case(folder)
    problems = raised.value.problems
    found = [p for p in problems if message in p.message.replace("\xa0", " ")]
    assert [(p.file, p.line) for p in found[:1]] == [(file, line)], problems


@pytest.mark.parametrize(
    ("printed", "message"),
    [
        ("schuld: 5,2 mld. euro + PM", ""),
        ("schuld: 5,2 mld. euro", "the total 5,2 mld. euro is the sum of its lines"),
        ("schulden: 5,3 mld. euro", "no column 'schulden'"),
        (
            "schuld: 5,3 mld. dollar",
            "the total 5,3 mld. dollar is not in the unit of its lines, 5,2 mld. euro",
        ),
        (
            "structureel: 3,0 mld. euro",
            "the column 'structureel' has a total under `totals` as well",
        ),
    ],
)
def test_a_total_that_the_source_prints_but_does_not_make_is_kept(
    with_file: Callable[[str, str], Path], printed: str, message: str
) -> None:
    text = INVESTMENTS.replace("  schuld: 5,2 mld. euro\n", f"printed:\n  {printed}\n")
    folder = with_file("investments.yaml", text)
    if not message:
        agenda = load_case(folder).investments
        assert agenda is not None
        assert not agenda.printed["schuld"].same_as(agenda.total("schuld"))
        return
    with pytest.raises(CaseError) as raised:
        load_case(folder)
    (problem,) = raised.value.problems
    assert problem.message.replace("\xa0", " ") == message
    assert problem.line == 15


@pytest.mark.parametrize(
    ("added", "message"),
    [
        ("theme: werk", "no theme 'werk'"),
        ("evaluability: {indicator: banen}", "no node 'banen' in this chain"),
        (
            "evaluability: {sampling: {treated: 10, compared: 10, before: 1, after: 1, spread: 0}}",
            "is not above zero",
        ),
        (
            "evaluability: {sampling: {treated: 9, compared: 9, before: 1, after: 1, spread: 2, correlation: 1}}",  # noqa: E501
            "does not lie between 0 and 1",
        ),
        ("cover: soms", "not one of the words"),
    ],
)
def test_faults_of_a_planned_instrument(small_case: Path, added: str, message: str) -> None:
    file = small_case / "instruments" / "premie.yaml"
    text = f"{file.read_text(encoding='utf-8')}\n{added}\n"
    file.write_text(text, encoding="utf-8")
    (small_case / "themes.yaml").write_text(THEMES, encoding="utf-8")
    with pytest.raises(CaseError) as raised:
        load_case(small_case)
    (problem,) = raised.value.problems
    assert message in problem.message
    assert problem.line == text.rstrip().count("\n") + 1


@pytest.mark.parametrize(
    ("when", "order"),
    [
        ("2026-Q1", (2026, 3, 31)),
        ("voor 2026-07", (2026, 7, 1)),
        ("2026–2030", (2030, 12, 31)),
        ("vanaf 2026", (2026, 12, 31)),
        ("onbekend", (9999, 12, 31)),
    ],
)
def test_milestones_sort_by_the_last_day_on_which_they_can_be_met(
    when: str, order: tuple[int, int, int]
) -> None:
    assert Milestone.model_validate({"text": "x", "when": when}).order[0] == order


def test_a_sum_knows_whether_an_amount_is_still_to_come() -> None:
    assert Sum.of([]).prose() == ""
    assert Sum.model_validate("PM").prose() == "PM"
    assert Sum.model_validate("1,0 mln. euro").same_as(Sum.model_validate("1.000.000 euro"))
    assert not Sum.model_validate("1,0 mln. euro").same_as(Sum.model_validate("1 mln. euro + PM"))
