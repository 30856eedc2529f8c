"""Footnotes: a part of the package of their own, which python-docx does not make."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from evalkit.report.docx.formatting import Face, Layout
from evalkit.report.docx.line import Line
from evalkit.report.docx.markup import Node
from evalkit.report.docx.story import Book, Story
from evalkit.report.docx.xml import Element, make

# Word keeps two notes for itself: the line above the notes, and the one where they go on.
SEPARATORS = {-1: "separator", 0: "continuationSeparator"}


def write_notes(book: Book, document: Any) -> None:
    """Write the footnotes that were set aside into a part of the package."""
    root = make("w:footnotes", *(_separator(number, kind) for number, kind in SEPARATORS.items()))
    part = XmlPart(
        PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, document.package
    )
    document.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    story = Story(book, part, in_note=True)
    for number, node in enumerate(book.notes, start=1):
        root.append(_note(story, number, node))


def _note(story: Story, number: int, node: Node) -> Element:
    line = Line(story, Layout("FootnoteText"))
    line.run(make("w:footnoteRef"), face=Face(style="FootnoteReference"))
    line.run(make("w:tab"), face=Face())
    line.nodes(node.children)
    return make("w:footnote", line.finish(), id=number)


def _separator(number: int, kind: str) -> Element:
    run = make("w:r", make(f"w:{kind}"))
    paragraph = make("w:p", Layout(after=0.0, line=0.0).element(), run)
    return make("w:footnote", paragraph, type=kind, id=number)
