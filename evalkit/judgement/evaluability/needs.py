"""What a plan lacks for each rung that a study can bring, as instructions."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.outlook import Need
from evalkit.judgement.evaluability.parts import moment_said, outcomes_of, suggested
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.reach import Reach
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.sentence import Sentence, fill, quoted

_ORDER = ("stage", "before", "several", "compared", "after", "own_word", "author")


def needs_of(plan: Plan, draft: Draft, reach: Reach) -> Iterator[Need]:
    """Tell what lacks for each rung, as far as a study can bring it."""
    for level in reach.targets(draft):
        must = reach.ladder.rung(level).must_have
        lacking = reach.needed(draft, level)
        if lacking is None:
            told = words("need", "unreachable")
            yield Need(level=level, must=must, lacks=("design",), text=(told,))
            continue
        parts = [name for name in _ORDER if name in lacking]
        texts = [_told(part, plan, reach) for part in parts]
        if reach.carries(Draft()) < level:  # the study has work to do
            practical = list(_practical(plan))
            parts += practical
            texts += [words("need", part) for part in practical]
            texts = texts or [words("need", "met")]
        else:
            texts = [words("need", "met_known")]
        yield Need(level=level, must=must, lacks=tuple(parts), text=tuple(texts))


def _practical(plan: Plan) -> Iterator[str]:
    """What no ladder asks, and no study can do without."""
    if not plan.written.data:
        yield "data"
    if plan.written.collect is None and plan.instrument.evaluability is not None:
        yield "collect"


def _told(part: str, plan: Plan, reach: Reach) -> Sentence:
    match part:
        case "stage":
            outcomes = [node.text for node in outcomes_of(plan)]
            if not outcomes:
                return words("need", "stage_none")
            return phrase("need", "stage", outcome=quoted(outcomes, 1))
        case "before":
            return _before(plan)
        case "several":
            return phrase("need", "several", when=_earlier(plan))
        case "compared":
            suggestion = suggested(reach)
            if not suggestion["nl"]:
                return words("need", "compared_bare")
            return fill(words("need", "compared"), {"suggestion": suggestion})
        case _:
            return words("need", part)


def _before(plan: Plan) -> Sentence:
    start = plan.start
    if start is not None and plan.has_begun:
        return phrase("need", "before_late", start=moment_said(plan))
    if start is None:
        return phrase("need", "before", when=words("need", "nothing"))
    at = moment_said(plan)
    past = plan.today is not None and start.year <= plan.today.year
    by_year = start.first[1:] == (1, 1) and not past
    name = "when_by" if by_year else "when_start"
    when = phrase("need", name, start=at, year=str(start.year - 1))
    return phrase("need", "before", when=when)


def _earlier(plan: Plan) -> Sentence:
    start = plan.start
    past = plan.today is not None and start is not None and start.year - 2 < plan.today.year
    if start is None or plan.has_begun or past:
        return words("need", "nothing")
    return phrase("need", "when_years", first=str(start.year - 2), last=str(start.year - 1))
