"""The style file, the style sheets and the fonts agree."""

from __future__ import annotations

import re
import tomllib

from evalkit.io.shipped import style_dir

STYLE = style_dir("seo")
DATA = tomllib.loads((STYLE / "style.toml").read_text("utf-8"))


def test_every_font_is_there_and_declared() -> None:
    declared = re.findall(r'src: url\("([^"]+)"\)', (STYLE / "fonts.css").read_text("utf-8"))
    assert declared == [font["file"] for font in DATA["fonts"]]
    assert all((STYLE / file).is_file() for file in declared)


def test_the_fonts_come_with_their_licence() -> None:
    assert len(list((STYLE / "fonts").glob("LICENSE*"))) == 2


def test_every_part_has_a_template() -> None:
    assert all((STYLE / "sections" / f"{part}.html.j2").is_file() for part in DATA["parts"])


def test_style_sheets_use_colours_of_the_style_only() -> None:
    known = {colour.lower() for colour in DATA["colours"].values()} | {"#fff"}
    for sheet in STYLE.glob("*.css"):
        used = set(re.findall(r"#[0-9a-f]{3,6}\b", sheet.read_text("utf-8").lower()))
        assert used <= known, sheet.name
