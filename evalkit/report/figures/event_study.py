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
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, Face, width, wrap

_WIDTH: Final = 168.0
_LEFT: Final = 10.0
_RIGHT: Final = 134.0
_TOP: Final = 2.0
_TALL: Final = 52.0
_BAND_BEFORE: Final = "#D5DCDF"  # greyer than after the start: what lies before is a test
_SIZE: Final = 8.0
_LEADING: Final = 3.4
_GAP: Final = 1.6  # between a line and the words beside it
_LEFT_OF_MIDDLE: Final = (_LEFT + _RIGHT) / 2 - 1


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
        markup=drawing(_WIDTH, plot.height, plot.parts(), alt=words.alt),
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
        self.pitch = (_RIGHT - _LEFT) / (self.last - self.first + 1)
        self.since = _fitting((words.since, words.since_brief), SANS, 2 * _LEFT_OF_MIDDLE, lang)

    @property
    def height(self) -> float:
        """The height of the drawing, with as many lines below the axis as there are."""
        return _TOP + _TALL + 11 + _LEADING * (len(self.since) - 1)

    def x(self, time: float) -> float:
        return _LEFT + (time - self.first + 0.5) * self.pitch

    def y(self, value: float) -> float:
        return _TOP + _TALL * (1 - self.axis.share(value))

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
            start = self.x(-0.5) if self.first < 0 else _LEFT
            yield element(
                "rect", x=start, y=_TOP, width=_RIGHT - start, height=_TALL, fill=PETROL_50
            )
        for tick in self.axis.ticks:
            heavy = tick == 0
            yield _line(_LEFT, self.y(tick), _RIGHT, self.y(tick), INK if heavy else GREY_300,
                        0.3 if heavy else 0.15)  # fmt: skip
            yield text(_LEFT - 2, self.y(tick) + 1, self.axis.label(tick, self.lang), size=_SIZE,
                       fill=GREY_600, anchor="end")  # fmt: skip
        if start is not None and self.first < 0:
            yield _line(start, _TOP, start, _TOP + _TALL, INK, 0.25, dash="0.6 0.8")
            yield from self.start_label(start)

    def start_label(self, start: float) -> Iterator[str]:
        """The start, right of its line or else left of it, in the corner clear of the bars."""
        right, left = _RIGHT - start - 2 * _GAP, start - _LEFT - 2 * _GAP
        lines, anchor = _fitting((self.words.start,), SANS_BOLD, right, self.lang), None
        if not lines:  # a generic word keeps its place, as long as that has room for it
            anchor = None if width(self.words.brief, SANS_BOLD, _SIZE) <= right else "end"
            room = right if anchor is None else left
            lines = _fitting((self.words.brief,), SANS_BOLD, room, self.lang)
        if not lines:
            return
        x = start + _GAP if anchor is None else start - _GAP
        wide = max(width(line, SANS_BOLD, _SIZE) for line in lines)
        reach = (x, x + wide) if anchor is None else (x - wide, x)
        tall = _LEADING * len(lines) + 1.5
        upper, lower = self.clearance(*reach)
        y = _TOP + 4 if upper >= tall or upper >= lower else _TOP + _TALL - tall + 3
        for offset, line in enumerate(lines):
            yield text(x, y + offset * _LEADING, line, size=_SIZE, fill=PETROL_900, weight=700,
                       anchor=anchor)  # fmt: skip

    def clearance(self, low: float, high: float) -> tuple[float, float]:
        """How much is free above and below the bars between two places, in millimetres."""
        near = [one for one, time in zip(self.path, self.times, strict=True)
                if low - 3 <= self.x(time) <= high + 3]  # fmt: skip
        ends = [self.y(value) for value in _ends(near)]
        return min(ends, default=_TOP + _TALL) - _TOP, _TOP + _TALL - max(ends, default=_TOP)

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
            yield _line(x, top, x, bottom, ink, 0.4)
            yield _line(x - cap, top, x + cap, top, ink, 0.4)
            yield _line(x - cap, bottom, x + cap, bottom, ink, 0.4)
        yield element("circle", cx=x, cy=y, r=min(1.15, wide / 2.4), fill=ink if after else WHITE,
                      stroke=ink, stroke_width=0.4)  # fmt: skip

    def base_label(self, x: float, y: float) -> Iterator[str]:
        if self.pitch > 9:
            yield text(x, y + 4.6, self.words.base, size=_SIZE, fill=GREY_600, anchor="middle")

    def time_labels(self) -> Iterator[str]:
        """Times below the axis, as many as there is room for."""
        widest = max(width(plain(t, 0, self.lang), SANS_BOLD, _SIZE) for t in self.times)
        every = max(1, -(-int(widest + 2) // max(1, int(self.pitch))))
        y = _TOP + _TALL + 4
        for time in self.times:
            if time % every == 0:
                weight = 600 if time >= 0 else 400
                yield text(self.x(time), y, plain(time, 0, self.lang), size=_SIZE, weight=weight,
                           fill=INK, anchor="middle")  # fmt: skip
        middle = (_LEFT + _RIGHT) / 2
        for offset, line in enumerate(self.since):
            yield text(middle, y + 5 + offset * _LEADING, line, size=_SIZE, fill=GREY_600,
                       anchor="middle")  # fmt: skip

    def names(self) -> Iterator[str]:
        """Name the parts of the last bar, each at its height, with room between them."""
        shown = [one for one in self.path if not one.reference]
        if not shown:
            return
        last = shown[-1]
        marks = [(last.estimate, self.words.estimate, 700)]
        if last.conf_high is not None:
            marks.insert(0, (last.conf_high, self.words.pointwise, 400))
        if last.uniform_high is not None:
            marks.insert(0, (last.uniform_high, self.words.uniform, 400))
        begin = self.x(last.event_time or 0) + min(4.6, self.pitch * 0.55) / 2 + 0.6
        wanted = [self.y(value) for value, _, _ in marks]
        for (_, name, weight), at, y in zip(marks, wanted, _apart(wanted, 4.2), strict=True):
            yield _line(begin, at, _RIGHT + 1.5, y, GREY_300, 0.2)
            room = _WIDTH - _RIGHT - 2.5
            for offset, line in enumerate(_two_lines(name, room)):
                yield text(_RIGHT + 2.5, y + 1 + offset * 3.4, line, size=_SIZE, weight=weight,
                           fill=PETROL_900 if weight == 700 else GREY_600)  # fmt: skip


def _fitting(
    wordings: Sequence[str], face: Face, room: float, lang: Language
) -> tuple[str, ...]:
    """Break the first wording that fits in two lines; nothing when none does."""
    for words in wordings:
        lines = wrap(words, face, _SIZE, room, language=lang) if room > 0 else ()
        if len(lines) in (1, 2) and all(width(line, face, _SIZE) <= room for line in lines):
            return lines
    return ()


def _two_lines(name: str, room: float) -> list[str]:
    return [name] if width(name, SANS, _SIZE) <= room else name.split(", ", 1)


def _ends(path: Sequence[Estimate]) -> list[float]:
    found = [
        value
        for one in path
        for value in (
            one.estimate, one.conf_low, one.conf_high, one.uniform_low, one.uniform_high
        )
    ]  # fmt: skip
    return [value for value in found if value is not None]


def _apart(wanted: Sequence[float], least: float) -> list[float]:
    """Move labels apart, keeping their order from top to bottom and their middle."""
    placed = list(wanted)
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + least)
    shift = (sum(placed) - sum(wanted)) / len(placed)
    highest = _TOP + 1 - min(placed[0] - shift, _TOP + 1)
    return [value - shift + highest for value in placed]


def _line(
    x1: float, y1: float, x2: float, y2: float, ink: str, wide: float, dash: str | None = None
) -> str:
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ink, stroke_width=wide, stroke_dasharray=dash
    )


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
