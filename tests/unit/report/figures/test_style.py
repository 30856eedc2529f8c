"""The style file, the style sheets and the fonts agree."""

from __future__ import annotations

import re
import tomllib

from evalkit.io.shipped import style_dir

STYLE = style_dir("seo")
DATA = tomllib.loads((STYLE / "style.toml").read_text("utf-8"))


def test_every_font_is_there() -> None:
    assert all((STYLE / font["file"]).is_file() for font in DATA["fonts"])


def test_the_fonts_come_with_their_licence() -> None:
    assert len(list((STYLE / "fonts").glob("LICENSE*"))) == 2


def test_every_part_has_a_template() -> None:
    assert all((STYLE / "sections" / f"{part}.html.j2").is_file() for part in DATA["parts"])


def test_style_sheets_name_their_colours_and_families() -> None:
    for sheet in STYLE.glob("*.css"):
        text = sheet.read_text("utf-8").lower()
        assert set(re.findall(r"#[0-9a-f]{3,6}\b", text)) <= {"#fff"}, sheet.name
        assert "source s" not in text, sheet.name
