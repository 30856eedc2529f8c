"""The rows of a result: the effects of cohort blocks averaged overall, by cohort and by time."""

from __future__ import annotations

from typing import Any

import numpy as np

from evalkit.did.cohort_blocks import Block
from evalkit.did.period_name import name_at
from evalkit.panel import Panel

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]

Key = tuple[str, int]
"""What a row is of: ``("ATT", 0)``, ``("cohort", 2004)`` or ``("event", 3)``."""


def row_keys(blocks: list[Block], clock: Ints) -> list[Key]:
    """Give the rows: overall, each cohort when there are several, each event time."""
    events = sorted({int(event) for block in blocks for event in event_times(block, clock)})
    cohorts = [("cohort", block.cohort) for block in blocks] if len(blocks) > 1 else []
    return [("ATT", 0), *cohorts, *(("event", event) for event in events)]


def event_times(block: Block, clock: Ints) -> Ints:
    """Give the treated periods of a block, counted from its first."""
    found: Ints = clock[block.before :] - block.cohort
    return found


def summarise(blocks: list[Block], clock: Ints, keys: list[Key]) -> Floats:
    """Average cohorts by their treated unit-periods, and each event time by treated units."""
    if not blocks:
        return np.full(len(keys), np.nan)
    total = sum(block.mass for block in blocks)
    overall = sum(block.mass * float(block.curve.mean()) for block in blocks) / total
    found: dict[Key, float] = {("ATT", 0): overall}
    found |= {("cohort", block.cohort): float(block.curve.mean()) for block in blocks}
    sums: dict[int, tuple[float, int]] = {}
    for block in blocks:
        for event, effect in zip(event_times(block, clock), block.curve, strict=True):
            before, count = sums.get(int(event), (0.0, 0))
            sums[int(event)] = (before + block.n_treated * effect, count + block.n_treated)
    found |= {("event", event): value / count for event, (value, count) in sums.items()}
    return np.array([found.get(key, np.nan) for key in keys])


def term_of(panel: Panel, key: Key) -> str:
    """Give a row its name."""
    name, at = key
    if name == "ATT":
        return "ATT"
    return f"ATT({at})" if name == "event" else f"ATT(cohort {name_at(panel.clock, at)})"


def count_treated(panel: Panel, blocks: list[Block], key: Key) -> int:
    """Count the treated units that a row is of."""
    name, at = key
    clock = panel.clock.values
    return sum(
        block.n_treated
        for block in blocks
        if name == "ATT"
        or (name == "cohort" and block.cohort == at)
        or (name == "event" and at in event_times(block, clock))
    )
