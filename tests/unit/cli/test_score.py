"""``evalkit score``: on the ladder of the case, another that is shipped, and one of your own."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from evalkit.cli import app
from evalkit.io.case import load_case
from evalkit.io.new_case import new_case
from evalkit.judgement.profile import find_ladder
from evalkit.judgement.score import score_case

run = CliRunner().invoke
SHIPPED = (files("evalkit.ladders") / "sms-wwg.yaml").read_text("utf-8")
OWN = SHIPPED.replace("name: sms-wwg", "name: my-scale", 1).replace(
    "  en: Maryland Scientific Methods Scale", "  en: The scale of our bureau", 1
)


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> str:
    return str(new_case("my-case", into=tmp_path_factory.mktemp("score"), lang="en"))


def levels(*arguments: str) -> dict[str, int]:
    found = run(app, ["score", *arguments, "--json"])
    assert found.exit_code == 0, found.output
    told = json.loads(found.stdout)["instruments"]
    return {one["id"]: one["level"] for one in told}


def refused(case: str, ladder: Path | str) -> str:
    found = run(app, ["score", case, "--ladder", str(ladder)])
    assert found.exit_code == 1
    return str(found.exception)


def test_a_ladder_from_a_file_scores_as_the_shipped_one_that_it_copies(
    case: str, tmp_path: Path
) -> None:
    file = tmp_path / "my-scale.yaml"
    file.write_text(OWN, encoding="utf-8")
    own = levels(case, "--ladder", str(file))
    assert own == levels(case, "--ladder", "sms-wwg")
    assert own != levels(case)
    told = run(app, ["score", case, "--ladder", str(file)])
    assert "The scale of our bureau" in told.stdout


def test_what_the_analyses_found_counts_on_a_ladder_from_a_file(case: str, tmp_path: Path) -> None:
    file = tmp_path / "my-scale.yaml"
    file.write_text(OWN, encoding="utf-8")
    ladder = find_ladder(file)
    bare = score_case(load_case(case), ladder)["learning-advice"].level
    assert levels(case, "--ladder", str(file))["learning-advice"] > bare


def test_every_fault_of_a_file_is_told_with_its_line(case: str, tmp_path: Path) -> None:
    file = tmp_path / "my-scale.yaml"
    text = OWN.replace("evidence: groups-unlike", "evidence: groups-alike")
    file.write_text(text, encoding="utf-8")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "groups-alike" in line]
    told = refused(case, file)
    assert lines
    for line in lines:
        assert f"{file}:{line}: " in told
    assert "unknown kind 'groups-alike'" in told


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        ("shelf_life: 7", "shelf_life: seven", "'seven' is not a whole number"),
        ("shelf_life: 7", "shelf_lives: 7", "the key 'shelf_life' is missing"),
        ("shelf_life: 7", "shelf_life: 7: 8", "this is not YAML"),
    ],
)
def test_a_value_that_cannot_be_is_told_in_plain_words(
    case: str, tmp_path: Path, old: str, new: str, wanted: str
) -> None:
    file = tmp_path / "my-scale.yaml"
    file.write_text(OWN.replace(old, new), encoding="utf-8")
    told = refused(case, file)
    assert f"{file}:" in told
    assert wanted in told
    assert "hint:" in told


def test_a_rule_is_found_by_its_id(case: str, tmp_path: Path) -> None:
    file = tmp_path / "my-scale.yaml"
    number = next(n for n, line in enumerate(OWN.splitlines(), 1) if line.startswith("  - id: "))
    name = OWN.splitlines()[number - 1].removeprefix("  - id: ").strip()
    head, _, tail = OWN.partition(f"- id: {name}\n")
    file.write_text(f"{head}- id: {name}\n{tail.replace('level: ', 'level: 1', 1)}", "utf-8")
    assert f"{file}:{number}: {name}: there is no rung" in refused(case, file)


def test_what_is_no_ladder_of_effects_is_refused(case: str, tmp_path: Path) -> None:
    scale = tmp_path / "scale.yaml"
    scale.write_text((files("evalkit.ladders") / "output.yaml").read_text("utf-8"), "utf-8")
    assert "a scale of the output" in refused(case, scale)
    other = tmp_path / "other.yaml"
    other.write_text(SHIPPED.replace("shelf_life: 7", "shelf_life: 5"), encoding="utf-8")
    assert "ships another ladder with the name 'sms-wwg'" in refused(case, other)
    other.write_bytes(b"name: \xff")
    assert "not text in UTF-8" in refused(case, other)
    assert "No such file" in refused(case, tmp_path / "nowhere.yaml")
    assert "cannot be read" in refused(case, tmp_path)


def test_a_name_that_is_not_shipped_leads_to_both_ways(case: str) -> None:
    told = refused(case, "nestta")
    assert "there is no ladder 'nestta'" in told
    assert "nesta" in told
    assert "nestta.yaml" in told
