"""What a house style says about a Word file: paper, fonts and colours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evalkit.report.style.style import Style

_TEXT = 122
_MILLIMETRES = {"width": 210, "height": 297, "top": 30, "right": 20, "bottom": 24, "left": 22}


@dataclass(frozen=True, slots=True)
class Font:
    """A font file of the style."""

    family: str
    bold: bool
    italic: bool
    weight: int
    file: Path


@dataclass(frozen=True, slots=True)
class Look:
    """Paper in millimetres, the fonts, and colours by what they are for.

    Attributes
    ----------
    width, height, top, right, bottom, left
        The paper and its margins.
    gutter
        The column at the left of the text, in which numbers of headings stand.
    sans, serif
        The family of the text and that of the titles.
    fonts
        The files of both.
    ink, title, accent, quiet, line, tint, warning, warm
        Text; titles; labels and rules; small print; hairlines; the ground of a box; the label and
        the ground of a box that warns.
    """

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    gutter: float
    sans: str
    serif: str
    fonts: tuple[Font, ...]
    ink: str
    title: str
    accent: str
    quiet: str
    line: str
    tint: str
    warning: str
    warm: str

    @property
    def measure(self) -> float:
        """The width between the margins, gutter included."""
        return self.width - self.left - self.right

    @property
    def text(self) -> float:
        """The width of the column of text."""
        return self.measure - self.gutter


# The colour of the style that each comes from, and what stands in where it has none.
_COLOURS = {
    "ink": ("ink", "1A1A1A"),
    "title": ("petrol-900", None),
    "accent": ("petrol-700", None),
    "quiet": ("grey-600", "555555"),
    "line": ("grey-300", "BFBFBF"),
    "tint": ("petrol-50", "F4F4F4"),
    "warning": ("copper-700", None),
    "warm": ("copper-100", "F4F4F4"),
}


def look(style: Style) -> Look:
    """Read the look of a Word file from a house style.

    A ``[word]`` table in its ``style.toml`` may give the paper, its margins and the width of the
    `text` in millimetres, and each of the colours; what it leaves out is that of the shipped
    reports, or follows from the colours of the style.
    """
    settings, own = style.settings, style.settings.get("word", {})
    paper = {**_MILLIMETRES, **own}
    page: dict[str, Any] = {key: float(paper[key]) for key in _MILLIMETRES}
    measure = page["width"] - page["left"] - page["right"]
    column = float(own.get("text", _TEXT))
    fonts = tuple(_font(font, style.folder) for font in settings["fonts"])
    families = settings["families"]
    return Look(
        **page,
        gutter=max(measure - column, 0.0),
        sans=families["sans"],
        serif=families["serif"],
        fonts=fonts,
        **_colours(settings.get("colours", {}), own),
    )


def _font(font: dict[str, Any], folder: Path) -> Font:
    weight = int(font.get("weight", 400))
    italic = font.get("style", "normal") == "italic"
    return Font(font["family"], weight >= 600, italic, weight, folder / font["file"])


def _colours(known: dict[str, str], own: dict[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, (name, default) in _COLOURS.items():
        value = own.get(key) or known.get(name) or default or found["ink"]
        found[key] = value.removeprefix("#").upper()
    return found
