"""A rule of the audit: what it looks for, and the sentence that it prints."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.sentence import Sentence, fill, same

Rule = Callable[[Subject], Iterator[AuditFinding]]


@cache
def _rules() -> dict[str, dict[str, Any]]:
    return tomllib.loads((files(__package__) / "rules.toml").read_text(encoding="utf-8"))


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
    about = _rules()[rule]
    filled = {name: same(slot) if isinstance(slot, str) else slot for name, slot in slots.items()}
    return AuditFinding(
        rule=rule,
        severity=about["severity"],
        message=fill({"nl": about["nl"], "en": about["en"]}, filled),
        where=tuple(where),
        quotes=tuple(quotes),
    )
