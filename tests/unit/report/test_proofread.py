"""Checking a case in full: files and prose in one run."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from evalkit.errors import CaseError
from evalkit.io.shipped import shipped_case_dir, shipped_cases
from evalkit.report.text.proofread import proofread


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
def told(small_case: Path) -> Callable[..., list[str]]:
    """Break a small case, its texts included, and give what is said of them."""
    files = {
        "instruments/premie.yaml": "",
        "instruments/premie.md": "# Input\n\n{{ input.budget.total }}\n",
        "chapters/01-inleiding.md": "# Inleiding\n\nTekst.\n",
    }

    def check(**texts: str) -> list[str]:
        for (name, begin), more in zip(files.items(), texts.values(), strict=True):
            file = small_case / name
            whole = begin or file.read_text(encoding="utf-8")
            old, _, new = more.partition(" => ")
            whole = whole.replace(old, new) if new else f"{whole}\n{more}\n"
            file.write_text(whole, encoding="utf-8")
        with pytest.raises(CaseError) as caught:
            proofread(small_case)
        return [f"{p.file}: {p.message}" for p in caught.value.problems]

    return check


def test_values_are_told_of_together_with_what_the_files_say(
    told: Callable[..., list[str]],
) -> None:
    found = told(
        case="type: subsidie => type: subsidy",
        prose="{{ outputt.x }} {{ input.budgt }} {{ a + }} {{ 2 * 3 }} {{ b",
        chapter="{{ cse.title }} {{ case.titel }} {{ indicators }} {{ instruments.x.name }}",
    )
    assert found == [
        "chapters/01-inleiding.md: 'case' has no 'titel'",
        "chapters/01-inleiding.md: 'indicators' is not a single value",
        "chapters/01-inleiding.md: 'instruments' has no 'x'",
        "chapters/01-inleiding.md: no value 'cse'",
        "instruments/premie.md: 'a +' is not a value: unexpected 'end of print statement'",
        "instruments/premie.md: 'input' has no 'budgt'",
        "instruments/premie.md: '{{' stands alone",
        "instruments/premie.md: no value 'outputt'",
        "instruments/premie.md: prose does not calculate with '*'",
        "instruments/premie.yaml: 'subsidy' is not one of the words for this",
    ]


@pytest.mark.parametrize(
    ("broken_part", "value"),
    [
        ("total: 9,8 mln. euro => total: alot", "input.budget.total"),
        ("2018: 2,0 mln. euro => 2018: two", "input.budget.per_year[2018]"),
        ("    actual: 57 => werkelijk: 57", "output.plekken.actual"),
        ("    actual: 57 => actuel: 57", "output.plekken.actual"),
        ("name: Premie => name: [", "output.plekken.actual"),
        ("  plekken:\n => plekken: 3\n", "output.plekken.actual"),
    ],
)
def test_a_value_that_went_with_what_is_broken_is_no_mistake(
    told: Callable[..., list[str]], broken_part: str, value: str
) -> None:
    found = told(case=broken_part, prose=f"{{{{ {value} }}}}", chapter="Nog iets.")
    assert found
    assert {line.split(":")[0] for line in found} == {"instruments/premie.yaml"}


def test_what_an_analysis_finds_is_not_asked_before_it_is_run(
    starter: Path,
) -> None:
    case, chapter = starter / "case.yaml", starter / "chapters/03-effect.md"
    case.write_text(case.read_text(encoding="utf-8") + "\nonbekend: x\n", encoding="utf-8")
    more = "\n\n{{ analyses.scholing.average }} {{ analyses.scholin.average }}\n"
    chapter.write_text(chapter.read_text(encoding="utf-8") + more, encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        proofread(starter)
    assert [problem.message for problem in caught.value.problems] == [
        "unknown key 'onbekend'", "'analyses' has no 'scholin'",
    ]  # fmt: skip


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
