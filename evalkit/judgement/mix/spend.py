"""What one instrument costs or may cost, by year and in all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from evalkit.judgement.mix.amount import Amount, total
from evalkit.judgement.umbrella import umbrellas
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.indicator import add
from evalkit.model.instrument import Instrument
from evalkit.model.quantity import Quantity
from evalkit.model.record import Record

State = Literal["yearly", "whole", "rate", "pm", "unlike", "none"]


class SpendRow(Record):
    """The recorded budget of one instrument. A budget is what is meant to be spent, or was.

    Attributes
    ----------
    instrument, name
        The instrument.
    state
        What is known: amounts by year, one total, an amount per year without its years, PM,
        amounts of unlike units, or nothing.
    years
        The amount of each year that has one.
    open_years
        Years of which the amount is PM.
    total
        The amount over the whole duration.
    rate
        The amount per unit of time or of something else.
    within
        The umbrella whose known budget holds this one.
    planned
        Whether the amount stands in the case as a target.
    note
        The remark that the case makes with it.
    """

    instrument: str
    name: str
    state: State = "none"
    years: dict[int, Amount] = {}
    open_years: tuple[int, ...] = ()
    total: Amount | None = None
    rate: Amount | None = None
    within: str | None = None
    planned: bool = False
    note: str = ""

    @property
    def loc(self) -> tuple[str, ...]:
        """Where the budget stands in the case."""
        return "instruments", self.instrument, "input", "budget"

    def part(self, years: tuple[int, ...], *, inside: bool = True) -> Amount | None:
        """Add up the years that lie within a period, or outside it."""
        return total(a for year, a in self.years.items() if (year in years) == inside)


def spend_rows(case: Case) -> tuple[SpendRow, ...]:
    """Read the budget of every instrument, in the order of the case."""
    rows = {key: spend_row(key, one) for key, one in case.instruments.items()}
    return tuple(
        row.model_copy(update={"within": _within(key, rows, case)}) for key, row in rows.items()
    )


def spend_row(key: str, instrument: Instrument) -> SpendRow:
    """Read the budget of one instrument: the node of its input that is called ``budget``."""
    row = SpendRow(instrument=key, name=instrument.label)
    node = instrument.input.get("budget")
    if node is None:
        return row
    row = row.model_copy(update={"note": node.note})
    series = dict(node.per_year) if node.per_year else _from_lines(node)
    if series:
        return _yearly(row, node, series)
    return _single(row, node, instrument)


def _from_lines(node: ChainNode) -> dict[int, Quantity | None]:
    """The years of budget lines, when every line has one; None for a year that does not add up."""
    lines = [line for line in node.lines if not line.within and line.amount is not None]
    if not lines or any(line.year is None for line in lines):
        return {}
    by_year: dict[int, list[Quantity]] = {}
    for line in lines:
        if line.year is not None and line.amount is not None:
            by_year.setdefault(line.year, []).append(line.amount)
    found: dict[int, Quantity | None] = {}
    for year, parts in by_year.items():
        if len(parts) == 1:
            found[year] = parts[0]
            continue
        try:
            plain = not any(part.qualifier for part in parts)
            found[year] = add(parts) if plain else None
        except ValueError:
            found[year] = None
    return found


def _yearly(row: SpendRow, node: ChainNode, series: Mapping[int, Quantity | None]) -> SpendRow:
    known = {
        year: Amount.of(quantity, node.unit)
        for year, quantity in sorted(series.items())
        if quantity is not None and not quantity.pm
    }
    if len({amount.measure for amount in known.values()}) > 1:
        return row.model_copy(update={"state": "unlike"})
    if not known:
        return row.model_copy(update={"state": "pm", "open_years": tuple(sorted(series))})
    missing = tuple(sorted(series.keys() - known.keys()))
    given = node.total
    whole = None if given is None or given.pm else Amount.of(given, node.unit)
    between = set(range(min(known), max(known) + 1))
    if whole is None and not missing and between <= known.keys():  # a gap is no zero
        whole = total(known.values())
    found = {"state": "yearly", "years": known, "open_years": missing, "total": whole}
    return row.model_copy(update=found)


def _single(row: SpendRow, node: ChainNode, instrument: Instrument) -> SpendRow:
    """Read a budget that is one number: a total, the amount of one year, or a rate."""
    observation = node.actual or node.target
    planned = node.total is None and node.actual is None
    quantity = node.total or (observation.value if observation else None)
    if quantity is None:
        return row
    if quantity.pm:
        return row.model_copy(update={"state": "pm"})
    year = (observation.year if observation and node.total is None else None) or node.year
    amount = Amount.of(quantity, node.unit)
    row = row.model_copy(update={"planned": planned})
    if amount.per:
        return _rate(row, amount, year)
    duration = instrument.period.years
    if year is None and len(duration) == 1:
        year = duration[0]
    if year is None:
        return row.model_copy(update={"state": "whole", "total": amount})
    whole = amount if duration in ((), (year,)) and instrument.period.last_year == year else None
    return row.model_copy(update={"state": "yearly", "years": {year: amount}, "total": whole})


def _rate(row: SpendRow, amount: Amount, year: int | None) -> SpendRow:
    if year is None or amount.per != "jaar":
        return row.model_copy(update={"state": "rate", "rate": amount})
    known = {year: amount.model_copy(update={"per": ""})}
    return row.model_copy(update={"state": "yearly", "years": known, "rate": amount})


def _within(key: str, rows: Mapping[str, SpendRow], case: Case) -> str | None:
    own = rows[key].total
    for name in umbrellas(key, case):
        above = rows[name].total
        if own is not None and above is not None and above.measure == own.measure:
            return name
    return None
