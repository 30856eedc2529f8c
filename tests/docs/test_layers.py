"""The layers that CONTRIBUTING.md prints are those that import-linter checks."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_table_of_layers_is_the_contract() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = [
        one for one in project["tool"]["importlinter"]["contracts"] if one["id"] == "layers"
    ]
    checked = [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]

    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    table = text.partition("| Layer | Holds |")[2].partition("\n\n")[0]
    heads = [row.split("|")[1] for row in table.splitlines()[2:]]
    printed = [set(re.findall(r"`evalkit\.(\w+)`", head)) for head in heads]

    assert printed == [layer for layer in checked if layer != {"__main__"}]
