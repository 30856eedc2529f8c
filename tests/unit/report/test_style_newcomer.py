"""Slips of who makes a first house style."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.report.style.style import load_style


def refusal(folder: Path, settings: str, name: str = "") -> str:
    folder.mkdir()
    head = 'name = "huis"\ntitle = "Huis"\nextends = "seo"\n'
    (folder / "style.toml").write_text(f"{head}{settings}", encoding="utf-8")
    with pytest.raises(EvalkitError) as caught:
        load_style(name or folder, folders=True)
    return str(caught.value)


def test_a_part_that_is_not_there_is_answered_with_those_that_are(tmp_path: Path) -> None:
    said = refusal(tmp_path / "huis", 'parts = ["toc", "summary", "chapters", "appendices"]\n')

    assert "style.toml:4: parts: there is no sections/toc.html.j2" in said
    assert "choose from: appendices, chapters, colophon, contents, cover, summary" in said
    assert "instrument" not in said


def test_a_slip_in_a_part_is_guessed(tmp_path: Path) -> None:
    said = refusal(tmp_path / "huis", 'parts = ["content", "summary", "chapters", "appendices"]\n')

    assert "did you mean 'contents'?" in said


def test_a_weight_is_a_number(tmp_path: Path) -> None:
    font = '[[fonts]]\nfamily = "X"\nweight = "bold"\nstyle = "normal"\nfile = "x.ttf"\n'

    assert "no proper weight; write a number, as in weight = 700" in refusal(tmp_path / "h", font)


def test_a_colour_that_nothing_uses_is_told_and_the_style_still_holds(tmp_path: Path) -> None:
    head = 'name = "huis"\ntitle = "Huis"\nextends = "seo"\n[colours]\n'
    colours = '"petrol-70O" = "#123456"\nzee = "#123456"\nmijn = "#123456"\nink = "#111111"\n'
    (tmp_path / "style.toml").write_text(f"{head}{colours}", encoding="utf-8")
    (tmp_path / "own.css").write_text("p { color: var(--mijn); }", encoding="utf-8")

    with pytest.warns(EvalkitWarning) as told:
        style = load_style(tmp_path, folders=True)

    lines = [str(one.message).removeprefix(f"{tmp_path}/") for one in told]
    said = "is used by no sheet, template or drawing"
    assert lines == [
        f"style.toml:5: colours: 'petrol-70O' {said}; did you mean 'petrol-700'?",
        f"style.toml:6: colours: 'zee' {said}; take it out, or use it in a sheet as var(--…)",
    ]
    assert style.settings["colours"]["ink"] == "#111111"


@pytest.mark.parametrize("name", ["seo", "kaal"])
def test_every_colour_of_a_shipped_style_is_used(
    name: str, recwarn: pytest.WarningsRecorder
) -> None:
    load_style(name)
    assert not recwarn.list


def test_the_style_that_shows_how_it_goes_is_there(tmp_path: Path) -> None:
    said = refusal(tmp_path / "huis", "[[fonts]]\n")

    shown = said.partition("hint: ")[2].partition(" shows how it goes")[0]

    assert Path(shown).name == "style.toml"
    assert Path(shown).is_file()


def test_a_folder_beside_is_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    said = refusal(tmp_path / "huisstijl", "", name="huistijl")

    assert "no style 'huistijl'" in said
    assert "did you mean 'huisstijl'? (or the folder" in said
