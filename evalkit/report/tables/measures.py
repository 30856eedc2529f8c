"""The measures of an agenda at a glance: status, responsible, money and the next milestone."""

from __future__ import annotations

from html import escape

from evalkit.model.instrument import Instrument
from evalkit.model.milestone import Milestone
from evalkit.report.anchors import instrument_anchor
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid


def measures_table(edition: Edition) -> Drawing | None:
    """Compose the table: a row a measure, its theme above it."""
    rows: list[Row] = []
    theme: str | None = None
    for key, instrument in edition.case.instruments.items():
        if instrument.theme is not None and instrument.theme != theme:
            rows.append(Row((escape(edition.case.themes[instrument.theme].name),), "group"))
        theme = instrument.theme
        rows.append(_row(key, instrument, edition))
    columns = [
        Column(edition.label("agenda.measure"), width=42),
        Column(edition.label("agenda.status"), width=24),
        Column(edition.label("agenda.responsible"), width=32),
        Column(edition.label("agenda.money"), width=28),
        Column(edition.label("agenda.next"), "note"),
    ]
    return grid(columns, rows) if rows else None


def responsible(instrument: Instrument, edition: Edition) -> str:
    """Say who is responsible, and who shares the work."""
    main = edition.listed(instrument.ministries) or instrument.executor
    others = edition.listed(instrument.involved)
    if not others:
        return main
    main = main or edition.label("agenda.unnamed")
    return f"{main}, {edition.label('agenda.with').format(names=others)}"


def money(instrument: Instrument, edition: Edition) -> str:
    """Say how much there is, and whether it is covered."""
    budget = instrument.budget
    amount = budget.prose(edition.lang) if budget is not None else ""
    cover = instrument.cover
    if cover == "unknown" and amount:  # the amount itself is stated
        return f"{amount}, {edition.label('cover-of.unknown-besides')}"
    told = edition.label(f"cover-of.{cover.replace(' ', '-')}") if cover else ""
    return ", ".join(filter(None, [amount, told])) or "\N{EN DASH}"


def _row(key: str, instrument: Instrument, edition: Edition) -> Row:
    status = instrument.status.replace(" ", "-") if instrument.status else ""
    dues = sorted(instrument.milestones.values(), key=lambda one: one.order)
    open_ = [one for one in dues if one.status in ("planned", "late", "unknown")]
    due = open_[0] if open_ else dues[-1] if dues else None
    number = edition.references.number(instrument_anchor(key))
    name = f'<span class="row-no">{number}</span> ' if number else ""
    cells = (
        f"{name}{escape(instrument.label)}",
        edition.label(f"status.{status}") if status else "\N{EN DASH}",
        escape(responsible(instrument, edition)) or "\N{EN DASH}",
        escape(money(instrument, edition)),
        escape(_told(due, edition)) if due else "\N{EN DASH}",
    )
    return Row(cells)


def _told(due: Milestone, edition: Edition) -> str:
    """Tell a milestone; one that lies behind says so, where the next one is looked for."""
    behind = due.status in ("reached", "dropped")
    status = f" ({edition.label(f'milestone.{due.status}')})" if behind else ""
    return f"{due.when.prose(edition.lang)}: {due.text}{status}"
