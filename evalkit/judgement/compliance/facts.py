"""The facts that a regime may ask for, by name."""

from __future__ import annotations

from collections.abc import Callable

from evalkit.judgement.compliance.fact import Fact, Setting
from evalkit.judgement.compliance.instrument_facts import (
    budgets,
    described,
    linked,
    targets,
    yearly,
)
from evalkit.judgement.compliance.study_facts import (
    comparison,
    efficiency,
    evidence,
    founded,
    judged,
    measured,
    recommendations,
    studied,
)
from evalkit.judgement.compliance.theory_facts import (
    external,
    goals,
    mechanisms,
    no_policy,
    period,
    problem,
    question,
    risks,
)

FACTS: dict[str, Callable[[Setting], Fact]] = {
    derive.__name__: derive
    for derive in (
        period, question, mechanisms, risks, external, goals, problem, no_policy,
        described, linked, targets, budgets, yearly,
        evidence, studied, judged, efficiency, comparison, measured,
        recommendations, founded,
    )
}  # fmt: skip
"""Every fact by its name, as the file of a regime writes it."""
