"""The parts of a plan: what is there, what lacks, and from which rung on it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.outlook import Part, PartName, State
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.reach import Reach
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.known import OUTCOMES
from evalkit.judgement.sentence import Sentence, quoted, same
from evalkit.judgement.telling import slots_of
from evalkit.language.numbers import LANGUAGES
from evalkit.model.chain import ChainNode

_OF: dict[PartName, tuple[str, ...]] = {
    "indicator": ("stage",),
    "baseline": ("before", "several"),
    "comparison": ("compared",),
    "data": ("stage",),
    "collection": ("after",),
    "evaluator": ("author",),
}

Found = tuple[State, Sentence]


def parts_of(plan: Plan, draft: Draft, reach: Reach) -> Iterator[Part]:
    """List the parts of a plan."""
    rungs = _rungs(draft, reach)
    found: dict[PartName, Found] = {
        "indicator": _indicator(plan),
        "design": _design(draft),
        "baseline": _baseline(plan),
        "comparison": _comparison(plan, draft, reach),
        "data": _data(plan),
        "collection": _collection(plan),
        "evaluator": _evaluator(plan),
    }
    for name, (state, text) in found.items():
        rung = min((rungs[part] for part in _OF.get(name, ()) if part in rungs), default=None)
        if state == "lacking" and rung is None and name != "design":
            yield Part(name=name, state="not needed", told=words("comparison", "not_needed"))
        else:
            yield Part(name=name, state=state, told=text, rung=rung)


def _rungs(draft: Draft, reach: Reach) -> dict[str, int]:
    """From which rung on each part is needed, were the study begun from nothing."""
    found: dict[str, int] = {}
    for level in reach.targets(draft):
        for part in reach.unstudied.needed(Draft(design=draft.design), level) or ():
            found.setdefault(part, level)
    return found


def _indicator(plan: Plan) -> Found:
    node, stage = plan.node, plan.stage
    if node is None or stage is None:
        outcomes = [one.text for one in outcomes_of(plan)]
        if not outcomes:
            return "lacking", words("indicator", "none")
        return "lacking", phrase("indicator", "choose", outcomes=quoted(outcomes, 2))
    at = words("stage", stage.value)
    if stage in OUTCOMES:
        return "there", phrase("indicator", "there", text=node.text, stage=at)
    return "partly", phrase("indicator", "early", text=node.text, stage=at)


def outcomes_of(plan: Plan) -> list[ChainNode]:
    """The instrument's own outcomes, those that it aims at in the end first."""
    return [
        node
        for stage in reversed(OUTCOMES)
        for node in plan.instrument.at(stage).values()
        if node.instrument is None
    ]


def _design(draft: Draft) -> Found:
    if draft.design is None:
        return "lacking", words("designs", "none")
    asked, left = design_said(draft.design), design_said(draft.left)
    if draft.left == draft.design:
        return "there", asked
    return "partly", phrase("designs", "partly", asked=asked, left=left)


def design_said(design: str) -> Sentence:
    """Name a design as a sentence does."""
    return words("design", design.replace(" ", "-"))


def _baseline(plan: Plan) -> Found:
    written, sampling = plan.written, plan.sampling
    start = moment_said(plan)
    if written.baseline is not None:
        period = {lang: written.baseline.prose(lang) for lang in LANGUAGES}
        late, dated = plan.baseline_late, plan.start is not None
        name = "late" if late else "before_start" if dated else "no_start"
        if plan.baseline_same:
            name = "same_year"
        told = phrase("baseline", name, period=period, start=start)
        if plan.measured_before:
            value = start_value(plan.node)
            return "there", phrase("baseline", "both", planned=told, value=value)
        return "partly" if late or plan.baseline_same else "there", told
    if plan.measured_before:
        return "there", start_value(plan.node)
    if plan.before and written.collect is not None:
        period = {lang: written.collect.prose(lang) for lang in LANGUAGES}
        return "there", phrase("baseline", "collected", period=period)
    if plan.before and sampling is not None:
        return "there", phrase("baseline", "periods", n=sampling.before)
    return _from_chain(plan)


def _from_chain(plan: Plan) -> Found:
    """Name a starting value of another outcome, which is no plan yet."""
    for node in outcomes_of(plan):
        if node.baseline is not None and not node.baseline.value.pm:
            slots = {"text": same(node.text), "value": start_value(node)}
            return "partly", phrase("baseline", "chain", **slots)
    return "lacking", words("baseline", "none")


def start_value(node: ChainNode | None) -> Sentence:
    """Write what is known of an indicator from before the start."""
    found = None if node is None else node.baseline
    if found is not None and not found.value.pm:
        value = {lang: found.value.prose(lang) for lang in LANGUAGES}
        name = "known" if found.year is None else "known_year"
        return phrase("baseline", name, value=value, year=str(found.year))
    years = [] if node is None else [*node.per_year]
    if node is not None and node.actual is not None and node.actual.year is not None:
        years.append(node.actual.year)
    return phrase("baseline", "series", year=str(min(years, default="")))


def moment_said(plan: Plan) -> Sentence:
    """Write when the instrument begins."""
    start = plan.start
    return same("") if start is None else {lang: start.prose(lang) for lang in LANGUAGES}


def _comparison(plan: Plan, draft: Draft, reach: Reach) -> Found:
    written, sampling = plan.written, plan.sampling
    if written.comparison:
        return "there", phrase("comparison", "there", text=written.comparison)
    if sampling is not None:
        names = units_said(plan)
        return "there", phrase("comparison", "units", n=str(sampling.compared), names=names)
    if draft.by_itself:
        return "there", words("comparison", "itself")
    suggestion = suggested(reach)
    if not suggestion["nl"]:
        return "lacking", words("comparison", "bare")
    return "lacking", phrase("comparison", "none", suggestion=suggestion)


def suggested(reach: Reach) -> Sentence:
    """Name whom the instrument could be compared with, as the ladder suggests by its type."""
    return slots_of(reach.ruling(Draft()).reading).get("comparison", same(""))


def units_said(plan: Plan) -> Sentence:
    """Name the units at hand, in the plural."""
    sampling = plan.sampling
    named = sampling is not None and sampling.names
    return same(sampling.names) if sampling is not None and named else words("data", "units")


def _data(plan: Plan) -> Found:
    written, node = plan.written, plan.node
    own = node is not None and node.measured == "self-report"
    data = same("; ".join(written.data))  # a clause may hold commas
    if not written.data:
        return (
            ("partly", words("data", "own_word_only"))
            if own
            else ("lacking", words("data", "none"))
        )
    return ("partly", phrase("data", "own_word", data=data)) if own else ("there", data)


def _collection(plan: Plan) -> Found:
    collect = plan.written.collect
    if collect is None:
        return "lacking", words("collection", "none")
    period = {lang: collect.prose(lang) for lang in LANGUAGES}
    if plan.after:
        return "there", period
    return "partly", phrase("collection", "ends_early", period=period, start=moment_said(plan))


def _evaluator(plan: Plan) -> Found:
    by, author = plan.written.by, plan.author
    if author == "independent":
        return "there", same(by) if by else words("evaluator", "independent")
    if author is not None:
        return "partly", phrase("evaluator", "bound", by=by) if by else words(
            "evaluator", "bound_only"
        )
    if by:
        return "partly", phrase("evaluator", "unclear", by=by)
    return "lacking", words("evaluator", "none")
