"""The audit of a case: what a careful referee would find in it."""

from __future__ import annotations

from evalkit.audit.case import (
    abbreviations,
    claims,
    doubles,
    executors,
    figures,
    readings,
    references,
    standing,
    sums,
    times,
    typed,
    wording,
)
from evalkit.audit.case.rule import Rule
from evalkit.audit.case.subject import Subject
from evalkit.audit.finding import AuditFinding, worst_first
from evalkit.judgement.scores import Scores
from evalkit.model.case import Case

RULES: tuple[Rule, ...] = (
    sums.two_values,
    sums.parts_of_wholes,
    sums.tables,
    times.status_beside_period,
    times.results_before_start,
    times.shelf_life,
    times.undated,
    wording.counts,
    wording.superlatives,
    claims.numbers_without_source,
    claims.own_reports,
    executors.executors_alone,
    claims.proven_below_four,
    claims.attainment_as_effect,
    claims.departures,
    doubles.one_source_twice,
    standing.unknown_standing,
    typed.typed_numbers,
    readings.decimal_counts,
    readings.cut_lists,
    figures.text_numbers,
    references.unused_exhibits,
    references.broken_references,
    abbreviations.unused_abbreviations,
    abbreviations.missing_abbreviations,
)


def audit_case(case: Case, scores: Scores) -> tuple[AuditFinding, ...]:
    """Find what does not fit in a case, errors first.

    Parameters
    ----------
    case
        As :func:`~evalkit.io.case.load_case` gives it.
    scores
        The verdicts on its instruments.

    Returns
    -------
    tuple of AuditFinding
        Nothing when nothing was found; that is no proof that all is right.

    Examples
    --------
    >>> from evalkit.io.case import load_case
    >>> from evalkit.judgement.score import score_case
    >>> case = load_case("minimumloon")
    >>> [found.rule for found in audit_case(case, score_case(case))]
    []
    """
    subject = Subject(case, scores)
    return worst_first(found for rule in RULES for found in rule(subject))
