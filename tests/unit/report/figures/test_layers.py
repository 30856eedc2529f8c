from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from evalkit.report.figures.layers import Edge, LayerLabels, Node, layers

LABELS = LayerLabels("compared", "supported", "assumed", "route", "From", "To", "Evidence")
HEADS = ("Input", "Activities", "Output")
NODES = (
    Node("money", "Budget of two ministries & more", 0),
    Node("grants", "Grants", 1),
    Node("advice", "Advice", 1, highlight=True),
    Node("training", "More training", 2, strong=True),
)
EDGES = (
    Edge("money", "grants", "supported"),
    Edge("money", "advice", "assumed", highlight=True),
    Edge("grants", "training", "compared"),
    Edge("money", "training", "assumed"),
)


def _drawn(tallest: float = 215.0) -> str:
    return layers(HEADS, NODES, EDGES, LABELS, alt="A theory", tallest=tallest).markup


def test_it_is_well_formed_and_says_what_it_shows() -> None:
    root = ET.fromstring(_drawn())  # noqa: S314 - our own drawing
    assert root.get("role") == "img"
    assert root.get("aria-label") == "A theory"


def test_the_same_theory_gives_the_same_drawing() -> None:
    assert _drawn() == _drawn()


def test_every_link_is_a_row_of_data() -> None:
    drawing = layers(HEADS, NODES, EDGES, LABELS, alt="A theory")
    assert drawing.data[0] == ("From", "To", "Evidence")
    assert ("Grants", "More training", "compared") in drawing.data
    assert len(drawing.data) == 1 + len(EDGES)


def test_the_legend_names_the_strokes_that_occur() -> None:
    assert "compared" in layers(HEADS, NODES, EDGES, LABELS, alt="").legend
    assert "compared" not in layers(HEADS, NODES, EDGES[:2], LABELS, alt="").legend


def test_a_link_that_skips_a_column_misses_the_boxes_there() -> None:
    root = ET.fromstring(_drawn())  # noqa: S314
    boxes = [
        (float(rect.get("y", 0)), float(rect.get("height", 0)))
        for rect in root.iter("{http://www.w3.org/2000/svg}rect")
        if rect.get("fill") == "#DCE9ED"
    ]
    lanes = [
        re.findall(r"(?<=[ ])(-?[\d.]+)H", path.get("d", ""))
        for path in root.iter("{http://www.w3.org/2000/svg}path")
        if "C" in path.get("d", "") and "H" in path.get("d", "")
    ]
    assert len(lanes) == 1
    middle = float(lanes[0][0])
    passed = [box for box in boxes[1:] if box[0] < middle < box[0] + box[1]]
    assert not passed


def test_a_drawing_too_tall_is_scaled_to_fit() -> None:
    root = ET.fromstring(_drawn(tallest=20.0))  # noqa: S314
    assert root.get("height") == "20mm"


def test_a_link_back_is_refused() -> None:
    with pytest.raises(ValueError, match="does not go forward"):
        layers(HEADS, NODES, [Edge("training", "money")], LABELS, alt="")


def test_a_link_within_a_column_points_down() -> None:
    edges = (*EDGES, Edge("grants", "advice"))
    assert layers(HEADS, NODES, edges, LABELS, alt="").markup.count("<polygon") == 5
