from __future__ import annotations

from itertools import pairwise

from evalkit.report.figures.order import Item, crossings, ordered, placed

ITEMS = [
    *(Item(f"a{index}", 0, 8.0) for index in range(4)),
    *(Item(f"b{index}", 1, 8.0) for index in range(4)),
]
REVERSED = [(f"a{index}", f"b{3 - index}") for index in range(4)]


def test_crossings_are_counted() -> None:
    layers = [ITEMS[:4], ITEMS[4:]]
    assert crossings(layers, REVERSED) == 6


def test_crossings_that_can_go_are_gone() -> None:
    assert crossings(ordered(ITEMS, REVERSED), REVERSED) == 0


def test_boxes_of_a_column_keep_their_distance() -> None:
    layers = ordered(ITEMS, REVERSED)
    heights = placed(layers, REVERSED, gap=3.0)
    for layer in layers:
        for upper, lower in pairwise(layer):
            assert heights[lower.id] - heights[upper.id] >= 11.0 - 1e-9


def test_a_single_box_stands_level_with_the_middle_of_its_neighbours() -> None:
    items = [Item("a", 0, 8.0), Item("b", 1, 8.0), Item("c", 1, 8.0)]
    segments = [("a", "b"), ("a", "c")]
    heights = placed(ordered(items, segments), segments, gap=3.0)
    assert abs(heights["a"] - (heights["b"] + heights["c"]) / 2) < 0.01
