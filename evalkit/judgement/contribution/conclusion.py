"""What the story comes to: whether the instrument may be said to have contributed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from evalkit.judgement.contribution.bayes import Probability
from evalkit.judgement.contribution.claims import ClaimReading, ClaimStatus, partly_priced
from evalkit.judgement.contribution.conditions import Condition
from evalkit.judgement.contribution.rivals import Register
from evalkit.judgement.contribution.words import (
    chance,
    clause,
    confidence,
    joined,
    say,
    sentences,
    words,
)
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.numbers import Language
from evalkit.model.contribution_claim import ends
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record
from evalkit.model.stage import Stage

Verdict = Literal["credible", "qualified", "not shown", "unlikely"]
_HELD = ("met", "partly")


class Conclusion(Record):
    """What may be said of the contribution.

    Attributes
    ----------
    verdict
        ``credible`` (all four conditions are met), ``qualified`` (likely, with reservations),
        ``not shown`` (this evidence does not tell) or ``unlikely`` (the evidence denies it).
    text
        In sentences, with what it rests on.
    probability
        How sure one may be of the claim about the whole, when its tests have probabilities.
    note
        Where the instrument stands on a ladder, when that is known.
    """

    verdict: Verdict
    text: dict[Language, str]
    probability: Probability | None = None
    note: dict[Language, str] = {}

    @property
    def told(self) -> Sentence:
        """The sentences, with the note on the ladder."""
        return sentences([dict(self.text), dict(self.note)])

    def prose(self, lang: Language = "nl") -> str:
        """Print it."""
        return self.told[lang]


def conclude(
    instrument: Instrument,
    claims: tuple[ClaimReading, ...],
    links: dict[str, ClaimStatus],
    conditions: tuple[Condition, ...],
    rivals: Register,
) -> Conclusion:
    """Draw the conclusion from claims, conditions and the rivals that are still open."""
    whole = tuple(claim for claim in claims if claim.whole)
    states = {condition.name: condition.state for condition in conditions}
    execution = next((one for one in conditions if one.name == "execution"), None)
    verdict = _verdict(instrument, claims, links, states, carried_out=_carried_out(execution))
    if verdict == "qualified" and _could_replace(rivals):
        verdict = "not shown"
    early = execution is not None and execution.early
    said = "too-early" if early and verdict == "not shown" else verdict.replace(" ", "-")
    parts = [words("conclusion", said)]
    parts += [_of(claim) for claim in whole]
    parts += [_conditions(conditions)]
    found = [
        claim.posterior for claim in whole if claim.posterior and not partly_priced(claim.tests)
    ]
    probability = found[0] if len(found) == 1 else None
    return Conclusion(verdict=verdict, text=sentences(parts), probability=probability)


def _verdict(
    instrument: Instrument,
    claims: tuple[ClaimReading, ...],
    links: dict[str, ClaimStatus],
    states: Mapping[str, str],
    *,
    carried_out: bool,
) -> Verdict:
    whole = [claim.status for claim in claims if claim.whole]
    last = _last(instrument, links)
    if "contradicted" in whole or (not whole and last and set(last) == {"contradicted"}):
        return "unlikely"
    if all(state == "met" for state in states.values()) and set(whole) <= {"supported"}:
        return "credible"
    # Those concerned alone are no basis for a claim of contribution, nor are untouched rivals.
    independent = any(
        claim.status in ("supported", "partly") and not claim.interested and _at_result(
            claim, instrument
        )
        for claim in claims
    )  # fmt: skip
    held = all(states[name] in _HELD for name in ("theory", "chain", "others")) and carried_out
    favoured = all(status in ("supported", "partly") for status in whole)
    return "qualified" if independent and held and favoured else "not shown"


def _carried_out(execution: Condition | None) -> bool:
    """Tell whether the activities took place, also when it is not known whether as planned."""
    if execution is None:
        return False
    took_place = execution.state == "unknown" and bool(execution.evidence)
    return execution.state in _HELD or (took_place and not execution.early)


def _could_replace(rivals: Register) -> bool:
    """Tell whether something else may still explain it all, and was not found to weigh little."""
    return any(
        factor.type == "direct rival" and factor.weight in ("heavy", "moderate", "unknown")
        for factor in rivals.open
        if factor.status == "open"
    )


def _last(instrument: Instrument, links: dict[str, ClaimStatus]) -> list[ClaimStatus]:
    """Give the statuses of the links that end at an outcome."""
    return [status for key, status in links.items() if _ends_at(key, instrument, (Stage.OUTCOME,))]


def _at_result(claim: ClaimReading, instrument: Instrument) -> bool:
    results = (Stage.INTERMEDIATE, Stage.OUTCOME)
    return claim.link is None or _ends_at(claim.link, instrument, results)


def _ends_at(key: str, instrument: Instrument, stages: tuple[Stage, ...]) -> bool:
    return any(end in instrument.at(stage) for end in ends(key)[1] for stage in stages)


def _of(claim: ClaimReading) -> Sentence:
    status = words("status", claim.status)
    told = say("conclusion", "claim", text=clause(claim.text), status=status)
    if claim.posterior is None or partly_priced(claim.tests):
        return told
    sure = say(
        "conclusion",
        "probability",
        chance=chance(claim.posterior, banded=True),
        confidence=confidence(claim.posterior),
    )
    return sentences([told, sure])


def _conditions(conditions: tuple[Condition, ...]) -> Sentence:
    """Say which of the four conditions are met and which are not."""
    short = [condition for condition in conditions if condition.state != "met"]
    if not short:
        return words("conclusion", "all-met")
    named = joined([words("condition", condition.name) for condition in short])
    if len(short) == len(conditions):
        return words("conclusion", "none-met")
    return say("conclusion", "one-short" if len(short) == 1 else "short", conditions=named)


def ladder_note(level: int, label: Sentence, title: Sentence) -> Sentence:
    """Say where the instrument stands on the ladder, which this does not change."""
    return say("conclusion", "ladder", level=same(str(level)), label=label, ladder=title)
