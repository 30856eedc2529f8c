"""``evalkit audit CASE``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.io.shipped import cases_dir

run = CliRunner().invoke


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(cases_dir() / "menselijk-kapitaal", tmp_path / "zaak"))


def test_the_json_is_what_was_promised() -> None:
    done = run(app, ["audit", "menselijk-kapitaal", "--json"])
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert {one["rule"] for one in document["findings"]} >= {"executor-only"}
    for one in document["findings"]:
        assert {"rule", "severity", "message", "where"} <= set(one)
    assert document["compliance"]["rpe-2022"]


def test_an_error_is_told_at_its_line_and_fails(folder: Path) -> None:
    chapter = folder / "chapters" / "06-evaluatie.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(
        f"{text}\nHet doel is bereikt en daarmee was het beleid doeltreffend.\n", encoding="utf-8"
    )
    line = text.count("\n") + 2
    done = run(app, ["audit", str(folder)])
    assert done.exit_code == 1
    assert (
        f"chapters/06-evaluatie.md:{line}: fout: De zin leidt uit een behaald doel af"
        in done.stdout
    )
    assert "RPE 2022" in done.stdout


def test_english_words_for_a_dutch_case() -> None:
    done = run(app, ["audit", "minimumloon", "--lang", "en"])
    assert done.exit_code == 0
    assert "The audit found nothing" in done.stdout


@pytest.mark.parametrize(
    "arguments", [[], ["minimumloon", "--text", "x.md"], ["minimumloon", "--statements"]]
)
def test_what_to_audit_must_be_clear(arguments: list[str]) -> None:
    done = run(app, ["audit", *arguments])
    assert done.exit_code == 2
    assert "Traceback" not in done.output
