"""The map of docs/architecture.md is that of the tree."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PACKAGE = ROOT / "evalkit"
# Told elsewhere, or too small to be a room.
PLAIN = {"__init__.py", "__main__.py", "version.py"}


def rooms() -> set[str]:
    """The first column of the table of rooms."""
    table = TEXT.split("## Rooms")[1].split("\n\n", 2)[1]
    return {name.rstrip("/") for name in re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)}


def test_every_room_is_on_the_map_and_every_room_of_the_map_is_there() -> None:
    folders = {one.name for one in PACKAGE.iterdir() if any(one.glob("*.py"))}
    files = {one.name for one in PACKAGE.glob("*.py")} - PLAIN
    assert rooms() - {"templates/<style>"} == folders | files


def test_the_order_of_imports_is_the_one_that_is_checked() -> None:
    told = re.search(r"^`(cli → .*)`\.$", TEXT, re.MULTILINE)
    assert told
    told_rooms = [set(re.findall(r"\w+", one)) for one in told[1].split("→")]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = settings["tool"]["importlinter"]["contracts"][0]
    checked = [set(re.findall(r"\w+", one)) for one in contract["layers"]]
    small = {"__main__", "version", "ladders"}  # ladders are data
    assert [one - small for one in checked if one - small] == told_rooms


def test_every_file_and_folder_that_is_named_is_there() -> None:
    """A name with a place to fill in is a folder; ``a/b.py`` stands in the package or beside it."""
    named = set(re.findall(r"`((?:[\w.]+/)+(?:[\w.]+|<[\w]+>[\w./]*)?)`", TEXT))
    assert len(named) > 50
    lost = [name for name in sorted(named) if not _is_there(name.split("<")[0])]
    assert lost == []


def test_every_module_that_is_named_alone_is_there() -> None:
    """``references.py`` stands somewhere in the room that the sentence is about."""
    named = set(re.findall(r"`(\w+\.py)`", TEXT))
    known = {one.name for one in chain(PACKAGE.rglob("*.py"), (ROOT / "docs").rglob("*.py"))}
    assert named - known == set()


def _is_there(name: str) -> bool:
    if name.startswith("instruments/"):  # of a case, and x is any
        return True
    inside = (PACKAGE, ROOT, PACKAGE / "audit")
    return any((folder / name).exists() for folder in inside)
