"""A case calls its instruments measures: every sentence of evalkit follows, in good Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import evalkit
from evalkit import evaluate
from evalkit.judgement.profile import ladder_names, load_ladder, scales
from evalkit.language.called import Called, as_called, of_measures, speaking_of
from evalkit.language.catalogue import label
from evalkit.language.packaged import packaged_toml
from evalkit.model import Case
from evalkit.report.assemble import assemble
from evalkit.report.pages.layout import markup
from evalkit.report.style.style import load_style
from tests.unit.judgement.evaluability.look_ahead import planned

ROOMS = (
    "evalkit.judgement", "evalkit.judgement.compliance", "evalkit.judgement.contribution",
    "evalkit.judgement.evaluability", "evalkit.judgement.mix",
)  # fmt: skip
SLOT = re.compile(r"\{\w+\}")
WRONG_NL = re.compile(
    r"\b(?:het|dit|dat|elk|welk|ieder|enkel|ander|\w+baar)(?: (?!de\b)\w+e)? maatregel\b"
    r"|\bmaatregel dat\b",
    re.IGNORECASE,
)
# What points back at one instrument: "het" would be of another gender than "de maatregel".
BACK = re.compile(
    r"\b[Ii]nstrument\b[^.]*[.;] [^.;]*\b(?:blijft|telt|krijgt|werkt) het"
    r"(?= (?:op|niet|bij|daarom|geen|aan|door)\b|[.,;])"
)


TEXT = """# A

Het gaat om {{ instruments | length | words }}.

::: trail
:::

::: evaluability
:::

::: table scores {#tbl-scores caption="Treden"}
:::
"""


def templates() -> Iterator[dict[str, str]]:
    for room in ROOMS:
        yield from _entries(packaged_toml(room, "wording.toml"))
    yield from _entries(packaged_toml("evalkit.language", "labels.toml"))
    for ladder in (*map(load_ladder, ladder_names()), *scales()):
        yield from _entries(ladder.model_dump(mode="json"))


def _entries(value: Any) -> Iterator[dict[str, str]]:
    if isinstance(value, dict):
        if value.keys() == {"nl", "en"}:
            yield value
        else:
            for part in value.values():
                yield from _entries(part)
    elif isinstance(value, list):
        for part in value:
            yield from _entries(part)


SPOKEN = [one for one in templates() if "instrument" in (one["nl"] + one["en"]).lower()]


def test_the_rooms_are_all_there() -> None:
    top = Path(evalkit.__file__).parent
    found = {
        one.parent.relative_to(top.parent) for one in (top / "judgement").rglob("wording.toml")
    }
    assert {".".join(one.parts) for one in found} == set(ROOMS)


@pytest.mark.parametrize("entry", SPOKEN, ids=lambda one: one["nl"][:40])
def test_every_template_can_speak_of_measures(entry: dict[str, str]) -> None:
    dutch, english = of_measures(entry["nl"], "nl"), of_measures(entry["en"], "en")
    for text in (SLOT.sub("", dutch), SLOT.sub("", english)):
        assert not re.search(r"\binstrument(?:en|s)?\b", text, re.IGNORECASE), text
    assert not WRONG_NL.search(dutch), dutch
    assert not BACK.search(entry["nl"]), entry["nl"]
    assert not re.search(r"\ban measure", english, re.IGNORECASE), english
    assert SLOT.findall(dutch) == SLOT.findall(entry["nl"])


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("Het instrument loopt", "De maatregel loopt"),
        ("wat dit instrument doet", "wat deze maatregel doet"),
        ("dat het hele instrument stopt", "dat de hele maatregel stopt"),
        ("Geen enkel instrument", "Geen enkele maatregel"),
        ("van een ander instrument", "van een andere maatregel"),
        ("een instrument dat loopt", "een maatregel die loopt"),
        ("Instrumenten", "Maatregelen"),
        ("dat alle instrumenten lopen", "dat alle maatregelen lopen"),
        ("een instrumentele variabele", "een instrumentele variabele"),
        ("{instruments} instrumenten", "{instruments} maatregelen"),
    ],
)
def test_articles_and_adjectives_follow(told: str, meant: str) -> None:
    assert of_measures(told, "nl") == meant


def test_the_name_holds_for_a_block() -> None:
    with speaking_of("measure"):
        assert label("scores.instrument", "nl") == "Maatregel"
        assert as_called({"nl": "het instrument"}) == {"nl": "de maatregel"}
    assert label("scores.instrument", "nl") == "Instrument"


@pytest.mark.parametrize(("called", "other"), [("measure", "instrument"), ("instrument", "maatre")])
def test_a_case_is_spoken_of_in_its_own_word(called: Called, other: str) -> None:
    chapter = {"01": TEXT}
    whole = Case.model_validate(planned().model_dump() | {"called": called, "chapters": chapter})
    found = evaluate(whole)
    assert other not in found.mix.prose().lower()
    assert other not in found.evaluability["bon"].summary().lower()
    html = markup(*assemble(found, load_style("seo"), "nl", draft=True)).split("<body")[1]
    told = re.sub(r"<[^>]+>", " ", html).lower()
    assert "trede" in told
    assert other not in told
