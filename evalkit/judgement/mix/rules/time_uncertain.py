"""Periods that the case remarks on."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import names, of_all, say


def time_uncertain(mix: Reading) -> Iterator[MixFinding]:
    """Name the instruments of which the period was derived or is in doubt."""
    keys = [key for key, one in mix.instruments.items() if one.period_note]
    if not keys:
        return
    share = of_all(len(keys), len(mix.instruments))
    yield found(
        "time_uncertain", "time",
        say("time", "uncertain", share=share, names=names(mix.labels(keys)))
        if len(keys) < len(mix.instruments)
        else say("time", "uncertain_all", share=share),
        importance=3,
        numbers={"instruments": len(keys), "of": len(mix.instruments)},
        facts=mix.facts(*(("instruments", key, "period_note") for key in keys)),
    )  # fmt: skip
