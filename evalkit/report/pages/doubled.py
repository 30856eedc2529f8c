"""Text that stands on the pages more than once, though the document has it once.

The renderer draws a float that runs over a page twice when what holds it moves to the next page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

_SHOWN = 70  # characters of a text that a message quotes


def doubled(pages: Sequence[Any]) -> Iterator[str]:
    """Name each text that was drawn more than once, with the page on which it stands again.

    The head of a table is repeated on every page of it, and is left out.
    """
    drawn: Counter[Element] = Counter()
    last: dict[Element, int] = {}
    for number, page in enumerate(pages, start=1):
        for box in _texts(page._page_box):  # noqa: SLF001  no public way leads to the boxes
            drawn[box.element] += _letters(box.text)
            last[box.element] = number
    for element, letters in drawn.items():
        own = "".join([element.text or "", *(child.tail or "" for child in element)])
        if letters > _letters(own.upper()):  # in capitals ß is two letters
            shown = " ".join(own.split())[:_SHOWN]
            yield f"page {last[element]}: this text is printed twice: {shown}"


def _texts(box: Any) -> Iterator[boxes.TextBox]:
    """Visit the text of the document in a box; what styles add belongs to no element."""
    if isinstance(box, boxes.TextBox):
        if box.element is not None and "::" not in box.element_tag:
            yield box
        return
    repeats = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
    for child in () if repeats else getattr(box, "children", ()):
        yield from _texts(child)


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))
