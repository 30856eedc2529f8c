"""How full each page is.

A few lines that run over to a page of their own are drawn in again by setting their section a
little tighter. What cannot be helped that way is named by a gate.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

MM = 25.4 / 96  # in a CSS pixel
_SPARSE = 36  # millimetres of text, about seven lines: less is called almost empty
_TAIL = 50  # millimetres, a fifth of a page: so little is drawn in where that can be
_GAIN = (0.02, 0.05, 0.07)  # of the length of a section, that each setting of fit.css gains
_CONTENTS = (0.05, 0.15, 0.15)  # the same of a table of contents, which has no running text
_WHOLE = 0.03  # of that length: what is gained where a verdict must fit as a whole
_LEAD = (4.0, 6.5, 7.5)  # millimetres gained below its title and its first lines
WIDE = 0.25  # of the room of a page: so much white was left by something that did not fit


@dataclass(frozen=True, slots=True)
class Fill:
    """How far one page is filled.

    Attributes
    ----------
    number
        The page, from 1.
    section
        The anchor of the chapter or instrument that stands on it.
    opens
        Whether a chapter or instrument begins on it: that may be as short as it likes.
    used, room
        Millimetres from the upper margin to the last line, and to the lower margin.
    notes
        Millimetres that its footnotes take of that room.
    """

    number: int
    section: str
    opens: bool
    used: float
    room: float
    notes: float = 0

    @property
    def white(self) -> float:
        """Millimetres that stay white below the last line."""
        return self.room - self.notes - self.used

    @property
    def sparse(self) -> bool:
        """Whether it is almost empty, and not because something short begins here."""
        return self.short and self.used < _SPARSE

    @property
    def short(self) -> bool:
        """Whether it holds so little that it is drawn in, where that can be."""
        return bool(self.section) and not self.opens and self.used < _TAIL


def fills(pages: Sequence[Any]) -> list[Fill]:
    """Measure every page of a laid out document."""
    seen: set[Element] = set()
    section = ""
    found = []
    for number, page in enumerate(pages, start=1):
        box = page._page_box  # noqa: SLF001  no public way leads to the boxes
        top = box.content_box_y()
        opens, lowest = False, top
        for part in flow(box):
            name = part.element.get("data-section") if part.element is not None else None
            if name is not None and part.element not in seen:
                seen.add(part.element)
                section, opens = name, True
            if isinstance(part, (boxes.TextBox, boxes.ReplacedBox)):
                lowest = max(lowest, part.position_y + part.height)
        notes = sum(one.margin_height() for one in box.children if _is_notes(one))
        sizes = (size * MM for size in (lowest - top, box.height, notes))
        found.append(Fill(number, section, opens, *sizes))
    return found


def _is_notes(box: Any) -> bool:
    return isinstance(box, boxes.FootnoteAreaBox)


def flow(page: Any) -> Iterator[Any]:
    """Go through the boxes of a page without its margins and footnotes."""
    for child in page.children:
        if not (isinstance(child, boxes.MarginBox) or _is_notes(child)):
            yield from child.descendants()


def tighter(pages: Sequence[Fill], strayed: Collection[int] = ()) -> dict[str, int]:
    """Choose the sections to set tighter: 1 a little, 2 so that nobody sees it, 3 as reads well.

    Only those where that draws in a page with little on it, or may bring a footnote back to its
    page; `strayed` gives the pages with calls of footnotes that stand elsewhere.

    Examples
    --------
    >>> full = [Fill(n, "sec-a", n == 1, 240, 243) for n in (1, 2, 3)]
    >>> tighter([*full, Fill(4, "sec-a", False, 20, 243)])
    {'sec-a': 2}
    """
    found = {page.section: 1 for page in pages if page.number in strayed and page.section}
    for tail, over in _tails(pages):
        length = sum(page.used for page in pages if page.section == tail.section)
        parts = _CONTENTS if tail.section == "contents" else _GAIN
        gains = [part * length + lead for part, lead in zip(parts, _LEAD, strict=True)]
        # The first step only where it is sure to do: another round costs more than it saves.
        if tail.short and 2 * over <= gains[0]:
            found[tail.section] = 1
        elif over <= (gains[1] if tail.short else _WHOLE * length):
            found[tail.section] = 2
        elif tail.sparse and over <= gains[2]:
            found[tail.section] = 3
    return found


def tightest(
    pages: Sequence[Fill], strayed: Collection[int], before: Mapping[str, int]
) -> dict[str, int]:
    """Set tighter by one step more what would not pass the gates.

    Examples
    --------
    >>> tightest([Fill(4, "sec-a", False, 20, 243)], (), {"sec-a": 2, "sec-b": 1})
    {'sec-a': 3, 'sec-b': 1}
    >>> tightest([Fill(4, "sec-a", False, 20, 243)], (), {})
    {'sec-a': 2}
    """
    wrong = {page.section for page in pages if page.sparse or page.number in strayed} - {""}
    return {**before, **{one: min(before.get(one, 1) + 1, len(_GAIN)) for one in wrong}}


def _tails(pages: Sequence[Fill]) -> Iterator[tuple[Fill, float]]:
    """Give the last pages of sections that might be drawn in, and the millimetres that it takes.

    They hold little, or only what did not fit under the white that the page before them has.
    """
    for before, page, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        last = after is None or after.section != page.section or after.opens
        if not last or page.opens or not page.section:
            continue
        if page.short:
            yield page, page.used
        elif before is not None and before.white >= WIDE * before.room:
            over = page.used - before.white
            if over > 0:  # else something other than want of room holds it there
                yield page, over


def moved(
    anchors: Mapping[str, int], pages: Sequence[Fill], drawn: Collection[str]
) -> dict[str, int]:
    """Foretell on which page each anchor comes when the sections have been drawn in."""
    gone = [page.number for page, _ in _tails(pages) if page.section in drawn]
    return {name: at - sum(page < at for page in gone) for name, at in anchors.items()}


def almost_empty(pages: Sequence[Fill]) -> Iterator[str]:
    """Name the pages with a few lines on them, and what to do."""
    for page in pages:
        if page.sparse:
            lines = max(1, round(page.used / 5))
            yield (
                f"page {page.number}: almost empty, about {lines} lines run over; shorten the text "
                f"of '{page.section}' by as much, or let it run on"
            )
