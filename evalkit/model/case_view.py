"""A case in a notebook: what it is about and what it holds, in a glance."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from evalkit.language.catalogue import label

if TYPE_CHECKING:
    from evalkit.model.case import Case

_LEFT = "text-align: left"  # a notebook sets cells to the right, for numbers


def case_line(case: Case) -> str:
    """Name a case in a line."""
    parts = [f"{case.slug!r}", _counted(len(case.instruments), "instrument")]
    if case.analyses:
        parts.append("1 analysis" if len(case.analyses) == 1 else f"{len(case.analyses)} analyses")
    parts.append(_counted(len(case.chapters), "chapter"))
    return f"Case({', '.join(parts)})"


def case_html(case: Case) -> str:
    """Write title, period and instruments as HTML, in the language of the case."""
    lang = case.language
    head = f"<p><b>{escape(case.title)}</b>, {escape(case.period.prose(lang))}</p>"
    names = ("scores.instrument", "fact.type", "fact.period", "verdict.evidence")
    heads = "".join(f'<th style="{_LEFT}">{escape(label(name, lang))}</th>' for name in names)
    rows = "".join(
        f"<tr>{_words(one.name, label(f'type.{one.type}', lang), one.period.prose(lang))}"
        f"<td>{len(one.evidence)}</td></tr>"
        for one in case.instruments.values()
    )
    table = f"<table><tr>{heads}</tr>{rows}</table>" if rows else ""
    return f"<div>{head}{table}</div>"


def _words(*texts: str) -> str:
    return "".join(f'<td style="{_LEFT}">{escape(text)}</td>' for text in texts)


def _counted(many: int, noun: str) -> str:
    return f"{many} {noun}{'s' * (many != 1)}"
