"""What one piece of evidence says of a claim: the kind of test, and whether it passed."""

from __future__ import annotations

from typing import Literal

from evalkit.judgement.contribution.bayes import ratio
from evalkit.judgement.facts import not_started
from evalkit.judgement.known import Known
from evalkit.judgement.piece import author_of, year_of
from evalkit.model.case import Case
from evalkit.model.contribution_tests import EvidenceTest, Kind, Result
from evalkit.model.evidence import Design, Evidence, Threat
from evalkit.model.instrument import Instrument
from evalkit.model.record import Record
from evalkit.model.source import Independence

Says = Literal["confirms", "supports", "both", "silent", "weakens", "rejects"]

# Van Evera's four tests: what finding it and what its absence do to the claim.
_FOUND: dict[Kind, Says] = {
    "straw in the wind": "supports",
    "hoop": "supports",
    "smoking gun": "confirms",
    "doubly decisive": "confirms",
}
_ABSENT: dict[Kind, Says] = {
    "straw in the wind": "weakens",
    "hoop": "rejects",
    "smoking gun": "weakens",
    "doubly decisive": "rejects",
}
OPEN: frozenset[Result] = frozenset({"not looked for", "cannot be told"})
"""Results of a test that was not carried out."""
# Designs whose comparison lets a finding be laid at the door of the instrument.
_CAUSAL = frozenset({"did", "rdd", "iv", "rct", "synthetic control"})
# What must have been examined of a design, beside what no design can do without.
_ASSUMED: dict[Design, tuple[Threat, ...]] = {
    "did": ("pre-trends",),
    "synthetic control": ("pre-trends",),
    "rdd": ("manipulation",),
    "iv": ("weak instrument", "exclusion"),
}
_VOICES = frozenset({"interviews"})


class Weighed(Record):
    """A test with what came of it.

    Attributes
    ----------
    id
        Its id in the claim; that of the evidence when no test was written.
    kind
        The kind of test; None when it has probabilities and no name.
    says
        What its result does to the claim: ``confirms``, ``supports``, ``both``, ``silent``,
        ``weakens`` or ``rejects``.
    evidence
        Ids of the evidence behind it.
    interested
        Whether only those who took part, or carried it out, say so.
    priced
        Whether it has probabilities, which then do the work.
    implied
        Whether nobody wrote the test, and it follows from evidence at the link.
    beforehand
        Whether all evidence behind it is of before the start or describes a plan. Then it cannot
        show what the instrument did, whatever was found.
    expect
        What was expected.
    """

    id: str
    kind: Kind | None = None
    result: Result
    says: Says
    evidence: tuple[str, ...] = ()
    interested: bool = False
    priced: bool = False
    implied: bool = False
    beforehand: bool = False
    package: str | None = None
    expect: str = ""
    because: str = ""

    @property
    def favours(self) -> bool:
        """Whether it speaks for the claim and not against it."""
        return self.says in ("confirms", "supports")

    @property
    def counters(self) -> bool:
        """Whether it speaks against the claim and not for it."""
        return self.says in ("weakens", "rejects")


def weigh(key: str, test: EvidenceTest, instrument: Instrument, case: Case) -> Weighed:
    """Say what a written test does to its claim."""
    there = tuple(name for name in test.evidence if name in instrument.evidence)
    # Evidence of an analysis that was not carried out yet cannot have shown anything.
    result: Result = test.result
    if not there and result in ("found", "absent"):
        result = "not looked for"
    known = [instrument.evidence[name] for name in there]
    early = result not in OPEN and all(beforehand(one, instrument, case) for one in known)
    return Weighed(
        id=key,
        kind=test.test,
        result=result,
        says="silent" if result in OPEN or early else _says(test, known),
        evidence=there,
        interested=bool(known) and all(interested(one, case) for one in known),
        priced=test.priced,
        beforehand=early,
        package=test.package,
        expect=test.expect,
        because=test.because,
    )


def _says(test: EvidenceTest, known: list[Evidence]) -> Says:
    found = ratio(test)
    if found is None:
        kind = test.test
        # What was found by nothing but evidence that points two ways, points two ways itself. An
        # evaluator who weighs it otherwise says so with probabilities.
        if test.result == "found" and known and all(one.finds == "mixed" for one in known):
            return "both"
        return "silent" if kind is None else {"found": _FOUND, "absent": _ABSENT}[test.result][kind]
    if found.low >= 1:
        return "supports" if found.high > 1 else "silent"
    return "weakens" if found.high <= 1 else "both"


def implied(key: str, evidence: Evidence, instrument: Instrument, case: Case) -> Weighed:
    """Say what evidence does to a link that it is recorded at, when no test was written.

    It counts as a straw in the wind, the weakest test. A sound causal study counts as doubly
    decisive, as it does on a ladder: there it carries the causal rung, and finding nothing makes
    the direction "not effective".
    """
    sound = causal(evidence, instrument, case)
    strong: dict[str, Says] = {"positive": "confirms", "none": "rejects", "negative": "rejects"}
    weak: dict[str, Says] = {"positive": "supports", "none": "weakens", "negative": "weakens"}
    says = (strong if sound else weak).get(evidence.finds)
    said = says or ("both" if evidence.finds == "mixed" else "silent")
    early = said != "silent" and beforehand(evidence, instrument, case)
    return Weighed(
        id=key,
        kind="doubly decisive" if sound else "straw in the wind",
        result="absent" if says in ("weakens", "rejects") else "found",
        says="silent" if early else said,
        evidence=(key,),
        interested=interested(evidence, case),
        implied=True,
        beforehand=early,
    )


def compares(evidence: Evidence) -> bool:
    """Tell whether a study was made to lay a finding at the door of the instrument."""
    grouped = evidence.design == "comparison group" and evidence.before and evidence.after
    return evidence.design in _CAUSAL or grouped or evidence.analysis is not None


def causal(evidence: Evidence, instrument: Instrument, case: Case) -> bool:
    """Tell whether a study has a comparison that holds, by what a ladder asks of one.

    Its assumptions were tested and no threat was left standing; whoever made it is known to be
    independent; and it was not made before the instrument could have worked.
    """
    sound = _tested(evidence) and "not handled" not in evidence.threats.values()
    weak = evidence.design == "interrupted series"  # one series, with nothing beside it
    independent = author_of(evidence, case) == "independent" and not interested(evidence, case)
    early = evidence.execution == "too early" or beforehand(evidence, instrument, case)
    return compares(evidence) and sound and not weak and independent and not early


def _tested(evidence: Evidence) -> bool:
    """Whether the assumptions of its comparison were examined: one of them, or each."""
    known = evidence.threats
    if evidence.design == "comparison group":
        return "pre-trends" in known or "selection" in known
    return all(threat in known for threat in _ASSUMED.get(evidence.design, ()))


def beforehand(evidence: Evidence, instrument: Instrument, case: Case) -> bool:
    """Tell whether evidence is of before the start, or describes a plan.

    It cannot show what the instrument did. Theory says why it should work, and is of all times.
    """
    if evidence.design == "theory":
        return False
    planned = evidence.execution == "planned" or not_started(Known(instrument, case)).holds
    return planned or of_before(evidence, instrument, case)


def of_before(evidence: Evidence, instrument: Instrument, case: Case) -> bool:
    """Tell whether evidence is of a year before the instrument began."""
    start, year = instrument.period.first_year, year_of(evidence, case)
    return start is not None and year is not None and year < start


def interested(evidence: Evidence, case: Case) -> bool:
    """Tell whether evidence is what those concerned say themselves."""
    if evidence.self_report or evidence.design in _VOICES:
        return True
    return _author(evidence, case) in ("executor", "stakeholder")


def _author(evidence: Evidence, case: Case) -> Independence | None:
    if evidence.author is not None:
        return evidence.author
    found = {
        source.independence
        for citation in evidence.source
        if (source := case.sources.get(citation.source)) is not None
    }
    return "stakeholder" if found and found <= {"executor", "stakeholder"} else None
