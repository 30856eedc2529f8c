"""The list of abbreviations beside the text: what it lacks, and what nobody wrote."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evalkit.audit.case.prose import Passage
from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.model.case import Case

_NOT_WORDS = re.compile(r"\{\{.*?\}\}|\[@[^\]]*\]|`[^`]*`|@[\w:-]+")
# Two capitals at least: `SZW`, `FTE`, `MoU`; `Den` and `STEP-plan` begin with others.
_SHORT = re.compile(r"(?<![\w.-])(?=\w*[A-Z]\w*[A-Z])[A-Z][A-Za-z]{1,7}(?![\w-])")
_ROMAN = re.compile(r"[IVXLC]+")
_PLURAL = r"(?:['\N{RIGHT SINGLE QUOTATION MARK}-]?(?:s|en))?"  # `zzp'ers`, `PPS-en`, `SMEs`
_SIGN = "PM"  # explained in the legend of signs


def unused_abbreviations(subject: Subject) -> Iterator[AuditFinding]:
    """Find abbreviations with a meaning that stand nowhere in the case."""
    case = subject.case
    rest = case.model_copy(update={"abbreviations": {}}).model_dump_json()
    rest = rest.replace("\\n", " ")  # else the n of an escaped line end stands before a word
    for short in case.abbreviations:
        if not _stands(short, rest):
            where = case.place("abbreviations", short)
            yield finding("unused-abbreviation", (where,), {"short": short})


def missing_abbreviations(subject: Subject) -> Iterator[AuditFinding]:
    """Find abbreviations in running text without a meaning; only of a case that has a list."""
    if not subject.case.abbreviations:
        return
    written = [(one, _NOT_WORDS.sub(" ", one.text)) for one in subject.prose]
    explained = _explained(subject.case, " ".join(text for _, text in written))
    for short, passage in _first(written).items():
        if not _stands(short, explained):
            yield finding(
                "missing-abbreviation", (passage.where,), {"short": short}, (passage.text,)
            )


def _first(written: list[tuple[Passage, str]]) -> dict[str, Passage]:
    """Give each abbreviation in running text with the first sentence that has it."""
    found: dict[str, Passage] = {}
    for passage, text in written:
        for short in _SHORT.findall(text):
            if short != _SIGN and not _ROMAN.fullmatch(short):
                found.setdefault(short, passage)
    return found


def _explained(case: Case, text: str) -> str:
    """Gather what needs no entry: names, and what the text explains between brackets itself."""
    names = [word for one in case.instruments.values() for word in (one.name, one.label)]
    names += [word for one in case.sources.values() for word in (one.name, one.title)]
    # Either may stand between the brackets: the abbreviation or what it means.
    bracketed = re.findall(r"\((\w+)\)|\b(\w+)(?= \()", text)
    return " | ".join([*case.abbreviations, *names, *(a or b for a, b in bracketed)])


def _stands(short: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(short)}{_PLURAL}(?!\w)", text) is not None
