"""Instruments that are left out of the coverage of goals."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import period_said
from evalkit.judgement.mix.words import names, say


def coverage_outside(mix: Reading) -> Iterator[MixFinding]:
    """Name instruments that did not run in the period, or that serve no recorded goal."""
    if not mix.coverage.rows:
        return
    active = mix.active
    outside = [key for key in mix.instruments if key not in set(active)]
    aimless = [key for key in active if not mix.instruments[key].goals]
    for about, keys, part in (("outside", outside, "period"), ("aimless", aimless, "goals")):
        if not keys:
            continue
        slots = {"period": period_said(mix.case)} if about == "outside" else {}
        name = f"{about}_{'one' if len(keys) == 1 else 'many'}"
        yield found(
            "coverage_outside", "coverage",
            say("coverage", name, names=names(mix.labels(keys)), **slots),
            about=about,
            numbers={"instruments": len(keys)},
            facts=mix.facts(*(("instruments", key, part) for key in keys)),
        )  # fmt: skip
