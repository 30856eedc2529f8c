"""The gate that asks veraPDF, by a program that answers as it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.report.tagging.second_opinion import second_opinion


@pytest.fixture
def answering(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put a program of that name on the PATH; it keeps what it was asked."""

    def made(answer: str, code: int = 0) -> Path:
        asked = tmp_path / "asked"
        program = tmp_path / "verapdf"
        program.write_text(
            f'#!/bin/sh\necho "$@" > {asked}\nfor last; do :; done\n'
            f'head -c 5 "$last" >> {asked}\n{answer}\nexit {code}\n',
            encoding="utf-8",
        )
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        return asked

    return made


def test_without_verapdf_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert second_opinion(b"%PDF-1.7") == []


def test_a_file_that_passes(answering: Callable[..., Path]) -> None:
    asked = answering("echo PASS report.pdf ua1")
    assert second_opinion(b"%PDF-1.7") == []
    told = asked.read_text(encoding="utf-8")
    assert told.startswith("--flavour ua1 --format text --verbose ")
    assert told.endswith("%PDF-")


def test_each_rule_that_is_broken_is_named_once(answering: Callable[..., Path]) -> None:
    answering("echo FAIL report.pdf ua1; echo '  FAIL 7.1-8'; echo '  FAIL 7.2-3'; "
              "echo '  FAIL 7.1-8'", code=1)  # fmt: skip
    assert second_opinion(b"%PDF-1.7") == [
        "veraPDF: the file breaks PDF/UA-1, 7.1-8",
        "veraPDF: the file breaks PDF/UA-1, 7.2-3",
    ]


def test_a_program_that_says_nothing_of_use_is_no_pass(answering: Callable[..., Path]) -> None:
    answering("echo 'no Java here' >&2", code=1)
    assert second_opinion(b"%PDF-1.7") == ["veraPDF gave no verdict: no Java here"]
