"""The known budgets of the mix, added up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.mix.amount import Amount, total
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said, period_said
from evalkit.judgement.mix.spend import SpendRow
from evalkit.judgement.mix.words import (
    enumerated,
    names,
    of_all,
    phrase,
    say,
    sentences,
    words,
)
from evalkit.judgement.sentence import Sentence
from evalkit.language.catalogue import label
from evalkit.language.numbers import LANGUAGES


def money_total(mix: Reading) -> Iterator[MixFinding]:
    """Add the budgets of one unit; what lies within an umbrella's budget is counted once."""
    active = set(mix.active)
    known = [row for row in mix.spend if row.total is not None and row.within not in active]
    counted = [row for row in known if row.instrument in active]
    if not counted and mix.instruments:
        recorded = [row.loc for row in mix.spend if row.state != "none"]
        text = words("money", "none" if recorded else "none_recorded")
        facts = mix.facts(*recorded)
        yield found("money_total", "money", text, importance=1, facts=facts)
    for unit in dict.fromkeys(row.total.measure for row in counted if row.total is not None):
        rows = [row for row in counted if row.total is not None and row.total.measure == unit]
        yield _one(rows, mix)
    outside = [row for row in mix.spend if row.total is not None and row.instrument not in active]
    if outside:
        yield _left_out(outside, mix)


def _one(rows: Sequence[SpendRow], mix: Reading) -> MixFinding:
    amounts = {row.instrument: row.total for row in rows if row.total is not None}
    whole = total(amounts.values()) or Amount()
    ordered = sorted(rows, key=lambda row: -(amounts[row.instrument].least or 0))
    parts = [
        phrase("money", "part", name=r.name, amount=amount_said(amounts[r.instrument]))
        for r in ordered
    ]
    active = set(mix.active)
    held = [r for r in mix.spend if r.within in amounts and r.instrument in active]
    slots = {"share": of_all(len(rows) + len(held), len(active)), "parts": enumerated(parts)}
    many = {"sum": amount_said(whole)} if len(rows) > 1 else {}
    outside = total(part for row in rows if (part := _outside(row, mix)) is not None)
    text = sentences(
        say("money", "total" if many else "total_one", unit=_unit(whole), **slots, **many),
        _largest(ordered[0], whole) if many else None,
        _parted(rows, outside, mix),
        words("money", "budget"),
    )
    numbers = {"total": whole, **amounts, **({"outside": outside} if outside else {})}
    return found(
        "money_total", "money", text,
        about=whole.unit if whole.unit != "euro" else "", importance=1,
        numbers=numbers,
        facts=mix.facts(*(row.loc for row in rows)),
        notes=[] if len(rows) > 3 else [(row.name, row.note) for row in rows],
    )  # fmt: skip


def _left_out(rows: Sequence[SpendRow], mix: Reading) -> MixFinding:
    text = say(
        "money", "left_out",
        names=names([row.name for row in rows]), period=period_said(mix.case),
        verb=words("money", "left_out_one" if len(rows) == 1 else "left_out_many"),
    )  # fmt: skip
    return found(
        "money_total", "money", text,
        about="left_out",
        numbers={row.instrument: row.total for row in rows},
        facts=mix.facts(*(row.loc for row in rows)),
    )  # fmt: skip


def _largest(row: SpendRow, whole: Amount) -> Sentence | None:
    """The share of the largest, when it is more than half and both numbers are exact."""
    if row.total is None or row.total.exact is None or whole.exact is None:
        return None
    share = row.total.over(whole)
    if share is None or share.exact is None or share.exact <= 0.5:
        return None
    return say(
        "money", "largest", name=row.name, share=amount_said(share.times(100, unit="procent"))
    )


def _parted(rows: Sequence[SpendRow], outside: Amount | None, mix: Reading) -> Sentence:
    beyond = [row for row in rows if _outside(row, mix) is not None]
    unknown = [row for row in rows if not row.years and not _inside(row, mix)]
    return sentences(
        say(
            "money", "outside", amount=amount_said(outside), period=period_said(mix.case),
            names=names([row.name for row in beyond]),
        ) if outside is not None else None,
        say("money", "undivided", names=names([row.name for row in unknown])) if unknown else None,
    )  # fmt: skip


def _outside(row: SpendRow, mix: Reading) -> Amount | None:
    years = mix.case.period.years
    return row.part(years, inside=False) if years else None


def _inside(row: SpendRow, mix: Reading) -> bool:
    """Whether the instrument ran within the period only, so that all of its money lies there."""
    own = mix.instruments[row.instrument].period.years
    return bool(own) and set(own) <= set(mix.case.period.years)


def _unit(amount: Amount) -> Sentence:
    return {lang: label(f"unit.{amount.unit}", lang, amount.unit) for lang in LANGUAGES}
