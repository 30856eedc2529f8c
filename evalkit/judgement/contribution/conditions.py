"""Mayne's four conditions for a credible claim of contribution, each with its state."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from evalkit.judgement.contribution.claims import ORDER, ClaimReading, ClaimStatus
from evalkit.judgement.contribution.rivals import FactorReading, Register
from evalkit.judgement.contribution.tests import interested, of_before
from evalkit.judgement.contribution.words import (
    cited,
    clause,
    joined,
    phrase,
    say,
    sentences,
    words,
)
from evalkit.judgement.facts import not_started
from evalkit.judgement.known import Known
from evalkit.judgement.sentence import Sentence, count, same
from evalkit.language.numbers import Language
from evalkit.model.case import Case
from evalkit.model.chain import ChainNode
from evalkit.model.contribution import CarriedOut
from evalkit.model.evidence import Evidence, Execution
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record
from evalkit.model.stage import Stage

State = Literal["met", "partly", "not met", "unknown"]
_RESULTS = (Stage.INTERMEDIATE, Stage.OUTCOME)
_FURTHEST: dict[Execution | None, str] = {"carried out": "done", "stopped": "ended"}
_PLANNED: dict[str, State] = {"fully": "met", "partly": "partly", "not": "not met"}


class Condition(Record):
    """One condition, with its state and why.

    Attributes
    ----------
    name
        ``theory``, ``execution``, ``chain`` or ``others``.
    state
        ``met``, ``partly``, ``not met`` or ``unknown``.
    text
        Why, in a sentence or two.
    evidence
        Ids of the evidence that it rests on.
    early
        Whether its source says that it is too early to tell, or that it is still a plan.
    """

    name: str
    state: State
    text: dict[Language, str]
    evidence: tuple[str, ...] = ()
    early: bool = False

    def prose(self, lang: Language = "nl") -> str:
        """Print why."""
        return self.text[lang]


def conditions(
    key: str, instrument: Instrument, case: Case, links: dict[str, ClaimStatus], rivals: Register
) -> tuple[Condition, ...]:
    """Say of each condition whether it is met."""
    return (
        _theory(instrument),
        _execution(key, instrument, case),
        _chain(links),
        _others(rivals),
    )


def link_statuses(claims: Iterable[ClaimReading], instrument: Instrument) -> dict[str, ClaimStatus]:
    """Give the status of every link; of several claims the worst that was tested counts."""
    found: dict[str, ClaimStatus] = dict.fromkeys(instrument.links, "untested")
    for claim in claims:
        if claim.link is None or claim.status == "untested":
            continue
        before = found[claim.link]
        worse = ORDER.index(claim.status) < ORDER.index(before)
        found[claim.link] = claim.status if before == "untested" or worse else before
    return found


def reaches_result(instrument: Instrument) -> bool:
    """Tell whether some link ends at an intermediate outcome or an outcome."""
    stages = instrument.stages
    return any(stages.get(arrow.end) in _RESULTS for arrow in instrument.arrows)


def _theory(instrument: Instrument) -> Condition:
    links = instrument.links
    silent = [key for key, link in links.items() if not link.because]
    bare = [k for k, link in links.items() if not (link.assumes or link.risks or link.source)]
    slots = {
        "total": count(len(links)), "silent": count(len(silent)), "bare": count(len(bare)),
    }  # fmt: skip
    state: State = "not met"
    if not reaches_result(instrument):
        name = "no-chain"
    elif silent:
        name = "silent"
    elif bare:
        state, name = "partly", "bare"
    else:
        state, name = "met", "complete"
    sole = "-sole" if len(links) == 1 and name != "no-chain" else ""
    return Condition(name="theory", state=state, text=say("theory", f"{name}{sole}", **slots))


def _execution(key: str, instrument: Instrument, case: Case) -> Condition:
    record = case.contributions.get(key)
    said = record.carried_out if record is not None else None
    if said is None:
        return _seen(instrument, case)
    source = cited(said.evidence, instrument, case)
    text = say("execution", said.as_planned, because=clause(said.because), source=source)
    if said.as_planned == "unknown":
        found = _seen(instrument, case)
        behind = tuple(dict.fromkeys((*found.evidence, *said.evidence)))
        told = sentences([dict(found.text), text])
        return _condition("unknown", told, behind, early=found.early)
    return _judged(said, text, instrument, case)


def _judged(said: CarriedOut, text: Sentence, instrument: Instrument, case: Case) -> Condition:
    """Take the judgement of the evaluators, as far as the evidence with it goes."""
    state = _PLANNED[said.as_planned]
    known = [instrument.evidence[n] for n in said.evidence if n in instrument.evidence]
    if state == "met" and all(interested(one, case) for one in known):
        state, text = "partly", sentences([text, say("execution", "said")])
    if known and all(of_before(one, instrument, case) for one in known):
        state, text = "unknown", sentences([text, say("execution", "ahead")])
    return _condition(state, text, said.evidence)


def _seen(instrument: Instrument, case: Case) -> Condition:
    """Derive it from what the evidence tells of the activities."""
    told_of = {k: e for k, e in instrument.evidence.items() if e.execution is not None}
    done = {k: e for k, e in told_of.items() if not _too_old(e, instrument, case)}
    if told_of and not done:
        text = say("execution", "all-ahead", source=cited(told_of, instrument, case))
        planned = not_started(Known(instrument, case)).holds
        return _condition("unknown", text, tuple(told_of), early=planned)
    if not done:
        return _condition("unknown", say("execution", "nothing"))
    furthest = tuple(k for k, e in done.items() if e.execution in _FURTHEST)
    if not furthest:
        return _unfinished(done, instrument, case)
    independent = [k for k in furthest if not interested(instrument.evidence[k], case)]
    behind = tuple(independent) or furthest
    source = cited(behind, instrument, case)
    ways = {instrument.evidence[key].execution for key in behind}
    name = "-".join(said for way, said in _FURTHEST.items() if way in ways)
    told = say("execution", name if independent else f"{name}-said", source=source)
    missed, reached = _targets(instrument)
    if missed:
        text = sentences([told, say("execution", "missed", nodes=joined(missed))])
        return _condition("partly", text, behind)
    if reached and independent:
        text = sentences([told, say("execution", "reached", nodes=joined(reached))])
        return _condition("met", text, behind)
    # That nobody recorded whether it went as planned does not make it half met.
    return _condition("unknown", sentences([told, say("execution", "no-plan")]), behind)


def _unfinished(done: dict[str, Evidence], instrument: Instrument, case: Case) -> Condition:
    """Say of activities that are not finished whether they are under way or still planned."""
    early = [key for key, one in done.items() if one.execution == "too early"]
    running = [key for key, one in done.items() if one.execution == "started"]
    behind = tuple(running if running and not early else done)
    name = "running" if running and not early else "early"
    text = say("execution", name, source=cited(behind, instrument, case))
    return _condition("unknown", text, behind, early=name == "early")


def _too_old(evidence: Evidence, instrument: Instrument, case: Case) -> bool:
    """Whether it tells of activities in a year in which the instrument had not begun."""
    done = evidence.execution in ("started", "carried out", "stopped")
    return done and of_before(evidence, instrument, case)


def _condition(
    state: State, text: Sentence, evidence: tuple[str, ...] = (), *, early: bool = False
) -> Condition:
    return Condition(name="execution", state=state, text=text, evidence=evidence, early=early)


def _targets(instrument: Instrument) -> tuple[list[Sentence], list[Sentence]]:
    """Name the activities and outputs that missed their target, and those that reached it."""
    missed: list[Sentence] = []
    reached: list[Sentence] = []
    for stage in (Stage.ACTIVITIES, Stage.OUTPUT):
        for node in instrument.at(stage).values():
            short = _short_of_target(node)
            if short is not None:
                (missed if short else reached).append(_against_target(node))
    return missed, reached


def _short_of_target(node: ChainNode) -> bool | None:
    if node.target is None or node.actual is None or not node.comparable:
        return None
    target, actual = node.target.value, node.actual.value
    due, seen = node.target.year, node.actual.year or node.year
    if due is not None and (seen is None or seen < due):
        return None  # its year is still to come, or may be
    if target.measure != actual.measure or target.amount is None or actual.amount is None:
        return None
    return actual.amount < target.amount


def _against_target(node: ChainNode) -> Sentence:
    actual, target = node.actual, node.target
    if actual is None or target is None:
        return same(node.text)
    numbers: dict[str, Sentence] = {
        name: {"nl": value.prose("nl"), "en": value.prose("en")}
        for name, value in (("actual", actual), ("target", target))
    }
    return phrase("execution", "node", text=node.text, **numbers)


def _chain(links: dict[str, ClaimStatus]) -> Condition:
    total = len(links)
    if not total:
        return Condition(name="chain", state="not met", text=say("chain", "empty"))
    counts = {status: sum(found == status for found in links.values()) for status in ORDER}
    against = counts["contradicted"] + counts["disputed"] + counts["weakened"]
    favour = counts["supported"] + counts["partly"]
    state: State = "partly"
    if counts["supported"] == total:
        state = "met"
    elif counts["contradicted"] or 2 * favour < total:  # one link does not confirm a chain
        state = "not met"
    found = [status for status in reversed(ORDER) if counts[status]]
    tally = [
        phrase("chain", "tally", n=count(counts[status]), status=words("status", status))
        for status in found
    ]
    only = words("status", found[0])
    name = "counts" if len(found) > 1 else "all" if total > 1 else "sole"
    name = "both" if name == "all" and total == 2 else name
    name = "untested" if name == "all" and found == ["untested"] else name
    text = say("chain", name, total=count(total), tally=joined(tally), status=only)
    told = [text, say("chain", "against")] if against and total > 1 else [text]
    return Condition(name="chain", state=state, text=sentences(told))


def _others(rivals: Register) -> Condition:
    found = [factor for factor in rivals.factors if factor.type != "primary"]
    if not found:
        return Condition(name="others", state="unknown", text=say("others", "none"))
    if not any(factor.recorded for factor in found):
        text = say("others", "named-one" if len(found) == 1 else "named", n=count(len(found)))
        return Condition(name="others", state="unknown", text=text)
    state: State = "met"
    if rivals.open:
        state = "partly" if any(factor.status != "open" for factor in found) else "not met"
    statuses = [_standing(factor) for factor in found]
    tally = [
        phrase("others", "tally", n=count(statuses.count(one)), status=one)
        for one in _once(statuses)
    ]
    evidence = tuple(dict.fromkeys(name for factor in found for name in factor.evidence))
    slots = {"total": count(len(found)), "tally": joined(tally), "status": statuses[0]}
    alike = {1: "counts-one", 2: "counts-both"}.get(len(found), "counts-all")
    name = "counts" if len(tally) > 1 else alike
    text = say("others", name, **slots)
    return Condition(name="others", state=state, text=text, evidence=evidence)


def _standing(factor: FactorReading) -> Sentence:
    if not factor.recorded:
        return words("others", "bare")
    return words("factor-status", factor.status.replace(" ", "-"))


def _once(statuses: list[Sentence]) -> list[Sentence]:
    return [one for at, one in enumerate(statuses) if one not in statuses[:at]]
