"""Figures are measured in the fonts of the house style that they are printed in."""

from __future__ import annotations

from pathlib import Path

import pytest

from evalkit.io.shipped import style_dir
from evalkit.report.figures.text import FACES, SANS, SANS_SEMIBOLD, SERIF, measured_in, width
from evalkit.report.style.faces import faces_of
from evalkit.report.style.style import load_style

FONTS = style_dir("seo") / "fonts"


def test_seo_measures_in_the_files_that_stand_in_the_faces() -> None:
    assert faces_of(load_style("seo").settings) == {
        face: (FONTS / face.file).resolve() for face in FACES
    }


def test_another_style_measures_in_its_own(tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_text(
        'name = "x"\ntitle = "X"\nextends = "seo"\n[families]\nserif = "Own"\nsans = "Own"\n'
        f'[[fonts]]\nfamily = "Own"\nweight = 400\nstyle = "normal"\n'
        f'file = "{(FONTS / SERIF.file).resolve()}"\n',
        encoding="utf-8",
    )
    measured = faces_of(load_style(tmp_path, folders=True).settings)

    assert {file.name for file in measured.values()} == {SERIF.file}
    before = width("breedte", SANS, 10)
    with measured_in(measured):
        assert width("breedte", SANS, 10) == pytest.approx(width("breedte", SERIF, 10))
        assert width("breedte", SANS, 10) != pytest.approx(before)
    assert width("breedte", SANS, 10) == before


def test_the_nearest_weight_stands_in() -> None:
    own = faces_of(load_style("kaal").settings)

    assert own[SANS_SEMIBOLD].name == "SourceSans3-Semibold.ttf"
    assert own[SERIF].name == "SourceSans3-Regular.ttf"  # kaal has no serif
