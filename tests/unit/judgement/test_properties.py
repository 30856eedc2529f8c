"""Over random evidence: more never takes away, and order and names do not matter."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.judgement.profile import load_ladder
from evalkit.judgement.score import score
from evalkit.model import Case, Stage
from evalkit.model.evidence import Design, Direction, Execution, Threat
from evalkit.model.source import Independence

LADDER = load_ladder()
SOURCES = {
    key: {"kind": "report", "title": key, "independence": independence, "year": 2022}
    for key, independence in {"a": "independent", "b": "independent", "c": "executor"}.items()
}
NODES = {
    "name": "Bon", "type": "subsidie", "period": "2020", "aims": "x", "target_group": "y",
    "activities": {"doen": {"text": "Doen"}}, "outcome": {"effect": {"text": "Effect"}},
}  # fmt: skip

studies = st.fixed_dictionaries(
    {
        "source": st.sampled_from(sorted(SOURCES)),
        "design": st.sampled_from(get_args(Design)),
        "about": st.lists(
            st.sampled_from(["activities", "output", "intermediate", "outcome"]),
            min_size=1, max_size=3, unique=True,
        ),
        "finds": st.sampled_from(get_args(Direction)),
        "self_report": st.booleans(),
        "before": st.booleans(),
        "after": st.booleans(),
        "author": st.sampled_from([None, *get_args(Independence)]),
        "execution": st.sampled_from([None, *get_args(Execution)]),
        "year": st.sampled_from([None, 2001, 2022]),
        "threats": st.dictionaries(
            st.sampled_from(get_args(Threat)), st.sampled_from(["handled", "not handled"]),
            max_size=3,
        ),
    }
)  # fmt: skip
bodies = st.lists(studies, max_size=5)
sourced = st.booleans()


def judged(pieces, underpinned, keys=None):
    names = keys or [f"e{n}" for n in range(len(pieces))]
    link = {"because": "daarom", **({"source": "a"} if underpinned else {})}
    written = {
        **NODES,
        "links": {"doen -> effect": link},
        "evidence": dict(zip(names, pieces, strict=True)),
    }
    case = Case.model_validate(
        {"slug": "p", "title": "P", "period": "2018–2024", "sources": SOURCES,
         "instruments": {"bon": written}}
    )  # fmt: skip
    return score(case.instruments["bon"], LADDER, case)


@given(bodies, studies, sourced)
@settings(max_examples=150, deadline=None)
def test_more_evidence_never_lowers_a_level_unless_a_cap_says_why(pieces, more, underpinned):
    before, after = judged(pieces, underpinned), judged([*pieces, more], underpinned)
    if after.level < before.level:
        new = {cap.rule for cap in after.caps} - {cap.rule for cap in before.caps}
        named = {key for cap in after.caps if cap.rule in new for key in cap.evidence}
        assert f"e{len(pieces)}" in named


@given(bodies, sourced)
@settings(max_examples=100, deadline=None)
def test_a_sound_study_carries_to_the_top_whatever_stands_beside_it(pieces, underpinned):
    sound = {"source": "b", "design": "rct", "about": ["outcome"], "finds": "none", "year": 2022}
    assert judged([*pieces, sound], underpinned).level == (4 if underpinned else 1)


@given(bodies, sourced, st.randoms())
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_evidence_does_not_matter(pieces, underpinned, random):
    keys = [f"e{n}" for n in range(len(pieces))]
    pairs = list(zip(keys, pieces, strict=True))
    random.shuffle(pairs)
    shuffled = judged([piece for _, piece in pairs], underpinned, [key for key, _ in pairs])
    assert shuffled == judged(pieces, underpinned, keys)


@given(bodies, sourced)
@settings(max_examples=100, deadline=None)
def test_the_level_is_the_base_or_the_lowest_cap(pieces, underpinned):
    verdict = judged(pieces, underpinned)
    levels = {cap.id: cap.level for cap in LADDER.caps}
    assert verdict.level == min([verdict.base, *(levels[cap.rule] for cap in verdict.caps)])
    assert verdict == judged(pieces, underpinned)


@given(bodies, sourced)
@settings(max_examples=100, deadline=None)
def test_no_sentence_keeps_an_empty_slot(pieces, underpinned):
    verdict = judged(pieces, underpinned)
    for lang in ("nl", "en"):
        told = verdict.summary(lang)
        assert not any(mark in told for mark in ("{", "}", "()", "  ", ". ."))
        assert verdict.next_step[lang]


@given(bodies, sourced)
@settings(max_examples=100, deadline=None)
def test_a_direction_rests_on_evidence_about_the_outcome(pieces, underpinned):
    verdict = judged(pieces, underpinned)
    if verdict.direction == "unknown":
        return
    (why,) = [reason for reason in verdict.reasons if reason.rule == "direction"]
    outcomes = {Stage.INTERMEDIATE.value, Stage.OUTCOME.value}
    for key in why.evidence:
        piece = pieces[int(key.removeprefix("e"))]
        assert set(piece["about"]) & outcomes
        assert piece["design"] not in ("norm", "monitoring", "additionality survey") or (
            piece["before"] and piece["after"]
        )
