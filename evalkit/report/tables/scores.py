"""Level and direction of every instrument in one table."""

from __future__ import annotations

from html import escape

from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.figures.badge import direction_symbol
from evalkit.report.tables.grid import Column, Row, grid


def scores_table(edition: Edition) -> Drawing:
    """Compose the table: a row an instrument, with the step that would lift it."""
    rows = []
    for verdict in edition.evaluation.scores.instruments:
        direction = verdict.direction_label(edition.lang)
        symbol = direction_symbol(verdict.direction, alt="")
        level = f"{verdict.level} {verdict.label[edition.lang]}"
        next_step = escape(verdict.next_step[edition.lang])
        name = edition.case.instruments[verdict.id].label
        rows.append(Row((escape(name), escape(level), f"{symbol}{escape(direction)}", next_step)))
    columns = [
        Column(edition.label("scores.instrument"), width=40),
        Column(edition.label("scores.level"), width=28),
        Column(edition.label("scores.direction"), width=34),
        Column(edition.label("scores.next"), "note"),
    ]
    return grid(columns, rows)
