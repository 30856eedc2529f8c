"""The columns of a layered diagram: how wide each is, and its boxes with wrapped text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.report.figures.palette import PETROL_700, PETROL_900, WHITE
from evalkit.report.figures.svg import POINT, element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, SANS_SEMIBOLD, widest_word, wrap

PADDING: Final = 1.9
LEADING: Final = 1.2
HEAD_SIZE: Final = 8.0
HEAD_LEADING: Final = 3.5
NARROW: Final = 0.8
WIDE: Final = 1.4
"""Bounds of the width of a column, relative to equal columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its left edge, its width, and its head in lines."""

    x: float
    wide: float
    head: tuple[str, ...]

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.wide


@dataclass(frozen=True, slots=True)
class Box:
    """Wrapped text in a column."""

    column: int
    lines: tuple[str, ...]
    size: float

    @property
    def leading(self) -> float:
        """Distance between baselines in millimetres."""
        return self.size * LEADING * POINT

    @property
    def tall(self) -> float:
        """Height in millimetres."""
        return len(self.lines) * self.leading + 2 * PADDING


def columns(
    heads: Sequence[str],
    texts: Sequence[Sequence[str]],
    *,
    size: float,
    width: float,
    language: str | None,
) -> tuple[Column, ...]:
    """Divide `width` over the columns: equal, but wider where a word needs it."""
    gap = {1: 0.0, 2: 20.0, 3: 16.0, 4: 13.0, 5: 11.0}.get(len(heads), 8.6)
    room = width - gap * (len(heads) - 1)
    equal = room / len(heads)
    least = [
        max(2 * PADDING + 0.4 + widest_word(head, SANS_BOLD, HEAD_SIZE), NARROW * equal)
        for head in heads
    ]
    wanted = [
        max(need, min(2 * PADDING + 0.4 + max(_words(found, size), default=0.0), WIDE * equal))
        for need, found in zip(least, texts, strict=True)
    ]
    found, x = [], 0.0
    for head, wide in zip(heads, _shared(least, wanted, room), strict=True):
        lines = wrap(head, SANS_BOLD, HEAD_SIZE, wide - 2 * PADDING, language=language)
        found.append(Column(x, wide, lines))
        x += wide + gap
    return tuple(found)


def box(
    words: str, column: int, wide: float, *, size: float, strong: bool, language: str | None
) -> Box:
    """Wrap the text of a box."""
    face = SANS_SEMIBOLD if strong else SANS
    lines = wrap(words, face, size, wide - 2 * PADDING, language=language)
    return Box(column, lines, size)


def draw_heads(found: Sequence[Column]) -> tuple[list[str], float]:
    """Return the bar of heads with chevrons between them, and its height."""
    most = max((len(column.head) for column in found), default=1)
    tall = most * HEAD_LEADING + 1.9
    parts: list[str] = []
    for index, column in enumerate(found):
        parts += _head(column, tall)
        if index:
            x = (found[index - 1].right + column.x) / 2
            chevron = f"M{x - 0.6:.2f} {tall / 2 - 1.3:.2f}L{x + 0.7:.2f} {tall / 2:.2f}"
            chevron += f"L{x - 0.6:.2f} {tall / 2 + 1.3:.2f}"
            parts.append(
                element("path", d=chevron, fill="none", stroke=PETROL_700, stroke_width=0.5)
            )
    return parts, tall


def _head(column: Column, tall: float) -> Iterator[str]:
    yield element("rect", x=column.x, y=0, width=column.wide, height=tall, fill=PETROL_900)
    first = tall / 2 - (len(column.head) - 1) * HEAD_LEADING / 2 + 1.0
    for index, words in enumerate(column.head):
        yield text(
            column.x + PADDING,
            first + index * HEAD_LEADING,
            words,
            size=HEAD_SIZE,
            fill=WHITE,
            weight=700,
        )


def _words(texts: Sequence[str], size: float) -> list[float]:
    return [widest_word(words, SANS_SEMIBOLD, size) for words in texts]


def _shared(least: Sequence[float], wanted: Sequence[float], room: float) -> list[float]:
    """Equal widths, raised to what the words of a column want while there is room for it.

    Heads come first, for they are not hyphenated.
    """
    if sum(least) >= room:
        return [need * room / sum(least) for need in least]
    if sum(wanted) >= room:
        share = (room - sum(least)) / (sum(wanted) - sum(least))
        return [need + (want - need) * share for need, want in zip(least, wanted, strict=True)]
    low, high = 0.0, room
    for _ in range(40):
        level = (low + high) / 2
        if sum(max(need, level) for need in wanted) > room:
            high = level
        else:
            low = level
    return [max(need, low) for need in wanted]
