"""Moments that do not fit: a baseline after the start, a collection that is too short."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.evaluability.outlook import Part, Remark
from evalkit.judgement.evaluability.parts import moment_said, period_said
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.words import Said, phrase, say, words
from evalkit.judgement.sentence import Sentence


def remarks_of(plan: Plan, baseline: Part) -> Iterator[Remark]:
    """List what does not fit between the moments of a plan, its instrument and the case.

    Parameters
    ----------
    baseline
        The baseline as the table has it: of one that is not needed nothing is remarked.
    """
    needed = baseline.rung is not None
    if needed:
        yield from _baseline(plan)
    yield from _collection(plan, needed=needed)
    yield from _start(plan, needed=needed)


def _baseline(plan: Plan) -> Iterator[Remark]:
    planned = plan.written.baseline
    if planned is None:
        return
    period, at = period_said(planned), moment_said(plan)
    if plan.baseline_late and not plan.measured_before:
        name = "baseline-late-begun" if plan.has_begun else "baseline-late"
        yield _remark(name, period=period, start=at)
    elif plan.baseline_same:
        over = plan.has_begun or plan.measured_before
        yield _remark("baseline-same-begun" if over else "baseline-same", start=at)
    if plan.baseline_over:
        yield _remark("undated" if plan.undated else "unrecorded", period=period)


def _collection(plan: Plan, *, needed: bool) -> Iterator[Remark]:
    collect, sampling = plan.written.collect, plan.sampling
    if collect is not None and not plan.after:
        yield _remark("no-follow-up", period=period_said(collect), start=moment_said(plan))
    if sampling is None:
        return
    before, after = plan.before_years, plan.after_years
    measured = plan.node is not None and len(plan.node.per_year) > 1
    if before == 0 and not measured:
        name = "none-before" if needed and not plan.has_begun else "none-before-counted"
        yield _remark(name, periods=_periods(sampling.before), start=moment_said(plan))
    elif before is not None and before < sampling.before and not measured:
        yield _remark("short-before", periods=_periods(sampling.before), years=_years(before))
    if after is not None and after < sampling.after and plan.after:
        yield _remark("short-after", periods=_periods(sampling.after), years=_years(after))


def _start(plan: Plan, *, needed: bool) -> Iterator[Remark]:
    if plan.start is None:
        if plan.instrument.evaluability is not None:
            yield _remark(_undated(plan, needed=needed))
    elif needed and plan.has_begun and not (plan.before or plan.baseline_late or plan.told_before):
        name = "start-passed" if plan.overdue else "too-late"
        yield _remark(name, start=moment_said(plan))


def _undated(plan: Plan, *, needed: bool) -> str:
    """Name what cannot be told or planned for want of a moment of the start."""
    when = "begun" if plan.has_begun else "date"
    if not needed or plan.measured_before:
        return f"no-{when}-after"
    return f"no-{when}-baseline" if plan.written.baseline is not None else f"no-{when}"


def _remark(name: str, **slots: Said) -> Remark:
    return Remark(id=name, text=say("remark", name, **slots))


def _periods(n: int) -> Sentence:
    return (
        words("detectable", "periods_one") if n == 1 else phrase("detectable", "periods_many", n=n)
    )


def _years(n: int) -> Sentence:
    return words("years", "one") if n == 1 else phrase("years", "many", n=n)
