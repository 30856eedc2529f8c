"""The status of each claim: what its tests, taken together, make of it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from evalkit.judgement.contribution.bayes import (
    EVEN,
    PriorRow,
    Probability,
    joint_ratio,
    posterior,
    prior_of,
    sensitivity,
)
from evalkit.judgement.contribution.interval import Interval
from evalkit.judgement.contribution.tests import OPEN, Says, Weighed
from evalkit.judgement.reason import Reason
from evalkit.language.numbers import Language
from evalkit.model.contribution_claim import Claim
from evalkit.model.record import Record

ClaimStatus = Literal[
    "contradicted", "disputed", "weakened", "untested", "undecided", "partly", "supported"
]
ORDER: tuple[ClaimStatus, ...] = (
    "contradicted", "disputed", "weakened", "untested", "undecided", "partly", "supported",
)  # fmt: skip
"""From what speaks most against a claim to what speaks most for it."""
CapName = Literal[
    "beforehand", "opinion", "opinion-against", "prior", "prior-against", "rival"
]  # fmt: skip
_CAPPED: tuple[tuple[Says, Says, CapName], ...] = (
    ("confirms", "supports", "opinion"),
    ("rejects", "weakens", "opinion-against"),
)
_SURE, _HALF = Fraction(85, 100), Fraction(1, 2)


class ClaimReading(Record):
    """A claim with its status and every reason for it.

    Attributes
    ----------
    id
        Its id; the key of the link when nobody wrote a claim about it.
    text
        The claim, as a clause.
    link
        The link that it is about; none when it is about the instrument as a whole.
    recorded
        Whether an evaluator wrote it, or it follows from the chain.
    status
        ``supported``, ``partly``, ``undecided``, ``untested``, ``weakened``, ``disputed`` (one
        test confirms it and another rejects it) or ``contradicted``.
    tests
        What each piece of evidence says of it.
    reasons
        Why it has this status, with the evidence behind it.
    caps
        Which rules kept the status back: ``beforehand``, ``opinion``, ``opinion-against``,
        ``prior``, ``prior-against``, ``rival``.
    prior, posterior
        How likely it was before and after the evidence; none when no test has probabilities.
    prior_given
        Whether an evaluator gave the prior; else it is one half.
    sensitivity
        What the same evidence gives under other priors.
    """

    id: str
    text: str
    link: str | None = None
    recorded: bool = True
    status: ClaimStatus
    tests: tuple[Weighed, ...] = ()
    reasons: tuple[Reason, ...] = ()
    caps: tuple[CapName, ...] = ()
    prior: Probability | None = None
    prior_given: bool = False
    posterior: Probability | None = None
    sensitivity: tuple[PriorRow, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether it is about the instrument as a whole."""
        return self.link is None

    @property
    def evidence(self) -> tuple[str, ...]:
        """The evidence that says something of it."""
        said = (name for test in self.tests if test.says != "silent" for name in test.evidence)
        return tuple(dict.fromkeys(said))

    @property
    def interested(self) -> bool:
        """Whether what speaks for it comes from those concerned alone."""
        favours = [test for test in self.tests if test.favours or test.says == "both"]
        return bool(favours) and all(test.interested for test in favours)

    @property
    def voiced(self) -> bool:
        """Whether all that says something of it comes from those concerned."""
        said = [test for test in self.tests if test.says != "silent"]
        return bool(said) and all(test.interested for test in said)

    def prose(self, lang: Language = "nl") -> str:
        """Print the reasons."""
        return " ".join(reason.prose(lang) for reason in self.reasons)


class Settled(Record):
    """A status with what it follows from, before it is put into words."""

    status: ClaimStatus
    caps: tuple[CapName, ...] = ()
    prior: Probability | None = None
    posterior: Probability | None = None
    sensitivity: tuple[PriorRow, ...] = ()


def partly_priced(tests: Iterable[Weighed]) -> bool:
    """Tell whether tests without probabilities speak as well, so that none tells it all."""
    return any(not test.priced and test.says != "silent" for test in tests)


def settle(claim: Claim | None, tests: Iterable[Weighed], *, replaced: bool = False) -> Settled:
    """Say what the tests of a claim make of it together.

    Tests with probabilities work through the posterior; the others through what kind of test they
    are. What confirms or rejects must have someone behind it who has no interest in the answer.

    Parameters
    ----------
    claim
        The claim as it was written, for its prior and probabilities; None for a bare link.
    tests
        What came of its tests.
    replaced
        Whether a rival that would explain it all was confirmed.
    """
    weighed = tuple(tests)
    prior = prior_of(claim.prior if claim is not None else None)
    joint = _joint(claim, weighed)
    after = None if joint is None else posterior(prior, joint)
    apart = _joint(claim, [test for test in weighed if not test.interested])
    status, caps = _tally(weighed, _priced(joint, prior), _priced(apart, prior), after)
    caps = (*_early(weighed), *caps, *_by_prior(joint, prior, status))
    if replaced and ORDER.index(status) > ORDER.index("undecided"):
        status, caps = "undecided", (*caps, "rival")
    if joint is None or after is None:
        return Settled(status=status, caps=caps)
    return Settled(
        status=status,
        caps=caps,
        prior=Probability.of(prior),
        posterior=Probability.of(after),
        sensitivity=sensitivity(joint),
    )


def _joint(claim: Claim | None, weighed: Iterable[Weighed]) -> Interval | None:
    """Multiply what these tests of a claim say; None when none of them has probabilities."""
    done = {test.id for test in weighed if test.result not in OPEN and not test.beforehand}
    written = claim.tests if claim is not None else {}
    return joint_ratio({key: test for key, test in written.items() if key in done})


def _priced(joint: Interval | None, prior: Interval) -> Says | None:
    """Say what the tests with probabilities do together: the evidence, not the prior, decides.

    To confirm or reject they must come as far from one half as well.
    """
    if joint is None:
        return None
    ends = [posterior(start, joint) for start in (prior, EVEN)]
    if joint.low >= 1:
        if joint.high == 1:
            return "silent"
        return "confirms" if all(after.low >= _SURE for after in ends) else "supports"
    if joint.high <= 1:
        return "rejects" if all(after.high <= 1 - _SURE for after in ends) else "weakens"
    return "both"


def _early(weighed: Iterable[Weighed]) -> tuple[CapName, ...]:
    return ("beforehand",) if any(test.beforehand for test in weighed) else ()


def _by_prior(joint: Interval | None, prior: Interval, status: ClaimStatus) -> tuple[CapName, ...]:
    """Tell whether a claim would be settled by what was thought beforehand, and not by evidence."""
    if joint is None or joint.low == joint.high == 1:
        return ()
    after, even = posterior(prior, joint), posterior(EVEN, joint)
    if joint.low >= 1 and after.low >= _SURE > even.low and status == "partly":
        return ("prior",)
    denied = after.high <= 1 - _SURE < even.high
    if joint.high <= 1 and denied and status == "weakened":
        return ("prior-against",)
    return ()


def _tally(
    weighed: tuple[Weighed, ...], priced: Says | None, apart: Says | None, after: Interval | None
) -> tuple[ClaimStatus, tuple[CapName, ...]]:
    caps: list[CapName] = []
    says = _without_interest(weighed, priced, apart, caps)
    named = [test for test in weighed if not test.priced and test.says != "silent"]
    if after is not None and not named:
        return _by_posterior(says, after), tuple(caps)
    return _by_kind(says), tuple(caps)


def _without_interest(
    weighed: tuple[Weighed, ...], priced: Says | None, apart: Says | None, caps: list[CapName]
) -> set[Says]:
    """Gather what is said; those concerned can support or weaken, not confirm or reject.

    Of tests with probabilities the others must come as far by themselves (`apart`): a hint of
    someone else does not lend its independence to what those concerned say.
    """
    said: set[Says] = set()
    for strong, weak, cap in _CAPPED:
        named = [test for test in weighed if not test.priced and test.says == strong]
        sure = any(not test.interested for test in named)
        sure = sure or priced == apart == strong
        if named or priced == strong:
            said.add(strong if sure else weak)
            if not sure:
                caps.append(cap)
    plain: tuple[Says, ...] = ("supports", "both", "weakens")
    said |= {test.says for test in weighed if not test.priced and test.says in plain}
    return said | ({priced} if priced in plain else set())


def _by_posterior(says: set[Says], after: Interval) -> ClaimStatus:
    if "confirms" in says:
        return "supported"
    if "rejects" in says:
        return "contradicted"
    if "supports" in says and after.low > _HALF:
        return "partly"
    return "weakened" if "weakens" in says and after.high < _HALF else "undecided"


def _by_kind(says: set[Says]) -> ClaimStatus:
    if {"confirms", "rejects"} <= says:
        return "disputed"
    if "confirms" in says:
        return "supported"
    if "rejects" in says:
        return "contradicted"
    favour, counter = bool(says & {"supports", "both"}), bool(says & {"weakens", "both"})
    if favour and counter:
        return "undecided"
    if favour:
        return "partly"
    return "weakened" if counter else "untested"
