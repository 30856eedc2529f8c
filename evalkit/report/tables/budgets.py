"""The budgets of all instruments by year, from the model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from evalkit.language.catalogue import label
from evalkit.model.amount import Amount
from evalkit.model.chain import ChainNode
from evalkit.model.quantity import Quantity
from evalkit.model.record import Loc
from evalkit.model.sheet import Sheet, SheetRow
from evalkit.report.document import Drawing
from evalkit.report.figures.given import Given
from evalkit.report.tables.budget import budget_chart, budget_grid
from evalkit.report.text.citations import cited_all


@dataclass(frozen=True, slots=True)
class Budgets:
    """The budgets of the instruments, their sources, and whose are not known by year."""

    sheet: Sheet
    sources: str
    absent: tuple[str, ...]


def budgets_table(given: Given) -> tuple[Drawing, str] | None:
    """Compose the table; gives its `Bron:` line too."""
    return _made(given, figure=False)


def budgets_figure(given: Given) -> tuple[Drawing, str] | None:
    """Draw a stacked bar for each year; gives its `Bron:` line too."""
    return _made(given, figure=True)


def _made(given: Given, *, figure: bool) -> tuple[Drawing, str] | None:
    found = _budgets(given)
    if found is None:
        return None
    made = (budget_chart if figure else budget_grid)(found.sheet, given)
    if made is None:
        return None
    legend = made.legend
    if found.absent:
        words = given.label("budget.absent").format(names=given.edition.listed(found.absent))
        legend = (
            f"{legend}. {escape(words)}" if _ends_in_word(legend) else f"{legend} {escape(words)}"
        )
    return Drawing(made.markup, made.alt, legend, made.data), found.sources


def _ends_in_word(legend: str) -> bool:
    """Whether a sentence can follow only after a full stop."""
    return bool(legend) and not legend.endswith(">")


def _budgets(given: Given) -> Budgets | None:
    case = given.edition.case
    nodes = {
        key: node
        for key, instrument in case.instruments.items()
        for node in [instrument.input.get("budget")]
        if node is not None and node.per_year
    }
    if not nodes:
        given.problem(
            "no instrument has a budget by year",
            "give one `per_year` under `input: budget:`, or draw a table of case.yaml: "
            "`::: table budget <key>`",
        )
        return None
    odd = list(_odd(nodes))
    if odd:
        for loc, value in odd:
            what = f"{value} cannot be added to the other budgets"
            given.flaw(loc, what, "write all in one unit, or draw a table of case.yaml")
        return None
    exponent = max(value.exponent for node in nodes.values() for value in node.per_year.values())
    years = sorted({year for node in nodes.values() for year in node.per_year})
    rows = tuple(
        SheetRow(
            at=at, label=case.instruments[key].label,
            amounts=tuple(Amount.of(node.per_year.get(year), exponent) for year in years),
        )
        for at, (key, node) in enumerate(nodes.items(), 1)
    )  # fmt: skip
    one = next(value for node in nodes.values() for value in node.per_year.values())
    scale = label(f"scale.{exponent}", given.lang) if exponent else ""
    unit = " ".join(filter(None, [scale, label(f"unit.{one.unit}", given.lang, one.unit)]))
    sheet = Sheet(
        corner=given.label("periods.instrument"), columns=tuple(map(str, years)), rows=rows,
        unit=unit, places=tuple(range(1, len(years) + 1)),
    )  # fmt: skip
    cited = cited_all((c for n in nodes.values() for c in n.source), case.sources, given.lang)
    absent = tuple(one.label for key, one in case.instruments.items() if key not in nodes)
    return Budgets(sheet, escape(cited), absent)


def _odd(nodes: dict[str, ChainNode]) -> Iterator[tuple[Loc, Quantity]]:
    """Find amounts that cannot be added to the others."""
    known = [value for node in nodes.values() for value in node.per_year.values() if not value.pm]
    unit = known[0].measure if known else ("euro", "")
    for key, node in nodes.items():
        for year, value in node.per_year.items():
            if not value.pm and (value.measure != unit or value.upto is not None):
                yield ("instruments", key, "input", "budget", "per_year", year), value
