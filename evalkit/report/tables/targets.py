"""What is aimed at, measure by measure: where it stood, how far it came, and the target."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from evalkit.judgement.mix.targets import results
from evalkit.model.indicator import Indicator, Observation
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all


class _Target(NamedTuple):
    """A target, and the head that it stands under."""

    head: str
    row: Row


def targets_table(edition: Edition, only: str | None = None) -> Drawing | None:
    """Compose the table of all targets, or of those of one theme."""
    rows: list[Row] = []
    head = ""
    for one in [*_measured(edition, only), *_agreed(edition, only)]:
        if one.head != head:
            rows.append(Row((escape(one.head),), "group"))
        head = one.head
        rows.append(one.row)
    columns = [
        Column(edition.label("numbers.what")),
        Column(edition.label("targets.baseline"), width=28),
        Column(edition.label("targets.actual"), width=28),
        Column(edition.label("targets.target"), width=28),
        Column(edition.label("agenda.source"), "note", width=32),
    ]
    return grid(columns, rows) if rows else None


def _measured(edition: Edition, theme: str | None) -> Iterator[_Target]:
    """Tell the targets of nodes and indicators, in the order of the case."""
    case = edition.case
    shown = () if theme is None else case.themes[theme].indicators
    for loc, key, node in results(case):
        of_theme = case.instruments[key].theme == theme if key else loc[-1] in shown
        if node.target is None or not (theme is None or of_theme):
            continue
        own = edition.label("targets.indicators" if loc[0] == "indicators" else "targets.policy")
        head = case.instruments[key].label if key else own
        yield _Target(head, _row(node, edition))


def _agreed(edition: Edition, theme: str | None) -> Iterator[_Target]:
    """Tell the targets of what was agreed."""
    head = edition.label("targets.agreed")
    for key, found in edition.case.themes.items():
        for one in found.commitments.values() if theme in (None, key) else ():
            if one.target is not None:
                source = escape(cited_all(one.source, edition.case.sources, edition.lang))
                cells = (escape(one.text), *_values((None, None, one.target), None, edition))
                yield _Target(head, Row((*cells, source)))


def _row(node: Indicator, edition: Edition) -> Row:
    seen = (node.baseline, node.actual, node.target)
    cited = [*node.source, *(c for one in seen if one is not None for c in one.source)]
    source = escape(cited_all(cited, edition.case.sources, edition.lang))
    return Row((escape(node.text), *_values(seen, node.year, edition), source))


def _values(
    seen: tuple[Observation | None, ...], usual: int | None, edition: Edition
) -> Iterator[str]:
    for one in seen:
        if one is None:
            yield "\N{EN DASH}"
            continue
        year = one.year or usual
        # What the case calls otherwise than the head of its column does: a pilot.
        told = ", ".join(filter(None, [one.called, str(year) if year else ""]))
        yield escape(f"{one.prose(edition.lang)} ({told})" if told else one.prose(edition.lang))
