"""Every rule on planted faults, on their sound twins, and on sentences that only look wrong."""

from __future__ import annotations

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
