"""The ladders as data: each loads, and one that does not hold together says where."""

from __future__ import annotations

from importlib.resources import files

import pytest

from evalkit import ladders
from evalkit.errors import EvalkitError
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import ladder_names, load_ladder, read_ladder, scales

TEXT = (files("evalkit.ladders") / "effectladder.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ladder_names())
def test_each_ladder_loads_and_names_its_source(name):
    ladder = load_ladder(name)
    assert ladder.name == name
    assert ladder.publisher
    assert ladder.edition
    assert ladder.references
    assert ladder.note["nl"]


@pytest.mark.parametrize("name", ladder_names())
def test_a_ladder_survives_json(name):
    ladder = load_ladder(name)
    assert Ladder.from_json(ladder.model_dump_json(by_alias=True)) == ladder


@pytest.mark.parametrize("name", ladder_names())
def test_every_type_of_instrument_has_a_comparison_at_hand(name):
    ladder = load_ladder(name)
    from typing import get_args

    from evalkit.model.instrument import InstrumentType

    assert set(ladder.comparisons) == set(get_args(InstrumentType))


def test_an_unknown_ladder():
    with pytest.raises(EvalkitError, match="efectladder") as caught:
        load_ladder("efectladder")
    assert "effectladder" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{fact: described}", "{fact: descibed}", "unknown fact 'descibed'; did you mean"),
        ("{fact: described}", "{fct: described}", "unknown predicate 'fct'; did you mean 'fact'"),
        ("{evidence: expired}", "{evidence: exspired}", "unknown kind 'exspired'"),
        ("{term: replicated}", "{term: replicate}", "unknown term 'replicate'"),
        ("{source}", "{bron}", "unknown slot 'bron'"),
        ("{source}", "{source", "a brace has no partner"),
        ("{source}", "source}", "a brace has no partner"),
        ("{source}", "{source!r}", "a slot is a name alone: {source}"),
        ("design: additionality survey", "design: additionality", "additionality"),
        ("shelf_life: 7", "shelf_life: zeven", "shelf_life"),
        ("  en: Effect ladder", "  fr: Échelle", "title"),
        ("  - level: 4\n    label", "  - level: 5\n    label", "without gaps"),
        ("    - {kind: causal, unhandled: pre-trends}",
         "    - {kind: sound, unhandled: pre-trends}", "must stand above"),
        ("{disagree: sound}", "{disagree: sond}", "unknown kind 'sond'"),
        ("against: sound}", "against: sond}", "unknown kind 'sond'"),
        ("  - id: described", "  - id: not-described", "two rules have this id"),
        ("kind: ladder", "kind: ladder\nkind: ladder", "kind"),
    ],
)  # fmt: skip
def test_a_ladder_that_does_not_hold_together(old, new, message):
    assert old in TEXT
    with pytest.raises(EvalkitError) as caught:
        read_ladder(TEXT.replace(old, new, 1), "proef.yaml")
    assert "proef.yaml" in str(caught.value)
    assert message in str(caught.value)


def test_a_rung_that_no_step_leads_to():
    text = TEXT.replace("  - to: 4\n", "  - to: 3\n")
    with pytest.raises(EvalkitError, match="nothing says how rung 4 is reached"):
        read_ladder(text, "proef.yaml")


@pytest.mark.parametrize("name", ladder_names())
def test_the_top_of_a_ladder_can_be_told_without_reading_its_rules(name):
    assert ladders.top(name) == load_ladder(name).top


def test_the_scales_place_what_is_no_effect():
    assert {scale.of for scale in scales()} == {"activities", "output", "efficiency"}
    assert not {scale.name for scale in scales()} & set(ladder_names())
