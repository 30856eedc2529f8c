"""What a plan lacks for each rung that a study can bring, as instructions."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from evalkit.judgement.evaluability.beforehand import before_asked, several_asked
from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.outlook import Need
from evalkit.judgement.evaluability.parts import outcomes_of, suggested
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.reach import Reach
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.sentence import Sentence, fill, quoted

_ORDER = ("stage", "before", "several", "compared", "after", "own_word", "author")


def needs_of(plan: Plan, draft: Draft, reach: Reach) -> Iterator[Need]:
    """Tell what lacks for each rung, as far as a study can bring it."""
    first: list[str] | None = None  # what the lowest rung lacks; a higher one lacks that too
    for level in reach.targets(draft):
        must = reach.ladder.rung(level).must_have
        lacking = reach.needed(draft, level)
        if lacking is None:
            name = _unreachable(draft, reach, level)
            alone = name != "unreachable"
            told = words("need", name)
            yield Need(level=level, must=must, lacks=("design",), text=(told,), alone=alone)
            continue
        parts = [name for name in _ORDER if name in lacking]
        texts = [_told(part, plan, draft, lacking, reach) for part in parts]
        if reach.carries(Draft()) < level:  # the study has work to do
            first = [*parts] if first is None else first
            practical = list(_practical(plan))
            texts += [words("need", _named(part, first)) for part in practical]
            parts += practical
            texts = texts or [words("need", _met(plan, draft, reach, level))]
        else:
            texts = [words("need", "met_known")]
        yield Need(level=level, must=must, lacks=tuple(parts), text=tuple(texts))


def _unreachable(draft: Draft, reach: Reach, level: int) -> str:
    """Name why a design cannot bring a rung: for want of anyone to compare with, or in itself."""
    if not draft.alone or reach.needed(replace(draft, alone=False), level) is None:
        return "unreachable"
    return "unreachable_series" if draft.design == "interrupted series" else "unreachable_alone"


def _met(plan: Plan, draft: Draft, reach: Reach, level: int) -> str:
    """Tell whether what the rung asks is sure to be there."""
    without = reach.needed(replace(draft, before=False), level) or ()
    return "met_unsure" if plan.baseline_unsure and "before" in without else "met"


def _named(part: str, lacks: Sequence[str]) -> str:
    """Ask for the moments after the start alone where those before it are asked for already."""
    return "collect_later" if part == "collect" and "before" in lacks else part


def _practical(plan: Plan) -> Iterator[str]:
    """What no ladder asks, and no study can do without."""
    if not plan.written.data:
        yield "data"
    if plan.written.collect is None and plan.instrument.evaluability is not None:
        yield "collect"


def _told(part: str, plan: Plan, draft: Draft, lacking: Collection[str], reach: Reach) -> Sentence:
    match part:
        case "stage":
            outcomes = [node.text for node in outcomes_of(plan)]
            if not outcomes:
                return words("need", "stage_none")
            return phrase("need", "stage", outcome=quoted(outcomes, 1))
        case "before":
            return before_asked(plan)
        case "several":
            return several_asked(plan)
        case "after":
            both = draft.before or "before" in lacking
            return words("need", "after" if both else "after_only")
        case "compared":
            suggestion = suggested(reach)
            if not suggestion["nl"]:
                return words("need", "compared_bare")
            return fill(words("need", "compared"), {"suggestion": suggestion})
        case _:
            return words("need", part)
