"""Process tracing with probabilities: likelihood ratios, packages, posteriors and their bands.

Posterior odds are prior odds times the likelihood ratio of every package. The arithmetic is exact;
every probability occurs once in it, so that the ends of the ranges give the ends of the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from evalkit.judgement.contribution.interval import Interval, largest, smallest
from evalkit.model.contribution_likelihood import Likelihood
from evalkit.model.contribution_tests import EvidenceTest
from evalkit.model.record import Record

EVEN = Interval.at(Fraction(1, 2))
"""The prior when none is given: the claim is as likely true as not."""
PRIORS = tuple(Fraction(number, 100) for number in (10, 25, 50, 75, 90))
"""The priors under which the answer is shown."""
BANDS = (
    ("practically-certain", Fraction(99, 100)),
    ("reasonably-certain", Fraction(95, 100)),
    ("highly-confident", Fraction(85, 100)),
    ("cautiously-confident", Fraction(70, 100)),
)
"""How sure one may say to be from which probability on; below one half they are mirrored."""


class Probability(Record):
    """A range of probabilities with the band that each end lies in.

    Attributes
    ----------
    low, high
        The ends.
    low_band, high_band
        The bands of the ends: ``highly-confident``; ``not-highly-confident`` below one half.
    """

    low: float
    high: float
    low_band: str
    high_band: str

    @classmethod
    def of(cls, found: Interval) -> Probability:
        """Round a range to what a computer keeps; the bands are told from the exact ends."""
        low, high = found
        return cls(low=float(low), high=float(high), low_band=band(low), high_band=band(high))


class PriorRow(Record):
    """What the evidence makes of one prior."""

    prior: float
    posterior: Probability


def band(value: Fraction) -> str:
    """Name the band of a probability.

    Examples
    --------
    >>> band(Fraction(95, 100)), band(Fraction(1, 2)), band(Fraction(1, 20))
    ('reasonably-certain', 'even', 'not-reasonably-certain')
    """
    half = Fraction(1, 2)
    if value == half:
        return "even"
    if value < half:
        return f"not-{band(1 - value)}"
    return next((name for name, least in BANDS if value >= least), "more-likely-than-not")


def ratio(test: EvidenceTest) -> Interval | None:
    """Give the likelihood ratio of what a test showed; None without probabilities or a result.

    Examples
    --------
    >>> found = EvidenceTest.model_validate({"expect": "sporen", "evidence": "dossier",
    ...     "result": "found", "if_true": "0,8", "if_false": "0,2"}, context={"lang": "nl"})
    >>> ratio(found)
    Interval(low=Fraction(4, 1), high=Fraction(4, 1))
    """
    if test.if_true is None or test.if_false is None or test.result not in ("found", "absent"):
        return None
    true, false = _range(test.if_true), _range(test.if_false)
    if test.result == "absent":
        return true.complement().over(false.complement())
    return true.over(false)


def package_ratio(ratios: Iterable[Interval]) -> Interval:
    """Let pieces that depend on each other count once.

    When all point the same way, the strongest counts: a second piece that follows from the first
    adds nothing. When they point different ways nobody knows which part they share, and the answer
    runs from the weakest to the strongest.
    """
    found = tuple(ratios)
    if all(one.low >= 1 for one in found):
        return largest(found)
    if all(one.high <= 1 for one in found):
        return smallest(found)
    return Interval(smallest(found).low, largest(found).high)


def joint_ratio(tests: Mapping[str, EvidenceTest]) -> Interval | None:
    """Multiply the ratios of all packages; None when no test has probabilities and a result."""
    packages: dict[tuple[str, str], list[Interval]] = {}
    for key, test in tests.items():
        found = ratio(test)
        if found is not None:
            name = ("piece", key) if test.package is None else ("package", test.package)
            packages.setdefault(name, []).append(found)
    if not packages:
        return None
    joint = Interval.at(1)
    for ratios in packages.values():
        joint = joint.times(package_ratio(ratios))
    return joint


def posterior(prior: Interval, joint: Interval) -> Interval:
    """Update a prior with a likelihood ratio.

    Examples
    --------
    >>> posterior(EVEN, Interval.at(4))
    Interval(low=Fraction(4, 5), high=Fraction(4, 5))
    """
    return prior.odds().times(joint).probability()


def sensitivity(joint: Interval) -> tuple[PriorRow, ...]:
    """Show what the same evidence gives under other priors."""
    return tuple(
        PriorRow(prior=float(prior), posterior=Probability.of(posterior(Interval.at(prior), joint)))
        for prior in PRIORS
    )


def prior_of(given: Likelihood | None) -> Interval:
    """Give the prior that was written, or one half."""
    return EVEN if given is None else _range(given)


def _range(given: Likelihood) -> Interval:
    return Interval.of(given.low, given.high)
