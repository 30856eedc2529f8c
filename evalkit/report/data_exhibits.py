"""Figures and tables that a directive makes from data: a table of case.yaml, or an indicator."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evalkit.language.suggest import did_you_mean
from evalkit.model.cell_notes import calls_in
from evalkit.model.sheet import CellFault
from evalkit.report.document import Drawing, Kind
from evalkit.report.edition import Edition
from evalkit.report.figures.agenda import investments_figure
from evalkit.report.figures.given import DataKind, Given
from evalkit.report.figures.positions import bubbles_figure
from evalkit.report.figures.quantities import bars_figure, index_figure, stacked_figure
from evalkit.report.figures.series import series_figure
from evalkit.report.figures.target_path import target_figure
from evalkit.report.figures.work_packages import process_figure
from evalkit.report.tables.budget import budget_figure, budget_table
from evalkit.report.tables.budgets import budgets_figure, budgets_table
from evalkit.report.tables.csv import csv_table
from evalkit.report.tables.noted import Noted
from evalkit.report.tables.scenarios import comparison_table, perspectives_table, scenarios_table
from evalkit.report.text.directive import Directive

Made = tuple[Drawing, str]
"""A drawing and its `Bron:` line."""

TABLE_FIGURES: Mapping[str, DataKind] = {
    "lines": DataKind(series_figure, ("highlight",)),
    "bars": DataKind(bars_figure),
    "stacked": DataKind(stacked_figure),
    "index": DataKind(index_figure, ("base",)),
    "bubbles": DataKind(bubbles_figure),
    "budget": DataKind(budget_figure),
    "process": DataKind(process_figure),
}
TABLE_TABLES: Mapping[str, DataKind] = {
    "csv": DataKind(csv_table),
    "budget": DataKind(budget_table),
    "scenarios": DataKind(scenarios_table),
    "perspectives": DataKind(perspectives_table),
    "comparison": DataKind(comparison_table),
}
"""What is made from a table of case.yaml."""

MODEL_FIGURES: Mapping[str, Callable[[Given], Made | None]] = {
    "target": target_figure,
    "budgets": budgets_figure,
    "investments": investments_figure,
}
MODEL_TABLES: Mapping[str, Callable[[Given], Made | None]] = {"budgets": budgets_table}
"""What is made from the model and says its own sources."""

_SHARED = frozenset({"caption", "source"})


def data_kinds(kind: Kind) -> tuple[str, ...]:
    """List the kinds of figures or tables that are made from data."""
    if kind == "figure":
        return (*TABLE_FIGURES, *MODEL_FIGURES)
    return (*TABLE_TABLES, *MODEL_TABLES)


def data_exhibit(edition: Edition, found: Directive, kind: Kind) -> Made | None:
    """Make a figure or table from data; None when something was wrong, which was then said."""
    name, *rest = found.args
    values = found.attributes.values
    options = {key: value for key, value in values.items() if key not in _SHARED}
    key = rest[0] if rest else ""
    given = Noted(edition, key, options, found.file, found.line, found.cell, found.labels)
    if not _taken(given, found, kind):
        return None
    from_model = (MODEL_FIGURES if kind == "figure" else MODEL_TABLES).get(name)
    if from_model is not None:
        return from_model(given)
    if given.key not in edition.case.tables:
        hint = did_you_mean(given.key, edition.case.tables, "name it under `tables` in case.yaml")
        what = f"no table '{given.key}' in case.yaml" if given.key else f"`{name}` names no table"
        given.problem(what, hint)
        return None
    if flaws := given.flaws(drawn=kind == "figure"):
        for flaw in flaws:
            given.fault(flaw)
        return None
    if kind == "figure":
        _noteless(given)
    made = (TABLE_FIGURES if kind == "figure" else TABLE_TABLES)[name].maker(given)
    return None if made is None else (made, given.source())


def _noteless(given: Noted) -> None:
    """Refuse a note that only a cell holds: a drawing has no room for it."""
    for at, row in enumerate(given.edition.case.tables[given.key].rows):
        for column, cell in enumerate(row):
            if "^[" in calls_in(cell):
                what = "a figure prints no footnotes, and this one would be lost"
                hint = "write it as [^name], and [^name]: … in a chapter that prints the table"
                given.fault(CellFault(at, column, what, hint))


def _taken(given: Given, found: Directive, kind: Kind) -> bool:
    """Refuse options and words that this kind does not read."""
    name, *rest = found.args
    known = (TABLE_FIGURES if kind == "figure" else TABLE_TABLES).get(name)
    options = known.options if known is not None else ()
    odd = [key for key in given.options if key not in options]
    for key in odd:
        takes = ", ".join(["caption", "source", *options])
        given.problem(f"'{key}' is not read here", f"`{name}` takes {takes}")
    if len(rest) > 1:
        words = " ".join(rest[1:])
        given.problem(f"'{words}' is not read here", f"write `::: {kind} {name} {rest[0]} {{…}}`")
    return not odd and len(rest) <= 1
