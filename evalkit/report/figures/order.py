"""Order and height of the boxes in a layered diagram: few crossings, short and level links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

Segments = Sequence[tuple[str, str]]
"""Pairs of ids: a link between two neighbouring columns, from left to right."""

SWEEPS: Final = 16
LANE_GAP: Final = 0.45
"""A lane for a passing link needs only part of the distance between boxes."""


@dataclass(frozen=True, slots=True)
class Item:
    """A box, or the lane of a link that passes through a column."""

    id: str
    layer: int
    tall: float
    lane: bool = False


def ordered(items: Sequence[Item], segments: Segments) -> list[list[Item]]:
    """Return the items per column in an order with few crossings.

    Barycentre sweeps to the right and to the left, of which the best result is kept (Sugiyama,
    Tagawa & Toda 1981). Ties keep the order given, so the same input gives the same drawing.
    """
    count = max((item.layer for item in items), default=-1) + 1
    layers = [[item for item in items if item.layer == index] for index in range(count)]
    best, fewest = [list(layer) for layer in layers], crossings(layers, segments)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        _sweep(layers, segments, forward=forward)
        _exchange(layers, segments)
        found = crossings(layers, segments)
        if found < fewest:
            best, fewest = [list(layer) for layer in layers], found
    return best


def crossings(layers: Sequence[Sequence[Item]], segments: Segments) -> int:
    """Count the pairs of links that cross."""
    place = _ranks(layers)
    at = {item.id: item.layer for layer in layers for item in layer}
    total = 0
    for index in range(len(layers) - 1):
        ends = sorted((place[a], place[b]) for a, b in segments if at[a] == index)
        total += sum(
            1 for first, (a, b) in enumerate(ends) for c, d in ends[first + 1 :] if a < c and d < b
        )
    return total


def placed(layers: Sequence[Sequence[Item]], segments: Segments, gap: float) -> dict[str, float]:
    """Return the height of the middle of each item, in millimetres from the top.

    Every column is pulled towards its neighbours, left and right in turn, while its items keep
    their order and distance.
    """
    tall = max((_total(layer, gap) for layer in layers), default=0.0)
    middle = {
        item.id: y + (tall - _total(layer, gap)) / 2
        for layer in layers
        for item, y in zip(layer, _offsets(layer, gap), strict=True)
    }
    before, after = _neighbours(segments)
    both = {key: before.get(key, []) + after.get(key, []) for key in (*before, *after)}
    for near in (*(before, after) * 6, both, both, both):
        for layer in layers if near is not after else reversed(layers):
            wanted = [_mean(near.get(item.id, []), middle, middle[item.id]) for item in layer]
            middle.update(_settled(layer, wanted, gap, tall))
    return middle


def _sweep(layers: list[list[Item]], segments: Segments, *, forward: bool) -> None:
    before, after = _neighbours(segments)
    near = before if forward else after
    for index in range(len(layers)) if forward else range(len(layers) - 1, -1, -1):
        rank = _ranks(layers)
        layers[index].sort(key=lambda item: _mean(near.get(item.id, []), rank, rank[item.id]))


def _exchange(layers: list[list[Item]], segments: Segments) -> None:
    """Swap neighbours while that removes crossings; a sweep cannot see those."""
    fewest = crossings(layers, segments)
    for layer in layers:
        for upper in range(len(layer) - 1):
            layer[upper], layer[upper + 1] = layer[upper + 1], layer[upper]
            found = crossings(layers, segments)
            if found < fewest:
                fewest = found
            else:
                layer[upper], layer[upper + 1] = layer[upper + 1], layer[upper]


def _ranks(layers: Sequence[Sequence[Item]]) -> dict[str, float]:
    """Place of each item in its column, from 0 to 1, so that columns of any length compare."""
    return {
        item.id: (rank + 0.5) / len(layer) for layer in layers for rank, item in enumerate(layer)
    }


def _neighbours(segments: Segments) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for left, right in segments:
        before.setdefault(right, []).append(left)
        after.setdefault(left, []).append(right)
    return before, after


def _mean(ids: Sequence[str], values: dict[str, float], default: float) -> float:
    return sum(values[key] for key in ids) / len(ids) if ids else default


def _distance(upper: Item, lower: Item, gap: float) -> float:
    between = gap * LANE_GAP if upper.lane or lower.lane else gap
    return (upper.tall + lower.tall) / 2 + between


def _offsets(layer: Sequence[Item], gap: float) -> list[float]:
    """Middles of a column set as tight as allowed, from the top."""
    found = [layer[0].tall / 2] if layer else []
    for upper, lower in pairwise(layer):
        found.append(found[-1] + _distance(upper, lower, gap))
    return found


def _total(layer: Sequence[Item], gap: float) -> float:
    return _offsets(layer, gap)[-1] + layer[-1].tall / 2 if layer else 0.0


def _settled(
    layer: Sequence[Item], wanted: Sequence[float], gap: float, tall: float
) -> dict[str, float]:
    """Heights nearest to those wanted, in least squares, in this order and at this distance.

    With the least distances taken off, the order is a rising sequence: isotonic regression by
    pooling adjacent violators (Best & Chakravarti 1990).
    """
    offsets = _offsets(layer, gap)
    pools: list[tuple[float, int]] = []
    for height, offset in zip(wanted, offsets, strict=True):
        total, count = height - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            above, many = pools.pop()
            total, count = total + above, count + many
        pools.append((total, count))
    room = tall - _total(layer, gap)
    levels = [min(max(total / count, 0.0), room) for total, count in pools for _ in range(count)]
    return {
        item.id: level + offset for item, level, offset in zip(layer, levels, offsets, strict=True)
    }
