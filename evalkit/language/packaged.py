"""Data that stands beside the code of a room."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def packaged_toml(package: str, name: str) -> dict[str, Any]:
    """Read a TOML file of a room, once; nobody changes what it gives.

    Parameters
    ----------
    package
        The room, as Python names it: its ``__package__``.
    name
        The file.

    Examples
    --------
    >>> packaged_toml("evalkit.language", "labels.toml")["stage"]["output"]["nl"]
    'Output'
    """
    return tomllib.loads((files(package) / name).read_text(encoding="utf-8"))
