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


@pytest.fixture
def starter(tmp_path: Path) -> Path:
    from evalkit.io.new_case import new_case

    return new_case("proef", tmp_path)


def test_a_check_runs_no_diagnostic_and_still_reads_what_prose_says_of_an_analysis(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evalkit.analysis.run.diagnose", lambda *_: pytest.fail("it ran"))
    assert proofread(starter).slug == "proef"
    chapter = starter / "chapters/03-effect.md"
    text = chapter.read_text(encoding="utf-8")
    assert "::: analysis scholing" in text
    chapter.write_text(text.replace("::: analysis scholing", "::: analysis scholin"))
    with pytest.raises(CaseError, match=r"03-effect\.md:\d+: .*scholin"):
        proofread(starter)


@pytest.mark.parametrize("value", ["checks[0].outcome", "checks[3].notes[0]"])
def test_a_value_that_a_diagnostic_gives_is_looked_for_with_the_diagnostics(
    starter: Path, value: str
) -> None:
    """What is not there without them may be there with them; only then are they run."""
    from evalkit.analysis.run import run_analyses
    from evalkit.io.case import load_case

    assert run_analyses(load_case(starter))["scholing"].checks[3].notes
    chapter = starter / "chapters/03-effect.md"
    text = chapter.read_text(encoding="utf-8")
    chapter.write_text(text + f"\n\nHet is {{{{ analyses.scholing.{value} }}}}.\n")
    assert proofread(starter).slug == "proef"
    chapter.write_text(text + "\n\nHet is {{ analyses.scholing.averag }}.\n")
    with pytest.raises(CaseError, match="has no 'averag'"):
        proofread(starter)
