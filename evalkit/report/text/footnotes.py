"""Where footnotes stand, and where they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Stray:
    """A footnote that stands on another page than its call; `stands` is 0 when on none."""

    number: int
    called: int
    stands: int


def strays(pages: Sequence[Any]) -> list[Stray]:
    """Find the footnotes that stand on another page than their call."""
    calls: dict[object, int] = {}
    notes: dict[object, int] = {}
    for number, page in enumerate(pages, start=1):
        for box in page._page_box.descendants():  # noqa: SLF001  no public way leads to the boxes
            tag = getattr(box, "element_tag", "") or ""
            if tag.endswith("::footnote-call"):
                calls.setdefault(box.element, number)
            elif tag.endswith("::footnote-marker"):
                notes.setdefault(box.element, number)
    return [
        Stray(at, called, notes.get(element, 0))
        for at, (element, called) in enumerate(calls.items(), start=1)
        if notes.get(element) != called
    ]
