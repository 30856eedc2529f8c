"""A report is set in the fonts of its style, whatever the machine has of the same name."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import pypdfium2
import pytest
from weasyprint import HTML

from evalkit.errors import EvalkitError, EvalkitWarning
from evalkit.io.shipped import style_dir
from evalkit.report.figures.palette import RIBBONS
from evalkit.report.style.machine import fonts_of
from evalkit.report.style.style import load_style

FONTS = style_dir("seo") / "fonts"
HEAD = 'name = "huis"\ntitle = "Huis"\nextends = "seo"\n'


def house(folder: Path, *fonts: tuple[int, str, str], top: str = "", below: str = "") -> Path:
    """Make a style of one family, with these weights, slants and files."""
    folder.mkdir()
    lines = [HEAD, top, '[families]\nsans = "Huisletter"\nserif = "Huisletter"\n', below]
    for weight, slant, file in fonts:
        shutil.copy(FONTS / file, folder)
        lines.append(
            f'[[fonts]]\nfamily = "Huisletter"\nweight = {weight}\nstyle = "{slant}"\n'
            f'file = "{file}"\n'
        )
    (folder / "style.toml").write_text("".join(lines), encoding="utf-8")
    return folder


REGULAR = (400, "normal", "SourceSans3-Regular.ttf")
ITALIC = (400, "italic", "SourceSans3-It.ttf")
BOLD = (700, "normal", "SourceSans3-Bold.ttf")
WHOLE = (REGULAR, ITALIC, BOLD, (600, *BOLD[1:]), (300, *REGULAR[1:]))


def test_a_weight_that_the_machine_has_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine has the family of the style in bold, and the style does not."""
    machine = tmp_path / "machine"
    machine.mkdir()
    shutil.copy(FONTS / "SourceSans3-Bold.ttf", machine)
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig>'
        f"<dir>{machine}</dir><cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(settings))
    html = (
        '<style>@font-face { font-family: "Source Sans 3"; font-weight: 400; font-style: normal; '
        f'src: url("{(FONTS / "SourceSans3-Regular.ttf").as_uri()}") }}'
        'p { font: 700 12pt "Source Sans 3" }</style><p>dik</p>'
    )

    def widths(families: tuple[str, ...]) -> float:
        data = HTML(string=html).write_pdf(font_config=fonts_of(families))
        (text,) = pypdfium2.PdfDocument(data)[0].get_objects(filter=[1])
        left, _, right, _ = text.get_bounds()
        return float(right - left)

    assert widths(("Source Sans 3",)) < widths(("Other",))  # regular is narrower than bold


def test_the_environment_is_left_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    fonts_of(["A & B"])
    assert "FONTCONFIG_FILE" not in os.environ
    monkeypatch.setenv("FONTCONFIG_FILE", "/nergens.conf")
    fonts_of(["A & B"])
    assert os.environ["FONTCONFIG_FILE"] == "/nergens.conf"


def test_a_weight_that_lacks_is_told_with_who_asks_for_it(tmp_path: Path) -> None:
    with pytest.warns(EvalkitWarning) as told:
        load_style(house(tmp_path / "huis", REGULAR, ITALIC, BOLD), folders=True)

    light, semibold = (str(one.message).partition("fonts: ")[2] for one in told)
    assert light.startswith("'Huisletter' has no weight 300, asked for by blocks.css:")
    assert semibold.startswith("'Huisletter' has no weight 600, asked for by agenda.css:")
    assert semibold.endswith('weight = 600, style = "normal" and the file that may stand in')
    assert "more; the nearest of its fonts stands in" in semibold


def test_an_italic_that_lacks_is_told(tmp_path: Path) -> None:
    with pytest.warns(EvalkitWarning, match="has no italic of weight 400, asked for by type.css"):
        load_style(house(tmp_path / "huis", *(one for one in WHOLE if one != ITALIC)), folders=True)


def test_a_whole_family_is_silent(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_style(house(tmp_path / "huis", *WHOLE), folders=True)


def test_a_family_without_a_font_names_itself_and_the_one_that_is_near(tmp_path: Path) -> None:
    folder = house(tmp_path / "huis", *WHOLE)
    file = folder / "style.toml"
    file.write_text(file.read_text("utf-8").replace('sans = "Huisletter"', 'sans = "Huisleter"'))

    with pytest.raises(EvalkitError) as caught:
        load_style(folder, folders=True)

    said = "families: 'sans' names 'Huisleter', and no [[fonts]] has that family"
    assert f"style.toml:5: {said}; did you mean 'Huisletter'?" in str(caught.value)


@pytest.mark.parametrize("below", ["", "[colours]\n"])
def test_a_logo_below_a_table_is_told_where_it_stands(tmp_path: Path, below: str) -> None:
    folder = house(tmp_path / "huis", *WHOLE, below=f'{below}logo = "logo.svg"\n')

    with pytest.raises(EvalkitError) as caught:
        load_style(folder, folders=True)

    table = "[colours]" if below else "[families]"
    said = f"logo: this line stands under {table}; put it above the first line with ["
    assert said in str(caught.value)


def test_a_logo_at_the_end_stands_under_the_last_font(tmp_path: Path) -> None:
    folder = house(tmp_path / "huis", *WHOLE)
    with (folder / "style.toml").open("a", encoding="utf-8") as file:
        file.write('logo = "logo.svg"\n')

    with pytest.raises(EvalkitError, match=r"logo: this line stands under \[\[fonts\]\]"):
        load_style(folder, folders=True)


def test_a_key_that_is_not_there_is_guessed(tmp_path: Path) -> None:
    folder = house(tmp_path / "huis", *WHOLE, top='loge = "logo.svg"\n')

    with pytest.raises(EvalkitError, match="loge: there is no such key; did you mean 'logo'"):
        load_style(folder, folders=True)


def test_the_bands_of_the_cover_follow_the_petrols(tmp_path: Path) -> None:
    drawn = "".join(f'stroke="{colour}"' for colour in RIBBONS)
    reds = ('petrol-900 = "#2B1010"\npetrol-700 = "#5A1A1A"\npetrol-500 = "#8A3030"\n'
            'petrol-400 = "#B07070"\npetrol-300 = "#C9A0A0"\n')  # fmt: skip
    style = load_style(house(tmp_path / "a", *WHOLE, below=f"[colours]\n{reds}"), folders=True)
    own = f'[colours]\n{reds}cover-band-2 = "#ABCDEF"\n'
    named = load_style(house(tmp_path / "b", *WHOLE, below=own), folders=True)

    assert load_style("seo").paint(drawn) == drawn
    assert style.paint(drawn) == "".join(
        f'stroke="{colour}"' for colour in ("#5A1A1A", "#722525", "#8A3030", "#9D5050")
    )
    assert 'stroke="#ABCDEF"' in named.paint(drawn)
