"""Small mixes, of which each test changes one fact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalkit.judgement.mix import MixFindings, mix_findings

Find = Callable[..., MixFindings]
GOALS = {"goals": {key: {"name": f"Doel {key}"} for key in "abc"}}


def instrument(goals: str = "a", period: str = "2019–2022", **keys: Any) -> dict[str, Any]:
    """Make an instrument; a capital makes the goal a side aim."""
    served = {g.lower(): {"role": "main" if g.islower() else "side"} for g in goals}
    return {"name": "I", "type": "subsidie", "period": period, "goals": served, **keys}


def money(**budget: Any) -> dict[str, Any]:
    return {"budget": {"text": "Budget", **budget}}


def output(**node: Any) -> dict[str, Any]:
    return {"output": {"x": {"text": "X"} | node}}


YEARS = {"per_year": {2019: "2 mln. euro", 2020: "8 mln. euro"}}


@pytest.fixture
def find(make_case) -> Find:
    def find(instruments: dict[str, dict[str, Any]], **keys: Any) -> MixFindings:
        named = {key: {**one, "name": key.upper()} for key, one in instruments.items()}
        return mix_findings(make_case(named, **{"theory": GOALS, **keys}))

    return find


@pytest.fixture
def plain() -> Callable[[str], str]:
    return lambda text: text.replace("\N{NO-BREAK SPACE}", " ")
