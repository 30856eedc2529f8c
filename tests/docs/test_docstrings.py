"""Public names of the effects engine are described, in full and with examples."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

import evalkit as ek

ROOT = Path(__file__).parents[2]
FUNCTIONS = {
    f"{room}.{name}": getattr(getattr(ek, room), name)
    for room in ("did", "checks")
    for name in getattr(ek, room).__all__
    if inspect.isfunction(getattr(getattr(ek, room), name))
}
CLASSES = {"Panel": ek.Panel} | {
    f"{room}.{name}": getattr(getattr(ek, room), name)
    for room in ("did", "checks")
    for name in getattr(ek, room).__all__
    if inspect.isclass(getattr(getattr(ek, room), name))
}
METHODS = {
    f"{name}.{own}": thing
    for name, one in CLASSES.items()
    for own, thing in vars(one).items()
    if inspect.isfunction(thing) and not own.startswith("_")
}


def sections(thing: Any) -> dict[str, str]:
    text = inspect.getdoc(thing) or ""
    parts = re.split(r"^([A-Z][\w ]*)\n-{3,}\n", text, flags=re.MULTILINE)
    return dict(zip(["", *parts[1::2]], parts[::2], strict=True))


def described(text: str) -> set[str]:
    """Names that a section describes: those that stand at the margin."""
    entries = re.findall(r"^(\S[^:\n]*)", text, re.MULTILINE)
    return {name.strip().lstrip("*") for entry in entries for name in entry.split(",")}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_has_all_sections(name: str) -> None:
    found = sections(FUNCTIONS[name])
    wanted = {"Parameters", "Returns", "Raises", "References", "Examples"}
    assert wanted - set(found) == set()
    assert found[""].strip()


@pytest.mark.parametrize("name", FUNCTIONS | METHODS)
def test_every_parameter_is_described(name: str) -> None:
    thing = (FUNCTIONS | METHODS)[name]
    own = set(inspect.signature(thing).parameters) - {"self"}
    assert own == described(sections(thing).get("Parameters", ""))


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_says_what_it_holds_and_shows_it(name: str) -> None:
    found = sections(CLASSES[name])
    assert {"Attributes", "Parameters"} & set(found)
    assert "Examples" in found
    assert found[""].strip()


@pytest.mark.parametrize("name", METHODS)
def test_a_method_says_what_it_gives(name: str) -> None:
    found = sections(METHODS[name])
    assert found[""].strip()
    assert "Returns" in found


@pytest.mark.parametrize("name", CLASSES)
def test_properties_are_described(name: str) -> None:
    bare = [
        own
        for own, thing in vars(CLASSES[name]).items()
        if not own.startswith("_") and hasattr(thing, "__get__") and not inspect.isfunction(thing)
        if hasattr(thing, "fget") or hasattr(thing, "attrname")
        if not inspect.getdoc(thing)
    ]
    assert bare == []


def test_the_examples_of_all_docstrings_run() -> None:
    pytest_runs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    options = pytest_runs["tool"]["pytest"]["ini_options"]
    assert "--doctest-modules" in options["addopts"]
    assert "evalkit" in options["testpaths"]
