"""Budgets in columns, with PM as a value and totals that add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from html import escape

from evalkit.model.amount import Amount, total
from evalkit.model.sheet import CellFault, Sheet, SheetRow
from evalkit.report.document import Drawing
from evalkit.report.figures.bar_chart import bar_chart
from evalkit.report.figures.bars import Bar, Chart, Slot
from evalkit.report.figures.fill import FILLS
from evalkit.report.figures.given import Given, rows_of
from evalkit.report.figures.quantities import legend_of
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.tables.noted import Cells, cells_of

_TOTALS = frozenset({"totaal", "total"})


def budget_table(given: Given) -> Drawing | None:
    """Compose the table of a budget; totals that are given are checked, others computed."""
    sheet = budget_sheet(given)
    return None if sheet is None else budget_grid(sheet, given)


def budget_figure(given: Given) -> Drawing | None:
    """Draw a bar for each column of a budget, in parts that are its lines."""
    sheet = budget_sheet(given)
    return None if sheet is None else budget_chart(sheet, given)


def budget_sheet(given: Given) -> Sheet | None:
    """Read a budget from a table of the case, and check its totals."""
    sheet = given.sheet(("nr", "nr.", "no.", "toelichting", "explanation"))
    if sheet is None:
        return None
    faults = [*_wrong_sums(sheet), *_wrong_rows(sheet)]
    for fault in faults:
        given.fault(fault)
    return None if faults else sheet


def budget_grid(sheet: Sheet, given: Given) -> Drawing:
    """Compose the table of a budget."""
    years = _years(sheet)
    notes = partial(cells_of(given).calls, 0)
    words, numbers = (
        zip(sheet.words, _texts(sheet), strict=True),
        zip(sheet.columns, sheet.places, strict=True),
    )
    columns = [Column(sheet.corner, notes=notes(0))]
    columns += [Column(head, "note", notes=notes(at)) for head, at in words]
    columns += [Column(head, "num", notes=notes(at)) for head, at in numbers]
    if years:
        columns.append(Column(given.label("budget.total").capitalize(), "num"))
    rows = list(_rows(sheet, given, years=years))
    made = grid(columns, rows, {"nl": ",", "en": "."}[given.lang], whole=True)
    return replace(made, legend=escape(sheet.unit))


def budget_chart(sheet: Sheet, given: Given) -> Drawing | None:
    """Draw a budget as stacked bars; lines beyond what can be told apart are joined."""
    shown = [at for at, head in enumerate(sheet.columns) if head.lower() not in _TOTALS]
    parts = _joined(sheet, given)
    slots = []
    for at in shown:
        amounts = [row.amounts[at] for row in parts]
        bars = tuple(
            Bar(None if a.value is None else float(a.value), a.prose(given.lang)) for a in amounts
        )
        slots.append(Slot(sheet.columns[at], bars, total(amounts).prose(given.lang)))
    told = "; ".join(f"{slot.name}: {slot.total}" for slot in slots)
    if len(parts) == 1:  # its bars say what they come to
        slots = [replace(slot, total="") for slot in slots]
    alt = given.label("budget.alt").format(lines=len(sheet.parts), totals=told)
    keys = legend_of([row.label for row in parts], least=1)
    unit = escape(sheet.unit)
    if unit and keys:
        unit = f'<span class="key">{unit}</span>'
    markup = bar_chart(Chart(tuple(slots), stacked=True), given.lang, alt=alt)
    if markup is None:
        given.too_tall()
        return None
    rows = rows_of(sheet, given.lang)
    if not any(row.total for row in sheet.rows):
        sums = (total(sheet.amounts(at)).prose(given.lang) for at in range(len(sheet.columns)))
        blanks = [""] * len(sheet.words)
        rows += ((given.label("budget.total"), *blanks, *sums),)
    return Drawing(markup, alt, " ".join(filter(None, [unit, keys])), rows)


def _joined(sheet: Sheet, given: Given) -> list[SheetRow]:
    """Keep the largest lines, and join the others in one that says how many they are."""
    rows = list(sheet.parts)
    if len(rows) <= len(FILLS):
        return rows
    by_size = sorted(rows, key=_size, reverse=True)
    kept = by_size[: len(FILLS) - 1]
    rest = [row for row in rows if row not in kept]
    amounts = tuple(total(row.amounts[at] for row in rest) for at in range(len(sheet.columns)))
    label = given.label("budget.others").format(number=len(rest))
    return [*(row for row in rows if row in kept), SheetRow(at=0, label=label, amounts=amounts)]


def _size(row: SheetRow) -> Decimal:
    return abs(total(row.amounts).value or Decimal())


def _texts(sheet: Sheet) -> list[int]:
    """Which column of the file each column of words is."""
    last = len(sheet.words) + len(sheet.columns)
    return [at for at in range(1, last + 1) if at not in sheet.places]


def _years(sheet: Sheet) -> bool:
    """Whether columns are years, so that a row can be added up; unless a total stands there."""
    heads = sheet.columns
    return len(heads) > 1 and all(head[:4].isdigit() for head in heads)


def _rows(sheet: Sheet, given: Given, *, years: bool) -> Iterator[Row]:
    cells, blank = cells_of(given), ("",) * len(sheet.words)
    groups = list(dict.fromkeys(row.group for row in sheet.parts))
    for group in groups:
        lines = [row for row in sheet.parts if row.group == group]
        if group:
            yield Row((f"{escape(group)}{cells.group(group)}",), "group")
        for row in lines:
            yield _with_notes(_row(row.label, row.words, row.amounts, given, years=years), row.at,
                              sheet, cells)  # fmt: skip
        if group and len(groups) > 1 and len(lines) > 1:
            label = given.label("budget.subtotal")
            sums = _sums(lines, len(sheet.columns))
            yield _row(label, blank, sums, given, years=years, total_=True)
    sums = _sums(sheet.parts, len(sheet.columns))
    last = next((row for row in sheet.rows if row.total), None)
    if last is None:
        label = given.label("budget.computed")
        yield _row(label, blank, sums, given, years=years, total_=True)
        return
    made = _row(last.label, last.words, sums, given, years=years, total_=True)
    yield _with_notes(made, last.at, sheet, cells)


def _with_notes(row: Row, at: int, sheet: Sheet, cells: Cells) -> Row:
    """Put the footnotes of a row of the file behind its cells."""
    columns = [0, *_texts(sheet), *sheet.places]
    noted = [f"{cell}{cells.calls(at, c)}" for cell, c in zip(row.cells, columns, strict=False)]
    return Row((*noted, *row.cells[len(columns) :]), row.kind)


def _sums(rows: Sequence[SheetRow], columns: int) -> tuple[Amount, ...]:
    return tuple(total(row.amounts[at] for row in rows) for at in range(columns))


def _row(
    label: str,
    words: Sequence[str],
    amounts: Sequence[Amount],
    given: Given,
    *,
    years: bool,
    total_: bool = False,
) -> Row:
    shown = [*amounts, *([total(amounts)] if years else [])]
    cells = [escape(label), *map(escape, words)]
    cells += [escape(amount.prose(given.lang)) for amount in shown]
    return Row(tuple(cells), "total" if total_ else "")


def _wrong_sums(sheet: Sheet) -> Iterator[CellFault]:
    """Find totals that their lines do not make."""
    for row in (row for row in sheet.rows if row.total):
        for at, amount in enumerate(row.amounts):
            computed = total(sheet.amounts(at))
            if not _same(amount, computed):
                what = f"the total {amount} is not the sum of its lines, {computed}"
                hint = "mend a line, or take the total out to have it computed"
                yield CellFault(row.at, sheet.places[at], what, hint)


def _wrong_rows(sheet: Sheet) -> Iterator[CellFault]:
    ends = [at for at, head in enumerate(sheet.columns) if head.lower() in _TOTALS]
    for at in ends:
        for row in sheet.rows:
            computed = total(a for column, a in enumerate(row.amounts) if column not in ends)
            if not _same(row.amounts[at], computed):
                what = f"the total {row.amounts[at]} is not the sum of its row, {computed}"
                hint = "mend a number, or take the column out to have it computed"
                yield CellFault(row.at, sheet.places[at], what, hint)


def _same(one: Amount, other: Amount) -> bool:
    """Whether two amounts say the same; a rounded total may be hedged."""
    if one.hedge and not other.hedge:
        return True
    return (one.value or 0) == (other.value or 0) and one.pm == other.pm
