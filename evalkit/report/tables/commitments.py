"""What was agreed, theme by theme, with its target."""

from __future__ import annotations

from html import escape

from evalkit.judgement.evaluability.words import words
from evalkit.language.capital import capital
from evalkit.model.theme import Commitment
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all

_UNDECIDED = {"verkenning", "besluit nodig"}


def commitments_table(edition: Edition, only: str | None = None) -> Drawing | None:
    """Compose the table of all commitments, each theme under its name, or of one theme."""
    rows = []
    for key, theme in edition.case.themes.items():
        if theme.commitments and only in (None, key):
            if only is None:
                rows.append(Row((escape(theme.name),), "group"))
            rows += [_row(one, edition) for one in theme.commitments.values()]
    columns = [
        Column(_head(edition)),
        Column(edition.label("agenda.target"), width=40),
        Column(edition.label("agenda.source"), "note", width=36),
    ]
    return grid(columns, rows) if rows else None


def _head(edition: Edition) -> str:
    """Call what is asked for a proposal, when nothing in the case has been decided on yet."""
    found = {one.status for one in edition.case.instruments.values()}
    if found and found <= _UNDECIDED:
        return capital(words("table", "proposal")[edition.lang])
    return edition.label("agenda.commitment")


def _row(one: Commitment, edition: Edition) -> Row:
    target = "\N{EN DASH}"
    if one.target is not None:
        year = f" ({one.target.year})" if one.target.year else ""
        target = f"{one.target.prose(edition.lang)}{year}"
    source = cited_all(one.source, edition.case.sources, edition.lang)
    return Row((escape(one.text), escape(target), escape(source)))
