"""The labels that evalkit gives by itself, to what it composes of a case."""

from __future__ import annotations

import re

from evalkit.model.case import Case

_OWN = ("fig-", "tbl-", "tab-", "sec-", "box-")
_DIRECTIVE = re.compile(r"^\s*:::+\s*(theory|compliance|sources|trail)\b", re.MULTILINE)


def of_part(label: str, case: Case) -> bool:
    """Whether the label is of an instrument, an analysis or what belongs to one."""
    bare = next((label.removeprefix(head) for head in _OWN if label.startswith(head)), label)
    bare = bare.removeprefix("analysis-").removeprefix("evaluability-")
    if bare == "evaluability":
        return bool(case.instruments)
    keys = {*case.instruments, *case.analyses}
    return any(
        bare == key or bare.startswith(f"{key}-") or bare.endswith(f"-{key}") for key in keys
    )


def by_directive(case: Case) -> set[str]:
    """Give the labels of the tables that a directive in a chapter composes."""
    found = {name for text in case.chapters.values() for name in _DIRECTIVE.findall(text)}
    made: set[str] = set()
    if "theory" in found:
        made |= {"tbl-theory-links", "tbl-theory-external"}
    if "compliance" in found:
        made |= {f"tbl-compliance-{regime}" for regime in case.compliance}
    if "sources" in found:
        made |= {"tbl-sources", "sec-all-sources"}
    if "trail" in found:
        made |= {"tbl-trail"}
    return made
