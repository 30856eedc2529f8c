"""A policy theory as a layered diagram: stages as columns, links as curves between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.report.document import Drawing
from evalkit.report.figures.arrow import STROKES, Strength, sample
from evalkit.report.figures.columns import PADDING, Box, draw_heads
from evalkit.report.figures.lattice import WIDTH, Edge, Layout, Node, arranged, links
from evalkit.report.figures.legend import legend
from evalkit.report.figures.palette import COPPER_700, INK, PETROL_100, PETROL_700, WHITE
from evalkit.report.figures.routes import draw_links
from evalkit.report.figures.svg import drawing, element, text

__all__ = ["Edge", "LayerLabels", "Node", "Strength", "layers"]

TALLEST: Final = 215.0
BELOW_HEADS: Final = 4.0
FEW: Final = 5
"""More columns than this are narrow, and need smaller type."""

_SETTINGS: Final = ((5.0, 130.0), (3.4, 165.0), (2.4, 190.0), (1.7, 999.0))
"""Distance between boxes, from roomy to tight, and how tall the diagram may be with it.

A tall diagram is set tight before it is full, for it pushes the text around it off the page.
"""


@dataclass(frozen=True, slots=True)
class LayerLabels:
    """The words of the diagram: what each stroke means, and heads of the data rows."""

    compared: str
    supported: str
    assumed: str
    highlight: str = ""
    source: str = ""
    target: str = ""
    evidence: str = ""


def layers(
    heads: Sequence[str],
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    labels: LayerLabels,
    *,
    alt: str,
    language: str | None = "nl",
    tallest: float = TALLEST,
) -> Drawing:
    """Draw the diagram.

    Boxes are put in an order with few crossings; a link that skips a column gets a lane of its
    own between the boxes there. A tall diagram is set tighter, and scaled down when it would be
    taller than `tallest` millimetres all the same.

    Parameters
    ----------
    heads
        Names of the columns.
    nodes, edges
        The theory. No edge goes back to an earlier column.
    labels
        Words of the legend and of the data rows.
    alt
        What the figure shows.
    language
        Language for hyphenating words wider than a box.
    tallest
        Height in millimetres that the page has room for.

    Raises
    ------
    ValueError
        If an edge goes back to an earlier column, or to its own box.
    KeyError
        If an edge names a node that does not exist.
    """
    routes = links(nodes, edges)
    size = 8.5 if len(heads) <= FEW else 8.0
    for gap, limit in _SETTINGS:
        layout = arranged(heads, nodes, routes, size, gap, language)
        bars, bar = draw_heads(layout.columns)
        if bar + BELOW_HEADS + layout.tall <= min(limit, tallest):
            break
    body = [*draw_links(routes, layout.sides), *_draw_boxes(nodes, layout)]
    shift = f"translate(0 {bar + BELOW_HEADS:.2f})"
    parts = [*bars, element("g", "".join(body), transform=shift)]
    return Drawing(
        markup=_fitted(bar + BELOW_HEADS + layout.tall + 0.4, tallest, "".join(parts), alt),
        alt=alt,
        legend=_legend(edges, labels),
        data=tuple(_data(nodes, edges, labels)),
    )


def _draw_boxes(nodes: Sequence[Node], layout: Layout) -> Iterator[str]:
    for node in nodes:
        side, found = layout.sides[node.id], layout.boxes[node.id]
        top = side.middle - side.tall / 2
        yield element(
            "rect",
            x=side.left,
            y=top,
            width=side.right - side.left,
            height=side.tall,
            fill=PETROL_700 if node.strong else PETROL_100,
        )
        if node.highlight:
            yield element("rect", x=side.left, y=top, width=0.9, height=side.tall, fill=COPPER_700)
        yield from _words(node, found, side.left, top)


def _words(node: Node, found: Box, left: float, top: float) -> Iterator[str]:
    for index, words in enumerate(found.lines):
        yield text(
            left + PADDING,
            top + PADDING + (index + 0.76) * found.leading,
            words,
            size=found.size,
            fill=WHITE if node.strong else INK,
            weight=600 if node.strong else 400,
        )


def _fitted(tall: float, tallest: float, parts: str, alt: str) -> str:
    """The drawing, scaled down and kept in the middle when even the tightest is too tall."""
    if tall <= tallest:
        return drawing(WIDTH, tall, [parts], alt=alt)
    scale = tallest / tall
    inset = WIDTH * (1 - scale) / 2
    fitted = element("g", parts, transform=f"translate({inset:.2f} 0) scale({scale:.4f})")
    return drawing(WIDTH, tallest, [fitted], alt=alt)


def _legend(edges: Sequence[Edge], labels: LayerLabels) -> str:
    words = {
        "compared": labels.compared,
        "supported": labels.supported,
        "assumed": labels.assumed,
    }
    used = {edge.strength for edge in edges}
    keys = [(sample(name), words[name]) for name in reversed(STROKES) if name in used]
    marked = next((edge for edge in edges if edge.highlight), None)
    if marked is not None and labels.highlight:
        keys.append((sample("supported", highlight=True), labels.highlight))
    return legend(keys)


def _data(
    nodes: Sequence[Node], edges: Sequence[Edge], labels: LayerLabels
) -> Iterator[tuple[str, ...]]:
    words = {"compared": labels.compared, "supported": labels.supported, "assumed": labels.assumed}
    name = {node.id: node.text.replace("\u00ad", "") for node in nodes}
    yield labels.source, labels.target, labels.evidence
    for edge in edges:
        yield name[edge.source], name[edge.target], words[edge.strength]
