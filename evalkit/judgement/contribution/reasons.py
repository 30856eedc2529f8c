"""Why a claim has its status, in sentences that name the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evalkit.judgement.contribution.bayes import Probability
from evalkit.judgement.contribution.claims import CapName, ClaimReading, Settled, partly_priced
from evalkit.judgement.contribution.tests import OPEN, Weighed
from evalkit.judgement.contribution.words import (
    chance,
    cited,
    clause,
    confidence,
    link_name,
    phrase,
    say,
    sentences,
    series,
    words,
)
from evalkit.judgement.reason import Reason
from evalkit.judgement.sentence import Sentence, same
from evalkit.language.capital import capital
from evalkit.model.case import Case
from evalkit.model.contribution_claim import Claim
from evalkit.model.instrument import Instrument

_EVEN = 0.5


class Teller:
    """Puts the status of claims of one instrument into words."""

    def __init__(self, instrument: Instrument, case: Case) -> None:
        self.instrument, self.case = instrument, case

    def read(
        self,
        key: str,
        text: str,
        link: str | None,
        claim: Claim | None,
        tests: tuple[Weighed, ...],
        settled: Settled,
        replaced_by: Iterable[str] = (),
    ) -> ClaimReading:
        """Make the reading of a claim, with its reasons."""
        given = claim is not None and claim.prior is not None
        reasons = (
            Reason(rule="status", text=self._status(text, link, claim, settled)),
            *(self.test(test, claim) for test in tests),
            *self._conflict(tests, settled),
            *(self._cap(cap, tests, settled, replaced_by) for cap in settled.caps),
            *self._note(tests, settled),
            *_posterior(settled, tests, given=given),
        )
        return ClaimReading(
            id=key,
            text=text,
            link=link,
            recorded=claim is not None,
            tests=tests,
            reasons=reasons,
            prior_given=given,
            **dict(settled),
        )

    def _status(
        self, text: str, link: str | None, claim: Claim | None, settled: Settled
    ) -> Sentence:
        status = words("status", settled.status)
        if claim is None and link is not None:
            between = link_name(link, self.instrument)
            return say("claim", "link", link=between, status=status)
        return say("claim", "status", text=clause(text), status=status)

    def test(self, test: Weighed, claim: Claim | None) -> Reason:
        """Say what one test was, what came of it and what that does."""
        source = cited(test.evidence, self.instrument, self.case)
        slots: dict[str, Sentence | str] = {"expect": clause(test.expect), "source": source}
        if test.result in OPEN:
            told = say("test", test.result.replace(" ", "-"), **slots)
            return Reason(rule=f"test.{test.id}", text=sentences([told, _because(test)]))
        if test.implied:
            text = clause(self.instrument.evidence[test.id].text)
            name = "implied" if text else "implied-bare"
            told = say("test", name, text=text, source=source)
        elif test.priced and claim is not None:
            written = claim.tests[test.id]
            for key, value in (("true", written.if_true), ("false", written.if_false)):
                if value is not None:
                    slots[key] = {"nl": value.prose("nl"), "en": value.prose("en")}
            told = say("test", f"{test.result}-priced", **slots)
        else:
            why = phrase("kind", f"{test.result} {test.kind}".replace(" ", "-"))
            told = say("test", test.result, why=why, **slots)
        effect = words("says", test.says)
        parts = (told, effect, _because(test))
        return Reason(rule=f"test.{test.id}", text=sentences(parts), evidence=test.evidence)

    def _conflict(self, tests: tuple[Weighed, ...], settled: Settled) -> Iterator[Reason]:
        if settled.status != "disputed":
            return
        favour = _behind(test for test in tests if test.favours)
        counter = _behind(test for test in tests if test.counters)
        text = say("claim", "conflict", favour=self._cite(favour), counter=self._cite(counter))
        yield Reason(rule="conflict", text=text, evidence=(*favour, *counter))

    def _cap(
        self,
        cap: CapName,
        tests: tuple[Weighed, ...],
        settled: Settled,
        replaced_by: Iterable[str],
    ) -> Reason:
        if cap == "rival":
            rivals = series([same(f"‘{clause(text)}’") for text in replaced_by])
            return Reason(rule="cap.rival", text=say("cap", "rival", rivals=rivals))
        if cap in ("prior", "prior-against"):
            return Reason(rule=f"cap.{cap}", text=_without_prior(cap, settled))
        if cap == "beforehand":
            behind = _behind(test for test in tests if test.beforehand)
            text = say("cap", cap, source=self._cite(behind))
            return Reason(rule=f"cap.{cap}", text=text, evidence=behind)
        pointed = [test for test in tests if (test.favours, test.counters)[cap != "opinion"]]
        behind = _behind(test for test in pointed if test.interested)
        shared = any(test.priced and not test.interested for test in pointed)
        text = say("cap", f"{cap}-shared" if shared else cap, source=self._cite(behind))
        return Reason(rule=f"cap.{cap}", text=text, evidence=behind)

    def _note(self, tests: tuple[Weighed, ...], settled: Settled) -> Iterator[Reason]:
        """Say that a claim rests on opinion alone, also where that moves nothing yet."""
        favours = [test for test in tests if test.favours]
        if "opinion" in settled.caps or settled.status not in ("partly", "undecided"):
            return
        divided = [test for test in tests if test.says == "both"]  # speaks for it as well
        if favours and all(test.interested for test in (*favours, *divided)):
            behind = _behind(favours)
            text = say("claim", "opinion", source=self._cite(behind))
            yield Reason(rule="opinion", text=text, evidence=behind)

    def _cite(self, names: Iterable[str]) -> Sentence:
        return cited(names, self.instrument, self.case)


def _because(test: Weighed) -> Sentence:
    """Print what the evaluator wrote at a test as a sentence of its own, if anything."""
    text = clause(test.because)
    return same(f"{capital(text)}." if text else "")


def _posterior(settled: Settled, tests: Iterable[Weighed], *, given: bool) -> Iterator[Reason]:
    if settled.posterior is None or settled.prior is None:
        return
    if partly_priced(tests):
        prior, after = chance(settled.prior), chance(settled.posterior)
        yield Reason(
            rule="posterior", text=say("claim", "posterior-part", prior=prior, chance=after)
        )
        return
    slots = {
        "prior": chance(settled.prior),
        "chance": chance(settled.posterior, banded=True),
        "confidence": confidence(settled.posterior),
    }
    name = "posterior" if given else "posterior-even"
    yield Reason(rule="posterior", text=say("claim", name, **slots))
    yield Reason(rule="prior", text=_other_priors(settled))
    yield Reason(rule="ladder", text=words("claim", "ladder"))


def _other_priors(settled: Settled) -> Sentence:
    """Show how far the prior carries the answer, by the two ends of the table."""
    first, last = settled.sensitivity[0], settled.sensitivity[-1]
    return say(
        "claim",
        "priors",
        low=_plain(first.prior),
        at_low=chance(first.posterior),
        high=_plain(last.prior),
        at_high=chance(last.posterior),
    )


def _without_prior(cap: CapName, settled: Settled) -> Sentence:
    """Say where the same evidence leads from one half."""
    if settled.prior is None:
        raise ValueError("a claim without probabilities has no prior that could settle it")
    even = next(row for row in settled.sensitivity if row.prior == _EVEN)
    prior, at_even = chance(settled.prior), chance(even.posterior)
    return say("cap", cap, prior=prior, even=_plain(_EVEN), at_even=at_even)


def _plain(value: float) -> Sentence:
    return chance(Probability(low=value, high=value, low_band="even", high_band="even"))


def _behind(tests: Iterable[Weighed]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for test in tests for name in test.evidence))
