"""White in front of a figure or table that did not fit on its page.

What cannot be broken goes to the next page, and the rest of its own stays white. Where that is a
quarter of a page or more, what stands behind a figure is set in front of it, as a typesetter
would: its section goes on, also past one heading, and the figure follows on the next page. Where
that does not help, the figure goes before the last paragraphs of its own section, on the page
where they stand, though never before the first of them or the first that names it; where it left
as much white behind what it let go before it, it goes back among that. A table of a few rows may
then break between two of them, and a verdict that leaves more than a third of a page between two of
its reasons.

No figure overtakes another, nor a table a table, so that both keep the order of their numbers;
nothing changes places with a figure that points to a place on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from evalkit.report.pages.fill import MM, WIDE, Fill, flow

_GAPING = 0.35  # of the room of a page: more than a third
_SLACK = 10  # millimetres, about two lines: the end of any page may leave as much
_MARGIN = 6.5  # millimetres below a figure
_HEADED = 18  # millimetres that a heading wants below it, for its first lines
_NEAR = 3  # pages from the figure on, on which the text behind it stands
_HEADINGS = {"h2", "h3", "h4"}
_MOST = 1  # headings that a figure lets go before it
VERDICT = "verdict"  # stands for the anchor of what has none
Ease = Mapping[str, Mapping[str, int]]
_PLACED = r"\b(?:boven|onder) (?:de|deze) (?:figuur|tabel)\b"
# What points back may not go before what it points at; what points ahead may not go behind it.
_BACK = re.compile(
    rf"\b(?:hierboven|bovenstaande?|above)\b|\b(?:figuur|figure) (?:hieronder|below)\b"
    rf"|\bonderstaande figuur\b|{_PLACED}",
    re.IGNORECASE,
)
_AHEAD = re.compile(rf"\b(?:hieronder|onderstaande?|below)\b|{_PLACED}", re.IGNORECASE)
_PARAGRAPH = r"<p>(?:(?!</p>).)*</p>\s*"
_BLOCK = "|".join(
    rf"<{tag}(?:(?!</{tag}>).)*</{tag}>\s*" for tag in ("p", "h2", "h3", "h4", "ul", "ol", "figure")
)


def eased(
    pages: Sequence[Any],
    filled: Sequence[Fill],
    before: Ease = MappingProxyType({}),
    *,
    first: bool = True,
) -> dict[str, dict[str, int]]:
    """Choose the figures and tables to ease, by section and anchor.

    Parameters
    ----------
    pages, filled
        The pages as they came out, and how far each is filled.
    before
        What was eased on them: it stays so, or goes further.
    first
        Whether it is the first layout: a verdict breaks only where a tighter setting did not help.

    Returns
    -------
    dict
        Of a figure how many blocks go before it, or below nought how many paragraphs go behind it;
        of a table or a verdict, which may break, 0.
    """
    found = {name: dict(one) for name, one in before.items()}
    least = _GAPING if before else WIDE  # another layout costs more than a little white
    laid = [page._page_box for page in pages]  # noqa: SLF001  no public way leads to the boxes
    for fill, after in pairwise(filled):
        if after.opens or fill.white < least * fill.room:
            continue
        held = _first(laid[fill.number])
        if held is None:
            continue
        of_section = found.get(fill.section, {})
        anchor = held.get("id", VERDICT)
        so_far = of_section.get(anchor)
        count, breaks = 0, {"table", VERDICT} & {*held.get("class", "").split()}
        if VERDICT in breaks and (first or fill.white < _GAPING * fill.room):
            continue
        if not breaks and (so_far is None or so_far > 0):
            count = _moves(held, laid, fill, so_far)
        if count or breaks:
            found[fill.section] = {**of_section, anchor: (so_far or 0) + count}
    return found


def with_ease(html: str, found: Mapping[str, int]) -> str:
    """Let what is around figures change places with them, and let tables break, as chosen.

    Examples
    --------
    >>> with_ease('<figure class="f" id="a">A</figure><p>Een.</p><p>Twee.</p>', {"a": 1})
    '<p>Een.</p><figure class="f" id="a">A</figure><p>Twee.</p>'
    >>> with_ease('<p>Een.</p><p>Twee.</p><figure class="f" id="a">A</figure>', {"a": -1})
    '<p>Een.</p><figure class="f" id="a">A</figure><p>Twee.</p>'
    """
    for anchor, count in found.items():
        opening = rf'<figure class="[^"]*" id="{re.escape(anchor)}">'
        if count:
            figure = rf"({opening}.*?</figure>\s*)"
            before, behind = rf"((?:{_PARAGRAPH}){{{-count}}})", rf"((?:{_BLOCK}){{{count}}})"
            pattern = f"{before}{figure}" if count < 0 else f"{figure}{behind}"
            html = re.sub(pattern, r"\2\1", html, count=1, flags=re.DOTALL)
        else:
            html = re.sub(opening, lambda tag: tag[0].replace(" compact", ""), html, count=1)
    return html


def _first(page: Any) -> Element | None:
    """Give what a page begins with, when it is a figure, a table that stays whole, or a verdict."""
    for box in flow(page):
        classes = set() if box.element is None else {*box.element.get("class", "").split()}
        if {"exhibit", VERDICT} & classes:
            element: Element = box.element
            return element if {"figure", "compact", VERDICT} & classes else None
        if isinstance(box, (boxes.TextBox, boxes.ReplacedBox)):
            break
    return None


class _Place(NamedTuple):
    """A figure that begins a page: the blocks that it stands among, and what it left white.

    `pages` are the page with the white and those behind it, `headings` how many may go before it.
    """

    figure: Element
    blocks: list[Element]
    pages: Sequence[Any]
    white: float
    room: float
    headings: int

    def tall(self, block: Element) -> float:
        """Millimetres that a block takes, margins and all."""
        return sum(_height(block, page) for page in self.pages)


def _moves(figure: Element, laid: Sequence[Any], fill: Fill, so_far: int | None) -> int:
    """Count the blocks that go before a figure, or below nought the paragraphs that go behind.

    `so_far` counts those that went before it already; it may get some of them back.
    """
    if figure.find(".//*[@class='footnote']") is not None:
        return 0  # its notes would change places with those of the text
    at = fill.number - 1
    root = laid[at].children[0].element
    blocks = list(next(one for one in root.iter() if figure in list(one)))
    again = so_far is not None
    pages = laid[at : at + 1 + _NEAR]
    place = _Place(figure, blocks, pages, fill.white, fill.room, headings=0 if again else _MOST)
    count, left = _down(place)
    if so_far is not None:
        back = laid[max(0, at - _NEAR) : at + 1]
        return count if left < _GAPING * fill.room else _back(place, back, so_far, left) or count
    return count if left < WIDE * fill.room else _up(place) or count


def _back(place: _Place, pages: Sequence[Any], so_far: int, least: float) -> int:
    """Count the blocks that a figure gets back, so that less white is left; below nought."""
    at = place.blocks.index(place.figure)
    best = 0
    for count in range(1, so_far + 1):
        room = _room_at(place.blocks[at - count], pages)
        if room is None or place.blocks[at - count - 1].tag in _HEADINGS:
            continue
        left = 0 if place.tall(place.figure) <= room else room
        if left < least:
            best, least = -count, left
    return best


def _room_at(block: Element, pages: Sequence[Any]) -> float | None:
    """Millimetres from the top of a block to the foot of its page; None when it is on no page."""
    for page in pages:
        for box in flow(page):
            if box.element is block:
                foot = page.content_box_y() + page.height
                return MM * float(foot - box.position_y)
    return None


def _down(place: _Place) -> tuple[int, float]:
    """Count the blocks that go before a figure, so that the least white is left; and give that."""
    behind = place.blocks[place.blocks.index(place.figure) + 1 :]
    going = list(_overtaking(behind, place))
    best = (0, place.white)
    tall = place.tall(place.figure)
    for count, used in enumerate(accumulate(place.tall(one) for one in going), start=1):
        left = place.white - used
        if left < 0:  # they run over to the page of the figure, which then may not fit there
            left = 0 if tall - left <= place.room else place.room + left
        if left < 0:
            break
        if left < best[1] and not _ends(behind, count):
            best = (count, left)
        if best[1] < _SLACK:
            break
    return best


def _ends(behind: Sequence[Element], count: int) -> bool:
    """Whether a figure would stand right below a heading, or at the end of another section."""
    passed = any(one.tag in _HEADINGS for one in behind[:count])
    last = count == len(behind) or behind[count].tag in _HEADINGS
    return behind[count - 1].tag in _HEADINGS or (passed and last)


def _overtaking(behind: Sequence[Element], place: _Place) -> Iterator[Element]:
    """Give the blocks behind a figure that may stand in front of it."""
    headings, used = 0, 0.0
    for at, one in enumerate(behind):
        follower = behind[at + 1] if at + 1 < len(behind) else None
        used += place.tall(one)
        if one.tag in _HEADINGS:
            headings += 1
            if headings > place.headings or follower is None or used + _HEADED > place.white:
                return
        elif not (_may_break(one) or _movable(one, follower, _BACK)):
            return
        yield one


def _may_break(block: Element) -> bool:
    """Whether a block is a table that may break over upright pages."""
    classes = {*block.get("class", "").split()}
    return block.tag == "figure" and "table" in classes and not classes & {"landscape", "compact"}


def _movable(block: Element, follower: Element | None, pointing: re.Pattern[str]) -> bool:
    """Whether a block is running text that does not point to where the figure stands."""
    text = "".join(block.itertext()).strip()
    leads = text.endswith(":") or (follower is not None and follower.tag in {"ul", "ol"})
    return block.tag == "p" and not block.attrib and not leads and not pointing.search(text)


def _up(place: _Place) -> int:
    """Count the paragraphs before a figure that go behind it, so that it fits; below nought."""
    # The margin below it falls away at the foot of the page.
    room = place.white - place.tall(place.figure) + _MARGIN - _SLACK / 2
    count, before = 0, place.blocks[: place.blocks.index(place.figure)]
    for at, one in reversed([*enumerate(before)]):
        tall = _height(one, place.pages[0])
        if not _movable(one, None, _AHEAD) or not tall or _leads_to(place.figure, before, at):
            return 0
        count -= 1
        room += tall
        if room >= 0:
            return count
    return 0


def _leads_to(figure: Element, before: Sequence[Element], at: int) -> bool:
    """Whether a paragraph is the first under its heading, or the first that names the figure."""
    if at == 0 or before[at - 1].tag in _HEADINGS:
        return True
    where = f"#{figure.get('id')}"
    naming = (
        nr for nr, one in enumerate(before) if any(a.get("href") == where for a in one.iter("a"))
    )
    return next(naming, None) == at


def _height(element: Element, page: Any) -> float:
    found = (box for box in flow(page) if box.element is element)
    return MM * float(sum(box.margin_height() for box in found if isinstance(box, boxes.BlockBox)))
