"""``evalkit estimate``, and the shipped case that it runs."""

from __future__ import annotations

import csv
import json
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.errors import CaseError
from evalkit.io.shipped import cases_dir

run = CliRunner().invoke


@pytest.fixture(scope="module")
def document() -> dict:
    found = run(app, ["estimate", "minimumloon", "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_the_published_numbers_come_out(document: dict) -> None:
    average = document["analyses"]["banen"]["average"]
    assert average["estimate"] == pytest.approx(-0.0399512751551763, rel=1e-10)
    assert average["std_error"] == pytest.approx(0.0120340127701854, rel=1e-8)
    assert document["failed"] == []


def test_the_text_names_question_average_and_checks() -> None:
    found = run(app, ["estimate", "minimumloon", "--only", "banen", "--lang", "en"])
    assert found.exit_code == 0
    assert "Does a higher minimum wage cost young people their jobs?" in found.stdout
    assert "average: −0.040 [−0.064; −0.016] log jobs" in found.stdout
    assert "Sensitivity to diverging trends: failed." in found.stdout


def test_csv_holds_every_estimate(tmp_path: Path, document: dict) -> None:
    assert run(app, ["estimate", "minimumloon", "-o", str(tmp_path / "uit")]).exit_code == 0
    with (tmp_path / "uit/banen.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    wanted = document["analyses"]["banen"]
    assert len(rows) == 1 + len(wanted["path"]) + len(wanted["cells"])
    assert float(rows[0]["estimate"].replace(",", ".")) == wanted["average"]["estimate"]


def test_a_file_where_the_folder_should_be_is_refused_before_the_work(tmp_path: Path) -> None:
    (tmp_path / "uit.csv").write_text("van mij")
    found = run(app, ["estimate", "minimumloon", "-o", str(tmp_path / "uit.csv")])
    assert re.search(r"uit\.csv' is a file, and the estimates need a folder", str(found.exception))
    assert "name a folder with -o" in str(found.exception)
    assert (found.exit_code, found.stdout) == (1, "")
    assert (tmp_path / "uit.csv").read_text() == "van mij"


def test_an_analysis_that_fails_does_not_take_the_others_along(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(cases_dir() / "minimumloon", tmp_path / "minimumloon"))
    data = (folder / "data/mpdta.csv").read_text().replace("5.8967609333053,", "veel,", 1)
    (folder / "data/mpdta.csv").write_text(data)
    found = run(app, ["estimate", str(folder), "--json"])
    assert isinstance(found.exception, CaseError)
    assert re.search(r"analyses\.yaml:\d+: banen-bevolking", str(found.exception))
    assert "lpop" in str(found.exception)
    made = json.loads(found.stdout)
    assert list(made["analyses"]) == ["banen"]
    assert len(made["failed"]) == 1


def test_an_unknown_analysis_is_refused_with_a_hint() -> None:
    found = run(app, ["estimate", "minimumloon", "--only", "bannen"])
    assert "no analysis 'bannen'" in str(found.exception)
    assert found.exit_code == 1


def test_a_case_without_analyses_says_so() -> None:
    found = run(app, ["estimate", "menselijk-kapitaal"])
    assert found.exit_code == 0
    assert found.stdout == ""
    assert "no analyses" in found.stderr
