"""Bars that stand, their names beneath."""

from __future__ import annotations

import math
from collections.abc import Iterator

from evalkit.language.numbers import Language
from evalkit.report.figures.bars import DIGITS, THIN, Bars, Chart, Placed, Slot, number_on
from evalkit.report.figures.fill import block
from evalkit.report.figures.palette import (
    COPPER_700,
    GREY_300,
    GREY_600,
    INK,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.plot_frame import LEADING, SIZE, WIDTH, stroke
from evalkit.report.figures.svg import element, text
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, width
from evalkit.report.figures.words import fitted

_TALL = 56.0
_LINE_NAME = 6  # lines that the name of a line across may take


class Standing(Bars):
    """Bars that stand."""

    def __init__(self, chart: Chart, lang: Language) -> None:
        super().__init__(chart, lang)
        labels = [width(self.axis.label(tick, lang), SANS, SIZE) for tick in self.axis.ticks]
        self.left = max(8.0, max(labels) + 2.5)
        self.line_name = (
            fitted(chart.line.name, SANS_SEMIBOLD, SIZE, 26, lang) if chart.line else ()
        )
        wide = max((width(line, SANS_SEMIBOLD, SIZE) for line in self.line_name), default=0.0)
        self.right = WIDTH - (wide + 3 if self.line_name else 0)
        self.pitch = min(46.0, (self.right - self.left) / len(chart.slots))
        self.right = min(self.right, self.left + self.pitch * len(chart.slots))
        self.top, self.tall = 6.0, _TALL
        # Numbers stand at all bars or at none: some without would seem to have no value.
        each = min(self.pitch * 0.74 / self.bars, 16.0) if self.bars > 1 else self.pitch
        told = [bar.words for slot in chart.slots for bar in slot.bars]
        self.told = max((width(words, SANS, SIZE) for words in told), default=0) <= each - 0.3
        self.every = self._every()
        room = max(self.pitch - 2, 2) * self.every
        self.names = [fitted(slot.name, SANS, SIZE, room, lang) for slot in chart.slots]
        # The numbers of bars below nought may stand under the plot.
        below = self.told and not chart.stacked and min(chart.ends, default=0.0) < 0
        self.foot = self.top + self.tall + (DIGITS + 0.4 if below else 0.0)
        self.height = self.foot + 2 + LEADING * max(map(len, self.names)) + 1.5

    @property
    def fits(self) -> bool:
        """Whether every name stands under its bars, and the bars are not too thin."""
        words = [word for slot in self.chart.slots for word in slot.name.split()]
        widest = max((width(word, SANS, SIZE) for word in words), default=0)
        thick = self.pitch * 0.74 / self.bars
        short = widest <= self.pitch - 1 and max(map(len, self.names)) <= 3
        named = len(self.line_name) <= _LINE_NAME
        # What is not yet known has no bar, so its words must find room.
        alone = [bar.words for slot in self.chart.slots for bar in slot.bars if bar.value is None]
        told = max((width(words, SANS, SIZE) for words in alone), default=0.0) <= thick - 0.2
        return (short or self.every > 1) and thick >= THIN and named and (told or self.told)

    def _every(self) -> int:
        """Years may be named now and then; what is no year must have its name."""
        names = [slot.name for slot in self.chart.slots]
        if not all(name.isdigit() and len(name) == 4 for name in names):
            return 1
        widest = max(width(name, SANS, SIZE) for name in names)
        return max(1, math.ceil((widest + 1.2) / self.pitch))

    def y(self, value: float) -> float:
        """Tell how high a value stands."""
        return self.top + self.tall * (1 - self.axis.share(value))

    def parts(self) -> Iterator[str]:
        """Draw everything, what lies on top last."""
        for tick in self.axis.ticks:
            yield stroke(self.left, self.y(tick), self.right, self.y(tick), GREY_300, 0.15)
            yield text(self.left - 2, self.y(tick) + 1, self.axis.label(tick, self.lang),
                       size=SIZE, fill=GREY_600, anchor="end")  # fmt: skip
        slots = list(enumerate(self.chart.slots))
        for at, slot in slots:
            yield from self.slot(slot, self.left + at * self.pitch)
        yield stroke(self.left, self.y(0), self.right, self.y(0), INK, 0.3)
        yield from self.line()
        for at, slot in slots:
            yield from self.numbers(slot, self.left + at * self.pitch)
        for at, lines in enumerate(self.names):
            if (len(self.names) - 1 - at) % self.every:
                continue
            half = max(width(line, SANS, SIZE) for line in lines) / 2
            middle = min(self.left + (at + 0.5) * self.pitch, WIDTH - half)
            for offset, line in enumerate(lines):
                yield text(middle, self.foot + 4.6 + offset * LEADING, line, size=SIZE,
                           anchor="middle")  # fmt: skip

    def at(self, slot: Slot, x: float) -> list[Placed]:
        """Give the bars of a slot their places."""
        thick = min(self.pitch * 0.74, 16.0 * self.bars)
        low = x + (self.pitch - thick) / 2
        return list(self.placed(slot, low, low + thick))

    def slot(self, slot: Slot, x: float) -> Iterator[str]:
        """Draw the bars of a slot."""
        for one in self.at(slot, x):
            top, bottom = sorted((self.y(one.start), self.y(one.end)))
            if one.bar.value is not None:
                yield from block(one.fill, one.low, top, one.high - one.low, bottom - top)

    def numbers(self, slot: Slot, x: float) -> Iterator[str]:
        """Print the numbers of a slot."""
        found = self.at(slot, x)
        for one in found:
            yield from self.inside(one) if self.chart.stacked else self.beyond(one)
        if slot.total and width(slot.total, SANS_SEMIBOLD, SIZE) <= self.pitch:
            top = min((self.y(one.end) for one in found), default=self.y(0))
            yield text(x + self.pitch / 2, min(top, self.y(0)) - 1.2, slot.total, size=SIZE,
                       weight=600, fill=PETROL_900, anchor="middle")  # fmt: skip

    def inside(self, one: Placed) -> Iterator[str]:
        """Print the number of a part within it, where there is room."""
        tall = abs(self.y(one.start) - self.y(one.end))
        wide = width(one.bar.words, SANS, SIZE)
        if one.bar.value and tall >= DIGITS + 0.6 and wide <= one.high - one.low - 1.2:
            middle = (one.low + one.high) / 2, (self.y(one.start) + self.y(one.end)) / 2
            yield from number_on(one.fill, *middle, one.bar.words, wide)

    def beyond(self, one: Placed) -> Iterator[str]:
        """Print the number of a bar above or, below nought, under it."""
        if not self.told and one.bar.value is not None:
            return
        wide = width(one.bar.words, SANS, SIZE)
        below = (one.bar.value or 0) < 0
        y = self.y(one.end) + (DIGITS + 0.4 if below else -1.0)
        if self.chart.line and y - 2.8 < self.y(self.chart.line.value) < y + 0.8:
            yield element("rect", x=(one.low + one.high - wide) / 2 - 0.3, y=y - 2.4,
                          width=wide + 0.6, height=2.7, fill=WHITE)  # fmt: skip
        yield text((one.low + one.high) / 2, y, one.bar.words, size=SIZE, anchor="middle")

    def line(self) -> Iterator[str]:
        """Draw the line to compare with, named at the right."""
        if self.chart.line is None:
            return
        y = self.y(self.chart.line.value)
        yield stroke(self.left, y, self.right, y, WHITE, 1.0)  # so that it shows on dark bars
        yield stroke(self.left, y, self.right + 1, y, COPPER_700, 0.4, dash="1.6 0.9")
        tall = LEADING * (len(self.line_name) - 1)
        first = min(max(y + 1 - tall / 2, 3.0), self.top + self.tall - tall)
        for at, line in enumerate(self.line_name):
            yield text(self.right + 2, first + at * LEADING, line, size=SIZE, weight=600,
                       fill=COPPER_700)  # fmt: skip
