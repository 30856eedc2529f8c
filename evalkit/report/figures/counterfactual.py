"""A series as it was measured, beside what was to be expected without the start."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evalkit.language.estimate import decimals, plain
from evalkit.language.numbers import Language
from evalkit.model.finding import Moment
from evalkit.report.document import Drawing
from evalkit.report.figures.axis import axis_for
from evalkit.report.figures.palette import (
    GREY_300,
    INK,
    PETROL_50,
    PETROL_500,
    PETROL_900,
)
from evalkit.report.figures.plot_frame import (
    RIGHT,
    SIZE,
    TALL,
    TOP,
    WIDTH,
    Mark,
    axis_labels,
    left_of,
    names_at_right,
    start_label,
    stroke,
)
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, width

_DOTS = 60  # more periods than this are a line only


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """The words of the figure.

    Attributes
    ----------
    start, brief
        What happens at the start, and a word for it where that is too long.
    observed, expected
        Of the two courses, at the right.
    alt
        What the figure shows.
    time
        What time is counted in, as the head of its column.
    """

    start: str
    brief: str
    observed: str
    expected: str
    alt: str
    time: str


def counterfactual(
    series: Sequence[Moment], words: SeriesWords, lang: Language, *, joined: bool
) -> Drawing:
    """Draw what was measured and what was expected.

    Parameters
    ----------
    series
        By period, in order.
    words
        The words of the figure.
    lang
        The language of the numbers.
    joined
        Whether what was measured is a line; points show how it scatters about a line that was
        fitted to it.
    """
    plot = _Plot(series, words, lang, joined=joined)
    return Drawing(
        markup=drawing(WIDTH, TOP + TALL + 6, plot.parts(), alt=words.alt),
        alt=words.alt,
        data=tuple(_data(series, words, lang)),
    )


class _Plot:
    """Knows where a period and a value stand."""

    def __init__(
        self, series: Sequence[Moment], words: SeriesWords, lang: Language, *, joined: bool
    ) -> None:
        self.series, self.words, self.lang, self.joined = series, words, lang, joined
        values = [value for one in series for value in (one.observed, one.expected)]
        self.axis = axis_for(values, nought=False)
        self.left = left_of(self.axis, lang)
        self.pitch = (RIGHT - self.left) / len(series)
        self.begin = next((at for at, one in enumerate(series) if one.after), len(series))

    def x(self, at: float) -> float:
        return self.left + (at + 0.5) * self.pitch

    def y(self, value: float) -> float:
        return TOP + TALL * (1 - self.axis.share(value))

    def parts(self) -> Iterator[str]:
        start = self.x(self.begin - 0.5)
        yield element("rect", x=start, y=TOP, width=RIGHT - start, height=TALL, fill=PETROL_50)
        for tick in self.axis.ticks:
            yield stroke(self.left, self.y(tick), RIGHT, self.y(tick), GREY_300, 0.15)
        yield from axis_labels(self.axis, self.left, self.lang)
        yield stroke(self.left, TOP + TALL, RIGHT, TOP + TALL, INK, 0.3)
        yield stroke(start, TOP, start, TOP + TALL, INK, 0.25, dash="0.6 0.8")
        yield from start_label(start, self.words.start, self.words.brief, self.lang, self.clearance)
        yield from self.courses()
        yield from self.time_labels()
        last, end = self.series[-1], self.x(len(self.series) - 1) + 1.4
        marks = [
            Mark(self.y(last.observed), self.words.observed, 700),
            Mark(self.y(last.expected), self.words.expected),
        ]
        yield from names_at_right(sorted(marks, key=lambda mark: mark.y), end, self.lang)

    def courses(self) -> Iterator[str]:
        """What was expected as a line, broken after the start, and what was measured over it."""
        for (at, one), (_, two) in pairwise(enumerate(self.series)):
            yield stroke(self.x(at), self.y(one.expected), self.x(at + 1), self.y(two.expected),
                         PETROL_500, 0.45, dash="1.2 0.9" if two.after else None)  # fmt: skip
            if self.joined:
                yield stroke(self.x(at), self.y(one.observed), self.x(at + 1),
                             self.y(two.observed), PETROL_900, 0.6)  # fmt: skip
        if self.joined and len(self.series) > _DOTS:
            return
        for at, one in enumerate(self.series):
            yield element("circle", cx=self.x(at), cy=self.y(one.observed),
                          r=min(0.95, self.pitch / 2.6), fill=PETROL_900)  # fmt: skip

    def clearance(self, low: float, high: float) -> tuple[float, float]:
        """How much is free above and below both courses between two places, in millimetres."""
        near = [one for at, one in enumerate(self.series) if low - 3 <= self.x(at) <= high + 3]
        ends = [self.y(value) for one in near for value in (one.observed, one.expected)]
        return min(ends, default=TOP + TALL) - TOP, TOP + TALL - max(ends, default=TOP)

    def time_labels(self) -> Iterator[str]:
        """Names of periods, as many as there is room for, the start among them."""
        widest = max(width(one.time, SANS, SIZE) for one in self.series)
        every = max(1, math.ceil((widest + 3) / self.pitch))
        for at, one in enumerate(self.series):
            if (at - self.begin) % every == 0:
                yield text(self.x(at), TOP + TALL + 4, one.time, size=SIZE, fill=INK,
                           weight=600 if one.after else 400, anchor="middle")  # fmt: skip


def _data(
    series: Sequence[Moment], words: SeriesWords, lang: Language
) -> Iterator[tuple[str, ...]]:
    largest = max((value for one in series for value in (one.observed, one.expected)), key=abs)
    spread = max(one.observed for one in series) - min(one.observed for one in series)
    places = decimals(None, spread if spread > 0 else largest)
    yield words.time, words.observed, words.expected
    for one in series:
        yield one.time, plain(one.observed, places, lang), plain(one.expected, places, lang)
