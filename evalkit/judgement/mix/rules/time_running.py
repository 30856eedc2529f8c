"""How many instruments ran in each year."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.running import runs_in
from evalkit.judgement.mix.said import either_said
from evalkit.judgement.mix.words import names, phrase, say, sentences, words
from evalkit.judgement.sentence import listing


def time_running(mix: Reading) -> Iterator[MixFinding]:
    """Count the instruments of the mix year by year."""
    years = mix.case.period.years
    if mix.instruments and not years:
        text = words("time", "open_period")
        facts = mix.facts(("period",))
        yield found("time_running", "time", text, about="open", importance=3, facts=facts)
    if len(mix.instruments) < 2 or not years:
        return
    parts, numbers = [], {}
    doubt: dict[str, None] = {}
    for year in years:
        states = {key: runs_in(one, year) for key, one in mix.instruments.items()}
        maybe = [key for key, state in states.items() if state == "maybe"]
        least = sum(state == "yes" for state in states.values())
        most = least + len(maybe)
        n = either_said(least, most)
        parts.append(phrase("time", "in_year", n=n, year=str(year)))
        numbers[str(year)] = Amount.between(least, most)
        doubt |= dict.fromkeys(maybe)
    nested = any(one.part_of for one in mix.instruments.values())
    text = sentences(
        say("time", "mix", parts=listing(parts)),
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
