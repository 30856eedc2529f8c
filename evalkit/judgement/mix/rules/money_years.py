"""The known budgets by year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from evalkit.judgement.mix.amount import Amount, total
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said, years_said
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
from evalkit.judgement.umbrella import umbrellas


def money_years(mix: Reading) -> Iterator[MixFinding]:
    """Add up what is known for each year of the period, unit by unit."""
    years = mix.case.period.years
    if not years or not mix.instruments:
        return
    rows = [row for row in mix.spend if any(year in years for year in row.years)]
    if not rows and any(row.state != "none" for row in mix.spend):
        yield found("money_years", "money", words("money", "years_none"))
    for unit in dict.fromkeys(_unit(row) for row in rows):
        yield _one([row for row in rows if _unit(row) == unit], unit, mix)


def _one(rows: Sequence[SpendRow], unit: str, mix: Reading) -> MixFinding:
    years = mix.case.period.years
    by_key = {row.instrument: row for row in rows}
    by_year: dict[int, tuple[Amount, list[str]]] = {}
    for year in years:
        in_year = [row for row in rows if year in row.years and not _held(row, year, by_key, mix)]
        whole = total(row.years[year] for row in in_year)
        if whole is not None:
            by_year[year] = whole, [row.name for row in in_year]
    parts = [
        phrase("money", "in_year", amount=amount_said(amount), year=str(year), names=names(who))
        for year, (amount, who) in by_year.items()
    ]
    bare = [year for year in years if year not in by_year]
    name = "years_one" if len(rows) == 1 else "years"
    text = sentences(
        say("money", name, share=of_all(len(rows), len(mix.active)), parts=enumerated(parts)),
        say("money", "years_empty", years=years_said(bare)) if bare else None,
        _pm(rows),
        words("money", "years_floor") if len(rows) < len(mix.active) else None,
    )
    return found(
        "money_years", "money", text,
        about=unit if unit != "euro" else "",
        numbers={str(year): amount for year, (amount, _) in by_year.items()},
        facts=mix.facts(*(row.loc for row in rows)),
    )  # fmt: skip


def _held(row: SpendRow, year: int, by_key: Mapping[str, SpendRow], mix: Reading) -> bool:
    """Whether an umbrella has an amount for the same year, which holds this one."""
    above = (by_key.get(name) for name in umbrellas(row.instrument, mix.case))
    return any(other is not None and year in other.years for other in above)


def _pm(rows: Sequence[SpendRow]) -> Sentence | None:
    open_years = [
        f"{row.name} ({years_said(row.open_years)['nl']})" for row in rows if row.open_years
    ]
    return say("money", "years_pm", names=names(open_years)) if open_years else None


def _unit(row: SpendRow) -> str:
    return next(iter(row.years.values())).unit
