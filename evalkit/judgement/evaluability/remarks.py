"""Moments that do not fit: a baseline after the start, a collection that is too short."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.evaluability.outlook import Remark
from evalkit.judgement.evaluability.parts import moment_said
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.words import Said, phrase, say, words
from evalkit.judgement.sentence import Sentence
from evalkit.language.numbers import LANGUAGES
from evalkit.model.period import Period


def remarks_of(plan: Plan) -> Iterator[Remark]:
    """List what does not fit between the moments of a plan, its instrument and the case."""
    yield from _baseline(plan)
    yield from _collection(plan)
    yield from _start(plan)


def _baseline(plan: Plan) -> Iterator[Remark]:
    planned, today = plan.written.baseline, plan.today
    if planned is None:
        return
    period, at = _said(planned), moment_said(plan)
    if plan.baseline_late and not plan.measured_before:
        name = "baseline-late-begun" if plan.has_begun else "baseline-late"
        yield _remark(name, period=period, start=at)
    elif plan.baseline_same:
        yield _remark("baseline-same", start=at)
    over = planned.end is not None and today is not None and planned.end.last < today.first
    if over and plan.node is not None and plan.first_measured is None and not plan.measured_before:
        yield _remark("unrecorded", period=period)


def _collection(plan: Plan) -> Iterator[Remark]:
    collect, sampling = plan.written.collect, plan.sampling
    if collect is not None and not plan.after:
        yield _remark("no-follow-up", period=_said(collect), start=moment_said(plan))
    if sampling is None:
        return
    before, after = plan.before_years, plan.after_years
    measured = plan.node is not None and len(plan.node.per_year) > 1
    if before == 0 and not measured:
        yield _remark("none-before", periods=_periods(sampling.before), start=moment_said(plan))
    elif before is not None and before < sampling.before and not measured:
        yield _remark("short-before", periods=_periods(sampling.before), years=_years(before))
    if after is not None and after < sampling.after and plan.after:
        yield _remark("short-after", periods=_periods(sampling.after), years=_years(after))


def _start(plan: Plan) -> Iterator[Remark]:
    if plan.start is None:
        if plan.instrument.evaluability is not None:
            yield _remark("no-date")
        return
    if plan.has_begun and not plan.before and not plan.baseline_late:
        name = "start-passed" if plan.overdue else "too-late"
        yield _remark(name, start=moment_said(plan))


def _remark(name: str, **slots: Said) -> Remark:
    return Remark(id=name, text=say("remark", name, **slots))


def _said(period: Period) -> Sentence:
    return {lang: period.prose(lang) for lang in LANGUAGES}


def _periods(n: int) -> Sentence:
    return (
        words("detectable", "periods_one") if n == 1 else phrase("detectable", "periods_many", n=n)
    )


def _years(n: int) -> Sentence:
    return words("years", "one") if n == 1 else phrase("years", "many", n=n)
