"""The whole story: its prose read and pinned, the evaluator's own words, conditions, gaps."""

from __future__ import annotations

import string

import pytest

from evalkit.errors import EvalkitError
from evalkit.io.case import load_case
from evalkit.io.shipped import shipped_cases
from evalkit.judgement.contribution import ContributionStory, contribution_of, contributions
from evalkit.judgement.score import score_case
from evalkit.language.packaged import packaged_toml

from .conftest import BON

FULL = {
    "question": "Hield de bon mensen aan het werk?",
    "claims": {
        "werk": {
            "text": "de bon hield mensen aan het werk",
            "prior": "0,3–0,5",
            "tests": {
                "dossier": {
                    "expect": "dossiers noemen de cursus als reden",
                    "test": "smoking gun",
                    "result": "found",
                    "evidence": "dossiers",
                    "if_true": "0,6–0,8",
                    "if_false": "0,1",
                    "because": "dat schrijft niemand zomaar op",
                },
            },
        },
        "prijs": {
            "text": "de prijs was de drempel",
            "link": "geld -> cursussen",
            "tests": {
                "meer": {
                    "expect": "het aantal cursussen stijgt",
                    "test": "hoop",
                    "result": "found",
                    "evidence": "telling",
                },
                "zonder": {
                    "expect": "wie geen bon kreeg, volgde geen cursus",
                    "test": "smoking gun",
                },
            },
        },
    },
    "rivals": {
        "groei": {
            "external": "conjunctuur",
            "type": "commingled rival",
            "influence": "high",
            "status": "partly ruled out",
            "because": "de groei begon later",
            "evidence": "telling",
        },
        "eigen": {
            "text": "Eigen plannen",
            "type": "direct rival",
            "level": "individual",
            "claims": "prijs",
            "influence": "low",
        },
    },
    "carried_out": {
        "as_planned": "fully",
        "because": "alle bonnen zijn uitgegeven",
        "evidence": "jaarverslag",
    },
}

# Read aloud before it was pinned. Lines are wrapped here and run on in the story.
DUTCH = """\
**De vraag.** Hield de bon mensen aan het werk?

**De redenering.** De redenering telt twee schakels. Zij begint bij ‘Subsidie’ en eindigt
bij ‘Behouden banen’. De gedachte achter de laatste stap naar het doel: scholing maakt
inzetbaar. Daarbij is aangenomen: de cursus past bij de vraag. Bij eerdere schakels is ook
sprake van één risico.

**Wat het bewijs zegt.** De claim ‘de bon hield mensen aan het werk’ is deels ondersteund.
Verwachting: dossiers noemen de cursus als reden. Dat is gevonden (Bureau, 2022). De kans
daarop is geschat op 0,6–0,8 als de claim klopt en op 0,1 als hij niet klopt. Dat steunt de
claim, maar bewijst hem niet. Dat schrijft niemand zomaar op. Vooraf was de kans dat de
claim klopt geschat op 0,30–0,50; na het bewijs is zij 0,72–0,89. In woorden: van ‘met
voorzichtig vertrouwen te zeggen’ tot ‘met veel vertrouwen te zeggen’. Wie vooraf 0,10 had
aangehouden, komt met hetzelfde bewijs uit op 0,40–0,47; wie 0,90 had aangehouden, op
0,98–0,99. Deze kans zegt hoe zeker de claim is, niet hoe groot het effect is. Zij brengt
een instrument op zichzelf niet boven trede 3 van de effectladder.

De claim ‘de prijs was de drempel’ is deels ondersteund. Verwachting: het aantal cursussen
stijgt. Dat is gevonden (Bureau, 2022): zonder dit kan de claim niet kloppen, maar het kan ook
voorkomen als hij niet klopt (noodzakelijke voorwaarde). Dat steunt de claim, maar bewijst hem
niet. Verwachting: wie geen bon kreeg, volgde geen cursus. Daarover is geen bewijs
vastgelegd.

Er is geen bewijs vastgelegd dat tegen een claim spreekt.

**Andere verklaringen en invloeden.** De conjunctuur: een verklaring naast het instrument
(deels uitgesloten). De groei begon later. Volgens de opstellers is de invloed groot. Bron:
Bureau (2022).

Eigen plannen: een verklaring in plaats van het instrument (niet uitgesloten; weegt licht).
Dit speelt op het niveau van personen. Volgens de opstellers is de invloed klein.

**Wat ontbreekt.** Eén van de twee schakels is niet getoetst, die van ‘Gevolgde cursussen’
naar ‘Behouden banen’.

Bij de claim ‘de prijs was de drempel’ ontbreekt bewijs over iets dat hem zou bevestigen:
wie geen bon kreeg, volgde geen cursus.

Nog niet of maar deels uitgesloten: ‘De conjunctuur’ (weegt matig); ‘Eigen plannen’ (weegt licht).

Dit bewijs telt bij geen schakel of claim. Bureau (2022): deelnemers zeggen hun baan te houden.

**Vier voorwaarden.** Een volledige redenering: voldaan. Elke schakel heeft een uitleg, met
een aanname, een risico of een bron. Of de redenering ook klopt, zegt dat niet.

Uitvoering volgens plan: deels voldaan. De activiteiten zijn volgens plan uitgevoerd: alle
bonnen zijn uitgegeven (Uitvoerder, 2023). Dat zeggen alleen betrokkenen zelf.

Een keten die door het bewijs wordt bevestigd: deels voldaan. De keten telt twee schakels: één deels
ondersteund en één niet getoetst.

Andere verklaringen nagegaan: deels voldaan. Er zijn twee verklaringen en invloeden
vastgelegd: één deels uitgesloten en één open.

**Conclusie.** Een bijdrage van het instrument is aannemelijk, met voorbehoud. De claim over
het geheel, ‘de bon hield mensen aan het werk’, is deels ondersteund. De kans dat zij klopt
is 0,72–0,89. In woorden: van ‘met voorzichtig vertrouwen te zeggen’ tot ‘met veel
vertrouwen te zeggen’. Van de vier voorwaarden voor een geloofwaardige claim zijn niet of
niet volledig vervuld: uitvoering volgens plan, een keten die door het bewijs wordt bevestigd
en andere verklaringen nagegaan.

**Volgende stap voor de claims.** Ga na of dit te vinden is, want het zou de claim
‘de prijs was de drempel’ bevestigen: wie geen bon kreeg, volgde geen cursus.
"""
ENGLISH = """\
**The question.** Hield de bon mensen aan het werk?

**The reasoning.** The reasoning has two links. It begins at ‘Subsidie’ and ends at
‘Behouden banen’. The idea behind the last step towards the aim: scholing maakt inzetbaar.
The assumption there: de cursus past bij de vraag. Earlier links come with one risk.

**What the evidence says.** The claim ‘de bon hield mensen aan het werk’ is partly
supported. Expected: dossiers noemen de cursus als reden. It was found (Bureau, 2022). The
probability of that was put at 0.6–0.8 if the claim is true and at 0.1 if it is not. That
supports the claim, but does not prove it. Dat schrijft niemand zomaar op. Beforehand the
probability that the claim is true was put at 0.30–0.50; after the evidence it is 0.72–0.89.
In words: from ‘cautiously confident’ to ‘highly confident’. Starting from 0.10, the same
evidence gives 0.40–0.47; starting from 0.90, it gives 0.98–0.99. This probability says how
certain the claim is, not how large the effect is. By itself it takes an instrument no
higher than rung 3 of the ladder.

The claim ‘de prijs was de drempel’ is partly supported. Expected: het aantal cursussen
stijgt. It was found (Bureau, 2022): the claim cannot do without it, but it was to be
expected as well if the claim is not true (hoop). That supports the claim, but does not prove it.
Expected: wie geen bon kreeg, volgde geen cursus. No evidence on this is recorded.

No evidence that speaks against a claim is recorded.

**Other explanations and influences.** De conjunctuur: an explanation beside the instrument
(partly ruled out). De groei begon later. According to the authors the influence is high.
Source: Bureau (2022).

Eigen plannen: an explanation instead of the instrument (not ruled out; weighs lightly).
This plays at the level of individuals. According to the authors the influence is low.

**What is missing.** One of the two links was not tested, the one from ‘Gevolgde cursussen’
to ‘Behouden banen’.

For the claim ‘de prijs was de drempel’, evidence is missing on something that would
confirm it: wie geen bon kreeg, volgde geen cursus.

Not yet ruled out, or in part only: ‘De conjunctuur’ (weighs moderately); ‘Eigen plannen’ (weighs
lightly).

This evidence counts for no link or claim. Bureau (2022): deelnemers zeggen hun baan te houden.

**Four conditions.** A complete reasoning: met. Every link is explained, with an assumption,
a risk or a source. That does not say whether the reasoning is right.

Activities carried out as planned: partly met. The activities were carried out as planned:
alle bonnen zijn uitgegeven (Uitvoerder, 2023). Only those concerned say so.

A chain that the evidence confirms: partly met. The chain has two links: one partly
supported and one not tested.

Other explanations accounted for: partly met. Two explanations and influences are recorded:
one partly ruled out and one open.

**Conclusion.** A contribution of the instrument is credible, with reservations. The claim
about the whole, ‘de bon hield mensen aan het werk’, is partly supported. The probability
that it is true is 0.72–0.89. In words: from ‘cautiously confident’ to ‘highly confident’.
Of the four conditions for a credible claim, these are not or not fully met: activities
carried out as planned, a chain that the evidence confirms and other explanations accounted
for.

**Next step for the claims.** Look whether this can be found, since it would confirm the claim
‘de prijs was de drempel’: wie geen bon
kreeg, volgde geen cursus.
"""


def unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(part.split("\n")) for part in text.strip().split("\n\n"))


def told_in(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_full_story_reads_like_this(tell):
    assert told_in(tell(FULL).prose("nl")) == unwrapped(DUTCH)


def test_and_like_this_in_english(tell):
    assert told_in(tell(FULL).prose("en")) == unwrapped(ENGLISH)


def test_the_summary_is_short(tell):
    summary = tell(FULL).summary("nl").splitlines()
    assert summary[0] == "Bon: bijdrage aannemelijk, met voorbehoud"
    assert [line.partition(":")[0] for line in summary[1:5]] == [
        "- een volledige redenering", "- uitvoering volgens plan",
        "- een keten die door het bewijs wordt bevestigd", "- andere verklaringen nagegaan",
    ]  # fmt: skip
    assert summary[-1].startswith("Volgende stap voor de claims: Ga na of dit te vinden is")


@pytest.mark.parametrize("links", [["cursussen -> banen"], ["cursussen -> banen", "x -> banen"]])
def test_a_reasoning_that_begins_halfway_names_its_end_alone(tell, links):
    output = BON["output"] | {"x": {"text": "Iets"}}
    story = tell(None, links={key: {"because": "x"} for key in links}, output=output)
    told = told_in(story.prose("nl"))
    assert "eindigt bij ‘Behouden banen’." in told
    assert "begint bij" not in told


def test_public_words(tell):
    story = tell(FULL)
    assert [link.id for link in story.supported_links] == ["prijs"]
    assert [factor.id for factor in story.rivals.open] == ["groei", "eigen"]
    assert story.rivals["groei"].weight == "moderate"  # high, and half ruled out
    assert story.claim("werk").status == "partly"
    assert [gap.kind for gap in story.gaps] == ["link", "decisive-test", "rival", "unused"]
    assert story.conclusion.probability == story.claim("werk").posterior
    with pytest.raises(KeyError):
        story.claim("geen")


@pytest.mark.parametrize(
    ("about", "unused"), [("outcome", True), ("output", False), (["output", "outcome"], False)]
)
def test_what_shows_the_execution_and_speaks_of_the_results_is_named_where_it_counts_for_no_claim(
    tell, about, unused
):
    study = {"source": "bureau", "design": "description", "about": about, "finds": "positive",
             "execution": "stopped", "text": "de bon hielp blijvend"}  # fmt: skip
    record = {key: value for key, value in FULL.items() if key != "carried_out"}
    story = tell(record, evidence=BON["evidence"] | {"los": study})
    (named,) = [one for one in story.gaps if one.kind == "unused"]
    assert ("de bon hielp blijvend" in named.prose("nl")) is unused


def test_it_survives_json(tell):
    story = tell(FULL)
    assert ContributionStory.from_json(story.to_json()) == story


def test_a_notebook_shows_it_safely(tell):
    shown = tell({"question": "Werkt <b>dit</b>?"})._repr_html_()
    assert "Werkt &lt;b&gt;dit&lt;/b&gt;?" in shown
    assert "<table>" in shown


# --- without a record -------------------------------------------------------------------------


def test_without_a_record_the_chain_fills_the_story_and_the_gaps_are_named(tell):
    story = tell()
    assert not story.recorded
    assert story.question == "Droeg het beleid bij aan banen?"
    assert story.verdict == "not shown"
    assert [claim.status for claim in story.claims] == ["partly", "untested"]
    assert [gap.kind for gap in story.gaps] == ["whole", "link", "no-rivals", "unused"]
    assert [factor.id for factor in story.rivals.open] == ["conjunctuur"]
    assert "‘De conjunctuur’" in story.prose("nl")


def test_a_bare_instrument_still_has_a_story(tell):
    bare = {key: {} for key in ("input", "output", "outcome", "links", "evidence", "goals")}
    story = tell(**bare)
    assert {gap.kind for gap in story.gaps} == {"whole", "theory", "no-rivals", "execution"}
    assert all(condition.state != "met" for condition in story.conditions)
    assert story.next_step["nl"].startswith("Beschrijf de stappen")


def test_an_unknown_instrument_is_answered(make_case):
    with pytest.raises(EvalkitError, match="no instrument 'bom'"):
        contribution_of(make_case(), "bom")


# --- the evaluator's own words ----------------------------------------------------------------


def test_the_evaluator_writes_around_the_parts(tell):
    words = (
        "Er waren {{ output.cursussen.actual }}. {{ claims.werk.status }}: {{ rivals.eigen }}\n\n"
        "{{ conclusion }}"
    )
    told = told_in(tell(FULL | {"story": words}).prose("nl"))
    assert told.startswith("Er waren 120 cursussen. deels ondersteund: Eigen plannen: een")
    assert told.count("Een bijdrage van het instrument is aannemelijk") == 1
    # What the words do not call up follows, so that no gap or rival goes untold.
    for title in (
        "De vraag",
        "Wat het bewijs zegt",
        "Wat ontbreekt",
        "Volgende stap voor de claims",
    ):
        assert f"**{title}.**" in told
    assert "**Conclusie.**" not in told


def test_a_value_follows_the_facts(tell):
    words = {"story": "Er waren {{ output.cursussen.actual }}."}
    more = {"cursussen": {"text": "Gevolgde cursussen", "actual": "300 cursussen"}}
    assert told_in(tell(FULL | words, output=more).prose("nl")).startswith("Er waren 300 cursussen")


# --- conclusions and conditions ---------------------------------------------------------------

PROVEN = {
    "claims": {
        "geheel": {
            "text": "de bon werkte",
            "tests": {"a": {"expect": "een spoor", "test": "smoking gun", "result": "found",
                            "evidence": "dossiers"}},
        },
        "een": {
            "text": "de prijs was de drempel", "link": "geld -> cursussen",
            "tests": {"a": {"expect": "een spoor", "test": "smoking gun", "result": "found",
                            "evidence": "telling"}},
        },
        "twee": {
            "text": "de cursus gaf de doorslag", "link": "cursussen -> banen",
            "tests": {"a": {"expect": "een spoor", "test": "smoking gun", "result": "found",
                            "evidence": "dossiers"}},
        },
    },
    "rivals": {
        "groei": {"external": "conjunctuur", "type": "direct rival", "status": "ruled out",
                  "because": "de groei begon later", "evidence": "telling"},
    },
    "carried_out": {"as_planned": "fully", "because": "de bonnen waren op", "evidence": "telling"},
}  # fmt: skip


def changed(**keys):
    return PROVEN | keys


def test_four_conditions_make_a_credible_story(tell):
    story = tell(PROVEN)
    assert [condition.state for condition in story.conditions] == ["met"] * 4
    assert story.verdict == "credible"
    assert "Aan alle vier de voorwaarden" in story.conclusion.prose("nl")


@pytest.mark.parametrize(
    ("status", "kind", "influence", "verdict"),
    [
        ("open", "direct rival", None, "not shown"),
        ("open", "direct rival", "high", "not shown"),
        ("open", "direct rival", "low", "not shown"),
        ("confirmed", "commingled rival", None, "credible"),
        ("confirmed", "direct rival", None, "not shown"),
    ],
)
def test_rivals_decide_over_the_conclusion(tell, status, kind, influence, verdict):
    rival = {"text": "Krapte", "type": kind, "status": status, "influence": influence}
    told = {"because": "overal zo", "evidence": "telling"} if status != "open" else {}
    known = PROVEN["rivals"] | {"krapte": rival | told} if status != "open" else {"k": rival}
    assert tell(changed(rivals=known)).verdict == verdict


def test_a_refuted_claim_about_the_whole_makes_it_unlikely(tell):
    claim = {
        "text": "de bon werkte",
        "tests": {"a": {"expect": "een spoor", "test": "hoop", "result": "absent",
                        "evidence": "dossiers"}},
    }  # fmt: skip
    assert tell(changed(claims={"geheel": claim})).verdict == "unlikely"


@pytest.mark.parametrize(
    ("target", "state", "said"),
    [
        ("100 cursussen", "met", "Gehaald is: ‘Gevolgde cursussen’ (120 cursussen, beoogd 100"),
        ("200 cursussen", "partly", "Achter bleef: ‘Gevolgde cursussen’ (120 cursussen, beoogd"),
        ("200 bonnen", "unknown", "Of dat volgens plan ging, is niet vastgelegd."),
    ],
)
def test_execution_is_read_from_targets_when_nobody_judged_it(tell, target, state, said):
    node = {"text": "Gevolgde cursussen", "actual": "120 cursussen", "target": target}
    execution = tell(output={"cursussen": node}).conditions[1]
    assert execution.state == state
    assert said in told_in(execution.prose("nl"))


def test_what_is_under_way_is_called_that(tell):
    telling = {"source": "bureau", "design": "monitoring", "about": "output"}
    story = tell(evidence={"telling": {**telling, "execution": "started"}})
    told = "De activiteiten zijn in uitvoering (Bureau, 2022). Of dat volgens plan gaat, is niet"
    assert story.conditions[1].prose("nl").startswith(told)
    assert "te vroeg" not in story.conclusion.prose("nl")


@pytest.mark.parametrize(
    ("how_far", "said"),
    [
        (["carried out"], "Activiteiten zijn uitgevoerd (Bureau, 2022)."),
        (["stopped"], "Het instrument is beëindigd (Bureau, 2022)."),
        (["stopped", "carried out"], "Activiteiten zijn uitgevoerd en het instrument is beëindigd"),
    ],
)
def test_what_is_over_was_carried_out_or_has_ended(tell, how_far, said):
    telling = {"source": "bureau", "design": "monitoring", "about": "output"}
    pieces = {f"e{n}": {**telling, "execution": one} for n, one in enumerate(how_far)}
    assert tell(evidence=pieces).conditions[1].prose("nl").startswith(said)


@pytest.mark.parametrize("how_far", ["planned", "too early"])
def test_while_the_activities_go_on_it_is_too_early(tell, how_far):
    telling = {"source": "bureau", "design": "monitoring", "about": "output", "execution": how_far}
    story = tell(evidence={"telling": telling})
    assert story.conditions[1].state == "unknown"
    assert "execution" not in [gap.kind for gap in story.gaps]
    said = story.conclusion.prose("nl")
    assert said.startswith("Voor een oordeel over de bijdrage van het instrument is het te vroeg.")


def test_contradicting_evidence_is_shown(tell):
    gone = {
        "source": "bureau", "design": "monitoring", "about": "output", "finds": "negative",
        "text": "het aantal cursussen daalde",
    }  # fmt: skip
    story = tell(evidence={"telling": gone})
    assert story.matrix.contradicting == (("telling", "geld -> cursussen"),)
    assert story.matrix.cell("telling", "geld -> cursussen") == "weakens"
    told = story.prose("nl")
    head = "Tegen een claim of schakel spreekt dit bewijs"
    assert f"{head}. Bureau (2022): het aantal cursussen daalde." in told
    assert "| Van ‘Subsidie’ naar ‘Gevolgde cursussen’ | − |" in story.matrix.prose("nl")


def test_evidence_that_points_two_ways_is_shown_apart(tell):
    mixed = {"source": "bureau", "design": "monitoring", "about": "output", "finds": "mixed",
             "text": "het aantal cursussen wisselde"}  # fmt: skip
    told = tell(evidence={"telling": mixed}).prose("nl")
    head = "Zowel voor als tegen een claim of schakel spreekt dit bewijs"
    assert f"{head}. Bureau (2022): het aantal cursussen wisselde" in told
    assert "Tegen een claim of schakel" not in told


@pytest.mark.parametrize(
    ("finds", "priced", "clear"),
    [("positive", False, True), ("mixed", False, False), ("mixed", True, False)],
)
def test_nothing_speaks_against_only_when_nothing_points_two_ways(tell, finds, priced, clear):
    kind = {"if_true": "0,8", "if_false": "0,2"} if priced else {"test": "straw in the wind"}
    test = {"expect": "een spoor", "result": "found", "evidence": "telling", **kind}
    seen = {"source": "bureau", "design": "monitoring", "about": "output", "finds": finds,
            "text": "het aantal cursussen wisselde"}  # fmt: skip
    bare = {key: {"because": "x"} for key in BON["links"]}
    claims = {"geheel": {"text": "de bon werkte", "tests": {"a": test}}}
    story = tell({"claims": claims}, evidence={"telling": seen}, links=bare)
    assert ("geen bewijs vastgelegd dat tegen een claim" in story.prose("nl")) is clear


def test_a_probability_is_not_told_of_a_claim_that_other_tests_decide(tell):
    priced = {"expect": "een spoor", "result": "found", "evidence": "telling", "if_true": "0,6",
              "if_false": "0,3"}  # fmt: skip
    hoop = {"expect": "meer", "test": "hoop", "result": "absent", "evidence": "telling"}
    seen = {"source": "bureau", "design": "monitoring", "about": "output", "finds": "positive",
            "text": "het aantal cursussen steeg"}  # fmt: skip
    bare = {key: {"because": "x"} for key in BON["links"]}

    def told(**tests):
        claims = {"geheel": {"text": "de bon werkte", "prior": "0,9", "tests": tests}}
        return tell({"claims": claims}, evidence={"telling": seen}, links=bare).prose("nl")

    both, alone = told(a=priced, b=hoop), told(a=priced)
    assert "is weersproken" in both
    assert "zit daar niet in" in both
    assert "In woorden" not in both
    assert "gaat hij niet verder dan" not in both
    assert "In woorden" in alone
    assert "gaat hij niet verder dan" in alone


def test_running_text_has_no_ids_of_evidence(tell):
    story = tell(FULL)
    assert not any(f"[{name}]" in story.prose("nl") for name in BON["evidence"])
    assert "| Bureau, 2022 [telling] |" in story.matrix.prose("nl")


def test_what_was_not_found_out_says_why(tell):
    test = {"expect": "een spoor", "test": "hoop", "because": "er is geen register"}
    record = {"claims": {"geheel": {"text": "de bon werkte", "tests": {"a": test}}}}
    told = tell(record).prose("nl")
    assert "Daarover is geen bewijs vastgelegd. Er is geen register." in told


def test_the_ladder_is_named_and_not_moved(make_case):
    case = make_case(FULL)
    scores = score_case(case)
    told = contribution_of(case, "bon", scores).conclusion.prose("nl")
    assert f"op trede {scores['bon'].level}, " in told
    assert told.endswith("Dit verhaal verandert die trede niet.")


# --- the wording and the shipped cases ---------------------------------------------------------


def slots(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


def test_both_languages_say_the_same_with_the_same_slots():
    for section, entries in packaged_toml("evalkit.judgement.contribution", "wording.toml").items():
        for name, entry in entries.items():
            assert set(entry) == {"nl", "en"}, f"{section}.{name}"
            assert slots(entry["nl"]) == slots(entry["en"]), f"{section}.{name}"


@pytest.mark.parametrize("slug", shipped_cases())
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_shipped_instrument_has_a_story(slug, lang):
    case = load_case(slug)
    for key, story in contributions(case, score_case(case)).items():
        told = story.prose(lang)
        assert [part.name for part in story.parts if not part.text[lang]] == []
        assert "{" not in told, key
        assert "()" not in told, key
        assert ".." not in told, key


def test_the_reskilling_scheme_is_judged_as_its_evaluators_did():
    # SEO/Birch § 6.2 call it the least effective instrument; § 3.7 calls its scale too small.
    story = contribution_of(load_case("menselijk-kapitaal"), "omscholingsregeling")
    assert story.verdict == "unlikely"
    assert {factor.type for factor in story.rivals.confirmed} <= {"implementation rival"}


@pytest.mark.parametrize("key", ["mkb-idee", "techniekpact", "mkb-route", "ngf-pps"])
def test_what_cannot_be_attributed_is_not_shown(key):
    # SEO/Birch § 3.1: hard to attribute; § 3.3: long-term effects remain uncertain; § 3.6: no new
    # measurements since the baseline; § 3.9: too early for outcomes.
    assert contribution_of(load_case("menselijk-kapitaal"), key).verdict == "not shown"


def _said(story, name, lang="nl"):
    return next(one.prose(lang) for one in story.conditions if one.name == name)


def test_one_link_is_spoken_of_as_one(tell):
    link = {"geld -> banen": {"because": "geld houdt mensen aan het werk"}}
    story = tell(output={}, links=link, evidence={})
    assert _said(story, "theory").startswith("De enige schakel heeft een uitleg, maar geen aanname")
    assert _said(story, "chain") == "De enige schakel is niet getoetst."
    assert _said(story, "chain", "en") == "The only link is not tested."
    assert "De enige schakel is niet getoetst, die van ‘Subsidie’" in story.prose()
    silent = tell(output={}, links={"geld -> banen": {}}, evidence={})
    assert _said(silent, "theory").startswith("Bij de enige schakel ontbreekt een uitleg waarom")
    assert "Bij de enige schakel ontbreekt een uitleg: van" in silent.prose()
    assert "één van de één" not in (story.prose() + silent.prose()).lower()


def test_a_target_for_a_later_year_is_not_missed(tell):
    done = {
        "source": "bureau",
        "design": "monitoring",
        "about": "output",
        "execution": "carried out",
    }

    def judged(**output):
        node = {"text": "Cursussen", **output}
        return _said(tell(evidence={"telling": done}, output={"cursussen": node}), "execution")

    later = {"value": "500 cursussen", "year": 2030}
    assert "Achter bleef" not in judged(actual="120 cursussen", target=later)
    assert "Achter bleef" not in judged(actual="120 cursussen in 2022", target=later)
    assert "Achter bleef" in judged(actual="120 cursussen in 2030", target=later)
    assert "Achter bleef" in judged(actual="120 cursussen", target="500 cursussen")


def test_what_is_missing_of_one_claim_stands_together(tell):
    tests = {key: {"expect": f"spoor {key}", "test": "hoop"} for key in "abc"}
    story = tell({"claims": {"geheel": {"text": "de bon werkte", "tests": tests}}})
    told = next(part.text for part in story.parts if part.name == "missing")
    assert (
        "Bij de claim ‘de bon werkte’ ontbreekt bewijs over drie noodzakelijke voorwaarden: "
        "spoor a; spoor b; spoor c."
    ) in told["nl"]
    assert "evidence is missing on three necessary conditions" in told["en"]
    assert story.next_step["nl"].endswith(
        "spoor a. Blijkt dit niet zo te zijn, dan is de claim ‘de bon werkte’ weersproken; "
        "is er niets over te vinden, dan blijft hij ongetoetst."
    )


def test_the_reasoning_begins_and_ends_where_a_link_does(tell):
    nodes = {"geld": {"text": "Geld"}, "gebouw": {"text": "Een gebouw"}}
    theory = next(part.text["nl"] for part in tell(input=nodes).parts if part.name == "theory")
    assert "‘Een gebouw’" not in theory


def test_half_of_the_links_is_the_least_for_a_chain_in_part(tell):
    links = {
        "geld -> cursussen": {"because": "x", "evidence": ["telling"]},
        "cursussen -> banen": {"because": "x"},
    }
    seen = {"source": "bureau", "design": "monitoring", "about": "output", "finds": "positive"}
    chain = tell(links=links, evidence={"telling": seen}).conditions[2]
    assert (chain.name, chain.state) == ("chain", "partly")
    more = {"cursussen": {"text": "C"}, "dagen": {"text": "D"}}
    third = links | {"geld -> dagen": {"because": "x"}}
    chain = tell(links=third, output=more, evidence={"telling": seen}).conditions[2]
    assert chain.state == "not met"


def test_a_step_for_what_has_ended_says_for_whom_it_matters(tell):
    assert "gestopt" not in tell(status="lopend").next_step["nl"]
    told = tell(status="gestopt", successor="De Tegoedregeling").next_step["nl"]
    assert told.endswith("de uitkomst is van belang voor de opvolger (De Tegoedregeling).")


def test_the_step_is_about_the_claim_that_the_conclusion_is_about(tell):
    part = {"text": "de prijs was de drempel", "link": "geld -> cursussen",
            "tests": {"a": {"expect": "spoor a", "test": "hoop"}}}  # fmt: skip
    whole = {"text": "de bon werkte", "tests": {"b": {"expect": "spoor b", "test": "smoking gun"}}}
    step = tell({"claims": {"deel": part, "geheel": whole}}).next_step["nl"]
    assert "de claim ‘de bon werkte’ bevestigen: spoor b" in step
    step = tell({"claims": {"deel": part, "geheel": {"text": "de bon werkte"}}}).next_step["nl"]
    assert "niet zo te zijn, dan is de claim ‘de prijs was de drempel’ weersproken" in step


def test_no_step_is_about_a_part_when_the_whole_is_contradicted(tell):
    part = {"text": "de prijs was de drempel", "link": "geld -> cursussen",
            "tests": {"a": {"expect": "spoor a", "test": "hoop"}}}  # fmt: skip
    seen = {"expect": "spoor b", "test": "hoop", "result": "absent", "evidence": "telling"}
    count = {"source": "bureau", "design": "monitoring", "about": "output", "finds": "none"}

    def step(whole, **output):
        claims = {"deel": part, "geheel": {"text": "de bon werkte", "tests": {"b": whole}}}
        rival = {"text": "Eigen plannen", "type": "direct rival"}
        keys = {
            "evidence": {"telling": count},
            "output": {"cursussen": {"text": "Cursussen"} | output},
        }
        told = tell({"claims": claims, "rivals": {"r": rival}}, **keys)
        return told.next_step["nl"], {gap.kind for gap in told.gaps}

    # nor is anyone asked what else explains results that did not come
    lost, kinds = step(seen, actual="120 cursussen")
    assert "spoor a" not in lost
    assert not kinds & {"rival", "no-rivals", "carried-out"}
    lost, kinds = step(seen)
    assert lost.startswith("Zoek uit hoeveel er is gerealiseerd van ‘Cursussen’")
    held, kinds = step({"expect": "spoor b", "test": "straw in the wind"})
    assert "spoor a" in held
    assert "rival" in kinds
    assert "carried-out" not in kinds


def test_nobody_is_sent_to_look_for_what_cannot_be_told(tell):
    tests = {
        "a": {"expect": "spoor a", "test": "hoop", "result": "cannot be told"},
        "b": {"expect": "spoor b", "test": "smoking gun"},
    }
    story = tell({"claims": {"geheel": {"text": "de bon werkte", "tests": tests}}})
    assert "Met wat er is vastgelegd, is dat niet te zien." in story.prose("nl")
    assert "want het zou de claim ‘de bon werkte’ bevestigen: spoor b" in story.next_step["nl"]
    assert "spoor a" not in story.next_step["nl"]


def test_a_story_knows_where_its_record_stands():
    story = contribution_of(load_case("menselijk-kapitaal"), "mkb-idee")
    assert story.place == "contribution.yaml:6"


def test_links_are_named_before_what_supports_them_the_nearest_to_the_aim_first(tell, make_case):
    links = make_case().instruments["bon"].model_dump()["links"]
    links["cursussen -> banen"] |= {"evidence": ("dossiers",)}
    (support,) = [part for part in tell(links=links).parts if part.name == "support"]
    near, far = support.text["nl"].split("\n\n")[:2]
    status = "is deels ondersteund (Bureau, 2022)."
    assert near == f"De schakel van ‘Gevolgde cursussen’ naar ‘Behouden banen’ {status}"
    assert far == f"De schakel van ‘Subsidie’ naar ‘Gevolgde cursussen’ {status}"
    heard = {key: link | {"evidence": ("gesprekken",)} for key, link in links.items()}
    (support,) = [part for part in tell(links=heard).parts if part.name == "support"]
    assert support.text["nl"].startswith(
        "Twee schakels zijn deels ondersteund, waaronder die van ‘Gevolgde cursussen’ naar "
        "‘Behouden banen’. Dat rust alleen op wat betrokkenen zelf zeggen (opgetekend in Bureau, "
    )


def test_of_a_long_row_of_starts_the_first_are_named(tell):
    texts = {"a": "Geld", "b": "Advies", "c": "Tijd", "d": "Ruimte"}
    told = tell(
        input={key: {"text": text} for key, text in texts.items()},
        links={"a, b, c, d -> cursussen": {"because": "dat maakt scholing", "evidence": "telling"}},
    )
    (support,) = [part for part in told.parts if part.name == "support"]
    assert "De schakel van ‘Geld’, ‘Advies’ en twee andere naar ‘Gevolgde" in support.text["nl"]
    assert "‘Tijd’" in told.matrix.names["a, b, c, d -> cursussen"]["nl"]


def test_a_conclusion_says_why_the_ladder_leaves_the_direction_open():
    case = load_case("menselijk-kapitaal")
    scores = score_case(case)
    told = {
        key: contribution_of(case, key, scores=scores).conclusion
        for key in ("omscholingsregeling", "techniekpact")
    }
    assert told["omscholingsregeling"].verdict == "unlikely"
    assert "Op de ladder blijft de richting open" in told["omscholingsregeling"].text["nl"]
    assert told["techniekpact"].verdict == "not shown"
    assert "blijft de richting open" not in told["techniekpact"].text["nl"]
