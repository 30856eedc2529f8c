"""Hand-made instruments, of which each test changes one fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import load_ladder
from evalkit.judgement.score import score
from evalkit.judgement.verdict import Verdict
from evalkit.model import Case, Instrument

SOURCES = {
    "bureau": {"kind": "report", "title": "Evaluatie", "short": "Bureau", "year": 2022,
               "independence": "independent"},
    "instituut": {"kind": "report", "title": "Studie", "short": "Instituut", "year": 2023,
                  "independence": "independent"},
    "handboek": {"kind": "book", "title": "Literatuur", "short": "Handboek", "year": 2019,
                 "independence": "independent"},
    "uitvoerder": {"kind": "report", "title": "Jaarverslag", "short": "Uitvoerder", "year": 2023,
                   "independence": "executor"},
    "onbekend": {"kind": "other", "title": "Notitie", "short": "Notitie", "year": 2023},
}  # fmt: skip

BARE: dict[str, Any] = {"name": "Bon", "type": "subsidie", "period": "2020–2024"}
DESCRIBED: dict[str, Any] = BARE | {
    "aims": "meer scholing",
    "target_group": "mkb",
    "activities": {"bonnen": {"text": "Bonnen uitdelen"}},
    "output": {"cursussen": {"text": "Gevolgde cursussen"}},
    "outcome": {"banen": {"text": "Behouden banen"}},
    "links": {
        "bonnen -> cursussen": {"because": "een bon verlaagt de prijs"},
        "cursussen -> banen": {"because": "scholing maakt inzetbaar"},
    },
}
UNDERPINNED: dict[str, Any] = DESCRIBED | {
    "links": {key: link | {"source": "handboek"} for key, link in DESCRIBED["links"].items()}
}

MakeCase = Callable[..., Case]
Judge = Callable[..., Verdict]


def evidence(**keys: Any) -> dict[str, Any]:
    """Make a sound, independent study of the outcome, unless told otherwise."""
    return {
        "source": "bureau", "design": "rct", "about": "outcome", "finds": "positive", "year": 2022,
        **keys,
    }  # fmt: skip


@pytest.fixture
def ladder() -> Ladder:
    return load_ladder("effectladder")


@pytest.fixture
def make_case() -> MakeCase:
    def make(instruments: dict[str, Any] | None = None, **keys: Any) -> Case:
        fields = {"slug": "proef", "title": "Proef", "period": "2018–2024", "sources": SOURCES}
        return Case.model_validate({**fields, "instruments": instruments or {}, **keys})

    return make


@pytest.fixture
def judge(ladder: Ladder, make_case: MakeCase) -> Judge:
    def judge(start: dict[str, Any] = UNDERPINNED, **keys: Any) -> Verdict:
        case = make_case({"bon": {**start, **keys}})
        return score(case.instruments["bon"], ladder, case)

    return judge


@pytest.fixture
def starts() -> dict[str, dict[str, Any]]:
    return {"bare": BARE, "described": DESCRIBED, "underpinned": UNDERPINNED}


@pytest.fixture
def study() -> Callable[..., dict[str, Any]]:
    return evidence


@pytest.fixture
def reread() -> Callable[[dict[str, Any]], Instrument]:
    return Instrument.model_validate
