"""The series of a table as a chart of lines."""

from __future__ import annotations

from html import escape
from itertools import pairwise

from evalkit.language.numbers import format_decimal
from evalkit.model.sheet import CellFault, Sheet
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given, rows_of
from evalkit.report.figures.lines import Aim, Break, Course, Lines, line_chart
from evalkit.report.figures.pen import FAINT, PENS, Pen

_TOLD = 6  # series whose course the alternative text tells


def series_figure(given: Given) -> Drawing | None:
    """Draw each column of a table as a line, over its rows."""
    sheet = given.sheet()
    chosen = given.chosen("highlight", sheet.columns) if sheet else None
    if sheet is None or chosen is None or not _can_be_drawn(sheet, chosen, given):
        return None
    places = _places(sheet)
    years = all(row.label.isdigit() for row in sheet.parts)
    courses = _courses(sheet, chosen, places, given)
    chart = Lines(
        ticks=tuple(zip(places, (row.label for row in sheet.parts), strict=True)),
        courses=courses, breaks=_breaks(sheet, places, given),
        aim=_aim(given, years=years),
    )  # fmt: skip
    alt = _alt(sheet, given)
    data = rows_of(sheet, given.lang)
    if chart.aim is not None and given.table.aim is not None:
        number = format_decimal(given.table.aim, given.lang)
        data += ((chart.aim.name, number, *[""] * (len(sheet.columns) - 1)),)
    markup, lettered = line_chart(chart, given.lang, alt=alt)
    notes = [f"<b>{chr(ord('a') + at)}</b> {escape(why)}" for at, why in enumerate(lettered)]
    legend = "; ".join(filter(None, [escape(sheet.unit), *notes]))
    return Drawing(markup, alt, legend, data)


def _can_be_drawn(sheet: Sheet, chosen: list[str], given: Given) -> bool:
    faults = [
        CellFault(
            0, sheet.places[at], "this series has no number", "fill it in, or take the column out"
        )
        for at in range(len(sheet.columns))
        if not any(amount.known for amount in sheet.amounts(at))
    ]
    for (one, x), (two, y) in pairwise([(r, _year(r.label)) for r in sheet.parts]):
        if x is not None and y is not None and y <= x:
            what = f"'{two.label}' stands behind '{one.label}'"
            faults.append(CellFault(two.at, 0, what, "put the rows in the order of time"))
    for fault in faults:
        given.fault(fault)
    if not chosen and len(sheet.columns) > len(PENS):
        what = f"{len(sheet.columns)} lines cannot be told apart; {len(PENS)} can"
        given.problem(what, 'name those that matter, such as highlight="Nederland, EU-27"')
        return False
    if len(chosen) > len(PENS):
        given.problem(f"`highlight` names {len(chosen)} lines; {len(PENS)} can be told apart")
        return False
    return not faults


def _year(label: str) -> int | None:
    return int(label) if label.isdigit() else None


def _places(sheet: Sheet) -> list[float]:
    """Years stand at their distance; what is no year, at equal distances."""
    years = [_year(row.label) for row in sheet.parts]
    if all(year is not None for year in years):
        return [float(year or 0) for year in years]
    return [float(at) for at in range(len(sheet.parts))]


def _courses(
    sheet: Sheet, chosen: list[str], places: list[float], given: Given
) -> tuple[Course, ...]:
    """Give each series its pen; those that are not chosen lie behind, in one faint shade."""
    strong, faint = [], []
    pens = iter(PENS)
    others = [name for name in sheet.columns if chosen and name not in chosen]
    for at, name in enumerate(sheet.columns):
        values = (float(a.value) if a.value is not None else None for a in sheet.amounts(at))
        points = tuple(zip(places, values, strict=True))
        if name in others:
            first = name == others[0]
            told = given.label("lines.others").format(number=len(others))
            label = told if len(others) > 1 else name
            faint.append(Course(label, points, FAINT, named=first, dots=False))
        else:
            pen: Pen = next(pens)
            strong.append(Course(name, points, pen))
    return (*faint, *reversed(strong))


def _breaks(sheet: Sheet, places: list[float], given: Given) -> tuple[Break, ...]:
    labels = [row.label for row in sheet.parts]
    found = []
    for label, why in given.table.breaks.items():
        at = labels.index(label) if label in labels else 0
        if at:
            found.append(Break(places[at - 1], places[at], why))
    return tuple(sorted(found, key=lambda one: one.at))


def _aim(given: Given, *, years: bool) -> Aim | None:
    target, value = given.table.target, given.table.aim
    if target is None or value is None:
        return None
    year = target.year if years else None
    name = given.label("lines.aim" if target.year else "lines.aim-no-year")
    told = name.format(value=target.value.prose(given.lang), year=target.year)
    return Aim(float(value), told, float(year) if year else None)


def _alt(sheet: Sheet, given: Given) -> str:
    """Say what is drawn, and where each line begins and ends."""
    told = []
    for at, name in enumerate(sheet.columns[:_TOLD]):
        known = [row for row in sheet.parts if row.amounts[at].known]
        first, last = known[0], known[-1]
        told.append(
            given.label("lines.course").format(
                name=name, start=first.amounts[at].prose(given.lang), first=first.label,
                end=last.amounts[at].prose(given.lang), last=last.label,
            )
        )  # fmt: skip
    if len(sheet.columns) > _TOLD:
        told.append(given.label("lines.others").format(number=len(sheet.columns) - _TOLD))
    rows = sheet.parts
    head = given.label("lines.alt").format(first=rows[0].label, last=rows[-1].label)
    return f"{head} {'; '.join(told)}."
