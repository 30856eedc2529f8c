"""Milestones: what was promised for when, and whether it came."""

from __future__ import annotations

from typing import Literal

from evalkit.model.period import Period
from evalkit.model.record import Record, Text
from evalkit.model.source import Citations

MilestoneStatus = Literal["planned", "reached", "late", "dropped", "unknown"]

_NEVER = (9999, 12, 31)


class Milestone(Record):
    """Something that was to happen at a moment.

    Attributes
    ----------
    text
        What, as a clause without a capital: ``de actieagenda gaat naar de Tweede Kamer``.
    when
        By when: a moment or a period, such as ``2026-Q1``, ``voor 2026-07`` or ``2026–2030``.
    status
        Whether it was reached; ``planned`` unless it says so.
    source
        Who promised it.
    note
        A remark, in Markdown.
    """

    text: Text
    when: Period
    status: MilestoneStatus = "planned"
    source: Citations = ()
    note: str = ""

    @property
    def order(self) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
        """The days that it is sorted by: the last on which it could be met, then the first."""
        begin, end = self.when.start or self.when.end, self.when.end or self.when.start
        if begin is None or end is None:
            return _NEVER, _NEVER
        return end.first if self.when.until else end.last, begin.first
