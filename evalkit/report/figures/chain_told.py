"""What the figure of a chain shows, in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from evalkit.model.instrument import Instrument
from evalkit.report.edition import Edition
from evalkit.report.figures.chain_arrows import ChainLink
from evalkit.report.figures.chain_box import ChainBox

ELSEWHERE: Final = "*"
"""Behind the words of a link between other nodes than those shown."""


def alternative(
    instrument: Instrument,
    boxes: Sequence[ChainBox],
    links: Sequence[ChainLink],
    edition: Edition,
) -> str:
    """Say what the arrows of the figure say."""
    said = [
        edition.label("chain.from-to").format(
            start=boxes[link.start].head, end=boxes[link.end].head, words=_told(link, edition)
        )
        for link in links
    ]
    told = "; ".join(said) or edition.label("chain.none")
    return edition.label("chain.alt").format(name=instrument.label, links=told)


def rows(
    boxes: Sequence[ChainBox], links: Sequence[ChainLink], edition: Edition
) -> tuple[tuple[str, ...], ...]:
    """Give what the figure shows as a table: its boxes, and where the arrows of each lead."""
    heads = tuple(edition.label(f"chain.{key}") for key in ("stage", "value", "words", "link"))
    said = [
        (box.head, f"{box.value} {box.unit}".strip(), box.words, _onward(at, boxes, links, edition))
        for at, box in enumerate(boxes)
    ]
    return (heads, *said)


def _onward(
    at: int, boxes: Sequence[ChainBox], links: Sequence[ChainLink], edition: Edition
) -> str:
    """Tell where the links of a stage lead."""
    if at == len(boxes) - 1:
        return ""
    said = [
        edition.label("chain.to").format(end=boxes[link.end].head, words=_told(link, edition))
        for link in links
        if link.start == at
    ]
    return "; ".join(said) or edition.label("chain.none")


def _told(link: ChainLink, edition: Edition) -> str:
    """Say in running text what the arrow of a link shows."""
    words = link.words.removesuffix(ELSEWHERE)
    aside = (edition.label("chain.elsewhere"),) if words != link.words else ()
    more = ", ".join([*link.more, *aside])
    return f"{words} ({more})" if more else words
