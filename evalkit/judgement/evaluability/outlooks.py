"""What evaluations could show, instrument by instrument."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from evalkit.judgement.evaluability.detectable import Detectable
from evalkit.judgement.evaluability.doubts import cap_said, doubts_of
from evalkit.judgement.evaluability.draft import Draft
from evalkit.judgement.evaluability.needs import needs_of
from evalkit.judgement.evaluability.outlook import Need, Outlook, pending
from evalkit.judgement.evaluability.paragraph import paragraph_of
from evalkit.judgement.evaluability.parts import design_said, parts_of
from evalkit.judgement.evaluability.plan import Plan
from evalkit.judgement.evaluability.reach import Reach, blank, complete, settled
from evalkit.judgement.evaluability.remarks import remarks_of
from evalkit.judgement.evaluability.words import phrase, words
from evalkit.judgement.known import Known
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.rules import Answer
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.score import read
from evalkit.judgement.sentence import Sentence, listing
from evalkit.judgement.telling import reason
from evalkit.model.case import Case
from evalkit.model.evidence import Threat

_PLANNED = ("voorgenomen", "verkenning", "besluit nodig")


def outlooks(
    case: Case, ladder: Ladder, detectable: Mapping[str, Detectable] | None = None
) -> dict[str, Outlook]:
    """Tell of each instrument that is planned, or has a plan for its evaluation, what to expect.

    Parameters
    ----------
    case
        The case, with the evidence that its analyses gave.
    ladder
        The rules that will judge the study.
    detectable
        The least effect that each could show, from ``evalkit.analysis.evaluability``.

    Examples
    --------
    >>> from evalkit.judgement.profile import load_ladder
    >>> bon = {
    ...     "name": "Bon", "type": "subsidie", "period": "2027–2030", "status": "voorgenomen",
    ...     "aims": "meer scholing", "target_group": "mkb", "activities": {"bon": {"text": "Bon"}},
    ...     "outcome": {"scholing": {"text": "Meer scholing"}},
    ...     "evaluability": {"indicator": "scholing", "baseline": "2026", "author": "independent"},
    ... }
    >>> case = Case.model_validate({
    ...     "slug": "p", "title": "P", "period": "2026", "instruments": {"bon": bon},
    ... })
    >>> found = outlooks(case, load_ladder())["bon"]
    >>> found.carries, found.need(4).lacks
    (3, ('compared', 'data', 'collect'))
    """
    given = {} if detectable is None else detectable
    unstudied = blank(case, ladder)
    return {
        key: _outlook(key, Reach(one, case, ladder, unstudied), given.get(key))
        for key, one in case.instruments.items()
        if one.evaluability is not None or one.status in _PLANNED
    }


@dataclass(frozen=True)
class _Asked:
    """What the ladder says of one plan."""

    plan: Plan
    draft: Draft
    reach: Reach

    @property
    def now(self) -> int:
        """The rung that the report gives it at present, a signed departure included."""
        instrument, ladder = self.plan.instrument, self.reach.ladder
        if instrument.override is not None and ladder.name == self.plan.case.ladder:
            return instrument.override.level
        return Ruling(read(Known(instrument, self.plan.case), ladder)).level

    @property
    def carried(self) -> int:
        """What the evidence carries before the study."""
        return self.reach.carries(Draft())

    @property
    def carries(self) -> int:
        """The most that it carries afterwards: a study takes no evidence away."""
        return max(self.carried, self.reach.carries(self.draft))

    @property
    def untested(self) -> int:
        """The same, when nothing of what a test can settle was tested."""
        counted: tuple[Threat, ...] = ("few pre-periods",)
        known = {name: how for name, how in settled(self.draft).items() if name in counted}
        return max(self.carried, self.reach.carries(self.draft, known))

    @property
    def level(self) -> int:
        """The rung of the instrument afterwards."""
        return max(self.now, self.reach.ruling(self.draft).level)


def _outlook(key: str, reach: Reach, found: Detectable | None) -> Outlook:
    instrument, ladder = reach.instrument, reach.ladder
    plan = Plan(instrument, reach.case)
    asked = _Asked(plan, plan.draft(), reach)
    draft, planned = asked.draft, instrument.evaluability is not None
    needs = tuple(needs_of(plan, draft, reach))
    parts = tuple(parts_of(plan, draft, reach, needs))
    reasons = tuple(_reasons(asked, needs) if planned else _without(asked))
    baseline = next(one for one in parts if one.name == "baseline")
    return Outlook(
        id=key,
        name=instrument.name,
        planned=planned,
        now=asked.now,
        carries=asked.carries,
        reach=asked.level,
        untested=asked.untested,
        top=ladder.top,
        ladder=ladder.name,
        title=ladder.title,
        edition=ladder.edition,
        reasons=reasons,
        parts=parts,
        needs=needs,
        doubts=tuple(doubts_of(draft, reach)),
        remarks=tuple(remarks_of(plan, baseline)),
        detectable=found,
        paragraph=paragraph_of(plan, draft, parts, needs, reasons, found),
        language=reach.case.language,
    )


def _without(asked: _Asked) -> Iterator[Sentence]:
    """Say what no plan means, and that research alone does not lift what is not underpinned."""
    yield _said("none", asked.carried, asked)
    best = complete(asked.draft)
    level = asked.reach.ruling(best).level
    if level < asked.reach.carries(best):
        yield phrase("reach", "lower", level=str(level), unmet=_unmet(asked, best))


def _reasons(asked: _Asked, needs: Sequence[Need]) -> Iterator[Sentence]:
    draft, reach = asked.draft, asked.reach
    if draft.stage is None:
        yield _said("no_indicator", asked.carried, asked)
        return
    if asked.carries > asked.carried:
        yield _most(asked, pending(needs, asked.carries))
        if asked.untested < asked.carries:
            yield phrase("reach", "tests", level=str(asked.untested))
    else:
        yield _said("same", asked.carried, asked)
    yield from _reduced(asked.plan, draft)
    if draft.left == "norm":
        yield words("reach", "norm")
    for index, (cap, answer) in enumerate(reach.caps(draft)):
        yield cap_said(cap, answer, draft, reach, first=index == 0)
    if asked.level < asked.carries and asked.carries > asked.carried:
        yield phrase("reach", "first", level=str(asked.level), unmet=_unmet(asked, draft))


def _said(name: str, level: int, asked: _Asked) -> Sentence:
    return phrase("reach", name, level=str(level), top=str(asked.reach.ladder.top))


def _most(asked: _Asked, lacks: Sequence[str]) -> Sentence:
    """Say what the plan carries at most, once what that rung still lacks was added."""
    slots = {"level": str(asked.carries), "top": str(asked.reach.ladder.top)}
    if not lacks:
        return phrase("reach", "most", **slots)
    parts = listing([words("short", name) for name in lacks])
    return phrase("reach", "most_pending", parts=parts, **slots)


def _reduced(plan: Plan, draft: Draft) -> Iterator[Sentence]:
    """Say what is left of a design of which parts are missing."""
    if draft.design is None or draft.left == draft.design:
        return
    lacks = [name for name in ("compared", "before") if not getattr(draft, name)]
    if draft.design == "interrupted series":
        lacks = [name for name in lacks if name == "before"]
    name = "after" if not draft.after else "both" if len(lacks) == 2 else lacks[0]
    if name == "before" and plan.told_before:
        name = "before_undated"
    yield phrase(
        "reach", "reduced", asked=design_said(draft.design), gap=words("gap", name),
        left=design_said(draft.left),
    )  # fmt: skip


def _unmet(asked: _Asked, draft: Draft) -> Sentence:
    """Say what keeps the instrument below what its evidence would carry."""
    ruling = asked.reach.ruling(draft)
    ladder = asked.reach.ladder
    if ruling.base == 0:
        found = next((base.text for base, _ in ruling.bases if base.level == 0), None)
    else:
        above = (base for base in ladder.bases if base.level == ruling.base + 1)
        found = next((base.unmet for base in above if base.unmet is not None), None)
    if found is None:
        return words("need", "nothing")
    return reason(ruling.reading, "unmet", found, Answer(True)).text
