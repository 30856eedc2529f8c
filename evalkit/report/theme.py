"""A theme of an agenda: its problem, its goal and who stands behind it."""

from __future__ import annotations

from html import escape

from evalkit.report.citations import cited_all
from evalkit.report.edition import Edition
from evalkit.report.prose import Prose

_FILE = "themes.yaml"


def theme_html(key: str, edition: Edition) -> str:
    """Render a theme as headed paragraphs; its measures are placed apart."""
    theme = edition.case.themes[key]
    parts = []
    for name, text in (("problem", theme.problem), ("goal", theme.goal)):
        if text:
            head = escape(edition.label(f"agenda.{name}"))
            parts.append(f"<h3>{head}</h3>{Prose(edition, _FILE).html(text)}")
    if theme.signatories:
        head = escape(edition.label("agenda.signatories"))
        named = escape(edition.listed(theme.signatories))
        parts.append(f"<p><b>{head}:</b> {named}.</p>")
    source = cited_all(theme.source, edition.case.sources, edition.lang)
    if source and parts:
        word = escape(edition.label("agenda.source"))
        parts.append(f'<p class="because">{word}: {escape(source)}.</p>')
    return "".join(parts)
