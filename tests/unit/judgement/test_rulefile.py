"""A file of rules that cannot be read says so at the place where it is to be mended."""

from __future__ import annotations

from importlib.resources import files

import pytest

from evalkit.errors import EvalkitError
from evalkit.judgement.profile import read_ladder

SHIPPED = (files("evalkit.ladders") / "effectladder.yaml").read_text("utf-8")


def refusal(text: str) -> str:
    with pytest.raises(EvalkitError) as caught:
        read_ladder(text, "eigen.yaml")
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "held"),
    [("", "nothing"), ("# nog doen\n", "nothing"), ("- a\n", "no keys"), ("tekst\n", "no keys")],
)
def test_a_file_without_keys(text: str, held: str) -> None:
    said = refusal(text)

    assert said.startswith(f"eigen.yaml: the file holds {held}\n")
    assert "hint: begin with the keys kind, name" in said


def test_a_key_in_the_wrong_place_is_told_where_it_belongs() -> None:
    moved = SHIPPED.replace("shelf_life: 7\n", "", 1)
    moved = moved.replace("rungs:\n  - level: 0\n", "rungs:\n  - level: 0\n    shelf_life: 7\n", 1)
    line = moved.count("\n", 0, moved.index("    shelf_life: 7")) + 1

    said = refusal(moved)

    assert f"shelf_life' is missing\n    hint: move it here from line {line}," in said
    assert f"eigen.yaml:{line}: rungs.0.shelf_life: unknown key" in said


def test_a_key_that_stands_nowhere_is_to_be_added() -> None:
    assert "hint: add it: it is required" in refusal(SHIPPED.replace("shelf_life: 7\n", "", 1))
