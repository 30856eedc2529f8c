"""Series over time: lines that are named where they end."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from evalkit.language.numbers import Language
from evalkit.report.figures.axis import Axis, axis_for, needs_nought
from evalkit.report.figures.palette import COPPER_700, GREY_300, GREY_600, INK, PETROL_900
from evalkit.report.figures.pen import Pen, path, point
from evalkit.report.figures.plot_frame import LEADING, SIZE, WIDTH, stroke
from evalkit.report.figures.svg import drawing, text
from evalkit.report.figures.text import SANS, SANS_BOLD, width
from evalkit.report.figures.words import apart, fitted

_TALL = 52.0
_DOTS = 16  # with more points than this a line has none
_NAME_GAP = 6.4  # from the plot to the names beside it, their sample between
_MOST = 190.0  # millimetres: what a page has room for
_DOT, _ALONE = 0.95, 1.2  # half the size of a point, and of one that no line leads to
_NOTE = 3  # lines of words at a break; with more, letters stand there
_NARROW = 12.0  # room that words at a break need


@dataclass(frozen=True, slots=True)
class Course:
    """A series: its name, its points in order (None is a gap) and how it is drawn.

    Attributes
    ----------
    named
        Whether its name stands beside it.
    dots
        Whether its points are shown, when there are few; one that stands alone always is.
    parts_from
        Whether it begins at a point of another series, which shows its own shape there.
    """

    name: str
    points: tuple[tuple[float, float | None], ...]
    pen: Pen
    named: bool = True
    dots: bool = True
    parts_from: bool = False

    @property
    def known(self) -> list[tuple[float, float]]:
        """The points that have a value."""
        return [(x, value) for x, value in self.points if value is not None]


@dataclass(frozen=True, slots=True)
class Break:
    """Where series begin anew: between two places, and why."""

    before: float
    after: float
    words: str

    @property
    def at(self) -> float:
        """Halfway."""
        return (self.before + self.after) / 2


@dataclass(frozen=True, slots=True)
class Aim:
    """A value that is aimed at, its name, and when, if that is known."""

    value: float
    name: str
    at: float | None = None


@dataclass(frozen=True, slots=True)
class Lines:
    """What a chart of lines shows.

    Attributes
    ----------
    ticks
        Places along the time axis with their names.
    courses
        The series; those drawn last lie on top.
    breaks, aim
        Where series begin anew, and what is aimed at.
    """

    ticks: tuple[tuple[float, str], ...]
    courses: tuple[Course, ...]
    breaks: tuple[Break, ...] = ()
    aim: Aim | None = None


def line_chart(chart: Lines, lang: Language, *, alt: str) -> tuple[str, tuple[str, ...]]:
    """Draw a chart of lines.

    Returns
    -------
    markup
        The drawing.
    lettered
        Why series begin anew, in the order of the letters that stand in the drawing; nothing when
        the words found room in it.
    """
    plot = _Plot(chart, lang)
    markup = drawing(WIDTH, plot.bottom + 6, plot.parts(), alt=alt)
    return markup, tuple(one.words for one in chart.breaks) if plot.lettered else ()


@dataclass(frozen=True, slots=True)
class _Name:
    """A name beside the plot, its value and its lines, and how its series is drawn."""

    value: float
    at: float
    lines: tuple[str, ...]
    pen: Pen | None
    drawn: bool = True
    dots: bool = True

    @property
    def tall(self) -> float:
        return 1.0 + LEADING * len(self.lines)

    @property
    def wide(self) -> float:
        return max(width(line, SANS if self.pen else SANS_BOLD, SIZE) for line in self.lines)


class _Plot:
    """Knows where a time and a value stand."""

    def __init__(self, chart: Lines, lang: Language) -> None:
        self.chart, self.lang = chart, lang
        self.axis = self._axis()
        labels = [width(self.axis.label(tick, lang), SANS, SIZE) for tick in self.axis.ticks]
        self.left = max(8.0, max(labels) + 2.5)
        self.names = self._names()
        longest = max((name.wide for name in self.names), default=0)
        self.right = WIDTH - (longest + _NAME_GAP + 0.5 if self.names else 4.0)
        places = [x for x, _ in chart.ticks]
        places += [] if chart.aim is None or chart.aim.at is None else [chart.aim.at]
        self.low, self.high = min(places), max(places)
        self.notes = [self._note(at) for at in range(len(chart.breaks))]
        self.lettered = any(len(note) > _NOTE for note in self.notes)
        if self.lettered:
            # On three levels, since breaks may be a year apart.
            self.notes = [
                (*("",) * (at % 3), chr(ord("a") + at)) for at in range(len(chart.breaks))
            ]
        self.top = 2.0 + LEADING * max((len(note) for note in self.notes), default=0)
        needed = sum(name.tall for name in self.names)
        self.tall = min(_MOST, max(_TALL, needed - 2))
        self.bottom = self.top + self.tall

    def _axis(self) -> Axis:
        values = [value for course in self.chart.courses for _, value in course.known]
        values += [self.chart.aim.value] if self.chart.aim else []
        return axis_for(values or [0.0, 1.0], nought=needs_nought(values))

    def _names(self) -> list[_Name]:
        room = 40.0
        found = []
        for course in self.chart.courses:
            if course.named and course.known:
                x, value = course.known[-1]
                lines = fitted(course.name, SANS, SIZE, room, self.lang)
                drawn = len(course.known) > 1
                dots = course.dots or not drawn
                found.append(_Name(value, x, lines, course.pen, drawn, dots))
        if self.chart.aim:
            lines = fitted(self.chart.aim.name, SANS_BOLD, SIZE, room, self.lang)
            found.append(_Name(self.chart.aim.value, math.inf, lines, None, dots=False))
        return sorted(found, key=lambda name: -name.value)

    def _note(self, at: int) -> tuple[str, ...]:
        """The words of a break, in the room up to the next one."""
        room = self._note_room(at)
        if room < _NARROW:
            return ("",) * (_NOTE + 1)
        return fitted(self.chart.breaks[at].words, SANS, SIZE, room, self.lang)

    def _note_room(self, at: int) -> float:
        breaks = self.chart.breaks
        begin = self.x(breaks[at].at)
        end = self.x(breaks[at + 1].at) if at + 1 < len(breaks) else WIDTH
        return end - begin - 2.5

    def x(self, at: float) -> float:
        inset = 3.0
        if self.high == self.low:
            return (self.left + self.right) / 2
        share = (at - self.low) / (self.high - self.low)
        return self.left + inset + share * (self.right - self.left - 2 * inset)

    def y(self, value: float) -> float:
        return self.top + self.tall * (1 - self.axis.share(value))

    def parts(self) -> Iterator[str]:
        for tick in self.axis.ticks:
            ink, wide = (INK, 0.3) if tick == 0 else (GREY_300, 0.15)
            yield stroke(self.left, self.y(tick), self.right, self.y(tick), ink, wide)
            yield text(self.left - 2, self.y(tick) + 1, self.axis.label(tick, self.lang),
                       size=SIZE, fill=GREY_600, anchor="end")  # fmt: skip
        if 0 not in self.axis.ticks:
            yield stroke(self.left, self.bottom, self.right, self.bottom, INK, 0.3)
        yield from self.time_labels()
        yield from self.break_marks()
        yield from self.aim()
        for course in self.chart.courses:
            yield from self.course(course)
        yield from self.aimed()
        yield from self.name_labels()

    def time_labels(self) -> Iterator[str]:
        """As many names of times as there is room for, the last among them."""
        ticks = list(self.chart.ticks)
        aim = self.chart.aim
        if aim is not None and aim.at is not None and aim.at > ticks[-1][0]:
            ticks.append((aim.at, f"{aim.at:g}"))
        shown_from = WIDTH
        for x, words in reversed(ticks):
            line = fitted(words, SANS, SIZE, 30, self.lang, most=1)[0]
            half = width(line, SANS, SIZE) / 2
            middle = max(min(self.x(x), self.right + 1 - half), half)
            if middle + half + 1.5 <= shown_from or shown_from == WIDTH:
                yield stroke(self.x(x), self.bottom, self.x(x), self.bottom + 0.9, INK, 0.2)
                yield text(middle, self.bottom + 4.2, line, size=SIZE, anchor="middle")
                shown_from = middle - half

    def break_marks(self) -> Iterator[str]:
        for one, note in zip(self.chart.breaks, self.notes, strict=True):
            x = self.x(one.at)
            yield stroke(x, 0.6, x, self.bottom, GREY_600, 0.25, dash="0.6 0.8")
            for at, line in ((at, line) for at, line in enumerate(note) if line):
                yield text(x + 1.2, 2.8 + at * LEADING, line, size=SIZE, fill=GREY_600)

    def aim(self) -> Iterator[str]:
        found = self.chart.aim
        if found is None:
            return
        y = self.y(found.value)
        yield stroke(self.left, y, self.right, y, COPPER_700, 0.35, dash="1.6 0.9")

    def aimed(self) -> Iterator[str]:
        """The point that is aimed at, on top of the line that leads to it."""
        found = self.chart.aim
        if found is not None and found.at is not None:
            pen = Pen(COPPER_700, 0.5, None, "lozenge")
            yield point(pen, self.x(found.at), self.y(found.value), 1.2)

    def course(self, course: Course) -> Iterator[str]:
        """A line over what was measured; gaps and breaks part it."""
        run: list[tuple[float, float]] = []
        runs = [run]
        last = -math.inf
        for x, value in course.points:
            parted = any(last <= one.before and one.after <= x for one in self.chart.breaks)
            if value is None or parted:
                runs.append(run := [])
            if value is not None:
                run.append((self.x(x), self.y(value)))
            last = x
        dots = course.dots and len(course.points) <= _DOTS
        for found in runs:
            alone = len(found) == 1
            if not alone:
                yield path(course.pen, found)
            skipped = 1 if course.parts_from and found is runs[0] else 0
            for x, y in found[skipped:] if dots or alone else ():
                yield point(course.pen, x, y, _ALONE if alone else _DOT)

    def name_labels(self) -> Iterator[str]:
        wanted = [self.y(name.value) for name in self.names]
        places = apart(wanted, [name.tall for name in self.names], self.top - 2, self.bottom + 5)
        for name, middle in zip(self.names, places, strict=True):
            begin = self.right if math.isinf(name.at) else self.x(name.at) + 1.6
            if begin < self.right + 1:
                yield stroke(begin, self.y(name.value), self.right, self.y(name.value),
                             GREY_300, 0.2)  # fmt: skip
            yield stroke(self.right, self.y(name.value), self.right + 1.6, middle, GREY_300, 0.2)
            yield from self.sample(name, middle)
            first = middle - (len(name.lines) - 1) * LEADING / 2 + 1
            for at, line in enumerate(name.lines):
                yield text(self.right + _NAME_GAP, first + at * LEADING, line, size=SIZE,
                           fill=COPPER_700 if name.pen is None else PETROL_900,
                           weight=700 if name.pen is None else 400)  # fmt: skip

    def sample(self, name: _Name, y: float) -> Iterator[str]:
        """What is drawn of a series, before its name."""
        pen = name.pen or Pen(COPPER_700, 0.35, "1.6 0.9", "lozenge")
        if name.drawn:
            yield path(pen, [(self.right + 1.8, y), (self.right + 5.4, y)])
        if name.dots:
            yield point(pen, self.right + 3.6, y, 0.85)
