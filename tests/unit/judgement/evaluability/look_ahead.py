"""An instrument that is planned and underpinned, with a plan for its evaluation."""

from __future__ import annotations

from typing import Any

from evalkit.judgement.evaluability import Outlook, outlooks
from evalkit.judgement.profile import load_ladder
from evalkit.model import Case

FULL = {
    "indicator": "deelname", "baseline": "2025–2027", "comparison": "gemeenten zonder bon",
    "design": "did", "data": "registraties", "collect": "2025–2030", "author": "independent",
}  # fmt: skip
SAMPLING = {"treated": 40, "compared": 40, "before": 3, "after": 2, "spread": "2 uur"}


def planned(plan: dict[str, Any] | None = None, **more: Any) -> Case:
    """Make a case of November 2026 with one instrument, which begins in 2028."""
    link = {"because": "tijd", "source": "boek"}
    instrument = {
        "name": "Bon", "type": "subsidie", "period": "2028–2032", "status": "voorgenomen",
        "aims": "meer scholing", "target_group": "mkb",
        "activities": {"bonnen": {"text": "Bonnen"}}, "output": {"plannen": {"text": "Plannen"}},
        "outcome": {"deelname": {"text": "Deelname aan scholing"}},
        "links": {"bonnen -> plannen": link, "plannen -> deelname": link},
        **({} if plan is None else {"evaluability": plan}), **more,
    }  # fmt: skip
    boek = {"kind": "report", "title": "Boek", "independence": "independent"}
    case = Case.model_validate({
        "slug": "p", "title": "P", "period": "2024–2026", "date": "2026-11",
        "sources": {"boek": boek}, "instruments": {"bon": instrument},
    })  # fmt: skip
    assert not list(case.instruments["bon"].flaws())
    return case


def look(plan: dict[str, Any] | None = None, ladder: str = "effectladder", **more: Any) -> Outlook:
    """Look ahead for that instrument, by the rules of one ladder."""
    case = planned(plan, **more).model_copy(update={"ladder": ladder})
    return outlooks(case, load_ladder(ladder))["bon"]


def without(*parts: str, **more: Any) -> dict[str, Any]:
    """Take parts out of the full plan, and put others in."""
    return {name: value for name, value in FULL.items() if name not in parts} | more
