"""The audit of a case as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from evalkit.audit.finding import AuditFinding
from evalkit.judgement.compliance.compliance import Compliance
from evalkit.language.capital import capital
from evalkit.language.catalogue import label
from evalkit.language.numbers import Language, spell


def as_text(
    findings: Sequence[AuditFinding], compliance: Iterable[Compliance], lang: Language
) -> str:
    """Print findings, each at its places, and how each regime is met."""
    lines = [_head(findings, lang)]
    for one in findings:
        lines += ["", *_told(one, lang)]
    for regime in compliance:
        lines += ["", regime.summary(lang)]
    return "\n".join(lines)


def _head(findings: Sequence[AuditFinding], lang: Language) -> str:
    if not findings:
        return label("audit.nothing", lang)
    number = "one" if len(findings) == 1 else "more"
    return capital(label(f"audit.{number}", lang).format(number=spell(len(findings), lang)))


def _told(one: AuditFinding, lang: Language) -> Iterator[str]:
    severity = label(f"audit.{one.severity}", lang)
    yield f"{one.where[0]}: {severity}: {one.prose(lang)} [{one.rule}]"
    yield from (f"    {label('audit.also', lang)} {place}" for place in one.where[1:])
    yield from (f"    ‘{quote}’" for quote in one.quotes)
