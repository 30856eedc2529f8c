"""The shipped cases are scored, and what is printed of them reads as finished text."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.io.case import load_case
from evalkit.judgement.coverage import coverage
from evalkit.judgement.score import score_case

CASES = sorted(path.parent for path in Path(__file__).parents[3].glob("cases/*/case.yaml"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_shipped_case_is_scored(folder):
    case = load_case(folder)
    scores = score_case(case)
    assert [verdict.id for verdict in scores.instruments] == list(case.instruments)
    for lang in ("nl", "en"):
        told = scores.summary(lang) + coverage(case).finding[lang]
        assert not any(mark in told for mark in ("{", "}", "()", "  "))
    for verdict in scores.instruments:
        known = {*case.instruments[verdict.id].evidence, "intermediate", "outcome"}
        named = [key for reason in (*verdict.reasons, *verdict.caps) for key in reason.evidence]
        assert {key.partition(".")[0] for key in named} <= known
