"""White in front of a figure or table that did not fit on its page.

What cannot be broken goes to the next page, and the rest of its own stays white. Where that is a
quarter of a page or more, the paragraphs behind a figure are set in front of it, as a typesetter
would; a table of a few rows may then break between two of them. Neither crosses a heading, and
nothing overtakes a figure but running text that points nowhere on the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from evalkit.report.fill import MM, Fill, flow

_WIDE = 0.25  # of the room of a page: less white is left as it is
_SLACK = 10  # millimetres, about two lines: the end of any page may leave as much
_NEAR = 3  # pages from the figure on, on which the text behind it stands
_POINTING = re.compile(
    r"\b(hierboven|hieronder|bovenstaande?|onderstaande?|above|below)\b"
    r"|\b(boven|onder) (de|deze) (figuur|tabel)\b",
    re.IGNORECASE,
)
_PARAGRAPH = r"<p>(?:(?!</p>).)*</p>\s*"


def eased(pages: Sequence[Any], filled: Sequence[Fill]) -> dict[str, dict[str, int]]:
    """Choose the figures and tables to ease, by section and anchor.

    Returns
    -------
    dict
        Of a figure how many paragraphs go before it; of a table, which may break, 0.
    """
    found: dict[str, dict[str, int]] = {}
    for fill, after in pairwise(filled):
        if after.opens or fill.white < _WIDE * fill.room:
            continue
        near = [page._page_box for page in pages[fill.number : fill.number + _NEAR]]  # noqa: SLF001  no public way leads to the boxes
        held = _first(near[0])
        classes = "" if held is None else held.get("class", "").split()
        if held is None or not {"figure", "compact"} & {*classes}:
            continue
        count = 0 if "table" in classes else _filling(held, near, fill.white)
        if count or "table" in classes:
            found.setdefault(fill.section, {})[held.get("id", "")] = count
    return found


def with_ease(html: str, found: Mapping[str, int]) -> str:
    """Set paragraphs in front of figures, and let tables break, as chosen.

    Examples
    --------
    >>> with_ease('<figure class="f" id="a">A</figure><p>Een.</p><p>Twee.</p>', {"a": 1})
    '<p>Een.</p><figure class="f" id="a">A</figure><p>Twee.</p>'
    """
    for anchor, count in found.items():
        opening = rf'<figure class="[^"]*" id="{re.escape(anchor)}">'
        if count:
            pattern = rf"({opening}.*?</figure>\s*)((?:{_PARAGRAPH}){{{count}}})"
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


def _filling(figure: Element, pages: Sequence[Any], white: float) -> int:
    """Count the paragraphs behind a figure that it takes to fill the white before it."""
    root = pages[0].children[0].element
    count = 0
    for one in _overtaking(figure, root):
        if white < _SLACK:
            break
        white -= sum(_height(one, page) for page in pages)
        count += 1
    return count


def _overtaking(figure: Element, root: Element) -> Iterator[Element]:
    """Give the paragraphs behind a figure that may stand in front of it."""
    if figure.find(".//*[@class='footnote']") is not None:
        return  # its notes would change places with those of the text
    around = next(one for one in root.iter() if figure in list(one))
    after = list(around)[list(around).index(figure) + 1 :]
    for one, follower in zip_longest(after, after[1:]):
        text = "".join(one.itertext()).strip()
        leads = text.endswith(":") or (follower is not None and follower.tag in {"ul", "ol"})
        if one.tag != "p" or one.attrib or leads or _POINTING.search(text):
            return
        yield one


def _height(element: Element, page: Any) -> float:
    found = (box for box in flow(page) if box.element is element)
    return MM * float(sum(box.margin_height() for box in found if isinstance(box, boxes.BlockBox)))
