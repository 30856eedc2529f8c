"""Which function writes which block."""

from __future__ import annotations

from evalkit.report.docx.boxes import box, columns, strip
from evalkit.report.docx.captions import box_label, caption, drawing, exhibit
from evalkit.report.docx.flow import Flow, Handler, paragraph
from evalkit.report.docx.formatting import Layout, Rule
from evalkit.report.docx.headings import heading, stage_head
from evalkit.report.docx.lists import bullets, numbers, terms
from evalkit.report.docx.markup import Node
from evalkit.report.docx.pages import landscape
from evalkit.report.docx.place import Place
from evalkit.report.docx.tables import data_table


def _quote(flow: Flow, node: Node, place: Place) -> None:
    flow.blocks(node.children, place.styled("Quote"))


def _rule(flow: Flow, _: Node, place: Place) -> None:
    rule = Rule(0.4, flow.story.book.look.line)
    flow.paragraph([], place, Layout(place.style, below=rule))


def _code(flow: Flow, node: Node, place: Place) -> None:
    """Write ``<pre>`` with its lines as they are."""
    for words in node.text().strip("\n").split("\n"):
        line = flow.line(place, Layout("Code"))
        line.spaced = False
        line.words(words)


# A class goes before the name of an element. What is not here gives what stands in it.
HANDLERS: dict[str, Handler] = {
    ".box": box,
    ".box-label": box_label,
    ".drawing": drawing,
    ".exhibit": exhibit,
    ".facts-column": strip,
    ".keyfigures": columns,
    ".landscape": landscape,
    ".stage-head": stage_head,
    ".strip": strip,
    ".verdict-strip": columns,
    "blockquote": _quote,
    "dl": terms,
    "figcaption": caption,
    "figure": exhibit,
    "hr": _rule,
    "ol": numbers,
    "p": paragraph,
    "pre": _code,
    "table": data_table,
    "ul": bullets,
    **{f"h{level}": heading for level in range(1, 7)},
}
