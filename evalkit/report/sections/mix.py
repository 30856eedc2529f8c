"""Findings on the policy mix: the weightiest as a list, or all of them by subject."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from evalkit.judgement.mix.finding import KINDS
from evalkit.report.edition import Edition

_WEIGHTIEST = 1
_NEEDS_REMARK = ("coverage_gap", "progress_open")  # without it these would say too much


def mix_list(edition: Edition) -> str:
    """Render the findings that a reader should see first, with the remarks that they need."""
    found = [one for one in edition.evaluation.mix.findings if one.importance == _WEIGHTIEST]
    lang = edition.lang
    return _items(
        [one.prose(lang) if one.rule in _NEEDS_REMARK else one.text[lang] for one in found]
    )


def mix_in_full(edition: Edition) -> str:
    """Render every finding, those on one subject together."""
    parts = []
    for kind in KINDS:
        found = [one for one in edition.evaluation.mix.findings if one.kind == kind]
        if found:
            parts += [
                f"<h3>{escape(edition.label(f'mix.{kind}'))}</h3>",
                _items([one.prose(edition.lang) for one in found]),
            ]
    return "".join(parts)


def _items(texts: Sequence[str]) -> str:
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>" if items else ""
