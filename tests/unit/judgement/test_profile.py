"""The ladders as data: each loads, and one that does not hold together says where."""

from __future__ import annotations

from importlib.resources import files

import pytest

from evalkit.errors import EvalkitError
from evalkit.judgement.ladder import Ladder
from evalkit.judgement.profile import ladder_names, load_ladder, read_ladder

TEXT = (files("evalkit.ladders") / "effectladder.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ladder_names())
def test_each_ladder_loads_and_names_its_source(name):
    ladder = load_ladder(name)
    assert ladder.name == name
    assert ladder.publisher
    assert ladder.edition
    assert ladder.note["nl"]


def test_a_ladder_survives_json(ladder):
    assert Ladder.from_json(ladder.model_dump_json(by_alias=True)) == ladder


def test_every_type_of_instrument_has_a_comparison_at_hand(ladder):
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
        ("design: additionality survey", "design: additionality", "additionality"),
        ("shelf_life: 7", "shelf_life: zeven", "shelf_life"),
        ("  en: Effect ladder", "  fr: Échelle", "title"),
        ("  - level: 4\n    label", "  - level: 5\n    label", "without gaps"),
        ("    - {kind: causal, design: did, untested: pre-trends}",
         "    - {kind: sound, untested: pre-trends}", "must stand above"),
        ("kind: ladder", "kind: ladder\nkind: ladder", "kind"),
    ],
)  # fmt: skip
def test_a_ladder_that_does_not_hold_together(old, new, message):
    assert old in TEXT
    with pytest.raises(EvalkitError) as caught:
        read_ladder(TEXT.replace(old, new, 1), "proef.yaml")
    assert "proef.yaml" in str(caught.value)
    assert message in str(caught.value)
