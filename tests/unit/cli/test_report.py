"""``evalkit report``: formats, places and drafts."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--format", "word"), "'word' is no format"),
        (("--format", "html", "-o", "r.pdf"), "r.pdf is not a .html file"),
        (("--format", "html,docx", "-o", "r.pdf"), "r.pdf is not a .html or .docx file"),
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
