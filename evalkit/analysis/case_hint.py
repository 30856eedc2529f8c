"""Hints of the library, said for who writes analyses.yaml."""

from __future__ import annotations

import ast
import re
from typing import Any

from evalkit.model.analysis import Analysis

# The library names an option in one way: `name=value`, as a call in Python has it. Code with
# brackets is a call of something else, and stays as it is.
_OPTION = re.compile(
    r"(?P<code>`[^`]*\([^`]*`)"
    r"|(?P<verb>(?:[Uu]se|[Gg]ive|[Tt]ake|[Ss]et) )?"
    r"`?(?P<name>[a-z_]+)=(?P<value>None|True|False|'[^']*'|\"[^\"]*\"|\([^)]*\)|-?\d+(?:\.\d+)?)`?"
)


def case_hint(hint: str) -> str:
    """Say a hint with the keys of analyses.yaml for the options of a call.

    Parameters
    ----------
    hint
        A hint of the library. Options stand in it as Python writes them, such as ``unit=None``.

    Returns
    -------
    str
        The hint, in which each option is the key that an analysis has for it. An option that no
        analysis has stays as it is, and the hint says that it is one of Python.

    Examples
    --------
    >>> case_hint("use control='not_yet', which compares with units that are treated later")
    'write `control: not_yet`, which compares with units that are treated later'
    >>> case_hint("aggregate them first, or give unit=None for repeated cross-sections")
    'aggregate them first, or leave `unit` out for repeated cross-sections'
    >>> case_hint("use inference='bootstrap'")
    "use inference='bootstrap' (from Python: an analysis has no `inference`)"
    """
    foreign: dict[str, None] = {}

    def key(found: re.Match[str]) -> str:
        name = found["name"]
        if name is None:
            return found[0]
        if name not in Analysis.model_fields:
            foreign[name] = None
            return found[0]
        return _written(name, ast.literal_eval(found["value"]), found["verb"])

    said = _OPTION.sub(key, hint)
    if not foreign:
        return said
    return f"{said} (from Python: an analysis has no {' or '.join(f'`{one}`' for one in foreign)})"


def _written(name: str, value: Any, verb: str | None) -> str:
    if value is None:
        return f"leave `{name}` out"
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return f"{'write ' if verb else ''}`{name}: {shown}`"
