"""The small symbols of a judgement: rungs of the ladder and the direction of an effect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from evalkit.report.figures.palette import (
    COPPER_700,
    GREY_400,
    GREY_600,
    PETROL_700,
    WHITE,
)
from evalkit.report.figures.svg import drawing, element, number

Direction = Literal["positive", "negative", "mixed", "none", "unknown"]

COLOURS: Final[dict[Direction, str]] = {
    "positive": PETROL_700,
    "negative": COPPER_700,
    "mixed": GREY_600,
    "none": GREY_600,
    "unknown": GREY_600,
}


def mark(direction: Direction, x: float, y: float, size: float = 2.6) -> str:
    """Return the symbol of a direction, centred on a point of a larger drawing.

    Shape carries the meaning, colour repeats it: a triangle up or down, a diamond for mixed
    results, a bar for no effect and an open circle when it cannot be told yet.
    """
    return _SHAPES[direction](x, y, size / 2, COLOURS[direction])


def direction_symbol(direction: Direction, *, alt: str = "", size: float = 2.6) -> str:
    """Return the symbol of a direction on its own, to stand in a line of text."""
    return drawing(
        size, size, [mark(direction, size / 2, size / 2, size)], alt=alt, class_="symbol"
    )


def rungs(level: int, top: int, *, alt: str = "", width: float = 11, height: float = 9.4) -> str:
    """Return the small ladder: one bar per rung, those reached filled, the higher the wider.

    Rung zero has no bar: an instrument on it has reached none.
    """
    pitch = height / top
    bars = (
        _rung(pitch * (top - rung), width * (0.42 + 0.58 * rung / top), pitch, rung <= level)
        for rung in range(top, 0, -1)
    )
    return drawing(width, height, bars, alt=alt, class_="rungs")


def dot(filled: bool, *, alt: str = "", size: float = 4.2) -> str:
    """Return the dot of a table: filled for a main goal, open for a side goal."""
    middle = size / 2
    shape = element(
        "circle",
        cx=middle,
        cy=middle,
        r=middle - 0.35,
        fill=PETROL_700 if filled else WHITE,
        stroke=PETROL_700,
        stroke_width=0.5,
    )
    return drawing(size, size, [shape], alt=alt, class_="dot")


def _rung(y: float, width: float, pitch: float, reached: bool) -> str:
    return element(
        "rect",
        x=0.2,
        y=y + 0.2,
        width=width - 0.4,
        height=pitch * 0.62,
        fill=PETROL_700 if reached else WHITE,
        stroke=PETROL_700 if reached else GREY_400,
        stroke_width=0.25,
    )


def _polygon(*points: tuple[float, float], fill: str) -> str:
    written = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return element("polygon", points=written, fill=fill)


def _up(x: float, y: float, half: float, fill: str) -> str:
    top, base = y - half * 0.85, y + half * 0.85
    return _polygon((x, top), (x + half, base), (x - half, base), fill=fill)


def _down(x: float, y: float, half: float, fill: str) -> str:
    top, base = y - half * 0.85, y + half * 0.85
    return _polygon((x - half, top), (x + half, top), (x, base), fill=fill)


def _diamond(x: float, y: float, half: float, fill: str) -> str:
    return _polygon((x, y - half), (x + half, y), (x, y + half), (x - half, y), fill=fill)


def _bar(x: float, y: float, half: float, fill: str) -> str:
    return element(
        "rect", x=x - half, y=y - half * 0.35, width=half * 2, height=half * 0.7, fill=fill
    )


def _ring(x: float, y: float, half: float, fill: str) -> str:
    return element("circle", cx=x, cy=y, r=half - 0.3, fill=WHITE, stroke=fill, stroke_width=0.45)


_SHAPES: Final[dict[Direction, Callable[[float, float, float, str], str]]] = {
    "positive": _up,
    "negative": _down,
    "mixed": _diamond,
    "none": _bar,
    "unknown": _ring,
}
