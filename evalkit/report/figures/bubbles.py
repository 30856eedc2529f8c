"""Three numbers of each of several things: two as a place, the third as a size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.figures.axis import axis_for, needs_nought
from evalkit.report.figures.palette import GREY_300, GREY_600, INK, PETROL_100, PETROL_700, WHITE
from evalkit.report.figures.plot_frame import LEADING, SIZE, WIDTH, stroke
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, width
from evalkit.report.figures.words import fitted

MOST: Final = 40
"""Bubbles that can be named in one plot."""
_TALL = 84.0
_LARGEST = 8.0  # radius in millimetres
_SMALLEST = 0.7
_NAME, _LINES = 34.0, 3

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Bubble:
    """A thing: its name, its place and its size."""

    name: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class BubbleHeads:
    """What stands along the axes."""

    x: str
    y: str


def bubble_chart(
    bubbles: Sequence[Bubble], heads: BubbleHeads, lang: Language, *, alt: str
) -> tuple[str, tuple[str, ...]]:
    """Draw a chart of bubbles.

    Returns
    -------
    markup
        The drawing.
    numbered
        Names that found no room, in the order of the numbers that stand in their place.
    """
    plot = _Plot(bubbles, heads, lang)
    parts = list(plot.parts())
    return drawing(WIDTH, plot.height, parts, alt=alt), tuple(plot.numbered)


def radius(size: float, largest: float) -> float:
    """Give a size its radius: the area, not the width, tells how much.

    Examples
    --------
    >>> radius(25.0, 100.0) / radius(100.0, 100.0)
    0.5
    """
    share = size / largest if largest > 0 else 0.0
    return max(_SMALLEST, _LARGEST * math.sqrt(share))


class _Plot:
    def __init__(self, bubbles: Sequence[Bubble], heads: BubbleHeads, lang: Language) -> None:
        self.heads, self.lang = heads, lang
        self.bubbles = sorted(bubbles, key=lambda one: (-one.size, one.name))
        self.largest = max(one.size for one in bubbles)
        self.across = axis_for(
            [one.x for one in bubbles], nought=needs_nought([o.x for o in bubbles])
        )
        self.up = axis_for([one.y for one in bubbles], nought=needs_nought([o.y for o in bubbles]))
        self.head_lines = fitted(heads.y, SANS, SIZE, WIDTH, lang)
        self.foot_lines = fitted(heads.x, SANS, SIZE, WIDTH - 20, lang)
        labels = [width(self.up.label(tick, lang), SANS, SIZE) for tick in self.up.ticks]
        self.left, self.right = max(8.0, max(labels) + 2.5), WIDTH
        self.top = 1.5 + LEADING * len(self.head_lines)
        self.bottom = self.top + _TALL
        self.height = self.bottom + 5 + LEADING * len(self.foot_lines) + 1
        self.numbered: list[str] = []
        self.taken: list[Box] = [self.box(one) for one in self.bubbles]

    def x(self, value: float) -> float:
        inset = _LARGEST + 0.5
        return self.left + inset + (self.right - self.left - 2 * inset) * self.across.share(value)

    def y(self, value: float) -> float:
        inset = _LARGEST + 0.5
        return self.top + inset + (_TALL - 2 * inset) * (1 - self.up.share(value))

    def box(self, one: Bubble) -> Box:
        r, x, y = radius(one.size, self.largest), self.x(one.x), self.y(one.y)
        return x - r, y - r, x + r, y + r

    def parts(self) -> Iterator[str]:
        for at, line in enumerate(self.head_lines):
            yield text(0, 3 + at * LEADING, line, size=SIZE, fill=GREY_600)
        for tick in self.up.ticks:
            ink, wide = (INK, 0.3) if tick == 0 else (GREY_300, 0.15)
            yield stroke(self.left, self.y(tick), self.right, self.y(tick), ink, wide)
            yield text(self.left - 2, self.y(tick) + 1, self.up.label(tick, self.lang), size=SIZE,
                       fill=GREY_600, anchor="end")  # fmt: skip
        for tick in self.across.ticks:
            ink, wide = (INK, 0.3) if tick == 0 else (GREY_300, 0.15)
            yield stroke(self.x(tick), self.top, self.x(tick), self.bottom, ink, wide)
        yield from self.across_labels()
        for at, line in enumerate(self.foot_lines):
            yield text(self.right, self.bottom + 8 + at * LEADING, line, size=SIZE, fill=GREY_600,
                       anchor="end")  # fmt: skip
        for one in self.bubbles:
            yield _circle(self.x(one.x), self.y(one.y), radius(one.size, self.largest))
        for one in self.bubbles:
            yield from self.name(one)

    def across_labels(self) -> Iterator[str]:
        """As many labels as there is room for, none past the frame."""
        edge = 0.0
        for tick in self.across.ticks:
            words = self.across.label(tick, self.lang)
            half = width(words, SANS, SIZE) / 2
            middle = min(self.x(tick), WIDTH - half)
            if middle - half >= edge:
                yield text(middle, self.bottom + 4, words, size=SIZE, fill=GREY_600,
                           anchor="middle")  # fmt: skip
                edge = middle + half + 1.5

    def name(self, one: Bubble) -> Iterator[str]:
        """Name a bubble where there is room; a number stands in where there is none."""
        lines = fitted(one.name, SANS, SIZE, _NAME, self.lang)
        place = self.place(one, lines) if len(lines) <= _LINES else None
        if place is None:
            self.numbered.append(one.name)
            lines = (str(len(self.numbered)),)
            place = self.place(one, lines) or self.centred(one, lines)
        self.taken.append(place)
        mine = self.box(one)
        if not _meet(place, mine):  # beside a bubble, where a line of the grid may pass
            yield element("rect", x=place[0] - 0.2, y=place[1], width=place[2] - place[0] + 0.4,
                          height=place[3] - place[1], fill=WHITE)  # fmt: skip
        for at, line in enumerate(lines):
            yield text(place[0], place[1] + 2.6 + at * LEADING, line, size=SIZE)

    def place(self, one: Bubble, lines: Sequence[str]) -> Box | None:
        """Find room: within a large bubble, or beside, above or below it."""
        wide = max(width(line, SANS, SIZE) for line in lines)
        tall = LEADING * len(lines)
        r, x, y = radius(one.size, self.largest), self.x(one.x), self.y(one.y)
        if math.hypot(wide / 2, tall / 2) <= r - 0.3:
            inner = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
            mine = self.box(one)
            if not any(_meet(inner, other) for other in self.taken if other != mine):
                return inner
        slant = r * 0.72 + 0.5
        corners = (
            (x + r + 0.8, y - tall / 2), (x - r - 0.8 - wide, y - tall / 2),
            (x - wide / 2, y - r - 0.5 - tall), (x - wide / 2, y + r + 0.5),
            (x + slant, y - slant - tall), (x + slant, y + slant),
            (x - slant - wide, y - slant - tall), (x - slant - wide, y + slant),
        )  # fmt: skip
        for left, top in corners:
            found = (left, top, left + wide, top + tall)
            within = (
                found[0] >= self.left and found[2] <= WIDTH
                and found[1] >= self.top and found[3] <= self.bottom
            )  # fmt: skip
            if within and not any(_meet(found, other) for other in self.taken):
                return found
        return None

    def centred(self, one: Bubble, lines: Sequence[str]) -> Box:
        wide = width(lines[0], SANS, SIZE)
        x, y = self.x(one.x), self.y(one.y)
        return x - wide / 2, y - LEADING / 2, x + wide / 2, y + LEADING / 2


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _circle(x: float, y: float, r: float) -> str:
    return element("circle", cx=x, cy=y, r=r, fill=PETROL_100, stroke=PETROL_700, stroke_width=0.3)
