"""Findings on the policy mix: the weightiest as a list, or all of them by subject."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evalkit.judgement.mix.finding import KINDS, MixFinding
from evalkit.report.edition import Edition

_WEIGHTIEST = 1


def mix_list(edition: Edition) -> str:
    """Render the findings that a reader should see first."""
    found = [one for one in edition.evaluation.mix.findings if one.importance == _WEIGHTIEST]
    return _items(found, edition)


def mix_in_full(edition: Edition) -> str:
    """Render every finding, those on one subject together."""
    parts = []
    for kind in KINDS:
        found = [one for one in edition.evaluation.mix.findings if one.kind == kind]
        if found:
            parts += [f"<h3>{escape(edition.label(f'mix.{kind}'))}</h3>", _items(found, edition)]
    return "".join(parts)


def _items(found: Sequence[MixFinding], edition: Edition) -> str:
    items = "".join(f"<li>{escape(one.prose(edition.lang))}</li>" for one in found)
    return f"<ul>{items}</ul>" if items else ""
