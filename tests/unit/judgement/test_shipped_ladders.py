"""Every shipped case on every ladder: what changes here must be explained in the changelog."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.judgement.profile import ladder_names, load_ladder
from evalkit.judgement.score import score_case

ROOT = Path(__file__).parents[3]
CASES = sorted(path.parent for path in ROOT.glob("cases/*/case.yaml"))
SNAPSHOTS = Path(__file__).parent / "levels.json"


@pytest.fixture(scope="module")
def evaluated():
    return {folder.name: evaluate(load_case(folder)).case for folder in CASES}


def placed(case, name):
    """Give level, direction and status of each instrument, and of what is placed apart."""
    scores = score_case(case, load_ladder(name))
    return {
        verdict.id: {
            "level": verdict.level,
            "direction": verdict.status or verdict.direction,
            "activities": verdict.stages["activities"].level,
            "output": verdict.stages["output"].level,
            "efficiency": verdict.efficiency.level,
        }
        for verdict in scores.instruments
    }


def test_the_levels_of_the_shipped_cases(evaluated):
    """With EVALKIT_SNAPSHOTS=write the file is made anew; read the difference before committing."""
    found = {
        slug: {name: placed(case, name) for name in ladder_names()}
        for slug, case in evaluated.items()
    }
    if os.environ.get("EVALKIT_SNAPSHOTS") == "write":
        SNAPSHOTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(SNAPSHOTS.read_text("utf-8"))


@pytest.mark.parametrize("name", ladder_names())
def test_every_sentence_is_whole_on_every_ladder(evaluated, name):
    for case in evaluated.values():
        scores = score_case(case, load_ladder(name))
        assert scores.mix.distribution.keys() == {r.level for r in load_ladder(name).rungs}
        for lang in ("nl", "en"):
            told = scores.summary(lang)
            assert not any(mark in told for mark in ("{", "}", "()", "  ", " .", ".."))


def test_the_shipped_analysis_stands_where_the_maryland_scale_puts_it(evaluated):
    """A difference-in-differences study is rung 3, whatever the effect ladder makes of it."""
    case = evaluated["minimumloon"]
    verdict = score_case(case, load_ladder("sms-wwg"))["minimumloon"]
    assert [piece.design for piece in case.instruments["minimumloon"].evidence.values()] == ["did"]
    assert verdict.level == 3
