"""A paragraph in the making: text, emphasis, links, footnotes and pictures in a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from evalkit.report.docx.formatting import PLAIN, Face, Layout
from evalkit.report.docx.markup import Node, Nodes, broken
from evalkit.report.docx.story import Story
from evalkit.report.docx.xml import Element, field, make, text

_SPACES = re.compile(r"[ \t\n\r\f]+")
_PIECES = re.compile("([\u00ad\u2011\t])")
_SIGNS = {"\u00ad": "w:softHyphen", "\u2011": "w:noBreakHyphen", "\t": "w:tab"}
# Spaces as wide as what only holds a place: a comma or a point, a space, and else a digit.
_HOLDS = {",": "\u2008", ".": "\u2008", " ": "\N{NO-BREAK SPACE}"}
_WIDE = "\N{FIGURE SPACE}"

_SIGN = 8.0  # millimetres: a lower picture is a sign in a line of text
_CAPITAL = 2.2  # millimetres of a capital
_POINTS = 72 / 25.4
_GAPS = {"row-number": "\N{NO-BREAK SPACE} ", "key": "\N{EM SPACE}"}

_TAGS: Mapping[str, Mapping[str, object]] = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "em": {"italic": True},
    "i": {"italic": True},
    "cite": {"italic": True},
    "dfn": {"italic": True},
    "s": {"strike": True},
    "del": {"strike": True},
    "sup": {"vertical": "superscript"},
    "sub": {"vertical": "subscript"},
    "code": {"font": "Courier New"},
    "kbd": {"font": "Courier New"},
    "samp": {"font": "Courier New"},
    "bdi": {"rtl": True},
}


class Line:
    """Writes inline markup into one paragraph.

    Parameters
    ----------
    story
        The part of the file that it is for.
    layout
        How the paragraph stands.
    face
        How its text looks, beyond its style.
    widest
        The width in millimetres that a picture in it may have.
    """

    def __init__(
        self, story: Story, layout: Layout, face: Face = PLAIN, widest: float = 1000.0
    ) -> None:
        self.story, self.face, self.widest = story, face, widest
        properties = layout.element()
        self.element: Element = make("w:p", properties if len(properties) else None)
        self.into = self.element
        self.spaced = True  # nothing yet, or a space: another one would be too many
        self.last: Element | None = None
        self.empty = True
        self.touching = False  # a sign is the last thing written: words keep off it

    def nodes(self, nodes: Iterable[Node | str], face: Face | None = None) -> Line:
        """Write nodes; an element that is not known gives its text."""
        face = self.face if face is None else face
        for node in nodes:
            if isinstance(node, str):
                self.words(_SPACES.sub(" ", node), face)
            else:
                self._node(node, face)
        return self

    def words(self, words: str, face: Face | None = None) -> None:
        """Write text, without a second space after another."""
        if self.spaced:
            words = words.lstrip(" ")
        if not words:
            return
        if self.touching and words[:1].isalnum():
            words = f"\N{NO-BREAK SPACE}{words}"
        self.touching = False
        self.spaced = words.endswith((" ", "\t"))
        self.empty = False
        for piece in filter(None, _PIECES.split(words)):
            sign = _SIGNS.get(piece)
            self.run(make(sign) if sign else text(piece), face=face)

    def run(self, *inside: Element, face: Face | None = None) -> None:
        """Write a run."""
        face = self.face if face is None else face
        self.into.append(make("w:r", face.element(), *inside))
        is_text = inside[-1].tag.endswith("}t")
        self.last = inside[-1] if is_text else None

    def sequence(self, name: str, number: str, face: Face) -> None:
        """Write a number that Word counts within its chapter, as the number of a figure.

        The first of a chapter begins at one by its own switch: LibreOffice does not know the switch
        that begins anew at each heading.
        """
        again = " \\r 1" if number == "1" else ""
        result = make("w:r", face.element(), text(number))
        self.into.extend(field(f"SEQ {name} \\* ARABIC{again}", result, properties=face.element()))
        self.spaced, self.last, self.empty = False, None, False

    def anchor(self, id_: str) -> None:
        """Place a bookmark around what has been written."""
        start, end = self.story.book.bookmarks.place(id_)
        at = 1 if len(self.element) and self.element[0].tag.endswith("}pPr") else 0
        self.element.insert(at, start)
        self.element.append(end)

    def finish(self) -> Element:
        """Give the paragraph, without a space at its end."""
        if self.last is not None:
            self.last.text = self.last.text.rstrip(" ")
        return self.element

    def _node(self, node: Node, face: Face) -> None:
        classes = node.classes
        if node.id:
            start, end = self.story.book.bookmarks.place(node.id)
            self.into.append(start)
            self.into.append(end)
        if "footnote" in classes:
            self._footnote(node, face)
        elif "pad" in classes:
            self.words("".join(_HOLDS.get(sign, _WIDE) for sign in node.text()), face)
        elif node.tag == "br":
            self.line_break(face)
        elif node.tag == "svg":
            self._picture(node, face)
        elif node.tag == "a" and node.attributes.get("href"):
            self._link(node, face)
        elif node.tag == "img":
            raise broken("a picture is not a drawing of the report")
        else:
            self._span(node, face)

    def _span(self, node: Node, face: Face) -> None:
        look = self.story.book.look
        face = replace(face, **_TAGS.get(node.tag, {}))  # type: ignore[arg-type]
        if lang := node.attributes.get("lang"):
            face = replace(face, lang={"nl": "nl-NL", "en": "en-GB"}.get(lang, lang))
        for name in node.classes & {"kind", "to", "sub", "unit", "row-number"}:
            face = _classed(name, face, look.accent, look.quiet)
        if "sub" in node.classes and not self.empty:
            self.line_break(face)
        if node.tag == "q":
            self.words("\N{LEFT SINGLE QUOTATION MARK}", face)
        self.nodes(node.children, face)
        if node.tag == "q":
            self.words("\N{RIGHT SINGLE QUOTATION MARK}", face)
        if gap := _GAPS.get(next(iter(node.classes & _GAPS.keys()), "")):
            self.words(gap, face)

    def line_break(self, face: Face) -> None:
        """Begin a new line in the same paragraph."""
        self.run(make("w:br"), face=face)
        self.spaced = True

    def _footnote(self, node: Node, face: Face) -> None:
        if self.story.in_note:  # a note cannot have a note of its own
            self.nodes([" (", *node.children, ")"], face)
            return
        number = self.story.note(node)
        reference = make("w:footnoteReference", id=number)
        self.run(reference, face=Face(style="FootnoteReference"))
        self.spaced, self.empty = False, False

    def _picture(self, node: Node, face: Face) -> None:
        rel, picture = self.story.picture(node.svg)
        alt = "" if node.attributes.get("aria-hidden") == "true" else _alt(node)
        sign = picture.height < _SIGN
        if "count-bar" in node.classes and not self.empty:
            self.line_break(face)
        if sign:  # its middle on the middle of the letters, not its foot on their line
            lowered = max(0.0, (picture.height - _CAPITAL) / 2) * _POINTS
            face = replace(face, lowered=round(lowered, 1))
        self.run(self.story.book.frames.inline(rel, picture, alt, self.widest), face=face)
        self.spaced, self.empty, self.touching = False, False, sign

    def _link(self, node: Node, face: Face) -> None:
        href = node.attributes["href"]
        if href.startswith("#"):
            link = make("w:hyperlink", anchor=self.story.book.bookmarks.ask(href[1:]), history="1")
        else:
            link = make("w:hyperlink", r_id=self.story.link(href), history="1")
            face = replace(face, style="Hyperlink")
        outer, self.into = self.into, link
        self.nodes(node.children, face)
        self.into = outer
        self.into.append(link)


def _alt(node: Node) -> str:
    return node.attributes.get("aria-label") or node.attributes.get("alt", "")


def _classed(name: str, face: Face, accent: str, quiet: str) -> Face:
    if name == "kind":
        return replace(face, bold=True)
    return replace(face, colour=accent if name == "to" else quiet)


def plain(nodes: Nodes) -> str:
    """Give the text of nodes, its spaces as they will be printed, without its footnotes."""
    parts = [node if isinstance(node, str) else _without_notes(node) for node in nodes]
    return _SPACES.sub(" ", "".join(parts)).strip(" ")


def _without_notes(node: Node) -> str:
    left_out = {"footnote", "between"} & {*node.classes}  # a note, and the comma between two calls
    return "" if left_out else plain_text(node.children)


def plain_text(nodes: Nodes) -> str:
    """Give the text of nodes as it stands, without footnotes."""
    return "".join(node if isinstance(node, str) else _without_notes(node) for node in nodes)
