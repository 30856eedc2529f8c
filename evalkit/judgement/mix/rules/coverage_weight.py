"""Goals that get many or few instruments."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evalkit.judgement.goalrow import GoalRow
from evalkit.judgement.mix.amount import Amount
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import median_said, period_said
from evalkit.judgement.mix.words import phrase, say, words
from evalkit.judgement.sentence import Sentence


def coverage_weight(mix: Reading) -> Iterator[MixFinding]:
    """Find goals that stand far above or below the median, or say that none does."""
    rows = mix.coverage.rows
    if len(mix.instruments) < 2:
        return  # one instrument is not spread over anything
    if not rows:
        yield found("coverage_weight", "coverage", words("coverage", "no_goals"), importance=1)
        return
    if not any(row.count for row in rows):
        return  # then every goal is a blank spot
    far = [row for row in rows if row.weight in ("over", "under")]
    for row in far:
        yield _one(row, mix)
    if not far and not mix.coverage.blank:
        median = Fraction(mix.coverage.middle)
        yield found(
            "coverage_weight", "coverage",
            say("coverage", "balanced", median=median_said(median)),
            numbers={"median": Amount.exactly(median)},
            facts=mix.facts(*(("theory", "goals", row.goal) for row in rows)),
        )  # fmt: skip


def _one(row: GoalRow, mix: Reading) -> MixFinding:
    weighed, median = Fraction(row.weighed), Fraction(mix.coverage.middle)
    text = say(
        "coverage", row.weight,
        goal=row.name, period=period_said(mix.case), serve=_serve(row),
        against=_against(row, weighed, median),
    )  # fmt: skip
    return found(
        "coverage_weight", "coverage", text,
        about=row.goal, importance=1,
        numbers={
            "instruments": row.count, "main": row.main_count, "side": row.side_count,
            "weighed": Amount.exactly(weighed), "median": Amount.exactly(median),
        },
        facts=mix.facts(
            ("theory", "goals", row.goal),
            *(("instruments", key, "goals", row.goal) for key in (*row.main, *row.side)),
        ),
    )  # fmt: skip


def _serve(row: GoalRow) -> Sentence:
    main, side = row.main_count, row.side_count
    if row.count == 1:
        return words("coverage", "one_main" if main else "one_side")
    if not side:
        return phrase("coverage", "all_main", n=main)
    if not main:
        return phrase("coverage", "all_side", n=side)
    return phrase("coverage", "some_each", n=row.count, main=main, side=side)


def _against(row: GoalRow, weighed: Fraction, median: Fraction) -> Sentence:
    if not row.side_count:
        return phrase("coverage", "against", median=median_said(median))
    return phrase(
        "coverage", "against_weighed", weighed=median_said(weighed), median=median_said(median)
    )
