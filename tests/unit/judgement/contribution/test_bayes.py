"""Process tracing with probabilities: hand-worked examples, ranges by sampling, packages."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evalkit.judgement.contribution.bayes import (
    EVEN,
    Probability,
    band,
    joint_ratio,
    package_ratio,
    posterior,
    prior_of,
    sensitivity,
)
from evalkit.judgement.contribution.interval import Interval
from evalkit.model import EvidenceTest, Likelihood


def piece(result: str, true: str, false: str, package: str | None = None) -> EvidenceTest:
    data = {"expect": "x", "evidence": "e", "result": result, "if_true": true, "if_false": false}
    return EvidenceTest.model_validate({**data, "package": package}, context={"lang": "nl"})


def worked(prior: str, pieces: list[tuple[str, ...]]) -> Interval:
    tests = {str(at): piece(*one) for at, one in enumerate(pieces)}
    joint = joint_ratio(tests)
    assert joint is not None
    return posterior(prior_of(Likelihood.parse(prior)), joint)


# prior, pieces, the posterior by hand: odds before, times each ratio, back to a probability
BY_HAND = [
    # 1 : 1 times 0,8/0,2 = 4 : 1
    ("0,5", [("found", "0,8", "0,2")], "4/5"),
    # absent: (1 - 0,8)/(1 - 0,2) = 1/4, so 1 : 4
    ("0,5", [("absent", "0,8", "0,2")], "1/5"),
    # two apart: 4 times 0,6/0,3 = 2 is 8 : 1
    ("0,5", [("found", "0,8", "0,2"), ("found", "0,6", "0,3")], "8/9"),
    # the same two in one package: only the 4 counts
    ("0,5", [("found", "0,8", "0,2", "p"), ("found", "0,6", "0,3", "p")], "4/5"),
    # a smoking gun: 1 : 4 times 0,3/0,01 = 30 is 7,5 : 1
    ("0,2", [("found", "0,3", "0,01")], "15/17"),
    # its absence says little: (1 - 0,3)/(1 - 0,01) = 70/99
    ("0,5", [("absent", "0,3", "0,01")], "70/169"),
    # a failed hoop: 0,05/0,5 = 1/10
    ("0,5", [("absent", "0,95", "0,5")], "1/11"),
    # a passed hoop: 0,95/0,5 = 1,9
    ("0,5", [("found", "0,95", "0,5")], "19/29"),
    # doubly decisive and absent: 9 : 1 times 0,1/0,9 is even
    ("0,9", [("absent", "0,9", "0,1")], "1/2"),
    # ranges: the least is 0,6/0,2 = 3, the most 0,8/0,1 = 8
    ("0,5", [("found", "0,6–0,8", "0,1–0,2")], "3/4 8/9"),
    # absent: the least is 0,2/0,9 = 2/9, the most 0,4/0,8 = 1/2
    ("0,5", [("absent", "0,6–0,8", "0,1–0,2")], "2/11 1/3"),
    # a prior that is a range: 3/7 times 4 is 12/7, 1 times 4 is 4
    ("0,3–0,5", [("found", "0,8", "0,2")], "12/19 4/5"),
    # one package, two directions: from 0,5/0,75 = 2/3 to 4
    ("0,5", [("found", "0,8", "0,2", "p"), ("absent", "0,5", "0,25", "p")], "2/5 4/5"),
    # one package, both against: the strongest, 0,2/0,8 = 1/4, counts
    ("0,5", [("absent", "0,8", "0,2", "p"), ("absent", "0,6", "0,2", "p")], "1/5"),
    # what was not looked for says nothing: the other piece decides
    ("0,5", [("found", "0,8", "0,2"), ("not looked for", "0,9", "0,1")], "4/5"),
]  # fmt: skip


@pytest.mark.parametrize(("prior", "pieces", "answer"), BY_HAND)
def test_agrees_with_the_calculation_by_hand(prior, pieces, answer):
    ends = [Fraction(end) for end in answer.split()]
    assert worked(prior, pieces) == (ends[0], ends[-1])


def test_without_probabilities_there_is_no_ratio():
    bare = EvidenceTest(expect="x", test="hoop", result="found", evidence=("e",))
    assert joint_ratio({"a": bare}) is None
    assert prior_of(None) == EVEN


BANDS = [
    ("99/100", "practically-certain"), ("989/1000", "reasonably-certain"),
    ("95/100", "reasonably-certain"), ("85/100", "highly-confident"),
    ("849/1000", "cautiously-confident"), ("70/100", "cautiously-confident"),
    ("501/1000", "more-likely-than-not"), ("1/2", "even"),
    ("499/1000", "not-more-likely-than-not"), ("3/10", "not-cautiously-confident"),
    ("15/100", "not-highly-confident"), ("5/100", "not-reasonably-certain"),
    ("1/100", "not-practically-certain"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "name"), BANDS)
def test_bands_begin_where_they_should(value, name):
    assert band(Fraction(value)) == name


def test_the_band_is_told_of_the_exact_ends():
    # 0,85 as a binary number lies below 17/20.
    assert Probability.of(Interval.at(Fraction(17, 20))).low_band == "highly-confident"


def test_the_table_of_priors():
    rows = sensitivity(Interval.at(4))
    assert [row.prior for row in rows] == [0.1, 0.25, 0.5, 0.75, 0.9]
    # 1 : 9 times 4 is 4 : 9; 1 : 3 times 4 is 4 : 3; and so on.
    expected = [4 / 13, 4 / 7, 4 / 5, 12 / 13, 36 / 37]
    assert [row.posterior.low for row in rows] == pytest.approx(expected, rel=1e-12)


hundredths = st.integers(1, 99)
spans = st.tuples(hundredths, hundredths).map(sorted)


def within(draw_low: int, draw_high: int, at: Fraction) -> Fraction:
    return Fraction(draw_low, 100) + (Fraction(draw_high, 100) - Fraction(draw_low, 100)) * at


def written(span: list[int]) -> str:
    low, high = (f"0,{end:02d}" for end in span)
    return low if low == high else f"{low}–{high}"


pieces_drawn = st.lists(
    st.tuples(
        st.sampled_from(["found", "absent"]), spans, spans, st.sampled_from([None, "p", "q"])
    ),
    min_size=1,
    max_size=5,
)
places = st.lists(
    st.fractions(min_value=0, max_value=1, max_denominator=50), min_size=11, max_size=11
)


def plain_ratio(result: str, true: Fraction, false: Fraction) -> Fraction:
    return true / false if result == "found" else (1 - true) / (1 - false)


@given(pieces_drawn, spans, places)
def test_every_point_of_the_ranges_lies_in_the_answer(pieces, prior, at):
    """Compute with one number from each range: the answer must lie within the range given."""
    tests = {
        str(n): piece(result, written(true), written(false), package)
        for n, (result, true, false, package) in enumerate(pieces)
    }
    joint = joint_ratio(tests)
    answer = posterior(prior_of(Likelihood.parse(written(prior))), joint)
    start = within(*prior, at[10])
    odds = start / (1 - start)
    packages: dict[object, list[Fraction]] = {}
    for n, (result, true, false, package) in enumerate(pieces):
        ratio = plain_ratio(result, within(*true, at[2 * n]), within(*false, at[2 * n + 1]))
        packages.setdefault(package or n, []).append(ratio)
    for ratios in packages.values():
        # Whatever the pieces share, one of them stands for the package.
        odds *= max(ratios) if min(ratios) >= 1 else min(ratios)
    assert answer.low <= odds / (1 + odds) <= answer.high


@given(pieces_drawn.map(lambda found: [(*one[:3], None) for one in found]), spans)
def test_the_ends_of_the_answer_are_reached(pieces, prior):
    """Compute at the worst and the best corner: the range is no wider than it must be."""
    tests = {
        str(n): piece(result, written(true), written(false))
        for n, (result, true, false, _) in enumerate(pieces)
    }
    answer = posterior(prior_of(Likelihood.parse(written(prior))), joint_ratio(tests))
    for end, worst in ((answer.low, True), (answer.high, False)):
        start = Fraction(prior[0] if worst else prior[1], 100)
        odds = start / (1 - start)
        for result, true, false, _ in pieces:
            corners = [
                plain_ratio(result, Fraction(t, 100), Fraction(f, 100)) for t in true for f in false
            ]
            odds *= min(corners) if worst else max(corners)
        assert end == odds / (1 + odds)


@given(
    st.lists(
        spans.map(lambda s: Interval(Fraction(s[0], 50), Fraction(s[1], 50))),
        min_size=1,
        max_size=4,
    )
)
def test_a_package_never_weighs_more_than_its_strongest_piece(ratios):
    together = package_ratio(ratios)
    assert together.high <= max(one.high for one in ratios)
    assert together.low >= min(one.low for one in ratios)
    assert together.low <= together.high


@given(st.lists(hundredths, min_size=1, max_size=4))
def test_repeating_a_piece_in_a_package_changes_nothing(numbers):
    once = package_ratio([Interval.at(Fraction(n, 50)) for n in numbers])
    twice = package_ratio([Interval.at(Fraction(n, 50)) for n in [*numbers, *numbers]])
    assert once == twice


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0", "leaves no doubt"),
        ("1", "leaves no doubt"),
        ("0,0–0,5", "leaves no doubt"),
        ("85", "write 0,85 for 85 per cent"),
        ("0,8–0,6", "write the smaller number first"),
        ("hoog", "is not a number"),
        ("0.85", "can be read two ways"),
    ],
)
def test_refuses_what_is_no_likelihood(text, said):
    with pytest.raises(ValueError, match=said):
        Likelihood.parse(text)


def test_a_likelihood_prints_as_it_was_written():
    assert Likelihood.parse("0,60–0,8").prose("nl") == "0,60–0,8"
    assert Likelihood.parse("0.85", "en").prose("en") == "0.85"
