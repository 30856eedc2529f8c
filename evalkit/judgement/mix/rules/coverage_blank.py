"""Goals that no instrument serves."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import period_said
from evalkit.judgement.mix.words import quoted, say


def coverage_blank(mix: Reading) -> Iterator[MixFinding]:
    """Find the blank spots over the whole period."""
    rows = [row for row in mix.coverage.rows if row.weight == "none"]
    if not rows:
        return
    text = say(
        "coverage", "blank_one" if len(rows) == 1 else "blank_many",
        goals=quoted([row.name for row in rows]), period=period_said(mix.case),
    )  # fmt: skip
    facts = mix.facts(*(("theory", "goals", row.goal) for row in rows))
    numbers = {"blank": len(rows), "goals": len(mix.coverage.rows)}
    yield found("coverage_blank", "coverage", text, importance=1, numbers=numbers, facts=facts)
