"""A small case to render, and what it takes to render prose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evalkit.evaluation import evaluate
from evalkit.model import Case
from evalkit.report.edition import Edition
from evalkit.report.style.style import load_style

CASE = {
    "slug": "proef",
    "title": "Proef & co",
    "period": "2020–2024",
    "date": "2026-11",
    "sources": {
        "seo": {"kind": "report", "title": "Evaluatie", "authors": ["SEO"], "year": 2020},
        "cbs": {"kind": "dataset", "title": "Cijfers", "authors": ["CBS", "UWV"], "year": 2021},
    },
    "theory": {
        "goals": {"instroom": {"name": "Meer instroom"}, "behoud": {"name": "Meer behoud"}},
        "input": {"geld": {"text": "Geld"}},
        "outcome": {"tekort": {"text": "Minder tekorten"}},
        "links": {"geld -> tekort": {"because": "geld helpt"}},
    },
    "instruments": {
        "bon-regeling": {
            "name": "Bon <regeling>",
            "type": "subsidie",
            "period": "2021–2023",
            "goals": ["instroom"],
            "target_group": "mkb",
            "aims": ["meer scholing"],
            "input": {
                "budget": {
                    "text": "Budget",
                    "per_year": {2021: "1,5 mln. euro", 2022: "2 mln. euro"},
                    "total": "sum",
                    "source": "seo, p. 3",
                }
            },
            "activities": {"bonnen": {"text": "Bonnen", "actual": "1.337 bonnen", "source": "cbs"}},
            "outcome": {"groei": {"text": "Groei", "note": "niet gemeten"}},
            "links": {"budget -> bonnen": {"because": "geld"}, "bonnen -> groei": {}},
        }
    },
}


@pytest.fixture
def case() -> Case:
    return Case.model_validate(CASE)


@pytest.fixture
def edition_of() -> Callable[..., Edition]:
    def make(case: Case, lang: str = "nl") -> Edition:
        return Edition(evaluate(case), lang, load_style("seo"))  # type: ignore[arg-type]

    return make


@pytest.fixture
def edition(case: Case, edition_of: Callable[..., Edition]) -> Edition:
    return edition_of(case)
