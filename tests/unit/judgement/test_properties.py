"""Over random evidence: more or better never takes away, and order and names do not matter."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.judgement.known import Known
from evalkit.judgement.profile import ladder_names, load_ladder, scales
from evalkit.judgement.ruling import Ruling
from evalkit.judgement.score import read, score
from evalkit.model import Case, Stage
from evalkit.model.evidence import Criterion, Design, Direction, Execution, Threat
from evalkit.model.source import Independence

LADDER = load_ladder()
LADDERS = {ladder.name: ladder for ladder in (*map(load_ladder, ladder_names()), *scales())}
SOURCES = {
    key: {"kind": "report", "title": key, "year": 2022, **({"independence": who} if who else {})}
    for key, who in {"a": "independent", "b": "independent", "c": "executor", "d": None}.items()
}
SOURCES["e"] = {"kind": "report", "title": "e", "independence": "independent"}  # of no year
NODES = {
    "name": "Bon", "type": "subsidie", "period": "2020", "aims": "x", "target_group": "y",
    "activities": {"doen": {"text": "Doen"}}, "outcome": {"effect": {"text": "Effect"}},
}  # fmt: skip
# Money and a count of the same year, so that the efficiency has rungs to lose.
FUNDED = {
    "input": {"budget": {"text": "Budget", "source": "a", "total": "2 mln. euro",
                         "per_year": {"2021": "2 mln. euro"}}},
    "output": {"bonnen": {"text": "Bonnen", "actual": "3 in 2021", "source": "a"}},
}  # fmt: skip
PAID = {"input": FUNDED["input"], "output": {"bonnen": {"text": "Bonnen"}}}
HANDLING = ["handled", "not handled"]

studies = st.fixed_dictionaries(
    {
        "source": st.sampled_from(sorted(SOURCES)),
        "design": st.sampled_from(get_args(Design)),
        "about": st.lists(
            st.sampled_from(["activities", "output", "intermediate", "outcome"]),
            min_size=1, max_size=3, unique=True,
        ),
        "finds": st.sampled_from(get_args(Direction)),
        "criterion": st.sampled_from(get_args(Criterion)),
        "comparison": st.sampled_from(["", "een groep"]),
        "self_report": st.booleans(),
        "before": st.booleans(),
        "after": st.booleans(),
        "author": st.sampled_from([None, *get_args(Independence)]),
        "execution": st.sampled_from([None, *get_args(Execution)]),
        "year": st.sampled_from([None, 2001, 2019, 2022]),
        "threats": st.dictionaries(
            st.sampled_from(get_args(Threat)), st.sampled_from(HANDLING), max_size=3
        ),
    }
)  # fmt: skip
bodies = st.lists(studies, max_size=5)
# Whether a source underpins the chain, and what is known of money and output besides.
starts = st.tuples(st.booleans(), st.sampled_from([{}, PAID, FUNDED]))
ladders = pytest.mark.parametrize("ladder", sorted(LADDERS))

# What makes one piece of evidence better, all else equal.
BETTER = [
    {"self_report": False},
    {"author": "independent"},
    {"execution": "carried out"},
    {"before": True, "after": True},
    {"design": "rct", "threats": {}},
    {"year": 2022},
    {"comparison": "een groep"},
    *({"threats": {threat: "handled"}} for threat in get_args(Threat)),
]


def made(pieces, start, keys=None):
    underpinned, more = start
    names = keys or [f"e{n}" for n in range(len(pieces))]
    link = {"because": "daarom", **({"source": "a"} if underpinned else {})}
    written = {
        **NODES,
        **more,
        "links": {"doen -> effect": link},
        "evidence": dict(zip(names, pieces, strict=True)),
    }
    return Case.model_validate(
        {"slug": "p", "title": "P", "period": "2018–2024", "sources": SOURCES,
         "instruments": {"bon": written}}
    )  # fmt: skip


def judged(pieces, start, keys=None):
    case = made(pieces, start, keys)
    return score(case.instruments["bon"], LADDER, case)


def ruled(pieces, start, ladder):
    case = made(pieces, start)
    return Ruling(read(Known(case.instruments["bon"], case), LADDERS[ladder]))


def lowered_for_a_reason(before, after, key):
    """Hold that a level stands, or that a new cap, which names the piece, says why it does not."""
    if after.level >= before.level:
        return True
    old = {cap.id for cap, _ in before.caps}
    return any(key in answer.evidence for cap, answer in after.caps if cap.id not in old)


@ladders
@given(bodies, studies, starts)
@settings(max_examples=80, deadline=None)
def test_more_evidence_never_lowers_a_level_unless_a_cap_says_why(ladder, pieces, more, start):
    before = ruled(pieces, start, ladder)
    after = ruled([*pieces, more], start, ladder)
    assert lowered_for_a_reason(before, after, f"e{len(pieces)}")


@ladders
@given(bodies, studies, st.sampled_from(BETTER), starts)
@settings(max_examples=120, deadline=None)
def test_better_evidence_never_lowers_a_level_unless_a_cap_says_why(
    ladder, pieces, piece, better, start
):
    improved = {**piece, **better}
    if "design" not in better:
        improved["threats"] = {**piece["threats"], **better.get("threats", {})}
    before = ruled([*pieces, piece], start, ladder)
    after = ruled([*pieces, improved], start, ladder)
    assert lowered_for_a_reason(before, after, f"e{len(pieces)}")


@ladders
@given(bodies, starts)
@settings(max_examples=100, deadline=None)
def test_rules_never_contradict(ladder, pieces, start):
    ruling = ruled(pieces, start, ladder)
    top = LADDERS[ladder].top
    assert 0 <= ruling.level <= ruling.base <= top
    # every rung up to the base is carried by a rule that holds, and the rung above it by none
    held = {base.level for base, _ in ruling.bases}
    assert set(range(1, ruling.base + 1)) <= held
    assert ruling.base + 1 not in held
    # the rule of rung 0 says that nothing is there, so it holds with no other
    assert (0 in held) == (ruling.base == 0) or ladder == "nesta"
    assert ruling.level == min([ruling.base, *(cap.level for cap, _ in ruling.caps)])


@given(bodies, starts)
@settings(max_examples=100, deadline=None)
def test_a_study_stands_on_the_maryland_scale_where_its_score_puts_it(pieces, start):
    """The caps take off what a flawed study scores; the rung is the best of what is left."""
    ruling = ruled(pieces, start, "sms-wwg")
    early = {"plan-only", "too-soon-to-score"} & {cap.id for cap, _ in ruling.caps}
    left = [n for n in (5, 4, 3) if ruling.reading.of(f"at-{n}")]
    if left and not early:
        assert ruling.level == left[0]
    if not left:
        assert ruling.level <= 2


@given(bodies, starts)
@settings(max_examples=100, deadline=None)
def test_the_causal_rung_needs_a_sound_independent_study(pieces, start):
    ruling = ruled(pieces, start, "effectladder")
    assert (ruling.level == 4) <= bool(ruling.reading.of("sound"))


@given(bodies, starts)
@settings(max_examples=100, deadline=None)
def test_a_sound_study_carries_to_the_top_whatever_stands_beside_it(pieces, start):
    sound = {"source": "b", "design": "rct", "about": ["outcome"], "finds": "none", "year": 2022}
    assert judged([*pieces, sound], start).level == (4 if start[0] else 1)


@given(bodies, starts, st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_the_evidence_does_not_matter(pieces, start, random):
    keys = [f"e{n}" for n in range(len(pieces))]
    pairs = list(zip(keys, pieces, strict=True))
    random.shuffle(pairs)
    shuffled = judged([piece for _, piece in pairs], start, [key for key, _ in pairs])
    assert shuffled == judged(pieces, start, keys)


@ladders
@given(bodies, starts)
@settings(max_examples=30, deadline=None)
def test_what_doubt_says_is_what_the_rules_say_without_the_piece(ladder, pieces, start):
    """The quick way of leaving a piece out agrees with scoring an instrument that lacks it."""
    whole = ruled(pieces, start, ladder)
    for n in range(len(pieces)):
        quick = Ruling(whole.reading.without(f"e{n}"))
        keys = [f"e{m}" for m in range(len(pieces)) if m != n]
        case = made([p for m, p in enumerate(pieces) if m != n], start, keys)
        slow = Ruling(read(Known(case.instruments["bon"], case), LADDERS[ladder]))
        assert (quick.level, quick.base, quick.direction) == (slow.level, slow.base, slow.direction)


@given(bodies, starts)
@settings(max_examples=100, deadline=None)
def test_no_sentence_keeps_an_empty_slot(pieces, start):
    verdict = judged(pieces, start)
    for lang in ("nl", "en"):
        told = verdict.summary(lang)
        assert not any(mark in told for mark in ("{", "}", "()", "  ", ". ."))
        assert verdict.next_step[lang]


@given(bodies, starts)
@settings(max_examples=100, deadline=None)
def test_a_direction_rests_on_evidence_about_the_outcome(pieces, start):
    verdict = judged(pieces, start)
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
