"""What tests make of a claim: Van Evera's table, certainties that clash, caps, monotonicity."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evalkit.judgement.contribution.claims import ORDER, settle
from evalkit.judgement.contribution.tests import weigh
from evalkit.model import Case, Claim

# `dossiers` is independent; `gesprekken` are interviews; `jaarverslag` is the executor's own.
HOOP, GUN, STRAW, BOTH = "hoop", "smoking gun", "straw in the wind", "doubly decisive"


def record(tests, link=None, **keys):
    claim = {"text": "de bon hield mensen aan het werk", "tests": tests, **keys}
    return {"claims": {"werk": claim if link is None else claim | {"link": link}}}


def probe(test=None, result="found", evidence="dossiers", **keys):
    return {"expect": "een spoor", "test": test, "result": result, "evidence": evidence, **keys}


@pytest.mark.parametrize(
    ("test", "result", "says", "status"),
    [
        (STRAW, "found", "supports", "partly"),
        (STRAW, "absent", "weakens", "weakened"),
        (HOOP, "found", "supports", "partly"),
        (HOOP, "absent", "rejects", "contradicted"),
        (GUN, "found", "confirms", "supported"),
        (GUN, "absent", "weakens", "weakened"),
        (BOTH, "found", "confirms", "supported"),
        (BOTH, "absent", "rejects", "contradicted"),
    ],
)
def test_without_probabilities_the_kind_of_test_does_the_work(tell, test, result, says, status):
    claim = tell(record({"a": probe(test, result)})).claim("werk")
    assert (claim.tests[0].says, claim.status) == (says, status)


@pytest.mark.parametrize(
    ("finds", "keys", "says"),
    [
        (["mixed"], {"test": GUN}, "both"),
        (["mixed"], {"test": STRAW}, "both"),
        (["mixed", "positive"], {"test": STRAW}, "supports"),
        (["unknown"], {"test": STRAW}, "supports"),
        (["mixed"], {"if_true": "0,8", "if_false": "0,2"}, "supports"),  # the evaluator says so
        (["mixed"], {"test": HOOP, "result": "absent"}, "rejects"),
    ],
)
def test_what_is_found_by_mixed_evidence_points_two_ways(tell, finds, keys, says):
    study = {"source": "bureau", "design": "monitoring", "about": "outcome"}
    pieces = {f"e{n}": {**study, "finds": one} for n, one in enumerate(finds)}
    found = probe(**{"evidence": list(pieces), **keys})
    told = tell(record({"a": found}), evidence=pieces, links={"geld -> cursussen": {}})
    assert told.claim("werk").tests[0].says == says


def test_a_claim_that_another_supports_in_part_does_not_rest_on_opinion_alone(tell):
    study = {"source": "bureau", "design": "monitoring", "about": "outcome", "finds": "mixed"}
    said = {**study, "design": "interviews", "finds": "positive"}
    alone = {"a": probe(STRAW, evidence="said")}

    def told(tests):
        pieces = {"said": said, "study": study}
        claim = tell(record(tests), evidence=pieces, links={"geld -> cursussen": {}}).claim("werk")
        return claim.interested, "opinion" in {reason.rule for reason in claim.reasons}

    assert told(alone) == (True, True)
    assert told({**alone, "b": probe(STRAW, evidence="study")}) == (False, False)


def test_what_was_not_looked_for_tests_nothing(tell):
    claim = tell(record({"a": {"expect": "een spoor", "test": GUN}})).claim("werk")
    assert (claim.tests[0].says, claim.status) == ("silent", "untested")


def test_many_hints_are_no_proof(tell):
    hints = {name: probe(STRAW, evidence=name) for name in ("dossiers", "telling", "gesprekken")}
    assert tell(record(hints)).claim("werk").status == "partly"


def test_hints_for_and_against_decide_nothing(tell):
    tests = {"a": probe(STRAW), "b": probe(STRAW, "absent", "telling")}
    assert tell(record(tests)).claim("werk").status == "undecided"


def test_certainties_that_clash_are_named(tell):
    tests = {"a": probe(GUN), "b": probe(HOOP, "absent", "telling")}
    claim = tell(record(tests)).claim("werk")
    (clash,) = [reason for reason in claim.reasons if reason.rule == "conflict"]
    assert claim.status == "disputed"
    assert clash.evidence == ("dossiers", "telling")
    assert "Beide kan niet" in clash.prose("nl")


def test_opinion_alone_is_capped_and_says_so(tell):
    claim = tell(record({"a": probe(GUN, evidence="gesprekken")})).claim("werk")
    (cap,) = [reason for reason in claim.reasons if reason.rule == "cap.opinion"]
    assert (claim.status, claim.caps) == ("partly", ("opinion",))
    assert cap.evidence == ("gesprekken",)
    assert cap.prose("nl") == (
        "Wat de claim zou bevestigen, komt alleen van betrokkenen zelf (opgetekend in Bureau, "
        "2022). Daarom blijft hij deels ondersteund."
    )


def test_the_executor_is_no_independent_voice(tell):
    claim = tell(record({"a": probe(GUN, evidence="jaarverslag")})).claim("werk")
    assert claim.caps == ("opinion",)


def test_an_independent_hint_does_not_carry_the_smoking_gun_of_another(tell):
    tests = {"a": probe(GUN, evidence="gesprekken"), "b": probe(STRAW)}
    assert tell(record(tests)).claim("werk").status == "partly"


def test_one_independent_source_lifts_the_cap(tell):
    claim = tell(record({"a": probe(GUN, evidence=["gesprekken", "dossiers"])})).claim("werk")
    assert (claim.status, claim.caps) == ("supported", ())


def test_opinion_alone_does_not_refute_either(tell):
    claim = tell(record({"a": probe(HOOP, "absent", "gesprekken")})).claim("werk")
    assert (claim.status, claim.caps) == ("weakened", ("opinion-against",))


def test_a_confirmed_direct_rival_holds_a_claim_back(tell):
    rival = {
        "text": "Krapte", "type": "direct rival", "status": "confirmed", "because": "overal zo",
        "evidence": "telling",
    }  # fmt: skip
    told = record({"a": probe(GUN)}) | {"rivals": {"krapte": rival}}
    claim = tell(told).claim("werk")
    assert (claim.status, claim.caps) == ("undecided", ("rival",))
    assert "‘Krapte’" in claim.prose("nl")
    beside = told | {"rivals": {"krapte": rival | {"type": "commingled rival"}}}
    assert tell(beside).claim("werk").status == "supported"


@pytest.mark.parametrize(
    ("prior", "true", "false", "result", "status", "band"),
    [
        (None, "0,9", "0,1", "found", "supported", "highly-confident"),
        (None, "0,8", "0,2", "found", "partly", "cautiously-confident"),
        ("0,1", "0,8", "0,2", "found", "undecided", "not-more-likely-than-not"),
        (None, "0,9", "0,1", "absent", "contradicted", "not-highly-confident"),
        (None, "0,8", "0,2", "absent", "weakened", "not-cautiously-confident"),
        ("0,9", "0,8", "0,2", "absent", "undecided", "more-likely-than-not"),
        # Sure beforehand, and the evidence adds nothing that points one way.
        ("0,97", "0,4–0,6", "0,4–0,6", "found", "undecided", "reasonably-certain"),
    ],
)
def test_with_probabilities_the_posterior_does_the_work(
    tell, prior, true, false, result, status, band
):
    test = probe(None, result, if_true=true, if_false=false)
    claim = tell(record({"a": test}, **({"prior": prior} if prior else {}))).claim("werk")
    assert claim.status == status
    assert band in (claim.posterior.low_band, claim.posterior.high_band)
    assert claim.prior_given == (prior is not None)


def test_the_prior_and_its_influence_are_told(tell):
    claim = tell(record({"a": probe(if_true="0,9", if_false="0,1")})).claim("werk")
    told = claim.prose("nl")
    assert "Een kans vooraf is niet opgegeven; er is uitgegaan van 0,50." in told
    assert "is de kans dat de claim klopt 0,90. In woorden: met veel vertrouwen te zeggen." in told
    assert "vooraf 0,10 had aangehouden, komt met hetzelfde bewijs uit op 0,50" in told
    assert "niet boven trede 3" in told
    assert len(claim.sensitivity) == 5


def test_a_posterior_of_opinions_is_capped(tell):
    test = probe(evidence="gesprekken", if_true="0,9", if_false="0,1")
    claim = tell(record({"a": test})).claim("werk")
    assert (claim.status, claim.caps) == ("partly", ("opinion",))


def test_a_hint_of_another_does_not_lift_a_posterior_of_opinions(tell):
    """What is not interested must come as far by itself; a hint lends nothing to hearsay."""
    opinion = probe(evidence="gesprekken", if_true="0,9", if_false="0,05")
    hint = probe(if_true="0,51", if_false="0,50")
    claim = tell(record({"a": opinion, "b": hint})).claim("werk")
    (cap,) = [reason for reason in claim.reasons if reason.rule == "cap.opinion"]
    assert (claim.status, claim.caps) == ("partly", ("opinion",))
    assert cap.evidence == ("gesprekken",)
    assert cap.prose("nl").startswith("Zonder wat betrokkenen zelf zeggen (opgetekend in Bureau")
    strong = probe(if_true="0,9", if_false="0,1")
    assert tell(record({"a": opinion, "b": strong})).claim("werk").status == "supported"
    against = {
        "a": probe(None, "absent", "gesprekken", if_true="0,95", if_false="0,1"),
        "b": probe(None, "absent", if_true="0,51", if_false="0,50"),
    }
    refuted = tell(record(against)).claim("werk")
    assert (refuted.status, refuted.caps) == ("weakened", ("opinion-against",))
    assert "is de claim niet weerlegd" in refuted.prose("nl")


def test_a_rounded_probability_stays_in_its_band(tell):
    """0.8475 is no 0.85: a reader would look for the words of the next band."""
    claim = tell(record({"a": probe(if_true="0,50", if_false="0,09")})).claim("werk")
    assert "0,847. In woorden: met voorzichtig vertrouwen te zeggen." in claim.prose("nl")


def test_a_story_names_itself_in_a_line(tell):
    assert repr(tell(record({"a": probe(GUN)}))) == "ContributionStory('bon', not shown, 3 claims)"


def test_kinds_and_probabilities_work_together(tell):
    priced = probe(if_true="0,9", if_false="0,1")
    against = probe(HOOP, "absent", "telling")
    assert tell(record({"a": priced, "b": against})).claim("werk").status == "disputed"


@pytest.mark.parametrize(
    ("finds", "status"),
    [
        ("positive", "partly"),
        ("mixed", "undecided"),
        ("none", "weakened"),
        ("negative", "weakened"),
        ("unknown", "untested"),
    ],
)
def test_evidence_at_a_link_is_a_straw_in_the_wind(tell, finds, status):
    evidence = tell().claim("geld -> cursussen").tests[0]
    assert (evidence.kind, evidence.implied) == (STRAW, True)
    telling = {"source": "bureau", "design": "monitoring", "about": "output", "finds": finds}
    assert tell(evidence={"telling": telling}).claim("geld -> cursussen").status == status


@pytest.mark.parametrize(
    ("finds", "threats", "status"),
    [
        ("positive", {}, "supported"),
        ("none", {}, "contradicted"),
        ("positive", {"attrition": "handled"}, "supported"),
        ("positive", {"attrition": "not handled"}, "partly"),
    ],
)
def test_a_sound_causal_study_is_decisive_as_on_the_ladder(tell, finds, threats, status):
    telling = {
        "source": "bureau", "design": "rct", "about": "output", "finds": finds, "threats": threats,
    }  # fmt: skip
    assert tell(evidence={"telling": telling}).claim("geld -> cursussen").status == status


@pytest.mark.parametrize(
    ("study", "status"),
    [
        ({"design": "did"}, "partly"),  # trends before the start were not compared
        ({"design": "did", "threats": {"pre-trends": "handled"}}, "supported"),
        ({"design": "synthetic control"}, "partly"),
        ({"design": "comparison group", "before": True, "after": True}, "partly"),
        (
            {"design": "comparison group", "before": True, "after": True,
             "threats": {"selection": "handled"}},
            "supported",
        ),
        ({"design": "rdd"}, "partly"),  # nor whether participants chose their side of the threshold
        ({"design": "rdd", "threats": {"manipulation": "handled"}}, "supported"),
        ({"design": "iv"}, "partly"),
        ({"design": "iv", "threats": {"weak instrument": "handled"}}, "partly"),
        (
            {"design": "iv", "threats": {"weak instrument": "handled", "exclusion": "handled"}},
            "supported",
        ),
        ({"year": 2020}, "supported"),
        ({"execution": "too early"}, "partly"),
        ({"execution": "carried out"}, "supported"),
        ({"author": "commissioner"}, "partly"),
        ({"source": "onbekend"}, "partly"),
        ({"source": ["bureau", "uitvoerder"]}, "partly"),
        ({"source": "onbekend", "author": "independent"}, "supported"),
    ],
)  # fmt: skip
def test_a_study_that_a_ladder_does_not_call_sound_is_a_hint(tell, study, status):
    telling = {"source": "bureau", "design": "rct", "about": "output", "finds": "positive", **study}
    assert tell(evidence={"telling": telling}).claim("geld -> cursussen").status == status


EARLY = "is van vóór de start of beschrijft een plan (Bureau, 2022)"


@pytest.mark.parametrize(
    ("keys", "status", "counts"),
    [
        ({"year": 2019}, None, False),  # the instrument began in 2020
        ({"year": 2020}, None, True),
        ({"execution": "planned"}, None, False),
        ({"execution": "carried out"}, None, True),
        ({}, "voorgenomen", False),
        ({}, "lopend", True),
        ({"year": 2019, "design": "theory"}, None, True),  # literature is of all times
        ({"year": 2019, "finds": "unknown"}, None, None),  # there is nothing to count
    ],
)
def test_evidence_of_before_the_start_does_not_speak_for_a_link(tell, keys, status, counts):
    study = {"source": "bureau", "design": "monitoring", "about": "output", "finds": "positive"}
    claim = tell(evidence={"telling": {**study, **keys}}, status=status).claim("geld -> cursussen")
    assert claim.status == ("partly" if counts else "untested")
    assert claim.caps == (("beforehand",) if counts is False else ())
    assert (EARLY in claim.prose("nl")) == (counts is False)


@pytest.mark.parametrize("priced", [{}, {"if_true": "0,9", "if_false": "0,1"}])
@pytest.mark.parametrize("result", ["found", "absent"])
def test_a_test_on_evidence_of_before_the_start_shows_nothing(tell, make_case, result, priced):
    tests = {"a": probe(BOTH, result, **priced)}
    held = tell(record(tests)).claim("werk")
    assert (held.status, held.caps) == (
        "supported" if result == "found" else "contradicted", (),
    )  # fmt: skip
    early = {**make_case().instruments["bon"].model_dump()["evidence"]}
    early["dossiers"] |= {"year": 2019}
    told = tell(record(tests), evidence=early)
    claim = told.claim("werk")
    assert (claim.status, claim.caps, claim.posterior) == ("untested", ("beforehand",), None)
    (cap,) = [reason for reason in claim.reasons if reason.rule == "cap.beforehand"]
    assert cap.evidence == ("dossiers",)
    assert any(gap.kind == "decisive-test" and gap.about == ("werk",) for gap in told.gaps)
    # beside evidence of the time itself, the test stands
    tests["a"] |= {"evidence": ["dossiers", "telling"]}
    assert tell(record(tests), evidence=early).claim("werk").caps == ()


@pytest.mark.parametrize(
    ("prior", "true", "false", "result", "status", "caps"),
    [
        ("0,84", "0,55", "0,50", "found", "partly", ("prior",)),
        ("0,84", "0,90", "0,10", "found", "supported", ()),
        ("0,70", "0,80", "0,20", "found", "partly", ("prior",)),
        ("0,30", "0,95", "0,05", "found", "supported", ()),
        ("0,16", "0,50", "0,45", "absent", "weakened", ("prior-against",)),
        ("0,16", "0,90", "0,10", "absent", "contradicted", ()),
        ("0,99", "0,40–0,60", "0,40–0,60", "found", "undecided", ()),
    ],
)
def test_a_prior_settles_nothing_by_itself(tell, prior, true, false, result, status, caps):
    test = probe(None, result, if_true=true, if_false=false)
    claim = tell(record({"a": test}, prior=prior)).claim("werk")
    assert (claim.status, claim.caps) == (status, caps)
    told = [one.prose("nl") for one in claim.reasons if one.rule.startswith("cap.prior")]
    assert len(told) == len(caps)
    assert all(f"kans vooraf ({prior})" in text for text in told)


def test_what_confirms_by_itself_needs_no_prior(tell):
    tests = {"a": probe(if_true="0,55", if_false="0,50"), "b": probe(GUN, evidence="telling")}
    claim = tell(record(tests, prior="0,84")).claim("werk")
    assert (claim.status, claim.caps) == ("supported", ())


@pytest.mark.parametrize(("year", "state"), [(2019, "unknown"), (2020, "met")])
def test_evidence_of_before_the_start_does_not_show_the_execution(tell, year, state):
    study = {"source": "bureau", "design": "monitoring", "about": "output", "year": year,
             "execution": "carried out"}  # fmt: skip
    aimed = {
        "cursussen": {"text": "Cursussen", "actual": "120 cursussen", "target": "100 cursussen"}
    }
    told = tell(evidence={"telling": study}, output=aimed)
    (execution,) = [one for one in told.conditions if one.name == "execution"]
    assert execution.state == state
    assert ("van vóór de start (Bureau, 2022)" in execution.prose("nl")) == (year == 2019)
    said = {"carried_out": {"as_planned": "fully", "because": "alles liep", "evidence": "telling"}}
    told = tell(said, evidence={"telling": study})
    (execution,) = [one for one in told.conditions if one.name == "execution"]
    assert execution.state == state
    assert ("laat dat dus niet zien" in execution.prose("nl")) == (year == 2019)


def test_what_is_known_of_the_execution_is_told_without_a_judgement(tell):
    study = {
        "source": "bureau",
        "design": "monitoring",
        "about": "output",
        "execution": "too early",
    }
    said = {"as_planned": "unknown", "because": "de helft is besteed", "evidence": "telling"}
    told = tell({"carried_out": said}, evidence={"telling": study})
    (execution,) = [one for one in told.conditions if one.name == "execution"]
    assert (execution.state, execution.early) == ("unknown", True)
    assert "het te vroeg (Bureau, 2022). Wat daarover wel bekend is: de helft is besteed" in (
        execution.prose("nl")
    )


def test_a_causal_study_of_the_outcome_speaks_of_the_whole(tell):
    study = {"source": "bureau", "design": "rct", "about": "outcome", "finds": "positive"}
    (whole,) = tell(evidence={"telling": study}, links={}).claims
    assert (whole.text, whole.status) == (
        "Bon had op “Behouden banen” het beoogde effect",
        "supported",
    )
    assert not whole.recorded
    shaky = study | {"threats": {"attrition": "not handled"}}
    (hint,) = tell(evidence={"telling": shaky}, links={}).claims
    assert (hint.tests[0].kind, hint.status) == (STRAW, "partly")


def test_a_claim_about_a_link_also_counts_the_evidence_recorded_there(tell):
    told = tell(record({"a": probe(STRAW, "absent")}, link="geld -> cursussen"))
    assert told.claim("werk").evidence == ("dossiers", "telling")
    assert "geld -> cursussen" not in [claim.id for claim in told.claims]


# --- more evidence in favour never lowers a claim ---------------------------------------------

hundredths = st.integers(1, 99)
voices = st.sampled_from(["dossiers", "gesprekken", "jaarverslag", "telling"])
packages = st.sampled_from([None, "p"])


@st.composite
def any_probe(draw):
    result, evidence = draw(st.sampled_from(["found", "absent"])), draw(voices)
    if draw(st.booleans()):
        return probe(draw(st.sampled_from([HOOP, GUN, STRAW, BOTH])), result, evidence)
    spans = [sorted((draw(hundredths), draw(hundredths))) for _ in range(2)]
    true, false = (f"0,{low:02d}–0,{high:02d}" for low, high in spans)
    priced = {"if_true": true, "if_false": false, "package": draw(packages)}
    return probe(None, result, evidence, **priced)


@st.composite
def in_favour(draw):
    if draw(st.booleans()):
        return probe(draw(st.sampled_from([HOOP, GUN, STRAW, BOTH])), "found", draw(voices))
    false, true = sorted((draw(hundredths), draw(hundredths)))
    priced = {"if_true": f"0,{true:02d}", "if_false": f"0,{false:02d}", "package": draw(packages)}
    return probe(None, "found", draw(voices), **priced)


def settled(case: Case, tests: list, prior: int | None):
    keys = {} if prior is None else {"prior": f"0,{prior:02d}"}
    data = {"text": "x", "tests": {str(n): test for n, test in enumerate(tests)}, **keys}
    claim = Claim.model_validate(data, context={"lang": "nl"})
    bon = case.instruments["bon"]
    return settle(claim, [weigh(key, test, bon, case) for key, test in claim.tests.items()])


@settings(max_examples=400)
@given(
    tests=st.lists(any_probe(), max_size=4),
    more=in_favour(),
    prior=st.none() | hundredths,
)
def test_more_in_favour_never_lowers_a_claim(make_case, tests, more, prior):
    case = make_case()
    before, after = settled(case, tests, prior), settled(case, [*tests, more], prior)
    assert ORDER.index(after.status) >= ORDER.index(before.status)
    if before.posterior is not None:
        # The ends are kept as binary numbers, computed exactly and rounded once.
        assert after.posterior.low >= before.posterior.low


@settings(max_examples=200)
@given(
    tests=st.lists(any_probe(), max_size=4),
    evidence=voices,
    prior=st.none() | hundredths,
)
def test_a_smoking_gun_never_lowers_a_claim(make_case, tests, evidence, prior):
    case = make_case()
    before = settled(case, tests, prior)
    after = settled(case, [*tests, probe(GUN, "found", evidence)], prior)
    assert ORDER.index(after.status) >= ORDER.index(before.status)


@given(tests=st.lists(any_probe(), min_size=1, max_size=4), prior=st.none() | hundredths)
def test_the_order_of_the_tests_does_not_matter(make_case, tests, prior):
    case = make_case()
    forth, back = settled(case, tests, prior), settled(case, tests[::-1], prior)
    assert (forth.status, forth.posterior) == (back.status, back.posterior)
