"""Years in which a goal had no instrument."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.goalyear import GoalYear
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import years_said
from evalkit.judgement.mix.words import names, say, sentences
from evalkit.judgement.sentence import Sentence


def coverage_gap(mix: Reading) -> Iterator[MixFinding]:
    """Find the years of the period in which a goal that is served at all was not."""
    by_goal: dict[str, list[GoalYear]] = {}
    for row in mix.goal_years:
        by_goal.setdefault(row.goal, []).append(row)
    for goal, rows in by_goal.items():
        if goal not in mix.coverage.blank and any(not row.least for row in rows):
            yield _gap(goal, rows, mix)


def _gap(goal: str, rows: Sequence[GoalYear], mix: Reading) -> MixFinding:
    without = [row for row in rows if not row.most]
    doubtful = [row for row in rows if row.most and not row.least]
    maybe = list(dict.fromkeys(key for row in doubtful for key in row.maybe))
    text = sentences(
        say("coverage", "gap", years=_years(without), goal=rows[0].name) if without else None,
        say(
            "coverage", "doubt",
            years=_years(doubtful), goal=rows[0].name, names=names(mix.labels(maybe)),
        ) if doubtful else None,
    )  # fmt: skip
    # The start or end next to the gap decides it; what is uncertain about that is said with it.
    beside = {
        key
        for before, after in pairwise(rows)
        if bool(before.most) != bool(after.most)
        for key in (*before.running, *after.running, *before.maybe, *after.maybe)
    }
    edge = [key for key in mix.instruments if key in beside | set(maybe)]
    beside_it = [mix.instruments[key] for key in edge]
    return found(
        "coverage_gap", "coverage", text,
        about=goal, importance=1 if without else 2,
        numbers={"years_without": len(without), "years_in_doubt": len(doubtful)},
        facts=mix.facts(
            ("theory", "goals", goal), *(("instruments", key, "period") for key in edge)
        ),
        notes=[] if len(edge) > 2 else [(one.label, one.period_note) for one in beside_it],
    )  # fmt: skip


def _years(rows: Sequence[GoalYear]) -> Sentence:
    return years_said([row.year for row in rows])
