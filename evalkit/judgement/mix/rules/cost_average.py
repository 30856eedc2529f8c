"""The budget of an instrument per unit of what it delivered."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.cost import CostRow
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said, years_said
from evalkit.judgement.mix.words import one_of, say, sentences, words
from evalkit.judgement.sentence import Sentence
from evalkit.model.stage import Stage

_DIGITS = 3


def cost_average(mix: Reading) -> Iterator[MixFinding]:
    """Tell the averages that could be computed, with what was divided by what."""
    for row in mix.costs:
        if row.average is not None and row.average.known:
            yield _one(row, mix)


def _one(row: CostRow, mix: Reading) -> MixFinding:
    if row.average is None or row.budget is None or row.delivered is None:
        raise ValueError(f"{'.'.join(row.loc)} was divided without an outcome")
    text = sentences(
        say(
            "cost", "average",
            name=row.name, years=years_said(row.years), budget=amount_said(row.budget),
            delivered=amount_said(row.delivered), text=row.text,
            average=amount_said(row.average, _DIGITS), one=one_of(row.delivered.unit),
        ),
        _spread(row),
        words("cost", "caution_activities") if row.stage is Stage.ACTIVITIES else None,
        words("cost", "caution"),
    )  # fmt: skip
    return found(
        "cost_average", "cost", text,
        about=".".join(row.loc[1:]), importance=1,
        numbers={
            "budget": row.budget, "delivered": row.delivered, "average": row.average,
            **{str(year): amount for year, amount in row.by_year.items()},
        },
        facts=mix.facts(("instruments", row.instrument, "input", "budget"), row.loc),
        notes=[(row.name, row.note)],
    )  # fmt: skip


def _spread(row: CostRow) -> Sentence | None:
    """Say in which years the average was lowest and highest, when every year is exact."""
    exact = {year: a.exact for year, a in row.by_year.items() if a.exact is not None}
    if len(exact) < 2 or len(exact) < len(row.years) or len(set(exact.values())) < 2:
        return None
    low, high = (pick(exact, key=lambda year: exact[year]) for pick in (min, max))
    return say(
        "cost", "spread",
        low=amount_said(row.by_year[low], _DIGITS), low_year=str(low),
        high=amount_said(row.by_year[high], _DIGITS), high_year=str(high),
    )  # fmt: skip
