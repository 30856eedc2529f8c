"""Every regime loads, and a regime that does not hold together says so."""

import re

import pytest

from evalkit.errors import EvalkitError
from evalkit.io.regimes import regime_names
from evalkit.judgement.compliance.comply import comply_with
from evalkit.judgement.compliance.facts import FACTS
from evalkit.judgement.compliance.profile import load_regime, read_regime

REGIMES = regime_names()
FILE = re.compile(r"\.ya?ml|\.md|_|`")
"""What belongs to the files of a case and not on a printed page."""
KEPT = r"(?:(?:case|theory)\.yaml|instruments/\*\.yaml)"
RECORDED = re.compile(rf"{KEPT}(?:, {KEPT})*: [a-z_.]+(?:, [a-z_.]+)*")
SMALL = """\
kind: regime
name: klein
title: {nl: Klein, en: Small}
caption: {nl: Wat klein vraagt, en: What small asks}
publisher: {nl: Wij, en: Us}
edition: {nl: eerste, en: first}
published: {nl: hier, en: here}
note: {nl: Een proef., en: A trial.}
requirements:
  - id: doel
    text: {nl: Het doel, en: The goal}
    facts: [goals]
    basis: text
    source: {nl: blad 1, en: page 1}
    advice: {nl: Schrijf het op., en: Write it down.}
"""


def test_the_five_regimes_are_there():
    assert REGIMES == ("beleidskompas", "better-regulation", "cw-3-1", "oecd-dac", "rpe-2022")


@pytest.mark.parametrize("name", REGIMES)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_regime_answers_in_both_languages(name, lang, make_setting):
    regime = load_regime(name)
    found = comply_with(regime, make_setting())
    said = found.summary(lang)

    assert regime.name == name
    assert len(found.answers) == len(regime.requirements)
    assert sum(found.counts.values()) == len(found.answers)
    assert "{" not in said
    assert regime.title[lang] in said
    for requirement in regime.requirements:
        assert requirement.advice[lang].endswith(".")
        assert not requirement.text[lang].endswith(".")
        printed = (requirement.text, requirement.advice, requirement.source, regime.note)
        assert not any(FILE.search(one[lang]) for one in printed if one is not None)
        assert all(RECORDED.fullmatch(place) for place in requirement.recorded)


def test_every_fact_is_asked_for_by_some_regime():
    asked = {
        name for regime in REGIMES for one in load_regime(regime).requirements for name in one.facts
    }
    assert asked == set(FACTS)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[goals]", "[goal]", "did you mean 'goals'?"),
        (", en: The goal}", "}", "the sentence lacks en"),
        ("kind: regime", "kind: ladder", "klein.yaml:1: kind: 'ladder' is not one"),
        ("    advice", "    advise", "advise"),
        ("name: klein", "name: klein\nname: groot", "klein.yaml:3"),
        ("basis: text", "basis: reading", "a reading has no source"),
        ("    source: {nl: blad 1, en: page 1}\n", "", "name the source of it"),
        ("    basis: text\n", "", "requirements.0.basis"),
        ("basis: text", "basis: memory", "text, quoted, earlier, reading"),
    ],
)
def test_a_fault_is_named_with_its_place(old, new, said):
    with pytest.raises(EvalkitError) as caught:
        read_regime(SMALL.replace(old, new), "klein.yaml")
    assert said in str(caught.value)
    assert "klein.yaml:" in str(caught.value)
    assert "this is empty" not in str(caught.value)


def test_an_id_stands_once():
    again = SMALL[SMALL.index("  - id") :]
    with pytest.raises(EvalkitError, match="two requirements have the id 'doel'"):
        read_regime(SMALL + again, "klein.yaml")


def test_an_unknown_regime_gives_a_hint():
    with pytest.raises(EvalkitError, match="did you mean 'rpe-2022'"):
        load_regime("rpe-2020")
