"""Checking a case in full: files and prose in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import CaseError
from evalkit.io.shipped import shipped_case_dir, shipped_cases
from evalkit.report.proofread import proofread


@pytest.mark.parametrize("slug", shipped_cases())
def test_a_shipped_case_has_no_problem(slug: str) -> None:
    assert proofread(slug).slug == slug


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., list[str]]:
    """Break a copy of the shipped case in several files, and give what is said of it."""
    import shutil

    folder = tmp_path / "menselijk-kapitaal"
    shutil.copytree(shipped_case_dir("menselijk-kapitaal"), folder)

    def check(*changes: tuple[str, str, str]) -> list[str]:
        for name, old, new in changes:
            text = (folder / name).read_text(encoding="utf-8")
            assert old in text
            (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(CaseError) as caught:
            proofread(folder)
        return [f"{p.file}: {p.message}" for p in caught.value.problems]

    return check


def test_prose_is_checked_together_with_what_the_files_say(
    broken: Callable[..., list[str]],
) -> None:
    found = broken(
        ("instruments/mkb-idee.yaml", "type: subsidie", "type: subsidy"),
        ("chapters/03-beleidsmix.md", "@fig-theorie", "@fig-theori"),
        ("chapters/06-evaluatie.md", "[@dnb2024", "[@dnb202"),
        ("instruments/o2lab.md", "# Output", "# Outputt"),
    )
    assert found == [
        "chapters/03-beleidsmix.md: @fig-theori refers to nothing",
        "chapters/06-evaluatie.md: no source 'dnb202' in sources.bib",
        "instruments/mkb-idee.yaml: 'subsidy' is not one of the words for this",
        "instruments/o2lab.md: 'Outputt' is not a stage",
    ]


def test_prose_alone_is_checked_with_its_values(broken: Callable[..., list[str]]) -> None:
    found = broken(
        ("instruments/mkb-idee.md", "input.budget.total", "input.budgt.total"),
        ("instruments/o2lab.md", "# Output", "# Outputt"),
        ("chapters/01-inleiding.md", "::: lead", "::: leed"),
    )
    assert found == [
        "chapters/01-inleiding.md: no directive 'leed'",
        "instruments/mkb-idee.md: 'input' has no 'budgt'",
        "instruments/o2lab.md: 'Outputt' is not a stage",
    ]
