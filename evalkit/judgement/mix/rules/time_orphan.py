"""Instruments that ended without a recorded successor."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.rules.time_lineage import successors
from evalkit.judgement.mix.rules.time_stops import ended_within
from evalkit.judgement.mix.words import names, say


def time_orphan(mix: Reading) -> Iterator[MixFinding]:
    """Find what ended in the period and is not recorded as being followed by anything."""
    after = successors(mix)
    keys = [
        key for key, one in mix.instruments.items() if ended_within(one, mix) and key not in after
    ]
    if not keys:
        return
    yield found(
        "time_orphan", "time",
        say("time", f"orphan_{'one' if len(keys) == 1 else 'many'}", names=names(mix.labels(keys))),
        numbers={"instruments": len(keys)},
        facts=mix.facts(*(("instruments", key, "period") for key in keys)),
    )  # fmt: skip
