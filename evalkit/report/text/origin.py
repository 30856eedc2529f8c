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
from evalkit.model.stage import Stage
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
    called
        What the case calls it instead of its role: ``pilot``.
    """

    path: str
    what: str
    role: str = ""
    year: int | None = None
    source: Citations = ()
    computed: bool = False
    called: str = ""


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
    role, year, source, called = "", node.year, node.source, ""
    for key, value in seen:
        if key in ("baseline", "target", "actual", "no_policy", "per_year", "total"):
            role = key
        if isinstance(value, Observation):
            source = value.source or source
            year = value.year or year
            called = value.called
        elif role == "per_year" and key.isdigit():
            year = int(key)
    computed = role == "total" and node.total_computed
    if role == "target" and any(key == Stage.INPUT for key, _ in seen):
        role = "planned"  # a target is for what comes out
    elif role == "total" and not computed and node.total is not None and node.total.per:
        role = ""  # so much a year is no total
    return Origin(path, node.text, role, year, source, computed, called)
