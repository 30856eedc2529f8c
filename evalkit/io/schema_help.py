"""The help of a key: what the docstring of its record says of it."""

from __future__ import annotations

import re
from inspect import cleandoc

from pydantic import BaseModel


def summary(record: object) -> str:
    """Give the first paragraph of a docstring."""
    return _plain(cleandoc(record.__doc__ or "").split("\n\n")[0])


def attributes(record: type[BaseModel]) -> dict[str, str]:
    """Read the numpydoc ``Attributes`` of a record and of what it builds on.

    Examples
    --------
    >>> from evalkit.model.budget import BudgetLine
    >>> attributes(BudgetLine)["form"]
    'In cash, in kind or both.'
    """
    found: dict[str, str] = {}
    for part in reversed(record.__mro__):
        section = re.search(
            r"^Attributes\n-+\n(.*?)(?=^\S[^\n]*\n-{3,}$|\Z)",
            cleandoc(part.__doc__ or ""), re.DOTALL | re.MULTILINE,
        )  # fmt: skip
        for names, text in re.findall(
            r"^(\w[\w, ]*)\n((?:[ ]+\S.*\n?)+)", section[1] if section else "", re.MULTILINE
        ):
            found |= dict.fromkeys(re.split(r",\s*", names.strip()), _plain(text))
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")
