"""Instructions for the time before the start: what can still be measured, and what only found."""

from __future__ import annotations

from evalkit.judgement.evaluability.parts import moment_said
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.sentence import Sentence


def before_asked(plan: Plan) -> Sentence:
    """Ask for a measurement from before the start: of what runs already it can only be found."""
    if plan.told_before:
        name = "before_which" if plan.has_begun else "before_when"
        if plan.start is None:
            return words("need", f"{name}_adrift")
        return phrase("need", name, when=_at(plan))
    if plan.overdue:
        return phrase("need", "before_overdue", when=_at(plan))
    if plan.has_begun:
        return phrase("need", "before_late", when=_at(plan))
    if plan.starting:
        return phrase("need", "before_starting", when=_at(plan))
    return phrase("need", "before", when=_by(plan))


def several_asked(plan: Plan) -> Sentence:
    """Ask for more than one measurement from before the start."""
    if plan.has_begun:
        return phrase("need", "several_late", when=_at(plan))
    return phrase("need", "several", when=_years(plan))


def _at(plan: Plan) -> Sentence:
    """Name the start, in brackets, when it is known."""
    if plan.start is None:
        return words("need", "nothing")
    return phrase("need", "when_start", start=moment_said(plan))


def _by(plan: Plan) -> Sentence:
    """Name the start and the last year before it, when the instrument begins with a year."""
    start = plan.start
    if start is None or start.first[1:] != (1, 1):
        return _at(plan)
    if plan.today is not None and start.year <= plan.today.year:
        return _at(plan)
    return phrase("need", "when_by", start=moment_said(plan), year=str(start.year - 1))


def _years(plan: Plan) -> Sentence:
    """Name the two years before the start, while the first of them is not over."""
    start, today = plan.start, plan.today
    if start is None or (today is not None and start.year - 2 < today.year):
        return words("need", "nothing")
    return phrase("need", "when_years", first=str(start.year - 2), last=str(start.year - 1))
