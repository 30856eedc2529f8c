"""How many instruments each goal had at the start and at the end of the period."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import either_said
from evalkit.judgement.mix.words import enumerated, phrase, say
from evalkit.judgement.sentence import Sentence


def coverage_trend(mix: Reading) -> Iterator[MixFinding]:
    """Compare the first year of the period with the last, goal by goal."""
    years = mix.case.period.years
    if len(mix.instruments) < 2:
        return
    if not years:
        return
    first, last = years[0], years[-1]
    count = {(row.goal, row.year): row for row in mix.goal_years}
    served = [row.goal for row in mix.coverage.rows if row.count]
    if first == last or not served:
        return
    parts: list[Sentence] = []
    numbers: dict[str, Amount] = {}
    for goal in served:
        start, end = count[goal, first], count[goal, last]
        same = (start.least, start.most) == (end.least, end.most)
        parts.append(
            phrase(
                "coverage", "trend_same" if same else "trend_change", goal=start.name,
                n=either_said(start.least, start.most),
                **({} if same else {"m": either_said(end.least, end.most)}),
            )
        )  # fmt: skip
        numbers |= {f"{goal}.{first}": start.amount, f"{goal}.{last}": end.amount}
    ran = {key for goal in served for year in (first, last) for key in count[goal, year].running}
    keys = [key for key in mix.instruments if key in ran]
    yield found(
        "coverage_trend", "coverage",
        say("coverage", "trend", first=str(first), last=str(last), parts=enumerated(parts)),
        numbers=numbers,
        facts=mix.facts(*(("instruments", key, "period") for key in keys)),
    )  # fmt: skip
