"""An effect as people see it: text for a terminal, HTML for a notebook."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from evalkit.did.period_name import with_period_names

if TYPE_CHECKING:
    from evalkit.did.effect import Effect


def effect_text(effect: Effect) -> str:
    """Write the estimates and how they were made, with what was left out, notes and source."""
    table = with_period_names(effect.table)
    lines = [
        f"{effect.method.title}: {effect.estimand}",
        f"Outcome: {effect.outcome}",
        "",
        table.to_string(index=False, float_format=lambda value: f"{value:.4f}"),
        "",
        *_remarks(effect),
        f"Source: {effect.reference}",
    ]
    return "\n".join(lines)


def _remarks(effect: Effect) -> list[str]:
    """Say how sure the numbers are, and what was left out."""
    found = effect.inference
    return [
        (
            f"Errors: {found.kind}, {found.grouping}, "
            f"{1 - found.alpha:.0%} intervals, small-sample factor: {found.factor}"
        ),
        *(f"Left out: {one}" for one in effect.dropped),
        *(f"Note: {one}" for one in effect.notes),
    ]


def effect_html(effect: Effect) -> str:
    """Write what is estimated and the table; below it the errors and what was left out."""
    words = re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(effect.estimand))
    head = f"<p><b>{escape(effect.method.title)}</b>: {words}</p>"
    shown = with_period_names(effect.table)
    table = shown.to_html(index=False, float_format=lambda value: f"{value:.4f}")
    below = "".join(f"<p>{escape(one)}</p>" for one in _remarks(effect))
    return f"<div>{head}{table}{below}</div>"
