"""The chain of one instrument: a box a stage, and the strength of the links between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evalkit.language.numbers import Language
from evalkit.report.document import Drawing
from evalkit.report.figures.chain_arrows import SIZE, ChainLink, Row, draw_links
from evalkit.report.figures.chain_box import ChainBox, filled
from evalkit.report.figures.palette import GREY_600
from evalkit.report.figures.svg import drawing, text
from evalkit.report.figures.text import SANS, width
from evalkit.report.figures.words import fitted

WIDTH: Final = 168.0
GAP: Final = 10.0
_LEADING: Final = 3.3


def chain(
    boxes: Sequence[ChainBox],
    links: Sequence[ChainLink],
    *,
    alt: str,
    note: str = "",
    data: tuple[tuple[str, ...], ...] = (),
    language: Language = "nl",
) -> Drawing:
    """Draw the chain of an instrument.

    Parameters
    ----------
    boxes
        The stages from left to right.
    links
        The arrows between them. Two neighbours without one have a gap between them.
    alt
        What the figure shows.
    note
        What a mark in the words of a link stands for; printed below the figure.
    data
        What the figure shows, as rows of text.
    language
        Language for hyphenating long words.
    """
    wide = (WIDTH - GAP * (len(boxes) - 1)) / len(boxes)
    made = [filled(box, wide, wide + GAP - 3.0, language) for box in boxes]
    top = 1.2 + 3.0 * max(len(one.head) for one in made)
    tall = max(one.tall for one in made)
    row = Row(wide, GAP, top, top + tall)
    parts: list[str] = []
    for index, one in enumerate(made):
        parts += one.headed(row.left(index), top - 1.6)
        parts += one.drawn(row.left(index), top, tall)
    arrows, bottom = draw_links(links, row, language)
    parts += arrows
    beside = [row.middle(link.start) for link in links if not link.adjacent]
    if beside and width(note, SANS, SIZE) < min(beside) - _LEADING * 2:
        bottom -= _LEADING + 1.7  # on the line of the last arrow, which begins further on
    for line in fitted(note, SANS, SIZE, WIDTH, language):
        bottom += _LEADING + 1.0
        parts.append(text(0, bottom, line, size=SIZE, fill=GREY_600))
    return Drawing(
        markup=drawing(WIDTH, bottom + 0.8, parts, alt=alt),
        alt=alt,
        data=data,
    )
