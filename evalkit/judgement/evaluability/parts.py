"""The parts of a plan: what is there, what lacks, and from which rung on it is needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.neededfrom import needed_from
from evalkit.judgement.evaluability.outlook import Need, Part, PartName, State
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.reach import Reach
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.known import OUTCOMES
from evalkit.judgement.sentence import Sentence, quoted, same
from evalkit.judgement.telling import slots_of
from evalkit.language.numbers import LANGUAGES
from evalkit.model.chain import ChainNode
from evalkit.model.indicator import Observation
from evalkit.model.period import Period

Found = tuple[State, Sentence]


def parts_of(plan: Plan, draft: Draft, reach: Reach, needs: Sequence[Need]) -> Iterator[Part]:
    """List the parts of a plan, so that the table says what the advice says."""
    rungs = needed_from(draft, reach, needs)
    found: dict[PartName, Found] = {
        "indicator": _indicator(plan),
        "design": _design(draft, needs),
        "baseline": _baseline(plan, needs),
        "comparison": _comparison(plan, draft, reach),
        "data": _data(plan),
        "collection": _collection(plan),
        "evaluator": _evaluator(plan),
    }
    for name, (state, text) in found.items():
        rung = rungs.get(name)
        if rung is None and _is_idle(name, state, draft):
            yield Part(name=name, state="not needed", told=_idle(name, plan, text, reach, needs))
        else:
            yield Part(name=name, state=state, told=text, rung=rung)


def _is_idle(name: PartName, state: State, draft: Draft) -> bool:
    """Whether a part that no rung asks for is not needed; one that is there stays as it is."""
    if name == "design" or (name == "comparison" and draft.alone and not draft.in_series):
        return False
    return state == "lacking" or (name == "baseline" and state == "partly")


def _idle(
    name: PartName, plan: Plan, text: Sentence, reach: Reach, needs: Sequence[Need]
) -> Sentence:
    """Say why a part is not needed; what the plan itself says of it goes with that."""
    if name == "comparison" and plan.written.comparison:
        return _alone(text, needs)
    if needs and all(reach.carries(Draft()) >= need.level for need in needs):
        return words("idle", "known")
    if name == "baseline" and plan.written.baseline is not None:
        return phrase("idle", "besides", period=period_said(plan.written.baseline))
    if name == "comparison":
        return _alone(words("idle", "design"), needs)
    return words("idle", "design")


def _alone(text: Sentence, needs: Sequence[Need]) -> Sentence:
    """Add which rung does ask for a comparison that the design can do without."""
    level = next((need.level for need in needs if need.alone), None)
    if level is None:
        return text
    return phrase("idle", "alone", told=text, level=str(level))


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


def _design(draft: Draft, needs: Sequence[Need]) -> Found:
    left = design_said(draft.left)
    if draft.design is None:
        if draft.left == "monitoring":
            return "lacking", words("designs", "none")
        return "partly", phrase("designs", "unnamed", left=left)
    asked = design_said(draft.design)
    whole = draft.left == draft.design
    told = asked if whole else phrase("designs", "partly", asked=asked, left=left)
    beyond = next((need.level for need in needs if "design" in need.lacks), None)
    if beyond is not None:
        return "partly", phrase("designs", "beyond", told=told, level=str(beyond))
    return "there" if whole else "partly", told


def design_said(design: str) -> Sentence:
    """Name a design as a sentence does."""
    return words("design", design.replace(" ", "-"))


def _baseline(plan: Plan, needs: Sequence[Need]) -> Found:
    """Tell what is known of the baseline; one measurement is too few where more are asked."""
    state, told = _measured_before(plan)
    if state == "there" and any("several" in need.lacks for need in needs):
        return "partly", phrase("baseline", "once", told=told)
    return state, told


def _measured_before(plan: Plan) -> Found:
    written, sampling = plan.written, plan.sampling
    start = moment_said(plan)
    if written.baseline is not None:
        told = phrase("baseline", _when(plan), period=period_said(written.baseline), start=start)
        value = held_value(plan)
        if plan.measured_before:
            return "there", phrase("baseline", "both", planned=told, value=value)
        if plan.baseline_over or plan.undated:
            told = phrase("baseline", _held(plan), planned=told, value=value)
        return "partly" if plan.baseline_late or plan.baseline_unsure else "there", told
    if plan.measured_before:
        return "there", held_value(plan)
    if plan.collected_before and written.collect is not None:
        return "there", phrase("baseline", "collected", period=period_said(written.collect))
    if written.collect is None and sampling is not None:
        return "there", phrase("baseline", "periods", n=sampling.before)
    if plan.undated:
        return "partly", phrase("baseline", "undated", value=held_value(plan))
    return _from_chain(plan)


def _held(plan: Plan) -> str:
    """Name what the chain holds beside a baseline that is planned: no value, or one undated."""
    if not plan.undated:
        return "over"
    return "over_undated" if plan.baseline_over else "both_undated"


def _when(plan: Plan) -> str:
    """Name how the baseline that is planned lies to the start."""
    if plan.baseline_same:
        return "same_year"
    if plan.baseline_late:
        return "late"
    return "no_start" if plan.start is None else "before_start"


def _from_chain(plan: Plan) -> Found:
    """Name a starting value of another outcome, or data from before, which is no plan yet."""
    for node in outcomes_of(plan):
        if node.baseline is not None and not node.baseline.value.pm:
            slots = {"text": same(node.text), "value": start_value(node.baseline)}
            return "partly", phrase("baseline", "chain", **slots)
    if not plan.told_before:
        return "lacking", words("baseline", "none")
    return "lacking", words("baseline", "in_data_adrift" if plan.start is None else "in_data")


def start_value(found: Observation | None) -> Sentence:
    """Write a starting value, with its year when that is known."""
    if found is None:
        return same("")
    value = {lang: found.value.prose(lang) for lang in LANGUAGES}
    name = "known" if found.year is None else "known_year"
    return phrase("baseline", name, value=value, year=str(found.year))


def held_value(plan: Plan) -> Sentence:
    """Write what the chain holds of the indicator: a starting value, or since when it is known."""
    found = None if plan.node is None else plan.node.baseline
    if found is None or found.value.pm or (found.year is None and plan.measured_before):
        return phrase("baseline", "series", year=str(plan.first_measured))
    return start_value(found)


def moment_said(plan: Plan) -> Sentence:
    """Write when the instrument begins."""
    start = plan.start
    return same("") if start is None else {lang: start.prose(lang) for lang in LANGUAGES}


def period_said(period: Period) -> Sentence:
    """Write a period."""
    return {lang: period.prose(lang) for lang in LANGUAGES}


def _comparison(plan: Plan, draft: Draft, reach: Reach) -> Found:
    written, sampling = plan.written, plan.sampling
    if written.compares:
        return "there", same(written.comparison)
    if sampling is not None:
        names = units_said(plan)
        return "there", phrase("comparison", "units", n=str(sampling.compared), names=names)
    if draft.by_itself:
        return "there", words("comparison", "itself")
    if written.comparison:
        return "lacking", same(written.comparison)
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
    period = period_said(collect)
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
