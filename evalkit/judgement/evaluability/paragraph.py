"""A draft of the evaluation paragraph that a proposal needs, from what its plan records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.judgement.evaluability.detectable import Detectable
from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.outlook import Need, Part
from evalkit.judgement.evaluability.parts import design_said, held_value, period_said
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.sentence import Sentence, listing, same
from evalkit.language.numbers import LANGUAGES


def paragraph_of(
    plan: Plan,
    draft: Draft,
    parts: Sequence[Part],
    needs: Sequence[Need],
    reasons: Sequence[Sentence],
    found: Detectable | None,
) -> Sentence:
    """Draft the paragraph: what is planned, what it can show and what is still open.

    Without a plan it says what the first rung that a study can bring would need.
    """
    if plan.instrument.evaluability is None:
        told = [*reasons]
        for need in needs[:1]:
            told += [phrase("paragraph", "needs", level=str(need.level)), *need.text]
    else:
        told = [*_planned(plan, draft), *reasons[:1]]
        told += [] if found is None else [found.text]
        told += _open(parts)
    return {lang: " ".join(one[lang] for one in told) for lang in LANGUAGES}


def _planned(plan: Plan, draft: Draft) -> Iterator[Sentence]:
    written, node = plan.written, plan.node
    if node is not None:
        yield phrase("paragraph", "indicator", text=node.text)
    yield from _design(plan, draft)
    if written.baseline is not None:
        yield phrase("paragraph", "baseline", period=period_said(written.baseline))
    yield from _held(plan)
    if written.collect is not None:
        yield phrase("paragraph", "collect", period=period_said(written.collect))
    if written.data:
        yield phrase("paragraph", "data", data="; ".join(written.data))
    if written.by:
        yield phrase("paragraph", "by", by=written.by)
    elif plan.author == "independent":
        yield words("paragraph", "independent")


def _held(plan: Plan) -> Iterator[Sentence]:
    """Say what the chain holds of the indicator already."""
    node = plan.node
    if plan.undated:
        yield phrase("paragraph", "undated", value=held_value(plan))
    elif plan.measured_before and node is not None:
        if node.baseline is not None and node.baseline.year is not None:
            yield phrase("paragraph", "known", value=held_value(plan))
        else:
            yield phrase("paragraph", "series", year=str(plan.first_measured))


def _design(plan: Plan, draft: Draft) -> Iterator[Sentence]:
    slots: dict[str, Sentence] = {}
    if draft.design is not None:
        slots["design"] = design_said(draft.design)
    if plan.written.compares:
        slots["comparison"] = same(plan.written.comparison)
    if slots:
        both = "design" if "comparison" not in slots else "compared"
        yield phrase("paragraph", "design_compared" if len(slots) == 2 else both, **slots)
    if plan.written.comparison and not plan.written.compares:
        yield phrase("paragraph", "alone", text=plan.written.comparison)


def _open(parts: Sequence[Part]) -> list[Sentence]:
    lacking = [words("part", one.name) for one in parts if one.state == "lacking"]
    named = listing([{lang: one[lang].lower() for lang in LANGUAGES} for one in lacking])
    return [phrase("paragraph", "open", parts=named)] if lacking else []
