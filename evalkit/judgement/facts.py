"""The facts of an instrument that the conditions of a ladder speak of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from evalkit.judgement.link import nearest, share
from evalkit.judgement.piece import OUTCOMES, named
from evalkit.judgement.sentence import Sentence, listing, put, quoted, same, wording
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode, Link
from evalkit.model.evidence import Design
from evalkit.model.instrument import Instrument
from evalkit.model.stage import Stage

_MEASURING: frozenset[Design] = frozenset(
    {
        "monitoring", "survey", "before-after", "norm", "dose-response", "comparison group",
        "did", "rdd", "iv", "rct", "synthetic control", "interrupted series", "meta-analysis",
    }
)  # fmt: skip
# What people say of it, or what a plan describes, does not carry a mechanism by itself.
_THEORY: frozenset[Design] = frozenset({"theory"})
_CARRYING = (_MEASURING | _THEORY) - {"monitoring"}
_NOT_STARTED = ("voorgenomen", "verkenning", "besluit nodig")

SLOTS = (
    "missing", "theory_gap", "links_without_mechanism", "silent_links", "links_without_source",
    "weak_links", "outcome", "baselines", "comparison", "source", "direction", "shelf_life",
)  # fmt: skip
"""What a sentence of a ladder may leave open; facts fill most; the evidence gives `source`."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Whether something holds of an instrument, by which evidence, and words to say it with."""

    holds: bool
    evidence: tuple[str, ...] = ()
    slots: dict[str, Sentence] = field(default_factory=dict)


def facts(instrument: Instrument, case: Case) -> dict[str, Fact]:
    """Derive every fact of an instrument."""
    return {name: derive(instrument, case) for name, derive in FACTS.items()}


def described(instrument: Instrument, case: Case) -> Fact:  # noqa: ARG001
    """Tell whether goal, target group and activities are on paper."""
    parts = {
        "goal": bool(instrument.goals or instrument.aims),
        "target_group": bool(instrument.target_group),
        "activities": bool(instrument.activities),
    }
    missing = [wording("missing", name) for name, present in parts.items() if not present]
    return Fact(not missing, slots={"missing": listing(missing)})


def mechanisms_complete(instrument: Instrument, case: Case) -> Fact:  # noqa: ARG001
    """Tell whether every link says why the one should lead to the other."""
    silent = [key for key, link in instrument.links.items() if not link.because]
    slots = {
        "links_without_mechanism": share(silent, instrument),
        "silent_links": nearest(silent, instrument),
    }
    return Fact(bool(instrument.links) and not silent, slots=slots)


def theory_complete(instrument: Instrument, case: Case) -> Fact:
    """Tell whether the chain reaches an outcome and each link is explained and underpinned."""
    weak = [key for key, link in instrument.links.items() if not supported(link, instrument, case)]
    used = {name for link in instrument.links.values() for name in link.evidence}
    explained = mechanisms_complete(instrument, case)
    if not chain_reaches_outcome(instrument, case).holds:
        gap = wording("theory", "no_chain")
    elif not explained.holds:
        silent = explained.slots["links_without_mechanism"]
        gap = put(wording("theory", "silent"), {"links": silent})
    else:
        gap = put(wording("theory", "weak"), {"links": share(weak, instrument)})
    slots = {
        "theory_gap": gap,
        "links_without_source": share(weak, instrument),
        "weak_links": nearest(weak, instrument),
    }
    complete = not weak and explained.holds and chain_reaches_outcome(instrument, case).holds
    return Fact(complete, tuple(sorted(used & set(instrument.evidence))), slots)


def chain_reaches_outcome(instrument: Instrument, case: Case) -> Fact:  # noqa: ARG001
    """Tell whether some link ends at an intermediate outcome or an outcome."""
    stages = instrument.stages
    return Fact(any(stages.get(arrow.end) in OUTCOMES for arrow in instrument.arrows))


def outcome_measured(instrument: Instrument, case: Case) -> Fact:  # noqa: ARG001
    """Tell whether anything at all was measured at the outcome stages."""
    studies = _measuring(instrument, OUTCOMES)
    own = [node for node in _outcomes(instrument) if _has_result(node)]
    wanted = [node.text for node in _outcomes(instrument) if not node.before_and_after]
    named = quoted(wanted, 2) if wanted else wording("chain", "no_outcome")
    return Fact(bool(studies or own), studies, {"outcome": named})


def only_outputs_measured(instrument: Instrument, case: Case) -> Fact:
    """Tell whether what was measured stops at the instrument's own work."""
    early = (Stage.INPUT, Stage.ACTIVITIES, Stage.OUTPUT)
    studies = _measuring(instrument, early)
    numbers = any(_has_result(node) for stage in early for node in instrument.at(stage).values())
    measured = bool(studies) or numbers
    return Fact(measured and not outcome_measured(instrument, case).holds, studies)


def baseline_without_follow_up(instrument: Instrument, case: Case) -> Fact:
    """Tell whether a start was measured whose sequel is missing."""
    studies = {
        key: evidence
        for key, evidence in instrument.evidence.items()
        if evidence.before and not evidence.after
    }
    nodes = [
        node.text
        for stage in (Stage.OUTPUT, *OUTCOMES)
        for node in instrument.at(stage).values()
        if node.baseline is not None and node.actual is None and not node.per_year
    ]
    studied = [name for key in sorted(studies) for name in named(studies[key], case)]
    told = [same(f"‘{text}’") for text in nodes] + [same(name) for name in studied]
    return Fact(bool(told), tuple(sorted(studies)), {"baselines": listing(told, 3)})


def not_started(instrument: Instrument, case: Case) -> Fact:  # noqa: ARG001
    """Tell whether the instrument is still a plan."""
    return Fact(instrument.status in _NOT_STARTED)


FACTS: dict[str, Callable[[Instrument, Case], Fact]] = {
    fact.__name__: fact
    for fact in (
        described, mechanisms_complete, theory_complete, chain_reaches_outcome,
        outcome_measured, only_outputs_measured, baseline_without_follow_up, not_started,
    )
}  # fmt: skip
"""Every fact by its name, as a ladder writes it."""


def supported(link: Link, instrument: Instrument, case: Case) -> bool:
    """Tell whether someone independent underpins a link, in writing or by what was found."""
    for citation in link.source:
        source = case.sources.get(citation.source)
        if source is not None and source.independence == "independent":
            return True
    return any(_supports(name, instrument, case) for name in link.evidence)


def _supports(name: str, instrument: Instrument, case: Case) -> bool:
    evidence = instrument.evidence.get(name)
    if evidence is None or evidence.self_report or evidence.design not in _CARRYING:
        return False
    known = [case.sources.get(citation.source) for citation in evidence.source]
    author = evidence.author or (
        "independent" if all(s and s.independence == "independent" for s in known) else None
    )
    speaks = evidence.finds in ("positive", "mixed") or evidence.design == "theory"
    return author == "independent" and speaks


def _measuring(instrument: Instrument, stages: Sequence[Stage]) -> tuple[str, ...]:
    return tuple(
        sorted(
            key
            for key, evidence in instrument.evidence.items()
            if evidence.design in _MEASURING and set(evidence.about) & set(stages)
        )
    )


def _has_result(node: ChainNode) -> bool:
    """Whether something was counted after the start: a plan or a baseline is no result."""
    return node.actual is not None or bool(node.per_year) or node.total is not None


def _outcomes(instrument: Instrument) -> list[ChainNode]:
    """The instrument's own outcomes, the furthest along first."""
    nodes = [*instrument.outcome.values(), *instrument.intermediate.values()]
    return [node for node in nodes if node.instrument is None]
