"""When an indicator was measured, seen from the start of the instrument."""

from __future__ import annotations

from typing import Literal

from evalkit.model.chain import ChainNode
from evalkit.model.indicator import Observation

Timing = Literal["not measured", "before only", "after only", "before and after"]


def timing(node: ChainNode, start: int | None) -> Timing:
    """Tell whether an indicator was measured before the instrument began, after it, or both.

    A value of the year of the start counts for either side, since a year is all that is known. So
    does a value without a year: it is before when it is called the baseline, and after when it is
    called the result. Where the years add up to a total, the first counts what came in the year of
    the start, which is no earlier state to compare with.

    Examples
    --------
    >>> from evalkit.model.chain import ChainNode
    >>> node = ChainNode.model_validate({"text": "Banen", "per_year": {"2015": "8", "2018": "9"}})
    >>> timing(node, 2019), timing(node, 2017)
    ('before only', 'before and after')
    """
    dated, undated = _results(node)
    start_year = node.baseline.year if _given(node.baseline) and node.baseline else None
    late = undated or any(start is None or year >= start for year in dated)
    if not late:
        return "before only" if dated or _given(node.baseline) else "not measured"
    if _given(node.baseline):
        return "after only" if dated == {start_year} and not undated else "before and after"
    return "before and after" if _began_early(dated, start, node) else "after only"


def _began_early(dated: set[int], start: int | None, node: ChainNode) -> bool:
    """Whether a series of results begins with a state of before the instrument had worked."""
    if len(dated) < 2:
        return False
    if start is not None and min(dated) != start:
        return min(dated) < start
    return node.total is None


def _results(node: ChainNode) -> tuple[set[int], bool]:
    """The years of which there is a result, and whether there is one without a year."""
    dated = {year for year, value in node.per_year.items() if not value.pm}
    undated = node.total is not None and not node.total.pm and not dated
    if node.actual is not None and not node.actual.value.pm:
        if node.actual.year is None:
            return dated, True
        dated.add(node.actual.year)
    return dated, undated


def _given(observation: Observation | None) -> bool:
    return observation is not None and not observation.value.pm
