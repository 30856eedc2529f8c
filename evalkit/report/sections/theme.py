"""A theme of an agenda: its problem, its goal, what shows them and who stands behind it."""

from __future__ import annotations

from html import escape

from evalkit.report.edition import Edition
from evalkit.report.sections.instrument import told
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose

_FILE = "themes.yaml"


def theme_html(key: str, edition: Edition) -> str:
    """Render a theme as headed paragraphs; its measures are placed apart."""
    theme = edition.case.themes[key]
    parts = []
    for name, text in (("problem", theme.problem), ("goal", theme.goal)):
        if text:
            head = escape(edition.label(f"agenda.{name}"))
            parts.append(f"<h3>{head}</h3>{Prose(edition, _FILE).html(text)}")
    if theme.indicators:
        head = escape(edition.label("agenda.indicators"))
        items = "".join(f"<li>{_indicator(name, edition)}</li>" for name in theme.indicators)
        parts.append(f"<h3>{head}</h3><ul>{items}</ul>")
    if theme.signatories:
        head = escape(edition.label("agenda.signatories"))
        named = escape(edition.listed(theme.signatories))
        parts.append(f"<p><b>{head}:</b> {named}.</p>")
    source = cited_all(theme.source, edition.case.sources, edition.lang)
    if source and parts:
        word = escape(edition.label("agenda.source"))
        parts.append(f'<p class="source">{word}: {escape(source)}.</p>')
    return "".join(parts)


def _indicator(name: str, edition: Edition) -> str:
    """Tell an indicator in one line: what it was, is and should be, and who says so."""
    found = edition.case.indicators[name]
    source = escape(cited_all(found.source, edition.case.sources, edition.lang))
    cited = f" ({source})" if source else ""
    note = f" {Prose(edition, 'case.yaml').inline(found.note.strip())}" if found.note else ""
    return f"{escape(told(found, edition))}{cited}.{note}"
