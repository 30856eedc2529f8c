"""Where the words of a drawing stand, and which of them run into each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

from evalkit.report.figures.svg import POINT
from evalkit.report.figures.text import SANS, SANS_BOLD, SANS_SEMIBOLD, SERIF, Face, width

SVG = "{http://www.w3.org/2000/svg}"
TOUCH = 0.25
"""Millimetres that two words may share before a reader sees it."""


@dataclass(frozen=True)
class Line:
    """The box around a line of text."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Line) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > TOUCH
            and min(self.bottom, other.bottom) - max(self.top, other.top) > TOUCH
        )


def collisions(markup: str) -> list[str]:
    """Name the words of a drawing that lie over others, or outside the drawing."""
    root = ET.fromstring(markup)  # noqa: S314 - our own drawing
    wide = float(root.get("viewBox", "").split()[2])
    lines = list(_lines(root))
    over = [f"{a.words} | {b.words}" for a, b in combinations(lines, 2) if a.meets(b)]
    out = [one.words for one in lines if one.left < -TOUCH or one.right > wide + TOUCH]
    return [*over, *out]


def _lines(part: ET.Element, down: float = 0.0) -> Iterator[Line]:
    moved = part.get("transform", "")
    if "scale" in moved:
        return  # a drawing made smaller as a whole: its words stand as they did
    for below in re.findall(r"translate\(0 ([\d.]+)\)", moved):
        down += float(below)
    if part.tag == f"{SVG}text":
        yield _line(part, down)
    for child in part:
        yield from _lines(child, down)


def _line(part: ET.Element, down: float) -> Line:
    words, size = part.text or "", float(part.get("font-size", 0))
    wide = width(words, _face(part), size / POINT)
    wide += float(part.get("letter-spacing", 0)) * len(words)
    begin = float(part.get("x", 0))
    begin -= {"middle": wide / 2, "end": wide}.get(part.get("text-anchor", ""), 0.0)
    y = float(part.get("y", 0)) + down
    return Line(words, begin, begin + wide, y - 0.7 * size, y)


def _face(part: ET.Element) -> Face:
    if "Serif" in part.get("font-family", ""):
        return SERIF
    weight = int(part.get("font-weight", 400))
    return SANS_BOLD if weight >= 700 else SANS_SEMIBOLD if weight >= 600 else SANS
