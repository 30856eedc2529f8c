"""The chain of one instrument: five boxes and the strength of the links between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from evalkit.report.document import Drawing
from evalkit.report.figures.arrow import Strength, head, head_length, line
from evalkit.report.figures.palette import (
    GREY_400,
    GREY_600,
    INK,
    PETROL_50,
    PETROL_100,
    PETROL_700,
    PETROL_900,
    WHITE,
)
from evalkit.report.figures.svg import drawing, element, text
from evalkit.report.figures.text import SANS, SERIF, width, wrap

__all__ = ["ChainBox", "ChainLink", "Strength", "Tone", "chain"]

Tone = Literal["plain", "strong", "unknown"]

WIDTH: Final = 168.0
GAP: Final = 10.0
PADDING: Final = 2.0
TOP: Final = 4.2
LEADING: Final = 3.7
SIZE: Final = 8.5


@dataclass(frozen=True, slots=True)
class ChainBox:
    """A stage: its name, a value to print large, and a few words.

    `tone` is ``strong`` for the one result that was compared with a control group, and
    ``unknown`` for a stage that was not measured.
    """

    head: str
    value: str = ""
    words: str = ""
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True)
class ChainLink:
    """The step from a box to the next, and in a word what it rests on."""

    strength: Strength
    words: str = ""


def chain(
    boxes: Sequence[ChainBox],
    links: Sequence[ChainLink],
    *,
    alt: str,
    heads: Sequence[str] = (),
    language: str | None = "nl",
) -> Drawing:
    """Draw the chain of an instrument.

    Parameters
    ----------
    boxes
        The stages from left to right.
    links
        One fewer than the boxes: the link after each box but the last.
    alt
        What the figure shows.
    heads
        Heads of the data rows: stage, value, description, link to the next.
    language
        Language for hyphenating long words.
    """
    box_width = (WIDTH - GAP * (len(boxes) - 1)) / len(boxes)
    room = box_width - 2 * PADDING
    lines = [wrap(box.words, SANS, SIZE, room, language=language) for box in boxes]
    sizes = [_value_size(box.value, room) for box in boxes]
    tall = max(_needed(box, len(found)) for box, found in zip(boxes, lines, strict=True))
    parts: list[str] = []
    for index, box in enumerate(boxes):
        left = index * (box_width + GAP)
        parts += _box(box, lines[index], sizes[index], left, box_width, tall)
    for index, link in enumerate(links):
        parts += _link(link, index * (box_width + GAP) + box_width, tall)
    below = 7.0 if any(link.words for link in links) else 0.6
    return Drawing(
        markup=drawing(WIDTH, TOP + tall + below, parts, alt=alt),
        alt=alt,
        data=_rows(boxes, links, heads),
    )


def _needed(box: ChainBox, lines: int) -> float:
    return 2 * PADDING + (6.6 if box.value else 0.4) + LEADING * lines


def _value_size(value: str, limit: float) -> float:
    """Large, but never wider than its box."""
    wide = width(value, SERIF, 16)
    return 16.0 if wide <= limit else max(16 * limit / wide, 8.0)


def _box(
    box: ChainBox, lines: Sequence[str], size: float, left: float, box_width: float, tall: float
) -> list[str]:
    dark = box.tone == "strong"
    x = left + PADDING
    parts = [_head(box.head, left, box_width), _frame(box.tone, left, box_width, tall)]
    y = TOP + PADDING + 2.6
    if box.value:
        y += 2.7
        fill = WHITE if dark else PETROL_700
        parts.append(text(x, y, box.value, size=size, fill=fill, family="Source Serif 4"))
        y += 4.6
    for found in lines:
        parts.append(text(x, y, found, size=SIZE, fill=WHITE if dark else INK))
        y += LEADING
    return parts


def _head(words: str, left: float, box_width: float) -> str:
    """The stage in small capitals, narrower when its name is long."""
    shown = words.upper()
    size, spacing = 7.0, 0.22
    wide = width(shown, SANS, size) * 1.06 + spacing * len(shown)
    room = box_width + GAP - 3.0
    if wide > room:
        size, spacing = size * room / wide, spacing * room / wide
    return text(left, 2.6, shown, size=size, fill=GREY_600, weight=600, spacing=spacing)


def _frame(tone: Tone, left: float, box_width: float, tall: float) -> str:
    if tone == "unknown":
        return element(
            "rect",
            x=left + 0.2,
            y=TOP + 0.2,
            width=box_width - 0.4,
            height=tall - 0.4,
            fill=WHITE,
            stroke=PETROL_700,
            stroke_width=0.35,
            stroke_dasharray="1.1 0.8",
        )
    fill = {"plain": PETROL_100, "strong": PETROL_700}.get(tone, PETROL_50)
    return element("rect", x=left, y=TOP, width=box_width, height=tall, fill=fill)


def _link(link: ChainLink, left: float, tall: float) -> list[str]:
    middle = TOP + min(tall / 2, 8.0)
    start, end = left + 0.7, left + GAP - 0.7
    stop = end - head_length(link.strength) + 0.2
    parts = [
        line(f"M{start:.2f} {middle:.2f}H{stop:.2f}", link.strength),
        head(end, middle, link.strength),
    ]
    if not link.words:
        return parts
    centre, bottom = left + GAP / 2, TOP + tall
    fill, weight = (PETROL_900, 700) if link.strength == "compared" else (GREY_600, 400)
    thread = f"M{centre:.2f} {middle + 1.6:.2f}V{bottom + 1.4:.2f}"
    parts.append(element("path", d=thread, stroke=GREY_400, stroke_width=0.18))
    parts.append(
        text(centre, bottom + 4.4, link.words, size=8, fill=fill, weight=weight, anchor="middle")
    )
    return parts


def _rows(
    boxes: Sequence[ChainBox], links: Sequence[ChainLink], heads: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    notes = [*(link.words for link in links), ""]
    rows = ((box.head, box.value, box.words, note) for box, note in zip(boxes, notes, strict=False))
    return (tuple(heads), *rows)
