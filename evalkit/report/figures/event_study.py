"""Effects by time since the start, with pointwise intervals and a uniform band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.language.estimate import bracketed, decimals, plain
from evalkit.language.numbers import Language
from evalkit.model.finding import Estimate
from evalkit.report.document import Drawing
from evalkit.report.figures.axis import Axis, axis_for
from evalkit.report.figures.palette import (
    GREY_300,
    GREY_600,
    INK,
    PETROL_50,
    PETROL_300,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.plot_frame import (
    LEADING,
    LEFT,
    RIGHT,
    SIZE,
    TALL,
    TOP,
    WIDTH,
    Mark,
    axis_labels,
    fitting,
    left_of,
    names_at_right,
    start_label,
    stroke,
)
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, width

_BAND_BEFORE: Final = "#D5DCDF"  # greyer than after the start: what lies before is a test
_LEFT_OF_MIDDLE: Final = (LEFT + RIGHT) / 2 - 1


@dataclass(frozen=True, slots=True)
class Words:
    """The words of the figure.

    Attributes
    ----------
    start
        What happens at the start, above the dotted line.
    since
        What the horizontal axis counts.
    base
        Of the period that all effects are measured from.
    uniform, pointwise, estimate
        Of the two intervals and the point, at the right.
    alt
        What the figure shows.
    heads
        Of the columns of its data: time, estimate, interval, band.
    brief, since_brief
        Instead of `start` and `since` where these are too long for their place.
    """

    start: str
    since: str
    base: str
    uniform: str
    pointwise: str
    estimate: str
    alt: str
    heads: tuple[str, str, str, str]
    brief: str
    since_brief: str


def event_study(path: Sequence[Estimate], words: Words, lang: Language) -> Drawing:
    """Draw the effects of an event study.

    Parameters
    ----------
    path
        Effects with their event time, in order.
    words
        The words of the figure.
    lang
        The language of the numbers.
    """
    plot = _Plot(path, words, lang)
    return Drawing(
        markup=drawing(WIDTH, plot.height, plot.parts(), alt=words.alt),
        alt=words.alt,
        data=tuple(_data(path, words, lang)),
    )


class _Plot:
    """Knows where a time and a value stand."""

    def __init__(self, path: Sequence[Estimate], words: Words, lang: Language) -> None:
        self.path, self.words, self.lang = path, words, lang
        self.times = [one.event_time or 0 for one in path]
        self.axis: Axis = axis_for(_ends(path))
        self.first, self.last = min(self.times), max(self.times)
        self.left = left_of(self.axis, lang)
        self.pitch = (RIGHT - self.left) / (self.last - self.first + 1)
        self.since = fitting((words.since, words.since_brief), SANS, 2 * _LEFT_OF_MIDDLE, lang)

    @property
    def height(self) -> float:
        """The height of the drawing, with as many lines below the axis as there are."""
        return TOP + TALL + 11 + LEADING * (len(self.since) - 1)

    def x(self, time: float) -> float:
        return self.left + (time - self.first + 0.5) * self.pitch

    def y(self, value: float) -> float:
        return TOP + TALL * (1 - self.axis.share(value))

    def parts(self) -> Iterator[str]:
        yield from self.ground()
        for one in self.path:
            yield from self.estimate(one)
        yield from self.time_labels()
        yield from self.names()

    def ground(self) -> Iterator[str]:
        """The shaded part after the start, the lines of the axis, and the dotted line."""
        if self.last < 0:
            start = None
        else:
            start = self.x(-0.5) if self.first < 0 else self.left
            yield element("rect", x=start, y=TOP, width=RIGHT - start, height=TALL, fill=PETROL_50)
        for tick in self.axis.ticks:
            heavy = tick == 0
            yield stroke(self.left, self.y(tick), RIGHT, self.y(tick), INK if heavy else GREY_300,
                        0.3 if heavy else 0.15)  # fmt: skip
        yield from axis_labels(self.axis, self.left, self.lang)
        if start is not None and self.first < 0:
            yield stroke(start, TOP, start, TOP + TALL, INK, 0.25, dash="0.6 0.8")
            yield from start_label(
                start, self.words.start, self.words.brief, self.lang, self.clearance
            )

    def clearance(self, low: float, high: float) -> tuple[float, float]:
        """How much is free above and below the bars between two places, in millimetres."""
        near = [one for one, time in zip(self.path, self.times, strict=True)
                if low - 3 <= self.x(time) <= high + 3]  # fmt: skip
        ends = [self.y(value) for value in _ends(near)]
        return min(ends, default=TOP + TALL) - TOP, TOP + TALL - max(ends, default=TOP)

    def estimate(self, one: Estimate) -> Iterator[str]:
        time = one.event_time or 0
        x, y, after = self.x(time), self.y(one.estimate), time >= 0
        if one.reference:
            yield element("rect", x=x - 1, y=y - 1, width=2, height=2, fill=WHITE, stroke=INK,
                          stroke_width=0.4)  # fmt: skip
            yield from self.base_label(x, y)
            return
        wide = min(4.6, self.pitch * 0.55)
        if one.uniform_low is not None and one.uniform_high is not None:
            top, bottom = self.y(one.uniform_high), self.y(one.uniform_low)
            fill = PETROL_300 if after else _BAND_BEFORE
            yield element("rect", x=x - wide / 2, y=top, width=wide, height=bottom - top, fill=fill)
        ink = PETROL_900 if after else GREY_600
        if one.conf_low is not None and one.conf_high is not None:
            top, bottom, cap = self.y(one.conf_high), self.y(one.conf_low), min(1.1, wide / 3)
            yield stroke(x, top, x, bottom, ink, 0.4)
            yield stroke(x - cap, top, x + cap, top, ink, 0.4)
            yield stroke(x - cap, bottom, x + cap, bottom, ink, 0.4)
        yield element("circle", cx=x, cy=y, r=min(1.15, wide / 2.4), fill=ink if after else WHITE,
                      stroke=ink, stroke_width=0.4)  # fmt: skip

    def base_label(self, x: float, y: float) -> Iterator[str]:
        if self.pitch > 9:
            yield text(x, y + 4.6, self.words.base, size=SIZE, fill=GREY_600, anchor="middle")

    def time_labels(self) -> Iterator[str]:
        """Times below the axis, as many as there is room for."""
        widest = max(width(plain(t, 0, self.lang), SANS_BOLD, SIZE) for t in self.times)
        every = max(1, -(-int(widest + 2) // max(1, int(self.pitch))))
        y = TOP + TALL + 4
        for time in self.times:
            if time % every == 0:
                weight = 600 if time >= 0 else 400
                yield text(self.x(time), y, plain(time, 0, self.lang), size=SIZE, weight=weight,
                           fill=INK, anchor="middle")  # fmt: skip
        middle = (self.left + RIGHT) / 2
        for offset, line in enumerate(self.since):
            yield text(middle, y + 5 + offset * LEADING, line, size=SIZE, fill=GREY_600,
                       anchor="middle")  # fmt: skip

    def names(self) -> Iterator[str]:
        """Name the parts of the last bar, each at its height, with room between them."""
        shown = [one for one in self.path if not one.reference]
        if not shown:
            return
        last = shown[-1]
        marks = [Mark(self.y(last.estimate), self.words.estimate, 700)]
        if last.conf_high is not None:
            marks.insert(0, Mark(self.y(last.conf_high), self.words.pointwise))
        if last.uniform_high is not None:
            marks.insert(0, Mark(self.y(last.uniform_high), self.words.uniform))
        begin = self.x(last.event_time or 0) + min(4.6, self.pitch * 0.55) / 2 + 0.6
        yield from names_at_right(marks, begin, self.lang)


def _ends(path: Sequence[Estimate]) -> list[float]:
    found = [
        value
        for one in path
        for value in (
            one.estimate, one.conf_low, one.conf_high, one.uniform_low, one.uniform_high
        )
    ]  # fmt: skip
    return [value for value in found if value is not None]


def _data(path: Sequence[Estimate], words: Words, lang: Language) -> Iterator[tuple[str, ...]]:
    yield words.heads
    for one in path:
        places = decimals(one.std_error, one.estimate)
        number = "0" if one.reference else plain(one.estimate, places, lang)
        yield (
            plain(one.event_time or 0, 0, lang),
            number,
            _interval(one.conf_low, one.conf_high, places, lang),
            _interval(one.uniform_low, one.uniform_high, places, lang),
        )


def _interval(low: float | None, high: float | None, places: int, lang: Language) -> str:
    return "" if low is None or high is None else bracketed(low, high, places, lang)
