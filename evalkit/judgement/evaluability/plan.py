"""Reading a plan: which facts of an instrument and its plan make up the study in draft."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.spoken import go_back, is_called_independent
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.evaluability import Evaluability, PlannedDesign, Sampling
from evalkit.model.instrument import Instrument
from evalkit.model.moment import Moment
from evalkit.model.period import Period
from evalkit.model.source import Independence
from evalkit.model.stage import Stage

_SERIES: PlannedDesign = "interrupted series"
FEW = 30
"""Below this number of units in all the usual margins of error are too narrow."""
_PLANNED = ("voorgenomen", "verkenning", "besluit nodig")


@dataclass(frozen=True)
class Plan:
    """What an instrument and its plan say of a later evaluation.

    Attributes
    ----------
    instrument, case
        The instrument, and the case that it stands in.
    """

    instrument: Instrument
    case: Case

    @property
    def written(self) -> Evaluability:
        """What is recorded; empty when nothing is."""
        return self.instrument.evaluability or Evaluability()

    @property
    def sampling(self) -> Sampling | None:
        """The units and periods at hand."""
        return self.written.sampling

    @property
    def start(self) -> Moment | None:
        """When the instrument begins or began, when that is known."""
        period = self.instrument.period
        return None if period.before else period.start

    @cached_property
    def today(self) -> Moment | None:
        """The date of the case; the clock of the machine plays no part."""
        try:
            return Moment.parse(self.case.date)
        except ValueError:
            return None

    @property
    def has_begun(self) -> bool:
        """Whether the start lies before the date of the case."""
        if self.instrument.status in ("lopend", "gestopt"):
            return True
        start, today = self.start, self.today
        return start is not None and today is not None and start.last < today.first

    @property
    def overdue(self) -> bool:
        """Whether it is still called a plan while its start has passed."""
        return self.has_begun and self.instrument.status in _PLANNED

    @property
    def starting(self) -> bool:
        """Whether the date of the case falls within the moment of the start."""
        start, today = self.start, self.today
        if self.has_begun or start is None or today is None:
            return False
        return start.first <= today.last and today.first <= start.last

    @cached_property
    def stage(self) -> Stage | None:
        """Where its indicator stands in the chain."""
        return self.instrument.stages.get(self.written.indicator or "")

    @cached_property
    def node(self) -> ChainNode | None:
        """Its indicator."""
        name, stage = self.written.indicator, self.stage
        return None if name is None or stage is None else self.instrument.at(stage)[name]

    @property
    def first_measured(self) -> int | None:
        """The first year of which the chain holds a value of the indicator."""
        node = self.node
        if node is None:
            return None
        years = [year for year, value in node.per_year.items() if not value.pm]
        values = [found for found in (node.baseline, node.actual) if found is not None]
        years += [one.year for one in values if one.year is not None and not one.value.pm]
        return min(years, default=None)

    @property
    def measured_before(self) -> bool:
        """Whether the chain holds a value from before the start, or of the year of the start."""
        first, start = self.first_measured, self.start
        return first is not None and (start is None or first <= start.year)

    @property
    def undated(self) -> bool:
        """Whether all that the chain holds from before is a starting value of no known year."""
        found = None if self.node is None else self.node.baseline
        if found is None or found.value.pm or found.year is not None:
            return False
        return not self.measured_before

    @property
    def baseline_late(self) -> bool:
        """Whether the baseline that is planned begins when the instrument runs already."""
        return _begins_after(self.written.baseline, self.start)

    @property
    def baseline_same(self) -> bool:
        """Whether baseline and start are given as one and the same moment."""
        planned = self.written.baseline
        return planned is not None and planned.start == planned.end == self.start is not None

    @property
    def baseline_over(self) -> bool:
        """Whether the moment of the baseline has passed, and the chain holds no value of it."""
        planned, today = self.written.baseline, self.today
        if planned is None or planned.end is None or today is None or self.node is None:
            return False
        return planned.end.last < today.first and self.first_measured is None

    @property
    def baseline_unsure(self) -> bool:
        """Whether a baseline is planned that may not be of before the start, or not be there."""
        if self.measured_before:
            return False
        if self.undated and not self._planned_before:
            return True
        planned = self.written.baseline is not None
        return planned and (self.start is None or self.baseline_same or self.baseline_over)

    @property
    def told_before(self) -> bool:
        """Whether its data are said to go back to before the start, without a moment for it."""
        return any(go_back(one) for one in self.written.data)

    @property
    def before(self) -> bool:
        """Whether the indicator is, or will be, known from before the start."""
        return self.measured_before or self.undated or self._planned_before

    @property
    def _planned_before(self) -> bool:
        """Whether it is to be measured before the start."""
        baseline, collect = self.written.baseline, self.written.collect
        if baseline is not None and not self.baseline_late:
            return True
        if self.collected_before:
            return True
        return baseline is None and collect is None and self.sampling is not None

    @property
    def collected_before(self) -> bool:
        """Whether its data are collected from before the start on."""
        collect, start = self.written.collect, self.start
        return collect is not None and start is not None and _begins_before(collect, start)

    @property
    def after(self) -> bool:
        """Whether it is measured after the start; a plan that names no moment is given it."""
        collect, start = self.written.collect, self.start
        if self.instrument.evaluability is None:
            return False
        if collect is None or collect.end is None or start is None:
            return True
        return collect.end.last >= start.first

    @property
    def before_years(self) -> int | None:
        """In how many years before the start it is measured; None when that cannot be told."""
        start, collect = self.start, self.written.collect
        spans = [p for p in (self.written.baseline, collect) if p is not None]
        if start is None or not spans or any(p.first_year is None for p in spans):
            return None
        covered = {
            year
            for period in spans
            for year in range(period.first_year or 0, start.year)
            if period.covers(year)
        }
        return len(covered)

    @property
    def after_years(self) -> int | None:
        """In how many years from the start on it is measured; None when that cannot be told."""
        collect, start = self.written.collect, self.start
        if collect is None or start is None or collect.last_year is None:
            return None
        first = max(start.year, collect.first_year or start.year)
        return max(collect.last_year - first + 1, 0)

    @property
    def author(self) -> Independence | None:
        """Where the evaluator stands, as recorded or as its name says."""
        if self.written.author is not None:
            return self.written.author
        return "independent" if is_called_independent(self.written.by) else None

    def draft(self) -> Draft:
        """Give the study that the plan comes to."""
        written, sampling, node = self.written, self.sampling, self.node
        units = None if sampling is None else sampling.treated + sampling.compared
        compared = written.compares or sampling is not None
        return Draft(
            design=written.design,
            stage=self.stage,
            before=self.before,
            after=self.after,
            several=self._several,
            compared=compared,
            alone=not compared and (written.design == _SERIES or bool(written.comparison)),
            norm=node is not None and node.target is not None and not node.target.value.pm,
            author=self.author,
            own_word=node is not None and node.measured == "self-report",
            few=units is not None and units < FEW,
        )

    @property
    def _several(self) -> bool | None:
        if self.sampling is not None:
            return self.sampling.before > 1
        years = self.before_years
        return True if years is not None and years > 1 else None


def _begins_after(period: Period | None, start: Moment | None) -> bool:
    if period is None or period.start is None or period.before or start is None:
        return False
    return period.start.first > start.last


def _begins_before(period: Period, start: Moment) -> bool:
    if period.before:
        return True
    return period.start is not None and period.start.first < start.first
