"""The gallery in the docs shows every figure and table, as they are now."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont

from evalkit.errors import EvalkitWarning
from evalkit.evaluation import evaluate
from evalkit.io.case import load_case
from evalkit.io.shipped import style_dir
from evalkit.report.assemble import assemble
from evalkit.report.data_exhibits import data_kinds
from evalkit.report.directives import FIGURES, TABLES
from evalkit.report.figures.text import FACES, measured_in
from evalkit.report.style.faces import faces_of
from evalkit.report.style.style import Style, load_style
from tests.unit.report.figures.drawn_words import collisions

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def gallery() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gallery_page", DOCS / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def made(gallery: ModuleType) -> dict[Path, str]:
    return gallery.pages()  # type: ignore[no-any-return]


def test_the_gallery_is_fresh(made: dict[Path, str]) -> None:
    stale = [
        file.name for file, text in made.items()
        if not file.is_file() or file.read_text("utf-8") != text
    ]  # fmt: skip
    assert not stale, "run `python docs/gallery.py`"
    kept = set((DOCS / "gallery").glob("*.svg"))
    assert kept == {file for file in made if file.suffix == ".svg"}


def test_every_kind_is_in_the_gallery(made: dict[Path, str]) -> None:
    page = made[DOCS / "gallery.md"]
    figures = {*FIGURES, *data_kinds("figure")}
    tables = {*TABLES, *data_kinds("table")}
    missing = [name for name in figures if f"::: figure {name} " not in page]
    missing += [name for name in tables if f"::: table {name} " not in page]
    assert not missing


def test_pictures_need_no_font_and_show_all_words(gallery: ModuleType) -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg"><text x="5" y="3" font-size="2" '
        'font-family="Source Sans 3" font-weight="400" text-anchor="end">ab a</text></svg>'
    )
    root = ET.fromstring(gallery.outlined(svg))  # noqa: S314
    names = [child.tag.rpartition("}")[2] for child in root.iter()]
    assert "text" not in names
    assert (names.count("use"), names.count("path")) == (3, 2)


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Style:
    """Make a house style whose letters are a quarter wider than ours."""
    folder = tmp_path_factory.mktemp("breed")
    lines = ['name = "breed"', 'title = "Breed"', 'extends = "seo"']
    lines += ["[families]", 'sans = "Breed"', 'serif = "Breed Serif"']
    for face in FACES:
        with TTFont(style_dir("seo") / "fonts" / face.file) as font:
            metrics = font["hmtx"].metrics
            metrics.update({name: (round(1.25 * w), side) for name, (w, side) in metrics.items()})
            font.save(folder / face.file)
        family = {"sans": "Breed", "serif": "Breed Serif"}[face.family]
        lines += ["[[fonts]]", f'family = "{family}"', f"weight = {face.weight}"]
        lines += ['style = "normal"', f'file = "{face.file}"']
    (folder / "style.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.warns(EvalkitWarning, match="the nearest of its fonts stands in"):
        return load_style(folder, folders=True)


def test_words_stay_apart_in_a_wider_font(gallery: ModuleType, wide: Style, tmp_path: Path) -> None:
    _, edition = assemble(evaluate(load_case(gallery.gallery_case(tmp_path))), wide, "nl")
    figures = [one for one in edition.exhibits if one.drawing.markup.startswith("<svg")]
    with measured_in(faces_of(wide.settings)):
        found = {one.id: collisions(one.drawing.markup) for one in figures}

    assert len(found) > 10
    assert not {id_: over for id_, over in found.items() if over}
