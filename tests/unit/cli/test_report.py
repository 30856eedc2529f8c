"""``evalkit report``: formats, places and drafts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from evalkit.cli import app
from evalkit.errors import EvalkitError


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["report", *words])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(app, ["new", "proef"]).exit_code == 0
    return tmp_path


def test_html_stands_in_reports(folder: Path) -> None:
    found = run("proef", "--format", "html")
    assert found.exit_code == 0, found.output
    assert found.stdout.splitlines() == ["reports/proef.html"]
    html = (folder / "reports" / "proef.html").read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert sorted(file.name for file in (folder / "reports").iterdir()) == [
        "proef.html", "proef.json"
    ]  # fmt: skip


def test_several_formats_are_each_named(folder: Path) -> None:
    found = run("proef", "--format", "html,json", "-o", "uit/rapport.html")
    assert found.stdout.splitlines() == ["uit/rapport.html", "uit/rapport.json"]
    assert (folder / "uit" / "rapport.html").is_file()


def test_the_name_of_one_format_places_the_others_beside_it(folder: Path) -> None:
    found = run("proef", "--format", "html,docx", "-o", "uit/rapport.docx")
    assert found.stdout.splitlines() == ["uit/rapport.html", "uit/rapport.docx"]
    written = sorted(file.name for file in (folder / "uit").iterdir())
    assert written == ["rapport.docx", "rapport.html", "rapport.json"]


def test_a_name_without_an_ending_is_a_folder(folder: Path) -> None:
    assert run("proef", "--format", "html", "-o", "uit").stdout.split() == ["uit/proef.html"]
    assert sorted(file.name for file in (folder / "uit").iterdir()) == ["proef.html", "proef.json"]


def test_the_help_says_what_is_written_where() -> None:
    told = " ".join(run("--help").stdout.replace("│", " ").split())
    assert "-o x.pdf --format pdf,html writes x.pdf and x.html" in told
    assert "always goes along as JSON" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "word"), "'word' is no format"),
        (("--format", "html", "-o", "r.pdf"), "r.pdf is not a .html file"),
        (("--format", "html,docx", "-o", "r.pdf"), "r.pdf is not a .html or .docx file"),
        (("--format", "html,docx", "-o", "r.pdf"), "write -o r.html or r.docx, or a folder"),
        (("-o", "r.txt"), "'r.txt' is no format"),
    ],
)
def test_a_wrong_wish_is_told_so(folder: Path, words: tuple[str, ...], says: str) -> None:
    found = run("proef", *words)
    assert isinstance(found.exception, EvalkitError)
    assert says in str(found.exception)
    assert not (folder / "reports").exists()


def test_a_draft_tells_what_is_wrong(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evalkit.report.web.page.faults", lambda *_: ["something is wrong"])
    assert run("proef", "--format", "html").exit_code == 1
    found = run("proef", "--format", "html", "--draft")
    assert found.exit_code == 0
    assert "proef: html: something is wrong" in found.stderr


def test_a_report_without_analyses_loads_no_estimators() -> None:
    code = (
        "import sys, evalkit.report.render, evalkit.evaluation\n"
        "heavy = {'pandas', 'statsmodels', 'scipy', 'matplotlib', 'polars', 'pyarrow', 'duckdb'}\n"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert (done.stdout.strip(), done.stderr) == ("", "")
