"""What the parts of one Word file share: its links, anchors, pictures, notes and lists."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE

from evalkit.report.docx.look import Look
from evalkit.report.docx.markup import Node, broken
from evalkit.report.docx.numbering import Counted, Numbering
from evalkit.report.docx.pictures import Frames, Picture
from evalkit.report.docx.xml import Element, make

_LONGEST = 40  # characters of a bookmark


@dataclass(slots=True)
class Bookmarks:
    """The anchors of a document as bookmarks, and the links to them."""

    placed: dict[str, int] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)

    def name(self, anchor: str) -> str:
        """Give the name of a bookmark, which is stricter than that of an anchor.

        Examples
        --------
        >>> Bookmarks().name("fig-theorie")
        'fig_theorie'
        """
        plain = re.sub(r"\W", "_", anchor)
        if plain == anchor.replace("-", "_") and plain[:1].isalpha() and len(plain) <= _LONGEST:
            return plain
        mark = sha256(anchor.encode()).hexdigest()[:8]
        return f"a_{plain[: _LONGEST - 11]}_{mark}"

    def ask(self, anchor: str) -> str:
        """Link to an anchor; gives the name of its bookmark."""
        self.asked.add(anchor)
        return self.name(anchor)

    def place(self, anchor: str) -> tuple[Element, Element]:
        """Make both ends of a bookmark."""
        if anchor in self.placed:
            raise broken(f"the anchor '{anchor}' stands twice")
        number = self.placed[anchor] = len(self.placed) + 1
        start = make("w:bookmarkStart", id=number, name=self.name(anchor))
        return start, make("w:bookmarkEnd", id=number)

    def dangling(self) -> list[str]:
        """List the anchors that are linked to and stand nowhere."""
        return sorted(self.asked - self.placed.keys())


@dataclass(slots=True)
class Book:
    """One Word file in the making.

    Attributes
    ----------
    look
        Its paper, fonts and colours.
    labels
        Words of the language of the report.
    pictures
        The drawings, by their markup.
    numbering
        Its lists.
    header
        The id of the relation to the running header.
    notes
        The footnotes, in order.
    series
        How many figures, tables and boxes the chapter has so far.
    """

    look: Look
    labels: Mapping[str, str]
    pictures: Mapping[str, Picture]
    numbering: Numbering
    counted: Counted = field(default_factory=Counted)
    bookmarks: Bookmarks = field(default_factory=Bookmarks)
    frames: Frames = field(default_factory=Frames)
    header: str = ""
    notes: list[Node] = field(default_factory=list)
    series: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Story:
    """A part of the file that holds text: the body, or the footnotes.

    Links and pictures belong to the part that they stand in.
    """

    book: Book
    part: Any
    in_note: bool = False

    def link(self, url: str) -> str:
        """Give the id of a relation to an address outside the file."""
        rel: str = self.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return rel

    def picture(self, svg: str) -> tuple[str, Picture]:
        """Give the id of a relation to a drawing, and its picture."""
        picture = self.book.pictures[svg]
        image = self.part.package.get_or_add_image_part(BytesIO(picture.data))
        return self.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE), picture

    def note(self, node: Node) -> int:
        """Set a footnote aside; gives its number."""
        self.book.notes.append(node)
        return len(self.book.notes)
