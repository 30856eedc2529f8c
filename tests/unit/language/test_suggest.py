"""Did you mean …?"""

from __future__ import annotations

import pytest

from evalkit.language.suggest import did_you_mean


@pytest.mark.parametrize(
    ("name", "known", "hint"),
    [
        ("seo202", ["han2023", "seo2020"], "did you mean 'seo2020'?"),
        ("tittle", ["title", "subtitle"], "did you mean 'title'?"),
        ("basline", ["target", "baseline"], "did you mean 'baseline'?"),
        ("xyz", ["baseline", "target"], "choose from: baseline, target"),
        ("xyz", [], ""),
    ],
)
def test_hint(name: str, known: list[str], hint: str) -> None:
    assert did_you_mean(name, known) == hint


def test_own_fallback_stands_instead_of_a_list() -> None:
    assert did_you_mean("xyz", ["baseline"], "add it to sources.bib") == "add it to sources.bib"
    assert did_you_mean("xyz", [], "add it to sources.bib") == "add it to sources.bib"


def test_a_long_list_is_cut() -> None:
    hint = did_you_mean("zzz", [f"naam{n}" for n in range(30)])
    assert hint.endswith("naam23 …")
