"""What the budget of an instrument comes to per unit of what it delivered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evalkit.judgement.mix.amount import Amount, total
from evalkit.judgement.mix.spend import SpendRow
from evalkit.model.chain import ChainNode
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record
from evalkit.model.stage import Stage

Reason = Literal["", "no budget", "years of budget", "years of result", "other years", "unlike"]
_DELIVERED = (Stage.ACTIVITIES, Stage.OUTPUT)


class CostRow(Record):
    """The budget of an instrument divided by what it delivered in the same years.

    An average: not what one more would cost, and not what it was worth.

    Attributes
    ----------
    instrument, name
        The instrument.
    loc
        Where the result stands in the case.
    text, stage
        What was delivered, and at which stage.
    years
        The years that both cover.
    budget, delivered
        What was divided by what, over these years.
    average
        The one divided by the other; None when that cannot be done.
    by_year
        The same for each year.
    reason
        Why it could not be done.
    note
        The remark that the case makes with the budget or the result.
    """

    instrument: str
    name: str
    loc: tuple[str, ...]
    text: str
    stage: Stage
    years: tuple[int, ...] = ()
    budget: Amount | None = None
    delivered: Amount | None = None
    average: Amount | None = None
    by_year: dict[int, Amount] = {}
    reason: Reason = ""
    note: str = ""


def cost_rows(key: str, instrument: Instrument, spend: SpendRow) -> Iterator[CostRow]:
    """Divide the budget of one instrument by each count of what it delivered."""
    for stage in _DELIVERED:
        for name, node in instrument.at(stage).items():
            counts = _counts(key, node)
            if not counts:
                continue
            row = CostRow(
                instrument=key, name=instrument.label, text=node.text, stage=stage,
                loc=("instruments", key, stage.value, name), note=node.note,
            )  # fmt: skip
            yield _divided(row, spend, counts)


def _counts(key: str, node: ChainNode) -> dict[int | None, Amount]:
    """The counts of what was delivered, by year; shares, rates and money are no counts."""
    if node.instrument not in (None, key):
        return {}
    if node.per_year:
        found = {year: q for year, q in node.per_year.items() if not q.pm}
        return _countable({year: Amount.of(q, node.unit) for year, q in found.items()})
    if node.actual is None or node.actual.value.pm:
        return {}
    return _countable({node.actual.year or node.year: Amount.of(node.actual.value, node.unit)})


def _countable(found: dict[int | None, Amount]) -> dict[int | None, Amount]:
    plain = all(not a.per and a.unit not in ("procent", "euro", "dollar") for a in found.values())
    return found if plain else {}


def _divided(row: CostRow, spend: SpendRow, counts: dict[int | None, Amount]) -> CostRow:
    reason = _reason(spend, counts)
    if reason:
        return row.model_copy(update={"reason": reason})
    years = tuple(sorted(year for year in spend.years if year in counts))
    delivered = [counts[year] for year in years]
    if len({amount.measure for amount in delivered}) > 1:
        return row.model_copy(update={"reason": "unlike"})
    budget, result = total(spend.years[year] for year in years), total(delivered)
    if budget is None or result is None:
        return row.model_copy(update={"reason": "other years"})
    by_year = {year: spend.years[year].over(counts[year], unit=budget.unit) for year in years}
    found = {
        "years": years,
        "budget": budget,
        "delivered": result,
        "average": budget.over(result, unit=budget.unit),
        "by_year": {year: a for year, a in by_year.items() if a is not None and a.known},
        "note": " ".join(filter(None, (spend.note, row.note))),
    }
    return row.model_copy(update=found)


def _reason(spend: SpendRow, counts: dict[int | None, Amount]) -> Reason:
    if spend.state in ("none", "pm", "unlike"):
        return "no budget"
    if not spend.years:
        return "years of budget"
    if None in counts:
        return "years of result"
    return "" if set(counts) & set(spend.years) else "other years"
