"""The box of a stage in the chain of an instrument."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from evalkit.language.numbers import Language
from evalkit.report.figures.palette import (
    GREY_600,
    INK,
    PETROL_50,
    PETROL_100,
    PETROL_700,
    WHITE,
)
from evalkit.report.figures.svg import element, text
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, SERIF, width
from evalkit.report.figures.words import fitted

Tone = Literal["plain", "strong", "unknown"]

PADDING: Final = 2.0
LEADING: Final = 3.7
SIZE: Final = 8.5
HEAD: Final = 7.0
_LARGE: Final = 16.0
_SPACING: Final = 0.22
_SMALLEST_HEAD: Final = 6.0


@dataclass(frozen=True, slots=True)
class ChainBox:
    """A stage: its name, a value to print large with what it counts, and a few words.

    `tone` is ``strong`` for the one result that was compared with a control group, and
    ``unknown`` for a stage that was not measured.
    """

    head: str
    value: str = ""
    unit: str = ""
    words: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class Filled:
    """A box with its words broken to the width that it has.

    Its unit stands `beside` its value where it fits there, and else below it.
    """

    box: ChainBox
    wide: float
    head: tuple[str, ...]
    head_size: float
    value_size: float
    beside: bool
    unit: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def tall(self) -> float:
        """How high the box is."""
        below = 0 if self.beside else len(self.unit)
        return 2 * PADDING + (6.6 if self.box.value else 0.4) + LEADING * (below + len(self.words))

    def drawn(self, left: float, top: float, tall: float) -> Iterator[str]:
        """Draw the frame and what stands in it; its top is at `top`."""
        yield _frame(self.box.tone, left, top, self.wide, tall)
        x, y = left + PADDING, top + PADDING + 2.6
        dark = self.box.tone == "strong"
        strong, plain = (WHITE, WHITE) if dark else (PETROL_700, INK)
        if self.box.value:
            y += 2.7
            value, size = self.box.value, self.value_size
            yield text(x, y, value, size=size, fill=strong, family="Source Serif 4")
            if self.beside:
                after = x + width(value, SERIF, size) + _AIR
                yield text(after, y, self.unit[0], size=SIZE, fill=strong)
            y += 4.6
        below = () if self.beside else self.unit
        lines = (*((line, strong) for line in below), *((line, plain) for line in self.words))
        for line, fill in lines:
            yield text(x, y, line, size=SIZE, fill=fill)
            y += LEADING

    def headed(self, left: float, bottom: float) -> Iterator[str]:
        """Draw the name of the stage, the last of its lines at `bottom`."""
        for at, line in enumerate(reversed(self.head)):
            y = bottom - at * 3.0
            size, spacing = self.head_size, _SPACING * self.head_size / HEAD
            yield text(left, y, line, size=size, fill=GREY_600, weight=600, spacing=spacing)


_AIR: Final = 1.0


def filled(box: ChainBox, wide: float, room_above: float, lang: Language) -> Filled:
    """Break the words of a box; its head may be as wide as `room_above`."""
    room = wide - 2 * PADDING
    size = _value_size(box.value, room)
    left = room - width(box.value, SERIF, size) - _AIR
    beside = bool(box.unit) and width(box.unit, SANS, SIZE) <= left
    unit = (box.unit,) if beside else fitted(box.unit, SANS, SIZE, room, lang)
    head, head_size = _head(box.head.upper(), room_above, lang)
    words = fitted(box.words, SANS, SIZE, room, lang)
    return Filled(box, wide, head, head_size, size, beside, unit, words)


def _value_size(value: str, limit: float) -> float:
    """Large, but never wider than its box."""
    wide = width(value, SERIF, _LARGE)
    return _LARGE if wide <= limit else _LARGE * limit / wide


def _head(words: str, room: float, lang: Language) -> tuple[tuple[str, ...], float]:
    """Set the stage in small capitals: smaller when its name is long, or else in two lines."""

    def wide(line: str) -> float:
        return width(line, SANS_SEMIBOLD, HEAD) + _SPACING * len(line)

    size = HEAD * min(1.0, room / max(wide(words), 1e-9))
    if size >= _SMALLEST_HEAD:
        return (words,), size
    spaced = width(words, SANS_SEMIBOLD, HEAD) / max(wide(words), 1e-9)
    lines = fitted(words, SANS_SEMIBOLD, HEAD, room * spaced, lang)
    return lines, HEAD


def _frame(tone: Tone, left: float, top: float, wide: float, tall: float) -> str:
    if tone == "unknown":
        return element(
            "rect",
            x=left + 0.2,
            y=top + 0.2,
            width=wide - 0.4,
            height=tall - 0.4,
            fill=WHITE,
            stroke=PETROL_700,
            stroke_width=0.35,
            stroke_dasharray="1.1 0.8",
        )
    fill = {"plain": PETROL_100, "strong": PETROL_700}.get(tone, PETROL_50)
    return element("rect", x=left, y=top, width=wide, height=tall, fill=fill)
