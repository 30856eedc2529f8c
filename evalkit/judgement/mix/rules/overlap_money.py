"""Budgets that lie within the budget of an umbrella."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said
from evalkit.judgement.mix.words import say


def overlap_money(mix: Reading) -> Iterator[MixFinding]:
    """Find money that would be counted twice when budgets were simply added."""
    spend = {row.instrument: row for row in mix.spend}
    for row in mix.spend:
        if row.within is None or row.total is None:
            continue
        above = spend[row.within]
        if above.total is None:
            continue
        text = say(
            "overlap", "held",
            part=row.name, amount=amount_said(row.total),
            umbrella=above.name, whole=amount_said(above.total),
        )  # fmt: skip
        yield found(
            "overlap_money", "overlap", text,
            about=row.instrument,
            numbers={"part": row.total, "whole": above.total},
            facts=mix.facts(row.loc, above.loc, ("instruments", row.instrument, "part_of")),
        )  # fmt: skip
