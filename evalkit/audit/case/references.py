"""Figures and tables that the text never refers to, and references to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.case.own_labels import by_directive, of_part
from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.model.case import Case

_EXHIBIT = re.compile(r"^\s*:::+\s*(?:figure|table)\b[^\n]*\{[^}\n]*#([\w-]+)", re.MULTILINE)
_UNREAD = re.compile(r"<!--.*?-->|^\s*(```|~~~).*?^\s*\1|`[^`\n]*`", re.DOTALL | re.MULTILINE)
# An address of mail and an escaped @ refer to nothing.
_REFERENCE = re.compile(r"(?<![\w@.\\])@((?:fig|tbl|tab|box|sec)-[\w-]*\w)")


def unused_exhibits(subject: Subject) -> Iterator[AuditFinding]:
    """Find figures and tables with a label that no text names."""
    texts = _texts(subject.case)
    named = {name for _, text in texts for name in _REFERENCE.findall(text)}
    named |= {label for one in subject.case.recommendations.values() for label in one.because}
    for file, text in texts:
        for found in _EXHIBIT.finditer(text):
            if found[1] not in named:
                line = text.count("\n", 0, found.end()) + 1
                yield finding("unused-exhibit", (f"{file}:{line}",), {"label": found[1]})


def broken_references(subject: Subject) -> Iterator[AuditFinding]:
    """Find references to a figure, table or section that is not there."""
    known = {label.id for label in subject.case.labels}
    texts = _texts(subject.case)
    made = {name for _, text in texts for name in re.findall(r"#([\w-]+)", text)}
    made |= by_directive(subject.case)
    for file, text in texts:
        for found in _REFERENCE.finditer(text):
            if found[1] not in known | made and not of_part(found[1], subject.case):
                line = text.count("\n", 0, found.start()) + 1
                yield finding("broken-reference", (f"{file}:{line}",), {"label": found[1]})


def _texts(case: Case) -> list[tuple[str, str]]:
    chapters = [(f"chapters/{name}.md", text) for name, text in case.chapters.items()]
    own = [(case.prose_file(key), one.prose) for key, one in case.instruments.items()]
    fields = [
        (case.place("instruments", key, field).rsplit(":", 1)[0], getattr(one, field))
        for key, one in case.instruments.items()
        for field in ("summary", "description")
    ]
    said = [
        (case.place("recommendations", key, "text").rsplit(":", 1)[0], one.text)
        for key, one in case.recommendations.items()
    ]
    found = [*chapters, *own, *fields, *said]
    return [(file, _UNREAD.sub(_lines, text)) for file, text in found]


def _lines(found: re.Match[str]) -> str:
    """Take out comments and code, which refer to nothing, and keep their lines."""
    return "\n" * found[0].count("\n")
