"""Many estimates in order of size, above a matrix of the choices behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.document import Drawing
from evalkit.report.figures.axis import Axis, axis_for
from evalkit.report.figures.badge import dot
from evalkit.report.figures.legend import legend
from evalkit.report.figures.palette import GREY_300, GREY_600, INK, PETROL_700, PETROL_900, WHITE
from evalkit.report.figures.plot_frame import LEADING, SIZE, TALL, TOP, WIDTH, stroke
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, width, wrap

_NAMES: Final = 46.0  # millimetres that the names of choices have at most
_LINE: Final = 4.2
_GAP: Final = 4.0  # between the plot and the matrix
_EDGE: Final = 2.0


@dataclass(frozen=True, slots=True)
class CurveRun:
    """A run: its number with the ends of its interval, and its value of each choice.

    `sure` tells whether its adjusted p-value is below the level; `own` that it is the analysis
    itself.
    """

    estimate: float
    low: float | None
    high: float | None
    sure: bool
    own: bool
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurveWords:
    """The words of the figure.

    Attributes
    ----------
    choices
        Name of each choice.
    sure, unsure, own
        Of the three kinds of marks.
    alt
        What the figure shows.
    """

    choices: tuple[str, ...]
    sure: str
    unsure: str
    own: str
    alt: str


def specification_curve(
    runs: Sequence[CurveRun],
    words: CurveWords,
    lang: Language,
    data: tuple[tuple[str, ...], ...] = (),
) -> Drawing:
    """Draw the curve.

    Parameters
    ----------
    runs
        In the order in which the values of choices are listed.
    words
        The words of the figure.
    lang
        The language of the numbers.
    data
        The numbers behind it as rows of text.
    """
    curve = _Curve(runs, words, lang)
    markup = drawing(WIDTH, curve.height, curve.parts(), alt=words.alt)
    keys = [(dot(True, size=3.2), words.sure), (dot(False, size=3.2), words.unsure)]
    kinds = [any(one.sure for one in runs), not all(one.sure for one in runs)]
    shown = [key for key, there in zip(keys, kinds, strict=True) if there]
    if any(one.own for one in runs):
        shown.append((_square(), words.own))
    return Drawing(markup, words.alt, legend(shown), data)


def _square() -> str:
    mark = element("rect", x=0.6, y=0.1, width=2, height=3, fill="none", stroke=INK,
                   stroke_width=0.3)  # fmt: skip
    return drawing(3.2, 3.2, [mark], class_="dot")


class _Curve:
    """Knows where a run and a choice stand."""

    def __init__(self, runs: Sequence[CurveRun], words: CurveWords, lang: Language) -> None:
        self.words, self.lang = words, lang
        self.runs = sorted(runs, key=lambda one: one.estimate)
        ends = [value for one in runs for value in (one.estimate, one.low, one.high)]
        self.axis: Axis = axis_for([value for value in ends if value is not None], most=6)
        self.lines = [
            (choice, at, list(dict.fromkeys(one.values[at] for one in runs)))
            for at, choice in enumerate(words.choices)
        ]
        names = [(name, SANS) for _, _, values in self.lines for name in values]
        names += [(choice, SANS_BOLD) for choice in words.choices]
        names += [(self.axis.label(tick, lang), SANS) for tick in self.axis.ticks]
        widest = max(width(name, face, SIZE) for name, face in names)
        self.left = min(widest, _NAMES) + _EDGE + 1
        self.pitch = (WIDTH - self.left) / len(runs)
        self.rows = list(self._rows())

    def _rows(self) -> Iterator[tuple[float, tuple[str, ...], int, str | None]]:
        """Place the lines of the matrix: height, words, choice and value; heads have no value."""
        y = TOP + TALL + _GAP
        for choice, at, values in self.lines:
            for value in (None, *values):
                face = SANS_BOLD if value is None else SANS
                found = wrap(value or choice, face, SIZE, self.left - _EDGE, language=self.lang)
                yield y, found, at, value
                y += _LINE + LEADING * (len(found) - 1)
            y += 1

    @property
    def height(self) -> float:
        """The height of the drawing, with all lines of the matrix."""
        y, found, _, _ = self.rows[-1]
        return y + LEADING * (len(found) - 1) + 2

    def x(self, place: int) -> float:
        return self.left + (place + 0.5) * self.pitch

    def y(self, value: float) -> float:
        return TOP + TALL * (1 - self.axis.share(value))

    def parts(self) -> Iterator[str]:
        for tick in self.axis.ticks:
            heavy = tick == 0
            yield stroke(self.left, self.y(tick), WIDTH, self.y(tick), INK if heavy else GREY_300,
                        0.3 if heavy else 0.15)  # fmt: skip
            yield text(self.left - _EDGE, self.y(tick) + 1, self.axis.label(tick, self.lang),
                       size=SIZE, fill=GREY_600, anchor="end")  # fmt: skip
        for place, one in enumerate(self.runs):
            yield from self.run(place, one)
        for y, found, at, value in self.rows:
            yield from self.line(y, found, at, value)

    def run(self, place: int, one: CurveRun) -> Iterator[str]:
        """The disc of a run on its interval; a frame from top to bottom when it is the analysis."""
        x, radius = self.x(place), min(1.15, self.pitch / 2.4)
        if one.own:
            wide = min(4.0, self.pitch)
            yield element("rect", x=x - wide / 2, y=TOP, width=wide, height=self.height - TOP - 0.5,
                          fill="none", stroke=INK, stroke_width=0.2)  # fmt: skip
        if one.low is not None and one.high is not None:
            yield stroke(x, self.y(one.high), x, self.y(one.low), PETROL_900, 0.4)
        yield element("circle", cx=x, cy=self.y(one.estimate), r=radius,
                      fill=PETROL_700 if one.sure else WHITE, stroke=PETROL_900,
                      stroke_width=0.4)  # fmt: skip

    def line(self, y: float, found: Sequence[str], at: int, value: str | None) -> Iterator[str]:
        """A line of the matrix: its name, and a square at each run that chose it."""
        head = value is None
        for offset, words in enumerate(found):
            yield text(self.left - _EDGE, y + 1 + offset * LEADING, words, size=SIZE, anchor="end",
                       weight=700 if head else 400, fill=PETROL_900 if head else INK)  # fmt: skip
        if head:
            return
        side = min(1.8, self.pitch * 0.8)
        for place, one in enumerate(self.runs):
            x = self.x(place)
            if one.values[at] == value:
                yield element("rect", x=x - side / 2, y=y - side / 2, width=side, height=side,
                              fill=INK)  # fmt: skip
            else:
                yield stroke(x, y - 0.5, x, y + 0.5, GREY_300, 0.2)
