"""Every rule on planted faults, on their sound twins, and on sentences that only look wrong."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.audit import audit_text

HERE = Path(__file__).parent
CASES = tomllib.loads((HERE / "text_planted.toml").read_text(encoding="utf-8"))["case"]
SOUND = tomllib.loads((HERE / "text_sound.toml").read_text(encoding="utf-8"))["sound"]


def found_in(folder: Path, text: str, *, markdown: bool = False) -> tuple[AuditFinding, ...]:
    file = folder / ("tekst.md" if markdown else "tekst.txt")
    file.write_text(text, encoding="utf-8")
    return audit_text(file).findings


def _name(case: dict[str, str]) -> str:
    return f"{case['rule']}-{case['fault'].strip()[:30]}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_planted_fault_is_found_by_its_rule_alone(tmp_path, case):
    found = found_in(tmp_path, case["fault"], markdown=case.get("markdown", False))
    expected = [] if case.get("missed") else [case["rule"]]
    assert [finding.rule for finding in found] == expected


@pytest.mark.parametrize("case", [c for c in CASES if "sound" in c], ids=_name)
def test_the_same_text_without_the_fault_is_silent(tmp_path, case):
    assert found_in(tmp_path, case["sound"], markdown=case.get("markdown", False)) == ()


@pytest.mark.parametrize("text", SOUND)
def test_a_sound_sentence_is_left_alone(tmp_path, text):
    assert [finding.prose("nl") for finding in found_in(tmp_path, text)] == []


def test_every_rule_has_faults_that_it_finds():
    found = {case["rule"] for case in CASES if not case.get("missed")}
    assert found == {
        "total", "table-total", "shares", "change", "percentage", "listed", "period", "same",
        "product", "table-text", "counted",
    }  # fmt: skip


def test_a_finding_says_the_computation_and_quotes_both_places(tmp_path):
    text = "Inleiding.\n\nVan de bedrijven hadden 120 van de 200 bedrijven\n(50%) een plan.\n"
    (found,) = found_in(tmp_path, text)
    assert found.severity == "error"
    assert found.where == ("tekst.txt:3", "tekst.txt:4")
    assert found.prose("nl") == "120 van 200 bedrijven is 60 procent; er staat ‘50%’."
    assert found.prose("en") == "120 out of 200 bedrijven is 60 percent; the text says ‘50%’."
    assert all("(50%)" in quote or "120 van" in quote for quote in found.quotes)


def test_rounding_follows_the_digits_that_were_written(tmp_path):
    # 10 + 7,8 + 9 makes 26,8; 27,9 can be right as well, when 10 stands for 10,5 and 9 for 9,5.
    parts = "10 mln. euro voor A, 7,8 mln. euro voor B en 9 mln. euro voor C"
    assert found_in(tmp_path, f"In totaal is 27,9 mln. euro verleend: {parts}.") == ()
    assert len(found_in(tmp_path, f"In totaal is 28,9 mln. euro verleend: {parts}.")) == 1


def test_a_hedge_is_heard(tmp_path):
    sentence = "Het aantal steeg van 200 naar 250, een groei van {} 20 procent."
    assert len(found_in(tmp_path, sentence.format("precies"))) == 1
    assert found_in(tmp_path, sentence.format("ruim")) == ()
    assert found_in(tmp_path, sentence.format("minstens")) == ()


TABLE = """
Tabel 2.1 Aantal scholen met subsidie

| Sector | 2021 | 2022 |
|---|---|---|
| Primair onderwijs | 52 | 60 |
| Voortgezet onderwijs | 61 | 70 |

"""


@pytest.mark.parametrize(
    "text",
    [
        "In 2020 kregen 54 scholen in het primair onderwijs subsidie.",  # another year
        "In 2021 kregen 12 kleine scholen in het primair onderwijs subsidie.",  # some of them
        "In 2021 steeg de subsidie in het primair onderwijs voor 12 scholen.",  # a difference
        "In 2021 telde het primair onderwijs 7.000 scholen.",  # the caption is about subsidy
        "In 2021 kreeg 12 procent van het primair onderwijs subsidie.",  # the table has counts
        "In 2021 was het doel 80 scholen in het primair onderwijs met subsidie.",
        "In 2021 kregen ongeveer 50 scholen in het primair onderwijs subsidie.",
    ],
)
def test_a_sentence_about_something_else_is_not_held_against_the_table(tmp_path, text):
    assert found_in(tmp_path, f"{TABLE}{text}\n", markdown=True) == ()


def test_a_finding_on_a_table_names_the_sentence_and_the_row(tmp_path):
    text = "In 2021 kregen 54 scholen in het primair onderwijs subsidie."
    (found,) = found_in(tmp_path, f"{TABLE}{text}\n", markdown=True)
    assert found.where == ("tekst.md:9", "tekst.md:6")
    assert "52 bij ‘Primair onderwijs’, in de kolom ‘2021’" in found.prose("nl")


@pytest.mark.parametrize(
    "text",
    [
        "(" * 50_000 + "1 x 2 = 3" + ")" * 50_000,
        "2 x " * 30_000 + "= 5",
        "| a |" + " 1 |" * 20_000 + "\n|" + "---|" * 20_001 + "\n| Totaal |" + " 1 |" * 20_000,
        "Op weg. " * 40_000,
    ],
    ids=["brackets", "factors", "wide table", "many sentences"],
)
def test_data_in_one_long_line_takes_no_time(tmp_path, text):
    begun = time.process_time()
    assert found_in(tmp_path, text, markdown=True) == ()
    assert time.process_time() - begun < 10
