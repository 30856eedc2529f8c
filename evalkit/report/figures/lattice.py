"""Boxes and links of a layered diagram, each in its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evalkit.report.figures.arrow import Strength
from evalkit.report.figures.columns import Box, Column, box, columns
from evalkit.report.figures.order import Item, ordered, placed
from evalkit.report.figures.routes import Link, Side

WIDTH: Final = 168.0
LANE: Final = 1.2
"""Height of the lane of a link that passes through a column."""


@dataclass(frozen=True, slots=True)
class Node:
    """A box: its text, and the column it stands in, counted from nought.

    `strong` marks what the policy is for in the end; `highlight` a box on the route that the
    figure is about.
    """

    id: str
    text: str
    layer: int
    strong: bool = False
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A link to a later column, or to another box of the same column."""

    source: str
    target: str
    strength: Strength = "assumed"
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything placed, in millimetres from below the heads."""

    columns: tuple[Column, ...]
    boxes: dict[str, Box]
    sides: dict[str, Side]
    tall: float


def links(nodes: Sequence[Node], edges: Sequence[Edge]) -> tuple[Link, ...]:
    """Give an edge that skips columns a stop in each of them."""
    layer = {node.id: node.layer for node in nodes}
    found = []
    for edge in edges:
        first, last = layer[edge.source], layer[edge.target]
        if last < first or edge.source == edge.target:
            raise ValueError(f"{edge.source} -> {edge.target} does not go forward")
        lanes = (f"{edge.source}>{edge.target}@{at}" for at in range(first + 1, last))
        stops = (edge.source, *lanes, edge.target)
        found.append(Link(stops, edge.strength, edge.highlight))
    return tuple(found)


def arranged(
    heads: Sequence[str],
    nodes: Sequence[Node],
    links: Sequence[Link],
    size: float,
    gap: float,
    language: str | None,
) -> Layout:
    """Put every box and lane in its place, with `gap` millimetres between boxes."""
    texts = [[node.text for node in nodes if node.layer == index] for index in range(len(heads))]
    found = columns(heads, texts, size=size, width=WIDTH, language=language)
    boxes = {
        node.id: box(
            node.text,
            node.layer,
            found[node.layer].wide,
            size=size,
            strong=node.strong,
            language=language,
        )
        for node in nodes
    }
    items = _items(nodes, links, boxes)
    segments = _segments(links, {item.id: item.layer for item in items})
    heights = placed(ordered(items, segments), segments, gap)
    sides = {
        item.id: Side(found[item.layer].x, found[item.layer].right, heights[item.id], item.tall)
        for item in items
    }
    tall = max((side.middle + side.tall / 2 for side in sides.values()), default=0.0)
    return Layout(found, boxes, sides, tall)


def _items(nodes: Sequence[Node], links: Sequence[Link], boxes: dict[str, Box]) -> list[Item]:
    items = [Item(node.id, node.layer, boxes[node.id].tall) for node in nodes]
    for link in links:
        items += [
            Item(stop, int(stop.rpartition("@")[2]), LANE, lane=True) for stop in link.stops[1:-1]
        ]
    return items


def _segments(links: Sequence[Link], layer: dict[str, int]) -> list[tuple[str, str]]:
    """The pieces of the links between neighbouring columns; links within a column do not count."""
    return [
        (left, right)
        for link in links
        for left, right in zip(link.stops, link.stops[1:], strict=False)
        if layer[left] < layer[right]
    ]
