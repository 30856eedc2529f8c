"""Blocks one below the other: in the body, in a cell, in a note."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from evalkit.report.docx.formatting import Face, Layout
from evalkit.report.docx.line import Line
from evalkit.report.docx.markup import Node, Nodes
from evalkit.report.docx.numbering import INDENT
from evalkit.report.docx.place import Place
from evalkit.report.docx.story import Story
from evalkit.report.docx.xml import Element, make

Handler = Callable[["Flow", Node, Place], None]

# Styles by the class of a paragraph, and by that of what holds paragraphs.
PARAGRAPHS = {
    "source": "Source",
    "legend": "Legend",
    "question": "Question",
    "verdict-label": "Label",
    "margin-ref": "Label",
    "rec-title": "ItemTitle",
    "because": "Small",
    "omitted": "Omitted",
    "box-label": "BoxLabel",
    "box-title": "BoxTitle",
    **dict.fromkeys(("strip-label", "fact-label"), "FactLabel"),
    **dict.fromkeys(("strip-value", "fact-value"), "FactValue"),
    **dict.fromkeys(("strip-note", "fact-note"), "TableNote"),
    "keyfigure-value": "KeyFigure",
}
HOLDERS = {"lead": "Lead", "summary": "Lead", "measure-summary": "Lead", "verdict-firm": "Small"}


class Flow:
    """Writes blocks into one container: the body, a cell or a note.

    Parameters
    ----------
    story
        The part of the file that it is in.
    into
        The element that takes the blocks.
    handlers
        How to write a block, by a class and by the name of an element.
    anchors
        Anchors that wait for a paragraph to stand at.
    """

    def __init__(
        self,
        story: Story,
        into: Element,
        handlers: dict[str, Handler],
        anchors: list[str] | None = None,
    ) -> None:
        self.story, self.into, self.handlers = story, into, handlers
        self.anchors: list[str] = [] if anchors is None else anchors

    def within(self, into: Element) -> Flow:
        """Give a flow into a container within this one."""
        return Flow(self.story, into, self.handlers, self.anchors)

    def blocks(self, nodes: Iterable[Node | str], place: Place) -> None:
        """Write nodes; text that stands between blocks becomes a paragraph."""
        loose: Nodes = []
        for node in nodes:
            if isinstance(node, str) or not node.is_block:
                loose.append(node)
                continue
            self._loose(loose, place)
            loose = []
            self.block(node, place)
        self._loose(loose, place)

    def block(self, node: Node, place: Place) -> None:
        """Write one block; one that is not known gives what stands in it."""
        if node.id:
            self.anchors.append(node.id)
        # What turns the paper goes before what stands on it.
        order = sorted(node.classes, key=lambda name: (name != "landscape", name))
        names = (f".{name}" for name in order)
        handler = next(
            (self.handlers[one] for one in (*names, node.tag) if one in self.handlers), None
        )
        if handler is not None:
            handler(self, node, place)
            return
        held = next((HOLDERS[name] for name in sorted(node.classes) if name in HOLDERS), None)
        self.blocks(node.children, place.styled(held) if held else place)

    def paragraph(self, nodes: Nodes, place: Place, layout: Layout | None = None) -> Line:
        """Write a paragraph in the style of its place."""
        line = self.line(place, layout).nodes(nodes)
        line.finish()
        return line

    def line(self, place: Place, layout: Layout | None = None, face: Face | None = None) -> Line:
        """Begin a paragraph in the style of its place, with the anchors that wait for one."""
        layout = _layout(place) if layout is None else layout
        line = Line(self.story, layout, place.face if face is None else face, place.wide)
        for anchor in self.anchors:
            line.anchor(anchor)
        self.anchors.clear()
        self.into.append(line.element)
        return line

    def spacer(self) -> None:
        """Part a table from what follows; two tables would become one."""
        self.into.append(make("w:p", Layout(style="AfterTable").element()))

    def _loose(self, nodes: Nodes, place: Place) -> None:
        if any(not isinstance(node, str) or node.strip() for node in nodes):
            self.paragraph(nodes, place)


def _layout(place: Place) -> Layout:
    layout = Layout(style=place.style, keep_next=place.keep or None, align=place.align)
    marker = place.marker
    if marker is None:
        return layout
    if marker.used:
        own = place.style.startswith("List")
        style = marker.follow if own else place.style
        return replace(layout, style=style, left=INDENT * place.level, hanging=0.0)
    marker.used = True
    return replace(layout, numbering=marker.numbering)


def paragraph(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<p>``."""
    style = next((PARAGRAPHS[name] for name in sorted(node.classes) if name in PARAGRAPHS), None)
    if style in ("Source", "Legend") and not place.gutter:
        place = replace(place, marker=None)
        layout = Layout(style=style, left=0.0, keep_next=style == "Legend" or None)
        flow.paragraph(node.children, place, layout)
        return
    place = place.styled(style) if style else place
    backwards = node.attributes.get("dir") == "rtl"
    turned = replace(_layout(place), rtl=True) if backwards else None
    flow.paragraph(node.children, place, turned)
