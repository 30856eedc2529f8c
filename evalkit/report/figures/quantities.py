"""The numbers of a table as bars: beside each other, stacked, or as an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from html import escape

from evalkit.language.numbers import Language
from evalkit.model.amount import Amount, total
from evalkit.model.sheet import CellFault, Sheet, SheetRow
from evalkit.report.document import Drawing
from evalkit.report.figures.bar_chart import bar_chart
from evalkit.report.figures.bars import MOST_BARS, Bar, Chart, Line, Slot
from evalkit.report.figures.fill import FILLS, sample
from evalkit.report.figures.given import Given, rows_of
from evalkit.report.figures.legend import legend

_HUNDRED = Fraction(100)


def bars_figure(given: Given) -> Drawing | None:
    """Draw a group of bars for each row, a bar for each column."""
    sheet = given.sheet()
    if sheet is None or not _fits(sheet, given):
        return None
    line = None
    if given.table.target is not None and given.table.aim is not None:
        told = given.label("lines.aim" if given.table.target.year else "lines.aim-no-year")
        value = given.table.target.value.prose(given.lang)
        name = told.format(value=value, year=given.table.target.year)
        line = Line(float(given.table.aim), name)
    return draw_bars(sheet, given, given.label("bars.alt"), line=line)


def stacked_figure(given: Given) -> Drawing | None:
    """Draw a bar for each row, in parts that are its columns; totals stand at the end."""
    sheet = given.sheet()
    if sheet is None or not _fits(sheet, given):
        return None
    return draw_bars(sheet, given, given.label("bars.stacked-alt"), stacked=True)


def index_figure(given: Given) -> Drawing | None:
    """Draw the numbers as an index: one row or column is a hundred."""
    sheet = given.sheet()
    if sheet is None or not _fits(sheet, given):
        return None
    base = given.option("base")
    if not base:
        line = Line(100.0, given.label("bars.hundred"))
        return draw_bars(sheet, given, given.label("bars.index-alt").format(base="100"), line=line)
    found = _indexed(sheet, base, given)
    if found is None:
        return None
    line = Line(100.0, f"{base} = 100")
    alt = given.label("bars.index-alt").format(base=base)
    made = draw_bars(found, given, alt, line=line, unit=given.label("bars.index").format(base=base))
    if made is None:
        return None
    return replace(made, data=(*made.data, *rows_of(sheet, given.lang)))


def legend_of(names: Sequence[str], least: int = 2) -> str:
    """Explain the fills; fewer than `least` need no explanation, as the caption names it."""
    if len(names) < least:
        return ""
    return legend((sample(fill), name) for fill, name in zip(FILLS, names, strict=False))


def room_for(sheet: Sheet) -> tuple[str, str] | None:
    """Say why bars cannot be drawn, and what to do: they crowd a page, or look alike."""
    if len(sheet.columns) > len(FILLS):
        what = f"{len(sheet.columns)} bars side by side cannot be told apart; {len(FILLS)} can"
        return what, "join small ones, or print a table"
    number = len(sheet.parts) * len(sheet.columns)
    if number > MOST_BARS:
        what = f"{number} bars do not fit a page; {MOST_BARS} do"
        return what, "take rows or columns out, or print a table"
    return None


def _fits(sheet: Sheet, given: Given) -> bool:
    crowded = room_for(sheet)
    if crowded is not None:
        given.fault(CellFault(0, 0, *crowded))
    return crowded is None


def _indexed(sheet: Sheet, base: str, given: Given) -> Sheet | None:
    """Divide by the base: its column in every row, or its row in every column."""
    by_column = base in sheet.columns
    rows = [row for row in sheet.parts if row.label == base]
    if not by_column and not rows:
        given.chosen("base", [*sheet.columns, *(row.label for row in sheet.parts)])
        return None
    at = sheet.columns.index(base) if by_column else -1
    made, faults = [], []
    for row in sheet.parts:
        bases = [row.amounts[at]] * len(row.amounts) if by_column else list(rows[0].amounts)
        amounts = []
        for column, (amount, hundred) in enumerate(zip(row.amounts, bases, strict=True)):
            if column == at or (not by_column and row is rows[0]):
                continue
            if not hundred.value:
                what = f"'{base}' is {hundred.prose(given.lang)} here, and cannot be a hundred"
                fault_at = (
                    (row.at, sheet.places[at]) if by_column else (rows[0].at, sheet.places[column])
                )
                faults.append(CellFault(*fault_at, what, "fill it in, or take another base"))
                continue
            amounts.append(amount.times(_HUNDRED / Fraction(hundred.value), 0))
        if amounts:
            made.append(row.model_copy(update={"amounts": tuple(amounts)}))
    columns = tuple(name for name in sheet.columns if name != base)
    if not faults and not made:
        faults.append(
            CellFault(0, 0, f"there is nothing beside '{base}'", "add what it is compared with")
        )
    for fault in dict.fromkeys(faults):
        given.fault(fault)
    return None if faults else sheet.model_copy(update={"rows": tuple(made), "columns": columns})


def draw_bars(
    sheet: Sheet,
    given: Given,
    alt: str,
    *,
    stacked: bool = False,
    line: Line | None = None,
    unit: str | None = None,
) -> Drawing | None:
    """Draw the numbers of a sheet; `unit` replaces its own. None when there is no room."""
    slots = tuple(_slot(row, given.lang, stacked=stacked) for row in sheet.parts)
    chart = Chart(slots, stacked=stacked, line=line)
    counted = escape(sheet.unit if unit is None else unit)
    keys = legend_of(sheet.columns)
    told = f"{alt} {_told(sheet, given.lang)}"
    markup = bar_chart(chart, given.lang, alt=told)
    if markup is None:
        given.too_tall()
        return None
    if counted and keys:
        counted = f'<span class="key">{counted}</span>'
    legend_line = " ".join(filter(None, [counted, keys]))
    return Drawing(markup, told, legend_line, _data(sheet, given, stacked=stacked))


def _slot(row: SheetRow, lang: Language, *, stacked: bool) -> Slot:
    bars = tuple(_bar(amount, lang) for amount in row.amounts)
    name = f"{row.label} ({row.group})" if row.group else row.label
    return Slot(name, bars, total(row.amounts).prose(lang) if stacked else "")


def _bar(amount: Amount, lang: Language) -> Bar:
    return Bar(None if amount.value is None else float(amount.value), amount.prose(lang))


def _told(sheet: Sheet, lang: Language) -> str:
    """Tell every number of a small chart, and the ends of a large one."""
    rows = sheet.parts
    if len(rows) * len(sheet.columns) > 24:
        rows = (rows[0], rows[-1])
    parts = []
    for row in rows:
        pairs = zip(sheet.columns, row.amounts, strict=True)
        told = ", ".join(f"{name} {amount.prose(lang)}" for name, amount in pairs)
        parts.append(f"{row.label}: {told}")
    return f"{'; '.join(parts)}."


def _data(sheet: Sheet, given: Given, *, stacked: bool) -> tuple[tuple[str, ...], ...]:
    if not stacked:
        return rows_of(sheet, given.lang)
    head = (sheet.corner, *sheet.columns, given.label("budget.total"))
    return (
        head,
        *(
            (row.label, *(a.prose(given.lang) for a in row.amounts),
             total(row.amounts).prose(given.lang))
            for row in sheet.parts
        ),
    )  # fmt: skip
