"""The numbers of the running text, read as those of any finished text.

Values of the model are filled in, so that what was typed by hand is held against what was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.audit.text.audit import findings_of
from evalkit.audit.text.document import document_of
from evalkit.audit.text.line import Line
from evalkit.audit.text.reading import Source
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.indicator import Observation
from evalkit.model.instrument import Instrument
from evalkit.model.path import PATH, at
from evalkit.model.quantity import Quantity

_VALUE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_UNREAD = "een waarde"
"""Stands for what is not filled in here, such as a share; words that are no number."""


def text_numbers(subject: Subject) -> Iterator[AuditFinding]:
    """Find numbers in the chapters and the prose on instruments that cannot all be right."""
    case = subject.case
    lines = [
        line
        for file, text, own in _texts(case)
        for line in (*_lines(file, text, case, own), Line(file, text.count("\n") + 2, ""))
    ]
    source = Source(case.slug, tuple(lines), markdown=True)
    if any(line.text.strip() for line in lines):
        yield from findings_of(document_of(source))


def _texts(case: Case) -> Iterator[tuple[str, str, Instrument | None]]:
    for name, text in case.chapters.items():
        yield f"chapters/{name}.md", text, None
    for key, instrument in case.instruments.items():
        if instrument.prose:
            yield case.prose_file(key), instrument.prose, instrument


def _lines(file: str, text: str, case: Case, own: Instrument | None) -> Iterator[Line]:
    for number, line in enumerate(text.splitlines(), start=1):
        shown = _VALUE.sub(lambda found: _filled(found[1], case, own), line)
        yield Line(file, number, shown)


def _filled(expression: str, case: Case, own: Instrument | None) -> str:
    """Print a plain path to a quantity; whatever else an expression is, is not read."""
    path, _, filters = expression.partition("|")
    if not PATH.fullmatch(path.strip()) or filters.strip() not in ("", "number", "short"):
        return _UNREAD
    for root in (own, case):
        found = at(root, path)
        found = found.value if isinstance(found, Observation) else found
        if isinstance(found, Quantity):
            return _printed(found, filters.strip(), case.language)
    return _UNREAD


def _printed(quantity: Quantity, how: str, lang: Language) -> str:
    if how == "number":
        return quantity.number(lang)
    return quantity.short(lang) if how == "short" else quantity.prose(lang)
