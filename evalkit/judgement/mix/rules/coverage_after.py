"""Goals that lose their last instrument when the period is over."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.words import quoted, say


def coverage_after(mix: Reading) -> Iterator[MixFinding]:
    """Find goals that are served in the period and by nothing after it."""
    last = mix.case.period.last_year
    lost = [row for row in mix.coverage.rows if row.count and not row.count_after]
    if last is None or not lost:
        return
    keys = dict.fromkeys(key for row in lost for key in (*row.main, *row.side))
    yield found(
        "coverage_after", "coverage",
        say("coverage", "after_none", last=str(last), goals=quoted([row.name for row in lost])),
        importance=1,
        numbers={"goals": len(lost)},
        facts=mix.facts(
            *(("theory", "goals", row.goal) for row in lost),
            *(("instruments", key, "period") for key in keys),
        ),
    )  # fmt: skip
