"""What a chart of bars shows, and what bars that stand and bars that lie share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.figures.axis import Axis, axis_for
from evalkit.report.figures.fill import FILLS, Fill
from evalkit.report.figures.palette import WHITE
from evalkit.report.figures.plot_frame import SIZE
from evalkit.report.figures.svg import element, text

MOST_BARS: Final = 110
"""Bars that a page has room for."""

THIN: Final = 1.9
"""The least thickness of a bar in millimetres."""
DIGITS: Final = 2.9
"""Height of a number, with air."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A value to draw, and how it is written; without a value only the words stand there."""

    value: float | None
    words: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place on the axis: its name, its bars, and what they come to when they are stacked."""

    name: str
    bars: tuple[Bar, ...]
    total: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the bars: a value to compare with, and its name."""

    value: float
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a chart of bars shows.

    Attributes
    ----------
    slots
        In order; every one has as many bars.
    stacked
        Whether bars stand upon each other.
    line
        A value to compare with.
    fills
        Of the bars, in their order.
    """

    slots: tuple[Slot, ...]
    stacked: bool = False
    line: Line | None = None
    fills: tuple[Fill, ...] = FILLS

    @property
    def ends(self) -> list[float]:
        """Every value that the axis must hold."""
        found = [self.line.value] if self.line else []
        for slot in self.slots:
            values = [bar.value for bar in slot.bars if bar.value is not None]
            if self.stacked:
                values = [sum(v for v in values if v > 0), sum(v for v in values if v < 0)]
            found += values
        return found


@dataclass(frozen=True, slots=True)
class Placed:
    """A bar between two values, and two edges across."""

    bar: Bar
    fill: Fill
    start: float
    end: float
    low: float
    high: float


class Bars:
    """What standing and lying bars share: an axis of values and slots across it."""

    def __init__(self, chart: Chart, lang: Language) -> None:
        self.chart, self.lang = chart, lang
        self.axis: Axis = axis_for(chart.ends or [0.0, 1.0])
        self.bars = 1 if chart.stacked else len(chart.slots[0].bars)

    def placed(self, slot: Slot, low: float, high: float) -> Iterator[Placed]:
        """Give each bar of a slot its place between two edges."""
        if not self.chart.stacked:
            thick = (high - low) / len(slot.bars)
            for at, bar in enumerate(slot.bars):
                edge = low + at * thick
                yield Placed(bar, self.fill(at), 0.0, bar.value or 0.0, edge, edge + thick)
            return
        up = down = 0.0
        for at, bar in enumerate(slot.bars):
            start = up if (bar.value or 0) >= 0 else down
            end = start + (bar.value or 0.0)
            up, down = max(up, end), min(down, end)
            yield Placed(bar, self.fill(at), start, end, low, high)

    def fill(self, at: int) -> Fill:
        """Give the fill of a bar."""
        return self.chart.fills[at % len(self.chart.fills)]


def number_on(fill: Fill, x: float, y: float, words: str, wide: float) -> Iterator[str]:
    """Print a number on a bar; on a hatching it stands on white."""
    if fill.hatch is not None:
        yield element("rect", x=x - wide / 2 - 0.5, y=y - 1.6, width=wide + 1, height=3.2,
                      fill=WHITE)  # fmt: skip
    yield text(x, y + 1, words, size=SIZE, fill=fill.words, anchor="middle")
