"""How parts of a bar are told apart: by shade, and by hatching where shades run out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evalkit.report.figures.palette import (
    INK,
    PETROL_100,
    PETROL_300,
    PETROL_500,
    PETROL_700,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.svg import drawing, element

_PITCH = 1.5  # between the lines of a hatching
_EDGE = 0.22


@dataclass(frozen=True, slots=True)
class Fill:
    """A shade, its hatching, and the ink of words on it.

    Attributes
    ----------
    shade
        The colour of the ground.
    hatch
        Slope of the lines on it: 1 rises, -1 falls, 0 is level; None is without.
    words
        The colour of a number that stands on it.
    """

    shade: str
    hatch: int | None = None
    words: str = INK


# By luminance first; every fill has an edge, so that light ones keep a contrast of 3 to 1.
FILLS: Final = (
    Fill(PETROL_900, words=WHITE),
    Fill(PETROL_500, words=WHITE),
    Fill(PETROL_300),
    Fill(PETROL_100),
    Fill(WHITE, 1),
    Fill(PETROL_300, -1),
    Fill(WHITE, 0),
    Fill(PETROL_100, 1),
)


def block(fill: Fill, x: float, y: float, wide: float, tall: float) -> Iterator[str]:
    """Draw a rectangle with a fill; one without width or height is a line."""
    yield element("rect", x=x, y=y, width=max(wide, 0.01), height=max(tall, 0.01),
                  fill=fill.shade, stroke=PETROL_700, stroke_width=_EDGE)  # fmt: skip
    if fill.hatch is None:
        return
    for start, end in _lines(fill.hatch, x, y, wide, tall):
        yield element("line", x1=start[0], y1=start[1], x2=end[0], y2=end[1],
                      stroke=PETROL_700, stroke_width=0.25)  # fmt: skip


def sample(fill: Fill) -> str:
    """Return a small rectangle for a legend."""
    return drawing(4.4, 2.9, block(fill, 0.15, 0.15, 4.1, 2.6), class_="sample")


def _lines(
    slope: int, x: float, y: float, wide: float, tall: float
) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Lines within a rectangle, at places that do not depend on where it stands."""
    if slope == 0:
        at = _PITCH / 2
        while at < tall:
            yield (x, y + at), (x + wide, y + at)
            at += _PITCH
        return
    offset = _PITCH
    while offset < wide + tall:
        # From the left or top edge to the bottom or right edge, along a falling diagonal …
        a = max(0.0, offset - tall), min(offset, tall)
        b = min(offset, wide), max(0.0, offset - wide)
        if slope > 0:
            yield (x + a[0], y + a[1]), (x + b[0], y + b[1])
        else:  # … or mirrored.
            yield (x + wide - a[0], y + a[1]), (x + wide - b[0], y + b[1])
        offset += _PITCH
