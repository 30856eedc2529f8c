"""``evalkit audit --text``: what it prints and how it ends."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from evalkit.audit.finding import AuditFinding, worst_first
from evalkit.cli import app

WRONG = "Het aantal steeg van 200 naar 250, een groei van 20 procent.\n"
DOUBTFUL = "Er zijn vier doelen: meer instroom, minder uitval en betere begeleiding.\n"
SOUND = "Het aantal steeg van 200 naar 250, een groei van 25 procent.\n"


def ran(tmp_path, text, *options):
    file = tmp_path / "brief.txt"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["audit", "--text", str(file), *options])


def test_an_error_ends_with_1_and_is_told_with_its_quotation(tmp_path):
    result = ran(tmp_path, WRONG)
    assert result.exit_code == 1
    assert result.stdout.startswith("Eén bevinding in de 3 getalsmatige uitspraken van brief.txt.")
    assert "Fout [change] Van 200 naar 250 is een verandering van 25 procent" in result.stdout
    assert "brief.txt:1  “" in result.stdout


def test_a_warning_alone_ends_with_0(tmp_path):
    result = ran(tmp_path, DOUBTFUL)
    assert result.exit_code == 0
    assert "Let op [listed] Aangekondigd: ‘vier doelen’. Genoemd worden er 3." in result.stdout


def test_a_sound_text_ends_with_0(tmp_path):
    result = ran(tmp_path, SOUND, "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout == "No findings in the 3 numeric statements of brief.txt.\n"


def test_json_holds_the_findings_and_on_request_the_statements(tmp_path):
    document = json.loads(ran(tmp_path, WRONG, "--json").stdout)
    assert document["findings"][0] == {
        "rule": "change",
        "severity": "error",
        "message": "Van 200 naar 250 is een verandering van 25 procent, niet van 20 procent.",
        "where": ["brief.txt:1", "brief.txt:1"],
        "quotes": [WRONG.strip(), WRONG.strip()],
    }
    assert "statements" not in document
    listed = json.loads(ran(tmp_path, WRONG, "--json", "--statements").stdout)["statements"]
    assert [(s["written"], s["value"], s["unit"]) for s in listed] == [
        ("200", "200", ""),
        ("250", "250", ""),
        ("20 procent", "20", "percent"),
    ]


def test_statements_are_listed_with_their_places(tmp_path):
    assert "brief.txt:1  20 procent  “" in ran(tmp_path, WRONG, "--statements").stdout


def test_without_anything_to_audit_it_ends_with_2():
    assert CliRunner().invoke(app, ["audit"]).exit_code == 2


def test_a_finding_wants_both_languages_and_a_quotation_for_each_place():
    both = {"nl": "Fout.", "en": "Wrong."}
    with pytest.raises(ValueError, match="lacks en"):
        AuditFinding(rule="total", severity="error", message={"nl": "Fout."}, where=("a:1",))
    with pytest.raises(ValueError, match="1 quotations for 2 places"):
        AuditFinding(
            rule="total", severity="error", message=both, where=("a:1", "a:2"), quotes=("x",)
        )


def test_errors_come_first():
    both = {"nl": "Zin.", "en": "Sentence."}
    found = [
        AuditFinding(rule="r", severity=severity, message=both, where=("a:1",))
        for severity in ("info", "error", "warning", "error")
    ]
    assert [f.severity for f in worst_first(found)] == ["error", "error", "warning", "info"]
