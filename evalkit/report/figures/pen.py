"""How series are told apart: by shade, by dashes and by the shape of their points."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from evalkit.report.figures.palette import (
    GREY_400,
    GREY_600,
    INK,
    PETROL_500,
    PETROL_700,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.svg import drawing, element, number

Shape = Literal["disc", "square", "up", "diamond", "ring", "down", "frame", "lozenge"]


@dataclass(frozen=True, slots=True)
class Pen:
    """A line with its points: colour, width and dashes in millimetres, and a shape."""

    ink: str
    wide: float
    dash: str | None
    shape: Shape


# No two share shade, dashes and shape, so that any two differ without colour.
PENS: Final = (
    Pen(PETROL_900, 0.7, None, "disc"),
    Pen(PETROL_500, 0.55, None, "square"),
    Pen(GREY_600, 0.5, "1.7 0.8", "up"),
    Pen(PETROL_700, 0.5, "0.6 0.6", "diamond"),
    Pen(INK, 0.4, "2.6 0.7 0.5 0.7", "ring"),
    Pen(PETROL_500, 0.45, "1 1", "down"),
    Pen(GREY_600, 0.4, None, "frame"),
    Pen(INK, 0.35, "0.3 0.6", "lozenge"),
)
FAINT: Final = Pen(GREY_400, 0.3, None, "disc")
"""For the series that are there for comparison only."""


def path(pen: Pen, points: Sequence[tuple[float, float]]) -> str:
    """Return a line through points."""
    d = "".join(f"{'L' if at else 'M'}{number(x)} {number(y)}" for at, (x, y) in enumerate(points))
    return element(
        "path", d=d, fill="none", stroke=pen.ink, stroke_width=pen.wide,
        stroke_dasharray=pen.dash, stroke_linejoin="round",
    )  # fmt: skip


def point(pen: Pen, x: float, y: float, half: float = 0.95) -> str:
    """Return the shape of a series at a point."""
    hollow = pen.shape in ("ring", "frame", "lozenge")
    fill, edge = (WHITE, pen.ink) if hollow else (pen.ink, None)
    wide = 0.35 if hollow else None
    if pen.shape in ("disc", "ring"):
        return element("circle", cx=x, cy=y, r=half, fill=fill, stroke=edge, stroke_width=wide)
    if pen.shape in ("square", "frame"):
        side = 1.8 * half
        return element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side, fill=fill,
                       stroke=edge, stroke_width=wide)  # fmt: skip
    reach = 1.2 * half
    corners = {
        "up": ((0, -1), (1, 0.8), (-1, 0.8)),
        "down": ((0, 1), (1, -0.8), (-1, -0.8)),
    }.get(pen.shape, ((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)))
    written = " ".join(f"{number(x + a * reach)},{number(y + b * reach)}" for a, b in corners)
    return element("polygon", points=written, fill=fill, stroke=edge, stroke_width=wide)


def sample(pen: Pen) -> str:
    """Return a short line with its point, for a legend."""
    parts = [path(pen, [(0, 1.3), (7, 1.3)]), point(pen, 3.5, 1.3)]
    return drawing(7, 2.6, parts, class_="sample")
