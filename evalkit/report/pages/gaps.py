"""White in front of a figure or table that did not fit on its page.

What cannot be broken goes to the next page, and the rest of its own stays white. Where that is a
quarter of a page or more, what stands behind a figure is set in front of it, as a typesetter
would: its section goes on, also past one heading, and the figure follows on the next page. Where
that does not help, the figure goes before the last paragraphs of its own section, on the page
where they stand. A table of a few rows may then break between two of them.

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

from evalkit.report.pages.fill import MM, Fill, flow

_WIDE = 0.25  # of the room of a page: less white is left as it is
_GAPING = 0.35  # of that room: more than a third
_SLACK = 10  # millimetres, about two lines: the end of any page may leave as much
_HEADED = 18  # millimetres that a heading wants below it, for its first lines
_NEAR = 3  # pages from the figure on, on which the text behind it stands
_HEADINGS = {"h2", "h3", "h4"}
_MOST = 1  # headings that a figure lets go before it
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
    pages: Sequence[Any], filled: Sequence[Fill], before: Ease = MappingProxyType({})
) -> dict[str, dict[str, int]]:
    """Choose the figures and tables to ease, by section and anchor.

    Parameters
    ----------
    pages, filled
        The pages as they came out, and how far each is filled.
    before
        What was eased on them: it stays so, or goes further the same way.

    Returns
    -------
    dict
        Of a figure how many blocks go before it, or below nought how many paragraphs go behind it;
        of a table, which may break, 0.
    """
    found = {name: dict(one) for name, one in before.items()}
    least = _GAPING if before else _WIDE  # another layout costs more than a little white
    for fill, after in pairwise(filled):
        if after.opens or fill.white < least * fill.room:
            continue
        around = [page._page_box for page in pages[fill.number - 1 : fill.number + _NEAR]]  # noqa: SLF001  no public way leads to the boxes
        held = _first(around[1])
        classes = "" if held is None else held.get("class", "").split()
        if held is None or not {"figure", "compact"} & {*classes}:
            continue
        anchor = held.get("id", "")
        so_far = found.get(fill.section, {}).get(anchor)
        count = 0
        if "table" not in classes and (so_far is None or so_far > 0):
            count = _moves(held, around, fill, again=so_far is not None)
        if count or "table" in classes:
            found.setdefault(fill.section, {})[anchor] = (so_far or 0) + count
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
    """Give the figure or table that a page begins with, when it does so with one."""
    for box in flow(page):
        if box.element is not None and box.element.tag == "figure":
            element: Element = box.element
            return element
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


def _moves(figure: Element, pages: Sequence[Any], fill: Fill, *, again: bool) -> int:
    """Count the blocks that go before a figure, or below nought the paragraphs that go behind."""
    if figure.find(".//*[@class='footnote']") is not None:
        return 0  # its notes would change places with those of the text
    root = pages[0].children[0].element
    blocks = list(next(one for one in root.iter() if figure in list(one)))
    place = _Place(figure, blocks, pages, fill.white, fill.room, headings=0 if again else _MOST)
    count, left = _down(place)
    return count if again or left < _WIDE * fill.room else _up(place) or count


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
    room = place.white - place.tall(place.figure) - _SLACK / 2
    count = 0
    for one in reversed(place.blocks[: place.blocks.index(place.figure)]):
        tall = _height(one, place.pages[0])
        if not _movable(one, None, _AHEAD) or not tall:
            return 0
        count -= 1
        room += tall
        if room >= 0:
            return count
    return 0


def _height(element: Element, page: Any) -> float:
    found = (box for box in flow(page) if box.element is element)
    return MM * float(sum(box.margin_height() for box in found if isinstance(box, boxes.BlockBox)))
