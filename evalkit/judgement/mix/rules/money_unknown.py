"""Budgets that could not be added, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said
from evalkit.judgement.mix.spend import SpendRow
from evalkit.judgement.mix.words import names, of_all, phrase, say, sentences
from evalkit.judgement.sentence import Sentence


def money_unknown(mix: Reading) -> Iterator[MixFinding]:
    """Say of which instruments no total is known, and why."""
    active = set(mix.active)
    spend = [row for row in mix.spend if row.instrument in active]
    rates = [row for row in spend if row.state == "rate"]
    yearly = [row for row in rates if row.rate is not None and row.rate.per == "jaar"]
    other = [row for row in rates if row not in yearly]
    for name, rows in (("rate", yearly), ("rate_one", other)):
        if rows:
            yield _found(name, rows, names([_named(row) for row in rows]), mix)
    for name in ("pm", "unlike"):
        rows = [row for row in spend if row.state == name]
        if rows:
            yield _found(name, rows, names([row.name for row in rows]), mix)
    partial = [row for row in spend if row.state == "yearly" and row.total is None]
    if partial:
        yield _found("partial", partial, names([row.name for row in partial]), mix)
    yield from _missing(spend, mix)


def _found(name: str, rows: Sequence[SpendRow], who: Sentence, mix: Reading) -> MixFinding:
    return found(
        "money_unknown", "money", say("money", name, names=who),
        about=name,
        numbers={row.instrument: row.rate for row in rows} | {"instruments": len(rows)},
        facts=mix.facts(*(row.loc for row in rows)),
        notes=[(row.name, row.note) for row in rows] if len(rows) < 3 else [],
    )  # fmt: skip


def _missing(spend: Sequence[SpendRow], mix: Reading) -> Iterator[MixFinding]:
    rows = [row for row in spend if row.state == "none"]
    if not rows or len(rows) == len(spend):
        return  # that nothing is recorded at all, the total says
    text = say(
        "money", "missing",
        share=of_all(len(rows), len(spend)), names=names([row.name for row in rows]),
    )  # fmt: skip
    without = [row for row in rows if mix.instruments[row.instrument].no_budget]
    if without:
        which = "no_budget_one" if len(without) == 1 else "no_budget"
        own = say("money", which, n=len(without), names=names([row.name for row in without]))
        text = sentences(text, own)
    yield found(
        "money_unknown", "money", text,
        about="none", numbers={"instruments": len(rows)},
        facts=mix.facts(*(("instruments", row.instrument, "input") for row in rows)),
    )  # fmt: skip


def _named(row: SpendRow) -> Sentence:
    if row.rate is None:
        return names([row.name])
    return phrase("money", "named", name=row.name, amount=amount_said(row.rate))
