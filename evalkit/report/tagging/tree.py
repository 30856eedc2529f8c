"""The structure tree of a PDF, read back from the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_SHOWN = 60
Pages = dict[tuple[int, int], int]


@dataclass(slots=True)
class Element:
    """A structure element as it stands in the file.

    Attributes
    ----------
    role, above
        Its type, and that of the element around it.
    page
        The page where it begins; 0 when it holds nothing.
    kids
        The elements in it.
    marks
        The pieces of content in it: page and number.
    annotations
        The annotations that it refers to.
    """

    role: str
    above: str
    source: Any
    page: int = 0
    kids: list[Element] = field(default_factory=list)
    marks: list[tuple[int, int]] = field(default_factory=list)
    annotations: list[Any] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Where it begins, for a message."""
        first = next((one.page for one in self.walk() if one.page), 0)
        return f"page {first}" if first else "tags"

    @property
    def shown(self) -> str:
        """What it is, for a message."""
        return "/".join([self.role, *(kid.role for kid in self.kids[:4])])[:_SHOWN]

    @property
    def attributes(self) -> Any:
        """Its attribute dictionary."""
        return self.source.get("/A", {})

    def entry(self, key: str) -> str:
        """Give an entry as text; empty when it is not there."""
        return str(self.source.get(key, ""))

    def walk(self) -> Iterator[Element]:
        """Go through the element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()


def read_tree(file: pikepdf.Pdf) -> tuple[Element, Pages]:
    """Read the structure tree of a PDF, and the number of each of its pages from 1."""
    pages = {page.obj.objgen: number for number, page in enumerate(file.pages, start=1)}
    top = file.Root.StructTreeRoot.K
    first = top[0] if isinstance(top, pikepdf.Array) else top
    return _read(first, "", pages), pages


def _read(source: Any, above: str, pages: Pages) -> Element:
    role = str(source.S).lstrip("/")
    own = pages.get(source.Pg.objgen, 0) if "/Pg" in source else 0
    element = Element(role, above, source, own)
    kids = source.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            element.marks.append((own, kid))
        elif "/S" in kid:
            element.kids.append(_read(kid, role, pages))
        elif "/Obj" in kid:
            element.annotations.append(kid.Obj)
        else:
            element.marks.append((pages.get(kid.Pg.objgen, 0), int(kid.MCID)))
    return element
