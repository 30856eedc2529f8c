"""The investment agenda: numbered lines in columns, PM as a value, totals that add up."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evalkit.language.numbers import Language
from evalkit.model.investment import Agenda, Investment, Sum
from evalkit.model.quantity import Quantity
from evalkit.report.document import Drawing
from evalkit.report.edition import Edition
from evalkit.report.tables.grid import Column, Row, grid
from evalkit.report.text.citations import cited_all
from evalkit.report.text.prose import Prose

_FILE = "investments.yaml"


def investments_table(edition: Edition) -> Drawing | None:
    """Compose the table: a row a line, groups apart, totals computed; None without an agenda."""
    agenda = edition.case.investments
    if agenda is None:
        return None
    lang = edition.lang
    columns = [Column(edition.label("agenda.line"))]
    columns += [Column(name, "num", width=30) for name in agenda.columns.values()]
    totals = (_sum(agenda.total(column), agenda, lang) for column in agenda.columns)
    rows = [*_rows(agenda, edition), Row((edition.label("agenda.total"), *totals), "total")]
    if agenda.printed:
        printed = (_printed_sum(column, agenda, lang) for column in agenda.columns)
        rows.append(Row((edition.label("agenda.printed"), *printed), "total"))
    made = grid(columns, rows, {"nl": ",", "en": "."}[lang], whole=True)
    note = Prose(edition, _FILE).inline(agenda.note.strip()) if agenda.note else ""
    unit = escape(_unit(agenda, lang))
    legend = f"{unit}. {note}" if unit and note else unit or note
    return Drawing(markup=made.markup, legend=legend, data=made.data)


def explanations_table(edition: Edition) -> Drawing | None:
    """Compose the table that says what each amount rests on; None without an agenda."""
    agenda = edition.case.investments
    if agenda is None:
        return None
    rows = []
    for number, line in enumerate(agenda.lines.values(), start=1):
        why = Prose(edition, _FILE).inline(line.because) if line.because else "\N{EN DASH}"
        source = cited_all(line.source, edition.case.sources, edition.lang)
        rows.append(Row((f"{number} {escape(line.text)}", why, escape(source))))
    columns = [
        Column(edition.label("agenda.line"), width=50),
        Column(edition.label("agenda.why")),
        Column(edition.label("agenda.source"), "note", width=52),
    ]
    return grid(columns, rows)


def _rows(agenda: Agenda, edition: Edition) -> Iterator[Row]:
    """Give the lines in the order of the file, the name of a group above its first."""
    group: str | None = None
    for number, line in enumerate(agenda.lines.values(), start=1):
        if line.group != group and line.group is not None:
            yield Row((escape(agenda.groups[line.group]),), "group")
        group = line.group
        cells = (_amount(line, column, agenda, edition.lang) for column in agenda.columns)
        yield Row((f"{number} {escape(line.text)}", *cells))


def _amount(line: Investment, column: str, agenda: Agenda, lang: Language) -> str:
    found = line.amounts.get(column)
    return "\N{EN DASH}" if found is None else _printed(found, agenda, lang)


def _sum(total: Sum, agenda: Agenda, lang: Language) -> str:
    if total.known is None:
        return total.prose(lang) or "\N{EN DASH}"
    known = _printed(total.known, agenda, lang)
    return f"{known} + PM" if total.pm else known


def _printed_sum(column: str, agenda: Agenda, lang: Language) -> str:
    found = agenda.printed.get(column) or agenda.totals.get(column)
    return "\N{EN DASH}" if found is None else _sum(found, agenda, lang)


def _printed(amount: Quantity, agenda: Agenda, lang: Language) -> str:
    """Print the digits alone when scale and unit stand above the table, else in full."""
    if amount.pm:
        return "PM"
    if len(_scales(agenda)) > 1:
        return escape(amount.prose(lang))
    return escape(amount.model_copy(update={"exponent": 0}).number(lang))


def _unit(agenda: Agenda, lang: Language) -> str:
    """Name the one scale and unit of the amounts; nothing when they differ."""
    found = _known(agenda)
    if not found or len(_scales(agenda)) > 1:
        return ""
    digits = found[0].model_copy(update={"exponent": 0}).number(lang)
    return found[0].prose(lang).removeprefix(digits).strip()


def _scales(agenda: Agenda) -> set[tuple[int, tuple[str, str]]]:
    return {(amount.exponent, amount.measure) for amount in _known(agenda)}


def _known(agenda: Agenda) -> list[Quantity]:
    amounts = [amount for line in agenda.lines.values() for amount in line.amounts.values()]
    amounts += [total.known for total in agenda.printed.values() if total.known is not None]
    return [amount for amount in amounts if not amount.pm]
