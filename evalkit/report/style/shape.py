"""The shape of a ``style.toml``: whether each key holds what is read from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evalkit.language.suggest import did_you_mean

_SINGLE = ("name", "title", "extends", "logo", "parts", "grey")  # these are no tables
_TABLES = ("families", "colours", "word")
_KEYS = (*_SINGLE, *_TABLES, "fonts")
_FONT = {"family": str, "weight": int, "style": str, "file": str}
_FONTS = (".ttf", ".otf", ".woff2")
_PICTURES = (".svg", ".png", ".jpg", ".jpeg")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}")
_SIZES = ("width", "height", "top", "right", "bottom", "left", "text")


def flaws_of_shape(settings: dict[str, Any]) -> list[str]:
    """Find the keys of a ``style.toml`` that do not hold what they should.

    Examples
    --------
    >>> flaws_of_shape({"parts": "cover"})
    ["parts: write a list of names, as in ['cover', 'contents']"]
    """
    misplaced = [*_misplaced(settings), *_unknown(settings)]
    return misplaced or [
        *_parts(settings), *_texts(settings), *_fonts(settings), *_word(settings)
    ]  # fmt: skip


def _misplaced(settings: dict[str, Any]) -> Iterator[str]:
    """Find keys below the first table: TOML reads them as part of the table above them."""
    fonts = settings.get("fonts", [])
    tables = [(f"[{key}]", settings.get(key, {})) for key in _TABLES]
    tables += [("[[fonts]]", one) for one in (fonts if isinstance(fonts, list) else ())]
    for name, table in tables:
        for key in _SINGLE if isinstance(table, dict) else ():
            value = table.get(key, "#000000")
            if not (isinstance(value, str) and _HEX.fullmatch(value)):  # else a colour "grey"
                yield f"{key}: this line stands under {name}; put it above the first line with ["


def _unknown(settings: dict[str, Any]) -> Iterator[str]:
    for key in settings:
        if key not in _KEYS:
            yield f"{key}: there is no such key; {did_you_mean(key, _KEYS)}"


def _parts(settings: dict[str, Any]) -> Iterator[str]:
    parts = settings.get("parts", [])
    if not isinstance(parts, list) or not all(isinstance(part, str) for part in parts):
        yield "parts: write a list of names, as in ['cover', 'contents']"


def _texts(settings: dict[str, Any]) -> Iterator[str]:
    for key in ("extends", "logo"):
        if not isinstance(settings.get(key, ""), str):
            yield f'{key}: write a name between quotes, as in "seo"'
    logo = settings.get("logo", "")
    if isinstance(logo, str) and logo and not logo.lower().endswith(_PICTURES):
        yield f"logo: '{logo}' is no picture; let it end in {', '.join(_PICTURES)}"
    for key in ("colours", "families"):
        table = settings.get(key, {})
        if not isinstance(table, dict) or not all(isinstance(one, str) for one in table.values()):
            yield f'[{key}]: write names with a value between quotes, as in ink = "#1A2428"'


def _fonts(settings: dict[str, Any]) -> Iterator[str]:
    fonts = settings.get("fonts", [])
    if not isinstance(fonts, list) or not all(isinstance(font, dict) for font in fonts):
        yield "fonts: begin each font with a line [[fonts]]"
        return
    for number, font in enumerate(fonts, start=1):
        lacking = [key for key, kind in _FONT.items() if not isinstance(font.get(key), kind)]
        if lacking:
            how = "; write a number, as in weight = 700" if "weight" in lacking else ""
            yield f"fonts: font {number} has no proper {', '.join(lacking)}{how}"
        elif not font["file"].lower().endswith(_FONTS):
            yield f"fonts: '{font['file']}' is no font; let it end in {', '.join(_FONTS)}"


def _word(settings: dict[str, Any]) -> Iterator[str]:
    word = settings.get("word", {})
    if not isinstance(word, dict):
        yield "word: begin it with a line [word]"
        return
    for key, value in word.items():
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if key in _SIZES and not (number and value >= 0):
            yield f"word: '{key}' is no length in millimetres: {value!r}"
        if key not in _SIZES and not (isinstance(value, str) and _HEX.fullmatch(value)):
            yield f"word: '{key}' is no colour: {value!r}; write it as \"#1A2428\""
