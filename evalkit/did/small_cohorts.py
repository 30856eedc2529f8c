"""Cohorts with few units: taken together, or not told of one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from evalkit.language.told import Told, told
from evalkit.panel import Panel

Name = TypeVar("Name")


def merged(sizes: Sequence[tuple[Name, int]], minimum: int) -> list[tuple[tuple[Name, ...], int]]:
    """Take cohorts with few units together with the next smallest, until they have enough.

    Parameters
    ----------
    sizes
        Name and number of units of each cohort.
    minimum
        Least number of units.

    Returns
    -------
    list
        Names and number of units; empty where all together are too few.

    Examples
    --------
    >>> merged([("2004", 40), ("2005", 7), ("2006", 90)], 10)
    [(('2004', '2005'), 47), (('2006',), 90)]
    >>> merged([("2005", 7)], 10)
    []
    """
    together: list[int] = []
    total = 0
    for at in sorted(range(len(sizes)), key=lambda at: sizes[at][1]):
        enough = not together or (len(together) > 1 and total >= minimum)
        if sizes[at][1] >= minimum and enough:
            break
        together.append(at)
        total += sizes[at][1]
    if together and total < minimum:
        return []
    found: dict[int, tuple[tuple[Name, ...], int]] = {
        at: ((name,), size) for at, (name, size) in enumerate(sizes) if at not in together
    }
    if together:
        found[min(together)] = (tuple(sizes[at][0] for at in sorted(together)), total)
    return [found[at] for at in sorted(found)]


def told_cohorts(panel: Panel, cohorts: Sequence[int]) -> tuple[list[int], list[Told]]:
    """Choose the cohorts that a result may tell of one by one, and say how many it may not."""
    minimum = panel.minimum_cell
    if minimum is None:
        return list(cohorts), []
    groups = merged([(g, panel.cohort_sizes[g]) for g in cohorts], minimum)
    shown = [names[0] for names, _ in groups if len(names) == 1]
    gone = len(cohorts) - len(shown)
    return shown, [told("suppressed.cohorts", count=gone, minimum=minimum)] if gone else []
