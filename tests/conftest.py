"""What the tests of every room share: the shipped case, and small cases to break."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

import evalkit.io.reader as loader
from evalkit.errors import CaseError
from evalkit.io.case import load_case
from evalkit.io.shipped import cases_dir
from evalkit.model import Case

settings.register_profile(
    "evalkit", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("evalkit")

SMALL = {
    "case.yaml": (
        "title: Kleine casus\n"
        "language: nl\n"
        "period: 2018–2021\n"
        "tables:\n"
        "  banen:\n"
        "    file: tables/banen.csv\n"
        "    source: cbs2021\n"
    ),
    "theory.yaml": (
        "goals:\n"
        "  banen:\n"
        "    name: Meer banen\n"
        "input:\n"
        "  geld: {text: Geld}\n"
        "output:\n"
        "  werk:\n"
        "    text: Werk\n"
        "    goal: banen\n"
        "    instruments: [premie]\n"
        "links:\n"
        "  geld -> werk:\n"
        "    because: geld schept werk\n"
    ),
    "instruments/premie.yaml": (
        "name: Premie\n"
        "type: subsidie\n"
        "period: 2018–2021\n"
        "goals: [banen]\n"
        "input:\n"
        "  budget:\n"
        "    text: Budget\n"
        "    per_year:\n"
        "      2018: 2,0 mln. euro\n"
        "      2019: 7,8 mln. euro\n"
        "    total: 9,8 mln. euro\n"
        "    source: cbs2021, p. 3\n"
        "  verdeling:\n"
        "    text: Verdeling\n"
        "    lines:\n"
        "      - {funder: Rijk, share: 60%}\n"
        "      - {funder: Bedrijven, share: 40%}\n"
        "output:\n"
        "  plekken:\n"
        "    text: Plekken\n"
        "    baseline: 35 procent in 2013\n"
        "    actual: 57 procent in 2016\n"
        "    measured: register\n"
        "links:\n"
        "  budget -> plekken:\n"
        "    because: geld betaalt plekken\n"
        "    evidence: [telling]\n"
        "evidence:\n"
        "  telling:\n"
        "    source: cbs2021\n"
        "    design: monitoring\n"
        "    about: [output]\n"
    ),
    "instruments/premie.md": "# Input\n\nHet budget.\n",
    "sources.bib": (
        "@dataset{cbs2021,\n  author = {{CBS}},\n  title = {Banen},\n  year = {2021}\n}\n"
    ),
    "tables/banen.csv": "jaar;2018;2019\nbanen;1,5;2\n",
    "chapters/01-inleiding.md": "# Inleiding\n\nTekst.\n",
}


@pytest.fixture(scope="session")
def shipped() -> Case:
    return load_case("menselijk-kapitaal")


@pytest.fixture(scope="session", name="_parsed_once")
def parsed_once() -> Callable[[str, str], object]:
    """Parse each YAML text once: reading is pure, and slow for the whole shipped case."""
    return cache(loader.read_tree)


@pytest.fixture
def quick_yaml(_parsed_once, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "read_tree", lambda text, file: deepcopy(_parsed_once(text, file)))


@pytest.fixture
def shipped_copy(tmp_path: Path, quick_yaml: None) -> Path:
    """Give the folder of a copy of the shipped case, to break."""
    return Path(
        shutil.copytree(cases_dir() / "menselijk-kapitaal", tmp_path / "menselijk-kapitaal")
    )


@pytest.fixture
def small_case(tmp_path: Path) -> Path:
    """Give the folder of a case of seven short files, to break."""
    folder = tmp_path / "kleine-casus"
    for name, text in SMALL.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def problems() -> Callable[[Path], list[str]]:
    """Give the problems of a case as ``file:line: message | hint``."""

    def found(folder: Path) -> list[str]:
        with pytest.raises(CaseError) as caught:
            load_case(folder)
        assert caught.value.problems
        return [str(p).replace("\n    hint: ", " | ") for p in caught.value.problems]

    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Give an open Chromium; without one the test is skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip("no Chromium on the PATH: make browser")
    with playwright.sync_playwright() as started:
        # A container runs as root, and Chromium has no sandbox there.
        opened = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def axe() -> str:
    """Give the script of axe-core: where EVALKIT_AXE says, or where `make browser` puts it."""
    root = Path(__file__).parents[1]
    named = os.environ.get("EVALKIT_AXE")
    places = [Path(named)] if named else []
    places += sorted(root.glob(".venv/axe-core/package/axe.min.js"))
    places += sorted(root.glob("node_modules/axe-core/axe.min.js"))
    found = next((place for place in places if place.is_file()), None)
    if found is None:
        pytest.skip("axe-core is not here: make browser, or name its axe.min.js in EVALKIT_AXE")
    return found.read_text(encoding="utf-8")
