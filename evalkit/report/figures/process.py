"""Steps in their order, and the work packages that carry each of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.figures.palette import (
    GREY_300,
    PETROL_50,
    PETROL_100,
    PETROL_500,
    PETROL_700,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.plot_frame import LEADING, SIZE, WIDTH, stroke
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, SANS_SEMIBOLD, width
from evalkit.report.figures.words import fitted

MOST_PACKAGES: Final = 10
_STEPS = (74.0, 66.0, 60.0, 54.0)  # widths of steps: the widest that leaves heads whole
_NUMBERED = re.compile(r"(\d+[a-z]?|[A-Z])\.?\s+(\S.*)")  # a chapter: its number, then its name
_GAP = 3.2  # between steps, for the arrow
_PAD = 1.7
_INDENT = 7.0  # of what is part of a step
_DISC = 2.5
_MOST = 225.0  # what a page has room for, with a caption


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its number, what is done, and a mark or words for each package.

    Attributes
    ----------
    number
        Such as ``5``, or ``5a`` for a part of step 5.
    words
        What is done.
    cells
        For each package: empty, the mark ``•``, or words.
    """

    number: str
    words: str
    cells: tuple[str, ...]

    @property
    def part(self) -> bool:
        """Whether it is a part of the step before it."""
        return not self.number.isdigit()


def process_chart(
    steps: Sequence[Step], packages: Sequence[str], lang: Language, *, alt: str
) -> str | None:
    """Draw steps below each other, with a column for each work package.

    None when its words take more room than a page has.
    """
    plot = _Plot(steps, packages, lang)
    if plot.height > _MOST:
        return None
    return drawing(WIDTH, plot.height, plot.parts(), alt=alt)


def _heads(packages: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Part the numbers of the packages from their names, where all have one.

    Examples
    --------
    >>> _heads(["1 Inleiding", "2 Mix"])
    (('1', '2'), ('Inleiding', 'Mix'))
    >>> _heads(["1 Inleiding", "Mix"])
    ((), ('1 Inleiding', 'Mix'))
    """
    found = [_NUMBERED.fullmatch(name) for name in packages]
    if not found or None in found:
        return (), tuple(packages)
    parted = [one.groups() for one in found if one is not None]
    return tuple(number for number, _ in parted), tuple(name for _, name in parted)


def _room(pitch: float) -> float:
    return max(pitch - 1.4, 3)


def _step_width(names: Sequence[str]) -> float:
    """The widest boxes of steps beside which no word of a head is broken; else the widest."""
    if not names:
        return WIDTH
    longest = max(width(word, SANS_SEMIBOLD, SIZE) for name in names for word in name.split())
    for wide in _STEPS:
        if longest <= _room((WIDTH - wide - 5) / len(names)):
            return wide
    return _STEPS[0]


class _Plot:
    def __init__(self, steps: Sequence[Step], packages: Sequence[str], lang: Language) -> None:
        self.steps, self.packages = steps, packages
        self.numbers, names = _heads(packages)
        self.box = _step_width(names)
        self.begin = WIDTH if not packages else self.box + 5
        self.pitch = (WIDTH - self.begin) / len(packages) if packages else 0.0
        room = _room(self.pitch)
        self.heads = [fitted(name, SANS_SEMIBOLD, SIZE, room, lang) for name in names]
        rows = max((len(head) for head in self.heads), default=0) + bool(self.numbers)
        self.top = 2.5 + LEADING * rows
        self.words = [
            fitted(step.words, SANS if step.part else SANS_SEMIBOLD, SIZE + 0.5, self.room(step),
                   lang)
            for step in steps
        ]  # fmt: skip
        self.cells = [
            [
                fitted(cell, SANS, SIZE, room, lang) if cell not in ("", "•") else ()
                for cell in s.cells
            ]
            for s in steps
        ]
        self.talls = [
            max(6.4, LEADING * max(len(words), *(len(c) for c in cells), 1) + 2 * _PAD)
            for words, cells in zip(self.words, [[*c, ()] for c in self.cells], strict=True)
        ]
        self.tops = list(self._tops())
        self.height = self.tops[-1] + self.talls[-1] + 1

    def room(self, step: Step) -> float:
        return self.box - 9.5 - _PAD - (_INDENT if step.part else 0)

    def _tops(self) -> Iterator[float]:
        y = self.top
        for at, step in enumerate(self.steps):
            if at:
                y += self.talls[at - 1] + (1.0 if step.part else _GAP)
            yield y

    def parts(self) -> Iterator[str]:
        yield from self.columns()
        main: int | None = None
        for at, step in enumerate(self.steps):
            if not step.part:
                if main is not None:
                    yield from self.arrow(at)
                main = at
            yield from self.step(at)
            yield from self.marks(at)

    def columns(self) -> Iterator[str]:
        bottom = self.height - 0.5
        for at, head in enumerate(self.heads):
            middle = self.begin + (at + 0.5) * self.pitch
            if at % 2 == 0:
                yield element("rect", x=self.begin + at * self.pitch, y=0, width=self.pitch,
                              height=bottom, fill=PETROL_50)  # fmt: skip
            first = self.top - 2.6 - LEADING * (len(head) - 1)
            if self.numbers:
                # On one line, however many lines the names below them take.
                first = 3.2 + LEADING
                yield text(middle, 3.2, self.numbers[at], size=SIZE, weight=700,
                           fill=PETROL_700, anchor="middle")  # fmt: skip
            for offset, line in enumerate(head):
                yield text(middle, first + offset * LEADING, line, size=SIZE, weight=600,
                           fill=PETROL_900, anchor="middle")  # fmt: skip
        if self.heads:
            yield stroke(self.begin, self.top - 1.2, WIDTH, self.top - 1.2, PETROL_900, 0.3)

    def step(self, at: int) -> Iterator[str]:
        step, y, tall = self.steps[at], self.tops[at], self.talls[at]
        x = _INDENT if step.part else 0.0
        yield element("rect", x=x, y=y, width=self.box - x, height=tall,
                      fill=WHITE if step.part else PETROL_100,
                      stroke=GREY_300 if step.part else None, stroke_width=0.25)  # fmt: skip
        middle = y + tall / 2
        wide = width(step.number, SANS_BOLD, SIZE)
        if step.part or wide > 2 * _DISC - 0.8:
            yield text(x + 4.4, middle + 1, step.number, size=SIZE, weight=700, fill=PETROL_700,
                       anchor="middle")  # fmt: skip
        else:
            yield element("circle", cx=4.4, cy=middle, r=_DISC, fill=PETROL_700)
            yield text(4.4, middle + 1, step.number, size=SIZE, weight=700, fill=WHITE,
                       anchor="middle")  # fmt: skip
        first = middle - (len(self.words[at]) - 1) * LEADING / 2 + 1
        for offset, line in enumerate(self.words[at]):
            yield text(x + 9.5, first + offset * LEADING, line, size=SIZE + 0.5,
                       weight=400 if step.part else 600, fill=PETROL_900)  # fmt: skip

    def marks(self, at: int) -> Iterator[str]:
        """A disc for what carries the step, on a line from it; words stand in its place."""
        step, middle = self.steps[at], self.tops[at] + self.talls[at] / 2
        used = [column for column, cell in enumerate(step.cells) if cell]
        if used:
            end = self.begin + (used[-1] + 0.5) * self.pitch
            yield stroke(self.box, middle, end, middle, PETROL_500, 0.3)
        for column in used:
            x, lines = self.begin + (column + 0.5) * self.pitch, self.cells[at][column]
            if not lines:
                yield element("circle", cx=x, cy=middle, r=1.6, fill=PETROL_700)
                continue
            wide = max(width(line, SANS, SIZE) for line in lines) + 1.4
            tall = LEADING * len(lines) + 0.8
            yield element("rect", x=x - wide / 2, y=middle - tall / 2, width=wide, height=tall,
                          fill=WHITE, stroke=PETROL_500, stroke_width=0.25)  # fmt: skip
            first = middle - (len(lines) - 1) * LEADING / 2 + 1
            for offset, line in enumerate(lines):
                yield text(x, first + offset * LEADING, line, size=SIZE, anchor="middle")

    def arrow(self, at: int) -> Iterator[str]:
        """From the step before, past its parts, down to this one."""
        before = max(i for i in range(at) if not self.steps[i].part)
        start, end = self.tops[before] + self.talls[before], self.tops[at]
        yield stroke(4.4, start, 4.4, end - 1.2, PETROL_700, 0.5)
        points = f"3.3,{end - 1.8:.2f} 5.5,{end - 1.8:.2f} 4.4,{end:.2f}"
        yield element("polygon", points=points, fill=PETROL_700)
