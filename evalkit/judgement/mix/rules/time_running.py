"""How many instruments ran in each year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.running import runs_in
from evalkit.judgement.mix.said import either_said
from evalkit.judgement.mix.words import names, phrase, say, sentences, words
from evalkit.judgement.sentence import Sentence, listing

_LONG = 2


def time_running(mix: Reading) -> Iterator[MixFinding]:
    """Count the instruments of the mix year by year."""
    years = mix.case.period.years
    if mix.instruments and not years:
        text = words("time", "open_period")
        facts = mix.facts(("period",))
        yield found("time_running", "time", text, about="open", importance=3, facts=facts)
    if len(mix.instruments) < 2 or not years:
        return
    counts: list[tuple[str, Sentence, int]] = []
    numbers = {}
    doubt: dict[str, None] = {}
    for year in years:
        states = {key: runs_in(one, year) for key, one in mix.instruments.items()}
        maybe = [key for key, state in states.items() if state == "maybe"]
        least = sum(state == "yes" for state in states.values())
        most = least + len(maybe)
        n = either_said(least, most)
        counts.append((n["nl"], n, year))
        numbers[str(year)] = Amount.between(least, most)
        doubt |= dict.fromkeys(maybe)
    nested = any(one.part_of for one in mix.instruments.values())
    text = sentences(
        say("time", "mix", parts=listing([*_by_year(counts)])),
        words("time", "mix_parts") if nested else None,
        say(
            "time", "mix_maybe" if len(doubt) == 1 else "mix_maybe_many",
            names=names(mix.labels(doubt)),
        ) if doubt else None,
    )  # fmt: skip
    yield found(
        "time_running", "time", text,
        numbers=numbers,
        facts=mix.facts(*(("instruments", key, "period") for key in mix.instruments)),
    )  # fmt: skip


def _by_year(counts: Sequence[tuple[str, Sentence, int]]) -> Iterator[Sentence]:
    """Tell the counts year by year; a number that stays the same for long is told once."""
    for _, run in groupby(counts, key=lambda one: one[0]):
        told = [(n, year) for _, n, year in run]
        if len(told) > _LONG:
            span = f"{told[0][1]}\N{EN DASH}{told[-1][1]}"
            yield phrase("time", "in_year", n=told[0][0], year=span)
            continue
        for n, year in told:
            yield phrase("time", "in_year", n=n, year=str(year))
