"""The effectladder: every rung, also an empty one, with the instruments that stand on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.report.document import Drawing
from evalkit.report.figures.badge import Direction, direction_symbol
from evalkit.report.figures.chips import (
    LEFT,
    PADDING,
    REMARK,
    RIGHT,
    SIZE,
    Chip,
    draw_chips,
    height,
    place,
)
from evalkit.report.figures.legend import legend
from evalkit.report.figures.palette import (
    GREY_300,
    GREY_600,
    INK,
    PETROL_50,
    PETROL_100,
    PETROL_300,
    PETROL_400,
    PETROL_500,
    PETROL_700,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, Face, width

__all__ = ["Chip", "Direction", "Rung", "ladder"]

BETWEEN: Final = 1.0
_WORDS: Final = 8.0  # where the words beside a rung begin, and the rule above them ends
_RULE: Final = 43.0

_FILLS: Final = (PETROL_50, PETROL_100, PETROL_300, PETROL_400, PETROL_500)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level of the ladder: its number, name and meaning, and who stands on it."""

    level: int
    name: str
    meaning: str
    chips: tuple[Chip, ...] = ()


def ladder(
    rungs: Sequence[Rung],
    *,
    alt: str,
    empty: str,
    directions: dict[Direction, str],
    heads: Sequence[str] = (),
) -> Drawing:
    """Draw the ladder with the highest rung on top.

    Parameters
    ----------
    rungs
        All rungs of the ladder, in any order.
    alt
        What the figure shows.
    empty
        Word on a rung without instruments.
    directions
        What each direction is called; those that occur make the legend.
    heads
        Heads of the data rows: level, instrument, direction, remark.
    """
    ordered = sorted(rungs, key=lambda rung: -rung.level)
    top = max(1, *(rung.level for rung in ordered))
    parts: list[str] = []
    y = 0.0
    for rung in ordered:
        placed = list(place(rung.chips))
        tall = height(placed)
        parts += [
            *_step(rung, y, tall, top, empty),
            *draw_chips(placed, y, _on(_fill(rung.level, top))),
        ]
        y += tall + BETWEEN
    return Drawing(
        markup=drawing(RIGHT, y, parts, alt=alt),
        alt=alt,
        legend=_legend(ordered, directions),
        data=(tuple(heads), *_rows(ordered, directions)),
    )


def _step(rung: Rung, y: float, tall: float, top: int, empty: str) -> Iterator[str]:
    fill = _fill(rung.level, top)
    edge = GREY_300 if fill == PETROL_50 else None
    yield element("path", d=f"M0 {y:.2f}H{_RULE:g}", stroke=GREY_300, stroke_width=0.15)
    yield text(0, y + 6.2, str(rung.level), size=18, fill=PETROL_700, family="Source Serif 4")
    name = _fitting(rung.name, SANS_SEMIBOLD, SIZE)
    yield text(_WORDS, y + 4.4, rung.name, size=name, fill=PETROL_900, weight=600)
    meaning = _fitting(rung.meaning, SANS, REMARK)
    yield text(_WORDS, y + 8.0, rung.meaning, size=meaning, fill=GREY_600)
    inset = 0.08 if edge else 0.0
    yield element(
        "rect",
        x=LEFT + inset,
        y=y + inset,
        width=RIGHT - LEFT - 2 * inset,
        height=tall - 2 * inset,
        fill=fill,
        stroke=edge,
        stroke_width=0.15 if edge else None,
    )
    if not rung.chips:
        shade = _on(fill)
        yield text(LEFT + PADDING, y + tall / 2 + 1.0, empty, size=8.5, fill=shade)


def _fitting(words: str, face: Face, size: float) -> float:
    """Set what is too wide for the rule of its rung smaller."""
    return size * min(1.0, (_RULE - _WORDS) / max(width(words, face, size), 1.0))


def _fill(level: int, top: int) -> str:
    """Darker with each rung, whatever the number of rungs."""
    return _FILLS[min(round(level * (len(_FILLS) - 1) / top), len(_FILLS) - 1)]


def _on(fill: str) -> str:
    """The colour in which words are legible on a fill."""
    return {PETROL_500: WHITE, PETROL_50: GREY_600, PETROL_100: INK}.get(fill, PETROL_900)


def _legend(rungs: Sequence[Rung], directions: dict[Direction, str]) -> str:
    used = {chip.direction for rung in rungs for chip in rung.chips}
    return legend(
        (direction_symbol(direction), words)
        for direction, words in directions.items()
        if direction in used
    )


def _rows(rungs: Sequence[Rung], directions: dict[Direction, str]) -> Iterator[tuple[str, ...]]:
    for rung in rungs:
        level = f"{rung.level} {rung.name}"
        for chip in rung.chips:
            yield level, chip.name, directions[chip.direction], chip.remark
        if not rung.chips:
            yield level, "", "", ""
