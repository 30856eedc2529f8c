"""The investment agenda of a case as bars."""

from __future__ import annotations

from html import escape

from evalkit.language.catalogue import label
from evalkit.model.amount import Amount
from evalkit.model.quantity import Quantity
from evalkit.model.sheet import Sheet, SheetRow
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given
from evalkit.report.figures.quantities import draw_bars, room_for
from evalkit.report.text.citations import cited_all


def investments_figure(given: Given) -> tuple[Drawing, str] | None:
    """Draw a group of bars for each line of the agenda; gives its `Bron:` line too."""
    agenda = given.edition.case.investments
    if agenda is None:
        given.problem("there is no investment agenda", "add investments.yaml, or take it out")
        return None
    amounts = [value for line in agenda.lines.values() for value in line.amounts.values()]
    known = [value for value in amounts if not value.pm]
    if any(value.upto is not None for value in known):
        given.problem("a range has no single place in a figure", "print the table of the agenda")
        return None
    exponent = max((value.exponent for value in known), default=0)
    rows = tuple(
        SheetRow(
            at=at,
            label=f"{at} {line.text}",
            amounts=tuple(Amount.of(line.amounts.get(key), exponent) for key in agenda.columns),
        )
        for at, line in enumerate(agenda.lines.values(), 1)
    )
    sheet = Sheet(
        corner=given.label("agenda.line"),
        columns=tuple(agenda.columns.values()),
        rows=rows,
        unit=_unit(known, exponent, given),
        places=tuple(range(1, len(agenda.columns) + 1)),
    )
    crowded = room_for(sheet)
    if crowded is not None:
        given.problem(*crowded)
        return None
    source = cited_all(agenda.source, given.edition.case.sources, given.lang)
    made = draw_bars(sheet, given, given.label("bars.alt"))
    return None if made is None else (made, escape(source))


def _unit(known: list[Quantity], exponent: int, given: Given) -> str:
    scale = label(f"scale.{exponent}", given.lang) if exponent else ""
    unit = label(f"unit.{known[0].unit}", given.lang, known[0].unit) if known else ""
    return " ".join(filter(None, [scale, unit]))
