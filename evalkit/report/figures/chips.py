"""Chips on the ladder: an instrument, the direction of its effect, perhaps a remark."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.report.figures.badge import COLOURS, Direction, mark
from evalkit.report.figures.palette import PETROL_700, PETROL_900, WHITE
from evalkit.report.figures.svg import element, text
from evalkit.report.figures.text import SANS, SANS_SEMIBOLD, width, wrap

LEFT: Final = 46.0
RIGHT: Final = 168.0
PADDING: Final = 4.0
CHIP: Final = 5.8
ROW: Final = 7.6
SIZE: Final = 9.0
REMARK: Final = 8.0


@dataclass(frozen=True, slots=True)
class Chip:
    """An instrument on a rung, with the direction of its effect and perhaps a remark."""

    name: str
    direction: Direction
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """A chip in its row, with its width and the lines of its remark."""

    chip: Chip
    x: float
    row: int
    wide: float
    lines: tuple[str, ...]


def place(chips: Sequence[Chip]) -> Iterator[Placed]:
    """Set chips in rows; one with a remark has its row to itself."""
    x, row, edge = LEFT + PADDING, 0, RIGHT - PADDING
    for chip in chips:
        wide = min(width(chip.name, SANS_SEMIBOLD, SIZE) * 1.01 + 9.0, edge - LEFT - PADDING)
        if x > LEFT + PADDING and (x + wide > edge or chip.remark):
            x, row = LEFT + PADDING, row + 1
        room = edge - x - wide - 2.4
        lines = wrap(chip.remark, SANS, REMARK, max(room, 30.0)) if chip.remark else ()
        yield Placed(chip, x, row, wide, lines)
        if chip.remark:
            x, row = LEFT + PADDING, row + max(1, (len(lines) + 1) // 2)
        else:
            x += wide + 1.8


def height(placed: Sequence[Placed]) -> float:
    """Return the height of a rung with these chips; an empty one is low."""
    rows = max((found.row + max(1, (len(found.lines) + 1) // 2) for found in placed), default=1)
    return 2 * PADDING + ROW * rows - (ROW - CHIP) - (4.0 if not placed else 0.0)


def draw_chips(placed: Sequence[Placed], y: float, shade: str) -> Iterator[str]:
    """Return the chips of a rung that begins at `y`, remarks in the colour `shade`."""
    for found in placed:
        upper = y + PADDING + found.row * ROW
        yield element(
            "rect",
            x=found.x,
            y=upper,
            width=found.wide,
            height=CHIP,
            fill=WHITE,
            stroke=COLOURS["negative"] if found.chip.direction == "negative" else PETROL_700,
            stroke_width=0.3,
        )
        yield mark(found.chip.direction, found.x + 4.0, upper + CHIP / 2)
        room = found.wide - 8.6
        size = SIZE * min(1.0, room / max(width(found.chip.name, SANS_SEMIBOLD, SIZE), 1.0))
        name = found.chip.name
        yield text(found.x + 7.0, upper + 3.95, name, size=size, fill=PETROL_900, weight=600)
        first = upper + 3.85 - (len(found.lines) - 1) * 1.7
        for index, words in enumerate(found.lines):
            at = found.x + found.wide + 2.4
            yield text(at, first + 3.4 * index, words, size=REMARK, fill=shade)
