"""From which rung on each part of a plan is needed, given the rest of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.outlook import Need, PartName
from evalkit.judgement.evaluability.reach import Reach

_OF: dict[str, PartName] = {
    "stage": "indicator",
    "before": "baseline",
    "several": "baseline",
    "compared": "comparison",
    "after": "collection",
    "author": "evaluator",
}


def needed_from(draft: Draft, reach: Reach, needs: Sequence[Need]) -> dict[PartName, int]:
    """Tell from which rung on each part is needed; a part that no rung asks for is left out.

    Each part is taken out of the plan in turn. What a rung then lacks is needed for it, so that a
    part that is missing stands at the rung that asks for it in so many words.
    """
    found: dict[PartName, int] = {}
    for need in needs:
        if "design" in need.lacks:
            continue
        for part in _asked(draft, reach, need.level):
            found.setdefault(_OF[part], need.level)
        if reach.carries(Draft()) < need.level:  # no study can do without
            found.setdefault("data", need.level)
            found.setdefault("collection", need.level)
    return found


def _asked(draft: Draft, reach: Reach, level: int) -> Iterator[str]:
    nothing, lacking = Draft(several=False), set(reach.needed(draft, level) or ())
    for part in _OF:
        without = replace(draft, **{part: getattr(nothing, part)})
        asked = set(reach.needed(without, level) or ())
        if part in asked or asked - lacking:  # what takes its place is asked for in its stead
            yield part
