"""A small instrument of which each test changes one fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalkit.judgement.contribution import ContributionStory, contribution_of
from evalkit.model import Case

SOURCES = {
    "bureau": {"kind": "report", "title": "Evaluatie", "short": "Bureau", "year": 2022,
               "independence": "independent"},
    "uitvoerder": {"kind": "report", "title": "Jaarverslag", "short": "Uitvoerder", "year": 2023,
                   "independence": "executor"},
}  # fmt: skip
BON: dict[str, Any] = {
    "name": "Bon",
    "type": "subsidie",
    "period": "2020–2022",
    "goals": ["banen"],
    "input": {"geld": {"text": "Subsidie"}},
    "output": {"cursussen": {"text": "Gevolgde cursussen", "actual": "120 cursussen"}},
    "outcome": {"banen": {"text": "Behouden banen"}},
    "links": {
        "geld -> cursussen": {
            "because": "een bon verlaagt de prijs",
            "risks": "de cursus was ook zonder bon gevolgd",
            "evidence": "telling",
        },
        "cursussen -> banen": {
            "because": "scholing maakt inzetbaar", "assumes": "de cursus past bij de vraag",
        },
    },
    "evidence": {
        "telling": {"source": "bureau", "design": "monitoring", "about": "output",
                    "finds": "positive", "execution": "carried out",
                    "text": "het aantal cursussen steeg"},
        "gesprekken": {"source": "bureau", "design": "interviews", "about": "outcome",
                       "finds": "positive", "text": "deelnemers zeggen hun baan te houden"},
        "dossiers": {"source": "bureau", "design": "monitoring", "about": "outcome",
                     "finds": "positive", "text": "dossiers noemen de cursus als reden"},
        "jaarverslag": {"source": "uitvoerder", "design": "description", "about": "output",
                        "finds": "positive", "text": "de bonnen waren op"},
    },
}  # fmt: skip
THEORY = {
    "question": "Droeg het beleid bij aan banen?",
    "goals": {"banen": {"name": "Meer banen", "stage": "outcome"}},
    "outcome": {"werk": {"text": "Werk", "goal": "banen"}},
    "external": {
        "conjunctuur": {"text": "De conjunctuur", "bears_on": ["werk"], "source": "bureau"}
    },
}  # fmt: skip


@pytest.fixture
def make_case() -> Callable[..., Case]:
    def make(record: dict[str, Any] | None = None, **keys: Any) -> Case:
        data = {
            "slug": "proef",
            "title": "Proef",
            "period": "2018–2024",
            "sources": SOURCES,
            "theory": THEORY,
            "instruments": {"bon": {**BON, **keys}},
            "contributions": {} if record is None else {"bon": record},
        }
        return Case.model_validate(data, context={"lang": "nl"})

    return make


@pytest.fixture
def tell(make_case: Callable[..., Case]) -> Callable[..., ContributionStory]:
    def told(record: dict[str, Any] | None = None, **keys: Any) -> ContributionStory:
        return contribution_of(make_case(record, **keys), "bon")

    return told
