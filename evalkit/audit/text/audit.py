"""``audit_text``: a file to the findings and the numeric statements in it."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict

from evalkit.audit.finding import AuditDict, AuditFinding, worst_first
from evalkit.audit.text.document import Document, document_of
from evalkit.audit.text.reading import Progress, read
from evalkit.audit.text.rules import RULES
from evalkit.audit.text.statement import Statement, StatementDict, statements_of
from evalkit.audit.text.telling import words
from evalkit.judgement.sentence import same
from evalkit.language.numbers import Language
from evalkit.model.record import Record


class TextAuditDict(TypedDict, total=False):
    """An audit of a text as ``audit --json`` prints it."""

    file: str
    language: str
    findings: list[AuditDict]
    unread_pages: list[int]
    count: int
    statements: list[StatementDict]


class TextAudit(Record):
    """What the audit of a text found.

    Attributes
    ----------
    file
        Name of the file.
    language
        The language that it is written in.
    findings
        What does not fit, errors first.
    statements
        Every numeric statement, in the order of the text.
    unread
        Pages of a PDF without a text layer.
    """

    file: str
    language: Language
    findings: tuple[AuditFinding, ...]
    statements: tuple[Statement, ...]
    unread: tuple[int, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether something in it cannot be so."""
        return any(found.severity == "error" for found in self.findings)

    def summary(self, lang: Language | None = None, *, statements: bool = False) -> str:
        """Print the findings with their quotations, and on request every statement."""
        lang = self.language if lang is None else lang
        parts = [self._opening(lang)]
        if self.unread:
            pages = same(", ".join(map(str, self.unread)))
            parts.append(words("summary", "unread", pages=pages)[lang])
        parts += [_told(found, lang) for found in self.findings]
        if statements:
            parts.append("\n".join(statement.prose(lang) for statement in self.statements))
        return "\n\n".join(part for part in parts if part)

    def _opening(self, lang: Language) -> str:
        name = {0: "clean", 1: "one"}.get(len(self.findings), "several")
        if not self.statements and not self.findings:
            name = "none"
        return words(
            "summary", name, name=self.file, n=len(self.findings), statements=len(self.statements)
        )[lang]

    def as_json(self, lang: Language | None = None, *, statements: bool = False) -> TextAuditDict:
        """Give it as ``audit --json`` does."""
        lang = self.language if lang is None else lang
        document: TextAuditDict = {
            "file": self.file,
            "language": self.language,
            "findings": [found.as_json(lang) for found in self.findings],
            "unread_pages": list(self.unread),
            "count": len(self.statements),
        }
        if statements:
            document["statements"] = [statement.as_json() for statement in self.statements]
        return document


def audit_text(path: Path | str, progress: Progress | None = None) -> TextAudit:
    """Audit a finished text: plain text, Markdown or PDF.

    Parameters
    ----------
    path
        The file.
    progress
        Called with the page that was read and the number of pages of a PDF.

    Raises
    ------
    EvalkitError
        The file cannot be read as text.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     file = Path(folder) / "brief.txt"
    ...     _ = file.write_text("Het aantal steeg van 200 naar 250, een groei van 20 procent.")
    ...     print(audit_text(file).findings[0].prose("nl"))
    Van 200 naar 250 is een verandering van 25 procent, niet van 20 procent.
    """
    source = read(Path(path), progress)
    document = document_of(source)
    return TextAudit(
        file=source.name,
        language=document.lang,
        findings=findings_of(document),
        statements=tuple(statements_of(document)),
        unread=source.unread,
    )


def findings_of(document: Document) -> tuple[AuditFinding, ...]:
    """Run every rule over a text."""
    return worst_first(found for rule in RULES for found in rule(document))


def _told(found: AuditFinding, lang: Language) -> str:
    severity = words("severity", found.severity)[lang]
    quotes = [f"    {at}  “{text}”" for at, text in zip(found.where, found.quotes, strict=True)]
    return "\n".join([f"{severity} [{found.rule}] {found.prose(lang)}", *quotes])
