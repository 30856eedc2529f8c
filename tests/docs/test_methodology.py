"""The methodology pages say what the code says of itself, and their examples run."""

from __future__ import annotations

import doctest
import importlib.util
import re
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import evalkit as ek
from evalkit.did.method import Method

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "methodology"


@cache
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("methodology", ROOT / "docs" / "methodology.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = made  # dataclasses look their module up
    spec.loader.exec_module(made)
    return made


@cache
def made() -> dict[str, str]:
    return dict(generator().pages())


SUBJECTS = generator().subjects()
PAGES = sorted(path.name for path in FOLDER.glob("*.md"))
each_subject = pytest.mark.parametrize("subject", SUBJECTS, ids=lambda one: one.name)


def test_every_method_has_a_page_and_every_page_a_method() -> None:
    assert sorted(made()) == PAGES, "run `make docs`"
    names = [one.name for one in SUBJECTS]
    assert len(names) == len(set(names)), "an estimator and a diagnostic bear one name"
    assert {"group_time", "two_by_two", "honest", "pretrends"} <= set(names)


@pytest.mark.parametrize("name", PAGES)
def test_the_page_is_what_the_generator_makes(name: str) -> None:
    committed = (FOLDER / name).read_text(encoding="utf-8")
    assert committed == made().get(name), "run `make docs`, and commit what it writes"


@each_subject
def test_the_method_describes_itself(subject: Any) -> None:
    assert generator().lacking(subject.method) == []
    assert subject.name in subject.functions, "a METHOD bears the name of its function"


@each_subject
def test_it_is_held_against_other_software_or_published_numbers(subject: Any) -> None:
    scripts = list(subject.reference_folder.glob("test_*.py"))
    assert scripts, f"there is no test in tests/reference/{subject.name}/"


@each_subject
def test_equations_are_balanced(subject: Any) -> None:
    pieces = generator().equations(subject.method.equation)
    assert all(pieces)
    for piece in pieces:
        bare = re.sub(r"\\[{}]", "", piece)
        depth = 0
        for sign in re.findall(r"[{}]", bare):
            depth += 1 if sign == "{" else -1
            assert depth >= 0, piece
        assert depth == 0, piece
        assert piece.count(r"\left") == piece.count(r"\right"), piece
        assert piece.count(r"\lbrace") == piece.count(r"\rbrace"), piece
        assert "$" not in piece
        assert "*" not in piece, "GitHub would read emphasis"
        assert not re.search(r"(?<![A-Za-z0-9])_", piece), "GitHub would read emphasis"


def examples(name: str) -> list[str]:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return re.findall(r"^```pycon\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


@each_subject
def test_the_examples_run_on_their_own(subject: Any) -> None:
    found = examples(f"{subject.name}.md")
    assert len(found) == len(subject.functions), "each function needs an example"
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS
    for code in found:
        test = doctest.DocTestParser().get_doctest(code, {}, subject.name, None, None)
        assert f"ek.{subject.room}." in code, "an example uses the public name"
        told: list[str] = []
        done = doctest.DocTestRunner(optionflags=flags, verbose=False).run(test, out=told.append)
        assert done.attempted > 0
        assert done.failed == 0, "".join(told)


# The index ----------------------------------------------------------------------------------------


def test_links_of_all_pages_lead_somewhere() -> None:
    lost = [
        (name, link)
        for name in PAGES
        for link in re.findall(r"\]\(([^)#:]+)\)", (FOLDER / name).read_text(encoding="utf-8"))
        if not (FOLDER / link).exists()
    ]
    assert lost == []


def test_the_index_leads_to_every_page() -> None:
    links = re.findall(r"\]\((\w+\.md)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert set(PAGES) - {"README.md"} <= set(links)


def test_the_index_names_the_known_faults() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    data = (ROOT / "tests" / "reference" / "data" / "README.md").read_text(encoding="utf-8")
    for software, fault in (("did` 2.1.2", "did 2.1.2"), ("drdid_rc", "drdid_rc"), ("sunab",) * 2):
        assert software in text
        assert fault in data


def test_make_docs_runs_the_generator() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^docs:.*\n(\t.*\n)*\t.*docs/methodology\.py", makefile, re.MULTILINE)


# The generator ------------------------------------------------------------------------------------


def newcomer(panel: Any) -> None:
    """Estimate in a new way."""


def bring_in(monkeypatch: pytest.MonkeyPatch, **names: Any) -> None:
    """Make a public estimator of `newcomer`, in a module with these names."""
    module = ModuleType("evalkit.did.newcomer")
    for name, value in names.items():
        setattr(module, name, value)
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.setattr(newcomer, "__module__", module.__name__)
    monkeypatch.setattr(ek.did, "newcomer", newcomer, raising=False)
    monkeypatch.setattr(ek.did, "__all__", [*ek.did.__all__, "newcomer"])


def test_an_estimator_that_is_added_is_picked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    method = Method("newcomer", "New", "Why?", "a", "b", ("c",), "d", ("e",), (), "f")
    bring_in(monkeypatch, METHOD=method)
    assert "newcomer" in [one.name for one in generator().subjects()]


def test_an_estimator_without_a_description_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bring_in(monkeypatch)
    with pytest.raises(generator().UndescribedError, match=r"ek\.did\.newcomer has no METHOD"):
        generator().subjects()


def test_writing_removes_the_page_of_a_method_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("# Gone\n", encoding="utf-8")
    generator().write(tmp_path)
    assert sorted(path.name for path in tmp_path.glob("*.md")) == PAGES


def test_equations_are_split_outside_braces_only() -> None:
    split = generator().equations
    assert split(r"a = 1, \quad b = 2") == ["a = 1", "b = 2"]
    assert split(r"x^{a \quad b}") == [r"x^{a \quad b}"]
    assert split(r"\{y^*_t\}") == [r"\lbrace y_t^{\ast}\rbrace"]


def test_markdown_in_words_is_escaped() -> None:
    assert generator()._prose("a * b in ``c * d``, see :func:`honest`") == (
        r"a \* b in `c * d`, see `honest`"
    )
