"""Lines between boxes, whose stroke tells how strong the evidence for a link is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from evalkit.report.figures.palette import COPPER_700, PETROL_500, PETROL_900
from evalkit.report.figures.svg import drawing, element, number

Strength = Literal["assumed", "supported", "compared"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """How a line is drawn: width and dashes in millimetres, and its colour."""

    width: float
    colour: str
    dashes: str | None = None


STROKES: Final[dict[Strength, Stroke]] = {
    "assumed": Stroke(0.32, PETROL_500, "1.1 0.8"),
    "supported": Stroke(0.38, PETROL_500),
    "compared": Stroke(0.75, PETROL_900),
}


def line(path: str, strength: Strength, *, highlight: bool = False) -> str:
    """Return a path drawn as a link."""
    stroke = STROKES[strength]
    return element(
        "path",
        d=path,
        fill="none",
        stroke=COPPER_700 if highlight else stroke.colour,
        stroke_width=max(stroke.width, 0.6) if highlight else stroke.width,
        stroke_dasharray=stroke.dashes,
    )


def head(
    x: float,
    y: float,
    strength: Strength,
    *,
    highlight: bool = False,
    angle: float = 0,
    scale: float = 1,
) -> str:
    """Return an arrowhead with its point at `(x, y)`, pointing right; `angle` in degrees."""
    length, half = head_length(strength) * scale, (0.95 if strength == "compared" else 0.75) * scale
    turn = math.radians(angle)
    points = ((0.0, 0.0), (-length, -half), (-length, half))
    written = " ".join(
        f"{number(x + a * math.cos(turn) - b * math.sin(turn))},"
        f"{number(y + a * math.sin(turn) + b * math.cos(turn))}"
        for a, b in points
    )
    colour = COPPER_700 if highlight else STROKES[strength].colour
    return element("polygon", points=written, fill=colour)


def head_length(strength: Strength) -> float:
    """Return how far a line must stop short of its end to leave room for the arrowhead."""
    return 2.2 if strength == "compared" else 1.7


def sample(strength: Strength, *, highlight: bool = False) -> str:
    """Return a short line for a legend."""
    stroke = line("M0 1.3H7", strength, highlight=highlight)
    return drawing(7, 2.6, [stroke], class_="sample")
