"""Where a printed value comes from: the record behind it, its source, its computation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from evalkit.model.analysis import Analysis
from evalkit.model.aside import Aside
from evalkit.model.finding import Finding
from evalkit.model.indicator import Indicator, Observation
from evalkit.model.investment import Investment
from evalkit.model.path import PATH, along
from evalkit.model.response import Action
from evalkit.model.source import Citations
from evalkit.model.theme import Commitment

__all__ = ["PATH", "Origin", "origins"]

_TEXT = re.compile(r"'[^']*'|\"[^\"]*\"")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a path in an expression leads to.

    Attributes
    ----------
    path
        As it stands in the prose.
    what
        What is counted or measured, in words; empty when it is no indicator.
    role
        ``actual``, ``per_year``, ``total`` and so on; empty for what has no role.
    year
        The year that it is about.
    source
        Who says so.
    computed
        Whether evalkit computed it, from data or as the sum of years.
    """

    path: str
    what: str
    role: str = ""
    year: int | None = None
    source: Citations = ()
    computed: bool = False


def origins(
    expression: str, names: Mapping[str, object], analyses: Mapping[str, Analysis]
) -> Iterator[Origin]:
    """Find the records that an expression prints, in their order."""
    for found in PATH.finditer(_TEXT.sub("", expression)):
        yield _origin(found[0], names, analyses)


def _origin(path: str, names: Mapping[str, object], analyses: Mapping[str, Analysis]) -> Origin:
    node: Indicator | None = None
    seen = [(str(key), value) for key, value in along(names, path)]
    for _, value in seen:
        if isinstance(value, Finding):
            analysis = analyses[value.id]
            return Origin(path, analysis.title, source=analysis.source, computed=True)
        if isinstance(value, Investment | Action | Commitment | Aside):
            return Origin(path, value.text, source=value.source)
        if isinstance(value, Indicator):
            node = value
    return Origin(path, "") if node is None else _of_node(path, node, seen)


def _of_node(path: str, node: Indicator, seen: list[tuple[str, object]]) -> Origin:
    """Describe a value of an indicator; an observation may have a source of its own."""
    role, year, source = "", node.year, node.source
    for key, value in seen:
        if key in ("baseline", "target", "actual", "no_policy", "per_year", "total"):
            role = key
        if isinstance(value, Observation):
            source = value.source or source
            year = value.year or year
        elif role == "per_year" and key.isdigit():
            year = int(key)
    computed = role == "total" and node.total_computed
    return Origin(path, node.text, role, year, source, computed)
