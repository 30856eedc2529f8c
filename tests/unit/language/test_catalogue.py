"""The catalogue of labels holds both languages for everything that can be printed."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from string import Formatter
from typing import get_args

import pytest

from evalkit.language.catalogue import label, labels
from evalkit.language.numbers import LANGUAGES
from evalkit.model.budget import Form
from evalkit.model.indicator import Measured
from evalkit.model.instrument import InstrumentType, Status
from evalkit.model.quantity import Qualifier
from evalkit.model.stage import Stage

CATALOGUE = tomllib.loads((files("evalkit.language") / "labels.toml").read_text(encoding="utf-8"))
ENTRIES = [(f"{s}.{n}", entry) for s, part in CATALOGUE.items() for n, entry in part.items()]


@pytest.mark.parametrize(("key", "entry"), ENTRIES)
def test_every_label_has_both_languages(key: str, entry: dict[str, str]) -> None:
    assert set(entry) == set(LANGUAGES), key
    assert all(text.strip() == text and text for text in entry.values())
    slots = [{name for _, name, *_ in Formatter().parse(text) if name} for text in entry.values()]
    assert slots[0] == slots[1], f"{key} fills in other things in Dutch than in English"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("stage", [str(stage) for stage in Stage]),
        ("type", get_args(InstrumentType)),
        ("status", [word.replace(" ", "-") for word in get_args(Status)]),
        ("measured", get_args(Measured)),
        ("form", [word.replace(" ", "-") for word in get_args(Form)]),
        ("qualifier", [word for word in get_args(Qualifier) if word.isalpha()]),
        ("scale", ["3", "6", "9"]),
        ("ordinal", ["1", "2", "3", "4"]),
        ("role", ["baseline", "actual", "target", "no_policy"]),
    ],
)
def test_every_word_of_the_model_has_a_label(section: str, words: list[str]) -> None:
    for lang in LANGUAGES:
        assert set(words) <= set(labels(section, lang))


def test_looking_up() -> None:
    assert label("stage.activities", "nl") == "Activiteiten"
    assert label("stage.activities", "en") == "Activities"
    assert label("unit.scholen", "en", "scholen") == "scholen"
    with pytest.raises(KeyError, match=r"labels\.toml has no 'stage\.onzin'"):
        label("stage.onzin", "nl")
