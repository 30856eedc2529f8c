"""What the shell offers on Tab."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app, completion


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, file in (("mijn-evaluatie", "case.yaml"), ("huis", "style.toml"), ("leeg", "x.txt")):
        (tmp_path / name).mkdir()
        (tmp_path / name / file).write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def offered(words: str) -> list[str]:
    """Ask as bash does, for the last of the words."""
    asked = {
        "_EVALKIT_COMPLETE": "complete_bash",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split(" ")) - 1),
    }
    return CliRunner().invoke(app, [], prog_name="evalkit", env=asked).stdout.split()


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("evalkit check m", ["mijn-evaluatie", "menselijk-kapitaal", "minimumloon"]),
        ("evalkit check mijn", ["mijn-evaluatie"]),
        ("evalkit check leeg", []),
        ("evalkit report x --style ", ["kaal", "seo", "huis"]),
        ("evalkit report x --format d", ["docx"]),
        ("evalkit preview x --style hu", ["huis"]),
        ("evalkit score x --ladder n", ["nesta"]),
        ("evalkit score x --lang ", ["nl", "en"]),
        ("evalkit export x --format s", ["sdmx"]),
        ("evalkit audit mijn", ["mijn-evaluatie"]),
        ("evalkit schema theo", ["theory"]),
    ],
)
def test_words_are_offered(words: str, expected: list[str]) -> None:
    assert offered(words) == expected


def test_formats_behind_a_comma_are_those_not_yet_named() -> None:
    assert completion.formats("pdf,") == ["pdf,html", "pdf,docx", "pdf,json"]
    assert completion.formats("") == ["pdf", "html", "docx", "json", "all"]


def test_a_case_elsewhere_is_offered_by_its_path(folder: Path) -> None:
    assert completion.cases(f"{folder}/mijn") == [f"{folder}/mijn-evaluatie"]
