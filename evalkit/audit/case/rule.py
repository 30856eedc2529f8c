"""A rule of the audit: what it looks for, and the sentence that it prints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.sentence import Sentence, fill, same
from evalkit.language.packaged import packaged_toml

Rule = Callable[[Subject], Iterator[AuditFinding]]


def finding(
    rule: str,
    where: Sequence[str],
    slots: Mapping[str, Sentence | str],
    quotes: Sequence[str] = (),
) -> AuditFinding:
    """Make a finding from the sentence of a rule.

    Parameters
    ----------
    rule
        Its key in rules.toml.
    where
        The places, most important first.
    slots
        What fills the sentence; plain text is the same in every language.
    quotes
        The words that stand there, one for each place, or none.
    """
    about = packaged_toml(__package__, "rules.toml")[rule]
    filled = {name: same(slot) if isinstance(slot, str) else slot for name, slot in slots.items()}
    return AuditFinding(
        rule=rule,
        severity=about["severity"],
        message=fill({"nl": about["nl"], "en": about["en"]}, filled),
        where=tuple(where),
        quotes=tuple(quotes),
    )
