"""The calendar of milestones: what was promised for when, and whether it came."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from evalkit.language.capital import capital
from evalkit.model.milestone import Milestone
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all


class _Promise(NamedTuple):
    whose: str
    milestone: Milestone
    advised: bool = False  # whether it is of a recommendation instead of a measure


def milestones_table(edition: Edition) -> Drawing | None:
    """Compose the calendar of the whole case, first what is due first."""
    found = sorted(_promises(edition), key=lambda one: one.milestone.order)
    rows = [_row(one, edition) for one in found]
    whose = "whose-advised" if any(one.advised for one in found) else "whose"
    columns = [
        Column(edition.label("agenda.when"), width=34),
        Column(edition.label("agenda.what")),
        Column(edition.label(f"agenda.{whose}"), "note", width=40),
        Column(edition.label("agenda.status"), "note", width=18),
    ]
    return grid(columns, rows) if rows else None


def _promises(edition: Edition) -> Iterator[_Promise]:
    for instrument in edition.case.instruments.values():
        for one in instrument.milestones.values():
            yield _Promise(instrument.label, one)
    for response in edition.case.responses.values():
        for action in response.actions.values():
            known = edition.case.instruments.get(action.instrument or "")
            whose = known.label if known is not None else response.recommendation.rstrip(".")
            for one in action.milestones.values():
                yield _Promise(whose, one, advised=known is None)


def _row(promise: _Promise, edition: Edition) -> Row:
    one = promise.milestone
    status = edition.label(f"milestone.{one.status}")
    source = cited_all(one.source, edition.case.sources, edition.lang)
    note = f'<span class="sub">{escape(source)}</span>' if source else ""
    what = escape(capital(one.text))
    cells = (escape(one.when.prose(edition.lang)), what, f"{escape(promise.whose)}{note}", status)
    return Row(cells)
