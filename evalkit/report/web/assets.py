"""What a page brings along: its style, its script, its fonts, and the policy that lets in no more.

A style has these in its folder `web`; one without borrows those of the style `seo`.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment

from evalkit.errors import EvalkitError
from evalkit.io.shipped import style_dir
from evalkit.report.style.style import Style
from evalkit.report.style.templates import environment
from evalkit.report.web.dark import dark, dark_other

_TYPES = {".woff2": "woff2", ".ttf": "truetype", ".otf": "opentype"}
_PAINT = re.compile(r'\b(?:fill|stroke)="(#[0-9A-Fa-f]{6})"')
_PICTURES = {".svg": "svg+xml", ".png": "png", ".jpg": "jpeg", ".jpeg": "jpeg"}
_MIME = {"woff2": "font/woff2", "truetype": "font/ttf", "opentype": "font/otf"}


def templates(style: Style) -> Environment:
    """The templates of a style, and behind them those of `seo`."""
    return environment([*(style.folders or (style.folder,)), style_dir("seo")])


def read(style: Style, name: str) -> str:
    """Read a file of the web folder."""
    own = style.find(style.folder / "web" / name)
    file = own if own.is_file() else style_dir("seo") / "web" / name
    return file.read_text(encoding="utf-8").strip()


def fonts(style: Style) -> str:
    """Write the fonts of a style into rules, each whole; packed as WOFF2 where it stands beside."""
    return "\n".join(map(_face, style.settings["fonts"]))


def _face(font: dict[str, str]) -> str:
    file = Path(font["file"])
    packed = file.with_suffix(".woff2")
    file = packed if packed.is_file() else file
    kind = _TYPES[file.suffix.lower()]
    data = b64encode(file.read_bytes()).decode()
    return (
        f'@font-face{{font-family:"{font["family"]}";font-weight:{font["weight"]};'
        f"font-style:{font['style']};font-display:swap;"
        f'src:url(data:{_MIME[kind]};base64,{data}) format("{kind}")}}'
    )


def logo(style: Style) -> str:
    """Write the logo of a style as an address that holds the picture; empty when it has none."""
    if not style.logo:
        return ""
    file = style.find(style.folder / style.logo)
    kind = _PICTURES.get(file.suffix.lower())
    if kind is None:
        known = ", ".join(_PICTURES)
        raise EvalkitError(f"{file} is no picture for a page", hint=f"let it end in {known}")
    return f"data:image/{kind};base64,{b64encode(file.read_bytes()).decode()}"


def tokens(style: Style, markup: str) -> str:
    """Write the colours and font families of a style as properties: ``--ink:#1A2428``.

    On a dark screen they take other values. Drawings hold the values and not the properties, so
    there they are told to follow; also in the colours without a name that `markup` holds.
    """
    light = {"paper": "#FFFFFF", **style.settings["colours"]}
    families = style.stacks
    cover = {f"cover-{name}": light[f"petrol-{name}"] for name in ("900", "300", "100")}
    follow = {value.upper(): f"var(--{name})" for name, value in light.items()}
    for value in sorted(set(map(str.upper, _PAINT.findall(markup))) - follow.keys()):
        follow[value] = dark_other(value, light)
    rules = "".join(
        f'svg:not(.cover-art) [{kind}="{value}" i]{{{kind}:{new}}}'
        for value, new in follow.items()
        for kind in ("fill", "stroke")
    )
    return (
        f"{_root({**light, **cover, **families})}\n"
        f"@media screen and (prefers-color-scheme:dark){{{_root(dark(light))}{rules}}}"
    )


def _root(found: Mapping[str, str]) -> str:
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in found.items())}}}"


def policy(css: str, script: str) -> str:
    """Write the content security policy of a page: this style, this script, and no request."""
    return "; ".join([
        "default-src 'none'",
        f"style-src {_hash(css)}",
        f"script-src {_hash(script)}",
        "font-src data:",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ])  # fmt: skip


def _hash(text: str) -> str:
    """Name a text as a policy does."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
