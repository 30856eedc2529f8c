"""Bars that lie, their names at the left: for names that do not fit beneath a bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evalkit.language.numbers import Language
from evalkit.report.figures.bars import DIGITS, THIN, Bars, Chart, Placed, Slot, number_on
from evalkit.report.figures.fill import block
from evalkit.report.figures.palette import COPPER_700, GREY_300, GREY_600, INK, PETROL_900, WHITE
from evalkit.report.figures.plot_frame import LEADING, SIZE, WIDTH, stroke
from evalkit.report.figures.svg import text
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, width
from evalkit.report.figures.words import fitted

_LONGEST = 60.0  # room for the names
_THICK = 5.0


class Lying(Bars):
    """Bars that lie."""

    def __init__(self, chart: Chart, lang: Language) -> None:
        super().__init__(chart, lang)
        self.names = [fitted(slot.name, SANS, SIZE, _LONGEST, lang) for slot in chart.slots]
        widest = max((width(line, SANS, SIZE) for name in self.names for line in name), default=0)
        self.left = widest + 3
        told = [slot.total for slot in chart.slots]
        if not chart.stacked:
            told += [bar.words for slot in chart.slots for bar in slot.bars]
        self.numbers = max((width(words, SANS_SEMIBOLD, SIZE) for words in told), default=0) + 1.5
        # Bars to the left of nought have their numbers at the left.
        self.begin = self.left + (self.numbers if min(chart.ends, default=0) < 0 else 0)
        self.right = WIDTH - self.numbers
        total = len(chart.slots) * self.bars
        self.thick = min(_THICK, max(THIN, 150 / total)) if total else _THICK
        self.line_name = (
            fitted(chart.line.name, SANS_SEMIBOLD, SIZE, WIDTH - self.left, lang)
            if chart.line
            else ()
        )
        self.top = 1.0 + (LEADING * len(self.line_name) + 1 if chart.line else 0)
        self.talls = [self._tall(name) for name in self.names]
        self.height = self.top + sum(self.talls) + 6

    def _tall(self, name: Sequence[str]) -> float:
        return max(self.thick * self.bars, LEADING * len(name)) + 1.6

    def x(self, value: float) -> float:
        """Tell how far a value stands."""
        return self.begin + (self.right - self.begin) * self.axis.share(value)

    def parts(self) -> Iterator[str]:
        """Draw everything, what lies on top last."""
        bottom = self.top + sum(self.talls)
        edge = 0.0
        for tick in self.axis.ticks:
            words = self.axis.label(tick, self.lang)
            half = width(words, SANS, SIZE) / 2
            yield stroke(self.x(tick), self.top, self.x(tick), bottom, GREY_300, 0.15)
            if self.x(tick) - half >= edge and self.x(tick) + half <= WIDTH:
                yield text(self.x(tick), bottom + 4, words, size=SIZE, fill=GREY_600,
                           anchor="middle")  # fmt: skip
                edge = self.x(tick) + half + 1.5
        y = self.top
        for slot, name, tall in zip(self.chart.slots, self.names, self.talls, strict=True):
            yield from self.slot(slot, y, tall)
            first = y + (tall - LEADING * (len(name) - 1)) / 2 + 1
            for offset, line in enumerate(name):
                yield text(self.left - 3, first + offset * LEADING, line, size=SIZE, anchor="end")
            y += tall
        yield stroke(self.x(0), self.top, self.x(0), bottom, INK, 0.3)
        yield from self.line(bottom)

    def slot(self, slot: Slot, y: float, tall: float) -> Iterator[str]:
        """Draw the bars of a slot with their numbers."""
        low = y + (tall - self.thick * self.bars) / 2
        found = list(self.placed(slot, low, low + self.thick * self.bars))
        for one in found:
            left, right = sorted((self.x(one.start), self.x(one.end)))
            if one.bar.value is not None:
                yield from block(one.fill, left, one.low, right - left, one.high - one.low)
        for one in found:
            yield from self.inside(one) if self.chart.stacked else self.beyond(one)
        if slot.total:
            end = max((self.x(one.end) for one in found), default=self.x(0))
            yield text(max(end, self.x(0)) + 1.2, y + tall / 2 + 1, slot.total, size=SIZE,
                       weight=600, fill=PETROL_900)  # fmt: skip

    def inside(self, one: Placed) -> Iterator[str]:
        """Print the number of a part within it, where there is room."""
        wide = width(one.bar.words, SANS, SIZE)
        long = abs(self.x(one.end) - self.x(one.start))
        if one.bar.value and wide <= long - 1.2 and one.high - one.low >= DIGITS + 0.4:
            middle = (self.x(one.start) + self.x(one.end)) / 2, (one.low + one.high) / 2
            yield from number_on(one.fill, *middle, one.bar.words, wide)

    def beyond(self, one: Placed) -> Iterator[str]:
        """Print the number of a bar behind its end."""
        if one.high - one.low < DIGITS - 0.1:
            return
        left = (one.bar.value or 0) < 0
        x = self.x(one.end) + (-1.0 if left else 1.0)
        yield text(x, (one.low + one.high) / 2 + 1, one.bar.words, size=SIZE,
                   anchor="end" if left else None)  # fmt: skip

    def line(self, bottom: float) -> Iterator[str]:
        """Draw the line to compare with, named above."""
        found = self.chart.line
        if found is None:
            return
        x = self.x(found.value)
        yield stroke(x, self.top, x, bottom, WHITE, 1.0)  # so that it shows on dark bars
        yield stroke(x, self.top - 0.8, x, bottom, COPPER_700, 0.4, dash="1.6 0.9")
        for at, words in enumerate(reversed(self.line_name)):
            half = width(words, SANS_SEMIBOLD, SIZE) / 2
            yield text(min(max(x, half), WIDTH - half), self.top - 2 - at * LEADING, words,
                       size=SIZE, weight=600, fill=COPPER_700, anchor="middle")  # fmt: skip
