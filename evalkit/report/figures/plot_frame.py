"""What plots of effects have in common: their frame, and where words find room in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.figures.axis import Axis
from evalkit.report.figures.palette import GREY_300, GREY_600, PETROL_900
from evalkit.report.figures.svg import element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, Face, width, wrap

WIDTH: Final = 168.0
LEFT: Final = 10.0
RIGHT: Final = 134.0
TOP: Final = 2.0
TALL: Final = 52.0
SIZE: Final = 8.0
LEADING: Final = 3.4
_LABEL_GAP: Final = 2.0  # between the labels of the axis and the plot
_GAP: Final = 1.6  # between a line and the words beside it

Clearance = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A name at the right of a plot, and the height of what it names."""

    y: float
    name: str
    weight: int = 400


def stroke(
    x1: float, y1: float, x2: float, y2: float, ink: str, wide: float, dash: str | None = None
) -> str:
    """Return a straight line."""
    return element(
        "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=ink, stroke_width=wide, stroke_dasharray=dash
    )


def fitting(words: Sequence[str], face: Face, room: float, lang: Language) -> tuple[str, ...]:
    """Break the first wording that fits in two lines; nothing when none does."""
    for wording in words:
        lines = wrap(wording, face, SIZE, room, language=lang) if room > 0 else ()
        if len(lines) in (1, 2) and all(width(line, face, SIZE) <= room for line in lines):
            return lines
    return ()


def left_of(axis: Axis, lang: Language) -> float:
    """Tell where a plot begins: as far from the edge as the labels of its axis need."""
    widest = max(width(axis.label(tick, lang), SANS, SIZE) for tick in axis.ticks)
    return max(LEFT, widest + _LABEL_GAP + 0.5)


def axis_labels(axis: Axis, left: float, lang: Language) -> Iterator[str]:
    """Print the ticks of the value axis."""
    for tick in axis.ticks:
        y = TOP + TALL * (1 - axis.share(tick)) + 1
        yield text(left - _LABEL_GAP, y, axis.label(tick, lang), size=SIZE, fill=GREY_600,
                   anchor="end")  # fmt: skip


def start_label(
    start: float, words: str, brief: str, lang: Language, clearance: Clearance
) -> Iterator[str]:
    """Name the start, right of its line or else left of it, in the clearer corner.

    Parameters
    ----------
    start
        Where its line stands.
    words, brief
        What happens, and a word for it where that is too long.
    lang
        For hyphens.
    clearance
        How much is free above and below what is drawn between two places, in millimetres.
    """
    right, left = RIGHT - start - 2 * _GAP, start - LEFT - 2 * _GAP
    lines, anchor = fitting((words,), SANS_BOLD, right, lang), None
    if not lines:  # a generic word keeps its place, as long as that has room for it
        anchor = None if width(brief, SANS_BOLD, SIZE) <= right else "end"
        lines = fitting((brief,), SANS_BOLD, right if anchor is None else left, lang)
    if not lines:
        return
    x = start + _GAP if anchor is None else start - _GAP
    wide = max(width(line, SANS_BOLD, SIZE) for line in lines)
    tall = LEADING * len(lines) + 1.5
    upper, lower = clearance(*((x, x + wide) if anchor is None else (x - wide, x)))
    y = TOP + 4 if upper >= tall or upper >= lower else TOP + TALL - tall + 3
    for offset, line in enumerate(lines):
        yield text(x, y + offset * LEADING, line, size=SIZE, fill=PETROL_900, weight=700,
                   anchor=anchor)  # fmt: skip


def names_at_right(marks: Sequence[Mark], begin: float, lang: Language) -> Iterator[str]:
    """Name what ends at the right, each at its height, with room between them."""
    room = WIDTH - RIGHT - 2.5
    lines = [wrap(mark.name, SANS, SIZE, room, language=lang) for mark in marks]
    least = [4.2 + LEADING * (len(found) - 1) for found in lines]
    for mark, found, y in zip(marks, lines, _apart([m.y for m in marks], least), strict=True):
        yield stroke(begin, mark.y, RIGHT + 1.5, y, GREY_300, 0.2)
        for offset, line in enumerate(found):
            yield text(RIGHT + 2.5, y + 1 + offset * LEADING, line, size=SIZE, weight=mark.weight,
                       fill=PETROL_900 if mark.weight == 700 else GREY_600)  # fmt: skip


def _apart(wanted: Sequence[float], least: Sequence[float]) -> list[float]:
    """Move labels apart, keeping their order from top to bottom and their middle."""
    placed = list(wanted)
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + least[at - 1])
    shift = (sum(placed) - sum(wanted)) / len(placed)
    highest = TOP + 1 - min(placed[0] - shift, TOP + 1)
    return [value - shift + highest for value in placed]
