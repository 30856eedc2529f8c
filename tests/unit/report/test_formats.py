"""Several formats of one report: which, where, and all of them or none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evalkit.errors import EvalkitError, EvalkitWarning, GateError
from evalkit.evaluation import Evaluation, evaluate
from evalkit.model import Case
from evalkit.report.formats import parse_formats, targets
from evalkit.report.render import render

CHAPTERS = {"01": "# Titel {#sec-titel}\n\nTekst.[^a]\n\n[^a]: Een noot."}


@pytest.fixture
def small(case: Case) -> Evaluation:
    return evaluate(case.model_copy(update={"chapters": CHAPTERS}))


@pytest.mark.parametrize(
    ("asked", "formats"),
    [
        ("pdf", ("pdf",)),
        ("html, pdf", ("html", "pdf")),
        ("HTML,html", ("html",)),
        (["json", "docx"], ("json", "docx")),
        ("all", ("pdf", "html", "docx")),
        ("html,all,json", ("html", "pdf", "docx", "json")),
    ],
)
def test_formats_are_read(asked: str | list[str], formats: tuple[str, ...]) -> None:
    assert parse_formats(asked) == formats


@pytest.mark.parametrize(("asked", "hint"), [("htm", "did you mean 'html'?"), ("", "choose from")])
def test_what_is_no_format_is_told(asked: str, hint: str) -> None:
    with pytest.raises(EvalkitError, match="is no format") as caught:
        parse_formats(asked)
    assert hint in str(caught.value)


@pytest.mark.parametrize(
    ("path", "formats", "files"),
    [
        ("r.pdf", (), ["r.pdf"]),
        ("r.html", (), ["r.html"]),
        ("r.pdf", ("html",), ["r.html"]),
        ("mix.en", ("pdf", "html"), ["mix.en.pdf", "mix.en.html"]),
    ],
)
def test_each_format_has_its_file(path: str, formats: tuple[str, ...], files: list[str]) -> None:
    assert [str(file) for file in targets(Path(path), formats).values()] == files


def test_all_formats_stand_beside_each_other(small: Evaluation, tmp_path: Path) -> None:
    first = render(small, tmp_path / "r.pdf", formats="all")
    assert first == tmp_path / "r.pdf"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "r.docx", "r.html", "r.json", "r.pdf"
    ]  # fmt: skip
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    assert "Een noot." in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "r.json").read_text())["case"]["slug"] == "proef"


def test_a_page_goes_with_its_record(small: Evaluation, tmp_path: Path) -> None:
    render(small, tmp_path / "r.html")
    assert Evaluation.from_json(tmp_path / "r.json") == small


def test_no_format_is_written_when_one_fails(
    small: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.report.web.page.faults", lambda *_: ["something is wrong"])
    with pytest.raises(GateError, match="something is wrong"):
        render(small, tmp_path / "r.pdf", formats=("pdf", "html"))
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_written_with_what_is_wrong(
    small: Evaluation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.report.web.page.faults", lambda *_: ["something is wrong"])
    with pytest.warns(EvalkitWarning, match="html: something is wrong"):
        made = render(small, tmp_path / "r.html", draft=True)
    assert '<p class="draft">Concept</p>' in made.read_text(encoding="utf-8")
