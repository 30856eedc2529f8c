"""The facts of an instrument that the conditions of a ladder speak of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from evalkit.judgement.costs import (
    budget_known,
    costs_beside_output,
    no_own_budget,
    output_reached,
    sourced,
    whole_budget_known,
)
from evalkit.judgement.design import MEASURING
from evalkit.judgement.fact import Fact, Words
from evalkit.judgement.known import OUTCOMES, Known
from evalkit.judgement.link import named_links, nearest, share
from evalkit.judgement.moment import timing
from evalkit.judgement.outputs import delivered, output_aimed, outputs_counted, outputs_named
from evalkit.judgement.piece import named
from evalkit.judgement.sentence import Sentence, listing, put, quoted, same, wording
from evalkit.model.case import Case
from evalkit.model.chain import Link
from evalkit.model.contribution_claim import ends
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage

_NOT_STARTED = ("voorgenomen", "verkenning", "besluit nodig")
_EARLY = (Stage.INPUT, Stage.ACTIVITIES, Stage.OUTPUT)

SLOTS = (
    "missing", "theory_gap", "links_without_mechanism", "silent_links", "links_without_source",
    "weak_links", "outcome", "baselines", "unsourced", "mistimed", "parts", "outputs", "output_gap",
    "comparison", "cost_gap", "no_budget",
    "source", "speakers", "direction", "found", "picture", "results", "intended", "shelf_life",
)  # fmt: skip
"""What a sentence of a ladder may leave open; facts fill most.

The evidence gives `source`, and `speakers`: those of its sources that are not independent. What it
finds is a `direction` as a word, `found` as the beginning of a sentence, and a `picture`; `results`
and `intended` say whether what was written reaches the outcome.
"""


def described(known: Known) -> Fact:
    """Tell whether goal, target group and activities are on paper."""
    instrument = known.instrument
    parts = {
        "goal": bool(instrument.goals or instrument.aims),
        "target_group": bool(instrument.target_group),
        "activities": bool(instrument.activities),
    }
    missing = [name for name, present in parts.items() if not present]

    def words() -> Words:
        return {"missing": listing([wording("missing", name) for name in missing])}

    return Fact(not missing, words=words)


def mechanisms_complete(known: Known) -> Fact:
    """Tell whether every link says why the one should lead to the other."""
    links = known.instrument.links
    silent = [key for key, link in links.items() if not link.because]

    def words() -> Words:
        return {
            "links_without_mechanism": share(silent, known.instrument),
            "silent_links": nearest(silent, known.instrument),
        }

    return Fact(bool(links) and not silent, words=words)


def theory_complete(known: Known) -> Fact:
    """Tell whether the chain reaches an outcome and each link is explained and underpinned."""
    explained, weak = mechanisms_complete(known), known.weak_links
    complete = not weak and explained.holds and known.reaches_outcome

    def words() -> Words:
        return {
            "theory_gap": _gap(explained, weak, known),
            "links_without_source": share(weak, known.instrument),
            "weak_links": nearest(_promising(weak, known), known.instrument),
        }

    used = {name for link in known.instrument.links.values() for name in link.evidence}
    return Fact(complete, tuple(sorted(used & set(known.evidence))), words)


def _promising(weak: Sequence[str], known: Known) -> Sequence[str]:
    """Pass over the links of which it is on record that the step did not come about."""
    against = known.opposed
    return [key for key in weak if key not in against] or weak


def _gap(explained: Fact, weak: Sequence[str], known: Known) -> Sentence:
    if not known.reaches_outcome:
        return wording("theory", "no_chain")
    if not explained.holds:
        silent = explained.words()["links_without_mechanism"]
        return put(wording("theory", "silent"), {"links": silent})
    lacks = put(wording("theory", "weak"), {"links": share(weak, known.instrument)})
    against = known.opposed
    if not against:
        return lacks
    cited = {one for names in against.values() for key in names
             for one in named(known.evidence[key], known.case)}  # fmt: skip
    slots = {
        "lacks": lacks,
        "links": named_links(list(against), known.instrument),
        "source": same("; ".join(sorted(cited))),
    }
    # That a step did not come about shows that its idea is wrong only when it was measured.
    found = {known.evidence[key].design for names in against.values() for key in names}
    name = "against" if found & (MEASURING - {"norm", "monitoring"}) else "stayed_out"
    sole = "_sole" if len(known.instrument.links) == 1 else ""
    return put(wording("theory", f"{name}{sole}"), slots)


def chain_reaches_outcome(known: Known) -> Fact:
    """Tell whether some link ends at an intermediate outcome or an outcome."""
    return Fact(known.reaches_outcome)


def outcome_measured(known: Known) -> Fact:
    """Tell whether anything at all was measured at the outcome stages."""
    studies = _measuring(known, OUTCOMES)
    own = any(delivered(node) for _, node in known.measured(*OUTCOMES))

    def words() -> Words:
        furthest = known.measured(Stage.OUTCOME, Stage.INTERMEDIATE)
        failed = {end for key in known.opposed for end in ends(key)[1]}
        open_ones = [
            (key.partition(".")[2], node) for key, node in furthest if not node.before_and_after
        ]
        # What is known not to have come about need not be measured first.
        open_ones = [one for one in open_ones if one[0] not in failed] or open_ones
        wanted = [node.text for _, node in open_ones if node.headline]
        wanted = wanted or [node.text for _, node in open_ones]
        return {"outcome": quoted(wanted[:1]) if wanted else wording("chain", "no_outcome")}

    return Fact(bool(studies) or own, studies, words)


def only_outputs_measured(known: Known) -> Fact:
    """Tell whether what was measured stops at the instrument's own work."""
    studies = _measuring(known, _EARLY)
    numbers = any(delivered(node) for s in _EARLY for node in known.instrument.at(s).values())
    measured = bool(studies) or numbers
    return Fact(measured and not outcome_measured(known).holds, studies)


def baseline_without_follow_up(known: Known) -> Fact:
    """Tell whether the start of an outcome was measured whose sequel is missing."""
    studies = {
        key: one
        for key, one in known.evidence.items()
        if one.before and not one.after and set(OUTCOMES) & set(one.about)
    }
    nodes = [
        node.text
        for stage in OUTCOMES
        for node in known.instrument.at(stage).values()
        if node.baseline is not None and node.actual is None and not node.per_year
    ]

    def words() -> Words:
        cited = [name for key in sorted(studies) for name in named(studies[key], known.case)]
        told = [same(f"‘{text}’") for text in nodes] + [same(name) for name in cited]
        return {"baselines": listing(told, 3)}

    return Fact(bool(studies or nodes), tuple(sorted(studies)), words)


def unsourced_outcome(known: Known) -> Fact:
    """Tell whether an outcome has numbers that no source vouches for."""
    bare = [
        node.text for _, node in known.measured(*OUTCOMES) if delivered(node) and not sourced(node)
    ]
    return Fact(bool(bare), words=lambda: {"unsourced": quoted(bare)})


def mistimed_outcome(known: Known) -> Fact:
    """Tell whether an outcome has numbers of before the instrument only."""
    start = known.instrument.period.first_year
    early = [
        node.text
        for _, node in known.measured(*OUTCOMES)
        if delivered(node) and timing(node, start) == "before only"
    ]
    return Fact(bool(early), words=lambda: {"mistimed": quoted(early)})


def partly_covered(known: Known) -> Fact:
    """Tell whether some of the evidence is about a part of the instrument only."""
    found = {k: one for k, one in known.evidence.items() if one.covers and one.finds != "unknown"}

    def words() -> Words:
        told = {f"{one.covers} ({'; '.join(named(one, known.case))})" for one in found.values()}
        return {"parts": listing([same(text) for text in sorted(told)])}

    return Fact(bool(found), tuple(sorted(found)), words)


def not_started(known: Known) -> Fact:
    """Tell whether the instrument is still a plan."""
    return Fact(known.instrument.status in _NOT_STARTED)


def ended(known: Known) -> Fact:
    """Tell whether the instrument has ended."""
    return Fact(known.instrument.status == "gestopt")


def under_way(known: Known) -> Fact:
    """Tell whether the instrument was carried out: it runs or has ended, or it delivered."""
    instrument = known.instrument
    if instrument.status is not None:
        return Fact(instrument.status not in _NOT_STARTED)
    start = instrument.period.first_year
    own = [node for _, node in known.measured(Stage.OUTPUT) if delivered(node)]
    return Fact(any(timing(node, start) != "before only" for node in own))


def activities_named(known: Known) -> Fact:
    """Tell whether the activities are on paper."""
    return Fact(bool(known.instrument.activities))


FACTS: dict[str, Callable[[Known], Fact]] = {
    fact.__name__: fact
    for fact in (
        described, mechanisms_complete, theory_complete, chain_reaches_outcome, outcome_measured,
        only_outputs_measured, baseline_without_follow_up, unsourced_outcome, mistimed_outcome,
        partly_covered, not_started, under_way, ended, activities_named, outputs_named,
        outputs_counted, output_aimed,
        budget_known, no_own_budget, whole_budget_known, costs_beside_output, output_reached,
    )
}  # fmt: skip
"""Every fact by its name, as a ladder writes it."""


def supported(link: Link, instrument: Instrument, case: Case) -> bool:
    """Tell whether someone independent underpins a link, in writing or by what was found."""
    carriers = Known(instrument, case).carriers
    return any(bool(carriers[key]) for key, other in instrument.links.items() if other is link)


def _measuring(known: Known, stages: Sequence[Stage]) -> tuple[str, ...]:
    return tuple(
        sorted(
            key
            for key, one in known.evidence.items()
            if one.design in MEASURING and set(one.about) & set(stages)
        )
    )
