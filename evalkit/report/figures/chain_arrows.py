"""The links between the stages in the chain of an instrument, as arrows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.figures.arrow import Strength, head, head_length, line
from evalkit.report.figures.palette import GREY_400, GREY_600, PETROL_900, WHITE
from evalkit.report.figures.svg import element, text
from evalkit.report.figures.text import SANS, SANS_BOLD, width
from evalkit.report.figures.words import fitted

SIZE: Final = 8.0
_LEADING: Final = 3.3
_ROOM: Final = 27.0  # for words, between what goes down from the middle of two boxes
_PORT: Final = 3.5
_ROUND: Final = 1.2


@dataclass(frozen=True, slots=True)
class ChainLink:
    """An arrow from a stage to a later one, and in a few words what it rests on.

    Attributes
    ----------
    start, end
        The two boxes, counted from nought.
    strength
        How its line is drawn.
    words
        What it rests on.
    more
        What else there is to say of it, on lines of its own.
    """

    start: int
    end: int
    strength: Strength
    words: str = ""
    more: tuple[str, ...] = ()

    @property
    def adjacent(self) -> bool:
        """Whether it goes to the very next stage."""
        return self.end == self.start + 1


@dataclass(frozen=True, slots=True)
class Row:
    """Where the boxes stand: their width, the gap between two, their top and their bottom."""

    wide: float
    gap: float
    top: float
    bottom: float

    def left(self, box: int) -> float:
        """Where a box begins."""
        return box * (self.wide + self.gap)

    def between(self, box: int) -> float:
        """The middle of the gap after a box."""
        return self.left(box) + self.wide + self.gap / 2

    def middle(self, box: int) -> float:
        """The middle of a box."""
        return self.left(box) + self.wide / 2


def draw_links(links: Sequence[ChainLink], row: Row, lang: Language) -> tuple[list[str], float]:
    """Draw the arrows, those that pass a stage below the boxes; give the parts and their bottom."""
    near = [(link, _lines(link, lang)) for link in links if link.adjacent]
    far = sorted((link for link in links if not link.adjacent), key=_longest_last)
    parts = [part for link, lines in near for part in _step(link, lines, row)]
    tallest = max((len(lines) for _, lines in near), default=0)
    bottom = row.bottom + (4.0 + _LEADING * (tallest - 1) + 0.9 if tallest else 0.0)
    for link in far:
        lines = _lines(link, lang)
        y = bottom + 3.2
        parts += _arc(link, lines, row, y, _ports(link, far))
        bottom = y + 1.1 + _LEADING * max(len(lines) - 1, 0)
    return parts, bottom + (0.6 if far else 0.0)


def _longest_last(link: ChainLink) -> tuple[int, int]:
    return link.end - link.start, link.start


def _lines(link: ChainLink, lang: Language) -> tuple[str, ...]:
    face = SANS_BOLD if link.strength == "compared" else SANS
    first = fitted(link.words, face, SIZE, _ROOM, lang)
    return (*first, *(line for said in link.more for line in fitted(said, SANS, SIZE, _ROOM, lang)))


def _step(link: ChainLink, lines: Sequence[str], row: Row) -> Iterator[str]:
    """Draw an arrow through the gap, with a thread down to its words."""
    left, y = row.left(link.start) + row.wide, row.top + min((row.bottom - row.top) / 2, 8.0)
    end = left + row.gap - 0.7
    stop = end - head_length(link.strength) + 0.2
    yield line(f"M{left + 0.7:.2f} {y:.2f}H{stop:.2f}", link.strength)
    yield head(end, y, link.strength)
    if not lines:
        return
    centre = row.between(link.start)
    thread = f"M{centre:.2f} {y + 1.6:.2f}V{row.bottom + 1.4:.2f}"
    yield element("path", d=thread, stroke=GREY_400, stroke_width=0.18)
    yield from _words(link, lines, centre, row.bottom + 4.4)


def _arc(
    link: ChainLink, lines: Sequence[str], row: Row, y: float, ports: tuple[float, float]
) -> Iterator[str]:
    """Draw an arrow that goes down, along below the boxes, and up to where it ends."""
    start, end = row.middle(link.start) + ports[0], row.middle(link.end) + ports[1]
    tip = row.bottom + 0.7
    yield line(
        f"M{start:.2f} {row.bottom + 0.7:.2f}V{y - _ROUND:.2f}"
        f"Q{start:.2f} {y:.2f} {start + _ROUND:.2f} {y:.2f}H{end - _ROUND:.2f}"
        f"Q{end:.2f} {y:.2f} {end:.2f} {y - _ROUND:.2f}V{tip + head_length(link.strength):.2f}",
        link.strength,
    )
    yield head(end, tip, link.strength, angle=-90)
    if not lines:
        return
    centre = row.between(link.start + (link.end - link.start - 1) // 2)
    wide = max(width(line, SANS_BOLD, SIZE) for line in lines) + 2.0
    yield element("rect", x=centre - wide / 2, y=y - 1.6, width=wide, height=3.0, fill=WHITE)
    yield from _words(link, lines, centre, y + 1.0)


def _words(link: ChainLink, lines: Sequence[str], centre: float, y: float) -> Iterator[str]:
    for at, words in enumerate(lines):
        strong = link.strength == "compared" and not at
        fill, weight = (PETROL_900, 700) if strong else (GREY_600, 400)
        yield text(
            centre, y + at * _LEADING, words,
            size=SIZE, fill=fill, weight=weight, anchor="middle",
        )  # fmt: skip


def _ports(link: ChainLink, links: Sequence[ChainLink]) -> tuple[float, float]:
    """Where a link leaves and reaches its boxes, beside their middle, so that few lines cross.

    `links` stand from the highest to the lowest. What arrives stands left of what leaves.
    """
    return _port(link, link.start, links), _port(link, link.end, links)


def _port(link: ChainLink, box: int, links: Sequence[ChainLink]) -> float:
    arriving = [one for one in links if one.end == box]
    leaving = [one for one in reversed(links) if one.start == box]
    held = [*arriving, *leaving]
    return (held.index(link) - (len(held) - 1) / 2) * _PORT
