"""The links of a layered diagram: where they leave and enter a box, and how they run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from evalkit.report.figures.arrow import Strength, head, head_length, line

PITCH: Final = 2.2
"""Distance between two links at the side of a box; arrowheads closer than this run together."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Side:
    """What a link meets in a column: a box or a lane, from `left` to `right` at height `middle`."""

    left: float
    right: float
    middle: float
    tall: float


@dataclass(frozen=True, slots=True)
class Link:
    """A link through the sides of its boxes and lanes, by id, with its looks."""

    stops: tuple[str, ...]
    strength: Strength
    highlight: bool = False


def draw_links(links: Sequence[Link], sides: dict[str, Side]) -> list[str]:
    """Return the links, those highlighted last and so on top."""
    leaving = _ports([(link.stops[0], link.stops[1]) for link in links], sides)
    entering = _ports([(link.stops[-1], link.stops[-2]) for link in links], sides)
    parts: list[str] = []
    for link in sorted(links, key=lambda link: (link.highlight, link.strength == "compared")):
        start = sides[link.stops[0]]
        end = sides[link.stops[-1]]
        if start.left == end.left:
            parts += _within(link, start, end, sides)
            continue
        points = [(start.right, leaving[link.stops[0], link.stops[1]])]
        for stop in link.stops[1:-1]:
            lane = sides[stop]
            points += [(lane.left, lane.middle), (lane.right, lane.middle)]
        points.append((end.left, entering[link.stops[-1], link.stops[-2]]))
        parts += _arrow(points, link)
    return parts


def _ports(ends: Sequence[tuple[str, str]], sides: dict[str, Side]) -> dict[tuple[str, str], float]:
    """Height at which each link meets its box: in the order of the far ends, evenly spread.

    When a box is too low for all its links, neighbours share a port.
    """
    found: dict[tuple[str, str], float] = {}
    for here in dict.fromkeys(near for near, _ in ends):
        far = sorted(
            {there for near, there in ends if near == here}, key=lambda key: sides[key].middle
        )
        slots = min(len(far), max(1, int((sides[here].tall - 1.5) / PITCH)))
        for index, there in enumerate(far):
            slot = index * slots // len(far)
            found[here, there] = sides[here].middle + (slot - (slots - 1) / 2) * PITCH
    return found


def _arrow(points: Sequence[Point], link: Link) -> list[str]:
    *_, (x, y) = points
    shaft = [*points[:-1], (x - head_length(link.strength) - 0.2, y)]
    return [
        line(_smooth(shaft, x), link.strength, highlight=link.highlight),
        head(x - 0.3, y, link.strength, highlight=link.highlight),
    ]


def _smooth(points: Sequence[Point], end: float) -> str:
    """A curve that leaves and arrives level, and runs straight through its lanes."""
    path = f"M{points[0][0]:.2f} {points[0][1]:.2f}"
    for index, ((a, b), (c, d)) in enumerate(pairwise(points)):
        if index % 2:
            path += f"H{c:.2f}"
            continue
        reach = max((min(c, end) - a) * 0.55, 1.0)
        path += f"C{a + reach:.2f} {b:.2f} {c - reach:.2f} {d:.2f} {c:.2f} {d:.2f}"
    return path


def _within(link: Link, start: Side, end: Side, sides: dict[str, Side]) -> list[str]:
    """A link inside a column: straight to the next box, or round the boxes between."""
    down = start.middle < end.middle
    low, high = sorted((start.middle, end.middle))
    between = any(side.left == start.left and low < side.middle < high for side in sides.values())
    if between:
        return _round(link, start, end)
    sign = 1 if down else -1
    x = (start.left + start.right) / 2
    first, last = start.middle + sign * start.tall / 2, end.middle - sign * (end.tall / 2 + 0.3)
    stop = last - sign * (head_length(link.strength) - 0.1)
    return [
        line(f"M{x:.2f} {first:.2f}V{stop:.2f}", link.strength, highlight=link.highlight),
        head(x, last, link.strength, highlight=link.highlight, angle=90 * sign),
    ]


def _round(link: Link, start: Side, end: Side) -> list[str]:
    x, out = start.right, start.right + 4.5
    stop = x + 0.3 + head_length(link.strength)
    path = (
        f"M{x:.2f} {start.middle:.2f}C{out:.2f} {start.middle:.2f} "
        f"{out + 1:.2f} {end.middle:.2f} {stop:.2f} {end.middle:.2f}"
    )
    return [
        line(path, link.strength, highlight=link.highlight),
        head(x + 0.3, end.middle, link.strength, highlight=link.highlight, angle=180),
    ]
