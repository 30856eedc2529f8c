"""What stands on the pages, by the element that it came from.

A paragraph, list or table that runs over several pages is one element, so that here it is whole
again: the structure is that of the document and knows no pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.formatting_structure import boxes

from evalkit.report.tagging.node import Run

_POINTS = 0.75  # in a CSS pixel


class Content:
    """The marked content of a document.

    Attributes
    ----------
    runs
        The pieces of each element itself, without those of its children.
    links
        The link annotations of each element, with their page.
    artifacts
        Page and number of what is no content: running headers, repeated heads of tables.
    doubled
        Annotations of words within a link, which has one for them all.
    """

    def __init__(self, pages: Sequence[Any], marks: Sequence[Mapping[Any, Any]]) -> None:
        self.runs: dict[Element, list[Run]] = defaultdict(list)
        self.links: dict[Element, list[tuple[int, Any]]] = defaultdict(list)
        self.artifacts: list[tuple[int, int]] = []
        self.doubled: list[Any] = []
        self._heads: dict[Element, int] = {}
        self._order = 0
        for number, (page, marked) in enumerate(zip(pages, marks, strict=True)):
            self._page, self._height, self._marks = number, page.height, marked
            for child in page._page_box.children:  # noqa: SLF001  no public way leads to boxes
                self._walk(child, artifact=isinstance(child, boxes.MarginBox))

    def _walk(self, box: Any, *, artifact: bool, linked: bool = False) -> None:
        box = getattr(box, "_box", box)  # an absolutely placed one stands behind a placeholder
        artifact = artifact or self._is_repeated(box)
        if box in self._marks:
            self._add(box, self._marks[box]["mcid"], artifact)
        annotation = getattr(box, "link_annotation", None)
        if annotation is not None and linked:
            self.doubled.append(annotation)
        elif annotation is not None and box.element is not None:
            self.links[box.element].append((self._page, annotation))
        for child in box.children:
            self._walk(child, artifact=artifact, linked=linked or annotation is not None)

    def _is_repeated(self, box: Any) -> bool:
        """Whether this is the head of a table that already stood on an earlier page."""
        if box.element_tag != "thead" or not isinstance(box, boxes.TableRowGroupBox):
            return False
        return self._heads.setdefault(box.element, self._page) != self._page

    def _add(self, box: Any, mcid: int, artifact: bool) -> None:
        if artifact or box.element is None:
            self.artifacts.append((self._page, mcid))
            return
        self._order += 1
        drawn = isinstance(box, boxes.ReplacedBox)
        run = Run(
            self._page,
            mcid,
            self._order,
            part=box.element_tag.partition("::")[2],
            box=self._corners(box) if drawn else (),
            block=isinstance(box, boxes.BlockReplacedBox),
        )
        self.runs[box.element].append(run)

    def _corners(self, box: Any) -> tuple[float, ...]:
        left, top = box.content_box_x(), box.content_box_y()
        right, bottom = left + box.width, top + box.height
        corners = (left, self._height - bottom, right, self._height - top)
        return tuple(round(corner * _POINTS, 2) for corner in corners)
