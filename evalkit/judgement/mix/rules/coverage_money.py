"""How the known money is spread over the goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from evalkit.judgement.goalrow import GoalRow
from evalkit.judgement.mix.amount import Amount, total
from evalkit.judgement.mix.finding import MixFinding
from evalkit.judgement.mix.reading import Reading, found
from evalkit.judgement.mix.said import amount_said
from evalkit.judgement.mix.words import (
    enumerated,
    of_all,
    phrase,
    quoted,
    say,
    sentences,
    series,
    words,
)
from evalkit.judgement.sentence import Sentence

_FAR = Fraction(1, 2)
"""How far from the median counts as far: as for numbers of instruments."""


@dataclass(frozen=True)
class _Line:
    row: GoalRow
    keys: tuple[str, ...]
    counted: tuple[str, ...]
    known: tuple[str, ...]
    sums: tuple[Amount, ...]


def coverage_money(mix: Reading) -> Iterator[MixFinding]:
    """Say per goal how much money is known of the instruments that have it as a main aim."""
    lines = [_line(row, mix) for row in mix.coverage.rows if row.main]
    if not lines or len(mix.instruments) < 2:
        return
    known = [line for line in lines if line.known]
    facts = mix.facts(
        *(("instruments", key, "input", "budget") for line in known for key in line.known),
        *(("theory", "goals", line.row.goal) for line in lines),
    )
    side = _only_side(mix, lines)
    if not known:
        text = sentences(words("coverage", "money_nothing"), side)
        yield found("coverage_money", "coverage", text, facts=facts, importance=2)
        return
    bare = [line.row.name for line in lines if not line.known]
    text = sentences(
        say("coverage", "money_lead", parts=enumerated([_part(line) for line in known])),
        say("coverage", "money_none", goals=quoted(bare)) if bare else None,
        words("coverage", "money_shared") if _shared(lines) else None,
        side,
        _weighed(lines),
    )
    numbers = {
        f"{line.row.goal}.{amount.unit or 'bedrag'}": amount
        for line in known
        for amount in line.sums
    }
    # What the case remarks on a budget tells how much of it serves the goal.
    behind = (mix.instruments[key] for key in dict.fromkeys(k for one in known for k in one.known))
    notes = [(one.label, node.note) for one in behind if (node := one.input.get("budget"))]
    yield found("coverage_money", "coverage", text, numbers=numbers, facts=facts, notes=notes)


def _line(row: GoalRow, mix: Reading) -> _Line:
    spend = {line.instrument: line for line in mix.spend}
    has = [key for key in row.main if spend[key].total is not None]
    counted = [key for key in has if spend[key].within not in has]
    by_measure: dict[tuple[str, str], list[Amount]] = {}
    for key in counted:
        amount = spend[key].total
        if amount is not None:
            by_measure.setdefault(amount.measure, []).append(amount)
    sums = [found for part in by_measure.values() if (found := total(part)) is not None]
    # As in the count of instruments, a part of an umbrella with the same goal is not one apart.
    keys = tuple(key for key in row.main if key not in row.nested or key in has)
    return _Line(row, keys, tuple(counted), tuple(has), tuple(sums))


def _only_side(mix: Reading, lines: list[_Line]) -> Sentence | None:
    """Name known budgets that stand at no goal, since they serve side aims only."""
    placed = {key for line in lines for key in line.keys}
    totals = {line.instrument: line.total for line in mix.spend if line.within not in placed}
    parts = []
    for key in mix.active:
        roles = {aim.role for aim in mix.instruments[key].goals.values()}
        amount = totals.get(key)
        if roles == {"side"} and key not in placed and amount is not None:
            parts.append(phrase("money", "part", name=mix.label(key), amount=amount_said(amount)))
    if not parts:
        return None
    name = "money_side_one" if len(parts) == 1 else "money_side_many"
    return say("coverage", name, parts=series(parts))


def _part(line: _Line) -> Sentence:
    return phrase(
        "coverage", "money_part",
        goal=line.row.name, amount=series([amount_said(a) for a in line.sums]),
        share=of_all(len(line.known), len(line.keys)),
    )  # fmt: skip


def _shared(lines: list[_Line]) -> bool:
    known = [key for line in lines for key in line.known]
    return len(known) > len(set(known))


def _weighed(lines: list[_Line]) -> Sentence:
    """Judge over- and under-representation by money only when all of it is known, in one unit."""
    exact = {
        line.row.name: line.sums[0].least
        for line in lines
        if len(line.known) == len(line.keys)
        and len(line.sums) == 1
        and line.sums[0].exact is not None
    }
    values = {name: value for name, value in exact.items() if value is not None}
    if len(values) < len(lines) or len({a.measure for line in lines for a in line.sums}) > 1:
        return words("coverage", "money_partial")
    middle = Fraction(median(values.values()))
    over = [name for name, v in values.items() if v > middle and v - middle >= middle * _FAR]
    under = [name for name, v in values.items() if v < middle and middle - v >= middle * _FAR]
    if not over and not under:
        return words("coverage", "money_even")
    return sentences(
        say("coverage", "money_over", goals=quoted(over)) if over else None,
        say("coverage", "money_under", goals=quoted(under)) if under else None,
    )
