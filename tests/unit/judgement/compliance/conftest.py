"""A case that has every fact, of which each test takes one away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from evalkit.judgement.compliance.fact import Setting
from evalkit.judgement.score import score_case
from evalkit.model import Case
from tests.unit.judgement.compliance.whole_case import BON, THEORY, WHOLE

MakeSetting = Callable[..., Setting]


@pytest.fixture
def make_case() -> Callable[..., Case]:
    """Make the whole case, some of it changed; a key of ``bon`` or ``theory`` replaces its part."""

    def made(bon: Any = None, theory: Any = None, **changes: Any) -> Case:
        data = {
            **WHOLE,
            "instruments": {"bon": {**BON, **(bon or {})}},
            "theory": {**THEORY, **(theory or {})},
            **changes,
        }
        return Case.model_validate(data)

    return made


@pytest.fixture
def make_setting(make_case: Callable[..., Case]) -> MakeSetting:
    def made(**changes: Any) -> Setting:
        case = make_case(**changes)
        return Setting(case, score_case(case))

    return made
