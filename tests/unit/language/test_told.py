"""Every sentence of an estimator or diagnostic can be said in Dutch and in English."""

from __future__ import annotations

import ast
import copy
import json
import pickle
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import numpy as np
import pytest

import evalkit
from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.language.numbers import LANGUAGES
from evalkit.language.told import Told, sentence, spoken, templates, told

SOURCE = Path(evalkit.__file__).parent
FEW = {"count": 12, "remedy": "dus"}


def slots(template: str) -> dict[str, set[str]]:
    """The slots of a template, each with the forms that are numbers."""
    found: dict[str, set[str]] = {}
    for _, name, form, _ in Formatter().parse(template):
        if name is not None:
            forms = found.setdefault(name, set())
            forms |= set() if not form or "|" in form else {form}
    return found


def keys(node: ast.expr) -> list[str]:
    """The keys that the first argument of `told` may be."""
    if isinstance(node, ast.IfExp):
        return keys(node.body) + keys(node.orelse)
    assert isinstance(node, ast.Constant), f"line {node.lineno}: the key is not written out"
    return [node.value]


def uses() -> Iterator[tuple[str, str, set[str]]]:
    """Every call of `told` in the source: where, its key and the slots that it fills."""
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if not re.search(r"^from evalkit\.language\.told import .*\btold\b", text, re.MULTILINE):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "told":
                filled = {str(one.arg) for one in node.keywords}
                where = f"{file.relative_to(SOURCE)}:{node.lineno}"
                yield from ((where, key, filled) for key in keys(node.args[0]))


USES = list(uses())


@pytest.mark.parametrize(("where", "key", "filled"), USES, ids=[one[0] for one in USES])
def test_what_is_said_has_a_template_with_these_slots(
    where: str, key: str, filled: set[str]
) -> None:
    assert key in templates(), where
    assert filled == set(slots(templates()[key]["en"])), where


def test_every_template_is_used_and_has_one_place() -> None:
    assert set(templates()) == {key for _, key, _ in USES}
    heads = Counter(
        head
        for file in (SOURCE / "language/sentences").iterdir()
        for head in re.findall(r"^\[(.+)\]$", file.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(heads.values()) == {1}


@pytest.mark.parametrize("key", templates())
def test_both_languages_say_the_same(key: str) -> None:
    entry = templates()[key]
    assert set(entry) == set(LANGUAGES)
    dutch, english = (slots(entry[lang]) for lang in LANGUAGES)
    assert dutch.keys() == english.keys(), "fills in other things in Dutch than in English"
    assert dutch == english, "prints a number otherwise in Dutch than in English"
    for text in entry.values():
        assert text == text.strip()
        assert text
        for _, name, form, _ in Formatter().parse(text):
            if form and "|" in form:  # the value of another slot might hold a bar
                assert form.count("|") == 1
                assert set(slots(form)) <= {name}


def test_dutch_is_no_english() -> None:
    same = {key for key, entry in templates().items() if entry["nl"] == entry["en"]}
    wordless = {key for key in same if not re.search(r"[a-z]", re.sub(r"{.*?}", "", entry_of(key)))}
    assert same == wordless


def entry_of(key: str) -> str:
    return templates()[key]["nl"]


def test_numbers_follow_the_language() -> None:
    found = told("overlap.found", outside=0.0512, top=0.4488, size=1249.4, apart=0.021)
    assert "5.1%" in found
    assert "1,249" in found
    dutch = found.into("nl")
    assert "5,1%" in dutch
    assert "0,449" in dutch
    assert "1.249" in dutch
    power = told("power.found", mde=-0.04, wanted=0.8, alpha=0.05).into("nl")
    assert "−0,04" in power
    assert "80%" in power


@pytest.mark.parametrize(
    ("p", "dutch"), [(0.0312, "p = 0,031"), (0.17, "p = 0,17"), (2e-9, "p < 0,001")]
)
def test_p_values(p: float, dutch: str) -> None:
    found = told("jackknife.found", clusters=12, p=p, own=np.nan)
    assert f"geeft de jackknife {dutch}" in found.into("nl")
    assert "geen p-waarde" in found.into("nl")


def test_one_and_more() -> None:
    one, two = (told("few-treated.units", count=n).into("nl") for n in (1, 2))
    assert (one, two) == ("één eenheid is", "2 eenheden zijn")
    lone = told("jackknife.lone", cohorts=[told("cohort.of", cohort="2004")])
    assert lone == "cohort 2004 has one cluster, without which another effect is estimated"
    both = told("jackknife.lone", cohorts=[told("cohort.of", cohort="2004"), told("cohort.never")])
    assert both.into("nl").startswith("de groep van 2004 en de nooit behandelde groep bestaan uit")
    many = told("rounding.no-error", terms=["a", "b", "c"])
    assert "achter a, b en c zijn" in many.into("nl")
    assert "behind a, b and c are" in many


def test_columns_have_the_names_of_the_case() -> None:
    found = told("leave-one-out.note", cohort="2004", note=told("two-by-two.moving", name="lpop"))
    assert "covariaat ‘inwoners’ verandert" in found.into("nl", {"lpop": "inwoners"})
    assert "'inhabitants'" in found.into("en", {"lpop": "inhabitants"})
    assert "'lpop'" in found


def test_a_value_is_never_read_as_a_template() -> None:
    found = told("two-by-two.moving", name="{x|y}")
    assert "‘{x|y}’" in found.into("nl")


@pytest.mark.parametrize(
    "again",
    [
        lambda one: pickle.loads(pickle.dumps(one)),  # noqa: S301  made here
        copy.deepcopy,
        copy.copy,
        str,
        lambda one: str(EvalkitError(one)),
        lambda one: pickle.loads(pickle.dumps(EvalkitError(one))).message,  # noqa: S301
        lambda one: told("placebo.note", where="x", note=one).slots["note"],
    ],
)
def test_it_keeps_its_dutch(again) -> None:
    found = again(told("clusters.few", **FEW))
    assert found == told("clusters.few", **FEW)
    assert found.into("nl").startswith("de intervallen rusten op 12 clusters")


def test_it_passes_through_a_warning() -> None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warnings.warn(told("clusters.few", **FEW), EvalkitWarning, stacklevel=1)
    assert isinstance(str(caught[0].message), Told)


def test_it_is_an_english_string() -> None:
    found = told("clusters.few", **FEW)
    assert isinstance(found, str)
    assert type(found.into("en")) is str
    assert json.loads(json.dumps([found])) == [found.into("en")]
    assert {found: 1}["12 clusters are few: intervals are too short; dus"] == 1


def test_other_text_stays_as_it_is() -> None:
    assert spoken("a note of one's own", "nl") == "a note of one's own"
    assert sentence("een zin") == "Een zin."
    assert sentence("Al een zin.") == "Al een zin."


@pytest.mark.parametrize("slot", [None, True, 1.5])
def test_what_cannot_be_said_is_refused(slot: object) -> None:
    with pytest.raises(TypeError):  # a number with decimals needs to be told how many
        told("clusters.few", count=slot, remedy="dus")
    with pytest.raises(KeyError):
        told("clusters.few", count=3)
    with pytest.raises(KeyError):
        told("clusters.nonsense")
