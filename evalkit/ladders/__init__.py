"""Evidence ladders and compliance regimes: data, each with its source and edition.

A profile is read and checked by :mod:`evalkit.judgement`. What a case may refer to, the name of a
ladder and its highest rung, can be told here without reading the rules.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_KIND = re.compile(r"^kind: ladder$", re.MULTILINE)
_SCALE = re.compile(r"^of: (?!outcome$)", re.MULTILINE)
_RUNGS = re.compile(r"^rungs:\n((?:[ #].*\n|\n)*)", re.MULTILINE)
_RUNG = re.compile(r"^ +- level: (\d+)$", re.MULTILINE)


@cache
def _texts() -> dict[str, str]:
    found = (file for file in files(__package__).iterdir() if file.name.endswith(".yaml"))
    texts = {file.name.removesuffix(".yaml"): file.read_text("utf-8") for file in found}
    return {name: texts[name] for name in sorted(texts) if _KIND.search(texts[name])}


def names() -> tuple[str, ...]:
    """List the ladders of effects.

    Examples
    --------
    >>> "effectladder" in names()
    True
    """
    return tuple(name for name, text in _texts().items() if not _SCALE.search(text))


def scale_names() -> tuple[str, ...]:
    """List the scales for what is no effect: activities, output and efficiency."""
    return tuple(name for name, text in _texts().items() if _SCALE.search(text))


def top(name: str) -> int:
    """Tell the highest rung of a ladder.

    Examples
    --------
    >>> top("effectladder")
    4
    """
    rungs = _RUNGS.search(_texts()[name])
    return max((int(level) for level in _RUNG.findall(rungs[1])), default=0) if rungs else 0
