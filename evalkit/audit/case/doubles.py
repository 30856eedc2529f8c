"""Evidence that counts twice: tests of one claim that rest on one study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from evalkit.audit.case.rule import finding
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding
from evalkit.judgement.piece import cited_key
from evalkit.model.contribution_tests import EvidenceTest
from evalkit.model.evidence import Evidence

Study = frozenset[tuple[str, str, str]]
"""Source, design and sample of every piece behind a test: the same in all is the same study."""


def one_source_twice(subject: Subject) -> Iterator[AuditFinding]:
    """Find tests of a claim whose pieces have other ids and come from the same study."""
    for key, contribution in subject.case.contributions.items():
        instrument = subject.case.instruments.get(key)
        if instrument is None:
            continue
        for name, claim in contribution.claims.items():
            for one, other in combinations(claim.tests, 2):
                first, second = claim.tests[one], claim.tests[other]
                study = _study(first, instrument.evidence)
                if _apart(first, second) and study and study == _study(second, instrument.evidence):
                    loc = ("contributions", key, "claims", name, "tests")
                    where = [subject.place((*loc, test)) for test in (other, one)]
                    sources = dict.fromkeys(cited_key(source, subject.case) for source, *_ in study)
                    slots = {
                        "first": one,
                        "second": other,
                        "name": instrument.label,
                        "source": "; ".join(sources),
                    }
                    yield finding("one-source-twice", where, slots)


def _apart(one: EvidenceTest, other: EvidenceTest) -> bool:
    """Whether both weigh, each for itself; one id behind both is a flaw that `check` names."""
    looked = {one.result, other.result} <= {"found", "absent"}
    together = one.package is not None and one.package == other.package
    return looked and not together and not set(one.evidence) & set(other.evidence)


def _study(test: EvidenceTest, evidence: Mapping[str, Evidence]) -> Study:
    pieces = [evidence[name] for name in test.evidence if name in evidence]
    return frozenset(
        (citation.source, piece.design, " ".join(piece.sample.casefold().split()))
        for piece in pieces
        for citation in piece.source
    )
