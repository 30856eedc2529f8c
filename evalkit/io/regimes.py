"""The regimes that compliance.yaml names: that they are there, and have the requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from evalkit.errors import Problem
from evalkit.io.yamltree import read_tree
from evalkit.language.suggest import did_you_mean
from evalkit.model.record import Loc


@cache
def regime_names() -> tuple[str, ...]:
    """List the regimes that evalkit ships.

    Examples
    --------
    >>> "rpe-2022" in regime_names()
    True
    """
    return tuple(_requirements())


def regime_problems(data: dict[str, Any], place: Callable[[Loc], Problem]) -> Iterator[Problem]:
    """Find regimes and requirements that a case names and that do not exist.

    Parameters
    ----------
    data
        The gathered files of the case.
    place
        Finds the file and line of a key.
    """
    regimes = data.get("compliance")
    for name, said in regimes.items() if isinstance(regimes, dict) else ():
        known = _requirements().get(name)
        if known is None:
            hint = did_you_mean(name, _requirements())
            yield replace(place(("compliance", name)), message=f"no regime '{name}'", hint=hint)
            continue
        for key in said if isinstance(said, dict) else ():
            if key not in known:
                what = f"the regime '{name}' has no requirement '{key}'"
                at = place(("compliance", name, key))
                yield replace(at, message=what, hint=did_you_mean(key, known))


@cache
def _requirements() -> dict[str, tuple[str, ...]]:
    """The ids of the requirements of each regime, by its name."""
    folder = files("evalkit.ladders") / "regimes"
    texts = {f.name: f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".yaml")}
    found = {}
    for file, text in sorted(texts.items()):
        asked: Any = read_tree(text, file).data["requirements"]
        found[file.removesuffix(".yaml")] = tuple(str(one["id"]) for one in asked)
    return found
