"""The numbers of the running text, read as those of any finished text.

Values of the model are filled in, so that what was typed by hand is held against what was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

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
from evalkit.model.quantity import Quantity
from evalkit.model.record import Record

_VALUE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.\w+|\[\d+\])+")
_STEP = re.compile(r"\w+")
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
    if not _PATH.fullmatch(path.strip()) or filters.strip() not in ("", "number", "short"):
        return _UNREAD
    roots = [root for root in (own, case) if root is not None]
    for root in roots:
        found = _walk(root, _STEP.findall(path))
        if found is not None:
            return _printed(found, filters.strip(), case.language)
    return _UNREAD


def _walk(here: object, steps: list[str]) -> Quantity | None:
    for step in steps:
        here = _part(here, step)
    if isinstance(here, Observation):
        return here.value
    return here if isinstance(here, Quantity) else None


def _part(here: object, step: str) -> object:
    for name in (step, step.replace("_", "-")):
        if isinstance(here, Mapping) and name in here:
            return here[name]
        if isinstance(here, Record) and name in type(here).model_fields:
            return getattr(here, name)
    if isinstance(here, Mapping) and step.isdigit():
        return here.get(int(step))
    return None


def _printed(quantity: Quantity, how: str, lang: Language) -> str:
    if how == "number":
        return quantity.number(lang)
    return quantity.short(lang) if how == "short" else quantity.prose(lang)
