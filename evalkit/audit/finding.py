"""What the audit found: one thing that does not fit, where it stands and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Annotated, Literal, Self, TypedDict, get_args

from pydantic import Field, StringConstraints, model_validator

from evalkit.language.catalogue import label
from evalkit.language.numbers import LANGUAGES, Language
from evalkit.model.record import Id, Record

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

# A quotation is kept letter for letter, but for the spaces around it.
Quote = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class AuditDict(TypedDict):
    """A finding as ``audit --json`` prints it."""

    rule: str
    severity: Severity
    message: str
    where: list[str]
    quotes: list[str]


class AuditFinding(Record):
    """One finding of the audit.

    Attributes
    ----------
    rule
        Id of the rule that found it: ``total``.
    severity
        ``error`` for what cannot be so, ``warning`` for what a reader will stumble over, ``info``
        for what is good to know.
    message
        What does not fit, and by which computation, in Dutch and in English.
    where
        The places, most important first: ``chapters/02-beleid.md:14``, ``rapport.pdf:p12:8`` for
        page 12, line 8. A file without a line stands for the file as a whole.
    quotes
        The words that stand there, one for each place, or none.

    Examples
    --------
    >>> found = AuditFinding(
    ...     rule="total",
    ...     severity="error",
    ...     message={"nl": "2 + 3 is 5, niet 6.", "en": "2 + 3 is 5, not 6."},
    ...     where=("rapport.md:4",),
    ...     quotes=("6 scholen, waarvan 2 in het mbo en 3 in het hbo",),
    ... )
    >>> found.prose("en")
    '2 + 3 is 5, not 6.'
    >>> found.as_json("nl")["where"]
    ['rapport.md:4']
    """

    rule: Id
    severity: Severity
    message: dict[Language, str]
    where: Annotated[tuple[Quote, ...], Field(min_length=1)]
    quotes: tuple[Quote, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if missing := [lang for lang in LANGUAGES if not self.message.get(lang, "").strip()]:
            raise ValueError(f"the message lacks {' and '.join(missing)}")
        if self.quotes and len(self.quotes) != len(self.where):
            raise ValueError(
                f"{len(self.quotes)} quotations for {len(self.where)} places; "
                f"give one for each place, or none"
            )
        return self

    def prose(self, lang: Language = "nl") -> str:
        """Print the sentence that says what does not fit."""
        return self.message[lang]

    def _repr_html_(self) -> str:
        return as_html([self])

    def as_json(self, lang: Language = "nl") -> AuditDict:
        """Give it as ``audit --json`` does."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "message": self.prose(lang),
            "where": list(self.where),
            "quotes": list(self.quotes),
        }


def as_html(findings: Iterable[AuditFinding], lang: Language = "nl") -> str:
    """Set findings in a table for a notebook: how grave, what does not fit, and where."""
    rows = "".join(
        f"<tr><td>{escape(label(f'audit.{one.severity}', lang))}</td>"
        f"<td>{escape(one.prose(lang))}</td><td>{escape(', '.join(one.where))}</td></tr>"
        for one in findings
    )
    return f"<table>{rows}</table>" if rows else f"<p>{escape(label('audit.nothing', lang))}</p>"


def worst_first(findings: Iterable[AuditFinding]) -> tuple[AuditFinding, ...]:
    """Order findings: errors first, and within a severity as they came."""
    return tuple(sorted(findings, key=lambda found: SEVERITIES.index(found.severity)))
